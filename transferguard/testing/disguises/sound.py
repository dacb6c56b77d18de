# SPDX-License-Identifier: Apache-2.0
"""Disguises by sound (28-32): homophones, near-homophones, respellings, Pinyin and other romanisations."""

from random import Random

from transferguard.testing.disguises import han_tables, sound_tables
from transferguard.testing.disguises.disguise import Known
from transferguard.testing.populations import Culture
from transferguard.testing.populations.han_readings import read_as, reading, surname_reading, syllables
from transferguard.testing.populations.hangul import romanise, romanise_surname
from transferguard.testing.split import Split, part_of

_TONES = "1234"
_FULL_SHARE = 0.7
"""How often a homophone keeps the tone: our choice; thieves type Pinyin without tones and take what looks plausible."""


def homophone(sign: str, rng: Random, split: Split | None) -> str | None:
    """Another character read like this one, mostly with the same tone; `None` where the part of the table has none."""
    spoken = reading(sign)
    if not spoken:
        return None
    same = [other for other in part_of("homophone", read_as(spoken), split) if other != sign]
    others = [other for tone in _TONES if tone != spoken[-1] for other in part_of("homophone", read_as(spoken[:-1] + tone), split)]
    pools = [pool for pool in ((same, others) if rng.random() < _FULL_SHARE else (others, same)) if pool]
    return rng.choice(pools[0]) if pools else None


def _at_one_place(known: Known, rng: Random, found: "dict[int, list[str]]") -> str | None:
    places = [at for at, others in found.items() if others]
    if not places:
        return None
    at = rng.choice(places)
    return known.display_name[:at] + rng.choice(found[at]) + known.display_name[at + 1 :]


def one_homophone(known: Known, rng: Random, split: Split | None) -> str | None:
    """One character replaced by one that is read alike."""
    found = {at: [other] for at, sign in enumerate(known.display_name) if (other := homophone(sign, rng, split))}
    return _at_one_place(known, rng, found)


def near_readings(spoken: str, split: Split | None) -> list[str]:
    """Readings (without tone) that speakers of some dialect do not keep apart from this one."""
    found = []
    for rule in part_of("near sounds", han_tables.NEAR_SOUNDS, split):
        one, other = rule.split("=")
        for old, new in ((one, other), (other, one)):
            retroflex = len(old) == 1 and spoken[:2] in {"zh", "ch", "sh"}
            if spoken.startswith(old) and not retroflex:
                found.append(new + spoken[len(old) :])
            if spoken.endswith(old) and not (old in {"an", "en", "in"} and spoken.endswith(old + "g")):
                found.append(spoken[: -len(old)] + new)
    return found


def near_homophone(known: Known, rng: Random, split: Split | None) -> str | None:
    """One character read nearly alike: n for l, zh for z, an for ang; or a surname that a dialect reads alike."""
    found: dict[int, list[str]] = {}
    for at, sign in enumerate(known.display_name):
        near = near_readings(reading(sign)[:-1], split)
        found[at] = [other for spoken in near for tone in _TONES for other in part_of("homophone", read_as(spoken + tone), split)]
    for pair in part_of("dialect", han_tables.DIALECT_PAIRS, split):
        for old, new in ((pair[0], pair[1]), (pair[1], pair[0])):
            if known.family == old and known.display_name.startswith(old):
                found[0].append(new)
    return _at_one_place(known, rng, found)


def respelling(known: Known, rng: Random, split: Split | None) -> str | None:
    """Alyce for Alice, Jon for John: another spelling of the same sound, of whole names or letter by letter."""
    words = known.display_name.split(" ")
    whole = dict(pair.split("=") for pair in part_of("respelling", sound_tables.RESPELLED_NAMES, split))
    whole |= {new: old for old, new in whole.items()}
    rules = [rule.split("=") for rule in part_of("respelling rule", sound_tables.RESPELLING_RULES, split)]
    options = [(at, whole[word]) for at, word in enumerate(words) if word in whole]
    options += [(at, word.replace(old, new, 1)) for at, word in enumerate(words) for old, new in rules if old in word[1:]]
    if not options:
        return None
    at, changed = rng.choice(options)
    return " ".join(changed if place == at else word for place, word in enumerate(words))


