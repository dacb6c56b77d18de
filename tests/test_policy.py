# SPDX-License-Identifier: Apache-2.0
"""Every number of the policy is validated, and whatever is wrong with one is told by its key."""

import hashlib
import json
import tomllib
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transferguard.decision import Hypothesis, Reason
from transferguard.errors import InvalidPolicy
from transferguard.policy import _DIGESTS, Policy, Profile
from transferguard.weigh import GROUP_OF_REASON

BROKEN: dict[str, tuple[Any, str, str]] = {
    "misspelt table": ({"treshold": {"warn": 0.1}}, "treshold", "did you mean threshold"),
    "misspelt key": ({"spans": {"new_contact_day": 3}}, "spans.new_contact_day", "new_contact_days"),
    "nothing like it": ({"qqq": 1}, "qqq", "policy show"),
    "text for a number": ({"spans": {"total_hours": "24"}}, "spans.total_hours", ""),
    "float for a count": ({"spans": {"split_count": 2.5}}, "spans.split_count", ""),
    "truth for a number": ({"spans": {"split_count": True}}, "spans.split_count", ""),
    "number for a table": ({"spans": 3}, "spans", "table"),
    "zero days": ({"spans": {"new_account_days": 0}}, "spans.new_account_days", ""),
    "probability of one": ({"threshold": {"warn": 1.0}}, "threshold.warn", ""),
    "NaN": ({"prior": {"scam": float("nan")}}, "prior.scam", ""),
    "infinity": ({"prior": {"scam": float("-inf")}}, "prior.scam", ""),
    "unknown profile": ({"profile": "us"}, "profile", "cn"),
    "unknown outcome": ({"missing": {"circle": "shrug"}}, "missing.circle", "warn"),
    "unknown currency": ({"disclosure": {"XYZ": 5}}, "disclosure.XYZ", "ISO 4217"),
    "unknown hypothesis": ({"weights": {"stranger": {"bad_luck": 1.0}}}, "weights.stranger.bad_luck", ""),
    "unknown reason": ({"weights": {"bad_hair": {"scam": 1.0}}}, "weights.bad_hair", ""),
    "warn above challenge": ({"threshold": {"warn": 0.5}}, "threshold.warn", "challenge"),
    "delay below warn": ({"threshold": {"delay": 0.001}}, "threshold.delay", "warn"),
    "blind payments": ({"missing": {"full_name": "warn"}}, "missing.full_name", "blind"),
    "silent unverified": ({"missing": {"real_name_status": "proceed"}}, "missing.real_name_status", "unverified"),
    "mild downgrade": ({"standing": {"downgraded": "warn"}}, "standing.downgraded", "challenge"),
    "mild downgrade of the sender": ({"standing": {"sender_downgraded": "warn"}}, "standing.sender_downgraded", "challenge"),
    "fraud that excuses": ({"weights": {"stranger": {"imposture": -1.0}}}, "weights.stranger.imposture", "sign"),
    "history that accuses": ({"weights": {"known_recipient": {"scam": 1.0}}}, "weights.known_recipient.scam", "sign"),
    "missing dates that accuse": ({"resemblance": {"undated_bits": 1.0}}, "resemblance.undated_bits", ""),
    "a full name cheaper than a mask": ({"budget": {"full": 0}}, "budget.full", "masked"),
    "a name nobody can afford": ({"budget": {"full": 1_000_000}}, "budget.full", "capacity"),
    "not a table at all": ([1], "policy", "table"),
}


@pytest.mark.parametrize("what", sorted(BROKEN))
def test_a_policy_that_cannot_be_meant_is_refused_by_its_key(what):
    """The message names the key and what is wrong or what to do."""
    overrides, key, told = BROKEN[what]

    with pytest.raises(InvalidPolicy) as caught:
        Policy.from_mapping(overrides)
    assert caught.value.field == key
    assert told in str(caught.value)


