# SPDX-License-Identifier: Apache-2.0
"""Does the name that the sender wrote fit the verified name of the account?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transferguard.decision import MatchResult
from transferguard.names.match import match_views
from transferguard.names.matching import Kind
from transferguard.names.views import view_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_ORDER = [MatchResult.MATCH, MatchResult.CLOSE_MATCH, MatchResult.NO_MATCH]


def match_payee(seen: str, verified: str, *, aliases: Iterable[str] = ()) -> MatchResult:
    """Does the name that the sender wrote fit?

    Args:
        seen: What the sender wrote or sees.
        verified: The verified name.
        aliases: Further names of the same holder: maiden name, trading name.

    Returns:
        UNAVAILABLE when one side has nothing that can be compared.
    """
    view = view_of(seen)
    originals = [(name, original) for name in (verified, *aliases) if (original := view_of(name)).look]
    if not view.look or not originals:
        return MatchResult.UNAVAILABLE
    return min((_result(seen, name) for name, _ in originals), key=_ORDER.index)


def _result(seen: str, verified: str) -> MatchResult:
    found = match_views(view_of(seen), view_of(verified), seen_name=seen, original_name=verified)
    if found is None:
        return MatchResult.NO_MATCH
    if found.kind in {Kind.EXACT, Kind.REORDERED, Kind.ROMANISED} or found.cost <= 1.0:
        return MatchResult.MATCH
    return MatchResult.CLOSE_MATCH
