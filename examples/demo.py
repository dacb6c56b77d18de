# SPDX-License-Identifier: Apache-2.0
"""Watch the guard check a dozen transfers, each as the card that a person would see before paying.

    make demo
    python -m examples.demo --locale zh-Hans

It paints its own pictures, keeps its database in a temporary folder and needs no network. The scenes are in `examples.demo_scenes`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

INTERRUPTED = 130
"""Exit status: 128 and the number of SIGINT."""


def main(arguments: list[str] | None = None) -> int:
    """Play every scene and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m examples.demo", description="Watch the guard check a dozen transfers.")
    parser.add_argument("--locale", default="en", help="language of the cards: en, zh-Hans or ar (default: en)")
    options = parser.parse_args(arguments)
    try:
        from examples.demo_scenes import play  # noqa: PLC0415 - it paints while it loads, and Ctrl-C then ends as quietly as later

        with tempfile.TemporaryDirectory(prefix="transferguard-demo-") as folder:
            play(Path(folder), options.locale)
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped\n")
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
