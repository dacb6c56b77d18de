# SPDX-License-Identifier: Apache-2.0
"""How a name looks, sounds and belongs.

Works alone, without a guard: compare two names, search a circle for the person whom a name copies, judge a name by
itself, match it with a verified name, mask it. Weights are bits, log2 of a Bayes factor; they know neither the prior
nor how many people were searched. What a weight does to a transfer is decided elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transferguard.lazily import lazily

if TYPE_CHECKING:
    from transferguard.names.compare import NameComparison as NameComparison
    from transferguard.names.compare import compare_names as compare_names
    from transferguard.names.index import NameHit as NameHit
    from transferguard.names.index import NameIndex as NameIndex
    from transferguard.names.inspection import NameInspection as NameInspection
    from transferguard.names.inspection import inspect_name as inspect_name
    from transferguard.names.mask import mask_name as mask_name
    from transferguard.names.matching import MatchKind as MatchKind
    from transferguard.names.payee import match_payee as match_payee
    from transferguard.names.rarity import CountedFrequencies as CountedFrequencies
    from transferguard.names.rarity import Frequencies as Frequencies
    from transferguard.names.rarity import name_rarity as name_rarity
    from transferguard.names.roles import Role as Role
    from transferguard.names.roles import RoleKind as RoleKind
    from transferguard.names.roles import find_role as find_role
    from transferguard.names.tricks import Trick as Trick
    from transferguard.names.tricks import TrickKind as TrickKind

_HOME = {
    "CountedFrequencies": "rarity",
    "Frequencies": "rarity",
    "MatchKind": "matching",
    "NameComparison": "compare",
    "NameHit": "index",
    "NameIndex": "index",
    "NameInspection": "inspection",
    "Role": "roles",
    "RoleKind": "roles",
    "Trick": "tricks",
    "TrickKind": "tricks",
    "compare_names": "compare",
    "find_role": "roles",
    "inspect_name": "inspection",
    "mask_name": "mask",
    "match_payee": "payee",
    "name_rarity": "rarity",
}

__all__ = sorted(_HOME)  # noqa: PLE0605  one list of names, kept in _HOME

__getattr__ = lazily(__name__, _HOME)


def __dir__() -> list[str]:
    """The public names."""
    return list(__all__)
