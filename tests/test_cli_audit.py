# SPDX-License-Identifier: Apache-2.0
"""`transferguard audit`: what it says about a good, an edited, a cut and a missing record, and how it ends."""

import json

import pytest

from transferguard import cli
from transferguard.audit import AuditLog
from transferguard.keys import LocalKeys, rotate
from transferguard.testing.builders import NOW

GOOD, FAULT, MISTAKE, CHANGED = 0, 1, 2, 3


@pytest.fixture
def place(tmp_path, capsys):
    """A record of 130 lines, the keys that signed it, their public half, and a checkpoint kept outside."""
    keys = LocalKeys.open(tmp_path / "keys")
    log = AuditLog(tmp_path / "log", keys=keys)
    for number in range(130):
        log.append("decided", {"transfer": f"t{number}"}, at=NOW)
    assert cli.run(["keys", "public", str(tmp_path / "keys")]) == GOOD
    (tmp_path / "jwks").write_text(capsys.readouterr().out, encoding="utf-8")
    assert cli.run(["audit", "checkpoint", str(tmp_path / "log"), "--keys", str(tmp_path / "keys")]) == GOOD
    (tmp_path / "checkpoint").write_text(capsys.readouterr().out, encoding="utf-8")
    return tmp_path


def verify(place, *more):
    """How the command ends, with keys and checkpoint."""
    options = ["--keys", str(place / "jwks"), "--checkpoint", str(place / "checkpoint")]
    return cli.run(["audit", "verify", str(place / "log"), *options, *more])


def lines(place):
    return (place / "log").read_bytes().splitlines(keepends=True)


def test_a_good_record_ends_with_status_zero_and_says_what_was_checked(place, capsys):
    """Also after a rotation, as long as the old public keys are given."""
    rotate(place / "keys")

    assert verify(place) == GOOD
    said = capsys.readouterr().out
    assert "good: 132 records" in said
    assert "signatures: checked" in said
    assert "checkpoints kept outside: 1" in said
    assert cli.run(["audit", "verify", str(place / "log")]) == GOOD
    assert "not checked" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "problem", "first_bad"),
    [
        (lambda all_: [*all_[:50], all_[50].replace(b"t49", b"t48"), *all_[51:]], "edited", 50),
        (lambda all_: [*all_[:50], all_[51], all_[50], *all_[52:]], "out_of_order", 50),
        (lambda all_: [*all_[:50], *all_[51:]], "out_of_order", 50),
        (lambda all_: all_[:120], "cut_tail", 120),
        (lambda all_: [*all_[:50], b"nonsense\n", *all_[51:]], "unreadable", 50),
    ],
    ids=["edited", "reordered", "removed", "cut", "unreadable"],
)
def test_a_changed_record_ends_with_status_three_and_the_first_bad_record(place, capsys, change, problem, first_bad):
    """In words and as JSON."""
    (place / "log").write_bytes(b"".join(change(lines(place))))

    assert verify(place, "--json") == CHANGED
    verdict = json.loads(capsys.readouterr().out)
    assert (verdict["good"], verdict["problem"], verdict["first_bad"]) == (False, problem, first_bad)
    assert verify(place) == CHANGED
    assert f"first bad record: {first_bad}" in capsys.readouterr().out


def test_an_unfinished_line_is_good_and_said(place, capsys):
    """It was never acknowledged."""
    (place / "log").write_bytes((place / "log").read_bytes() + b'{"at":')

    assert verify(place) == GOOD
    assert "unfinished" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("broken", "content", "ends"),
    [
        ("jwks", "[]", (MISTAKE, "--keys")),
        ("jwks", '{"keys": 7}', (MISTAKE, "--keys")),
        ("jwks", None, (MISTAKE, "--keys")),
        ("checkpoint", "{}", (MISTAKE, "checkpoint")),
        ("checkpoint", "\n", (MISTAKE, "--checkpoint")),
        ("log", None, (FAULT, "cannot be read")),
    ],
)
def test_a_file_that_cannot_be_what_was_asked_for_is_named(place, capsys, broken, content, ends):
    """One line, and no verdict."""
    (place / broken).unlink()
    if content is not None:
        (place / broken).write_text(content, encoding="utf-8")

    status, says = ends
    assert verify(place) == status
    printed = capsys.readouterr()
    assert says in printed.err
    assert printed.out == ""


def test_a_checkpoint_needs_a_record_and_a_key_file(place, capsys):
    """Neither is made by asking for it."""
    for log, keys, says in (("nowhere", "keys", "LOG"), ("log", "nowhere", "--keys")):
        assert cli.run(["audit", "checkpoint", str(place / log), "--keys", str(place / keys)]) == MISTAKE
        assert says in capsys.readouterr().err
    assert not (place / "nowhere").exists()
