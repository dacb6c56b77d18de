# SPDX-License-Identifier: Apache-2.0
"""What is worked out of a name once, when it is told, so that no search works it out again?

Its core and the keys under which an index holds it. Both depend on the name, on our tables and on Python's own about characters, and on
nothing else. They tell as much as the name: whoever keeps them keeps them as the name itself is kept.

Rule owned here: what other tables made is never read. It is worked out anew.
"""

from __future__ import annotations

import sys
import unicodedata
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from transferguard.names.keys import KEYS_VERSION, stored_keys
from transferguard.names.views import view_of

ENROLLED_VERSION: Final = f"{KEYS_VERSION} {unicodedata.unidata_version}"
"""Equal where the same name gives the same keys."""


class EnrolledName(NamedTuple):
    """A name as an index holds it.

    Attributes:
        core: What is left of it without what stands beside a name; None where it is the name in small letters.
        keys: Under which it is found, 32 bits each, in the machine's order.
    """

    core: str | None
    keys: bytes


def held_core(name: str, core: str) -> str | None:
    """What is kept of a core: nothing where small letters alone make the difference."""
    return name if core == name else None if core == name.casefold() else core


def enrolled_name(name: str) -> EnrolledName:
    """What is worked out of one name; any string will do."""
    view = view_of(name)
    return EnrolledName(held_core(name, view.core), array("I", stored_keys(view, name)).tobytes())


def enrol_names(names: Iterable[str]) -> dict[str, Any]:
    """The same of several names, as JSON values."""
    return {"version": ENROLLED_VERSION, "names": {name: _plain(enrolled_name(name)) for name in names}}


def read_enrolled(plain: Mapping[str, Any]) -> dict[str, EnrolledName]:
    """What `enrol_names` made, by name; nothing of what other tables made.

    Raises:
        ValueError, TypeError, KeyError: `enrol_names` did not make this.
    """
    if plain["version"] != ENROLLED_VERSION:
        return {}
    return {name: EnrolledName(core, _turned(b64decode(keys, validate=True))) for name, (core, keys) in plain["names"].items()}


def _plain(one: EnrolledName) -> list[str | None]:
    return [one.core, b64encode(_turned(one.keys)).decode("ascii")]


def _turned(keys: bytes) -> bytes:
    """Between the machine's order of bytes and the one in which keys are kept, which is the little end first."""
    if sys.byteorder == "little":
        return keys
    found = array("I", keys)
    found.byteswap()
    return found.tobytes()
