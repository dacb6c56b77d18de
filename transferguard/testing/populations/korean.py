# SPDX-License-Identifier: Apache-2.0
"""Korean people: a one-syllable family name and, nearly always, a given name of two syllables.

Sources: family-name shares of the 2015 census (Statistics Korea: 김 21.5 %, 이 14.7 %, 박 8.4 %), rounded. Syllables of given
names and the most frequent whole given names follow the Supreme Court's family register statistics; shares fall by rank.
"""

from transferguard.testing.populations.hangul import romanise, romanise_surname
from transferguard.testing.populations.people import Cohort, Culture, Gender, Population
from transferguard.testing.populations.shares import Joined, Listed, Mixed, Shares, ranked

_FAMILY_PERCENT = {
    "김": 21.5,
    "이": 14.7,
    "박": 8.4,
    "최": 4.7,
    "정": 4.3,
    "강": 2.4,
    "조": 2.1,
    "윤": 2.1,
    "장": 2.0,
    "임": 1.7,
    "한": 1.5,
    "오": 1.5,
    "서": 1.5,
    "신": 1.5,
    "권": 1.4,
    "황": 1.4,
    "안": 1.4,
    "송": 1.4,
    "전": 1.1,
    "홍": 1.1,
    "유": 1.3,
    "고": 0.9,
    "문": 0.9,
    "양": 0.9,
    "손": 0.9,
    "배": 0.8,
    "백": 0.8,
    "허": 0.7,
    "남": 0.6,
    "심": 0.5,
    "노": 0.5,
    "하": 0.5,
    "곽": 0.4,
    "성": 0.4,
    "차": 0.4,
    "주": 0.4,
    "우": 0.4,
    "구": 0.4,
    "민": 0.3,
    "나": 0.3,
    "진": 0.3,
    "지": 0.3,
    "엄": 0.3,
    "채": 0.3,
    "원": 0.3,
    "천": 0.2,
    "방": 0.2,
    "공": 0.2,
    "현": 0.2,
    "함": 0.2,
    "변": 0.2,
    "염": 0.1,
    "여": 0.1,
    "추": 0.1,
    "도": 0.1,
    "소": 0.1,
    "석": 0.1,
    "선": 0.1,
    "남궁": 0.04,
    "황보": 0.02,
}
_MEN_FIRST = "민 성 영 재 지 동 정 상 현 승 준 태 종 진 경 병 기 용 광 우 대 창 철 인 은 도 건 시 서 주 윤 한 명 찬 홍"
_MEN_SECOND = "호 수 준 우 현 진 석 훈 민 철 식 환 영 규 원 빈 혁 기 성 욱 태 국 희 일 섭 열 찬 범 윤 복 길 근 배 남 천"
_WOMEN_FIRST = "지 미 은 혜 영 수 현 정 민 경 선 윤 유 서 소 주 예 하 순 명 옥 보 나 다 아 연 세 채 희 춘 금 가 효 인 진"
_WOMEN_SECOND = "영 희 진 경 연 은 정 숙 자 미 지 현 주 선 원 아 윤 민 서 순 혜 나 빈 화 옥 란 이 린 인 하 율 솔 별 애 례"
_MEN_WHOLE = "영수 영호 영식 정훈 성민 지훈 동현 현우 준호 민수 성호 상훈 준영 민준 서준 도윤 예준 시우 주원 하준 지호 철수 영철 재현 건우"
_WOMEN_WHOLE = (
    "영자 정숙 영숙 영희 미숙 경숙 미경 은주 미영 은정 지영 지은 혜진 유진 수진 민지 서연 서윤 지우 하윤 서현 민서 순자 은영 지현"
)


def _given(first: str, second: str, whole: str) -> Shares:
    syllables = Joined(first=Listed(ranked(first.split(), top=0.07)), second=Listed(ranked(second.split(), top=0.07)))
    return Mixed((0.3, Listed(ranked(whole.split(), top=0.07))), (0.7, syllables))


def _latin(family: str, given: str) -> str:
    return f"{romanise(given).capitalize()} {romanise_surname(family)}"


def korean() -> Population:
    """People of South Korea, men and women in equal parts."""
    family = Listed(_FAMILY_PERCENT)
    given = {
        Gender.MALE: _given(_MEN_FIRST, _MEN_SECOND, _MEN_WHOLE),
        Gender.FEMALE: _given(_WOMEN_FIRST, _WOMEN_SECOND, _WOMEN_WHOLE),
    }
    return Population(
        culture=Culture.KOREAN,
        cohorts=[Cohort(weight=0.5, country="KR", gender=gender, born=1980, family=family, given=given[gender]) for gender in Gender],
        family_first=True,
        separator="",
        to_latin=_latin,
    )
