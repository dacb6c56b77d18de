# SPDX-License-Identifier: Apache-2.0
"""The `<transfer-confirmation>` component in a real browser, under the strictest content security policy."""

import pytest

from tests.ui.browser import stage
from transferguard import wording
from transferguard.decision import Outcome
from transferguard.ui import web

NARROWEST = 320
"""Pixels: what WCAG 2.2, 1.4.10, asks every page to reflow to."""


def asked(page):
    """What the component asked its host for, in order."""
    return page.evaluate("window.asked")


def tell(page, answer):
    """Hand the component what the guard said."""
    page.evaluate("(told) => document.querySelector('transfer-confirmation').answer(told)", answer)


def settle(page):
    """Wait until a tap meant for the screen before can no longer confirm."""
    page.wait_for_timeout(stage.SETTLE_MS)


def button(page, action, locale="en"):
    """The button with these words."""
    return page.get_by_role("button", name=wording.say(f"action.{action}", locale))


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("reader", [("light", "en"), ("dark", "en"), ("light", "zh-Hans"), ("dark", "ar")], ids="-".join)
def test_every_outcome_is_free_of_flaws(opened, flaws, keep, outcome, reader):
    """axe-core finds nothing in any outcome, light or dark, in any language, at the narrowest width, and nothing runs over the edge."""
    scheme, locale = reader
    seen = list(Outcome).index(outcome)
    page = opened(stage.outcome_sheet(outcome, locale=locale, seen=seen), width=NARROWEST, color_scheme=scheme)
    keep(page, f"{outcome.value}-{scheme}-{locale}-{NARROWEST}")

    assert flaws(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
    assert page.get_by_role("heading", level=2).inner_text() in {
        wording.say(f"headline.{outcome.value}{look}", locale)
        for look in ("", ".1", ".2", ".3")
        if f"headline.{outcome.value}{look}" in web.words(locale)
    }
    assert page.locator("section").get_attribute("dir") == ("rtl" if locale == "ar" else "ltr")


@pytest.mark.parametrize("context", [{"forced_colors": "active"}, {}], ids=["forced", "light"])
@pytest.mark.parametrize("outcome", Outcome)
def test_a_wide_screen_shows_the_same(opened, keep, outcome, context):
    """At the width of a desktop, and in the system's own colours; the main action stands there in full."""
    page = opened(stage.outcome_sheet(outcome, change=stage.cut_out if outcome is Outcome.CHALLENGE else None), width=1280, **context)
    keep(page, f"{outcome.value}-{'-'.join(context.values()) or 'light'}-1280")

    assert page.locator("[part=main-action]").is_visible()
    assert page.locator("section").bounding_box()["width"] <= 34 * 16


def test_a_quiet_payment_takes_one_press(opened):
    """Whom, how much, and the button."""
    page = opened(stage.outcome_sheet(Outcome.PROCEED))
    settle(page)
    button(page, "pay").click()

    (name, detail), *rest = asked(page)
    assert (name, rest) == ("confirm", [])
    assert detail["acknowledged"] is False
    assert detail["decision_id"] == stage.examined(stage.CASES[Outcome.PROCEED])[1].id
    tell(page, {"status": "confirmed"})
    assert page.get_by_role("status").inner_text() == "Confirmed."
    assert page.get_by_role("button").count() == 0


def test_a_press_meant_for_the_screen_before_confirms_nothing(opened):
    """Two quick taps on the same spot do not pay."""
    page = opened(stage.outcome_sheet(Outcome.PROCEED))
    page.evaluate("document.querySelector('transfer-confirmation').sheet = document.querySelector('transfer-confirmation').sheet")
    page.locator("[part=main-action]").dispatch_event("click")

    assert asked(page) == []


def test_a_warning_is_acknowledged_before_it_can_be_passed(opened):
    """The main action protects; going on needs a tick."""
    page = opened(stage.outcome_sheet(Outcome.WARN))
    settle(page)

    assert button(page, "pay_anyway").is_disabled()
    page.get_by_label("I have read this").check()
    button(page, "pay_anyway").click()
    assert [(name, detail["acknowledged"]) for name, detail in asked(page)] == [("confirm", True)]


def test_a_copy_stands_beside_the_person_it_copies(opened):
    """Level with each other, the differing character marked, the copied part of the picture outlined, and told in words."""
    page = opened(stage.outcome_sheet(Outcome.CHALLENGE, change=stage.cut_out))
    left, right = (page.get_by_role("group", name=name) for name in ("You are paying", "The person you know"))

    assert left.locator("mark").inner_text().split()[-1] == "季"
    assert "李思远" in right.inner_text()
    boxes = [side.get_by_role("img").bounding_box() for side in (left, right)]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] < boxes[1]["x"]
    outline = right.locator("rect.line").bounding_box()
    assert outline["width"] == pytest.approx(0.7 * boxes[1]["width"], abs=4)
    assert "1 character differs." in page.locator("[part=differences]").inner_text()


