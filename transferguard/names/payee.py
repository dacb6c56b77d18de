# SPDX-License-Identifier: Apache-2.0
"""Does the name that the sender wrote fit the verified name of the account?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transferguard.decision import MatchResult
from transferguard.names.compare import MatchKind, match_kind
from transferguard.names.views import view_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_RESULT = {
    MatchKind.EXACT: MatchResult.MATCH,
    MatchKind.LOOK: MatchResult.MATCH,
    MatchKind.REORDERED: MatchResult.MATCH,
    MatchKind.SOUND: MatchResult.CLOSE_MATCH,
    MatchKind.EDIT: MatchResult.CLOSE_MATCH,
    MatchKind.DIFFERENT: MatchResult.NO_MATCH,
}
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
    originals = [original for name in (verified, *aliases) if (original := view_of(name)).look]
    if not view.look or not originals:
        return MatchResult.UNAVAILABLE
    return min((_RESULT[match_kind(view, original)] for original in originals), key=_ORDER.index)
