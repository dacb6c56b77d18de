# SPDX-License-Identifier: Apache-2.0
"""A name in another alphabet, drawn with another one, or with the marks, shops and employers of its language."""

import pytest

from transferguard.names import MatchKind, NameIndex, TrickKind, compare_names, match_payee
from transferguard.names.characters import is_han
from transferguard.names.cross import without_articles
from transferguard.names.deep import drawn_as_cyrillic


@pytest.mark.parametrize(
    ("seen", "original"),
    [
        ("Kim Minsu", "김민수"),
        ("Min-soo Kim", "김민수"),
        ("Park Sung Hoon", "박성훈"),
        ("Choi Young-ja", "최영자"),
        ("Rhee Ji-eun", "이지은"),
        ("Ivan Petrov", "Иван Петров"),
        ("Petrov Ivan", "Иван Петров"),
        ("Iwan Petrow", "Иван Петров"),
        ("Yevgeniy Schukin", "Евгений Щукин"),
        ("Nadejda Shabinceva", "Надежда Шабинцева"),
        ("Yulia Yolkina", "Юлия Ёлкина"),
        ("AlexanderSokolov", "Александр Соколов"),
        ("Gamal El-Sharif", "جمال الشريف"),
        ("Jamal Alsharif", "جمال الشريف"),
        ("El-Sharif Basem Gamal", "جمال باسم الشريف"),
        ("Othman al Masri", "عثمان المصري"),
        ("Mohamed Abdel Rahman", "محمد عبدالرحمن"),
        ("Sachin Mishra", "सचिन मिश्रा"),
        ("Tanaka Sakura", "たなか さくら"),
        ("Shouko Issei", "しょうこ いっせい"),
        ("Wei Hsiao-ming", "魏小明"),
        ("Chan Kin Kwok", "陳建國"),
    ],
)
def test_a_name_in_another_alphabet_is_found_both_ways(seen, original):
    """Whoever writes a friend's name in Latin letters, or a Latin name in the letters of its language, is found."""
    assert compare_names(seen, original).kind is MatchKind.ROMANISED
    assert [hit.kind for hit in NameIndex([(1, original)]).search(seen)] == [MatchKind.ROMANISED]
    if not any(map(is_han, original)):  # a Han name is looked up among Han names alone
        assert [hit.kind for hit in NameIndex([(1, seen)]).search(original)] == [MatchKind.ROMANISED]


@pytest.mark.parametrize(
    ("seen", "original"),
    [
        ("Jon Smith", "김성호"),
        ("Nikolai Orlov", "Иван Петров"),
        ("Ivan Petrov", "김민수"),
        ("Ali", "و"),
        ("Omar Rashid", "عمر سعيد"),
        ("Jo Ivanov", "Иван Петров"),
    ],
)
def test_another_name_in_another_alphabet_is_another_name(seen, original):
    """Sounds are compared, not merely that two names are written differently."""
    assert compare_names(seen, original).kind is MatchKind.DIFFERENT


def test_a_spelling_by_the_book_weighs_no_less_than_a_bent_one():
    """Each liberty that a spelling takes costs, a wrong letter most."""
    book, bent, wrong = (
        compare_names(one, "Дмитрий Каретников").weight for one in ("Dmitriy Karetnikov", "Dmitry Karetnikoff", "Dmitriy Karatnikav")
    )
    assert book >= bent > wrong
    arabic, slip = (compare_names(one, "ياسر الدمشقي").weight for one in ("Yasser Al-Dimashqi", "Yasser Al-Dimaqqi"))
    assert arabic > slip


def test_an_article_alone_is_kept():
    """A name that is nothing but articles keeps its words."""
    assert without_articles(("al", "el")) == ("al", "el")
    assert without_articles(("el", "sharif")) == ("sharif",)


@pytest.mark.parametrize(
    ("seen", "original"),
    [("Hukuta Tanышeb", "Никита Галышев"), ("Nrop6 Зenëhob", "Игорь Зелёнов"), ("Tat6rha Hagapoba", "Татьяна Надарова")],
)
def test_a_cyrillic_name_that_is_drawn_with_latin_letters_is_read(seen, original):
    """N and u are И, r and T are Г, 6 is Ь: the eye puts the name together."""
    assert drawn_as_cyrillic(seen) == drawn_as_cyrillic(original)
    assert compare_names(seen, original).kind is MatchKind.LOOK
    assert [hit.id for hit in NameIndex([(1, original)]).search(seen)] == [1]


@pytest.mark.parametrize(
    ("seen", "original"),
    [("高橋佳セ", "高橋佳也"), ("高橋佳セ", "高橋佳七"), ("新ㄐ博", "新井博"), ("ァロ上勝", "石上勝"), ("孟睿ㅡ", "孟睿一")],
)
def test_kana_bopomofo_and_jamo_stand_for_every_character_that_they_are_drawn_for(seen, original):
    """One sign may stand for two characters, two signs for one."""
    hits = NameIndex([(1, original)]).search(seen)
    assert [hit.id for hit in hits] == [1]
    kinds = {trick.kind for trick in hits[0].tricks}
    assert kinds <= {TrickKind.KANA_FOR_HAN, TrickKind.SPLIT}


