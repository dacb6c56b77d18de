# SPDX-License-Identifier: Apache-2.0
"""Peers that are not dependencies of ours: installed where that works, and named where it does not.

Each stands by itself: one that does not build leaves the others alone. They go into folders under `build/`, never into the
environment that tests run in.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OUTSIDE = Path("build/peers")
"""An environment of their own, for packages that would pull in or replace some of ours."""

BESIDE = Path("build/peers-beside")
"""A folder beside our own packages, for one that needs nothing but numpy."""

SECONDS = 300
"""After which an installation is given up: PyICU is compiled in about a minute where the headers are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Optional:
    """A package that may be there.

    Attributes:
        package: Its name on PyPI.
        module: What is imported of it.
        measures: What it is asked in the report.
        beside: Whether it stands beside our own packages, instead of in the environment of its own.
    """

    package: str
    module: str
    measures: str
    beside: bool = False


OPTIONAL = (
    Optional(package="pdqhash", module="pdqhash", measures="PDQ (pictures)", beside=True),
    Optional(package="PyICU", module="icu", measures="ICU skeleton and Element's fold (names)"),
    Optional(package="nomenklatura", module="nomenklatura", measures="OpenSanctions logic-v2 (names)"),
)


def outside_python() -> Path:
    """The interpreter of the environment of their own."""
    return OUTSIDE / "bin" / "python"


def use_beside() -> None:
    """Let what was installed beside our own packages be imported, after everything else."""
    if BESIDE.is_dir() and str(BESIDE.resolve()) not in sys.path:
        sys.path.append(str(BESIDE.resolve()))


def is_there(one: Optional) -> bool:
    """Whether this package can be imported where it belongs."""
    if one.beside:
        use_beside()
        return _succeeds([sys.executable, "-c", f"import sys; sys.path.append({str(BESIDE.resolve())!r}); import {one.module}"])
    return outside_python().exists() and _succeeds([str(outside_python()), "-c", f"import {one.module}"])


def install() -> None:
    """Install what is missing and print one line per package."""
    for one in OPTIONAL:
        found = is_there(one) or (_install(one) and is_there(one))
        print(f"peer {one.package}: " + ("is there" if found else f"does not build here, so not compared: {one.measures}"), flush=True)


def _install(one: Optional) -> bool:
    quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if one.beside:
        return _succeeds([sys.executable, *quiet, "--no-deps", "--target", str(BESIDE), one.package])
    OUTSIDE.parent.mkdir(parents=True, exist_ok=True)
    made = outside_python().exists() or _succeeds([sys.executable, "-m", "venv", str(OUTSIDE)])
    return made and _succeeds([str(outside_python()), *quiet, one.package])


def _succeeds(step: Sequence[str]) -> bool:
    try:
        return subprocess.run(step, check=False, capture_output=True, timeout=SECONDS).returncode == 0  # noqa: S603 - fixed words
    except subprocess.TimeoutExpired:
        return False
