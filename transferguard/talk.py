# SPDX-License-Identifier: Apache-2.0
"""What was the talk about just before the transfer?

Lines of a conversation go in, topics come out, and the lines are forgotten: evidence holds topics only (design, rule 8). Nothing is
read unless the host hands text over. A host with a better reader of its own language passes it as a `Classifier`.

Only lines of the recipient count: what the sender writes says nothing about who the recipient is.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from importlib.resources import files
from typing import Final, TypeAlias
from unicodedata import category, normalize

from transferguard.calling import demand
from transferguard.errors import InvalidInput
from transferguard.model import Message


class Topic(StrEnum):
    """What a line is about."""

    BORROW = "borrow"
    URGENT = "urgent"
    CODE = "code"
    NEW_ACCOUNT = "new_account"
    NO_CALLS = "no_calls"


Classifier: TypeAlias = Callable[[Sequence[str]], Collection[Topic]]
"""A host's own reader: lines of the recipient in, topics out."""

MAX_LINES: Final = 50
"""Newest lines that are read; a request for money stands at the end of a talk."""

MAX_CODE_POINTS: Final = 1_000
"""Of each line."""

_FRESH: Final = timedelta(days=1)
"""A request of yesterday belongs to this transfer, one of last month does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Features of a conversation.

    Args:
        topics: What the recipient spoke of within a day, sorted.
    """

    topics: tuple[Topic, ...] = ()


def read_talk(conversation: Sequence[Message], recipient: str, now: datetime, *, classifier: Classifier | None = None) -> Talk:
    """Which topics did the recipient raise lately?

    Args:
        conversation: Lines in any order; undated ones count as fresh.
        recipient: Whose lines count.
        now: The moment of the transfer.
        classifier: A host's own reader, asked beside the patterns.

    Raises:
        InvalidInput: It is no list of messages.
    """
    given: object = conversation
    if isinstance(given, str | bytes) or not isinstance(given, Sequence):
        raise InvalidInput("conversation", f"is of type {type(given).__name__}", "give a list of Message")
    for at, message in enumerate(conversation):
        demand(message, Message, f"conversation[{at}]")
    lines = [
        message.text[:MAX_CODE_POINTS]
        for message in conversation
        if message.sender == recipient and not (isinstance(message.at, datetime) and now - message.at > _FRESH)
    ][-MAX_LINES:]
    found = {topic for line in lines for topic in topics_of(line)}
    if classifier is not None and lines:
        found |= {Topic(topic) for topic in classifier(lines)}
    return Talk(topics=tuple(sorted(found)))


def topics_of(line: str) -> frozenset[Topic]:
    """Which topics does this line name, in any of the languages of the table?"""
    folded = _folded(line)
    return frozenset(topic for topic, phrases in _phrases().items() if any(_says(folded, phrase) for phrase in phrases))


def _folded(line: str) -> str:
    """Width, case and invisible characters made equal, so that they hide nothing."""
    visible = "".join(mark for mark in line if category(mark) not in {"Cf", "Cs"})
    return re.sub(r"\s+", " ", normalize("NFKC", visible).casefold().replace("’", "'"))


@functools.cache
def _phrases() -> Mapping[Topic, tuple[tuple[str, ...], ...]]:
    """Per topic all phrases, each folded and cut at its gaps."""
    table = tomllib.loads(files("transferguard").joinpath("_tables", "talk.toml").read_text(encoding="utf-8"))
    return {
        topic: tuple(
            tuple(_folded(part).strip() for part in phrase.split(_GAP)) for language in table.values() for phrase in language[topic.value]
        )
        for topic in Topic
    }


def _says(folded: str, phrase: tuple[str, ...]) -> bool:
    """Whether the line holds the phrase; its words are looked for first, which costs next to nothing."""
    return all(part in folded for part in phrase) and _pattern(phrase).search(folded) is not None


@functools.cache
def _pattern(phrase: tuple[str, ...]) -> re.Pattern[str]:
    """The phrase itself, with a few words or glyphs where it has a gap; at word boundaries in scripts whose words stand apart.

    Arabic and Devanagari words carry prefixes and endings, so there a phrase may begin and end within a word.
    """
    apart = re.match(_WORDS_APART, phrase[0]) is not None
    boundary = r"\b" if apart else ""
    return re.compile(boundary + (_FEW_WORDS if apart else _FEW_GLYPHS).join(map(re.escape, phrase)) + boundary)


_GAP: Final = "…"
_WORDS_APART: Final = r"[a-z\u00df-\u024f\u1e00-\u1eff\u0400-\u052f]"
"""Latin and Cyrillic letters."""

_FEW_WORDS: Final = r"\W+(?:\w+\W+){0,4}"
_FEW_GLYPHS: Final = r".{0,6}"
"""What may stand in a gap: bounded, so that no line takes long."""
