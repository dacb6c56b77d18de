# SPDX-License-Identifier: Apache-2.0
"""When is a public name of a package imported? When it is first asked for (PEP 562), so that a package costs what is used of it."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from transferguard.collecting import without_collecting


def lazily(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package.

    Args:
        package: Its `__name__`.
        homes: Public name to the module of the package in which it stands.

    Returns:
        What imports a name once and leaves it in the package, where it is found from then on.
    """

    def load(name: str) -> Any:  # noqa: ANN401 - types, functions, enums and errors alike; mypy reads the imports beside the call
        home = homes.get(name)
        if home is None:
            msg = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(msg)
        with without_collecting():
            module = import_module(f"{package}.{home}")
        found = getattr(module, name)
        setattr(sys.modules[package], name, found)
        return found

    return load
