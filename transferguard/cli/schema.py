# SPDX-License-Identifier: Apache-2.0
"""`transferguard schema`: JSON Schemas, for editors and for hosts that write cases in another language."""

from __future__ import annotations

import json

import click

from transferguard.cli.terminal import emit


@click.command(epilog="Example: transferguard schema case > case.schema.json")
@click.argument("what", type=click.Choice(["case", "decision", "policy"]))
@click.option("--view", type=click.Choice(["operator", "sender"]), default="operator", show_default=True, help="Whose view of a decision.")
def schema(*, what: str, view: str) -> None:
    """Print the JSON Schema (2020-12) of a case, a decision or a policy."""
    from transferguard.case.schemas import case_schema, decision_schema, policy_schema  # noqa: PLC0415 - `--help` needs no types

    made = decision_schema(view) if what == "decision" else case_schema() if what == "case" else policy_schema()
    emit(json.dumps(made, indent=2, ensure_ascii=True))
