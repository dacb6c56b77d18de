# SPDX-License-Identifier: Apache-2.0
"""HTML that cannot be broken out of: text is escaped unless it was made here.

Every tag and attribute is written by `element`, every text goes through an escape, and somebody else's text stands in a `<bdi>` of its
own, without the characters that steer a display (design, rule 7).
"""

from __future__ import annotations

from html import escape

from transferguard.ui.screen_text import drawable

_VOID = frozenset({"meta", "br", "hr", "img"})


class Markup(str):
    """Text that is HTML already, because `element` wrote it."""

    __slots__ = ()


def element(tag: str, *children: str, **attributes: str | float | bool | None) -> Markup:
    """One element.

    Args:
        tag: Its name, ours.
        children: Markup stays as it is, anything else is escaped.
        attributes: An underscore becomes a hyphen, a trailing one is dropped; None and False leave the attribute out.
    """
    written = "".join(_attribute(name, value) for name, value in attributes.items() if value is not None and value is not False)
    inside = "".join(child if isinstance(child, Markup) else escape(_sayable(child), quote=False) for child in children)
    return Markup(f"<{tag}{written}>" if tag in _VOID else f"<{tag}{written}>{inside}</{tag}>")


def joined(*parts: str) -> Markup:
    """Several pieces one after the other."""
    return Markup("".join(part if isinstance(part, Markup) else escape(_sayable(part), quote=False) for part in parts))


def somebodys(text: str, **attributes: str) -> Markup:
    """Somebody else's text: isolated, bounded, and without power over the display."""
    return element("bdi", drawable(text), **attributes)


def _attribute(name: str, value: str | float | bool) -> str:  # noqa: FBT001 - an attribute's value
    written = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {written}"
    return f' {written}="{escape(_sayable(str(value)), quote=True)}"'


def _sayable(text: str) -> str:
    """What UTF-8 cannot hold is shown as a replacement character."""
    return text.encode("utf-8", "replace").decode("utf-8") if any("\ud800" <= letter <= "\udfff" for letter in text) else text
