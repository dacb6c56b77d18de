# SPDX-License-Identifier: Apache-2.0
"""The command line: one file per command, and how each of them ends.

    0    done; for `check`, a decision of any outcome
    1    a fault of ours or of the machine: one line, and a traceback with --debug
    2    the caller's mistake: one line that names the field, policy key or option
    3    the answer is no: `audit verify` found a record that is not what was written, `backtest --most-stopped` a limit exceeded,
         `calibrate` a policy that is no better
    130  interrupted
    141  nobody read the output to its end

Commands load what they need when they run, so that `--help` answers at once.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from transferguard.cli.audit import audit
from transferguard.cli.backtest import backtest
from transferguard.cli.calibrate import calibrate
from transferguard.cli.check import check
from transferguard.cli.explain import explain
from transferguard.cli.import_ import import_
from transferguard.cli.keys import keys
from transferguard.cli.policy import policy
from transferguard.cli.schema import schema
from transferguard.cli.simulate import simulate
from transferguard.cli.terminal import complain
from transferguard.errors import CallerError, TransferGuardError

FAULT, MISTAKE, INTERRUPTED = 1, 2, 130
"""Exit statuses; the last is 128 and the number of SIGINT, as shells report it."""


@click.group(
    name="transferguard",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: transferguard check case.json",
)
@click.version_option(package_name="transferguard", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, expose_value=False, help="Show a traceback when something is wrong with transferguard itself.")
def cli() -> None:
    """Is this the person you think you are paying?

    Checks transfers described in case files: a whole small world in one JSON file each.
    """


for command in (audit, backtest, calibrate, check, explain, import_, keys, policy, schema, simulate):
    cli.add_command(command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and say how it ended.

    Args:
        arguments: As typed after the program's name; by default those of this process.

    Returns:
        The exit status.
    """
    typed = list(sys.argv[1:] if arguments is None else arguments)
    # Wherever it stands: whoever saw a fault appends it to the line before.
    given = [argument for argument in typed if argument != "--debug"]
    try:
        return _run(given)
    except (click.Abort, KeyboardInterrupt):
        return complain("interrupted", INTERRUPTED)
    except OSError as fault:
        return _machine_fault(fault, debug=len(given) < len(typed))
    except Exception as fault:  # noqa: BLE001 - where the program ends: whatever is broken becomes exit status 1
        return _own_fault(fault, debug=len(given) < len(typed))


def _run(given: list[str]) -> int:
    try:
        # Without click's standalone mode, which would print errors in a form of its own and end this process.
        ended = cli.main(given, prog_name="transferguard", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as shown:
        click.echo(shown.format_message(), err=True)
        return MISTAKE
    except click.ClickException as mistake:
        return complain(mistake.format_message(), MISTAKE)
    except CallerError as mistake:
        return complain(str(mistake), MISTAKE)
    except TransferGuardError as fault:
        return complain(str(fault), FAULT)
    return ended if isinstance(ended, int) else 0


def _machine_fault(fault: OSError, *, debug: bool) -> int:
    """A full disk, a folder that may not be written, a closed output: nobody need report it to us."""
    if debug:
        traceback.print_exception(fault)
        return FAULT
    of = f"{fault.filename}: " if isinstance(fault.filename, str) else ""
    return complain(f"{of}cannot be read or written: {(fault.strerror or type(fault).__name__).lower()}", FAULT)


def _own_fault(fault: Exception, *, debug: bool) -> int:
    """Say where it broke, not with which value: messages of other libraries may hold a verified name."""
    if debug:
        traceback.print_exception(fault)
        return FAULT
    ours = Path(__file__).parents[1]
    frames = traceback.extract_tb(fault.__traceback__)
    last = next((frame for frame in reversed(frames) if Path(frame.filename).is_relative_to(ours)), frames[-1])
    where = f"{Path(last.filename).name}:{last.lineno}"
    return complain(f"a fault of transferguard: {type(fault).__name__} at {where}; run again with --debug and report it", FAULT)
