# SPDX-License-Identifier: Apache-2.0
"""`transferguard keys`: the key file beside an embedded database."""

from __future__ import annotations

import click


@click.group(epilog="Example: transferguard keys public guard.db.keys")
def keys() -> None:
    """Make, rotate and publish the keys that sign receipts."""
