# SPDX-License-Identifier: Apache-2.0
"""Message ids to sentences."""


def warning(message: str, locale: str) -> dict[str, object]:
    """One warning."""
    return {"id": message, "text": message, "params": {}}
