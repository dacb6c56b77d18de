# SPDX-License-Identifier: Apache-2.0
"""A whole small world in one JSON file: the case.

A bug report, a test, a simulated world and a demo are the same thing.

    load_case(path) -> Case          read and check a file; `dump_case` writes one
    case_from_dict(plain) -> Case    the same from plain values; `case_to_dict` gives them back
    CaseDirectory(case)              the world, asked as a host's directory is asked
    check_case(case) -> Decision     what the guard says about it
"""

from __future__ import annotations

from transferguard.case.check import check_case
from transferguard.case.codec import case_from_dict, case_to_dict
from transferguard.case.files import dump_case, load_case, parse_case
from transferguard.case.world import Case, CaseDirectory

__all__ = ["Case", "CaseDirectory", "case_from_dict", "case_to_dict", "check_case", "dump_case", "load_case", "parse_case"]
