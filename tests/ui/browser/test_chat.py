# SPDX-License-Identifier: Apache-2.0
"""The example chat app, played through in a real browser: each outcome, a twin who changes while the sheet is open, the ledger."""

import threading
import time

import pytest

from tests.ui.browser import stage


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where the app listens, with a world of its own."""
    uvicorn = pytest.importorskip("uvicorn", reason="no uvicorn: pip install 'transferguard[dev]'")
    from examples.chat.app import make_app  # noqa: PLC0415 - it paints pictures, and needs the extra

    app = make_app(tmp_path_factory.mktemp("chat"))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", ws="none", timeout_graceful_shutdown=1))
    running = threading.Thread(target=server.run)
    running.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    running.join()


@pytest.fixture
def visit(chromium, address, complaints):
    """Open a page of the app; its console stays empty, but for the refusals that a test asks for."""
    contexts = []

    def arrive(path, **context):
        made = chromium.new_context(viewport={"width": 1180, "height": 900}, reduced_motion="reduce", **context)
        contexts.append(made)
        page = made.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path)
        page.wait_for_selector("html[data-ready]")
        return page

    yield arrive
    for context in contexts:
        context.close()
    assert not [one for one in complaints if "status of 40" not in one]


def transfer(page, amount):
    """Press Transfer, give an amount, and wait until the sheet stands and can be confirmed."""
    page.get_by_role("button", name="Transfer", exact=True).click()
    page.get_by_label("Amount in CNY").fill(amount)
    page.get_by_role("button", name="Next").click()
    outcome = page.locator("section[data-outcome]")
    outcome.wait_for()
    page.wait_for_timeout(stage.SETTLE_MS)
    return outcome.get_attribute("data-outcome")


def told(page, words):
    """Wait until the sheet says this."""
    page.get_by_role("status").get_by_text(words).wait_for()


def test_two_people_chat(visit):
    """What one writes stands on the other's page at once."""
    one, other = visit("/as/zhao?with=siyuan"), visit("/as/siyuan?with=zhao")
    one.get_by_label("Message", exact=True).fill("<b>到了吗</b>")
    one.get_by_role("button", name="Send", exact=True).click()

    other.get_by_text("<b>到了吗</b>").first.wait_for()


def test_an_old_friend_is_paid_at_once(visit):
    """And the ledger has a booking with a receipt."""
    page = visit("/as/zhao?with=siyuan")

    assert transfer(page, "200") == "proceed"
    page.get_by_role("button", name="Pay").click()
    told(page, "Confirmed.")
    page.get_by_role("button", name="Close").click()
    page.get_by_text("sent · receipt").wait_for()


def test_a_warning_is_read_first(visit):
    """An account whose real-name status is not known: a tick, then the money moves."""
    page = visit("/as/zhao?with=liang")

    assert transfer(page, "68") == "warn"
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="I have checked, go on").click()
    told(page, "Confirmed.")


def test_a_friends_twin_is_challenged(visit, flaws, keep):
    """The twin writes, the sheet compares, a wrong name is refused, and the main action leads to the real friend."""
    page = visit("/as/zhao")
    page.get_by_role("button", name="Let a friend").click()
    page.get_by_role("heading", name="李思远").wait_for()

    assert transfer(page, "300") == "challenge"
    keep(page, "chat-challenge")
    assert flaws(page) == []
    page.get_by_role("button", name="Type the name and go on").click()
    page.get_by_label("Type the real name").fill("李思远")
    page.get_by_role("button", name="Check the name").click()
    page.get_by_text("This is not the name that we know.").wait_for()
    page.get_by_role("button", name="Call the person you know first").click()
    page.get_by_role("heading", name="思远", exact=True).wait_for()


