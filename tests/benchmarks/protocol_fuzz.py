# SPDX-License-Identifier: Apache-2.0
"""Throws damaged case files, receipts, policies and audit lines at everything that reads them.

    python -m tests.benchmarks.protocol_fuzz [--inputs 20000] [--seed 1]

Every input must end in a result or in an error of the documented tree; anything else is printed with the input that led to it, and the
run fails. The counts say what the inputs were: without a fair share of accepted ones the fuzzing would test the parser alone.
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from transferguard.audit import AuditLog, Checkpoint, verify
from transferguard.case import check_case
from transferguard.case.files import parse_case
from transferguard.errors import TransferGuardError
from transferguard.keys import StaticKeys
from transferguard.model import Money, Transfer
from transferguard.policy import Policy
from transferguard.receipt import Passed, issue, transfer_id_of
from transferguard.receipt import verify as verify_receipt

CASES = Path(__file__).resolve().parents[1] / "cases"
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
SLOWEST_SECONDS = 5.0
"""Processor time that one input may take; a check of a small case takes a hundredth of it."""

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**63, 1e308, -0.0, "", " ", "\x00", "\ud800", "\u202e", "a" * 5000, [], {}, [[]], {"": {}},
    "2026-11-22T10:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2026-11-22", "NaN", "1e9", "-5", "CNY", "me", "u1", "refuse",
)  # fmt: skip


def change(chance: random.Random, value: Any) -> Any:
    """The value with one thing wrong somewhere inside it."""
    if chance.random() < 0.15 or not isinstance(value, dict | list) or not value:
        return deepcopy(chance.choice(ODD))
    if isinstance(value, dict):
        key = chance.choice(list(value))
        kind = chance.random()
        if kind < 0.1:
            return {name: inner for name, inner in value.items() if name != key}
        if kind < 0.15:
            return {**value, str(chance.choice(ODD)): chance.choice(ODD)}
        return {**value, key: change(chance, value[key])}
    at = chance.randrange(len(value))
    now = [[], [value[at], deepcopy(value[at])], [change(chance, value[at])]][chance.choices(range(3), (1, 1, 8))[0]]
    return [*value[:at], *now, *value[at + 1 :]]


def rename(chance: random.Random, case: Any) -> Any:
    """The case, in which people call themselves and each other anything at all; such a case is valid, and is decided."""
    for entry in (*case.get("accounts", ()), *(case.get("contacts") or ())):
        for field in ("display_name", "remark", "verified_name"):
            if field in entry and chance.random() < HOSTILE:
                entry[field] = "".join(chr(chance.choice(LETTERS)(chance)) for _ in range(chance.choice([0, 1, 3, 12, 400])))
    return case


HOSTILE = 0.5
LETTERS: tuple[Callable[[random.Random], int], ...] = (
    lambda chance: chance.randrange(0x20, 0x7F),
    lambda chance: chance.randrange(0x4E00, 0x9FFF),
    lambda chance: chance.randrange(0x200B, 0x2070),
    lambda chance: chance.randrange(0xD800),
    lambda chance: chance.randrange(0xE000, 0x110000),
)


def damage(chance: random.Random, data: bytes) -> bytes:
    """The bytes with a few of them changed, cut, doubled or moved."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(damaged) or 1)
        match chance.randrange(5):
            case 0 if damaged:
                damaged[at] = chance.randrange(256)
            case 1:
                damaged[at:at] = bytes([chance.randrange(256)])
            case 2:
                del damaged[at : at + chance.randint(1, 9)]
            case 3:
                damaged += damaged[at : at + 30]
            case _:
                damaged[at:at] = chance.choice([b'"', b"{", b"[", b"]", b"}", b",", b".", b"\\u", b"\xff", b"1e999", b"null"])
    return bytes(damaged)


class Fuzzed:
    """Counts what became of the inputs of one kind, and keeps what should not have happened."""

    def __init__(self) -> None:
        self.ended: Counter[str] = Counter()
        self.broken: list[str] = []
        self.slowest = 0.0

    def run(self, act: Callable[[], object], shown: object) -> None:
        """Do it; every end but a result and a documented error is kept."""
        began = time.process_time()
        try:
            act()
            self.ended["accepted"] += 1
        except TransferGuardError as error:
            self.ended[type(error).__name__] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what this run looks for
            self.ended["BROKEN"] += 1
            self.broken.append(f"{type(error).__name__}: {error!s:.200} for {shown!r:.400}")
        self.slowest = max(self.slowest, time.process_time() - began)
        if self.slowest > SLOWEST_SECONDS:
            self.broken.append(f"{self.slowest:.1f} s for {shown!r:.400}")


