# SPDX-License-Identifier: Apache-2.0
"""The confirmation card: what the sender sees before paying, in a terminal.

From top to bottom: what is asked, how much, whom; what is wrong, in our own words; both profiles side by side with the differing
characters marked; what to do, and one main action that protects. It decides how that looks. What may be seen was decided before: the
card reads a sender's view and the pictures of the profiles in it, and nothing else (design, rule 6).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from rich.box import HEAVY, ROUNDED
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from transferguard.decision import Disclosure, Outcome, Step
from transferguard.model import Money
from transferguard.ui.half_blocks import half_blocks
from transferguard.ui.screen_text import caret_line, name_line
from transferguard.wording import message_ids, moment, money, say

MAX_WIDTH: Final = 78
"""Terminal cells: two profiles with pictures, and still a sentence that the eye can follow."""

SIDE_BY_SIDE_FROM: Final = 58
"""Terminal cells below which the two profiles stand one above the other."""

COLOUR_OF_OUTCOME: Final[Mapping[Outcome, str]] = {
    Outcome.PROCEED: "green",
    Outcome.WARN: "yellow",
    Outcome.CHALLENGE: "dark_orange",
    Outcome.DELAY: "magenta",
    Outcome.REFUSE: "red",
}

_ACTIONS: Final[Mapping[tuple[Outcome, bool], tuple[str, str]]] = {
    # (outcome, whether somebody is imitated): (main action, second action)
    (Outcome.PROCEED, False): ("pay", "back"),
    (Outcome.PROCEED, True): ("pay", "back"),
    (Outcome.WARN, False): ("back", "pay_anyway"),
    (Outcome.WARN, True): ("open_real_chat", "pay_anyway"),
    (Outcome.CHALLENGE, False): ("back", "type_name"),
    (Outcome.CHALLENGE, True): ("call_first", "type_name"),
    (Outcome.DELAY, False): ("cancel", "keep_waiting"),
    (Outcome.DELAY, True): ("call_first", "keep_waiting"),
    (Outcome.REFUSE, False): ("back", "appeal"),
    (Outcome.REFUSE, True): ("open_real_chat", "appeal"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A confirmation card; print it with a rich console.

    Args:
        view: What `Decision.sender_view` gave, in the language of the card.
        amount: What the sender is about to pay.
        locale: Language of the labels.
        pictures: Pictures by account id; those of accounts that the view does not show are not looked at.
    """

    view: Mapping[str, Any]
    amount: Money
    locale: str = "en"
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def outcome(self) -> Outcome:
        """What the guard asks for."""
        return Outcome(self.view["outcome"])

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, MAX_WIDTH)
        colour = COLOUR_OF_OUTCOME[self.outcome]
        yield Panel(
            Group(*self._blocks(console, width)),
            title=Text(f" {self._say(f'headline.{self.outcome.value}')} ", style=f"bold {colour}"),
            title_align="left",
            border_style=colour,
            box=HEAVY if self.outcome > Outcome.WARN else ROUNDED,
            padding=(1, 2),
            width=width,
        )

    def _say(self, message: str) -> str:
        return say(message, self.locale)

    def _blocks(self, console: Console, width: int) -> Iterator[RenderableType]:
        yield self._facts()
        yield from self._warnings()
        yield Padding(self._profiles(console, width), (1, 0, 0, 0))
        yield from self._steps()
        yield Padding(self._actions(width - 6), (1, 0, 0, 0))

    def _facts(self) -> RenderableType:
        shown = self.view["shown_name"]
        level = Disclosure(shown["level"])
        name = name_line(shown["text"]) if level is not Disclosure.HIDDEN else Text()
        name.append(("  " if name else "") + self._say(f"label.name_{level.value}"), style="dim")
        facts = Table.grid(padding=(0, 2, 0, 0))
        facts.add_row(Text(self._say("label.you_pay"), style="dim"), Text(money(self.amount, self.locale), style="bold"))
        facts.add_row(Text(self._say("label.verified_name"), style="dim"), name)
        return facts

    def _warnings(self) -> Iterator[RenderableType]:
        colour = COLOUR_OF_OUTCOME[self.outcome]
        for at, warning in enumerate(self.view["warnings"]):
            line = Table.grid(padding=(0, 1, 0, 0))
            line.add_row(Text("!", style=f"bold {colour}"), Text(str(warning["text"]), style="bold" if at == 0 else ""))
            yield Padding(line, (1 if at == 0 else 0, 0, 0, 0))

    def _profiles(self, console: Console, width: int) -> RenderableType:
        comparison = self.view["comparison"]
        recipient = self._profile(console, comparison["recipient"], "label.recipient", comparison["marks"])
        if comparison["imitated"] is None:
            return recipient
        imitated = self._profile(console, comparison["imitated"], "label.imitated", ())
        if width < SIDE_BY_SIDE_FROM:
            return Group(recipient, Text(), imitated, *self._changes())
        pair = Table.grid(padding=(0, 3, 0, 0), expand=True)
        pair.add_column(ratio=1)
        pair.add_column(ratio=1)
        pair.add_row(recipient, imitated)
        return Group(pair, *self._changes())

    def _profile(self, console: Console, profile: Mapping[str, str], heading: str, marks: Any) -> RenderableType:  # noqa: ANN401 - JSON values
        lines: list[RenderableType] = [Text(self._say(heading), style="bold")]
        if drawn := self._picture(console, profile["account"]):
            lines.append(drawn)
        for which in ("display_name", "remark"):
            lines += self._name(which, profile[which], [mark for mark in marks if mark["field"] == which])
        return Group(*lines)

    def _name(self, which: str, name: str, marks: Sequence[Mapping[str, Any]]) -> Iterator[RenderableType]:
        if not name:  # no remark, or a market where no self-chosen name may stand on this screen
            return
        marked = {at for mark in marks for at in range(mark["at"], mark["at"] + mark["length"])}
        gaps = {mark["at"] for mark in marks if not mark["length"]}
        yield Text(self._say(f"label.{which}"), style="dim")
        yield Padding(name_line(name, marked), (0, 0, 0, 2))
        if carets := caret_line(name, marked, gaps):
            yield Padding(carets, (0, 0, 0, 2))

    def _picture(self, console: Console, account: str) -> RenderableType | None:
        colourful = console.is_terminal and console.color_system in {"256", "truecolor"} and not console.no_color
        return half_blocks(self.pictures[account]) if colourful and account in self.pictures else None

    def _changes(self) -> Iterator[RenderableType]:
        """How name and picture were altered, in words; what was not is not worth a line."""
        comparison, known = self.view["comparison"], message_ids("en")
        sentences = []
        if marks := comparison["marks"]:
            sentences.append(say("label.differences", self.locale, count=sum(max(1, mark["length"]) for mark in marks)))
        changes = [f"label.change.{region['change']}" for region in comparison["regions"] if region["change"] != "same"]
        sentences += [self._say(change if change in known else "label.change.other") for change in changes]
        if sentences:
            yield Text(" ".join(dict.fromkeys(sentences)), style="italic")

    def _steps(self) -> Iterator[RenderableType]:
        steps = self.view["steps"]
        if not steps:
            return
        yield Padding(Text(self._say("label.next"), style="bold"), (1, 0, 0, 0))
        for number, step in enumerate(steps, 1):
            line = Table.grid(padding=(0, 1, 0, 0))
            line.add_row(Text(f"{number}."), Text(self._step(Step(step))))
            yield line

    def _step(self, step: Step) -> str:
        if step is Step.WAIT:
            until = self.view["retry_at"]
            return (
                say("step.wait", self.locale, until=moment(datetime.fromisoformat(until), self.locale))
                if until
                else self._say("step.wait_open")
            )
        if step is Step.ACKNOWLEDGE and self.view["comparison"]["imitated"]:
            return self._say("step.acknowledge_compared")
        return self._say(f"step.{step.value}")

    def _actions(self, room: int) -> RenderableType:
        main, second = _ACTIONS[self.outcome, self.view["comparison"]["imitated"] is not None]
        protecting = Text(f"[ {self._say(f'action.{main}')} ]", style="bold reverse")
        going_on = Text(self._say(f"action.{second}"), style="dim")
        side_by_side = protecting.cell_len + 3 + going_on.cell_len <= room
        return Text.assemble(protecting, "   " if side_by_side else "\n", going_on)
