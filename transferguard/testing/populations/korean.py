# SPDX-License-Identifier: Apache-2.0
"""Korean people: a one-syllable family name and, nearly always, a given name of two syllables.

Sources: family-name shares of the 2015 census (Statistics Korea: 김 21.5 %, 이 14.7 %, 박 8.4 %), rounded. Syllables of given
names and the most frequent whole given names of each generation follow the Supreme Court's family register statistics (lists for the
years of birth 1945 to 2008); shares fall by rank. The first name of a generation has one in sixty of its gender (민준, 서연: 1 to 2 %
in the register's reports), so that the commonest whole name, 김영숙, comes out near the 40,000 bearers that the press counts.
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
_MEN_FIRST = (
    "민 성 영 재 지 동 정 상 현 승 준 태 종 진 경 병 기 용 광 우 대 창 철 인 은 도 건 시 서 주 윤 한 명 찬 홍 규 형 석 세 일 원 희 선 수 "
    "호 연 유 남 덕 문 봉 순 예 완 응 의 장 제 중 충 치 칠 학 해 혁 효 훈 강 길 래 무 범 보 삼 신 옥 요 운 익 하"
)
_MEN_SECOND = (
    "호 수 준 우 현 진 석 훈 민 철 식 환 영 규 원 빈 혁 기 성 욱 태 국 희 일 섭 열 찬 범 윤 복 길 근 배 남 천 모 만 상 용 재 주 구 표 곤 "
    "관 권 덕 동 령 록 룡 명 문 봉 삼 선 승 언 오 완 웅 율 익 인 중 창 택 평 필 하 학 한 헌 형 홍 후 휘"
)
_WOMEN_FIRST = (
    "지 미 은 혜 영 수 현 정 민 경 선 윤 유 서 소 주 예 하 순 명 옥 보 나 다 아 연 세 채 희 춘 금 가 효 인 진 향 화 말 복 분 봉 숙 승 신 "
    "애 양 은 이 자 재 점 초 태 필 해 형 라 린 도 시 덕 남 귀 길 기 란 려 새 상 성 슬 여 원 우"
)
_WOMEN_SECOND = (
    "영 희 진 경 연 은 정 숙 자 미 지 현 주 선 원 아 윤 민 서 순 혜 나 빈 화 옥 란 이 린 인 하 율 솔 별 애 례 심 남 림 분 임 녀 단 덕 라 "
    "람 령 리 비 수 실 슬 안 엽 예 완 유 율 음 의 임 재 점 춘 향 홍"
)
_WHOLE = {
    (
        Gender.MALE,
        1950,
    ): "영수 영호 영식 영철 정식 광수 정호 병철 영길 종수 성호 정수 영일 상호 정웅 인수 창수 영환 춘식 동수 기호 용호 순철 영남",
    (
        Gender.FEMALE,
        1950,
    ): "영자 순자 정자 영숙 정숙 영희 경자 명자 춘자 옥자 정순 숙자 영순 정희 화자 옥순 순희 복순 명숙 금자 순옥 말순 정옥 경숙",
    (
        Gender.MALE,
        1968,
    ): "성호 영수 정호 영호 진호 상훈 성수 영진 재호 병철 영철 성훈 동현 종호 상철 상호 경수 정훈 진수 기영 용수 재영 현수 승호",
    (
        Gender.FEMALE,
        1968,
    ): "미경 미숙 경희 경숙 영숙 은주 미영 영미 정희 정숙 현주 은경 은영 은희 명희 혜경 현숙 미선 미정 선희 은숙 수경 영희 희정",
    (
        Gender.MALE,
        1982,
    ): "정훈 성훈 상훈 성진 지훈 성호 성민 준호 민수 상현 정호 현우 동현 진우 승현 지환 재훈 현석 진영 영진 태현 민호 승민 경민",
    (
        Gender.FEMALE,
        1982,
    ): "지영 은정 은영 현정 은주 지연 지은 미영 현주 선영 혜진 수진 은경 미정 윤정 지혜 수정 민정 유진 소영 혜영 유미 정은 보람",
    (
        Gender.MALE,
        1998,
    ): "동현 지훈 현우 민준 준호 준영 성민 민수 준혁 승현 민재 지원 우진 준서 승민 도현 민석 건우 재현 시우 예준 현준 도윤 주원",
    (
        Gender.FEMALE,
        1998,
    ): "유진 민지 수빈 지원 지현 지은 현지 은지 예진 예지 서연 민서 서현 수민 지민 소연 다은 채원 하은 서윤 지우 윤서 가은 혜원",
}
_ADULT_WEIGHT = {1950: 0.2, 1968: 0.3, 1982: 0.3, 1998: 0.2}
"""Share of app users by generation: an assumption, as for China."""


def _given(first: str, second: str, whole: str) -> Shares:
    syllables = Joined(first=Listed(ranked(first.split(), top=0.06)), second=Listed(ranked(second.split(), top=0.06)))
    return Mixed((0.25, Listed(ranked(whole.split(), top=0.065))), (0.75, syllables))


def _latin(family: str, given: str) -> str:
    return f"{romanise(given).capitalize()} {romanise_surname(family)}"


def korean() -> Population:
    """People of South Korea, men and women in equal parts."""
    family = Listed(_FAMILY_PERCENT)
    syllables = {Gender.MALE: (_MEN_FIRST, _MEN_SECOND), Gender.FEMALE: (_WOMEN_FIRST, _WOMEN_SECOND)}
    return Population(
        culture=Culture.KOREAN,
        cohorts=[
            Cohort(
                weight=weight / 2,
                country="KR",
                gender=gender,
                born=born,
                family=family,
                given=_given(*syllables[gender], _WHOLE[gender, born]),
            )
            for born, weight in _ADULT_WEIGHT.items()
            for gender in Gender
        ],
        family_first=True,
        separator="",
        to_latin=_latin,
    )
