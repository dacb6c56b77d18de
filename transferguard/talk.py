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
    """
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
    return frozenset(topic for topic, pattern in _patterns().items() if pattern.search(folded))


def _folded(line: str) -> str:
    """Width, case and invisible characters made equal, so that they hide nothing."""
    visible = "".join(mark for mark in line if category(mark) not in {"Cf", "Cs"})
    return re.sub(r"\s+", " ", normalize("NFKC", visible).casefold().replace("’", "'"))


@functools.cache
def _patterns() -> Mapping[Topic, re.Pattern[str]]:
    table = tomllib.loads(files("transferguard").joinpath("_tables", "talk.toml").read_text(encoding="utf-8"))
    return {
        topic: re.compile("|".join(_pattern(phrase) for language in table.values() for phrase in language[topic.value])) for topic in Topic
    }


def _pattern(phrase: str) -> str:
    """The phrase itself; at word boundaries where its script puts spaces between words."""
    folded = _folded(phrase)
    boundary = r"\b" if re.match(r"[a-zà-ỹа-яё]", folded) else ""
    return f"{boundary}{re.escape(folded)}{boundary}"
