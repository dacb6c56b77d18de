# SPDX-License-Identifier: Apache-2.0
"""One decision as one HTML page that needs nothing else: for a ticket, a review, an appeal.

No script, no request, no style but its own (a content security policy says so to the browser). Pictures are decoded and drawn again
before they are put in, so that no byte of an uploaded file is in the page. Other people's names are escaped, isolated and bounded.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from typing import Final

from transferguard.decision import Region, SeenProfile
from transferguard.errors import AvatarError
from transferguard.model import Unavailable
from transferguard.ui.adding_up import CORRECTION, Column
from transferguard.ui.explanation import Explanation
from transferguard.ui.markup import Markup, element, joined, somebodys
from transferguard.ui.screen_text import drawable
from transferguard.ui.waterfall_svg import waterfall_svg
from transferguard.wording import money

PICTURE_SIDE: Final = 192
"""Pixels of a picture in the page, as decoding keeps them."""


def page(explanation: Explanation, *, pictures: Mapping[str, bytes]) -> str:
    """The whole page.

    Args:
        explanation: What to show.
        pictures: Pictures by account id, as their owners uploaded them.
    """
    style = files("transferguard").joinpath("ui/explanation.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    record = explanation.record
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="robots", content="noindex"),
        element("title", f"{record.decision.outcome.value}: transfer {drawable(record.transfer.id)}"),
        element("style", Markup(style)),
    )
    body = element(
        "main",
        _summary(explanation),
        _side_by_side(explanation, pictures),
        _sums(explanation),
        _unknown(explanation),
        element("footer", f"Written by transferguard {version('transferguard')} for operators; not for the sender."),
    )
    return "<!doctype html>\n" + element("html", head, element("body", body), lang="en") + "\n"


def _summary(explanation: Explanation) -> Markup:
    record, decision = explanation.record, explanation.record.decision
    transfer = record.transfer
    terms: list[tuple[str, Markup | str]] = [
        ("Probability of fraud", f"{decision.probability:.4f}"),
        ("The sender was asked to", ", ".join(step.value.replace("_", " ") for step in decision.steps) or "nothing"),
        ("Verified name shown", explanation.shown_name_line()),
        ("Decided", record.decided_at.strftime("%Y-%m-%d %H:%M:%S UTC")),
        ("Transfer", somebodys(transfer.id)),
        ("Decision", element("code", decision.id)),
        ("Policy", element("code", decision.policy)),
        ("Record", element("span", explanation.replay_line(), class_=None if explanation.replayed.is_same else "alarm")),
    ]
    if decision.retry_at is not None:
        terms.insert(2, ("The wait ends", decision.retry_at.strftime("%Y-%m-%d %H:%M:%S UTC")))
    if explanation.label is not None:
        terms.insert(0, ("Turned out to be", element("strong", explanation.label.label.value)))
    parties = joined(" from ", somebodys(transfer.sender), " to ", somebodys(transfer.recipient))
    return element(
        "section",
        element("span", decision.outcome.value, class_=f"badge {decision.outcome.value}"),
        element("h1", money(transfer.money), parties),
        _told(explanation),
        element("dl", *(joined(element("dt", name), element("dd", value)) for name, value in terms), class_="facts"),
    )


def _told(explanation: Explanation) -> Markup:
    """What the sender read, in English."""
    warnings = explanation.record.decision.sender_view()["warnings"]
    if not warnings:
        return element("p", "The sender was not warned.", class_="dim")
    return joined(element("p", "The sender read:", class_="dim"), element("ul", *(element("li", str(one["text"])) for one in warnings)))


def _side_by_side(explanation: Explanation, pictures: Mapping[str, bytes]) -> Markup:
    compared, note = explanation.record.decision.comparison, _changed_since(explanation, pictures)
    outlines = () if note else tuple(region.recipient for region in compared.regions)
    recipient = _profile("About to be paid", compared.recipient, pictures, marked=_marked(explanation), note=note, outlines=outlines)
    other = explanation.imitated()
    if other is None:
        return element("section", element("h2", "The recipient"), recipient)
    imitated = compared.imitated or _resembled(explanation, other)
    outlines = tuple(region.imitated for region in compared.regions)
    known = _profile("Already known to the sender", imitated, pictures, outlines=outlines)
    return element("section", element("h2", "Side by side"), element("div", recipient, known, class_="pair"), _changes(compared.regions))


def _resembled(explanation: Explanation, account: str) -> SeenProfile:
    """Somebody who is resembled, though not so that the sender was told."""
    resembled = explanation.evidence.resemblances
    found = () if isinstance(resembled, Unavailable) else resembled
    name = next((one.display_name for one in found if one.account == account), "")
    return SeenProfile(account=account, display_name=name)


def _marked(explanation: Explanation) -> frozenset[int]:
    marks = explanation.record.decision.comparison.marks
    return frozenset(at for mark in marks if mark.field == "display_name" for at in range(mark.at, mark.at + mark.length))


def _changes(regions: Iterable[Region]) -> Markup:
    kinds = ", ".join(dict.fromkeys(region.change.replace("_", " ") for region in regions))
    return element("p", f"The pictures agree in the outlined parts: {kinds}.", class_="dim") if kinds else Markup()


def _changed_since(explanation: Explanation, pictures: Mapping[str, bytes]) -> str:
    """A note when the picture at hand is not the one that was compared."""
    picture = pictures.get(explanation.record.transfer.recipient)
    then = explanation.evidence.picture_digest
    if picture is None or hashlib.sha256(picture).hexdigest() == then:
        return ""
    return "This is the picture of today; another one was worn when it was decided." if then else "No picture was compared then."


def _profile(  # noqa: PLR0913 - one keyword per part of a profile
    heading: str,
    seen: SeenProfile,
    pictures: Mapping[str, bytes],
    *,
    marked: frozenset[int] = frozenset(),
    note: str = "",
    outlines: Iterable[tuple[float, float, float, float]] = (),
) -> Markup:
    return element(
        "div",
        element("h3", heading),
        _picture(pictures.get(seen.account), outlines),
        element("p", note, class_="dim") if note else "",
        element("p", _name(seen.display_name, marked), class_="name") if seen.display_name else "",
        element(
            "dl",
            *([element("dt", "remark"), element("dd", somebodys(seen.remark))] if seen.remark else []),
            element("dt", "account"),
            element("dd", somebodys(seen.account)),
        ),
        class_="profile",
    )


def _name(name: str, marked: frozenset[int]) -> Markup:
    drawn = drawable(name)
    letters = (element("mark", letter) if at in marked else letter for at, letter in enumerate(drawn))
    return element("bdi", joined(*letters))


def _picture(picture: bytes | None, outlines: Iterable[tuple[float, float, float, float]]) -> Markup:
    drawn = _redrawn(picture) if picture is not None else None
    if drawn is None:
        return element("div", "no picture at hand" if picture is None else "a picture that cannot be decoded", class_="none")
    side = PICTURE_SIDE
    boxes = (
        element(
            "rect",
            x=round(left * side, 1),
            y=round(top * side, 1),
            width=round((right - left) * side, 1),
            height=round((bottom - top) * side, 1),
            class_="region",
        )
        for left, top, right, bottom in outlines
    )
    return element(
        "svg",
        element("image", href=drawn, width=side, height=side, preserveAspectRatio="none"),
        *boxes,
        viewBox=f"0 0 {side} {side}",
        role="img",
        aria_label="picture",
        class_="picture",
    )


def _redrawn(picture: bytes) -> str | None:
    """The picture as a PNG of ours, as a data URI; None when it cannot be decoded."""
    from transferguard.avatars.decode import decode_frames  # noqa: PLC0415 - Pillow loads only where there is a picture

    try:
        upright = decode_frames(picture)[0].pictures[0]
    except AvatarError:
        return None
    written = BytesIO()
    upright.resize((PICTURE_SIDE, PICTURE_SIDE)).save(written, format="PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(written.getvalue()).decode("ascii")


def _sums(explanation: Explanation) -> Markup:
    sums, policy = explanation.sums, explanation.policy
    facts = [
        element("li", element("strong", reason.replace("_", " ")), f" demands at least {outcome.value}, whatever the evidence")
        for reason, outcome in sums.facts
    ]
    at = policy.threshold
    legend = (
        f"Bits are the log2 of how much likelier the finding is under fraud than under honesty. The sender's circle holds "
        f"{sums.circle_size:,} {'person' if sums.circle_size == 1 else 'people'}. Thresholds: warn {at.warn:g}, "
        f"challenge {at.challenge:g}, delay {at.delay:g} for takeover, mule or scam alone."
    )
    return element(
        "section",
        element("h2", "How the evidence adds up"),
        element("p", legend, class_="dim"),
        element("ul", *facts) if facts else "",
        *(part for at, column in enumerate(sums.columns) for part in _column(explanation, column, is_open=not at)),
        element("p", f"{sums.left_out} more hypotheses below 0.01 %.", class_="dim") if sums.left_out else "",
    )


def _column(explanation: Explanation, column: Column, *, is_open: bool) -> Iterator[Markup]:
    """The likeliest hypothesis as it is, the others folded up unless they matter."""
    whom = joined(" of ", somebodys(column.imitates)) if column.imitates else Markup()
    drawing = joined(element("div", waterfall_svg(column, explanation.policy), class_="scroll"), _numbers(column))
    if is_open or column.probability >= _WORTH_DRAWING:
        yield joined(element("h3", column.hypothesis.value, whom), drawing)
    else:
        yield element("details", element("summary", column.hypothesis.value, whom, f": {column.probability:.2%}"), drawing)


_WORTH_DRAWING: Final = 0.01
"""Probability from which a further hypothesis is drawn at once: about where the default policy warns."""


def _numbers(column: Column) -> Markup:
    if not column.lines:
        return Markup()
    rows = [
        element(
            "tr",
            element("td", line.reason, "" if line.counted else ", said already"),
            element("td", f"{line.bits:+.2f}" if line.counted else f"({line.bits:+.2f})", class_="number"),
            element("td", element("code", _detail(line.detail))),
            class_=None if line.counted else "again",
        )
        for line in column.lines
    ]
    if column.correction:
        bits = element("td", f"{column.correction:+.2f}", class_="number")
        rows.append(element("tr", element("td", CORRECTION), bits, element("td", "")))
    heading = element("tr", element("th", "finding"), element("th", "bits", class_="number"), element("th", "what was seen"))
    table = element("table", element("thead", heading), element("tbody", *rows))
    return element("details", element("summary", "In numbers"), element("div", table, class_="scroll"))


def _detail(detail: Mapping[str, object]) -> str:
    """Machine-readable circumstances on one line, bounded."""
    written = json.dumps(dict(detail), ensure_ascii=True, sort_keys=True)
    return "" if written == "{}" else written[:_MAX_DETAIL] + ("…" if len(written) > _MAX_DETAIL else "")


_MAX_DETAIL: Final = 400
"""Characters of one finding's circumstances."""


def _unknown(explanation: Explanation) -> Markup:
    missing = explanation.record.decision.unavailable
    if not missing:
        return Markup()
    return element("section", element("h2", "What could not be known"), element("ul", *(element("li", drawable(one)) for one in missing)))