def cases(chance: random.Random, count: int) -> Fuzzed:
    """Case files: hostile names or a changed structure three times in four, else changed bytes."""
    found, files = Fuzzed(), sorted(CASES.glob("*/case.json"))
    for _ in range(count):
        file = chance.choice(files)
        text = file.read_bytes()
        if chance.random() < 0.75:
            plain = json.loads(text)
            plain = rename(chance, plain) if chance.random() < HOSTILE else change(chance, plain)
            text = json.dumps(plain).encode("utf-8", "surrogatepass")
        else:
            text = damage(chance, text)
        found.run(lambda text=text, folder=file.parent: check_case(parse_case(text, folder)).to_json(), text)  # type: ignore[misc] # bound now
    return found


def tokens(chance: random.Random, count: int) -> Fuzzed:
    """Receipts: characters changed, parts exchanged, claims and headers rewritten without the key."""
    keys = StaticKeys.generate()
    transfer = Transfer(id="t9", sender="me", recipient="u9", money=Money.of("5000.00", "CNY"))
    good = issue(Passed(transfer=transfer, decision_id="d", policy="p"), keys, now=NOW, valid_for=timedelta(minutes=5)).token
    found = Fuzzed()

    def one(token: str) -> None:
        transfer_id_of(token)
        verify_receipt(token, transfer, keys.public_keys(), now=NOW)
        if token != good:
            msg = "a changed receipt was accepted"
            raise AssertionError(msg)

    for _ in range(count):
        kind = chance.random()
        if kind < 0.02:
            token = good
        elif kind < 0.6:
            token = damage(chance, good.encode()).decode("latin-1")
        else:
            parts = [_decoded(part) for part in good.split(".")]
            at = chance.randrange(2)
            parts[at] = json.dumps(change(chance, json.loads(parts[at]))).encode("utf-8", "surrogatepass")
            token = ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
        found.run(lambda token=token: one(token), token)  # type: ignore[misc] # bound now
    return found


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def policies(chance: random.Random, count: int) -> Fuzzed:
    """Policies: values exchanged, keys invented, TOML damaged; what is accepted must write and read itself again."""
    plain, text = Policy.default().to_mapping(), Policy.default().to_toml().encode()
    found = Fuzzed()

    def again(policy: Policy) -> None:
        if Policy.from_toml(policy.to_toml()).digest != policy.digest:
            msg = "a policy does not read itself again"
            raise AssertionError(msg)

    for _ in range(count):
        if chance.random() < 0.6:
            changed = change(chance, plain)
            found.run(lambda changed=changed: again(Policy.from_mapping(changed)), changed)  # type: ignore[misc] # bound now
        else:
            damaged = damage(chance, text).decode("utf-8", "replace")
            found.run(lambda damaged=damaged: again(Policy.from_toml(damaged)), damaged[:200])  # type: ignore[misc] # bound now
    return found


def records(chance: random.Random, count: int) -> Fuzzed:
    """Audit records and checkpoints: a change of the file is found, whatever it is, unless only an unfinished end was cut."""
    keys, found = StaticKeys.generate(), Fuzzed()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audit"
        log = AuditLog(path, keys=keys)
        for at in range(120):
            log.append("decided", {"transfer": f"t{at}"}, at=NOW)
        good, checkpoint = path.read_bytes(), log.checkpoint()

        def one(data: bytes) -> None:
            path.write_bytes(data)
            verdict = verify(path, keys=keys.public_keys(), checkpoints=[checkpoint])
            if verdict.is_good and not data.startswith(good):
                msg = "a changed record was called good"
                raise AssertionError(msg)

        for _ in range(count):
            if chance.random() < 0.8:
                data = damage(chance, good)
                found.run(lambda data=data: one(data), data[:200])  # type: ignore[misc] # bound now
            else:
                text = damage(chance, checkpoint.to_json().encode()).decode("utf-8", "replace")
                found.run(lambda text=text: Checkpoint.from_json(text), text)  # type: ignore[misc] # bound now
    return found


KINDS: dict[str, Callable[[random.Random, int], Fuzzed]] = {"cases": cases, "tokens": tokens, "policies": policies, "records": records}


def main() -> int:
    """Print the counts as JSON; 1 when something else than a result or a documented error came out."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--inputs", type=int, default=20_000, help="of all kinds together")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    broken = 0
    for kind, fuzz in KINDS.items():
        found = fuzz(random.Random(f"{kind} {given.seed}"), given.inputs // len(KINDS))
        broken += len(found.broken)
        print(json.dumps({kind: dict(found.ended.most_common()), "slowest_s": round(found.slowest, 3)}), flush=True)
        for line in found.broken[:20]:
            print(f"    {line}", file=sys.stderr)
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