def test_in_vietnamese_another_accent_is_another_name_and_a_foreign_accent_a_disguise():
    """Thủy and Thùy are two people; nobody is called Tḣùy, and no syllable has two tones."""
    honest = compare_names("Trương Thị Thùy", "Trương Thị Thủy").weight
    foreign = compare_names("Trương Tḣị Thủy", "Trương Thị Thủy").weight
    two_tones = compare_names("Trương Thị Thủỳ", "Trương Thị Thủy").weight
    same = compare_names("Trương Thị Thủy 2", "Trương Thị Thủy").weight
    assert honest < same < foreign
    assert two_tones > same


def test_a_shop_or_another_name_beside_a_name_is_company_that_honest_namesakes_keep():
    """A namesake with a shop, a father's name or a second surname is more likely than a thief who claims one."""
    plain = compare_names("Такси ожидание Павел Малошин", "Павел Малошин").weight
    assert compare_names("Такси Павел Малошин", "Павел Малошин").weight < compare_names("Привет Павел Малошин", "Павел Малошин").weight
    assert plain < compare_names("Привет Павел Малошин", "Павел Малошин").weight
    assert compare_names("أمل هشام السيد", "هشام السيد").weight < compare_names("هشام السيد", "هشام السيد").weight - 4
    assert compare_names("Mary Alice Brown", "Alice Brown").weight < compare_names("Wow Alice Brown", "Alice Brown").weight
    assert compare_names("Alice wonder Brown", "Alice Brown").weight < compare_names("Wow Alice Brown", "Alice Brown").weight


def test_a_doubled_syllable_makes_a_hangul_name_longer_than_honest_ones():
    """김철수수 is nobody's name; 김수수 may be somebody's."""
    assert compare_names("김철수수", "김철수").weight > compare_names("김수수", "김수").weight


def test_an_employer_is_left_out_of_a_likeness_and_never_out_of_a_payee_match():
    """李小红-字节 is read as 李小红, but two companies of one city are two payees."""
    assert compare_names("李小红-字节", "李小红").similarity > 0.9
    assert match_payee("北京京东", "北京百度").value == "no_match"
    assert match_payee("北京京东", "北京京东").value == "match"


@pytest.mark.parametrize(
    ("seen", "original"),
    [
        ("大家好我是李思远", "李思远"),
        ("李思远的新微信", "李思远"),
        ("田中大輔サブ", "田中大輔"),
        ("私は田中大輔です", "田中大輔"),
        ("김민수부장님", "김민수"),
        ("김민수인데요", "김민수"),
        ("อาจารย์สมชาย แก้วไทย", "สมชาย แก้วไทย"),
        ("Trần Quang Vũ nick mới", "Trần Quang Vũ"),
        ("محمد القدسي - بنك", "محمد القدسي"),
    ],
)
def test_who_says_that_it_is_a_friend_is_read_as_that_friend(seen, original):
    """Claims, titles and employers of many languages stand beside a name and are no part of it."""
    found = compare_names(seen, original)
    assert found.similarity >= 0.98
    assert found.weight > 8


@pytest.mark.parametrize(
    ("contact", "copy", "namesake"),
    [
        ("هشام القحطاني", "Hisham Al-Qahtani", "هشام القحطاني"),
        ("सुनीता चौहान", "Sunita Chauhan", "सुनीता चौहान"),
        ("Дмитрий Кузнецов", "Dmitry Kuznetsov", "Дмитрий Кузнецов"),
        ("박성훈", "Park Sunghoon", "박성훈"),
    ],
)
def test_who_writes_as_most_do_is_a_namesake_rather_than_a_copy_of_latin_letters(contact, copy, namesake):
    """Seven honest bearers in eight write in the letters of their language, so a contact in Latin letters has namesakes there."""
    copied, met = compare_names(copy, contact), compare_names(namesake, copy)

    assert copied.kind is met.kind is MatchKind.ROMANISED
    assert copied.weight > met.weight + 2.0


@pytest.mark.parametrize(
    ("close", "far", "original"),
    [
        ("Rana Farag", "Rania Farag", "رنا فرج"),
        ("Salman Al-Khatib", "Suleiman Al-Khatib", "سلمان الخطيب"),
        ("Raj Khanna", "Raj Khan", "राज खन्ना"),
        ("Preeti Datta", "Preeti Dey", "प्रीति दत्ता"),
        ("Ramesh Iyer", "Ramesh Rao", "रमेश अय्यर"),
    ],
)
def test_a_name_that_has_the_same_consonants_is_another_name(close, far, original):
    """Long vowels and doubled letters are written, so they tell two names apart."""
    assert compare_names(close, original).weight > compare_names(far, original).weight + 2.0


def test_short_vowels_over_arabic_letters_do_not_keep_a_name_from_its_spelling():
    """Few write them, and those who do mean the same name."""
    assert compare_names("Mona Al-Tounsi", "مُنى التونسي").kind is MatchKind.ROMANISED


def test_each_word_that_no_spelling_fits_counts():
    """Amin Mostafi has the consonants of منى مصطفى, and neither word of it."""
    one, two = (compare_names(seen, "منى مصطفى الكعبي").weight for seen in ("Mona Mostafi Al-Kaabi", "Amin Mostafi Al-Kaabi"))

    assert one > two


@pytest.mark.parametrize(
    ("seen", "original"), [("Rao Sita", "सीता राव"), ("Manju Arora", "मंजू अरोड़ा"), ("Manju Aroda", "मंजू अरोड़ा"), ("Meena Raav", "मीना राव")]
)
def test_a_flapped_letter_and_a_last_v_are_looked_up_both_ways(seen, original):
    """Arora is written with the letter of d, Rao with that of v."""
    assert NameIndex([("x", original)]).search(seen)[0].kind is MatchKind.ROMANISED
