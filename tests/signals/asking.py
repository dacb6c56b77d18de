# SPDX-License-Identifier: Apache-2.0
"""Ask one signal about one piece of evidence."""

from dataclasses import replace

from transferguard.policy import Policy


def ask(signal, evidence, **policy):
    """All findings of a signal, under the default policy with these tables laid over it."""
    return list(signal(evidence, Policy.from_mapping(policy)))


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
