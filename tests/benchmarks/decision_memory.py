# SPDX-License-Identifier: Apache-2.0
"""A process that does nothing but one side's checks, so that its peak memory is that side's own.

Called by decision_speed: `python -m tests.benchmarks.decision_memory guard|script|nothing DATABASE PEOPLE.json` prints kilobytes.
"""

import resource
import sys
from pathlib import Path

CHECKS = 20
"""Recipients asked about; the peak is reached at the first."""


def ask_guard(database: str) -> None:
    """Check the first newcomers with the guard."""
    from transferguard import Guard, Money, Transfer  # noqa: PLC0415 - only this side may hold it

    with Guard.embedded(database) as guard:
        for number in range(CHECKS):
            guard.check(Transfer(id=f"memory-{number}", sender="me", recipient=f"s{number}", money=Money.of("200.00", "CNY")))


def ask_script(people: str) -> None:
    """Check the same newcomers with the script."""
    from tests.benchmarks.afternoon import alerts, read_people  # noqa: PLC0415 - only this side may hold it

    known = read_people(Path(people))
    contacts = [contact for contact, _ in known["contacts"]]
    for stranger, _ in known["strangers"][:CHECKS]:
        alerts(stranger, contacts)


def peak_kilobytes() -> int:
    """The most memory that this process has held so far.

    Linux says it in /proc. `getrusage` would not do there: a child begins with the peak of the process that started it.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (line,) = (line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1])


if __name__ == "__main__":
    side, *files = sys.argv[1:]
    if side == "guard":
        ask_guard(files[0])
    elif side == "script":
        ask_script(files[1])
    print(peak_kilobytes())
