# SPDX-License-Identifier: Apache-2.0
"""The collector of garbage rests while it would only cost time, and is left as it was found."""

import gc

import pytest

from transferguard.collecting import collect_now, without_collecting


@pytest.mark.parametrize("collected", [True, False])
def test_the_collector_rests_and_is_left_as_it_was(collected):
    """Also where something goes wrong meanwhile."""
    before, resting = gc.isenabled(), []

    @without_collecting()
    def fail():
        resting.append(not gc.isenabled())
        raise ZeroDivisionError

    (gc.enable if collected else gc.disable)()
    try:
        with pytest.raises(ZeroDivisionError):
            fail()
        assert (resting, gc.isenabled()) == ([True], collected)
    finally:
        (gc.enable if before else gc.disable)()


@pytest.mark.parametrize("collected", [True, False])
def test_all_is_collected_at_once_unless_the_host_turned_the_collector_off(collected, monkeypatch):
    """A host that collects on its own terms is left alone."""
    rounds: list[int] = []
    monkeypatch.setattr(gc, "isenabled", lambda: collected)
    monkeypatch.setattr(gc, "collect", lambda: rounds.append(1))
    collect_now()
    assert len(rounds) == collected
