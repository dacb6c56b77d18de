# SPDX-License-Identifier: Apache-2.0
"""The Python on the pages of docs/ runs, and prints what stands beside it."""

import re

import pytest

from tests.test_readme import PAGES, blocks, printed_by
from transferguard.testing.pictures import as_jpeg, draw_portrait

WITH_CODE = [page for page in PAGES if page.name != "README.md" and blocks(page, "python")]

TAKEN_FOR_GRANTED = {
    "avatars.md": """
from pathlib import Path
from transferguard.avatars import fingerprint_avatar
upload = Path("upload.jpg").read_bytes()
other = fingerprint_avatar(Path("other.jpg").read_bytes())
""",
    "hosts.md": """
def present_token():
    return "token"
""",
}
"""What a page expects its reader to have."""


@pytest.mark.parametrize("page", WITH_CODE, ids=lambda page: page.name)
def test_the_code_on_a_page_runs_and_prints_what_the_page_says(page, tmp_path, monkeypatch):
    """A newcomer copies it, and it works: each `# comment` behind a print is its output."""
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(("friend", "upload", "other")):
        (tmp_path / f"{name}.jpg").write_bytes(as_jpeg(draw_portrait(number + 3)))
    code = "\n".join(blocks(page, "python"))

    assert printed_by(TAKEN_FOR_GRANTED.get(page.name, "") + code) == re.findall(r"^print\(.*\)\s+# (.*)$", code, re.MULTILINE)
