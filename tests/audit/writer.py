# SPDX-License-Identifier: Apache-2.0
"""A program that appends to an audit record until it is stopped, and says which records it was told are kept.

python -m tests.audit.writer PATH KEYS NAME COUNT
"""

import sys

from tests.store.making import START
from transferguard.audit import AuditLog
from transferguard.keys import LocalKeys


def main(path, keys, name, count):
    """Append records of different lengths, one after the other."""
    log = AuditLog(path, keys=LocalKeys.open(keys))
    for number in range(int(count)):
        record = log.append("decided", {"who": name, "number": number, "filler": "x" * (number % 700)}, at=START)
        print(record.sequence, record.digest, flush=True)  # noqa: T201 - its output


if __name__ == "__main__":
    main(*sys.argv[1:])