def test_nothing_overridden_is_the_default():
    """An empty mapping and an empty file mean the policy that ships."""
    assert Policy.from_mapping({}) == Policy.from_toml("") == Policy.default()


@pytest.mark.parametrize(
    ("text", "told"), [("a = ", "not TOML"), ("a" + "." + "a" * 10 + "=", "not TOML"), ("a = " + "[" * 4_000, "policy")]
)
def test_text_that_is_not_toml_is_a_policy_error(text, told):
    """Also when it is nested beyond reason."""
    with pytest.raises(InvalidPolicy, match=told):
        Policy.from_toml(text)


def test_the_policy_that_is_printed_is_the_policy_that_is_read():
    """What `policy show` prints can be saved and used, with the units and sources beside the numbers."""
    changed = Policy.from_mapping({"spans": {"total_hours": 48}, "disclosure": {"THB": 5_000}, "weights": {"reported": {"takeover": 1.5}}})

    assert Policy.from_toml(changed.to_toml()) == changed
    assert Policy.from_toml(Policy.default().to_toml()) == Policy.default()
    assert "# hours" in next(line for line in changed.to_toml().splitlines() if line.startswith("total_hours"))


def test_the_digest_tells_policies_apart_and_nothing_else():
    """Equal policies have one digest however they were written; another number is another policy."""
    same = [Policy.default(), Policy.from_mapping({"profile": "cn"}), Policy.from_toml('profile = "cn"')]

    assert len({one.digest for one in same}) == 1
    assert Policy.default().with_profile("eu").digest not in {one.digest for one in same}
    assert Policy.default().with_profile("eu").profile is Profile.EU


def test_every_number_of_the_default_names_its_unit_or_source():
    """Nobody has to guess what a number means or where it comes from."""
    text = files("transferguard").joinpath("default_policy.toml").read_text(encoding="utf-8")
    numbers = [line for line in text.splitlines() if "=" in line.partition("#")[0]]

    assert [line for line in numbers if not line.partition("#")[2].strip()] == []


def test_every_reason_of_the_policy_and_of_the_groups_is_a_reason():
    """No weight is given to something that no signal can say."""
    weights = tomllib.loads(files("transferguard").joinpath("default_policy.toml").read_text(encoding="utf-8"))["weights"]

    assert set(weights) <= {reason.value for reason in Reason}
    assert set(GROUP_OF_REASON) <= set(Reason)


@pytest.mark.parametrize(
    ("currency", "minor"),
    [
        ("CNY", 100_000),
        ("USD", 15_000),
        ("EUR", 15_000),
        ("GBP", 13_000),
        ("BRL", 80_000),
        ("INR", 1_000_000),
        ("JPY", 20_000),
        ("KWD", 50_000),
        ("CHF", 100_000),
    ],
)
def test_the_threshold_of_the_full_name_knows_the_decimals_of_its_currency(currency, minor):
    """Yen have none, dinars three; a currency without a line follows `other`."""
    assert Policy.default().full_name_threshold(currency).minor == minor


@given(
    st.dictionaries(
        st.sampled_from(["spans", "threshold", "prior", "x"]),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=5,
        ),
    )
)
@settings(max_examples=60)
def test_any_mapping_is_a_policy_or_a_policy_error(overrides):
    """Nothing else escapes, whatever a host's file holds."""
    try:
        policy = Policy.from_mapping(overrides)
    except InvalidPolicy as error:
        assert error.field  # noqa: PT017 - either way is right; what must not happen is another exception
    else:
        assert policy == Policy.from_mapping(policy.to_mapping())


def test_a_prior_and_weights_are_found_by_name():
    """A reason without weights weighs nothing."""
    policy = Policy.default()

    assert policy.prior.of(Hypothesis.SCAM) == policy.prior.scam
    assert policy.bits(Reason.FROZEN) == {}


