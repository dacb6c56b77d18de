# SPDX-License-Identifier: Apache-2.0
"""Message ids to sentences, amounts and times, in the reader's language.

This file decides which catalogue answers a language tag and how numbers look there. What is said is in `locales/<tag>/messages.po`,
one gettext catalogue per language: a translator adds one file and changes no code. When something is said is decided elsewhere
(`transferguard.decision` for warnings, the screens for labels).

Rule owned here (design, rule 7): a sentence is built from our own words and from amounts, counts and times, never from a name. Names
travel in fields of their own, so that nobody can choose a name which speaks in our voice.
"""

from __future__ import annotations

import copy
import functools
import gettext
import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING, Final

from transferguard.model import Money, exponent_of

if TYPE_CHECKING:
    from babel import Locale
    from babel.messages.catalog import Catalog

SOURCE_LOCALE: Final = "en"
"""The catalogue that always has a sentence; what others lack is said in this one."""

_MAX_TAG: Final = 35
"""Longest language tag read: what RFC 5646, section 4.4.1, asks every implementation to hold."""

_ALL_CATEGORIES: Final = 201
"""Counts from 0 up among which every plural category of every language for whole numbers stands; CLDR's rules look at two digits."""

_LETTER_BEFORE_DIGIT: Final = re.compile(r"(?<=[A-Za-z])(?=\d)")

_LATIN_SIGN: Final = re.compile(r"[A-Z]+[$¥£₩]")


def warning(message: str, locale: str = SOURCE_LOCALE) -> dict[str, object]:
    """What does the screen say for this warning?

    Args:
        message: Value of a speakable `Reason`, or `take_care`.
        locale: BCP 47 tag; see `negotiate`.

    Returns:
        `id` for the host's own wording, `text` for the screen, and `params`, the numbers in it; never a name.

    Raises:
        KeyError: No catalogue has this message: a fault of ours.
    """
    return {"id": message, "text": say(f"warning.{message}", locale), "params": {}}


def say(message: str, locale: str = SOURCE_LOCALE, *, count: int | None = None, **params: str) -> str:
    """Which sentence stands for this message id?

    Args:
        message: Dotted id, such as `step.acknowledge`.
        locale: BCP 47 tag; see `negotiate`.
        count: How many, where the sentence has a plural; its number is put in as `{count}`.
        params: Text of ours for the placeholders: amounts and times already formatted, never a name.

    Raises:
        KeyError: No catalogue has this message: a fault of ours.
    """
    for tag in dict.fromkeys((negotiate(locale), SOURCE_LOCALE)):
        catalogue = _catalogue(tag)
        sentence = catalogue.gettext(message) if count is None else catalogue.ngettext(message, message, count)
        if sentence != message:
            shown = params if count is None else {"count": number(count, tag), **params}
            return sentence.format_map(shown)
    raise KeyError(message)


def sentence(message: str, locale: str = SOURCE_LOCALE) -> str:
    """The sentence with its placeholders still in it, for a screen that puts in the numbers itself.

    Raises:
        KeyError: No catalogue has this message: a fault of ours.
    """
    for tag in dict.fromkeys((negotiate(locale), SOURCE_LOCALE)):
        found = _catalogue(tag).gettext(message)
        if found != message:
            return found
    raise KeyError(message)


def plurals(message: str, locale: str = SOURCE_LOCALE) -> Mapping[str, str]:
    """The same for a sentence with a count: one per CLDR plural category; empty for one without."""
    tag = negotiate(locale)
    if message not in _counted(tag):
        return {}
    catalogue, category = _catalogue(tag), _babel(tag).plural_form
    return {category(count): catalogue.ngettext(message, message, count) for count in range(_ALL_CATEGORIES)}


