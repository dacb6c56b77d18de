# SPDX-License-Identifier: Apache-2.0
"""What every archive does; part of the store contract."""

from datetime import timedelta

import pytest

from tests.store.making import START, day, record
from transferguard.codes import Label
from transferguard.seams import Archive, Feedback


def said(label, *, decision="d1", at=START):
    """Feedback as a host gives it."""
    return Feedback(decision_id=decision, label=Label(label), at=at)


class ArchiveContract:
    """The half of the contract that looks back."""

    def test_it_can_be_looked_back_into(self, store):
        """Our stores are archives too."""
        assert isinstance(store, Archive)
        assert (store.policy("sha256:0"), store.count_decisions(), list(store.decisions()), store.labels()) == (None, 0, [], {})

    def test_a_policy_is_kept_under_its_digest(self, store):
        """Keeping it again changes nothing."""
        for _ in range(2):
            store.keep_policy("sha256:0", b"{}")

        assert store.policy("sha256:0") == b"{}"
        assert store.policy("sha256:1") is None

    def test_decisions_come_back_oldest_first_and_once(self, store):
        """Also when there are more than one reads at a time, and several at the same moment."""
        made = [record(f"d{number:03}", transfer_id=f"t{number}", at=day(number // 50)) for number in range(420)]
        for one in reversed(made):
            store.record(one, same_since=one.decided_at)

        assert [one.decision.id for one in store.decisions()] == [one.decision.id for one in made]
        assert next(iter(store.decisions())) == made[0]
        assert store.count_decisions() == len(made)

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_the_later_label_holds_in_any_order_of_telling(self, store, order):
        """An investigation may end otherwise than it began."""
        store.record(record(), same_since=START)
        told = [said("fraud"), said("honest", at=START + timedelta(days=2))]
        for number in order:
            store.label(told[number])

        assert store.labels() == {"d1": told[1]}

    def test_a_label_told_twice_is_one_label(self, store):
        """A retry after a timeout is harmless."""
        store.record(record(), same_since=START)

        assert store.label(said("scam"))
        assert store.label(said("scam"))
        assert store.labels() == {"d1": said("scam")}

    def test_nobody_labels_what_was_never_decided(self, store):
        """The caller is told that nothing was kept."""
        assert not store.label(said("fraud", decision="unknown"))
        assert store.labels() == {}
