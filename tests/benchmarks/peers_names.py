# SPDX-License-Identifier: Apache-2.0
"""What else could compare names: one small adapter per peer, each with its source.

A peer answers one question: how alike are a seen name and a contact's name, 0 to 1. What a peer's rule treats as equal gets 1.
Those that need packages which we do not depend on run in an environment of their own (`peers_install`) through
`peers_names_outside`; where a package does not build its peers are left out, and the report says so.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from tests.benchmarks.peers_install import OPTIONAL, is_there, outside_python

_OUTSIDE_SCRIPT = Path(__file__).with_name("peers_names_outside.py")
_OUTSIDE_SECONDS = 600

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePeer:
    """Somebody else's way of comparing two names.

    Args:
        name: As it stands in the report.
        source: Where its rule is written down.
        compare: Likeness of each pair, 0 to 1; more is more alike.
        slow: Whether only a small sample can be asked.
        rule: Whether it has a fixed rule, 0 or 1, and so no threshold to choose.
        outside: Whether it runs in an environment of its own.
    """

    name: str
    source: str
    compare: Callable[[Sequence[Pair]], list[float]]
    slow: bool = False
    rule: bool = False
    outside: bool = False


def _each(measure: Callable[[str, str], float]) -> Callable[[Sequence[Pair]], list[float]]:
    return lambda pairs: [measure(seen, contact) for seen, contact in pairs]


def _signal(seen: str, contact: str) -> float:
    return float(seen.lower() == contact.lower())


def _metamask(seen: str, contact: str) -> float:
    """Share of the name that agrees from the front and from the back, as look-alike addresses do."""
    longest = max(len(seen), len(contact))
    front = next((at for at, (one, other) in enumerate(zip(seen, contact, strict=False)) if one != other), min(len(seen), len(contact)))
    back = next(
        (at for at, (one, other) in enumerate(zip(reversed(seen), reversed(contact), strict=False)) if one != other),
        min(len(seen), len(contact)),
    )
    return min(1.0, (front + back) / longest) if longest else 0.0


def _ratio(seen: str, contact: str) -> float:
    return fuzz.ratio(seen, contact) / 100


def _wratio(seen: str, contact: str) -> float:
    return fuzz.WRatio(seen, contact) / 100


def _outside(question: str) -> Callable[[Sequence[Pair]], list[float]]:
    def asked(pairs: Sequence[Pair]) -> list[float]:
        names = [[_sendable(seen), _sendable(contact)] for seen, contact in pairs]
        answer = subprocess.run(  # noqa: S603 - our own script, the names travel on its standard input
            [str(outside_python()), str(_OUTSIDE_SCRIPT), question],
            input=json.dumps(names),
            capture_output=True,
            text=True,
            check=True,
            timeout=_OUTSIDE_SECONDS,
        )
        likeness: list[float] = json.loads(answer.stdout)
        return likeness

    return asked


def _sendable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


_INSIDE = (
    NamePeer(
        name="Signal's rule",
        source="signal-android, profile name collision: equal names, case ignored; asked before acceptance only",
        compare=_each(_signal),
        rule=True,
    ),
    NamePeer(name="MetaMask style", source="address-poisoning banner: agreeing first and last characters", compare=_each(_metamask)),
    NamePeer(name="rapidfuzz ratio", source="rapidfuzz.fuzz.ratio", compare=_each(_ratio)),
    NamePeer(name="rapidfuzz WRatio", source="rapidfuzz.fuzz.WRatio", compare=_each(_wratio)),
)
_OUTSIDE = (
    NamePeer(
        name="Element's fold",
        source="matrix-js-sdk: NFD, hidden characters off, confusable letters replaced",
        compare=_outside("element"),
        rule=True,
        outside=True,
    ),
    NamePeer(
        name="ICU skeleton", source="ICU SpoofChecker.getSkeleton (UTS #39) through PyICU", compare=_outside("icu"), rule=True, outside=True
    ),
    NamePeer(name="OpenSanctions logic-v2", source="nomenklatura LogicV2", compare=_outside("logic-v2"), slow=True, outside=True),
)


def peers() -> tuple[NamePeer, ...]:
    """Everybody who can be asked on this machine."""
    there = {one.package: is_there(one) for one in OPTIONAL}
    needs = {"OpenSanctions logic-v2": "nomenklatura"}
    return _INSIDE + tuple(peer for peer in _OUTSIDE if there[needs.get(peer.name, "PyICU")])
