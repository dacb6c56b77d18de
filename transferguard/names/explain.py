# SPDX-License-Identifier: Apache-2.0
"""What was done to the original to make the seen name?"""

from __future__ import annotations

from transferguard.names.inspection import inspect_name
from transferguard.names.tricks import Trick


def explain(seen: str, original: str) -> tuple[Trick, ...]:
    """The tricks between a seen name and the original, in the order of the seen one."""
    if seen == original:
        return ()
    return inspect_name(seen).tricks
