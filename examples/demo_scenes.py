# SPDX-License-Identifier: Apache-2.0
"""The scenes of the demo, one transfer each, and how they are played."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from examples import demo_world as world
from transferguard import Account, Decision, Guard, Message, Money, Outcome, Transfer
from transferguard.model import Channel
from transferguard.testing.builders import NOW, days_ago
from transferguard.testing.host import MovableClock
from transferguard.ui.card import Card

CASE = "tests/cases/copied-friend-asks-for-a-loan/case.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One transfer, and what is going on behind it.

    Args:
        title: What happens.
        truth: What the person at the screen does not know.
        recipient: Who would be paid.
        amount: In CNY.
        sender: Who pays.
        says: What the recipient wrote just before.
        parts: How many payments of the same amount went there in the last hours.
    """

    title: str
    truth: str
    recipient: Account
    amount: str
    sender: Account = world.SENDER
    says: str = ""
    parts: int = 0


SCENES = (
    Scene(
        title="A copied friend asks for a loan",
        truth="A stranger took 李思远's name and photo two days ago. The real friend is in the contacts.",
        recipient=world.COPY,
        amount="5000.00",
        says="急用，先借我五千，明天还",
    ),
    Scene(
        title="One sibling letter, and the photo cropped, mirrored and recompressed",
        truth="季 is not 李. No exact comparison of names or pictures finds this one.",
        recipient=world.SIBLING_COPY,
        amount="3000.00",
        says="在吗？帮我垫一下",
    ),
    Scene(
        title="One Cyrillic letter",
        truth="The second a of Castellano is Cyrillic. On the screen nobody can tell.",
        recipient=world.CYRILLIC_COPY,
        amount="2000.00",
        says="Can you send me 2000 today? I'll explain later",
    ),
    Scene(
        title="The impostor was accepted as a contact, and even paid one yuan",
        truth="Most apps stop looking once a contact is accepted. A payment after the copying began earns no trust.",
        recipient=world.ACCEPTED_COPY,
        amount="5000.00",
    ),
    Scene(
        title="The real friend, while that impostor sits among the contacts",
        truth="Of two who look alike the senior is the original. The friend is paid as ever.",
        recipient=world.FRIEND,
        amount="800.00",
    ),
    Scene(
        title="An honest old friend",
        truth="Nothing changed, and earlier payments settled: no warning, and the name stays masked.",
        recipient=world.OLD_FRIEND,
        amount="120.00",
    ),
    Scene(
        title="That friend's second account",
        truth="Same name, same photo, and the same verified identity: nobody imitates himself.",
        recipient=world.SECOND_PHONE,
        amount="300.00",
    ),
    Scene(
        title="A namesake with a common name and another photo",
        truth="Two contacts are called 张伟. So are some 300,000 other people.",
        recipient=world.NAMESAKE,
        amount="300.00",
    ),
    Scene(
        title="An honest new recipient and a large amount",
        truth="Nobody is imitated. From CNY 1,000 on the full verified name is shown before paying.",
        recipient=world.DECORATOR,
        amount="1200.00",
    ),
    Scene(
        title="The same amount split in five",
        truth="Four parts of CNY 240 went through within two hours. The fifth is judged by the total.",
        recipient=world.DECORATOR,
        amount="240.00",
        parts=4,
    ),
    Scene(
        title="The recipient has no verified real name",
        truth="A fact, not a suspicion: facts refuse.",
        recipient=world.UNVERIFIED,
        amount="20.00",
    ),
    Scene(
        title="The sender has no verified real name",
        truth="The gate has two sides.",
        recipient=world.OLD_FRIEND,
        amount="20.00",
        sender=world.UNVERIFIED_SENDER,
    ),
    Scene(
        title="The recipient's account is frozen",
        truth="The host took this measure; no history buys a way around it.",
        recipient=world.FROZEN,
        amount="900.00",
    ),
)


def play(folder: Path, locale: str) -> None:
    """Build the world in a folder, check every transfer, and say what to try next."""
    console = Console(highlight=False, emoji=False, markup=False)
    began = time.perf_counter()
    clock = MovableClock(days_ago(0))
    with Guard.embedded(folder / "guard.db", clock=clock) as guard:
        with console.status("painting pictures and telling the guard about 150 people …"):
            for fact in world.facts():
                guard.observe(fact)
        built = time.perf_counter() - began
        console.print(
            f"A circle of {world.CROWD + 8} people, {world.PAINTED + 12} painted pictures, one SQLite file: {built:.1f} s", style="dim"
        )
        spent = [show(console, guard, scene, number, locale) for number, scene in enumerate(SCENES, 1)]
    console.print(farewell(spent), soft_wrap=True)


def show(console: Console, guard: Guard, scene: Scene, number: int, locale: str) -> float:
    """Check one transfer and print its card; returns the seconds that the check took."""
    for part in world.earlier_parts(scene.recipient, scene.amount, scene.parts):
        guard.observe(part)
    transfer = Transfer(
        id=f"t-{number}", sender=scene.sender.id, recipient=scene.recipient.id, money=Money.of(scene.amount, "CNY"), channel=Channel.CHAT
    )
    began = time.perf_counter()
    decision = guard.check(transfer, conversation=tuple(talk(scene)))
    took = time.perf_counter() - began
    console.print()
    console.print(Rule(Text(f"{number}. {scene.title}", style="bold"), align="left", style="dim"), width=min(console.width, 78))
    console.print(Text(scene.truth, style="italic"), width=min(console.width, 78))
    if scene.says:
        console.print(Text.assemble(("in the chat: ", "dim"), f"“{scene.says}”"))
    console.print(Card(view=decision.sender_view(locale), amount=transfer.money, locale=locale, pictures=pictures_of(decision)))
    console.print(Padding(Text(summary(decision, took), style="dim"), (0, 0, 0, 2)), width=min(console.width, 78))
    return took


def talk(scene: Scene) -> Iterator[Message]:
    """What stands on the sender's screen; used in memory and never stored."""
    if scene.says:
        yield Message(sender=scene.recipient.id, at=NOW, text=scene.says)


def pictures_of(decision: Decision) -> dict[str, bytes]:
    """Pictures of the profiles that the card shows."""
    everybody = {one.id: one.avatar for one in world.CAST if isinstance(one.avatar, bytes)}
    seen = (decision.comparison.recipient, decision.comparison.imitated)
    return {profile.account: everybody[profile.account] for profile in seen if profile and profile.account in everybody}


def summary(decision: Decision, took: float) -> str:
    """What an operator would see in one line."""
    strongest = dict.fromkeys(
        finding.reason.value for finding in decision.findings if finding.weight > 0 or finding.at_least > Outcome.PROCEED
    )
    reasons = ", ".join(list(strongest)[:4]) or "nothing speaks for fraud"
    return f"{decision.outcome.value}, p = {decision.probability:.4f}, {1_000 * took:.0f} ms: {reasons}"


def farewell(spent: list[float]) -> Text:
    """What to try next."""
    middle = sorted(spent)[len(spent) // 2]
    return Text.assemble(
        f"\n{len(spent)} transfers checked, {1_000 * middle:.0f} ms each in the middle.\n\n",
        ("Try next\n", "bold"),
        f"  transferguard check {CASE} --explain\n",
        f"  transferguard check {CASE} --locale zh-Hans\n",
        "  transferguard policy show          every number, with unit and source\n",
        "  transferguard schema case          what a case file may hold\n",
        "  README.md                          ten lines that embed it in a host\n\n",
        ("The command stands in .venv/bin. Change a name in that file and check it again.", "dim"),
    )
