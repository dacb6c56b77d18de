# SPDX-License-Identifier: Apache-2.0
"""Is every file that is generated from code what the code would write today?

Without arguments the files are written; with `--check` nothing is written and each one out of step is named.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pictures  # beside this file

from transferguard import cli
from transferguard._tables import generate_currencies

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent


def command_line_page() -> str:
    """`docs/cli.md`: every command's own help, so that page and program cannot disagree."""
    lines = ["# Command line", "", "Generated from `transferguard --help` by `make docs`."]

    def describe(command: click.Command, context: click.Context, depth: int) -> None:
        context.terminal_width = context.max_content_width = 100
        lines.extend(["", "#" * depth + f" `{context.command_path}`", "", "```text", command.get_help(context).rstrip(), "```"])
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                if inner is not None and not inner.hidden:
                    describe(inner, click.Context(inner, info_name=name, parent=context, **inner.context_settings), min(depth + 1, 4))

    describe(cli.cli, click.Context(cli.cli, info_name="transferguard", **cli.cli.context_settings), 2)
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "docs/cli.md": command_line_page,
    **pictures.DRAWINGS,
    "transferguard/_tables/currencies.py": generate_currencies.render,
}


def main(arguments: list[str]) -> int:
    """Write or compare every page; 1 when a comparison failed."""
    stale = 0
    for name, render in PAGES.items():
        target, wanted = ROOT / name, render()
        if target.exists() and target.read_text(encoding="utf-8") == wanted:
            continue
        if "--check" in arguments:
            stale += 1
            print(f"{name}: not what the code would write; run 'make docs'", file=sys.stderr)
        else:
            target.write_text(wanted, encoding="utf-8")
            print(f"wrote {name}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