def test_the_friend_is_called_from_the_main_action(opened):
    """With the sender's own word for this person beside our words, not among them."""
    page = opened(stage.outcome_sheet(Outcome.CHALLENGE))
    page.locator("[part=main-action]").click()

    (name, detail), *_ = asked(page)
    assert name == "call"
    assert detail["account"] == stage.examined(stage.CASES[Outcome.CHALLENGE])[1].comparison.imitated.account
    assert page.locator("[part=main-action] bdi").inner_text() == "思远"


def test_a_challenge_asks_for_the_name_and_then_shows_it(opened, flaws, keep):
    """Wrong name, right name, look once more, go on: each of it announced, and none of it reachable by accident."""
    page = opened(stage.outcome_sheet(Outcome.CHALLENGE))
    settle(page)
    button(page, "type_name").click()
    field = page.get_by_label(wording.say("step.type_hidden_name"))
    field.fill("李思远")
    field.press("Enter")
    assert [detail["typed_name"] for _, detail in asked(page)] == ["李思远"]

    tell(page, {"status": "name_refused", "retry_at": "2026-11-23T10:00:00Z"})
    assert "This is not the name that we know. You can try again after" in page.get_by_role("alert").inner_text()
    assert field.get_attribute("aria-invalid") == "true"
    assert flaws(page) == []
    keep(page, "challenge-wrong-name")

    tell(page, {"status": "name_proved", "shown_name": {"level": "full", "text": "毕小川"}})
    assert "毕小川" in page.locator("[part=revealed]").inner_text()
    assert button(page, "pay_anyway").is_disabled()
    page.get_by_label("This is the person I mean to pay").check()
    assert flaws(page) == []
    keep(page, "challenge-name-proved")
    button(page, "pay_anyway").click()
    assert asked(page)[-1][1]["acknowledged"] is True


def test_a_wait_counts_down_and_can_be_cancelled(opened, keep):
    """By the host's clock, whatever the device says; after it the transfer is checked again."""
    page = opened(stage.outcome_sheet(Outcome.DELAY, change=stage.waiting(75)))
    assert page.get_by_role("timer").inner_text() in {"01:15:00", "01:14:59", "01:14:58"}
    assert not button(page, "check_again").is_visible()
    button(page, "cancel").click()
    assert asked(page)[-1][0] == "cancel"
    tell(page, {"status": "cancelled"})
    page.wait_for_timeout(1_100)  # the clock has stopped, too
    assert "Nothing was paid" in page.get_by_role("status").inner_text()

    page = opened(stage.outcome_sheet(Outcome.DELAY, change=stage.waiting(0)))
    keep(page, "delay-over")
    assert "The wait is over" in page.get_by_role("status").inner_text()
    button(page, "check_again").click()
    assert asked(page)[-1][0] == "release"


def test_a_refusal_can_be_appealed_and_not_passed(opened, flaws, keep):
    """No button of it confirms."""
    page = opened(stage.outcome_sheet(Outcome.REFUSE))
    button(page, "appeal").click()
    page.get_by_label(wording.say("label.appeal_field")).fill("It is my landlord.")
    keep(page, "refuse-appeal")
    assert flaws(page) == []
    button(page, "send_appeal").click()

    assert [(name, detail["text"]) for name, detail in asked(page)] == [("appeal", "It is my landlord.")]
    tell(page, {"status": "appealed"})
    assert page.get_by_role("button").count() == 0


