# SPDX-License-Identifier: Apache-2.0
"""Vietnamese people: few family names, a middle name that often tells the gender, and a given name.

Sources: shares of the fourteen most frequent family names as Lê Trung Hoa published them (Nguyễn 38.4 %, Trần 12.1 %, Lê 9.5 %);
given and middle names in the order of common usage, shares falling by rank (our compilation).
"""

from unicodedata import combining, normalize

from transferguard.testing.populations.people import Cohort, Culture, Gender, Population
from transferguard.testing.populations.shares import Joined, Listed, Shares, ranked

_FAMILY_PERCENT = {
    "Nguyễn": 38.4,
    "Trần": 12.1,
    "Lê": 9.5,
    "Phạm": 7.0,
    "Huỳnh": 2.6,
    "Hoàng": 2.5,
    "Phan": 4.5,
    "Vũ": 2.0,
    "Võ": 1.9,
    "Đặng": 2.1,
    "Bùi": 2.0,
    "Đỗ": 1.4,
    "Hồ": 1.3,
    "Ngô": 1.3,
    "Dương": 1.0,
    "Lý": 0.5,
    "Đinh": 0.9,
    "Trương": 0.9,
    "Đoàn": 0.7,
    "Lâm": 0.6,
    "Mai": 0.5,
    "Trịnh": 0.5,
    "Đào": 0.5,
    "Cao": 0.5,
    "Lương": 0.4,
    "Hà": 0.4,
    "Tạ": 0.3,
    "Phùng": 0.3,
    "Châu": 0.2,
    "Tô": 0.2,
    "Thái": 0.2,
    "Quách": 0.1,
    "Chu": 0.2,
    "Tống": 0.1,
    "Kiều": 0.1,
    "La": 0.1,
    "Thạch": 0.1,
    "Vương": 0.2,
    "Từ": 0.1,
    "Lưu": 0.2,
}
_MIDDLE_MEN = "Văn Hữu Đức Minh Quốc Thanh Anh Quang Duy Đình Công Xuân Hoàng Ngọc Gia Tuấn Thành Trung Bảo Việt Mạnh Tiến Chí Trọng Nhật"
_MIDDLE_WOMEN = "Thị Ngọc Thanh Thu Kim Phương Minh Thúy Hồng Bích Mỹ Khánh Quỳnh Hoài Diệu Tuyết Bảo Hải Lan Như Mai Cẩm Xuân Ánh Tường"
_MEN = """Hùng Tuấn Dũng Anh Minh Nam Long Hải Thành Đức Quân Huy Khoa Phúc Bình Sơn Trung Thắng Cường Kiên Hiếu Tùng Việt Khánh Phong
    Vinh Toàn Đạt Tâm Thịnh Lâm Tài Duy Hoàng Nghĩa Khang Bảo An Hưng Tiến Trí Quang Lộc Phát Nhân Thiện Hòa Dương Kiệt Vũ"""
_WOMEN = """Hương Lan Linh Hoa Mai Trang Thảo Hà Thủy Nga Hằng Phương Ngọc Anh Yến Hạnh Vân Thu Nhung Oanh Dung Huyền Loan Hiền Liên Ly
    Trinh My Nhi Vy Thư Châu Diễm Tuyết Ngân Quỳnh Giang Chi Tâm Duyên Thùy Hồng Bích Xuân Nguyệt Trâm Hân Như Uyên Tiên"""


def _given(middle: str, last: str) -> Shares:
    return Joined(first=Listed(ranked(middle.split(), top=0.20)), second=Listed(ranked(last.split(), top=0.05)), separator=" ")


def without_marks(text: str) -> str:
    """Vietnamese without marks, as a foreign form or a hurried writer has it."""
    plain = "".join(sign for sign in normalize("NFD", text) if not combining(sign))
    return plain.replace("đ", "d").replace("Đ", "D")


def _latin(family: str, given: str) -> str:
    return without_marks(f"{family} {given}")


def vietnamese() -> Population:
    """People of Vietnam, men and women in equal parts."""
    family = Listed(_FAMILY_PERCENT)
    given = {Gender.MALE: _given(_MIDDLE_MEN, _MEN), Gender.FEMALE: _given(_MIDDLE_WOMEN, _WOMEN)}
    return Population(
        culture=Culture.VIETNAMESE,
        cohorts=[Cohort(weight=0.5, country="VN", gender=gender, born=1985, family=family, given=given[gender]) for gender in Gender],
        family_first=True,
        to_latin=_latin,
    )
