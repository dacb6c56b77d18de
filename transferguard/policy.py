# SPDX-License-Identifier: Apache-2.0
"""Every number and table that a host may turn, validated.

The default is one TOML file with unit and source beside each number. A host overrides single keys; what it leaves out keeps its
default. Unknown keys, wrong types and combinations that cannot be meant are `InvalidPolicy` errors that name the key.

What is *not* policy: that unverified, frozen and closed parties are refused (rule 11 knows no knob), and the rules of design
section 4.
"""

from __future__ import annotations

import functools
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib.resources import files
from typing import Annotated, Any, Final, Self, TypeAlias

from pydantic import Field, Strict, TypeAdapter, ValidationError

from transferguard._tables.currencies import EXPONENT_OF_CURRENCY
from transferguard.correction import Correction
from transferguard.decision import Hypothesis, Outcome, Reason
from transferguard.errors import InvalidInput, InvalidPolicy
from transferguard.model import Money, exponent_of, invalid_input, value
from transferguard.policy_text import render

NO_CORRECTION: Final[Mapping[str, Any]] = {"sums": [], "bits": []}
"""The table of a policy that states sums as they are, as all did before there were corrections."""


class Profile(StrEnum):
    """Which market's disclosure rules apply."""

    CN = "cn"
    EU = "eu"
    IN = "in"
    BR = "br"


Bits: TypeAlias = Annotated[float, Strict(), Field(ge=-100, le=100, allow_inf_nan=False)]
Probability: TypeAlias = Annotated[float, Strict(), Field(gt=0, lt=1)]
Share: TypeAlias = Annotated[float, Strict(), Field(ge=0, le=1)]
Days: TypeAlias = Annotated[int, Strict(), Field(ge=1, le=36_500)]
Count: TypeAlias = Annotated[int, Strict(), Field(ge=1, le=1_000_000)]
Deduction: TypeAlias = Annotated[float, Strict(), Field(ge=-100, le=0, allow_inf_nan=False)]
Tokens: TypeAlias = Annotated[int, Strict(), Field(ge=0, le=1_000_000)]
MajorUnits: TypeAlias = Annotated[int, Strict(), Field(ge=0, le=10**12)]


_EXCULPATORY: Final = frozenset({Reason.SAME_PERSON, Reason.KNOWN_RECIPIENT, Reason.VERIFIED_NAME_MATCH, Reason.NO_REQUEST})
"""Reasons that speak for the recipient; evidence of fraud that weighed less than nothing would break rule 4."""


@value
class PerHypothesis:
    """Bits for each hypothesis."""

    imposture: Bits
    takeover: Bits
    mule: Bits
    scam: Bits

    def of(self, hypothesis: Hypothesis) -> float:
        """Those of one hypothesis."""
        return float(getattr(self, hypothesis.value))


@value
class Threshold:
    """Probabilities at which an outcome begins."""

    warn: Probability
    challenge: Probability
    delay: Probability


@value
class Resemblance:
    """How a likeness between two people is read, bits and days."""

    undated_bits: Deduction
    probably_senior_bits: Deduction
    other_picture_bits: Deduction
    acquaintance_bits: Deduction
    acquaintance_unit_days: Days
    shared_name_bits: Bits
    shared_nickname_bits: Bits
    shared_picture_bits: Bits
    weakest_bits: Bits


@value
class Spans:
    """Times and counts."""

    new_contact_days: Days
    new_account_days: Days
    profile_change_days: Days
    security_event_days: Days
    report_days: Days
    dormant_days: Days
    usual_accounts: Count
    total_hours: Count
    decision_minutes: Count
    receipt_minutes: Count
    delay_minutes: Count
    split_count: Count
    restless_renames: Count
    check_seconds: Count


@value
class Missing:
    """The mildest outcome when a fact cannot be had."""

    real_name_status: Outcome
    standing: Outcome
    circle: Outcome
    full_name: Outcome


@value
class StandingRules:
    """What a downgraded party may still do."""

    downgraded: Outcome
    sender_downgraded: Outcome
    downgraded_cap_factor: Count


@value
class BudgetRules:
    """What a sender may learn, in tokens; see `transferguard.budget`."""

    capacity: Count
    per_minute: Annotated[int, Strict(), Field(ge=0, le=1_000_000)]
    masked: Tokens
    full: Tokens
    miss: Tokens
    settled: Tokens
    free_hours: Tokens
    unpaid_persons: Tokens


@value
class TryRules:
    """How often a hidden name may be guessed at."""

    per_pair: Count
    failed_per_recipient: Count
    hours: Count