@functools.lru_cache(maxsize=256)
def negotiate(locale: str) -> str:
    """Which of our catalogues is nearest to this tag?

    The exact one first, then the same language in any script or region (`zh-CN`, `zh` and `zh-Hant` read `zh-Hans` sooner than English),
    then English. A malformed tag is an unknown language, not an error: the sentence must appear.
    """
    wanted = locale[: _MAX_TAG + 1].replace("_", "-").lower()
    if len(wanted) > _MAX_TAG:
        return SOURCE_LOCALE
    ours = {tag.lower(): tag for tag in locales()}
    if wanted in ours:
        return ours[wanted]
    language = wanted.partition("-")[0]
    return next((tag for lowered, tag in ours.items() if lowered.partition("-")[0] == language), SOURCE_LOCALE)


@functools.cache
def locales() -> Sequence[str]:
    """Every language that we speak, as BCP 47 tags, in alphabetical order."""
    folder = resources.files("transferguard") / "locales"
    return tuple(sorted(entry.name for entry in folder.iterdir() if (entry / "messages.po").is_file()))


def right_to_left(locale: str) -> bool:
    """Is this language written from right to left?"""
    return _babel(negotiate(locale)).text_direction == "rtl"


def money(amount: Money, locale: str = SOURCE_LOCALE) -> str:
    """How is this amount written there?

    ISO 4217 says how many decimals, not CLDR, which rounds some currencies to what the shops use; a confirmation shows what is sent.
    """
    ours = _babel(negotiate(locale))
    pattern = copy.copy(ours.currency_formats["standard"])
    pattern.frac_prec = (exponent_of(amount.currency),) * 2
    text = pattern.apply(
        amount.decimal,
        ours,
        currency=amount.currency,
        currency_digits=False,
        numbering_system="default",
    )
    # CLDR asks for a space where a currency ends in a letter, "KWD 1.234"; Babel 2.18 leaves it out.
    spaced = _LETTER_BEFORE_DIGIT.sub("\N{NO-BREAK SPACE}", text)
    # In a line from right to left the sign of "CN¥" would jump to the other side of its letters.
    return _LATIN_SIGN.sub("\\g<0>\N{LEFT-TO-RIGHT MARK}", spaced) if ours.text_direction == "rtl" else spaced


def number(count: int, locale: str = SOURCE_LOCALE) -> str:
    """How is this count written there?"""
    from babel.numbers import format_decimal  # noqa: PLC0415 - Babel takes 50 ms, and most decisions say nothing

    return format_decimal(count, locale=_babel(negotiate(locale)), numbering_system="default")


def moment(at: datetime, locale: str = SOURCE_LOCALE) -> str:
    """How is this moment written there? In UTC and saying so: only the host knows where its reader is."""
    from babel.dates import format_date, format_time  # noqa: PLC0415 - Babel takes 50 ms, and most decisions say nothing

    ours = _babel(negotiate(locale))
    return f"{format_date(at.astimezone(UTC), 'long', locale=ours)}, {format_time(at, 'HH:mm', tzinfo=UTC, locale=ours)} UTC"


def message_ids(locale: str) -> frozenset[str]:
    """Every message that the catalogue of this very tag has a sentence for."""
    return frozenset(entry.id if isinstance(entry.id, str) else entry.id[0] for entry in _source(locale) if entry.id and entry.string)


@functools.cache
def _counted(tag: str) -> frozenset[str]:
    return frozenset(entry.id[0] for entry in _source(tag) if entry.pluralizable)


@functools.cache
def _babel(tag: str) -> Locale:
    from babel import Locale  # noqa: PLC0415 - Babel takes 50 ms, and most decisions say nothing

    return Locale.parse(tag, sep="-")


@functools.cache
def _source(tag: str) -> Catalog:
    from babel.messages.pofile import read_po  # noqa: PLC0415 - the same

    text = (resources.files("transferguard") / "locales" / tag / "messages.po").read_bytes()
    return read_po(io.BytesIO(text), locale=tag.replace("-", "_"), abort_invalid=True)


@functools.cache
def _catalogue(tag: str) -> gettext.GNUTranslations:
    """The catalogue, compiled in memory: gettext then knows which plural a count takes."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - the same

    compiled = io.BytesIO()
    write_mo(compiled, _source(tag))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
