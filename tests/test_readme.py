# SPDX-License-Identifier: Apache-2.0
"""What the README and the pages of docs/ show is what happens."""

import contextlib
import io
import os
import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from transferguard.cli import cli

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")


def blocks(page, language):
    """The fenced blocks of one language, as they stand on the page."""
    return [text for kind, text in FENCE.findall(page.read_text(encoding="utf-8")) if kind == language]


def printed_by(code):
    """What a block prints, as lines."""
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        exec(compile(code, "README.md", "exec"), {"__name__": "readme"})  # noqa: S102 - the code is our own page
    return written.getvalue().splitlines()


def embeds():
    """The README's Python blocks, joined: a later one may go on where an earlier one stopped."""
    return "\n".join(blocks(ROOT / "README.md", "python"))


def test_the_embed_runs_and_prints_what_the_page_says(tmp_path, monkeypatch):
    """A copied README stops the copied friend, and each `# comment` behind a print is its output."""
    monkeypatch.chdir(tmp_path)
    code = embeds()
    promised = re.findall(r"^print\(.*?\)\s+# (.*)$", code, re.MULTILINE)

    assert printed_by(code) == promised
    assert promised


def test_the_embed_is_as_short_as_promised():
    """Ten lines, imports and blank lines left out."""
    first = blocks(ROOT / "README.md", "python")[0]

    assert len([line for line in first.splitlines() if line.strip() and not line.startswith(("from ", "import "))]) <= 10


def test_the_card_is_the_one_that_the_program_prints():
    """The scam that the README shows is a case of the test suite, and the card beside it is printed today."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\.venv/bin/transferguard ([^\n]+)\n```\n\n```text\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    plain = {**os.environ, "NO_COLOR": "1", "COLUMNS": "80", "PYTHONUTF8": "1"}

    assert shown
    for arguments, card in shown:
        command = [sys.executable, "-m", "transferguard", *arguments.split()]
        ran = subprocess.run(command, cwd=ROOT, env=plain, check=True, capture_output=True, text=True, encoding="utf-8")  # noqa: S603 - our own program
        assert [line.rstrip() for line in ran.stdout.splitlines()] == card.splitlines()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_inside_the_project_leads_somewhere(page):
    """No page points at a file that is not there."""
    text = page.read_text(encoding="utf-8")

    assert not [target for target in LINK.findall(text) if not (page.parent / target).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_make_target_and_command_that_a_page_names_exists(page):
    """No page tells a newcomer to run what is not there."""
    text = page.read_text(encoding="utf-8")
    code = [*re.findall(r"`([^`\n]+)`", text), *"".join(blocks(page, "sh")).splitlines()]
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = set(cli.commands)
    named = [line.split()[:2] for line in code if len(line.split()) > 1]

    assert {word for program, word in named if program == "make"} <= targets
    assert {word for program, word in named if program == "transferguard" and word[0] != "-"} <= commands
