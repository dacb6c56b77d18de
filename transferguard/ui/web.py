# SPDX-License-Identifier: Apache-2.0
"""The `<transfer-confirmation>` web component, from this side: what it is given to draw, and what it is told afterwards.

The component (`assets/transfer-confirmation.js` and `.css`) draws the JSON of `sheet` and nothing else. It speaks from the same
catalogues as the terminal card, so a translator adds one file for both. Which sentences and names may leave was decided before: a
sheet is made of a sender's view, never of a decision (design, rule 6).
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from transferguard import wording
from transferguard.errors import ConfirmationRefused, NameProved, NameRefused

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from transferguard.model import Money
    from transferguard.receipt import Receipt

LOOKS: Final = 3
"""Looks that a warning takes in turn: attention drops at the second sight of the same one (Anderson et al., CHI 2015)."""

_SPOKEN: Final = ("action.", "headline.", "label.", "step.")
"""Messages that the component says; warnings come with the view, already in words."""


def assets() -> Traversable:
    """The folder that a host serves: one ES module and its style sheet, which must stay side by side."""
    return resources.files("transferguard.ui") / "assets"


def sheet(  # noqa: PLR0913 - one keyword per thing that stands on the screen
    view: Mapping[str, Any],
    *,
    amount: Money,
    locale: str = wording.SOURCE_LOCALE,
    pictures: Mapping[str, str] | None = None,
    now: datetime | None = None,
    seen: int | None = None,
) -> dict[str, Any]:
    """Everything that the component draws, as plain JSON values.

    Args:
        view: What `Decision.sender_view` gave, in the same language.
        amount: What the sender is about to pay.
        locale: BCP 47 tag.
        pictures: Addresses of pictures by account id; only those of the two profiles in the view leave.
        now: The host's time, aware: the countdown then runs by it and not by the device's clock.
        seen: How many warnings this sender saw lately, so that the next one looks different; by default the decision's id decides.
    """
    comparison = view["comparison"]
    shown = {profile["account"] for profile in (comparison["recipient"], comparison["imitated"]) if profile}
    turn = int.from_bytes(hashlib.sha256(view["decision_id"].encode()).digest()[:4], "big") if seen is None else seen
    tag = wording.negotiate(locale)
    return {
        "view": dict(view),
        "words": words(tag),
        "amount": wording.money(amount, tag),
        "lang": tag,
        "dir": "rtl" if wording.right_to_left(tag) else "ltr",
        "pictures": {account: url for account, url in (pictures or {}).items() if account in shown},
        "now": None if now is None else now.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "variant": turn % LOOKS,
    }


@functools.cache
def words(locale: str) -> Mapping[str, str | Mapping[str, str]]:
    """What the component says in this language: a sentence per message id, or one per CLDR plural category where a count stands in it."""
    return {
        message: wording.plurals(message, locale) or wording.sentence(message, locale)
        for message in sorted(wording.message_ids(wording.SOURCE_LOCALE))
        if message.startswith(_SPOKEN)
    }


def answer(told: Receipt | ConfirmationRefused) -> dict[str, Any]:
    """What the component is told after `confirm`: pass it to `element.answer(...)`.

    Args:
        told: The receipt that `confirm` returned, or the refusal that it raised. The receipt itself goes to the payment backend, not
            to the screen.
    """
    if not isinstance(told, ConfirmationRefused):
        return {"status": "confirmed"}
    retry_at = None if told.retry_at is None else told.retry_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(told, NameProved):
        return {"status": "name_proved", "shown_name": {"level": told.shown_name.level.value, "text": told.shown_name.text}}
    if isinstance(told, NameRefused):
        return {"status": "name_refused", "retry_at": retry_at}
    return {"status": "needed", "needed": list(told.needed), "retry_at": retry_at}
