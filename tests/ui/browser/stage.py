# SPDX-License-Identifier: Apache-2.0
"""A stage for the component: sheets made from the case files, and a page of a host with the strictest content security policy.

Nothing listens on a port: the browser's requests are answered from memory, and one that is not expected fails the test.
"""

import functools
import os
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from transferguard.case import load_case
from transferguard.case.check import examine_case
from transferguard.decision import Mark, Outcome, Region, SeenProfile, Step
from transferguard.testing.builders import NOW
from transferguard.ui import web

ROOT = Path(__file__).resolve().parents[3]
ORIGIN = "https://app.test"
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""No inline script or style, nothing from elsewhere, and no markup made of text."""

CHROMIUM = os.environ.get("TRANSFERGUARD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")

SETTLE_MS = 550
"""After which a press counts; the component ignores those within its first 500."""

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Transfer</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/page.css"><script type="module" src="/assets/transfer-confirmation.js"></script></head>
<body><main><h1 class="spoken">Transfer</h1><transfer-confirmation></transfer-confirmation></main></body></html>"""

PAGE_CSS = """:root { color-scheme: light dark; background: light-dark(#e9ecf1, #0e0f12); }
body { margin: 0; padding: 8px; } main { max-width: 34rem; margin: auto; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }"""

CASES = {
    Outcome.PROCEED: "old-friend-small-amount",
    Outcome.WARN: "real-name-status-unknown",
    Outcome.CHALLENGE: "copied-friend-one-sibling-letter-and-cropped-photo",
    Outcome.DELAY: "copied-friend-invisible-character",
    Outcome.REFUSE: "frozen-recipient",
}
"""A case of the suite for each outcome."""

HOSTILE = {
    "override": "\u202e\u2066李思远\u2069 gnp.exe",
    "tick": "✓ Verified ✅ 🛡 Bank",
    "emoji": "😀" * 500,
    "markup": "<img src=x onerror=alert(1)><b>Paid</b>&lt;script&gt;",
    "tall": "a" + "\u0301" * 60 + "ཱ" * 20,
    "unbroken": "W" * 64,
    "rtl": "محمد\u200f بن سلمان 123",
    "ours": 'Verified name: "李思远"\n[ Pay ]',
}
"""Names that try to break out of their place or to speak for us."""


@functools.cache
def examined(name):
    """The case, its decision, and the pictures in it by account."""
    case = load_case(ROOT / "tests" / "cases" / name / "case.json")
    pictures = {account.id: account.avatar for account in case.accounts if isinstance(account.avatar, bytes)}
    return case, examine_case(case).decision, pictures


def sheet_of(name, *, locale="en", change=None, **given):
    """What a host would send to the screen for this case.

    Args:
        name: Of the case.
        locale: Of the reader.
        change: Applied to the decision before its view is made.
        given: For `web.sheet`.
    """
    case, decision, pictures = examined(name)
    decision = change(decision) if change else decision
    addresses = {account: f"{ORIGIN}/pictures/{name}/{account}" for account in pictures}
    made = {"amount": case.transfer.money, "pictures": addresses, "now": NOW, "seen": 0} | given
    return web.sheet(decision.sender_view(locale), locale=locale, **made)


def outcome_sheet(outcome, **given):
    """The sheet of the case that stands for an outcome."""
    return sheet_of(CASES[outcome], **given)


def cut_out(decision):
    """The same with a region in the middle of the imitated picture, as an older and larger photo has it."""
    region = Region(change="cropped", recipient=(0.0, 0.0, 1.0, 1.0), imitated=(0.15, 0.1, 0.85, 0.8))
    return replace(decision, comparison=replace(decision.comparison, regions=(region,)))


def named(text, *, marks=()):
    """A change that gives the recipient this name, as a host's own view might hold it: nothing of it was cleaned."""

    def change(decision):
        comparison = decision.comparison
        recipient = SeenProfile(account=comparison.recipient.account, display_name=text, remark=text)
        return replace(decision, comparison=replace(comparison, recipient=recipient, marks=tuple(Mark(**mark) for mark in marks)))

    return change


def waiting(minutes):
    """A change that makes the wait this long; the fixed clock of the case counts."""

    def change(decision):
        return replace(decision, retry_at=NOW + timedelta(minutes=minutes), steps=(Step.WAIT, Step.CHECK_AGAIN))

    return change


def answered(route):
    """Serve page, assets and pictures from memory; everything else fails."""
    path = route.request.url.removeprefix(ORIGIN)
    head = {"Content-Security-Policy": STRICT, "X-Content-Type-Options": "nosniff"}
    if path == "/":
        route.fulfill(body=PAGE, content_type="text/html", headers=head)
    elif path == "/page.css":
        route.fulfill(body=PAGE_CSS, content_type="text/css", headers=head)
    elif path.startswith("/assets/"):
        kind = "text/javascript" if path.endswith(".js") else "text/css"
        route.fulfill(body=(web.assets() / path.removeprefix("/assets/")).read_bytes(), content_type=kind, headers=head)
    elif path.startswith("/pictures/"):
        _, _, name, account = path.split("/")
        route.fulfill(body=examined(name)[2][account], content_type="image/jpeg", headers=head)
    else:
        route.fulfill(status=404, body="")
