# SPDX-License-Identifier: Apache-2.0
"""What must happen between a decision and its receipt, as one table.

A transfer is in one of few states, and four things can be asked of it. `TABLE` says for every outcome and state what each of them
leads to; a combination that does not stand there changes nothing. The table knows neither names nor clocks: whether a typed name fits
is the question of `typed_name_fits`, whether a wait is over that of the guard. Every transition is idempotent: asking twice answers
twice the same.

    PROCEED     confirm ─────────────────────────────────────────────────────────► receipt
    WARN        confirm, acknowledged ───────────────────────────────────────────► receipt
    CHALLENGE   type the name ──► right: the name is shown ── confirm, acknowledged ► receipt
                              └─► wrong: "this is not the name we know"; after too many, wait a day
    DELAY       wait ── release checks again ──► the new decision decides; cancel at any time
    REFUSE      appeal
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations
from typing import Final

from transferguard.decision import Outcome, Step


class State(StrEnum):
    """Where a decided transfer stands."""

    OPEN = "open"
    NAME_PROVED = "name_proved"
    CANCELLED = "cancelled"
    CONFIRMED = "confirmed"


class Ask(StrEnum):
    """What the sender's screen asks for."""

    CONFIRM = "confirm"
    ACKNOWLEDGE = "acknowledge"
    RIGHT_NAME = "right_name"
    WRONG_NAME = "wrong_name"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an ask leads to.

    Args:
        state: The state afterwards.
        needed: What is still needed; empty when a receipt is due or nothing more can be done.
        receipt: Whether the receipt is due.
    """

    state: State
    needed: tuple[Step, ...] = ()
    receipt: bool = False


_RECEIPT: Final = Answer(state=State.CONFIRMED, receipt=True)
_READ_FIRST: Final = Answer(state=State.OPEN, needed=(Step.ACKNOWLEDGE,))
_TYPE_FIRST: Final = Answer(state=State.OPEN, needed=(Step.TYPE_HIDDEN_NAME,))
_BOTH_FIRST: Final = Answer(state=State.OPEN, needed=(Step.ACKNOWLEDGE, Step.TYPE_HIDDEN_NAME))
_LOOK_AGAIN: Final = Answer(state=State.NAME_PROVED, needed=(Step.ACKNOWLEDGE,))
_WAIT: Final = Answer(state=State.OPEN, needed=(Step.ACKNOWLEDGE, Step.WAIT, Step.CHECK_AGAIN))
_APPEAL: Final = Answer(state=State.OPEN, needed=(Step.APPEAL,))
_CANCELLED: Final = Answer(state=State.CANCELLED, needed=(Step.CHECK_AGAIN,))

TABLE: Final[Mapping[tuple[Outcome, State, Ask], Answer]] = {
    (Outcome.PROCEED, State.OPEN, Ask.CONFIRM): _RECEIPT,
    (Outcome.PROCEED, State.OPEN, Ask.ACKNOWLEDGE): _RECEIPT,
    (Outcome.PROCEED, State.OPEN, Ask.RIGHT_NAME): _RECEIPT,
    (Outcome.PROCEED, State.OPEN, Ask.WRONG_NAME): _RECEIPT,
    (Outcome.WARN, State.OPEN, Ask.CONFIRM): _READ_FIRST,
    (Outcome.WARN, State.OPEN, Ask.ACKNOWLEDGE): _RECEIPT,
    (Outcome.WARN, State.OPEN, Ask.RIGHT_NAME): _READ_FIRST,
    (Outcome.WARN, State.OPEN, Ask.WRONG_NAME): _READ_FIRST,
    (Outcome.CHALLENGE, State.OPEN, Ask.CONFIRM): _BOTH_FIRST,
    (Outcome.CHALLENGE, State.OPEN, Ask.ACKNOWLEDGE): _TYPE_FIRST,
    (Outcome.CHALLENGE, State.OPEN, Ask.RIGHT_NAME): _LOOK_AGAIN,
    (Outcome.CHALLENGE, State.OPEN, Ask.WRONG_NAME): _TYPE_FIRST,
    (Outcome.CHALLENGE, State.NAME_PROVED, Ask.CONFIRM): _LOOK_AGAIN,
    (Outcome.CHALLENGE, State.NAME_PROVED, Ask.ACKNOWLEDGE): _RECEIPT,
    (Outcome.CHALLENGE, State.NAME_PROVED, Ask.RIGHT_NAME): _LOOK_AGAIN,
    (Outcome.CHALLENGE, State.NAME_PROVED, Ask.WRONG_NAME): _LOOK_AGAIN,
    **{(Outcome.DELAY, State.OPEN, ask): _WAIT for ask in Ask if ask is not Ask.CANCEL},
    **{(Outcome.REFUSE, State.OPEN, ask): _APPEAL for ask in Ask if ask is not Ask.CANCEL},
    **{(outcome, state, Ask.CANCEL): _CANCELLED for outcome in Outcome for state in (State.OPEN, State.NAME_PROVED, State.CANCELLED)},
    **{(outcome, State.CANCELLED, ask): _CANCELLED for outcome in Outcome for ask in Ask},
}
"""What each ask leads to. A confirmed transfer is not here: its receipt is the answer to everything."""


def answer(outcome: Outcome, state: State, ask: Ask) -> Answer:
    """What does this ask lead to?

    Args:
        outcome: Of the newest decision.
        state: Where the transfer stands; not CONFIRMED.
        ask: What the screen asks for.
    """
    return TABLE[outcome, state, ask]


MAX_TYPED_CODE_POINTS: Final = 200
"""Of a typed name; the longest verified names of the open payee-name rules have 140."""

_MAX_REORDERED: Final = 4
"""Words whose order is free; with more the order counts, because permutations grow beyond bounds."""


def typed_name_fits(typed: str, verified: str) -> bool:
    """Is this the verified name, whole or the part that the mask hides?

    Tolerant to width, case, tradition (traditional or simplified forms), invisible characters and the order of words. All accepted
    forms are compared in constant time, and all of them are compared, so that time tells nothing about the name.

    Args:
        typed: What the sender typed.
        verified: The real name.
    """
    words = _words(verified)
    accepted = ["".join(order) for order in permutations(words)] if len(words) <= _MAX_REORDERED else ["".join(words)]
    accepted.append(_hidden_part(verified))
    given = _digest("".join(_words(typed[:MAX_TYPED_CODE_POINTS])))
    fits = False
    for form in accepted:
        fits |= bool(form) and hmac.compare_digest(given, _digest(form))
    return fits and bool(words)


def _words(name: str) -> tuple[str, ...]:
    from transferguard.names.views import fold_words  # noqa: PLC0415 - the tables load with the first name

    return fold_words(name[:MAX_TYPED_CODE_POINTS])


def _hidden_part(verified: str) -> str:
    """What the mask hides, where it hides one piece: all but the last character of a name written without spaces.

    A masked Latin name shows two letters inside it; what is hidden is no word that anybody would type.
    """
    words = _words(verified)
    joined = "".join(words)
    return joined[:-1] if not joined.isascii() and _shows_last_only(verified) else ""


def _shows_last_only(verified: str) -> bool:
    from transferguard.names import mask_name  # noqa: PLC0415 - as above

    return mask_name(verified).startswith("*")


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
