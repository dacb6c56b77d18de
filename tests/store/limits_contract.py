# SPDX-License-Identifier: Apache-2.0
"""What every store does about budgets, guesses and totals; part of the contract of `tests.store.contract`."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from tests.store.making import LONG_AGO, START, confirmation
from transferguard.budget import BudgetTerms, Look, TryLimits

TERMS = BudgetTerms()
LIMITS = TryLimits(per_pair=3, failed_per_recipient=5, hours=24)
HOUR = timedelta(hours=1)


def look(person, cost=1, extent="masked"):
    """One look at somebody's name."""
    return Look(person=person, extent=extent, cost=cost)


class LimitsContract:
    """Needs the fixture `store`."""

    def test_a_budget_is_spent_per_sender_and_refills(self, store):
        """Each sender has an own bucket, kept between calls."""
        assert store.balance("me", terms=TERMS, now=START).tokens == 100
        assert [store.spend("me", look(f"p{number}", 20), terms=TERMS, now=START) is None for number in range(6)] == [False] * 5 + [True]
        assert store.spend("you", look("p0", 20), terms=TERMS, now=START).tokens == 80
        assert store.balance("me", terms=TERMS, now=START).tokens == 0
        assert store.spend("me", look("p5", 20), terms=TERMS, now=START + timedelta(minutes=9)) is None
        assert store.spend("me", look("p5", 20), terms=TERMS, now=START + timedelta(minutes=10)).tokens == 0

    def test_the_same_look_again_is_free_for_a_day(self, store):
        """Editing an amount ten times shows the same name ten times and costs once; more of the name costs again."""
        assert store.spend("me", look("p", 30), terms=TERMS, now=START).tokens == 70
        assert store.spend("me", look("p", 30), terms=TERMS, now=START).tokens == 70
        assert store.spend("me", look("p", 30, "full"), terms=TERMS, now=START).tokens == 40
        assert store.spend("me", look("p", 30), terms=TERMS, now=START + 24 * HOUR - timedelta(microseconds=1)).tokens == 100
        assert store.spend("me", look("p", 30), terms=TERMS, now=START + 24 * HOUR).tokens == 70
        assert store.spend("me", look("p", 30), terms=TERMS, now=START + 25 * HOUR).tokens == 100

    def test_a_look_that_was_refused_is_not_paid_for(self, store):
        """What was not shown is neither charged nor free the next time."""
        store.spend("me", look("p", 90), terms=TERMS, now=START)

        assert store.spend("me", look("q", 11), terms=TERMS, now=START) is None
        assert store.balance("me", terms=TERMS, now=START).tokens == 10
        assert store.spend("me", look("q", 11), terms=TERMS, now=START) is None

    def test_a_settled_payment_gives_back_once(self, store):
        """The same payment reported twice gives one token, not two."""
        store.spend("me", look("p", 50), terms=TERMS, now=START)

        assert [store.give_back("me", transfer, terms=TERMS, now=START) for transfer in ("t1", "t1", "t2")] == [True, False, True]
        assert store.balance("me", terms=TERMS, now=START).tokens == 52

    def test_looks_without_a_payment_are_counted_by_person(self, store):
        """Who looks at three people and pays none of them is what the three-recipients rule is about."""
        for person, extent in [("p", "masked"), ("p", "full"), ("q", "masked"), ("r", "masked")]:
            store.spend("me", look(person, 1, extent), terms=TERMS, now=START)
        store.give_back("me", "t1", terms=TERMS, now=START)
        assert store.unpaid_looks("me", START, besides="nobody") == 3

        store.confirm(confirmation("t1", person="q", at=START))
        assert store.unpaid_looks("me", START, besides="nobody") == 2
        assert store.unpaid_looks("me", START + HOUR, besides="nobody") == 0
        assert store.unpaid_looks("you", LONG_AGO, besides="nobody") == 0

    def test_one_sender_has_three_guesses_at_a_name_in_a_day(self, store):
        """Right or wrong, after three the sender waits until the first of them is a day old; others are not concerned."""
        numbers = [store.begin_try("me", "p", terms=LIMITS, now=START + number * HOUR) for number in range(4)]

        assert None not in numbers[:3]
        assert len(set(numbers[:3])) == 3
        assert numbers[3] is None
        assert store.tries_end("me", "p", terms=LIMITS, now=START + 4 * HOUR) == START + 24 * HOUR
        store.settle_try(numbers[0])
        assert store.begin_try("me", "p", terms=LIMITS, now=START + 5 * HOUR) is None
        assert store.begin_try("me", "q", terms=LIMITS, now=START + 5 * HOUR) is not None
        assert store.begin_try("you", "p", terms=LIMITS, now=START + 5 * HOUR) is not None
        assert store.begin_try("me", "p", terms=LIMITS, now=START + 24 * HOUR - timedelta(microseconds=1)) is None
        assert store.begin_try("me", "p", terms=LIMITS, now=START + 24 * HOUR) is not None
        assert store.tries_end("me", "p", terms=LIMITS, now=START + 24 * HOUR) == START + 25 * HOUR

    def test_all_senders_together_have_a_bounded_number_of_wrong_guesses(self, store):
        """A hundred accounts learn no more than five; guesses that were right do not use up the allowance of the honest."""
        for number in range(10):
            store.settle_try(store.begin_try(f"friend{number}", "p", terms=LIMITS, now=START))
        begun = [store.begin_try(f"thief{number}", "p", terms=LIMITS, now=START) for number in range(100)]

        assert sum(number is not None for number in begun) == 5
        assert store.tries_end("anybody", "p", terms=LIMITS, now=START) == START + 24 * HOUR
        assert store.tries_end("anybody", "q", terms=LIMITS, now=START) is None

    def test_a_guess_that_nobody_could_judge_is_no_guess(self, store):
        """Taken back, it counts neither for the pair nor for the person, and other guesses stay as they were."""
        first, second, third = (store.begin_try("me", "p", terms=LIMITS, now=START) for _ in range(3))
        assert store.tries_end("me", "p", terms=LIMITS, now=START) is not None
        store.settle_try(first)
        store.withdraw_try(second)
        store.withdraw_try(second)

        fourth = store.begin_try("me", "p", terms=LIMITS, now=START)
        assert fourth not in {None, first, third}
        assert store.begin_try("me", "p", terms=LIMITS, now=START) is None
        begun = [store.begin_try(f"thief{number}", "p", terms=LIMITS, now=START) for number in range(9)]
        assert sum(number is not None for number in begun) == 3

    def test_racing_guesses_and_looks_get_no_more_than_one_after_the_other(self, store):
        """Threads that race for the last guess or token share what one alone would have had."""
        with ThreadPoolExecutor(16) as pool:
            begun = list(pool.map(lambda _: store.begin_try("me", "p", terms=LIMITS, now=START), range(24)))
            seen = list(pool.map(lambda number: store.spend("me", look(f"q{number}", 20), terms=TERMS, now=START), range(24)))

        assert sum(number is not None for number in begun) == 3
        assert sum(left is not None for left in seen) == 5

    def test_a_confirmation_waits_for_a_second_look_when_more_went_to_the_person(self, store):
        """Who was shown a mask for 900 cannot confirm it after 900 more were confirmed elsewhere meanwhile."""
        first, second = confirmation("t1", receipt="r1"), confirmation("t2", receipt="r2")

        assert store.confirm_unless_more(first, since=START, seen=[]) == first
        assert store.confirm_unless_more(second, since=START, seen=[]) is None
        assert store.confirmation("t2") is None
        assert store.confirm_unless_more(first, since=START, seen=[]) == first
        assert store.confirm_unless_more(second, since=START, seen=["t1"]) == second
        assert store.confirm_unless_more(confirmation("t3", receipt="r3"), since=START + HOUR, seen=[]) is not None
        assert store.confirm_unless_more(confirmation("t4", receipt="r4", person="q"), since=START, seen=[]) is not None
