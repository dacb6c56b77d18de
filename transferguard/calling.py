# SPDX-License-Identifier: Apache-2.0
"""Is this call one that we offer?

Asked at every door through which a host comes in: what is handed over must be of the declared type, or the call is a mistake of the
caller's that names its field (design, rule 7), instead of a TypeError from somewhere within. What a value holds is the question of
whoever reads it; how long a text may be is too.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from typing import Final, TypeVar

from transferguard.errors import InvalidInput

T = TypeVar("T")

MAX_ID_CODE_POINTS: Final = 256
"""Longest id of an account, transfer or report; longer ones are a host's mistake, not a profile's."""

_ID_FORBIDDEN: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def is_id(text: str) -> bool:
    """Whether anything can have this id; no seam need be asked about one that nothing can have."""
    return 0 < len(text) <= MAX_ID_CODE_POINTS and not _ID_FORBIDDEN.search(text)


def demand(given: object, kind: type[T], field: str, *, remedy: str = "") -> T:
    """What was given, if it is of this type.

    Args:
        given: What the host handed over.
        kind: What it must be.
        field: How the call names it.
        remedy: What to give instead; by default a value of that type.

    Raises:
        InvalidInput: It is of another type. The message names the type and never the value.
    """
    if isinstance(given, kind):
        return given
    raise InvalidInput(field, f"is of type {type(given).__name__}", remedy or f"give a value of type {kind.__name__}")


def demand_methods(given: T, methods: tuple[str, ...], field: str, *, remedy: str) -> T:
    """What was given, if it can be asked these questions; None stands for the default.

    Raises:
        InvalidInput: It lacks one of them.
    """
    if given is not None and (isinstance(given, type) or not all(callable(getattr(given, method, None)) for method in methods)):
        raise InvalidInput(field, f"is of type {type(given).__name__}", remedy)
    return given


def demand_pairs(entries: Iterable[tuple[Hashable, T]], kind: type[T], field: str) -> Iterator[tuple[Hashable, T]]:
    """The entries of an index, if they are pairs of an id and a value of this type.

    Args:
        entries: What the host handed over.
        kind: What each value must be.
        field: How the value is named.

    Raises:
        InvalidInput: They cannot be listed, or one of them is no such pair.
    """
    if not isinstance(entries, Iterable):
        raise InvalidInput("entries", f"is of type {type(entries).__name__}", "give a list of pairs")
    for entry in entries:
        try:
            key, value = entry
            hash(key)
        except (TypeError, ValueError):
            raise InvalidInput("entries", "holds something else than pairs of a hashable id and a value", "give a list of pairs") from None
        yield key, demand(value, kind, field)
