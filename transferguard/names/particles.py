# SPDX-License-Identifier: Apache-2.0
"""What is written at a name without a space, in Korean and in Thai?

Particles, "it is me", titles and claims. Words that stand apart are the question of `views`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from transferguard.names.fold import fold_table

if TYPE_CHECKING:
    from collections.abc import Iterable

# What Korean and Thai write at a name without a space: "it is", "myself", a particle, a title.
_KOREAN_ENDINGS = "입니다 이에요 예요 이야 이여 이다 인데요 라고해요 이라고해요 씨 님"
# What is written so at three syllables or more: of two it may be the given name.
_KOREAN_TITLES = (
    "차장님 차장 부사장님 부사장 전무님 전무 상무님 상무 본부장님 본부장 지점장님 지점장 센터장님 센터장 점장님 점장 "
    "소장님 소장 국장님 국장 주임님 주임 매니저님 매니저 프로님 비서님 비서 변호사님 의사님 의사 간호사님 간호사 약사님 "
    "약사 회계사님 회계사 세무사님 세무사 기사님 작가님 작가 감독님 감독 코치님 코치 목사님 목사 신부님 집사님 권사님 "
    "장로님 교장선생님 교장 담임선생님 담임 강사님 강사 박사님 박사 조교님 조교 선배님 선배 후배 형님 오빠 언니 누나 "
    "누님 이모님 이모 삼촌 고모 아저씨 아줌마 어머니 어머님 아버지 아버님 할머니 할아버지 사모님 여사님 여사 위원장 "
    "의원님 의원 시장님 반장님 반장 총무님 총무 부회장님 부회장 대표이사님 대표이사 담당자님 담당자 상담사 군 양 쌤 "
    "본인인증 새폰 번호바뀜 사장님 사장 대표님 대표 부장님 부장 과장님 과장 팀장님 팀장 실장님 실장 이사님 원장님 원장 "
    "회장님 회장 교수님 교수 선생님 선생 변호사 대리님 새번호 새계정 부계정 본계정 부계 본계 공식 본인"
)
# What Korean puts before a name without a space.
_KOREAN_BEGINNINGS = "찐 진짜 공식 우리 내친구 나의 원조 새로운 신규 본인"
HONOURED = "님"
_THAI_ENDINGS = (
    "นี่เอง เองจ้ะ จ้ะ จ๊ะ คับ ค้าบ ฮะ น้า นะจ๊ะ ของจริง มาแล้ว เปลี่ยนเบอร์ เบอร์สำรอง ไลน์สำรอง บัญชีสำรอง "
    "บัญชีหลัก แอคสำรอง แอคหลัก เฟสใหม่ เองนะ เองครับ เองค่ะ เองจ้า เอง นะครับ นะคะ ครับ ค่ะ จ้า นะ ตัวจริง "
    "คนเดิม เบอร์ใหม่ ไลน์ใหม่ บัญชีใหม่ แอคใหม่"
)
_THAI_BEGINNINGS = (
    "ผมคือ ฉันคือ เราคือ ดิฉันชื่อ ดิฉัน กระผม สวัสดี คุณหมอ คุณนาย ท่าน เฮีย เจ๊ ทนาย พ่อ แม่ เลขา บอส โค้ช "
    "ช่าง ประธาน นี่คือ นี่ผม นี่ น้อง พี่ คุณครู คุณ ผมชื่อ ฉันชื่อ หนูชื่อ ฉัน ผม นางสาว นาย นาง เรา อาจารย์ "
    "ครู หมอ ดร ป้า ลุง น้า หัวหน้า ผู้จัดการ"
)


def unspaced(listed: Iterable[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Folded particles and titles that are written at a name without a space: before it, and behind.

    Args:
        listed: Korean words that stand beside names.
    """
    korean, titles, thai, before, korean_before = (
        "|".join(unicodedata.normalize("NFC", word.translate(fold_table())) for word in dict.fromkeys(words.split()))
        for words in (_KOREAN_ENDINGS, f"{_KOREAN_TITLES} {' '.join(sorted(listed))}", _THAI_ENDINGS, _THAI_BEGINNINGS, _KOREAN_BEGINNINGS)
    )
    return re.compile(f"^(?:{before})(?=[\u0e00-\u0e7f]{{3}})|^(?:{korean_before})(?=[\uac00-\ud7a3]{{3,4}}$)"), re.compile(
        f"(?<=[\uac00-\ud7a3]{{3}})(?:{titles}){HONOURED}?$|(?<=[\uac00-\ud7a3]{{2}})(?:{korean})$|(?<=[\u0e00-\u0e7f]{{3}})(?:{thai})$"
    )
