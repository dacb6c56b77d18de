# SPDX-License-Identifier: Apache-2.0
"""Somebody else's text on our screen.

Decides how a name is drawn so that it can neither crash the card nor speak in its voice: characters that steer a terminal become
visible, marks do not pile up, and a name that runs from right to left is isolated from what stands beside it (design, rule 7).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from unicodedata import bidirectional, category

from rich.cells import cell_len
from rich.text import Text

MAX_ON_LINE: Final = 64
"""Code points of one name, as `transferguard.comparison` sends at most; a host's own view may be longer."""

MAX_COMBINING: Final = 2
"""Marks above or below one letter: Vietnamese and vocalised Arabic need two; more climb over other lines."""

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_ISOLATE: Final = "\N{FIRST STRONG ISOLATE}"
_POP: Final = "\N{POP DIRECTIONAL ISOLATE}"
_STEERING: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
_MARKS: Final = frozenset({"Mn", "Me"})
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})
_EMOJI_JOINER: Final = "\N{ZERO WIDTH JOINER}"
_JOINERS: Final = frozenset({_EMOJI_JOINER, "\N{ZERO WIDTH NON-JOINER}"})
"""Needed inside emoji and Persian, and without power over direction."""


def drawable(text: str) -> str:
    """The text with every character that could steer a display replaced, one for one, so that marks stay in place."""
    drawn: list[str] = []
    marks = 0
    for character in text[:MAX_ON_LINE]:
        kind = category(character)
        marks = marks + 1 if kind in _MARKS else 0
        steers = kind in _STEERING and character not in _JOINERS
        drawn.append(REPLACEMENT if steers or marks > MAX_COMBINING else character)
    return "".join(drawn) + ("…" if len(text) > MAX_ON_LINE else "")


def right_to_left(text: str) -> bool:
    """Does any character of this text run from right to left?"""
    return any(bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def name_line(name: str, marked: Collection[int] = (), *, style: str = "bold", mark_style: str = "bold red underline") -> Text:
    """A name as one line, with some of its characters marked.

    Args:
        name: Somebody else's text.
        marked: Positions of code points to mark.
        style: Of the name.
        mark_style: Of the marked characters.
    """
    drawn = drawable(name)
    line = Text(no_wrap=False)
    isolate = right_to_left(drawn)
    line.append(_ISOLATE if isolate else "")
    for at, character in enumerate(drawn):
        line.append(_shown(character, marked=at in marked), style=mark_style if at in marked else style)
    line.append(_POP if isolate else "")
    return line


def caret_line(name: str, marked: Collection[int], gaps: Collection[int] = ()) -> Text | None:
    """A line of carets under the marked characters, for eyes and terminals without colour.

    None where nothing is marked, and where the name runs from right to left: there nobody knows which cell a character takes.

    Args:
        name: As for `name_line`.
        marked: Likewise.
        gaps: Positions before which something was left out; one caret stands under what follows.
    """
    drawn = drawable(name)
    if right_to_left(drawn):
        return None
    carets = ""
    for at, character in enumerate(drawn + " "):
        width = cell_len(_shown(character, marked=at in marked))
        if at in marked and not width:
            carets = carets[:-1] + "^"  # an accent stands on the letter before it
        carets += "^" * width if at in marked else ("^" if at in gaps else " ").ljust(width)[:width]
    return Text(carets.rstrip(), style="red", no_wrap=True, overflow="crop") if carets.strip() else None


def _shown(character: str, *, marked: bool) -> str:
    """The character as it is drawn; what joins others is seen only when it was put there to deceive.

    Joined emoji are drawn side by side: terminals disagree about the width of the whole, and a name must not lose characters when
    its line is broken.
    """
    if character in _JOINERS and marked:
        return REPLACEMENT
    return "" if character == _EMOJI_JOINER else character


def one_line(text: str) -> str:
    """A message for a terminal's one line: what steers a display is written as an escape, so that it can be found in the file."""
    return "".join(
        character.encode("unicode_escape").decode("ascii") if category(character) in _STEERING else character for character in text
    )