def test_the_default_policy_is_printed_as_it_ships():
    """Every line, comment, column and blank line: nothing is lost or moved by reading and writing; 0.20 may become 0.2."""
    shipped = (files("transferguard") / "default_policy.toml").read_text(encoding="utf-8")

    def shape(text):
        return [(line.partition(" ")[0], line.find("#"), line.partition("#")[2]) for line in text.split("\n")]

    assert shape(Policy.default().to_toml()) == shape(shipped)
    assert tomllib.loads(Policy.default().to_toml()) == tomllib.loads(shipped)


def test_a_key_that_the_default_does_not_have_stands_at_the_end_of_its_table():
    """Before the blank line that ends the table; in the last table at the end of the file."""
    lines = Policy.from_mapping({"disclosure": {"MZN": 5_000}, "weights": {"reported": {"takeover": 1.5}}}).to_toml().splitlines()
    middle = lines.index("takeover = 1.5")

    assert lines.index("MZN = 5000") == len(lines) - 1
    assert lines[-2].strip()
    assert lines[middle - 1].startswith(("mule", "scam", "imposture", "[weights.reported]"))
    assert not lines[middle + 1]


AT_THE_BORDER: dict[str, tuple[Any, Any, str]] = {
    "warn and challenge": (
        {"threshold": {"warn": 0.19, "challenge": 0.2}},
        {"threshold": {"warn": 0.2, "challenge": 0.2}},
        "threshold.warn",
    ),
    "delay and warn": (
        {"threshold": {"warn": 0.1, "challenge": 0.2, "delay": 0.1}},
        {"threshold": {"warn": 0.1, "challenge": 0.2, "delay": 0.09}},
        "threshold.delay",
    ),
    "unknown status": ({"missing": {"real_name_status": "warn"}}, {"missing": {"real_name_status": "proceed"}}, "missing.real_name_status"),
    "unseen name": ({"missing": {"full_name": "delay"}}, {"missing": {"full_name": "challenge"}}, "missing.full_name"),
    "downgraded": ({"standing": {"downgraded": "challenge"}}, {"standing": {"downgraded": "warn"}}, "standing.downgraded"),
    "sender downgraded": (
        {"standing": {"sender_downgraded": "challenge"}},
        {"standing": {"sender_downgraded": "warn"}},
        "standing.sender_downgraded",
    ),
    "full and masked": ({"budget": {"full": 5, "masked": 5}}, {"budget": {"full": 4, "masked": 5}}, "budget.full"),
    "full and capacity": ({"budget": {"full": 50, "capacity": 50}}, {"budget": {"full": 51, "capacity": 50}}, "budget.full"),
    "alarm shares": (
        {"alarm": {"least_share": 0.1, "most_share": 0.2}},
        {"alarm": {"least_share": 0.2, "most_share": 0.2}},
        "alarm.least_share",
    ),
    "alarm transfers": (
        {"alarm": {"least_transfers": 90, "window_transfers": 90}},
        {"alarm": {"least_transfers": 91, "window_transfers": 90}},
        "alarm.least_transfers",
    ),
    "alarm outcome": ({"alarm": {"stopped_from": "warn"}}, {"alarm": {"stopped_from": "proceed"}}, "alarm.stopped_from"),
    "a weight of nothing": ({"weights": {"stranger": {"scam": 0.0}}}, {"weights": {"stranger": {"scam": -0.01}}}, "weights.stranger.scam"),
    "an excuse of nothing": (
        {"weights": {"known_recipient": {"scam": 0.0}}},
        {"weights": {"known_recipient": {"scam": 0.01}}},
        "weights.known_recipient.scam",
    ),
    "bits": ({"prior": {"scam": -100.0}}, {"prior": {"scam": -100.5}}, "prior.scam"),
    "deduction": ({"resemblance": {"undated_bits": 0.0}}, {"resemblance": {"undated_bits": 0.5}}, "resemblance.undated_bits"),
    "days": ({"spans": {"report_days": 36_500}}, {"spans": {"report_days": 36_501}}, "spans.report_days"),
    "first day": ({"spans": {"report_days": 1}}, {"spans": {"report_days": 0}}, "spans.report_days"),
    "count": ({"spans": {"split_count": 1_000_000}}, {"spans": {"split_count": 1_000_001}}, "spans.split_count"),
    "tokens": ({"budget": {"miss": 0}}, {"budget": {"miss": -1}}, "budget.miss"),
    "per minute": ({"budget": {"per_minute": 0}}, {"budget": {"per_minute": -1}}, "budget.per_minute"),
    "accounts kept": ({"retention": {"accounts_days": 0}}, {"retention": {"accounts_days": -1}}, "retention.accounts_days"),
    "share": ({"alarm": {"most_share": 1.0}}, {"alarm": {"most_share": 1.01}}, "alarm.most_share"),
    "major units": ({"disclosure": {"CNY": 0}}, {"disclosure": {"CNY": -1}}, "disclosure.CNY"),
    "most major units": ({"disclosure": {"CNY": 10**12}}, {"disclosure": {"CNY": 10**12 + 1}}, "disclosure.CNY"),
}
"""The last value that can be meant, the first that cannot, and the key that is named."""


