# SPDX-License-Identifier: Apache-2.0
"""Which characters stand for which letter? Written for the judge: lookalikes by eye, alphabets by Unicode names and decompositions."""

from collections import defaultdict
from unicodedata import combining, name, normalize

from transferguard.testing.populations.shares import words

_LOWER, _UPPER = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_CYRILLIC = words("""aа cс eе oо pр xх yу iі jј sѕ hһ dԁ lӏ qԛ wԝ AА BВ CС EЕ HН IІ JЈ KК MМ OО PР SЅ TТ XХ YУ GԌ QԚ WԜ IӀ""")
_GREEK = words("""oο vν aα iι pρ uυ kκ xχ yγ AΑ BΒ EΕ ZΖ HΗ IΙ KΚ MΜ NΝ OΟ PΡ TΤ YΥ XΧ""")
_OTHERS = words("""oօ uս nո hհ gց aɑ gɡ iı yʏ cᴄ oᴏ vᴠ wᴡ zᴢ sꜱ oଠ oഠ oဝ lᛁ lǀ oں nո qզ OՕ SՏ UՍ LԼ""")
_TO_CYRILLIC_ONLY = words("""аa сc еe оo рp хx уy іi АA ВB СC ЕE НH КK МM ОO РP ТT ХX УY зʒ""")
_ARABIC = words("يی كک هہ هھ ىی اٱ ةۃ")


def _lookalikes(*tables: list[str]) -> dict[str, str]:
    found: dict[str, str] = defaultdict(str)
    for pair in (pair for table in tables for pair in table):
        found[pair[0]] += pair[1]
    return dict(found)


FOREIGN = _lookalikes(_CYRILLIC, _GREEK, _OTHERS, _TO_CYRILLIC_ONLY, _ARABIC)
"""A letter to letters of another script (or, in Arabic, of another language) that look the same."""

WHOLE_CYRILLIC = {pair[0]: pair[1] for pair in _CYRILLIC} | {
    pair[0]: pair[1] for pair in words("bь gԍ kк mм nп rг tт uц vѵ zʐ fғ DԀ FҒ LԼ NИ RЯ UЏ VѴ ZꙀ")
}
"""Every Latin letter to the Cyrillic letter that comes nearest to the eye."""
WHOLE_LATIN = {pair[0]: pair[1] for pair in _TO_CYRILLIC_ONLY} | {
    pair[0]: pair[1] for pair in words("""нh вb кk мm тt иu пn гr лn дg ь6 яr йu ёë БB ГT ДD ИN ПN ЯR ЛN ЁË""")
}
"""Cyrillic letters to the nearest Latin ones, as a thief without a Cyrillic keyboard would write them."""

_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンー"
_HALF_KANA = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｰ"
HALF_WIDTH_KANA = dict(zip(_KANA, _HALF_KANA, strict=True))


def _arabic_forms() -> dict[str, str]:
    forms: dict[str, str] = defaultdict(str)
    for code in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD)):
        plain = normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            forms[plain] += chr(code)
    return dict(forms)


ARABIC_FORMS = _arabic_forms()
THAI_PARTS = {"ำ": ["\u0e4d\u0e32"], "แ": ["เเ"]}
"""Two ways of typing a Thai vowel that are drawn alike."""


def _mathematical() -> list[dict[str, str]]:
    styles: dict[str, dict[str, str]] = defaultdict(dict)
    for code in (*range(0x2100, 0x2150), *range(0x1D400, 0x1D800)):
        letter, title = normalize("NFKC", chr(code)), name(chr(code), "")
        if len(letter) == 1 and (letter in _LOWER or letter in _UPPER) and title.startswith("MATHEMATICAL"):
            style = title.removeprefix("MATHEMATICAL ").rsplit(" ", 2)[0]
            styles[style][letter] = chr(code)
    letterlike = {
        "ITALIC": "ℎh",
        "SCRIPT": "ℬB ℰE ℱF ℋH ℐI ℒL ℳM ℛR ℯe ℊg ℴo",
        "FRAKTUR": "ℭC ℌH ℑI ℜR ℨZ",
        "DOUBLE-STRUCK": "ℂC ℍH ℕN ℙP ℚQ ℝR ℤZ",
    }
    for style, pairs in letterlike.items():
        styles[style] |= {pair[1]: pair[0] for pair in words(pairs)}
    return [styles[style] for style in sorted(styles)]


MATHEMATICAL = _mathematical()


def _run(first: int, *, both: bool) -> dict[str, str]:
    lower = {letter: chr(first + at) for at, letter in enumerate(_LOWER)}
    return lower | ({letter: chr(first + at) for at, letter in enumerate(_UPPER)} if both else {})


ENCLOSED = [
    _run(0x24D0, both=True),  # circled small letters
    {letter: chr(0x24B6 + at) for at, letter in enumerate(_UPPER)} | _run(0x24D0, both=False),
    _run(0x1F130, both=True),  # squared capitals
    _run(0x1F150, both=True),  # white on black circles
    _run(0x1F170, both=True),  # white on black squares
    _run(0x1F1E6, both=True),  # regional indicators
    _run(0x249C, both=True),  # in brackets
    _run(0x1F110, both=True),  # capitals in brackets
]
OVERLAYS = "\u0334\u0335\u0336\u0337\u0338\u20d2\u20d3\u20d8\u20dd\u20de\u20e5\u20eb\u0305\u0332\u0333\u033f\u0489"
"""Strokes, slashes, rings and lines that leave the letter readable."""


def _marked() -> dict[str, str]:
    found: dict[str, str] = defaultdict(str)
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00), *range(0x400, 0x460)):
        apart = normalize("NFD", chr(code))
        if len(apart) > 1 and apart[0].isalpha() and all(combining(mark) for mark in apart[1:]):
            found[apart[0]] += chr(code)
    for pair in words("""iı lł oø dđ hħ tŧ bƀ zƶ gǥ LŁ OØ DĐ HĦ TŦ jȷ rɍ uʉ eɇ yɏ kƙ nŋ"""):
        found[pair[0]] += pair[1]
    return dict(found)


MARKED = _marked()
STROKES = str.maketrans("đĐłŁøØıħß", "dDlLoOihs")

_SMALL = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡxʏᴢ"
_SUPERSCRIPT = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖqʳˢᵗᵘᵛʷˣʸᶻ"
_TURNED = "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz"
SMALL_STYLES = [dict(zip(_LOWER, style, strict=True)) for style in (_SMALL, _SUPERSCRIPT)]
UPSIDE_DOWN = dict(zip(_LOWER, _TURNED, strict=True))
RARE_SCRIPTS = [
    dict(zip("ABCDEFGHIJKLMNOPRSTUVWXYZ", "ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", strict=True)),
    dict(zip("ABCDEGHJKLMPRSTVWZ", "ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃ", strict=True)),
]

ASCII_PAIRS = words("""l=I l=1 I=l I=1 o=0 O=0 m=rn w=vv d=cl rn=m vv=w cl=d g=q q=g B=8 S=5 Z=2 z=2 ii=u nn=m b=6 E=3 G=6
        I=| l=|""")
LEET = {
    "a": "4@",
    "e": "3",
    "i": "1!",
    "o": "0",
    "s": "5$",
    "t": "7+",
    "b": "8",
    "g": "9",
    "l": "1",
    "z": "2",
    "A": "4@",
    "E": "3",
    "I": "1!",
    "O": "0",
    "S": "5$",
    "T": "7",
    "B": "8",
    "G": "6",
    "L": "1",
    "Z": "2",
}
