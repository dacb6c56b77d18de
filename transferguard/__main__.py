# SPDX-License-Identifier: Apache-2.0
"""`python -m transferguard`, and the `transferguard` command."""

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    try:
        from transferguard.cli import run  # noqa: PLC0415 - Ctrl-C while loading ends as quietly as Ctrl-C later

        return run()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
