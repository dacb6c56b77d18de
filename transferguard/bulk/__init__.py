# SPDX-License-Identifier: Apache-2.0
"""Bring what a host already has into a guard's database: many accounts, contacts and transfers at once, with pictures.

rows        what stands in a file, one row after the other (CSV, JSON Lines, Parquet)
reading     from a row to a fact, or the reason why it is none
portraits   pictures from a folder or by URL, and their fingerprints on all cores
bringing    batches, each in one transaction; where to go on after an interruption
"""

from transferguard.bulk.bringing import Bringing, Summary
from transferguard.bulk.portraits import Portraits
from transferguard.bulk.reading import KINDS
from transferguard.bulk.rows import Row, open_rows

__all__ = ["KINDS", "Bringing", "Portraits", "Row", "Summary", "open_rows"]
