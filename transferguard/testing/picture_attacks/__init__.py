# SPDX-License-Identifier: Apache-2.0
"""What thieves do with a copied profile picture, and what honest people do that looks like it.

    from transferguard.testing.picture_attacks import ATTACKS
    copy = ATTACKS["chat_screenshot"](original_bytes, seed=1)

`ATTACKS` and `SITUATIONS` are dictionaries by name. Parameters come from `draws`, divided over tune, check and report, so
that what the report uses never occurred in tuning.
"""

from transferguard.testing.picture_attacks.registry import ATTACKS, Attack, AttackClass
from transferguard.testing.picture_attacks.situations import SITUATIONS, HonestSituation

__all__ = ["ATTACKS", "SITUATIONS", "Attack", "AttackClass", "HonestSituation"]
