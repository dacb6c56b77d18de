# SPDX-License-Identifier: Apache-2.0
"""A refitted policy as a file: what differs from the default and nothing else, each number with unit and source."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from transferguard.hindsight.calibration import Calibration
from transferguard.policy import Policy


def policy_file(calibration: Calibration, before: Policy, *, learnt_at: str) -> str:
    """The text of a TOML file that `Policy.from_toml` reads as the refitted policy.

    Args:
        calibration: What was learnt.
        before: The policy that was refitted; what it changes about the default is kept.
        learnt_at: Date of the newest label.
    """
    source = f"calibrated on {calibration.honest} honest and {calibration.fraud} fraudulent transfers up to {learnt_at}"
    lines = [
        "# SPDX-License-Identifier: Apache-2.0",
        "# Written by `transferguard calibrate`; laid over the default policy. Try it with `transferguard backtest` first.",
        f"# Brier on senders it was not learnt from: {calibration.before.brier:.4f} before, {calibration.after.brier:.4f} after.",
    ]
    old, new = before.to_mapping(), calibration.policy.to_mapping()
    lines += _table("", new, (Policy.default().to_mapping(), old), source=source)
    return "\n".join(lines) + "\n"


def _table(path: str, new: Mapping[str, Any], known: tuple[Mapping[str, Any], Mapping[str, Any]], *, source: str) -> Iterator[str]:
    default, old = known
    numbers = [(key, value) for key, value in new.items() if not isinstance(value, Mapping) and value != default.get(key)]
    if numbers and path:
        yield from ("", f"[{path}]")
    for key, value in numbers:
        was = old.get(key)
        comment = f"  # bits; {source}; was {was:g}" if value != was and isinstance(was, int | float) else ""
        yield f"{key} = {json.dumps(value)}{comment}"
    for key, value in new.items():
        if isinstance(value, Mapping):
            inner = f"{path}.{key}" if path else key
            yield from _table(inner, value, (default.get(key, {}), old.get(key, {})), source=source)
