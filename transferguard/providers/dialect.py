# SPDX-License-Identifier: Apache-2.0
"""What one scheme's messages look like; the conversation around them is the same for all (`providers.identities`).

A dialect is a small file: where to post, what to write, and one table from the scheme's codes to our five results. Codes that do not
stand in the table, and combinations that contradict themselves, are errors (`IdentityResult.ERROR`), never a match.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

from transferguard.errors import InvalidInput
from transferguard.identity import NOT_SAID, IdentityAnswer, IdentityResult
from transferguard.model import Unavailable

MAX_NAME_CODE_POINTS: Final = 140
"""Of a name asked about or given: ISO 20022 names have at most 140 characters, and so has the draft that we speak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """The bank account behind an account of the host's.

    Args:
        number: IBAN, or sort code and account number run together, as the dialect wants it.
        business: Whether a business stands behind it; Unavailable when the host does not know.
        reference: Secondary reference, such as a building society's roll number; empty for none.
    """

    number: str = field(repr=False)
    business: bool | Unavailable = NOT_SAID
    reference: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.number or not self.number.isascii() or not self.number.isalnum():
            raise InvalidInput("destination.number", "is not made of letters and digits", "leave out spaces and dashes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One name and one account.

    Args:
        id: Of this question, a UUID; the same for its retries.
        at: When it is asked.
        name: Does this name fit?
        destination: Which account.
    """

    id: str
    at: datetime
    name: str = field(repr=False)
    destination: Destination


class Dialect(Protocol):
    """One scheme's messages."""

    @property
    def path(self) -> str:
        """What is posted to, below the peer's base URL."""
        ...

    def body(self, question: Question) -> Mapping[str, Any]:
        """The JSON to post."""
        ...

    def headers(self, question: Question) -> Mapping[str, str]:
        """Headers beside those of every question: the id of this one."""
        ...

    def read(self, reply: Mapping[str, Any]) -> IdentityAnswer:
        """What the peer's JSON says; `broken(...)` for anything unexpected."""
        ...

    def echo(self, reply: Mapping[str, Any], headers: Mapping[str, str]) -> str:
        """The id that the answer carries; empty when this scheme has none."""
        ...


def broken(why: str) -> IdentityAnswer:
    """An answer that does not make sense."""
    return IdentityAnswer(result=IdentityResult.ERROR, why=why)


def name_of(given: object) -> str | Unavailable:
    """The name in a reply; Unavailable when there is none, or none that could be a name."""
    if not isinstance(given, str) or not given.strip():
        return Unavailable("not given")
    text = given.strip()
    return text if len(text) <= MAX_NAME_CODE_POINTS and text.isprintable() else Unavailable("malformed")


def table_of(reply: object, *path: str) -> Mapping[str, Any]:
    """The object at this path; empty when there is none."""
    for step in path:
        reply = reply.get(step) if isinstance(reply, Mapping) else None
    return reply if isinstance(reply, Mapping) else {}
