# SPDX-License-Identifier: Apache-2.0
"""From a row to a fact, or the reason why it is none.

Columns are named as in a case file. An account's picture stands in `avatar` (a path in the folder of pictures) or `avatar_url`; a
picture that cannot be had is said, and the account is kept without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from transferguard.errors import InvalidInput
from transferguard.model import Account, Contact, Fact, PastTransfer

KINDS: Final[Mapping[str, type[Fact]]] = {"accounts": Account, "contacts": Contact, "transfers": PastTransfer}
"""What a file may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a row says.

    Args:
        number: Of the row.
        fields: Fields of the fact, without pictures.
        path: Of the picture in the folder; empty for none.
        url: Of the picture; empty for none.
    """

    number: int
    fields: Mapping[str, Any] = field(repr=False)
    path: str = ""
    url: str = ""


def read(number: int, fields: Mapping[str, Any], kind: str) -> Read:
    """The row with its picture aside.

    Raises:
        InvalidInput: The picture's column holds no text.
    """
    plain = {name: f"{item:f}" if isinstance(item, Decimal) else item for name, item in fields.items()}
    asides = {"avatar": "", "avatar_url": ""}
    if kind == "accounts":
        for name in asides:
            told = plain.pop(name, "")
            if not isinstance(told, str):
                raise InvalidInput(name, "must be text")
            asides[name] = told
    return Read(number=number, fields=plain, path=asides["avatar"], url=asides["avatar_url"])


def fact_of(row: Read, kind: str, picture: bytes | None) -> Fact:
    """The fact.

    Raises:
        InvalidInput: It is none; names the column and never the value.
    """
    fields: dict[str, Any] = {str(name): item for name, item in row.fields.items()}
    if picture is not None:
        fields["avatar"] = picture
    return KINDS[kind](**fields)
