# SPDX-License-Identifier: Apache-2.0
"""How much of the recipient's verified name may the sender see?

One table: market, whether the total is large, and the outcome. It sees no weights and no findings.

Rules owned here: a larger amount never shows less under the same outcome and budget (design, rule 4); while a challenge is open the
name stays masked, because the sender first types whom they believe they pay; a provider that sends a name with NO_MATCH does not
make us show it (rule 6).

Sources: Pix shows the full name always; UPI shows the registered name only; EU VoP returns no name with a match or no match, and the
holder's with a close match; the `cn` profile follows the masked name and name check of the payment apps (reported).
"""

from __future__ import annotations

from typing import Final

from transferguard.decision import Disclosure, MatchResult, Outcome, ShownName
from transferguard.names import mask_name
from transferguard.policy import Profile

_HIDDEN, _MASKED, _FULL = Disclosure.HIDDEN, Disclosure.MASKED, Disclosure.FULL

_CALM: Final = (Outcome.PROCEED, Outcome.WARN)

TABLE: Final[dict[tuple[Profile, Outcome], tuple[Disclosure, Disclosure]]] = {
    # (market, outcome): (below the threshold, at or above it)
    **{(Profile.CN, outcome): (_MASKED, _FULL) for outcome in _CALM},
    **{(Profile.IN, outcome): (_FULL, _FULL) for outcome in _CALM},
    **{(Profile.BR, outcome): (_FULL, _FULL) for outcome in _CALM},
    **{(market, Outcome.CHALLENGE): (_MASKED, _MASKED) for market in (Profile.CN, Profile.IN, Profile.BR)},
    **{(market, Outcome.DELAY): (_MASKED, _MASKED) for market in (Profile.CN, Profile.IN, Profile.BR)},
    **{(market, Outcome.REFUSE): (_HIDDEN, _HIDDEN) for market in (Profile.CN, Profile.IN, Profile.BR)},
}

_EU_BY_MATCH: Final[dict[MatchResult, Disclosure]] = {
    MatchResult.MATCH: _HIDDEN,
    MatchResult.CLOSE_MATCH: _FULL,
    MatchResult.NO_MATCH: _HIDDEN,
    MatchResult.UNAVAILABLE: _HIDDEN,
}
"""The `eu` market asks the match, not the amount; an open question, a wait or a refusal hides the name."""


def extent(profile: Profile, outcome: Outcome, *, large: bool, match: MatchResult) -> Disclosure:
    """Which part of the name does the table grant?

    Args:
        profile: The market.
        outcome: What the sender must do.
        large: Whether the total of the day reaches the threshold.
        match: How the seen name fits the verified one; only the `eu` market asks.
    """
    if profile is Profile.EU:
        return _EU_BY_MATCH[match] if outcome in _CALM else _HIDDEN
    return TABLE[profile, outcome][large]


def full_name_due(profile: Profile, *, large: bool) -> bool:
    """Must the sender see the full name before this transfer goes through (rule 12)?"""
    return extent(profile, Outcome.PROCEED, large=large, match=MatchResult.UNAVAILABLE) is _FULL and large


def show(verified_name: str, level: Disclosure) -> ShownName:
    """The text that the sender sees.

    Args:
        verified_name: The real name.
        level: What the table grants.
    """
    if level is Disclosure.HIDDEN:
        return ShownName(level=_HIDDEN)
    return ShownName(level=level, text=mask_name(verified_name) if level is Disclosure.MASKED else verified_name)
