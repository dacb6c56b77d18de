# SPDX-License-Identifier: Apache-2.0
"""`transferguard check`: one case file in, the card for people or the decision as JSON out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from transferguard.cli.terminal import emit, show

if TYPE_CHECKING:
    from rich.console import RenderableType

    from transferguard.case import Case
    from transferguard.decision import Decision

EPILOG = """\b
Examples:
  transferguard check case.json
  transferguard check case.json --locale zh-Hans
  transferguard check case.json --explain
  transferguard check case.json --json --view sender
"""


@click.command(epilog=EPILOG)
@click.argument("case_file", metavar="CASE.json", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print the decision as JSON instead of the card.")
@click.option(
    "--view",
    type=click.Choice(["operator", "sender"]),
    default=None,
    help="Whose JSON: everything (operator, the default), or what may leave for the sender's screen. Implies --json.",
)
@click.option("--locale", default="en", show_default=True, metavar="TAG", help="Language of the card and of the sender's warnings.")
@click.option("--explain", is_flag=True, help="After the card, show operators how the evidence adds up, in bits.")
def check(*, case_file: str, as_json: bool, view: str | None, locale: str, explain: bool) -> None:
    """Check the transfer of a case file and print the confirmation card.

    The exit status is 0 for a decision of any outcome, and 2 for a file that is no valid case.
    """
    from transferguard.case import load_case  # noqa: PLC0415 - `--help` needs none of this
    from transferguard.case.check import examine_case  # noqa: PLC0415 - the same

    as_json = as_json or view is not None
    if as_json and explain:
        raise click.UsageError("--explain is for people; the JSON has the same findings, so leave out one of the two")
    case = load_case(case_file)
    examined = examine_case(case)
    if as_json:
        emit(_as_json(examined.decision, view or "operator", locale))
        return
    parts = [_card(case, examined.decision, locale)]
    if explain:
        from transferguard.ui.waterfall import Waterfall  # noqa: PLC0415 - only on request

        parts.append(Waterfall(evidence=examined.evidence, policy=case.effective_policy(), decision=examined.decision))
    show(*parts)


def _as_json(decision: Decision, view: str, locale: str) -> str:
    if view == "operator":
        return decision.to_json()
    return json.dumps(decision.sender_view(locale), ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _card(case: Case, decision: Decision, locale: str) -> RenderableType:
    from transferguard.ui.card import Card  # noqa: PLC0415 - `--help` and `--json` need no rich

    pictures = {account.id: account.avatar for account in case.accounts if isinstance(account.avatar, bytes)}
    return Card(view=decision.sender_view(locale), amount=case.transfer.money, locale=locale, pictures=pictures)
