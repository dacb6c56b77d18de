# SPDX-License-Identifier: Apache-2.0
"""A real Chromium for the tests of this folder; where there is none they are skipped, and `.ci/run` counts that as failed."""

import os
from pathlib import Path

import pytest

from tests.ui.browser import stage


@pytest.fixture(scope="package")
def chromium():
    """One browser for all tests here; it ends before other tests start loops of their own."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="no Playwright: pip install 'transferguard[dev]'")
    if stage.CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium, or name one in TRANSFERGUARD_CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=stage.CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def keep():
    """Keep a screenshot where TRANSFERGUARD_SCREENSHOTS says; without it none is taken."""
    folder = os.environ.get("TRANSFERGUARD_SCREENSHOTS")

    def shoot(page, name):
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return shoot


@pytest.fixture
def complaints():
    """What the browser's console said against a page."""
    return []


@pytest.fixture
def flaws(complaints):
    """What axe-core finds on a page, with all rules of its default set: one line per flaw."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe: pip install 'transferguard[dev]'").Axe()

    def find(page):
        before = len(complaints)
        found = axe.run(page).response["violations"]
        page.evaluate("0")
        del complaints[before:]  # the engine styles the page while it measures, which our policy forbids and reports
        return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]

    return find


@pytest.fixture
def opened(chromium, complaints):
    """Open sheets: `opened(sheet, width=..., **context)` gives the page with the sheet drawn.

    A page that broke its content security policy, logged an error or asked for something unexpected fails the test at its end.
    """
    contexts = []

    def show(sheet, *, width=420, **context):
        made = chromium.new_context(viewport={"width": width, "height": 900}, device_scale_factor=1, reduced_motion="reduce", **context)
        contexts.append(made)
        page = made.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/*", stage.answered)
        page.goto(f"{stage.ORIGIN}/")
        draw(page, sheet)
        return page

    yield show
    for context in contexts:
        context.close()
    assert not complaints


def draw(page, sheet):
    """Give the component its sheet, wait until it stands there, and record what it asks for."""
    page.evaluate(
        """async (sheet) => {
            await customElements.whenDefined("transfer-confirmation");
            const element = document.querySelector("transfer-confirmation");
            window.asked = [];
            for (const name of ["confirm", "back", "call", "open-chat", "cancel", "release", "appeal"])
                element.addEventListener(`transfer-${name}`, (event) => window.asked.push([name, event.detail]));
            const shown = new Promise((done) => element.addEventListener("transfer-shown", done, { once: true }));
            element.sheet = sheet;
            await shown;
            await Promise.all([...element.shadowRoot.querySelectorAll("img")].map((one) => one.decode().catch(() => {})));
        }""",
        sheet,
    )


def pytest_collection_modifyitems(items):
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
