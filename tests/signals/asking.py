# SPDX-License-Identifier: Apache-2.0
"""Ask one signal about one piece of evidence, under weights that stand here, so that tuning the default policy breaks no test."""

from dataclasses import replace

from transferguard.policy import Policy

WEIGHTS: dict[str, dict[str, float]] = {
    "stranger": {"imposture": 4.0, "scam": 2.0, "mule": 1.0},
    "new_contact": {"imposture": 3.5, "scam": 2.0},
    "first_transfer": {"imposture": 2.5, "scam": 1.0, "mule": 0.5},
    "new_account": {"imposture": 3.5, "scam": 2.5, "mule": 3.0},
    "recent_profile_change": {"imposture": 3.5, "takeover": 1.0, "scam": 1.0},
    "converging_profile": {"imposture": 3.0},
    "displaced_contact": {"imposture": 2.0},
    "verified_name_mismatch": {"imposture": 0.7},
    "verified_name_match": {"imposture": -4.0},
    "same_person": {"imposture": -60.0},
    "known_recipient": {"imposture": -24.0, "takeover": -24.0, "mule": -24.0, "scam": -24.0},
    "malformed_name": {"scam": 8.0, "imposture": 4.0},
    "role_name": {"scam": 6.0},
    "split_amounts": {"scam": 1.5, "mule": 1.0},
    "reported": {"mule": 3.0, "scam": 3.0, "imposture": 3.0},
    "recipient_takeover": {"takeover": 8.0, "mule": 3.0},
    "sender_takeover": {"takeover": 6.0},
    "dormant_awakened": {"takeover": 3.0, "mule": 3.0},
    "many_accounts": {"mule": 3.0, "scam": 0.0},
    "collecting_account": {"mule": 6.0, "scam": 3.0},
    "pass_through_flow": {"mule": 8.0},
    "money_request": {"imposture": 3.0, "takeover": 5.0, "scam": 3.0},
    "unusual_amount": {"takeover": 3.0, "scam": 1.0, "imposture": 0.5},
    "purpose_mismatch": {"scam": 5.0, "imposture": 2.0},
}
"""Bits per reason and hypothesis; round numbers that are easy to reckon with."""

SPANS = {
    "new_contact_days": 30,
    "new_account_days": 90,
    "profile_change_days": 30,
    "security_event_days": 14,
    "report_days": 90,
    "dormant_days": 180,
    "usual_accounts": 3,
    "split_count": 3,
}
RESEMBLANCE = {
    "undated_bits": -3.0,
    "probably_senior_bits": -8.0,
    "other_picture_bits": -2.0,
    "acquaintance_bits": -4.0,
    "acquaintance_unit_days": 180,
    "shared_name_bits": 100.0,
    "shared_picture_bits": 100.0,
    "weakest_bits": 3.0,
}


def ask(signal, evidence, **policy):
    """All findings of a signal, under these weights with these tables laid over them."""
    fixed = {"weights": WEIGHTS, "spans": SPANS, "resemblance": RESEMBLANCE}
    return list(signal(evidence, Policy.from_mapping(fixed | policy)))


def weights(signal, evidence, **policy):
    """Bits per hypothesis of a signal that says one thing."""
    return {finding.hypothesis.value: round(finding.weight, 3) for finding in ask(signal, evidence, **policy)}


def details(signal, evidence, **policy):
    """What a signal tells operators besides, once."""
    found = ask(signal, evidence, **policy)
    return dict(found[0].detail) if found else None


def recipient(evidence, **fields):
    """The same evidence about a recipient of whom something else is known."""
    return replace(evidence, recipient=replace(evidence.recipient, **fields))


def tie(evidence, **fields):
    """The same evidence with another tie between the two."""
    return replace(evidence, tie=replace(evidence.tie, **fields))
