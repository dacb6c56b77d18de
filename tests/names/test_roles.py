# SPDX-License-Identifier: Apache-2.0
"""Which role a name claims."""

import pytest
from hypothesis import given, settings

from tests.names.strategies import ANY_TEXT
from transferguard.names import RoleKind, find_role


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("爸爸", RoleKind.KIN),
        ("媽媽", RoleKind.KIN),
        ("Mum", RoleKind.KIN),
        ("My Mum", RoleKind.KIN),
        ("мама", RoleKind.KIN),
        ("엄마", RoleKind.KIN),
        ("お母さん", RoleKind.KIN),
        ("Mamá ❤️", RoleKind.KIN),
        ("财务", RoleKind.AUTHORITY),
        ("公司财务", RoleKind.AUTHORITY),
        ("王总", RoleKind.AUTHORITY),
        ("Boss", RoleKind.AUTHORITY),
        ("客服", RoleKind.SUPPORT),
        ("微信客服01", RoleKind.SUPPORT),
        ("WeChat Team", RoleKind.SUPPORT),
        ("Acme customer support 24", RoleKind.SUPPORT),
        ("Custоmer Suppоrt", RoleKind.SUPPORT),
        ("Support\u200b", RoleKind.SUPPORT),
        ("Служба поддержки", RoleKind.SUPPORT),
        ("고객센터", RoleKind.SUPPORT),
        ("Hỗ trợ khách hàng", RoleKind.SUPPORT),
    ],
)
def test_titles_of_relatives_superiors_and_support_are_recognised(name, kind):
    """In many languages, decorated or disguised."""
    found = find_role(name)

    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    "name", ["Mumtaz", "李明", "Alice Brown", "Papadopoulos", "Mami Tanaka", "", "马英", "总而言之", "Oma Desai Kumar", "Alibaba"]
)
def test_a_name_that_only_contains_a_title_claims_nothing(name):
    """Whole titles only: Mumtaz is not mum."""
    assert find_role(name) is None


def test_a_host_adds_its_own_titles():
    """The host's titles count before ours."""
    ours = find_role("小满管家", extra={"小满管家": RoleKind.SUPPORT})
    among = find_role("Team Acme 24", extra={"Team Acme": RoleKind.SUPPORT})

    assert ours is not None
    assert among is not None
    assert (ours.matched, among.kind) == ("小满管家", RoleKind.SUPPORT)
    assert find_role("Alice", extra={"": RoleKind.SUPPORT}) is None


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT)
def test_any_string_is_answered(name):
    """No string raises."""
    find_role(name)


@pytest.mark.parametrize(("name", "claims"), [("财务", True), ("微软财务", True), ("微软中国财务", True), ("微软中国区财务", False)])
def test_four_characters_may_stand_before_an_office(name, claims):
    """A brand or a surname; what stands before it beyond that is a sentence."""
    assert (find_role(name) is not None) is claims


@pytest.mark.parametrize(
    ("name", "matched"), [("王总", "总"), ("欧阳总", "总"), ("王总监", "总监"), ("张局长", "局长"), ("李建国总", None), ("张律师", "律师")]
)
def test_an_office_behind_a_surname_claims_authority(name, matched):
    """One or two characters are a surname, three are a name."""
    found = find_role(name)

    assert (found.kind if found else None) == (RoleKind.AUTHORITY if matched else None)
    assert (found.matched if found else None) == matched


@pytest.mark.parametrize(
    ("name", "kind"), [("我妈", RoleKind.KIN), ("老爸", RoleKind.KIN), ("小客服装店", None), ("客服装", None), ("小客服", RoleKind.SUPPORT)]
)
def test_mine_old_and_little_stand_before_relatives(name, kind):
    """And a shop for clothes is no support."""
    found = find_role(name)

    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(
            (name, RoleKind.KIN)
            for name in ("妈妈❤️", "亲爱的妈妈", "老婆大人", "媽咪", "Mum new number", "𝕄𝕦𝕞", "おかあさん", "父さん", "울엄마")
        ),
        *(
            (name, RoleKind.KIN)
            for name in ("시어머님", "Mẹ yêu", "แม่", "امي", "जीजा", "मम्मी जी", "Братишка", "Papá (nuevo número)", "Le père")
        ),
        *(
            (name, RoleKind.AUTHORITY)
            for name in ("财务-小王", "人事小刘", "班導", "B0ss", "HR - Acme", "Finance Team", "社長さん", "실장님")
        ),
        *(
            (name, RoleKind.AUTHORITY)
            for name in ("Thủ quỹ", "ครูประจำชั้น", "قسم المحاسبة", "लेखा विभाग", "Классный руководитель", "El jefe", "RRHH")
        ),
        *(
            (name, RoleKind.SUPPORT)
            for name in ("微信客服💬", "银行サポート", "카카오 고객센터", "เฮลป์เดสก์", "دعم فني", "हेल्पडेस्क", "Служба поддержки")
        ),
        *(
            (name, RoleKind.SUPPORT)
            for name in ("Supp0rt", "Kundenbetreuung", "Service clients", "CSKH Vietcombank", "Suporte técnico", "IT Help Desk")
        ),
    ],
)
def test_titles_of_ten_languages_are_known_with_what_stands_beside_them(name, kind):
    """Status words, courtesy, love, departments and digits for letters do not hide a role."""
    role = find_role(name)
    assert role is not None
    assert role.kind is kind


@pytest.mark.parametrize("name", ["李明", "沢原大夫", "Nora Dean", "บอส", "诚信保险", "客服装", "Mina Chief", "김민수", "Anna Lopez 2"])
def test_people_and_shops_are_no_roles(name):
    """Given names, nicknames and shops that contain or sound like a title."""
    assert find_role(name) is None
