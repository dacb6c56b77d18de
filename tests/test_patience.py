# SPDX-License-Identifier: Apache-2.0
"""What others take has an end, whether they are slow, hang or raise, and threads that hang do not pile up."""

import contextvars
import threading
import time

import pytest

from transferguard import patience
from transferguard.errors import TooSlow
from transferguard.patience import MOST_GIVEN_UP, SHARE_FOR_OTHERS, Inquiry, ask, current, within

NOTE: contextvars.ContextVar[str] = contextvars.ContextVar("note", default="none")


@pytest.fixture
def gate():
    """Hanging services hang until the test is over."""
    gate = threading.Event()
    yield gate
    gate.set()


def given_up(number):
    """Whether so many threads are left behind, give or take the moment that one needs to come back."""
    for _ in range(200):
        if patience._given_up == number:
            return True
        time.sleep(0.01)
    return False


def test_outside_of_a_check_a_question_is_asked_at_once():
    """`observe` and the like take as long as they take."""
    assert current() is None
    assert ask(threading.get_ident, "clock.now") == threading.get_ident()


def test_all_questions_of_a_check_are_answered_on_one_thread_with_the_callers_context():
    """A view of a database and a host's request context hold from the first question to the last."""
    NOTE.set("request 7")
    with within(5):
        threads = {ask(threading.get_ident, "store.read") for _ in range(5)}

        assert len(threads - {threading.get_ident()}) == 1
        assert ask(NOTE.get, "directory.accounts") == "request 7"


def test_what_a_seam_raises_is_raised_where_it_was_asked():
    """A fault of a host's code reaches the host as itself, and the next question is answered all the same."""
    with within(5):
        with pytest.raises(ZeroDivisionError):
            ask(lambda: 1 // 0, "directory.contacts")
        with pytest.raises(KeyboardInterrupt):
            ask(lambda: (_ for _ in ()).throw(KeyboardInterrupt), "directory.contacts")
        assert ask(lambda: 7, "directory.contacts") == 7


def test_hanging_questions_together_take_no_longer_than_the_check_has(gate):
    """Each optional one takes half of what is left, so that a last one still gets its answer."""
    began = time.monotonic()
    with within(1):
        for _ in range(4):
            with pytest.raises(TooSlow, match=r"directory\.reports: no answer in time"):
                ask(gate.wait, "directory.reports", share=0.5)
        assert ask(lambda: "here", "store.record") == "here"
        with pytest.raises(TooSlow):
            ask(gate.wait, "store.record")
        with pytest.raises(TooSlow):
            ask(lambda: time.sleep(0.05), "store.record")

    assert SHARE_FOR_OTHERS * 0.9 < time.monotonic() - began < 1
    gate.set()
    assert given_up(0)


def test_our_own_work_takes_nothing_from_the_time_of_others():
    """Slow computing on a busy machine never looks like a service that hangs."""
    with within(0.5):
        time.sleep(0.6)
        assert ask(lambda: 7, "store.record") == 7


def test_threads_that_hang_do_not_pile_up(gate):
    """From some number on nothing is asked until one comes back, so a dead service costs bounded memory."""
    for _ in range(MOST_GIVEN_UP):
        with within(0.01), pytest.raises(TooSlow):
            ask(gate.wait, "directory.accounts")
    asked = []
    with within(1), pytest.raises(TooSlow):
        ask(lambda: asked.append(1), "directory.accounts")
    assert not asked
    gate.set()

    assert given_up(0)
    with within(1):
        assert ask(lambda: 7, "directory.accounts") == 7


def test_a_seam_that_asks_another_guard_does_not_wait_for_itself():
    """What is asked on the answering thread is asked at once."""
    with within(1):
        assert ask(lambda: ask(lambda: 7, "inner"), "outer") == 7


def test_an_inquiry_that_asked_nothing_has_no_thread():
    """A check that needs nobody costs nothing."""
    inquiry = Inquiry(1)
    inquiry.hang_up()

    assert inquiry.line is None
