# SPDX-License-Identifier: Apache-2.0
"""A provider of identities in memory: it knows names by account id, and gives them or only says whether one fits."""

from __future__ import annotations

from collections.abc import Mapping

from transferguard.codes import MatchResult
from transferguard.errors import WorldError
from transferguard.identity import MATCH_ONLY, IdentityAnswer, IdentityResult
from transferguard.model import Account, Unavailable
from transferguard.seams import Identities


class InMemoryRegistry(Identities):
    """Compares as we do ourselves.

    Args:
        names: Verified names by account id.
        match_only: Whether it says only whether a name fits.

    Attributes:
        away: What it answers instead, when something is set: an answer, a reason, or an error that is raised.
        asked: Every question: the account's id and the name, empty where the name was asked for.
    """

    def __init__(self, names: Mapping[str, str], *, match_only: bool = False) -> None:
        self.names = dict(names)
        self.match_only = match_only
        self.away: IdentityAnswer | Unavailable | WorldError | None = None
        self.asked: list[tuple[str, str]] = []

    def name(self, account: Account) -> str | Unavailable:
        """As `Identities.name`."""
        if self.match_only:
            return MATCH_ONLY
        self.asked.append((account.id, ""))
        if isinstance(self.away, WorldError):
            raise self.away
        if self.away is not None:
            return Unavailable("away")
        return self.names.get(account.id, Unavailable("not known"))

    def fits(self, account: Account, name: str) -> IdentityAnswer:
        """As `Identities.fits`."""
        from transferguard.names import match_payee  # noqa: PLC0415 - the tables load with the first name

        self.asked.append((account.id, name))
        if isinstance(self.away, WorldError):
            raise self.away
        if isinstance(self.away, IdentityAnswer):
            return self.away
        if self.away is not None or account.id not in self.names:
            return IdentityAnswer(result=IdentityResult.UNAVAILABLE, why="not known")
        found = match_payee(name, self.names[account.id])
        near = found is MatchResult.CLOSE_MATCH and not self.match_only
        return IdentityAnswer(result=IdentityResult(found.value), name=self.names[account.id] if near else MATCH_ONLY)
