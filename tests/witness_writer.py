# SPDX-License-Identifier: Apache-2.0
"""A program that checks and confirms transfers until it is killed, and says which: see tests/test_witness.py."""

import sys
from itertools import count

from transferguard.guard import Guard
from transferguard.model import Money, Transfer
from transferguard.testing.builders import FRIEND, SENDER, account, contact, paid

if __name__ == "__main__":
    guard = Guard.embedded(sys.argv[1], audit=sys.argv[1].replace(".db", ".audit"))
    for fact in (account(SENDER), account(FRIEND), contact(FRIEND), paid(FRIEND)):
        guard.observe(fact)
    guard.confirm(guard.check(Transfer(id="first", sender=SENDER, recipient=FRIEND, money=Money.of("1.00", "CNY"))).id, acknowledged=True)
    sys.stdout.write("ready\n")
    for number in count():
        transfer = Transfer(id=f"t{number}", sender=SENDER, recipient=FRIEND, money=Money.of("0.01", "CNY"))
        guard.confirm(guard.check(transfer).id, acknowledged=True)
        sys.stdout.write(f"{transfer.id}\n")
