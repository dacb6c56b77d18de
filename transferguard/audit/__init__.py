# SPDX-License-Identifier: Apache-2.0
"""What did the guard do, in which order, and has anybody changed the account of it since?

One file, one JSON object a line, written once and never again. Each record has the next number, the digest of the record before it and
its own, so an edit, a removal and a change of order show. Every `CHECKPOINT_EVERY` records stands a signature over all before it, so
that nobody without the key can forge a new history; and a `Checkpoint` that is kept outside shows a tail that was cut off.

Rule owned here (design, rule 6): a record holds ids, codes and digests. Names are the caller's to leave out; no error repeats data.
"""

from transferguard.audit.check import Problem, Verdict, verify
from transferguard.audit.log import AuditLog
from transferguard.audit.record import CHECKPOINT_EVERY, MAX_LINE_BYTES, Checkpoint, Record

__all__ = ["CHECKPOINT_EVERY", "MAX_LINE_BYTES", "AuditLog", "Checkpoint", "Problem", "Record", "Verdict", "verify"]
