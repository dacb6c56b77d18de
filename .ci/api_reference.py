# SPDX-License-Identifier: Apache-2.0
"""Write the API reference to build/api from docstrings; a warning fails the build."""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from pathlib import Path

import pdoc

MODULES = (
    "transferguard",
    "transferguard.names",
    "transferguard.avatars",
    "transferguard.model",
    "transferguard.decision",
    "transferguard.errors",
    "transferguard.policy",
    "transferguard.seams",
    "transferguard.receipt",
    "transferguard.audit",
    "transferguard.watching",
    "transferguard.providers",
    "transferguard.wording",
    "transferguard.ui.web",
    "transferguard.testing.builders",
    "transferguard.testing.host",
)
"""What hosts may import; everything else is ours to change."""


def main(folder: Path) -> int:
    """Write the pages; 1 when something on them does not resolve."""
    warnings.simplefilter("error")
    # These two say only that pydantic writes constructors in a way of its own.
    for known in ("Failed to run TYPE_CHECKING", "Error parsing type annotation"):
        warnings.filterwarnings("ignore", message=known)
    for name in MODULES:
        module = import_module(name)
        for public in getattr(module, "__all__", ()):
            vars(module).setdefault(public, getattr(module, public))  # public names load on first use; pdoc looks without using
    pdoc.render.configure(docformat="google", footer_text="transferguard")
    try:
        pdoc.pdoc(*MODULES, output_directory=folder)
    except UserWarning as fault:
        print(f"api reference: {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent.parent / "build" / "api"))