@value
class AlarmRules:
    """When an operator is told that the share of stopped transfers is odd; see `transferguard.watching`."""

    window_transfers: Count
    least_transfers: Count
    stopped_from: Outcome
    least_share: Share
    most_share: Share


@value
class RetentionRules:
    """How long things are kept, days."""

    decisions_days: Days
    confirmations_days: Days
    looks_days: Days
    accounts_days: Annotated[int, Strict(), Field(ge=0, le=36_500)]


@value
class Policy:
    """The effective policy of a guard.

    Args:
        profile: Market of the disclosure table.
        prior: Log2 odds before any evidence, bits per hypothesis.
        quiet: What the silence of all other signals weighs against each, bits.
        correction: What sums of evidence turned out to mean.
        threshold: Probabilities per outcome.
        weights: Bits per reason and hypothesis.
        resemblance: How a likeness is read.
        spans: Times and counts.
        missing: Outcomes when facts are missing.
        standing: Rules for downgraded parties.
        budget: What a sender may learn.
        tries: How often a hidden name may be guessed at.
        alarm: When the share of stopped transfers is odd.
        retention: How long things are kept.
        disclosure: Major units per currency from which the full name is due; `other` for the rest.
    """

    profile: Profile
    prior: PerHypothesis
    quiet: PerHypothesis
    correction: Correction
    threshold: Threshold
    weights: dict[Reason, dict[Hypothesis, Bits]]
    resemblance: Resemblance
    spans: Spans
    missing: Missing
    standing: StandingRules
    budget: BudgetRules
    tries: TryRules
    alarm: AlarmRules
    retention: RetentionRules
    disclosure: dict[str, MajorUnits]

    def __post_init__(self) -> None:
        for broken, key, problem, remedy in self._contradictions():
            if broken:
                raise InvalidPolicy(key, problem, remedy)

    def _contradictions(self) -> list[tuple[bool, str, str, str]]:
        """Combinations that cannot be meant: (is it so, key, problem, remedy)."""
        unknown = next((key for key in self.disclosure if key != "other" and key not in EXPONENT_OF_CURRENCY), None)
        odd = next((key for key, bits, speaks_for in self._signs() if bits and (bits > 0) is not speaks_for), None)
        bent = self.correction.contradiction()
        return [
            (bent is not None, "correction", f"{bent}", "see `transferguard policy show`"),
            (self.threshold.warn >= self.threshold.challenge, "threshold.warn", "is not below threshold.challenge", "lower it"),
            (self.threshold.delay < self.threshold.warn, "threshold.delay", "is below threshold.warn", "raise it"),
            (odd is not None, f"{odd}", "has the wrong sign", "only what speaks for the recipient weighs less than nothing"),
            (
                self.missing.real_name_status < Outcome.WARN,
                "missing.real_name_status",
                "lets an unverified party pass silently",
                "use warn or stricter",
            ),
            (self.missing.full_name < Outcome.DELAY, "missing.full_name", "lets a large payment be made blind", "use delay or refuse"),
            *(
                (rule < Outcome.CHALLENGE, f"standing.{key}", "is milder than challenge", "use challenge or stricter")
                for key, rule in (("downgraded", self.standing.downgraded), ("sender_downgraded", self.standing.sender_downgraded))
            ),
            (self.budget.full < self.budget.masked, "budget.full", "costs less than budget.masked", "a full name tells more"),
            (self.budget.full > self.budget.capacity, "budget.full", "is above budget.capacity", "no name could ever be shown"),
            (self.alarm.least_share >= self.alarm.most_share, "alarm.least_share", "is not below alarm.most_share", "lower it"),
            (
                self.alarm.least_transfers > self.alarm.window_transfers,
                "alarm.least_transfers",
                "is above alarm.window_transfers",
                "no alarm could ever be raised",
            ),
            (self.alarm.stopped_from is Outcome.PROCEED, "alarm.stopped_from", "counts every transfer", "use warn or stricter"),
            ("other" not in self.disclosure, "disclosure.other", "is missing", "give a threshold for all other currencies"),
            (unknown is not None, f"disclosure.{unknown}", "is not an ISO 4217 currency", "use a code such as CNY"),
        ]

    def _signs(self) -> Iterator[tuple[str, float, bool]]:
        """Every weight with its key and whether its reason speaks for fraud."""
        for reason, weights in self.weights.items():
            for hypothesis, bits in weights.items():
                yield f"weights.{reason.value}.{hypothesis.value}", bits, reason not in _EXCULPATORY

    @classmethod
    def default(cls) -> Policy:
        """The policy that ships with the package."""
        return _default()

    @classmethod
    def from_mapping(cls, overrides: Mapping[str, Any]) -> Policy:
        """The default policy with single keys replaced, as a case file's `policy` gives them.

        Raises:
            InvalidPolicy: A key is unknown, of the wrong type, or contradicts another.
        """
        return _read(_merged(_default_tables(), overrides, "")) if overrides else _default()

    @classmethod
    def from_toml(cls, text: str) -> Policy:
        """The same, from TOML text.

        Raises:
            InvalidPolicy: Also when the text is not TOML.
        """
        try:
            overrides = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise InvalidPolicy(
                "policy", f"is not TOML ({error})" if isinstance(error, tomllib.TOMLDecodeError) else "is nested too deeply"
            ) from None
        return cls.from_mapping(overrides)

    def to_mapping(self) -> dict[str, Any]:
        """The effective policy as plain values, in the order of the default file."""
        plain = _adapter().dump_python(self, mode="json")
        if not isinstance(plain, dict):  # pragma: no cover - the adapter of a dataclass dumps a dict
            raise InvalidPolicy("policy", "cannot be written")
        return plain

    @property
    def digest(self) -> str:
        """`sha256:` and 64 hex digits of the canonical policy: which policy decided."""
        return _digest(self)

    def bits(self, reason: Reason) -> Mapping[Hypothesis, float]:
        """What a reason weighs, bits per hypothesis; empty when the policy gives it nothing."""
        return self.weights.get(reason, {})

    def full_name_threshold(self, currency: str) -> Money:
        """From which total on the full name is due."""
        major = self.disclosure.get(currency, self.disclosure["other"])
        return Money(major * 10 ** exponent_of(currency), currency)

    def to_toml(self) -> str:
        """The effective policy as TOML, with the units and sources of the default file beside the numbers."""
        return render(_default_text(), self.to_mapping())

    def with_profile(self, profile: str) -> Self:
        """This policy under another market's disclosure rules."""
        return type(self).from_mapping(self.to_mapping() | {"profile": profile})  # type: ignore[return-value]  # from_mapping is typed for Policy itself


