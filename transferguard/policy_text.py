# SPDX-License-Identifier: Apache-2.0
"""How is an effective policy written down, so that units and sources stay beside the numbers?

Line by line into the default file. What the numbers mean and which are allowed is the question of `transferguard.policy`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

_LINE: Final = re.compile(r"^(?P<key>[A-Za-z_]+) = (?P<value>\S+)(?P<rest>.*)$")


def render(default: str, tables: Mapping[str, Any]) -> str:
    """The text of the default file with these values in it; keys that it lacks follow their table.

    Args:
        default: TOML with a comment beside each number.
        tables: The effective values.
    """
    lines: list[str] = []
    here: Mapping[str, Any] = tables
    left = {key: item for key, item in here.items() if not isinstance(item, Mapping)}
    for line in default.splitlines():
        if line.startswith("["):
            _flush(lines, left)
            here = tables
            for step in line.partition("]")[0].strip("[").split("."):
                here = here[step]
            left = {key: item for key, item in here.items() if not isinstance(item, Mapping)}
        elif (found := _LINE.match(line)) and found["key"] in left:
            text = json.dumps(left.pop(found["key"]))
            column = line.index("#") if "#" in line else 0
            line = f"{found['key']} = {text}".ljust(column - 1) + " " + line[column:] if column else f"{found['key']} = {text}"  # noqa: PLW2901 - the line as it will be
        lines.append(line)
    _flush(lines, left)
    return "\n".join(lines) + "\n"


def _flush(lines: list[str], left: Mapping[str, Any]) -> None:
    """Write the keys of a table that the default file does not have, before the blank line that ends the table."""
    extra = [f"{key} = {json.dumps(item)}" for key, item in left.items()]
    at = len(lines) - 1 if lines and not lines[-1] else len(lines)
    lines[at:at] = extra
