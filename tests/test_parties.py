# SPDX-License-Identifier: Apache-2.0
"""What a name says by itself, whomever it may copy."""

import pytest

from transferguard.decision import Outcome, Reason
from transferguard.testing.builders import quiet_world

STRANGER = {"verified_name": "Вера Волкова", "identity": "p-9"}


def asked(name):
    """A stranger with that display name is about to be paid."""
    return quiet_world().with_stranger(display_name=name, **STRANGER).decide()


@pytest.mark.parametrize("name", ["Pаypal", "Аlice", "Вова Пeтров"])
def test_a_word_of_two_scripts_is_evidence_by_itself(name):
    """Nobody need be copied by it: the finding names the kind of tampering, and it alone stops nobody."""
    decision = asked(name)
    found = [finding for finding in decision.findings if finding.reason is Reason.MALFORMED_NAME]

    assert found
    assert all(finding.detail == {"tricks": ["mixed_script"]} and finding.weight > 0 for finding in found)
    assert decision.outcome < Outcome.CHALLENGE


@pytest.mark.parametrize("name", ["Ivan Иванов", "DJ-Вова", "日本Tony", "Tony哥", "α-team"])
def test_words_of_different_scripts_side_by_side_are_ordinary(name):
    """Many honest people write their name so."""
    assert Reason.MALFORMED_NAME not in {finding.reason for finding in asked(name).findings}