@functools.cache
def _adapter() -> TypeAdapter[Policy]:
    return TypeAdapter(Policy)


@functools.cache
def _default_text() -> str:
    return files("transferguard").joinpath("default_policy.toml").read_text(encoding="utf-8")


def _default_tables() -> dict[str, Any]:
    return tomllib.loads(_default_text())


@functools.cache
def _default() -> Policy:
    return _read(_default_tables())


_MOST_DIGESTS: Final = 16
"""Policies whose digest is remembered; a program has one or two."""

_DIGESTS: Final[dict[int, tuple[Policy, str]]] = {}
"""By identity, the policy beside it so that the identity stays taken. Every decision names its policy, which is long to write down."""


def _digest(policy: Policy) -> str:
    kept = _DIGESTS.get(id(policy))
    if kept is not None:
        return kept[1]
    plain = policy.to_mapping()
    if plain["correction"] == NO_CORRECTION:
        # As before there were corrections, so that what was decided then keeps its name.
        del plain["correction"]
    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    digest = "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()
    if len(_DIGESTS) >= _MOST_DIGESTS:
        _DIGESTS.clear()
    _DIGESTS[id(policy)] = policy, digest
    return digest


def _read(tables: Mapping[str, Any]) -> Policy:
    try:
        return _adapter().validate_python(tables)
    except ValidationError as error:
        found = invalid_input(error, _known_keys())
        raise InvalidPolicy(found.field.replace(".[key]", ""), found.problem, found.remedy) from None
    except InvalidInput as error:
        raise InvalidPolicy(error.field, error.problem, error.remedy) from None


def _known_keys() -> list[str]:
    return [key for table in _default_tables().values() if isinstance(table, dict) for key in table] + list(_default_tables())


_OPEN_TABLES: Final = frozenset({"disclosure"})
"""Tables whose keys are a host's to choose (currencies)."""


def _merged(base: Mapping[str, Any], overrides: object, path: str) -> dict[str, Any]:
    """The base with the overrides laid over it; a key that the base does not know is an error."""
    if not isinstance(overrides, Mapping):
        raise InvalidPolicy(path or "policy", "must be a table of keys")
    result = dict(base)
    for key, given in overrides.items():
        here = f"{path}.{key}" if path else str(key)[:80]
        if key not in base and path not in _OPEN_TABLES and not path.startswith("weights."):
            from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

            nearest = get_close_matches(str(key)[:80], list(base), n=1)
            raise InvalidPolicy(
                here, "is not a policy key", f"did you mean {nearest[0]}?" if nearest else "see `transferguard policy show`"
            )
        result[key] = _merged(base[key], given, here) if isinstance(base.get(key), Mapping) else given
    return result
