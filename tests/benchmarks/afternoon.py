# SPDX-License-Identifier: Apache-2.0
"""The script that an engineer would write in an afternoon, for comparison.

Loop over the contacts, rapidfuzz's WRatio for the names, the Hamming distance of imagehash's phash for the pictures, and an alert
when either passes a threshold that looks reasonable. Nothing about it is made worse than it would be: hashes are computed
ahead, and names are compared as they are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import imagehash
from PIL import Image
from rapidfuzz import fuzz

WRATIO_ALERT = 90.0
"""Of 100; the threshold that rapidfuzz's own examples use for "the same"."""

PHASH_ALERT = 10
"""Of 64 bits; imagehash's readme and most tutorials take 8 to 12."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A contact as the script keeps it.

    Args:
        id: Account id.
        name: Display name.
        phash: 64-bit hash of the picture, or None where it cannot be read.
    """

    id: str
    name: str
    phash: imagehash.ImageHash | None


def remembered(account: str, name: str, picture: bytes) -> Remembered:
    """What the script stores when a contact is added."""
    return Remembered(id=account, name=name, phash=imagehash.phash(Image.open(BytesIO(picture))))


def alerts(recipient: Remembered, contacts: list[Remembered]) -> list[str]:
    """Ids of the contacts whom this recipient looks like."""
    found = []
    for contact in contacts:
        alike_name = fuzz.WRatio(recipient.name, contact.name) >= WRATIO_ALERT
        alike_picture = recipient.phash is not None and contact.phash is not None and recipient.phash - contact.phash <= PHASH_ALERT
        if alike_name or alike_picture:
            found.append(contact.id)
    return found


def read_people(file: Path) -> dict[str, list[tuple[Remembered, str]]]:
    """What was remembered earlier, by kind, each with whom it imitates (empty for the honest)."""
    rows = json.loads(file.read_text(encoding="utf-8"))
    return {
        kind: [(Remembered(id=row["id"], name=row["name"], phash=imagehash.hex_to_hash(row["phash"])), row["copies"]) for row in people]
        for kind, people in rows.items()
    }
