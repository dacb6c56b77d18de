# SPDX-License-Identifier: Apache-2.0
"""People who write Arabic: given name, often the father's given name, and a family name.

No register of the Arab states publishes whole-name shares that we may cite; the order follows common usage in Egypt, the Levant and
the Gulf, with Muhammad at about a tenth of men (press reports on the Egyptian register). Shares fall by rank: an assumption, good
enough to order rare and common names. Every part stands with one usual Latin spelling.
"""

from transferguard.testing.populations.people import Cohort, Culture, Gender, Population
from transferguard.testing.populations.shares import Joined, Listed, Mixed, Shares, even, ranked

_MEN = """محمد:Mohamed أحمد:Ahmed محمود:Mahmoud علي:Ali مصطفى:Mostafa إبراهيم:Ibrahim حسن:Hassan حسين:Hussein عمر:Omar خالد:Khaled
    يوسف:Youssef عبدالله:Abdullah سعيد:Said كريم:Karim طارق:Tarek سامي:Sami ياسر:Yasser هشام:Hisham وليد:Walid عادل:Adel أشرف:Ashraf
    جمال:Gamal ماجد:Majed فيصل:Faisal سلطان:Sultan ناصر:Nasser سلمان:Salman فهد:Fahad بدر:Badr راشد:Rashid زياد:Ziad رامي:Rami
    باسم:Basem حازم:Hazem أيمن:Ayman عماد:Emad شريف:Sherif مروان:Marwan نبيل:Nabil أنس:Anas حمزة:Hamza بلال:Bilal إسماعيل:Ismail
    سليمان:Suleiman صالح:Saleh عثمان:Othman جابر:Jaber منصور:Mansour توفيق:Tawfik لؤي:Louay"""
_WOMEN = """فاطمة:Fatima مريم:Maryam عائشة:Aisha زينب:Zainab سارة:Sara نور:Nour هدى:Huda منى:Mona أمل:Amal سعاد:Souad ليلى:Layla
    خديجة:Khadija سلمى:Salma ياسمين:Yasmine رنا:Rana دينا:Dina هبة:Heba إيمان:Iman أسماء:Asma شيماء:Shaimaa نادية:Nadia سميرة:Samira
    رانيا:Rania لينا:Lina نورة:Noura ريم:Reem هند:Hind جميلة:Jamila نجلاء:Naglaa سناء:Sanaa وفاء:Wafa حنان:Hanan عبير:Abeer غادة:Ghada
    رشا:Rasha مها:Maha بسمة:Basma أميرة:Amira ملك:Malak جنى:Jana"""
_FAMILY = """السيد:El-Sayed حسن:Hassan علي:Ali إبراهيم:Ibrahim عبدالرحمن:Abdelrahman العتيبي:Al-Otaibi القحطاني:Al-Qahtani
    الغامدي:Al-Ghamdi الشمري:Al-Shammari الحربي:Al-Harbi المصري:El-Masry الخطيب:Al-Khatib حداد:Haddad خوري:Khoury النجار:Al-Najjar
    العلي:Al-Ali الأحمد:Al-Ahmad الزهراني:Al-Zahrani الدوسري:Al-Dosari المطيري:Al-Mutairi العنزي:Al-Enezi الشريف:Al-Sharif
    منصور:Mansour سليمان:Suleiman عثمان:Osman صالح:Saleh يوسف:Youssef عوض:Awad جابر:Gaber فرج:Farag البكري:Al-Bakri التميمي:Al-Tamimi
    الجبوري:Al-Jubouri العبيدي:Al-Obeidi الحسيني:Al-Husseini الموسوي:Al-Mousawi الهاشمي:Al-Hashimi بن علي:Ben-Ali بوزيد:Bouzid
    الفاسي:El-Fassi العلوي:Alaoui التونسي:Tounsi درويش:Darwish شعبان:Shaaban رمضان:Ramadan قاسم:Qasim النعيمي:Al-Nuaimi الكعبي:Al-Kaabi
    المنصوري:Al-Mansoori البلوشي:Al-Balushi السعدي:Al-Saadi الرشيد:Al-Rashid الصباح:Al-Sabah الكندي:Al-Kindi الفارسي:Al-Farsi"""
_TOWNS = """بغداد:baghdad دمشق:dimashq حلب:halab بيروت:beirut صنعان:sanaan حمص:homs طنط:tant دمياط:damiat فيوم:fayoum أسوان:aswan
    قدس:quds نابلس:nabuls صفد:safad كوف:kuf بصر:basr موصل:mosul طبر:tabar حجاز:hijaz عسير:asir نجد:najd حضرم:hadram عدن:aden
    مكناس:meknas وهران:wahran قسنطين:qasantin سوس:sous ريف:rif طرابلس:tarabuls زاوي:zaw كتان:kattan فران:farran عطار:attar
    صباغ:sabbagh جزار:jazzar نحاس:nahhas صراف:sarraf لبان:labban سقا:saqqa"""


def _entries(table: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    pending = ""
    for word in table.split():
        text = f"{pending} {word}".strip()
        if ":" not in text:
            pending = text
            continue
        arabic, latin_spelling = text.split(":")
        pairs.setdefault(arabic, latin_spelling)
        pending = ""
    return pairs


def _town_names() -> dict[str, str]:
    return {f"ال{town}ي": f"Al-{latin_spelling.capitalize()}i" for town, latin_spelling in _entries(_TOWNS).items()}


SPELLINGS = _town_names() | _entries(_FAMILY) | _entries(_WOMEN) | _entries(_MEN)
"""Arabic part of a name to one usual Latin spelling."""


def _latin(family: str, given: str) -> str:
    last = SPELLINGS.get(family)
    if last is None:
        father, _, rest = family.partition(" ")
        last = f"{SPELLINGS.get(father, '')} {SPELLINGS.get(rest, '')}".strip()
    return f"{SPELLINGS.get(given, '')} {last}"


def _family() -> Shares:
    last = Mixed((0.8, Listed(ranked(_entries(_FAMILY), top=0.04))), (0.2, Listed(even(_town_names()))))
    with_father = Joined(first=Listed(ranked(_entries(_MEN), top=0.10)), second=last, separator=" ")
    return Mixed((0.6, last), (0.4, with_father))


def arabic() -> Population:
    """People of the Arab states together, men and women in equal parts."""
    given = {Gender.MALE: Listed(ranked(_entries(_MEN), top=0.10)), Gender.FEMALE: Listed(ranked(_entries(_WOMEN), top=0.07))}
    family = _family()
    return Population(
        culture=Culture.ARABIC,
        cohorts=[Cohort(weight=0.5, country="EG", gender=gender, born=1985, family=family, given=given[gender]) for gender in Gender],
        family_first=False,
        to_latin=_latin,
    )
