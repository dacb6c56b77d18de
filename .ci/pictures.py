# SPDX-License-Identifier: Apache-2.0
"""The drawings of docs/concepts.md, as SVG that anybody can read and change: boxes, words and lines on a grid.

No number of the policy stands in them, so they change when the concepts do and not when a weight does.
"""

from __future__ import annotations

from html import escape

INK, QUIET, LINE, PAPER = "#16181d", "#565c68", "#8a93a3", "#ffffff"
BLUE, RED, GREEN = "#0b57d0", "#b3261e", "#146c2e"


def text(x: float, y: float, words: str, **look: str) -> str:
    """Words, centred unless `anchor` says otherwise."""
    colour, size, weight = look.get("colour", INK), look.get("size", "14"), look.get("weight", "400")
    anchor = look.get("anchor", "middle")
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{colour}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}">{escape(words)}</text>'
    )


def box(left: float, top: float, wide: float, lines: list[str], *, colour: str = LINE) -> str:
    """A box with a bold first line."""
    high = 18 + 20 * len(lines)
    drawn = f'<rect x="{left:g}" y="{top:g}" width="{wide:g}" height="{high:g}" rx="10" fill="{PAPER}" stroke="{colour}" stroke-width="2"/>'
    for number, line in enumerate(lines):
        look = {"weight": "650"} if number == 0 else {"colour": QUIET, "size": "13"}
        drawn += text(left + wide / 2, top + 24 + 20 * number, line, **look)
    return drawn


def arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line with a head."""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{INK}" stroke-width="2" marker-end="url(#head)"/>'


def page(wide: int, high: int, title: str, *parts: str) -> str:
    """A whole drawing, with its title for readers who hear it."""
    point = '<path d="M0 0L8 4L0 8z"/>'
    head = f'<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">{point}</marker>'
    named = f'role="img" aria-label="{escape(title)}" font-family="system-ui, Noto Sans, Noto Sans CJK SC, sans-serif"'
    ground = f'<rect width="{wide}" height="{high}" rx="14" fill="#f3f4f7"/>'
    opened = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" {named}><title>{escape(title)}</title>'
    return "\n".join((f"{opened}<defs>{head}</defs>", ground, *parts, "</svg>")) + "\n"


def from_facts_to_an_outcome() -> str:
    """`gather`, then `assess`, then what leaves."""
    return page(
        900,
        300,
        "Facts are gathered first; everything after that is pure",
        text(130, 34, "gather", weight="650", colour=BLUE),
        text(490, 34, "assess: pure, no clock, no chance, nothing fetched", weight="650", colour=GREEN),
        text(815, 34, "leaves", weight="650", colour=RED),
        box(20, 52, 130, ["directory", "who they are"]),
        box(20, 122, 130, ["store", "what was seen"]),
        box(20, 192, 130, ["pictures", "decoded safely"]),
        box(190, 122, 120, ["Evidence", "one frozen value"], colour=BLUE),
        *(arrow(152, y, 186, 151) for y in (81, 151, 221)),
        box(350, 122, 110, ["signals", "one question"], colour=GREEN),
        box(495, 122, 110, ["findings", "bits, reasons"], colour=GREEN),
        box(640, 122, 100, ["outcome", "by policy"], colour=GREEN),
        *(arrow(x, 151, x + 31, 151) for x in (312, 462, 607)),
        box(760, 72, 132, ["sender’s view", "words, pictures"], colour=RED),
        box(760, 172, 132, ["operator’s view", "every bit"], colour=RED),
        arrow(742, 146, 757, 110),
        arrow(742, 156, 757, 192),
        text(
            450,
            282,
            "A fact that could not be had is Unavailable(why): it weighs nothing, and the policy says what follows.",
            colour=QUIET,
            size="13",
        ),
    )


def the_senior_is_the_original() -> str:
    """Two who look alike, on a line of time."""
    return page(
        900,
        250,
        "Of two who look alike, the one who came later is the copy",
        text(450, 34, "Of two who look alike, the junior is compared with the senior, never the other way round", weight="650"),
        arrow(40, 150, 870, 150),
        text(860, 172, "time", colour=QUIET, size="13", anchor="end"),
        *(f'<circle cx="{x}" cy="150" r="7" fill="{colour}"/>' for x, colour in ((150, GREEN), (560, RED), (760, BLUE))),
        box(55, 72, 190, ["李思远, senior", "a contact for years"], colour=GREEN),
        box(465, 72, 190, ["季思远, junior", "renamed last week"], colour=RED),
        text(760, 130, "the sender pays", weight="650", colour=BLUE),
        text(150, 186, "paid: an unchanged old friend,", colour=QUIET, size="13"),
        text(150, 204, "no warning", colour=QUIET, size="13"),
        text(560, 186, "paid: imitates 李思远,", colour=QUIET, size="13"),
        text(560, 204, "also when accepted as a contact", colour=QUIET, size="13"),
        text(
            450,
            236,
            "Only people whom the sender chose are compared with; a thousand copies of a friend change nothing.",
            colour=QUIET,
            size="13",
        ),
    )


def evidence_in_bits() -> str:
    """A waterfall without numbers: what lowers, what raises, and where the thresholds stand."""
    steps = [
        ("before any evidence", 620, 300, GREEN),
        ("a large circle", 300, 230, GREEN),
        ("rare name, one letter changed", 230, 430, RED),
        ("same picture, mirrored", 430, 650, RED),
        ("asks for money", 650, 710, RED),
    ]
    rows = []
    for number, (name, start, end, colour) in enumerate(steps):
        top = 58 + 34 * number
        rows.append(text(210, top + 16, name, anchor="end"))
        rows.append(f'<rect x="{min(start, end)}" y="{top}" width="{abs(end - start)}" height="22" rx="4" fill="{colour}"/>')
    limits = [(620, "even odds"), (560, "warn"), (690, "challenge")]
    lines = [
        f'<line x1="{x}" y1="50" x2="{x}" y2="232" stroke="{LINE}" stroke-width="1.5" stroke-dasharray="4 4"/>'
        + text(x, 248, name, colour=QUIET, size="13")
        for x, name in limits
    ]
    return page(
        900,
        290,
        "Each piece of evidence moves the sum by its bits",
        text(450, 34, "Imposture of one contact: the sum starts far on the safe side, and each piece of evidence moves it", weight="650"),
        *lines,
        *rows,
        text(
            450,
            276,
            "One bit is a factor of two. What weighs how much is the policy’s; positions here are an example.",
            colour=QUIET,
            size="13",
        ),
    )


DRAWINGS = {
    "docs/concepts/flow.svg": from_facts_to_an_outcome,
    "docs/concepts/senior.svg": the_senior_is_the_original,
    "docs/concepts/bits.svg": evidence_in_bits,
}
