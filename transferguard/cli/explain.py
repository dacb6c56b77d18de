# SPDX-License-Identifier: Apache-2.0
"""`transferguard explain`: why was this transfer stopped, or let through? For operators, from the recorded evidence."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from transferguard.cli.opening import looked_back, looking_back_options, policy_from, write_text
from transferguard.cli.terminal import emit, show
from transferguard.errors import InvalidInput

if TYPE_CHECKING:
    from transferguard.model import Account
    from transferguard.seams import DecisionRecord
    from transferguard.store import SqlStore
    from transferguard.ui.explanation import Explanation

EPILOG = """\b
Examples:
  transferguard explain d-2f61c0 --store guard.db
  transferguard explain t-9 --store guard.db --html why.html
  transferguard explain t-9 --store guard.db --html why.html --picture u9=copy.jpg
  transferguard explain d-2f61c0 --store guard.db --json
"""


@click.command(epilog=EPILOG)
@click.argument("decision", metavar="DECISION")
@looking_back_options
@click.option("--policy", "policy_file", metavar="FILE", help="The policy that decided, where the database does not hold it.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write one self-contained page with plot and pictures.")
@click.option(
    "--picture",
    "pictures",
    multiple=True,
    metavar="ACCOUNT=FILE",
    help="A picture for the page that the database does not hold; repeatable.",
)
@click.option("--json", "as_json", is_flag=True, help="Print decision, sums and replay as JSON.")
def explain(  # noqa: PLR0913 - one keyword per option
    *,
    decision: str,
    store: str,
    keys: str | None,
    audit: str | None,
    policy_file: str | None,
    html: Path | None,
    pictures: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show how the evidence of a decision adds up, in bits.

    DECISION is the id of a decision, or of a transfer (then its newest decision). The sums are made again from the recorded
    evidence, and it is said whether the decision replays byte for byte. What is shown is for operators, never for the sender.
    """
    from transferguard.hindsight import policy_of  # noqa: PLC0415 - `--help` needs none of it
    from transferguard.ui.explanation import explanation_of  # noqa: PLC0415 - the same

    given = None if policy_file is None else policy_from(policy_file)
    with looked_back(store, keys, audit, purpose="explain", of=decision) as archive:
        record = _record(archive, decision)
        policy = policy_of(record.decision.policy, archive.policy, given=given)
        explanation = explanation_of(record, policy, label=archive.labels().get(record.decision.id))
        drawn = _pictures(archive, explanation, pictures) if html else {}
    if html:
        from transferguard.ui.page import page  # noqa: PLC0415 - only on request

        write_text(html, page(explanation, pictures=drawn), "--html")
    if as_json:
        emit(json.dumps(explanation.to_dict(), ensure_ascii=True, sort_keys=True, separators=(",", ":")))
    elif html:
        emit(f"wrote {html}")
    else:
        show(*explanation.for_terminal())


def _record(archive: SqlStore, given: str) -> DecisionRecord:
    record = archive.decision(given) or archive.latest_decision(given)
    if record is None:
        raise InvalidInput("DECISION", "is not in this database", "give the id of a decision or of a transfer")
    if not record.evidence:
        raise InvalidInput("DECISION", "was kept without its evidence", "give the guard keys: evidence is only ever kept sealed")
    return record


def _worn_then(recipient: Account | None, digest: str) -> bytes | None:
    """The picture that was compared, where the recipient has changed it since and the database still holds it."""
    from transferguard.model import Unavailable  # noqa: PLC0415 - `--help` needs no types

    changes = recipient.profile_changes if recipient is not None else ()
    former = () if isinstance(changes, Unavailable) else [change.avatar for change in changes]
    return next((picture for picture in former if isinstance(picture, bytes) and sha256(picture).hexdigest() == digest), None)


def _pictures(archive: SqlStore, explanation: Explanation, given: tuple[str, ...]) -> dict[str, bytes]:
    """Pictures by account id: those that the database holds, and those that the caller gives."""
    accounts = archive.directory().accounts(explanation.people())
    known: dict[str, Any] = {one: account.avatar for one, account in accounts.items()}
    recipient = explanation.record.transfer.recipient
    if worn := _worn_then(accounts.get(recipient), explanation.evidence.picture_digest):
        known[recipient] = worn
    for pair in given:
        account, separator, file = pair.partition("=")
        if not separator:
            raise InvalidInput("--picture", "is not ACCOUNT=FILE", "write --picture u9=copy.jpg")
        try:
            known[account] = Path(file).read_bytes()
        except OSError as error:
            raise InvalidInput(
                "--picture", f"cannot be read ({(error.strerror or 'unknown').lower()})", "give the path of a picture"
            ) from None
    return {one: picture for one, picture in known.items() if isinstance(picture, bytes)}
