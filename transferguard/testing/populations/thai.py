# SPDX-License-Identifier: Apache-2.0
"""Thai people: a formal given name and a family name that by law (1962) belongs to one family only.

Because family names are unique by law, whole names are rare; people call each other by a short nickname, which is what a chat
app shows. The order of given names follows the civil register's most frequent names as reported in the press; shares fall by
rank. Family names are composed of elements, three in three quarters of all people: two elements alone would make nine hundred names,
and the Person Name Act (B.E. 2505) lets no two families share one.
"""

from transferguard.testing.populations.people import Cohort, Culture, Gender, Population
from transferguard.testing.populations.shares import Joined, Listed, Mixed, Shares, even, ranked, words

_MEN = """สมชาย:Somchai สมศักดิ์:Somsak ประเสริฐ:Prasert สมบัติ:Sombat สมพงษ์:Sompong บุญมี:Bunmi วิชัย:Wichai สุรชัย:Surachai
    ประยูร:Prayun อนุชา:Anucha สุชาติ:Suchat มานะ:Mana ธนพล:Thanaphon กิตติ:Kitti ณัฐพล:Nattaphon ธีรพงษ์:Thiraphong ชัยวัฒน์:Chaiwat
    พิชัย:Phichai วีระ:Wira อภิชาติ:Aphichat นพดล:Nopphadon ปิยะ:Piya ศักดิ์ชัย:Sakchai จักรพงษ์:Chakkraphong เอกชัย:Ekachai
    ภานุพงศ์:Phanuphong พงศกร:Phongsakon ธนากร:Thanakon ณัฐวุฒิ:Natthawut วรพล:Woraphon สุรศักดิ์:Surasak ไพโรจน์:Phairot ชาญชัย:Chanchai
    สมหมาย:Sommai บุญเลิศ:Bunloet ทวี:Thawi วินัย:Winai สนธยา:Sonthaya อดิศักดิ์:Adisak กฤษณะ:Kritsana"""
_WOMEN = """สมใจ:Somchai มาลี:Mali สุภาพร:Suphaphon วันเพ็ญ:Wanphen สมหญิง:Somying อรทัย:Orathai นภา:Napha กาญจนา:Kanchana
    รัตนา:Rattana พรทิพย์:Phonthip ศิริพร:Siriphon วิภา:Wipha ปราณี:Prani สุนีย์:Suni จันทร์เพ็ญ:Chanphen นิภา:Nipha ลำดวน:Lamduan
    สายฝน:Saifon น้ำฝน:Namfon อัญชลี:Anchali ณัฐธิดา:Natthida กมลวรรณ:Kamonwan ชลธิชา:Chonthicha พัชรี:Phatchari สุดารัตน์:Sudarat
    ปิยะดา:Piyada ธัญญา:Thanya เบญจมาศ:Benchamat วรรณา:Wanna ดวงใจ:Duangchai จิราพร:Chiraphon อารีย์:Ari ขวัญใจ:Khwanchai
    ทิพวรรณ:Thiphawan รุ่งนภา:Rungnapha เพ็ญศรี:Phensi พิมพ์ใจ:Phimchai สุกัญญา:Sukanya มณี:Mani แสงดาว:Saengdao"""
_STEMS = """ทอง:Thong แก้ว:Kaeo ศรี:Si สุข:Suk บุญ:Bun จันทร์:Chan พงษ์:Phong วงศ์:Wong ชัย:Chai ธนะ:Thana รัตน:Rattana สิริ:Siri
    อินทร์:In เพชร:Phet มณี:Mani สุวรรณ:Suwan กิตติ:Kitti ประเสริฐ:Prasoet พัฒน:Phatthana วิเศษ:Wiset เกตุ:Ket ดวง:Duang คำ:Kham แสง:Saeng
    ปัญญา:Panya สมบูรณ์:Sombun ไชย:Chaiya วัฒน:Watthana นคร:Nakhon เจริญ:Charoen มหา:Maha ราช:Ratcha เทพ:Thep พรหม:Phrom ธรรม:Tham โพธิ์:Pho"""
_ENDINGS = """ดี:di วงศ์:wong พงศ์:phong สุข:suk ศรี:si รัตน์:rat ชัย:chai กุล:kun ทอง:thong แก้ว:kaeo มณี:mani สกุล:sakun พันธ์:phan
    เจริญ:charoen นนท์:non วัฒน์:wat สมบัติ:sombat ศักดิ์:sak ประเสริฐ:prasoet ธานี:thani วิไล:wilai งาม:ngam มงคล:mongkhon ไทย:thai"""
NICKNAMES = words("""นิด น้อย แดง ต้น หนึ่ง เอก โอ๋ ปุ้ย แนน เมย์ ฝน น้ำ ฟ้า ใหม่ บอย เบส แบงค์ กอล์ฟ มิ้นท์ พลอย แพร เจน ปอ เก่ง หมู
        อ้อ ตูน นุ่น จอย กิ๊ฟ อาร์ม โอ๊ต ไอซ์ บีม บิว ชมพู่ เดียร์ ดิว อีฟ เฟิร์น ฟิล์ม กุ้ง แก้ม เกด ไก่ จูน เจี๊ยบ ก้อย กบ แจง ตั้ม
        ตุ๊ก แตงโม ทราย นก นัท นาย แนท บอส บัว เบียร์ ปาล์ม ปลา ปู เป้ เปิ้ล ผึ้ง พีช มด มุก ยุ้ย เล็ก วิว ส้ม ใส หญิง หนุ่ม หนู อุ้ม
        แอน แอม เอ๋ โบว์ โด่ง ไผ่ เหมียว""")
"""Short names that Thai people go by in a chat."""


def _pairs(*tables: str) -> dict[str, str]:
    return dict(entry.split(":") for table in tables for entry in table.split())


_GIVEN_LATIN = _pairs(_MEN, _WOMEN)
_STEM_LATIN, _ENDING_LATIN = _pairs(_STEMS), _pairs(_ENDINGS)


def _latin(family: str, given: str) -> str:
    return f"{_GIVEN_LATIN[given]} {(_spelled(family) or '').capitalize()}"


def _spelled(family: str) -> str | None:
    """Stems and an ending, each by its spelling."""
    if family in _ENDING_LATIN:
        return _ENDING_LATIN[family]
    for at in range(1, len(family)):
        rest = _spelled(family[at:]) if family[:at] in _STEM_LATIN else None
        if rest is not None:
            return _STEM_LATIN[family[:at]] + rest
    return None


def _family() -> Shares:
    stem = Listed(even(_pairs(_STEMS)))
    short = Joined(first=stem, second=Listed(even(_pairs(_ENDINGS))))
    return Mixed((0.25, short), (0.75, Joined(first=stem, second=short)))


def thai() -> Population:
    """People of Thailand, men and women in equal parts."""
    family = _family()
    given = {Gender.MALE: Listed(ranked(_pairs(_MEN), top=0.03)), Gender.FEMALE: Listed(ranked(_pairs(_WOMEN), top=0.03))}
    return Population(
        culture=Culture.THAI,
        cohorts=[Cohort(weight=0.5, country="TH", gender=gender, born=1980, family=family, given=given[gender]) for gender in Gender],
        family_first=False,
        to_latin=_latin,
    )
