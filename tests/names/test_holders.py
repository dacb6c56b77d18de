# SPDX-License-Identifier: Apache-2.0
"""A verified name is taken apart into those who hold the account."""

import pytest

from transferguard.names.holders import holders, plain_words, without_form


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Mary Smith", []),
        ("John & Mary Smith", ["John Smith", "Mary Smith"]),
        ("John & Mary Smith Brown", ["John Brown", "Mary Smith Brown"]),
        ("John Brown and Mary Smith", ["John Brown", "Mary Smith"]),
        ("John & Smith", ["John", "Smith"]),
        ("Hans und Grete Berg", ["Hans Berg", "Grete Berg"]),
        ("A / B / C / Dora Berg", ["A Berg", "B Berg", "C Berg", "Dora Berg"]),
        ("A / B / C / D / Emil Berg", ["A / B / C / D / Emil Berg"]),
        ("Anna Berg t/a Bergs Backstube", ["Anna Berg", "Bergs Backstube"]),
        ("Anna Berg trading as Bergs Backstube", ["Anna Berg", "Bergs Backstube"]),
        ("Anna Berg née Tal", ["Anna Berg", "Tal"]),
        ("Anna & Otto Berg t/a Backstube", ["Anna Berg", "Otto Berg", "Backstube"]),
        ("张伟和李娜", ["张伟", "李娜"]),
        ("张和平", ["张", "平"]),
        ("", []),
    ],
)
def test_each_holder_is_told_and_a_surname_that_is_written_once_stands_for_both(name, parts):
    """The whole name first, because the sign may be part of it; beyond four people it is no list of holders."""
    assert holders(name) == list(dict.fromkeys([name, *parts]))


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Acme Ltd", "acme"),
        ("Acme Limited", "acme"),
        ("Acme GmbH & Co. KG", "acme"),
        ("Acme & Co.", "acme"),
        ("Acme Tools", "acme tools"),
        ("Limited", "limited"),
        ("小米科技有限公司", "小米科技"),
        ("Miller and Sons Inc.", "miller and sons"),
    ],
)
def test_a_company_is_known_without_its_legal_form(name, bare):
    """A form alone is a name."""
    found, family = without_form(name)

    assert found == bare
    assert bool(family) is (bare != " ".join(plain_words(name)))


def test_forms_of_one_family_are_one():
    """Ltd is Limited, and neither is a GmbH."""
    assert without_form("Acme Ltd") == without_form("Acme Limited")
    assert without_form("Acme GmbH")[1] != without_form("Acme AG")[1]


def test_a_surname_is_the_last_word_of_the_last_holder():
    """John and Mary Ann Smith are John Smith and Mary Ann Smith, not John Ann."""
    assert holders("John & Mary Ann Smith") == ["John & Mary Ann Smith", "John Smith", "Mary Ann Smith"]
