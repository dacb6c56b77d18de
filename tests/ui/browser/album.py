# SPDX-License-Identifier: Apache-2.0
"""Draw the sheets of every outcome side by side, to be looked at: `python -m tests.ui.browser.album build/album`.

One strip per circumstance: light, dark, Arabic, Chinese, 320 pixels, forced colours, hostile names. `docs/sheet/outcomes.png` is
drawn here, too.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.ui.browser import conftest, stage
from transferguard.decision import Outcome

GAP_PX = 12
GROUND = (232, 235, 240)

STRIPS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "arabic": {"color_scheme": "light", "locale": "ar"},
    "chinese": {"color_scheme": "dark", "locale": "zh-Hans"},
    "narrow": {"color_scheme": "light", "width": 320},
    "forced": {"forced_colors": "active"},
}


def shot(browser: Browser, sheet: dict[str, Any], *, width: int = 420, **context: Any) -> Image.Image:
    """One sheet as a picture."""
    made = browser.new_context(viewport={"width": width, "height": 200}, **context)
    page = made.new_page()
    page.route("**/*", stage.answered)
    page.goto(f"{stage.ORIGIN}/")
    conftest.draw(page, sheet)
    drawn = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    made.close()
    return drawn


def beside(pictures: list[Image.Image]) -> Image.Image:
    """Pictures in a row."""
    size = (sum(one.width + GAP_PX for one in pictures) - GAP_PX, max(one.height for one in pictures))
    row = Image.new("RGB", size, GROUND)
    left = 0
    for one in pictures:
        row.paste(one, (left, 0))
        left += one.width + GAP_PX
    return row


def outcome(browser: Browser, which: Outcome, *, locale: str = "en", seen: int = 0, **context: Any) -> Image.Image:
    """The sheet of one outcome."""
    change = stage.cut_out if which is Outcome.CHALLENGE else None
    return shot(browser, stage.outcome_sheet(which, locale=locale, seen=seen, change=change), **context)


def main(folder: Path) -> None:
    """Draw everything into this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=stage.CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        for name, context in STRIPS.items():
            beside([outcome(browser, which, seen=at, **context) for at, which in enumerate(Outcome)]).save(folder / f"{name}.png")
        hostile = [stage.outcome_sheet(Outcome.CHALLENGE, change=stage.named(text)) for text in stage.HOSTILE.values()]
        beside([shot(browser, sheet, width=320) for sheet in hostile]).save(folder / "hostile.png")
        shown = [
            outcome(browser, Outcome.CHALLENGE, color_scheme="light"),
            outcome(browser, Outcome.DELAY, seen=2, color_scheme="dark"),
            outcome(browser, Outcome.CHALLENGE, locale="ar", seen=1, color_scheme="light"),
            outcome(browser, Outcome.REFUSE, color_scheme="light"),
        ]
        row = beside(shown)
        row.quantize(128).save(folder / "outcomes.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
