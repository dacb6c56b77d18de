# SPDX-License-Identifier: Apache-2.0
"""Ask one signal about one piece of evidence, under weights that stand here, so that tuning the default policy breaks no test."""

from dataclasses import replace

from transferguard.policy import Policy

_TABLE = """
                        imposture takeover     mule     scam
stranger                        4        .        1        2
new_contact                   3.5        .        .        2
first_transfer                2.5        .      0.5        1
new_account                   3.5        .        3      2.5
recent_profile_change         3.5        1        .        1
converging_profile              3        .        .        .
displaced_contact               2        .        .        .
verified_name_mismatch        0.7        .        .        .
verified_name_match            -4        .        .        .
same_person                   -60        .        .        .
known_recipient               -24      -24      -24      -24
malformed_name                  4        .        .        8
role_name                       .        .        .        6
split_amounts                   .        .        1      1.5
reported                        3        .        3        3
recipient_takeover              .        8        3        .
sender_takeover                 .        6        .        .
dormant_awakened                .        3        3        .
many_accounts                   .        .        3        0
collecting_account              .        .        6        3
pass_through_flow               .        .        8        .
money_request                   3        5        .        3
no_request                     -1       -2        .       -2
unusual_amount                0.5        3        .        1
purpose_mismatch                2        .        .        5
"""
"""Bits per reason and hypothesis; round numbers that are easy to reckon with."""


def _read(text):
    """The table as a policy takes it."""
    head, *rows = (line.split() for line in text.strip().splitlines())
    return {reason: {one: float(bits) for one, bits in zip(head, cells, strict=True) if bits != "."} for reason, *cells in rows}


WEIGHTS = _read(_TABLE)

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
    "shared_nickname_bits": 100.0,
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
