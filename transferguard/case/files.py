# SPDX-License-Identifier: Apache-2.0
"""Case files: reading one from disk without trusting it, and writing one.

A case may come from a stranger, as a bug report does. So the text is bounded before it is parsed, JSON is read strictly (no NaN, no
key twice, no depth that exhausts the stack), and a picture is read only from a regular file, without ever waiting for one.

Rule owned here (design, rule 7): a picture that cannot be had is `Unavailable(why)` and never an error; a malformed case is an
`InvalidInput` that names the field.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NoReturn

from transferguard.case.codec import DATA_URL, case_from_dict, case_to_dict, inline
from transferguard.case.world import Case
from transferguard.errors import InvalidInput
from transferguard.model import Unavailable

MAX_CASE_BYTES: Final = 64 * 1024 * 1024
"""Largest case file, bytes: a world of 5,000 people with a year of payments takes about 5 MB."""

MAX_PICTURE_BYTES: Final = 5 * 1024 * 1024
"""Largest picture, bytes: as `transferguard.avatars` decodes."""

MAX_PICTURES_BYTES: Final = 512 * 1024 * 1024
"""Largest sum of all pictures of a case, bytes: 5,000 people with pictures of 100 KB."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")

_SUFFIX_OF_MAGIC: Final = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"GIF8": ".gif", b"RIFF": ".webp"}


def load_case(path: str | os.PathLike[str]) -> Case:
    """Which case stands in this file?

    Args:
        path: A JSON file; the pictures that it names are found relative to it.

    Raises:
        InvalidInput: The file cannot be read or is no valid case; `.field` names the place.
    """
    file = Path(path)
    try:
        with file.open("rb") as opened:
            text = opened.read(MAX_CASE_BYTES + 1)
    except (OSError, ValueError) as error:
        why = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "not a path"
        raise InvalidInput("case", f"cannot be read ({why})", "give the path of a case file") from None
    return parse_case(text, file.parent)


def parse_case(text: bytes, folder: Path | None = None) -> Case:
    """Which case does this JSON text describe?

    Args:
        text: UTF-8, at most 64 MB.
        folder: Where relative picture paths begin; without one such pictures are Unavailable.

    Raises:
        InvalidInput: As `load_case`.
    """
    plain = _parse_json(text)
    if not isinstance(plain, dict):
        raise InvalidInput("case", "must be an object", "see `transferguard schema case`")
    return case_from_dict(plain, inline if folder is None else _Folder(folder))


def dump_case(case: Case, path: str | os.PathLike[str]) -> Path:
    """Write the case, and its pictures into the folder `pictures` beside it, each once.

    Args:
        case: What to write.
        path: The JSON file; folders on the way are made.

    Returns:
        The file written.
    """
    file = Path(path)
    pictures = file.parent / "pictures"

    def keep(picture: bytes) -> str:
        pictures.mkdir(parents=True, exist_ok=True)
        suffix = next((suffix for magic, suffix in _SUFFIX_OF_MAGIC.items() if picture.startswith(magic)), ".bin")
        kept = pictures / (hashlib.sha256(picture).hexdigest()[:16] + suffix)
        if not kept.exists():
            kept.write_bytes(picture)
        return f"pictures/{kept.name}"

    plain = case_to_dict(case, keep)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(to_json(plain), encoding="utf-8")
    return file


def to_json(plain: Mapping[str, Any]) -> str:
    """Readable JSON; a lone surrogate is escaped, because UTF-8 cannot hold it."""
    text = json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _parse_json(text: bytes) -> object:
    if len(text) > MAX_CASE_BYTES:
        raise InvalidInput("case", "is larger than 64 MB", "leave out people and payments that the sender has nothing to do with")
    try:
        return json.loads(text.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise InvalidInput("case", f"is not UTF-8 at byte {error.start}", "save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise InvalidInput("case", f"is not JSON at line {error.lineno}, column {error.colno}", "correct the file there") from None
    except RecursionError:
        raise InvalidInput("case", "is nested too deeply", "a case needs five levels") from None
    except ValueError:
        # Python refuses integers of more than 4,300 digits (CVE-2020-10735).
        raise InvalidInput("case", "holds a number of too many digits", 'write amounts as text, such as "5000.00"') from None


def _no_constant(constant: str) -> NoReturn:
    raise InvalidInput("case", f"holds {constant}, which is not JSON", "leave the field out if the value is not known")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once: of two values nobody knows which was meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise InvalidInput(twice[:80], "stands twice in one object", "keep one of the two")
    return found


class _Folder:
    """Reads pictures relative to a case file, each once, or from a data URL.

    Args:
        folder: Of the case file.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, bytes | Unavailable] = {}
        self._room = MAX_PICTURES_BYTES

    def __call__(self, path: str) -> bytes | Unavailable:
        if path.startswith(DATA_URL):
            return inline(path)
        if path not in self._read:
            self._read[path] = _read_picture(self._folder, path) if self._room > 0 else Unavailable("too many pictures in one case")
            picture = self._read[path]
            self._room -= 0 if isinstance(picture, Unavailable) else len(picture)
        return self._read[path]


def _read_picture(folder: Path, path: str) -> bytes | Unavailable:
    """The bytes of a regular file, or why there are none.

    A pipe or device would make us wait for ever, so it is never opened for reading; O_NONBLOCK guards against a swap in between.
    """
    try:
        place = folder / path
        if not stat.S_ISREG(place.stat().st_mode):
            return Unavailable("not a file")
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
        with os.fdopen(os.open(place, flags), "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):  # pragma: no cover - a race that no test can win
                return Unavailable("not a file")
            picture = opened.read(MAX_PICTURE_BYTES + 1)
    except FileNotFoundError:
        return Unavailable("no such file")
    except (OSError, ValueError):
        return Unavailable("file cannot be read")
    return Unavailable("too many bytes") if len(picture) > MAX_PICTURE_BYTES else picture
