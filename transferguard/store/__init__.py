# SPDX-License-Identifier: Apache-2.0
"""Where do facts, fingerprints, decisions, confirmations and redeemed receipts stay?"""

from transferguard.store.memory import MemoryStore

__all__ = ["MemoryStore"]