def test_the_verdict_follows_a_change_while_the_sheet_is_open(visit, keep):
    """The twin takes another name and another picture; the sender's open sheet changes with it."""
    sender, twin = visit("/as/zhao"), visit("/as/stranger?with=zhao", color_scheme="dark")
    sender.get_by_role("button", name="Let a friend").click()
    sender.get_by_role("heading", name="李思远").wait_for()
    assert transfer(sender, "300") == "challenge"

    twin.get_by_role("button", name="Name: 旺财数码").click()
    twin.get_by_label("my own").check()
    twin.get_by_role("button", name="Wear this").click()
    sender.locator("section[data-outcome]:not([data-outcome=challenge])").wait_for()

    twin.get_by_text("李思[zero width]远").click()
    twin.get_by_label("the friend’s", exact=True).check()
    twin.get_by_role("button", name="Wear this").click()
    sender.locator("section[data-outcome=delay]").wait_for()
    keep(sender, "chat-delay")
    keep(twin, "chat-twin-dark")


def test_a_wait_can_be_waited_out_or_given_up(visit):
    """After two hours everything is checked again; before, the sender can cancel at any time."""
    page = visit("/as/zhao?with=jie")

    assert transfer(page, "3000") == "delay"
    page.get_by_role("button", name="Cancel this payment").click()
    told(page, "Cancelled. Nothing was paid.")
    page.get_by_role("button", name="Close").click()

    assert transfer(page, "3100") == "delay"
    page.evaluate("fetch('/api/scenes/later', {method: 'POST'})")
    page.get_by_role("button", name="Check again now").click()
    page.locator("section[data-outcome]:not([data-outcome=delay])").wait_for()


def test_a_refusal_is_appealed(visit):
    """A frozen account cannot be paid; the operators read why the sender objects."""
    page = visit("/as/zhao?with=qiang")

    assert transfer(page, "900") == "refuse"
    page.get_by_role("button", name="Ask for a review").click()
    page.get_by_label("What should we know?").fill("He is my landlord.")
    page.get_by_role("button", name="Send", exact=True).last.click()
    told(page, "Thank you.")

    operators = visit("/operators")
    operators.get_by_text("He is my landlord.").wait_for()


def test_operators_see_how_it_adds_up_and_the_ledger_takes_receipts_only(visit, flaws, keep):
    """A waterfall per hypothesis, and a forged receipt that moves nothing."""
    transfer(visit("/as/zhao?with=guo"), "88")
    page = visit("/operators")
    page.get_by_role("button", name="Try to book").click()
    page.get_by_text("refused: ").wait_for()
    keep(page, "chat-operators")

    assert page.locator("article table").count() >= 1
    assert flaws(page) == []


@pytest.mark.parametrize("locale", ["zh-Hans", "ar"])
def test_the_sheet_speaks_the_readers_language(visit, keep, locale):
    """Chosen on the page; the sheet runs the other way in Arabic."""
    page = visit("/as/zhao?with=siyuan", color_scheme="dark")
    page.get_by_label("Language of the sheet").select_option(locale)
    transfer(page, "150")
    keep(page, f"chat-{locale}-dark")

    assert page.locator("section[data-outcome]").get_attribute("dir") == ("rtl" if locale == "ar" else "ltr")


def test_nobody_confirms_for_somebody_else(visit):
    """A decision belongs to its sender; another one's confirmation finds nothing."""
    page = visit("/as/zhao?with=siyuan")
    page.evaluate(
        """async () => {
            const post = (path, body) => fetch(path, {method: "POST", body: JSON.stringify(body)});
            const drawn = await (await post("/api/as/zhao/transfers", {to: "siyuan", amount: "120"})).json();
            window.stranger = (await post(`/api/as/stranger/decisions/${drawn.view.decision_id}/confirm`, {acknowledged: true})).status;
        }"""
    )

    assert page.evaluate("window.stranger") == 404


def test_a_late_answer_does_not_empty_the_chat(visit):
    """An answer about another chat that comes late, as it does on a busy machine, is not drawn over the one that is open."""
    page = visit("/as/zhao")
    page.evaluate(
        """() => { const before = window.fetch; window.fetch = async (path, options) => {
            const answer = await before(path, options);
            if (String(path).endsWith("with=")) await new Promise((done) => setTimeout(done, 1000));
            return answer; }; }"""
    )
    page.get_by_role("button", name="Let a friend").click()
    page.locator("#talk").get_by_text("急用").first.wait_for()

    page.wait_for_timeout(1_500)
    assert page.locator("#talk").get_by_text("急用").first.is_visible()
