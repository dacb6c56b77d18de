# SPDX-License-Identifier: Apache-2.0
"""What reaches the terminal, and how: no text of anybody can crash the output or steer the terminal."""

from __future__ import annotations

import errno
import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

PIPE_CLOSED: Final = 141
"""Exit status: 128 and the number of SIGPIPE, as shells report it."""


def forgiving_output() -> None:
    """Write what the terminal's encoding cannot hold as escapes, instead of failing: a decision must reach its reader."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def emit(text: str) -> None:
    """Print text of ours, or JSON, to standard output; a reader who leaves early is no fault."""
    if sys.stdout is None:  # started with its output closed
        raise OSError(errno.EBADF, "standard output is closed")
    forgiving_output()
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Let the interpreter's own flush at exit go nowhere instead of complaining.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(PIPE_CLOSED) from None


def show(*parts: RenderableType) -> None:
    """Print for people: colours where the terminal has them and NO_COLOR does not forbid them, plain text in a pipe."""
    from rich.console import Console  # noqa: PLC0415 - rich takes 40 ms, and JSON needs none of it

    console = Console(highlight=False, emoji=False, markup=False)
    with console.capture() as printed:
        console.print(*parts, sep="\n")
    emit(printed.get())


def complain(message: str, status: int) -> int:
    """Print one line to standard error, and pass the exit status through."""
    from transferguard.ui.screen_text import one_line  # noqa: PLC0415 - only when something is wrong

    forgiving_output()
    sys.stderr.write(f"transferguard: {one_line(message)}\n")
    return status