@pytest.mark.parametrize("what", sorted(AT_THE_BORDER))
def test_a_policy_is_accepted_up_to_its_border_and_not_beyond(what):
    """A host that turns a number as far as it goes is not refused, and one step further names the key."""
    inside, outside, key = AT_THE_BORDER[what]

    assert Policy.from_mapping(inside) == Policy.from_mapping(Policy.from_mapping(inside).to_mapping())
    with pytest.raises(InvalidPolicy) as caught:
        Policy.from_mapping(outside)
    assert caught.value.field == key


def test_a_complaint_about_an_unknown_key_is_short_and_names_one_neighbour():
    """Whatever a file holds, the message stays a line."""
    with pytest.raises(InvalidPolicy) as caught:
        Policy.from_mapping({"k" * 1_000: 1})
    assert caught.value.field == "k" * 80
    assert caught.value.remedy == "see `transferguard policy show`"
    with pytest.raises(InvalidPolicy) as caught:
        Policy.from_mapping({"spans": {"new_contact_dayz": 1}})
    assert (caught.value.field, caught.value.remedy) == ("spans.new_contact_dayz", "did you mean new_contact_days?")
    with pytest.raises(InvalidPolicy) as caught:
        Policy.from_mapping({"spans": [1]})
    assert str(caught.value) == "spans: must be a table of keys"


def test_one_number_is_turned_and_all_others_stay():
    """Overrides are laid over the default; two reasons of one table do not push each other out."""
    default, turned = Policy.default().to_mapping(), Policy.from_mapping({"spans": {"report_days": 3}}).to_mapping()

    assert turned["spans"].pop("report_days") == 3
    assert default["spans"].pop("report_days") != 3
    assert turned == default
    assert Policy.default().with_profile("br").to_mapping() | {"profile": "cn"} == Policy.default().to_mapping()


def test_the_digest_is_the_digest_of_what_is_written():
    """SHA-256 over the canonical JSON: another program can say which policy decided; asked twice or of many, it stays the same."""
    policies = [Policy.from_mapping({"spans": {"report_days": days}}) for days in range(1, 41)]
    expected = [
        "sha256:" + hashlib.sha256(json.dumps(one.to_mapping(), sort_keys=True, separators=(",", ":")).encode()).hexdigest()
        for one in policies
    ]

    assert [one.digest for one in policies] == [one.digest for one in policies] == expected
    assert len(_DIGESTS) <= 16


def test_each_hypothesis_has_a_prior_and_a_quiet_of_its_own():
    """By name, as numbers; no two are mixed up."""
    policy = Policy.from_mapping({"prior": {"imposture": -1.5, "takeover": -2.5, "mule": -3.5, "scam": -4}})

    assert [policy.prior.of(hypothesis) for hypothesis in Hypothesis] == [-1.5, -2.5, -3.5, -4.0]
    assert {type(policy.prior.of(hypothesis)) for hypothesis in Hypothesis} == {float}
