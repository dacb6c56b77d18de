# SPDX-License-Identifier: Apache-2.0
"""Is this call one that we offer?

Asked at every door through which a host comes in: what is handed over must be of the declared type, or the call is a mistake of the
caller's that names its field (design, rule 7), instead of a TypeError from somewhere within. What a value holds is the question of
whoever reads it; how long a text may be is too.
"""

from __future__ import annotations

from typing import TypeVar

from transferguard.errors import InvalidInput

T = TypeVar("T")


def demand(given: object, kind: type[T], field: str, remedy: str = "") -> T:
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


def demand_methods(given: T, methods: tuple[str, ...], field: str, remedy: str) -> T:
    """What was given, if it can be asked these questions; None stands for the default.

    Raises:
        InvalidInput: It lacks one of them.
    """
    if given is not None and (isinstance(given, type) or not all(callable(getattr(given, method, None)) for method in methods)):
        raise InvalidInput(field, f"is of type {type(given).__name__}", remedy)
    return given