def test_everything_can_be_done_with_the_keyboard(opened):
    """From the headline: main action, going on, field, check; each where it is expected, each with a visible focus."""
    page = opened(stage.outcome_sheet(Outcome.CHALLENGE))
    settle(page)
    page.evaluate("document.querySelector('transfer-confirmation').focus()")
    stops = []
    for _ in range(3):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.querySelector('transfer-confirmation').shadowRoot.activeElement.getAttribute('part')"))
    assert stops == ["main-action", "second-action", "quiet-action"]
    assert (
        page.evaluate("getComputedStyle(document.querySelector('transfer-confirmation').shadowRoot.activeElement).outlineStyle") == "solid"
    )

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("毕小川")
    page.keyboard.press("Enter")
    assert asked(page)[-1][1]["typed_name"] == "毕小川"
    tell(page, {"status": "name_proved", "shown_name": {"level": "masked", "text": "*川"}})
    for key in ("Tab", "Space", "Tab", "Enter"):
        page.keyboard.press(key)
    assert asked(page)[-1][1]["acknowledged"] is True


@pytest.mark.parametrize(
    ("outcome", "keys", "asks"),
    [
        (Outcome.PROCEED, ["Tab", "Enter"], ("confirm", False)),
        (Outcome.WARN, ["Tab", "Tab", "Space", "Tab", "Enter"], ("confirm", True)),
        (Outcome.DELAY, ["Tab", "Tab", "Enter"], ("cancel", None)),
        (Outcome.REFUSE, ["Tab", "Tab", "Enter", "Tab", "Enter"], ("appeal", None)),
    ],
    ids=[outcome.value for outcome in Outcome if outcome is not Outcome.CHALLENGE],
)
def test_every_outcome_can_be_played_through_with_the_keyboard(opened, outcome, keys, asks):
    """In the order in which it stands on the screen."""
    page = opened(stage.outcome_sheet(outcome, locale="ar"))
    settle(page)
    page.evaluate("document.querySelector('transfer-confirmation').focus()")
    for key in keys:
        page.keyboard.press(key)

    assert [(name, detail.get("acknowledged")) for name, detail in asked(page)] == [asks]


@pytest.mark.parametrize("kind", stage.HOSTILE)
def test_a_hostile_name_stays_in_its_box(opened, flaws, keep, kind):
    """It is text, of bounded length, in a box of its own; it neither turns our words around nor carries a sign of ours."""
    text = stage.HOSTILE[kind]
    marks = ({"at": 0, "length": 2, "trick": "added"}, {"at": 5, "length": 0, "trick": "missing"})
    page = opened(stage.outcome_sheet(Outcome.CHALLENGE, change=stage.named(text, marks=marks)), width=NARROWEST)
    keep(page, f"hostile-{kind}")
    name = page.locator("[part~=recipient] [part=name]").last
    drawn = "".join(name.evaluate("(box) => [...box.querySelectorAll('.spoken')].forEach((one) => one.remove()) ?? box.textContent"))

    assert len(drawn) <= 2 * 65
    assert not set(drawn) & set("\u202e\u2066\u2069\u0000\n✓✅🛡")
    assert page.evaluate("document.querySelector('transfer-confirmation').shadowRoot.querySelectorAll('dl img, dl b, script').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
    box, side = name.bounding_box(), page.locator("[part~=recipient]").bounding_box()
    assert side["x"] <= box["x"]
    assert box["x"] + box["width"] <= side["x"] + side["width"]
    assert box["y"] + box["height"] <= side["y"] + side["height"]
    assert flaws(page) == []


def test_the_next_warning_looks_different(opened):
    """Three looks and three headlines take turns, because people stop seeing what looks the same twice."""
    looks = set()
    for seen in range(web.LOOKS):
        page = opened(stage.outcome_sheet(Outcome.CHALLENGE, seen=seen))
        header = page.locator("header")
        looks.add((page.get_by_role("heading", level=2).inner_text(), header.evaluate("(one) => getComputedStyle(one).backgroundColor")))

    assert len(looks) == web.LOOKS
    assert len({look for _, look in looks}) == web.LOOKS


def test_a_picture_that_cannot_be_had_leaves_a_figure(opened):
    """And the sheet says that there is no picture, also to ears."""
    page = opened(stage.outcome_sheet(Outcome.CHALLENGE, pictures={}))

    assert page.get_by_role("img", name="No picture").count() == 2


def test_no_number_of_the_guard_reaches_the_screen(opened):
    """No probability, no weight, no verified name of anybody (rule 6)."""
    _, decision, _ = stage.examined(stage.CASES[Outcome.CHALLENGE])
    page = opened(stage.outcome_sheet(Outcome.CHALLENGE))
    whole = page.evaluate("document.querySelector('transfer-confirmation').shadowRoot.innerHTML")

    assert str(decision.probability) not in whole
    assert "毕小川" not in whole
