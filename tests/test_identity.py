# SPDX-License-Identifier: Apache-2.0
"""An answer about a name is one of five, and carries a name only where the name fits."""

import pytest

from transferguard.codes import MatchResult
from transferguard.identity import MATCH_ONLY, IdentityAnswer, IdentityResult
from transferguard.model import Unavailable


@pytest.mark.parametrize(
    ("result", "match", "told", "keeps"),
    [
        ("match", MatchResult.MATCH, True, True),
        ("close_match", MatchResult.CLOSE_MATCH, True, True),
        ("no_match", MatchResult.NO_MATCH, True, False),
        ("unavailable", MatchResult.UNAVAILABLE, False, False),
        ("error", MatchResult.UNAVAILABLE, False, False),
    ],
)
def test_each_answer_says_what_was_compared_and_whether_its_name_is_kept(result, match, told, keeps):
    """A name beside "no match" is dropped at the border, an error says as little as silence, and no repr holds a name."""
    answer = IdentityAnswer(result=IdentityResult(result), name="毕小川")

    assert answer.result.match is match
    assert answer.result.told is told
    assert answer.name == ("毕小川" if keeps else MATCH_ONLY)
    assert "毕小川" not in repr(answer)


@pytest.mark.parametrize("result", IdentityResult)
def test_an_answer_without_a_name_keeps_its_reason(result):
    """Why there is no name is the provider's to say, whatever the answer."""
    why = Unavailable("asked too often")

    assert IdentityAnswer(result=result, name=why).name == why
    assert IdentityAnswer(result=result).name == MATCH_ONLY