def pinyin(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  spacing and order are no table
    """Li Ming, LiMing, Ming Li, li ming: the name in Pinyin, in one of the usual writings."""
    if not known.family:
        return None
    family, given = surname_reading(known.family), "".join(syllables(known.given))
    apart = " ".join(part.capitalize() for part in syllables(known.given))
    return rng.choice(
        (
            f"{family.capitalize()} {given.capitalize()}",
            f"{family.capitalize()}{given.capitalize()}",
            f"{given.capitalize()} {family.capitalize()}",
            f"{family} {given}",
            f"{family}{given}",
            f"{family.capitalize()} {apart}",
            f"{family.upper()} {given.upper()}",
        )
    )


def _wade_giles(spoken: str) -> str:
    """A Pinyin syllable in Wade-Giles letters, apostrophes included."""
    if spoken in sound_tables.WADE_GILES_WHOLE:
        return sound_tables.WADE_GILES_WHOLE[spoken]
    for start, written in sound_tables.WADE_GILES_INITIALS:
        if spoken.startswith(start):
            initial, final = written, spoken[len(start) :]
            break
    else:
        initial, final = "", spoken
    for old, new in sound_tables.WADE_GILES_FINALS:
        if final == old:
            final = new
    return initial + (final if not (final == "uo" and initial not in sound_tables.KEEPS_UO) else "o")


def wade_giles(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  one standard, no table to divide
    """The older romanisation that Taiwanese passports show: Li Chien-kuo."""
    if not known.family:
        return None
    family = _wade_giles(surname_reading(known.family)).capitalize()
    given = "-".join(_wade_giles(part) for part in syllables(known.given)).capitalize()
    text = rng.choice((f"{family} {given}", f"{given} {family}", f"{family} {given.replace('-', ' ').title()}"))
    return text if rng.random() < _APOSTROPHE_SHARE else text.replace("'", "")


_APOSTROPHE_SHARE = 0.3
"""How often the apostrophe of Wade-Giles is written: people mostly leave it out (our estimate)."""


def cantonese(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  dividing the table would leave no whole name
    """The spelling on a Hong Kong identity card: Chan Kin Kwok."""
    table = sound_tables.CANTONESE
    if not known.family or any(sign not in table for sign in known.family + known.given):
        return None
    family = "".join(table[sign] for sign in known.family)
    given = [table[sign] for sign in known.given]
    return rng.choice((f"{family} {' '.join(given)}", f"{family} {'-'.join(given).capitalize()}", f"{' '.join(given)} {family}"))


def korean_romanisation(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  three standards, no table
    """Kim Cheol-su, Chul Soo Kim: revised, older or habitual spelling, in either order."""
    if known.culture is not Culture.KOREAN or not known.family:
        return None
    style = rng.randrange(3)
    given = romanise(known.given, older=style == 1, between="-").replace("'", "")
    if style == 2:  # noqa: PLR2004  the third style
        for old, new in sound_tables.HABITUAL_KOREAN:
            given = given.replace(old, new)
    given = given.capitalize() if rng.random() < 0.5 else given.replace("-", " ").title()  # noqa: PLR2004  either writing is usual
    family = romanise_surname(known.family)
    return rng.choice((f"{family} {given}", f"{given} {family}"))


def _respelled(text: str, rules: list[list[str]], rng: Random) -> str:
    usable = [(old, new) for old, new in rules if old in text]
    for old, new in rng.sample(usable, min(len(usable), 2)):
        text = text.replace(old, new, 1)
    return text


def latin_spelling(known: Known, rng: Random, split: Split | None) -> str | None:
    """Another Latin spelling of an Arabic, Russian, Japanese, Indian, Thai or Vietnamese name, from the native or the usual one."""
    rules = sound_tables.SPELLING_RULES.get(known.culture)
    if rules is None or not known.latin:
        return None
    chosen = [rule.split("=") for rule in part_of(f"spelling {known.culture}", rules, split)]
    plain = known.latin if rng.random() < 0.5 else " ".join(reversed(known.latin.split()))  # noqa: PLR2004  either order is usual
    return _respelled(plain, chosen, rng)
