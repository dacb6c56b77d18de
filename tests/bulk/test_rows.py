# SPDX-License-Identifier: Apache-2.0
"""Whatever stands in a file, each row is read or has a reason, and the next one is read all the same."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from transferguard.bulk.reading import fact_of, read
from transferguard.bulk.rows import MOST_ROW_BYTES, open_rows
from transferguard.errors import InvalidInput
from transferguard.model import Account, Contact, PastTransfer


def rows(path):
    """All rows of a file."""
    return list(open_rows(path).each())


def written(tmp_path, name, content):
    """A file with this content."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_csv_has_a_header_and_numbered_rows(tmp_path):
    """Empty cells and lines are left out, quotes and a byte order mark are understood, and positions end at the end."""
    path = written(tmp_path, "a.csv", '\ufeffid,display_name,kind\nu1,"李, ""思远""\nx",\n\nu2,b,person\n')
    found = rows(path)

    assert [row.fields for row in found] == [
        {"id": "u1", "display_name": '李, "思远"\nx'},
        {"id": "u2", "display_name": "b", "kind": "person"},
    ]
    assert [row.number for row in found] == [1, 2]
    assert found[-1].position == open_rows(path).size


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("u2", "the row has 1 cells and the header 2"),
        ("u2,b,c", "the row has 3 cells and the header 2"),
        (b"u2,\xff\xfe", "the row is not UTF-8"),
        ('u2,"a"b', "the row is not CSV (',' expected after '\"')"),
        ("u2," + "x" * 200_000, "the row is not CSV (field larger than field limit (131072))"),
    ],
)
def test_a_csv_row_that_is_wrong_has_a_reason_and_the_next_one_is_read(tmp_path, line, why):
    """One bad row does not end the file."""
    raw = line.encode() if isinstance(line, str) else line
    found = rows(written(tmp_path, "a.csv", b"id,display_name\nu1,a\n" + raw + b"\nu3,c\n"))

    assert [row.why for row in found] == ["", why, ""]
    assert found[2].fields == {"id": "u3", "display_name": "c"}


@pytest.mark.parametrize("header", ["", "id,id\n", "\n"])
def test_a_csv_without_a_header_is_refused(tmp_path, header):
    """Nobody guesses what a column means."""
    with pytest.raises(InvalidInput, match="FILE: has no header"):
        rows(written(tmp_path, "a.csv", header))


def test_json_lines_are_read_one_by_one(tmp_path):
    """Objects are rows, null is left out, and anything else has a reason."""
    lines = [
        b'{"id": "u1", "kind": null}',
        b"",
        b"[1]",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"a": "' + b"x" * MOST_ROW_BYTES + b'"}',
        b'{"id": "u2"}',
    ]
    found = rows(written(tmp_path, "a.jsonl", b"\n".join(lines)))

    assert [(row.number, row.fields) for row in found if row.fields] == [(1, {"id": "u1"}), (7, {"id": "u2"})]
    assert [row.why for row in found if row.why] == [
        "the row is not a JSON object",
        "the row is not JSON in UTF-8",
        "the row is not JSON in UTF-8",
        "the row is not JSON in UTF-8",
        "the row is too long",
    ]


def test_parquet_is_read_where_its_reader_is_installed(tmp_path):
    """Types of its own become ours: times with a zone, decimals, nulls."""
    pyarrow = pytest.importorskip("pyarrow", reason="the reader is not installed: pip install transferguard[parquet]")
    parquet = pytest.importorskip("pyarrow.parquet")
    at = datetime(2026, 1, 2, tzinfo=UTC)
    table = pyarrow.table(
        {
            "id": ["t1", "t2"],
            "sender": ["a", "a"],
            "recipient": ["b", "b"],
            "amount": [Decimal("1.50"), None],
            "currency": ["CNY", "CNY"],
            "at": [at, None],
        }
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    found = rows(tmp_path / "a.parquet")
    fact = fact_of(read(1, found[0].fields, "transfers"), "transfers", None)

    assert isinstance(fact, PastTransfer)
    assert (fact.money.minor, fact.at) == (150, at)
    assert "amount" not in found[1].fields
    assert open_rows(tmp_path / "a.parquet").size == 2
    with pytest.raises(InvalidInput, match="is not Parquet"):
        open_rows(written(tmp_path, "b.parquet", b"PAR1"))


def test_a_file_of_unknown_format_or_none_at_all_is_refused(tmp_path):
    """The name tells the format."""
    for name, problem in (("a.xlsx", "has no known format"), ("gone.csv", "cannot be read")):
        with pytest.raises(InvalidInput, match=problem):
            open_rows(tmp_path / name)


def test_rows_become_facts_with_the_words_of_a_case_file():
    """And an error names the column, never the value."""
    account = fact_of(
        read(1, {"id": "u1", "display_name": "a", "avatar": "x.png", "created_at": "2020-01-01T00:00:00Z"}, "accounts"), "accounts", b"p"
    )
    contact = fact_of(read(2, {"owner": "a", "account": "b", "since": "2020-01-01T00:00:00Z"}, "contacts"), "contacts", None)

    assert isinstance(account, Account)
    assert account.avatar == b"p"
    assert isinstance(contact, Contact)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"id": "u1", "display_name": "a", "nickname": "SECRET"}, "nickname: is not a field"),
        ({"id": "u1"}, "display_name: is missing"),
        ({"id": "u1", "display_name": "a", "kind": "SECRET"}, "kind: is not a known value"),
        ({"id": "u1", "display_name": "a", "created_at": "2020-01-01"}, "created_at: has no time zone"),
        ({"id": "u1", "display_name": "a", "avatar": 7}, "avatar: must be text"),
    ]
    for fields, told in wrong:
        with pytest.raises(InvalidInput, match=told) as caught:
            fact_of(read(1, fields, "accounts"), "accounts", None)
        assert "SECRET" not in str(caught.value)
