# SPDX-License-Identifier: Apache-2.0
"""`transferguard audit`: sign the newest record, and find out whether anybody changed the record since."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from transferguard.cli.terminal import emit
from transferguard.errors import InvalidInput

if TYPE_CHECKING:
    from transferguard.audit import Checkpoint, Verdict

CHANGED: Final = 3
"""Exit status: the record is not what was written."""

_LOG = click.argument("log", metavar="LOG", type=click.Path(path_type=Path))

VERIFY_EPILOG = """\b
Examples:
  transferguard audit verify guard.audit --keys jwks.json
  transferguard audit verify guard.audit --keys jwks.json --checkpoint yesterday.json
"""


@click.group(epilog="Example: transferguard audit verify guard.audit --keys jwks.json --checkpoint yesterday.json")
def audit() -> None:
    """Check the audit record: what the guard decided, confirmed, redeemed, read and erased."""


@audit.command(epilog=VERIFY_EPILOG)
@_LOG
@click.option(
    "--keys",
    "key_files",
    metavar="JWKS",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Public keys that may have signed, as `transferguard keys public` prints them; one file for each rotation that you kept.",
)
@click.option(
    "--checkpoint",
    "checkpoint_files",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="What `transferguard audit checkpoint` printed earlier; without one, a tail that was cut off cannot be noticed.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def verify(*, log: Path, key_files: Sequence[Path], checkpoint_files: Sequence[Path], as_json: bool) -> int:
    """Find out whether the record is whole and unchanged, and name the first bad record if it is not.

    The exit status is 0 for a good record, 3 for one that was edited, reordered or cut, 2 for a file that cannot be what was asked
    for, and 1 when the record cannot be read. Without --keys the chain alone is checked, which whoever can write to the file can forge.
    """
    from transferguard.audit import verify as judge  # noqa: PLC0415 - `--help` needs no cryptography

    keys = _public_keys(key_files)
    kept = [one for file in checkpoint_files for one in _checkpoints(file)]
    verdict = judge(log, keys=keys, checkpoints=kept)
    emit(_as_json(verdict) if as_json else _in_words(verdict, signed=keys is not None, outside=len(kept)))
    return 0 if verdict.is_good else CHANGED


@audit.command(epilog="Example: transferguard audit checkpoint guard.audit --keys guard.db.keys >> kept-elsewhere.json")
@_LOG
@click.option("--keys", "key_file", metavar="FILE", required=True, type=click.Path(path_type=Path), help="The key file that signs.")
def checkpoint(*, log: Path, key_file: Path) -> None:
    """Print a signed statement about the newest record; keep it where who writes the record cannot reach."""
    from transferguard.audit import AuditLog  # noqa: PLC0415 - as above
    from transferguard.keys import LocalKeys  # noqa: PLC0415 - as above

    for name, file in (("LOG", log), ("--keys", key_file)):
        if not file.is_file():
            raise InvalidInput(name, "is not there")
    emit(AuditLog(log, keys=LocalKeys.open(key_file)).checkpoint().to_json())


def _public_keys(files: Sequence[Path]) -> Mapping[str, Sequence[Mapping[str, str]]] | None:
    """All keys of all files; None when there are no files."""
    if not files:
        return None
    keys: list[Mapping[str, str]] = []
    for file in files:
        try:
            found: Any = json.loads(_text(file, "--keys"))
            keys += [{str(name): str(value) for name, value in key.items()} for key in found["keys"]]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise InvalidInput("--keys", "is not a JWKS", "give what `transferguard keys public` printed") from None
    return {"keys": keys}


def _checkpoints(file: Path) -> list[Checkpoint]:
    from transferguard.audit import Checkpoint  # noqa: PLC0415 - as above

    lines = [line for line in _text(file, "--checkpoint").splitlines() if line.strip()]
    if not lines:
        raise InvalidInput("--checkpoint", "is empty", "give what `transferguard audit checkpoint` printed")
    return [Checkpoint.from_json(line) for line in lines]


def _text(file: Path, option: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InvalidInput(option, "cannot be read", "give a text file") from None


def _as_json(verdict: Verdict) -> str:
    found = {
        "good": verdict.is_good,
        "records": verdict.records,
        "problem": verdict.problem and verdict.problem.value,
        "first_bad": verdict.first_bad,
        "unfinished": verdict.unfinished,
    }
    return json.dumps(found, sort_keys=True)


def _in_words(verdict: Verdict, *, signed: bool, outside: int) -> str:
    if not verdict.is_good and verdict.problem is not None:
        words = verdict.problem.value.replace("_", " ")
        return f"not what was written: {words}; first bad record: {verdict.first_bad} (good before it: {verdict.records})"
    lines = [f"good: {verdict.records} records, each follows the one before"]
    lines.append("signatures: checked" if signed else "signatures: not checked; give --keys")
    lines.append(f"checkpoints kept outside: {outside}" if outside else "tail: a cut would not be noticed; give --checkpoint")
    if verdict.unfinished:
        lines.append("unfinished: the last line was being written when the program was killed; it was never acknowledged")
    return "\n".join(lines)
