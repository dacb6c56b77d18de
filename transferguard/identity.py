# SPDX-License-Identifier: Apache-2.0
"""What can a provider of verified names say about a name?

Five answers, and no sixth: a code that nobody knows is an error, never a match. A name is kept only where the provider says that the
one asked about fits or nearly fits it; one that comes with any other answer is dropped here, at the border (design, rule 6).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from transferguard.codes import MatchResult
from transferguard.model import Standing, Unavailable

MATCH_ONLY: Final = Unavailable("match only")
"""What a provider that never gives a name answers when it is asked for one."""

NOT_SAID: Final = Unavailable()
"""Stands for what a provider said nothing about."""


class IdentityResult(StrEnum):
    """Does the name fit the account?"""

    MATCH = "match"
    CLOSE_MATCH = "close_match"
    NO_MATCH = "no_match"
    UNAVAILABLE = "unavailable"
    ERROR = "error"

    @property
    def match(self) -> MatchResult:
        """The same as decisions know it: an error says as little as no answer."""
        return MatchResult.UNAVAILABLE if self is IdentityResult.ERROR else MatchResult(self.value)

    @property
    def told(self) -> bool:
        """Whether the provider compared the names at all."""
        return self not in {IdentityResult.UNAVAILABLE, IdentityResult.ERROR}


_NAMING: Final = frozenset({IdentityResult.MATCH, IdentityResult.CLOSE_MATCH})


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityAnswer:
    """What a provider says about one name and one account.

    Args:
        result: Whether the name fits.
        name: The verified name, where the provider gives it; dropped unless the name fits or nearly fits.
        standing: CLOSED or FROZEN where the provider says so of the account; Unavailable otherwise.
        why: Machine-readable reason: the provider's code, or what went wrong. Never a name.
    """

    result: IdentityResult
    name: str | Unavailable = field(default=MATCH_ONLY, repr=False)
    standing: Standing | Unavailable = NOT_SAID
    why: str = ""

    def __post_init__(self) -> None:
        if self.result not in _NAMING and not isinstance(self.name, Unavailable):
            object.__setattr__(self, "name", MATCH_ONLY)
