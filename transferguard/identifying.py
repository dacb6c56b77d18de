# SPDX-License-Identifier: Apache-2.0
"""What does the provider of identities know of a recipient whose verified name the directory does not?

It is asked for the name first. One that is match only is asked whether the display name fits: that is the attacker's text and not the
sender's, so the answer lets nobody try names (design, rule 6). Where no name is known, a typed name is put to the provider too.

No answer is `Unavailable`, and policy says what follows; an answer of another type than promised is a `WrongAnswer` (rule 5).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from transferguard.decision import MatchResult
from transferguard.errors import WorldError, WrongAnswer
from transferguard.identity import MATCH_ONLY, IdentityAnswer, IdentityResult
from transferguard.model import Account, Standing, Unavailable
from transferguard.patience import ask, current
from transferguard.seams import Identities

T = TypeVar("T")

SHARE: Final = 0.75
"""Of the time that is left to a check, how much a provider may take: what follows, our own store, needs little. Chosen."""

_NO_PROVIDER: Final = Unavailable("no provider of identities")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """A recipient, with what the provider knows.

    Args:
        account: The directory's account, with the name and the standing that the provider gave.
        fit: How the display name fits, where the provider compared it; None where we compare it ourselves.
        checkable: Whether a typed name can be put to the provider although no name is known.
    """

    account: Account
    fit: MatchResult | None = None
    checkable: bool = False


class Identifying:
    """Asks the provider of identities.

    Args:
        identities: The host's; None when there is none.
    """

    def __init__(self, identities: Identities | None) -> None:
        self._identities = identities

    @property
    def has_provider(self) -> bool:
        """Whether there is anybody to ask."""
        return self._identities is not None

    def recipient(self, account: Account) -> Identified:
        """The recipient, completed; as it is when the directory knows the name, or nobody can be asked."""
        if self._identities is None or isinstance(account.verified_name, str):
            return Identified(account=account)
        name = self._name(self._identities, account)
        if isinstance(name, str):
            _noted(account)
            return Identified(account=replace(account, verified_name=name))
        found = self._fits(self._identities, account, account.display_name)
        if isinstance(found, Unavailable):
            return Identified(account=replace(account, verified_name=found if name == MATCH_ONLY else name))
        if isinstance(found.name, str):
            _noted(account)
        if not found.result.told:
            name = Unavailable(f"{found.result.value}: {found.why}" if found.why else found.result.value)
        known = replace(account, verified_name=found.name or name, standing=_stricter(account.standing, found.standing))
        return Identified(account=known, fit=found.result.match if found.result.told else None, checkable=found.result.told)

    def fits(self, account: Account, typed: str) -> bool | Unavailable:
        """Whether the provider says that a typed name is the account's; a near match is not."""
        if self._identities is None:
            return _NO_PROVIDER
        found = self._fits(self._identities, account, typed)
        if isinstance(found, Unavailable):
            return found
        return found.result is IdentityResult.MATCH if found.result.told else Unavailable(found.why or found.result.value)

    def _name(self, identities: Identities, account: Account) -> str | Unavailable:
        name = _asked(lambda: identities.name(account), "identities.name")
        if not isinstance(name, str | Unavailable):
            raise WrongAnswer("identities.name", "is neither a text nor Unavailable")
        return name

    def _fits(self, identities: Identities, account: Account, name: str) -> IdentityAnswer | Unavailable:
        found = _asked(lambda: identities.fits(account, name), "identities.fits")
        if not isinstance(found, IdentityAnswer | Unavailable):
            raise WrongAnswer("identities.fits", "is no IdentityAnswer")
        return found


def _asked(question: Callable[[], T], seam: str) -> T | Unavailable:
    try:
        return ask(question, seam, share=SHARE)
    except WorldError as error:
        return Unavailable(type(error).__name__)


def _noted(account: Account) -> None:
    """For the audit record: a verified name was read."""
    inquiry = current()
    if inquiry is not None:
        inquiry.names.add(account.id)


def _stricter(known: Standing | Unavailable, told: Standing | Unavailable) -> Standing | Unavailable:
    """What the provider says where the directory knows of no measure; it takes none back."""
    silent = isinstance(known, Unavailable) or known is Standing.NORMAL
    return told if silent and isinstance(told, Standing) else known
