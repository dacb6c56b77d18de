# SPDX-License-Identifier: Apache-2.0
"""Fit the weights of the default policy on simulated evidence.

    python -m tests.benchmarks.decision_evidence tune.jsonl --split tune
    python -m tests.benchmarks.fit_weights tune.jsonl --write

A logistic regression of the sum in `transferguard.weigh`: findings count as they do there, grouped and by hypothesis, on a set
rebalanced to half attacks (each attack equally often, honest situations by their assumed share). Signs are kept (design, rule 4), and
every weight is held near the judgement in `JUDGED` by a normal prior: the simulator counts as no more than `WORTH` real transfers,
because its shares are assumptions. Half of the scenes lose their talk, since most hosts hand none over.

What is not fitted: likenesses of names and pictures (their rooms measure them), what a tampered name weighs (likewise), and
`same_person` and `known_recipient`, which are rules and not measurements.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2
from pathlib import Path
from random import Random
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from tests.benchmarks.decision_evidence import Known, read
from transferguard.assess import find
from transferguard.decision import Finding, Hypothesis
from transferguard.evidence import NOT_HANDED_OVER
from transferguard.policy import Policy
from transferguard.testing.simulate import ATTACKS, HONEST_SITUATIONS
from transferguard.weigh import weigh

Key: TypeAlias = tuple[str, str]
"""Reason and hypothesis; `quiet` stands for what silence weighs."""

JUDGED: Final[Mapping[str, Mapping[str, float]]] = {
    "quiet": {"imposture": -2.0, "takeover": -4.0, "mule": -4.0, "scam": -4.0},
    "stranger": {"imposture": 3.5, "scam": 2.5, "mule": 2.0},
    "new_contact": {"imposture": 3.5, "scam": 2.5, "mule": 1.5},
    "first_transfer": {"imposture": 2.5, "scam": 1.0, "mule": 0.5},
    "new_account": {"imposture": 3.5, "scam": 3.0, "mule": 3.5},
    "recent_profile_change": {"imposture": 3.5, "takeover": 1.0, "scam": 1.5},
    "converging_profile": {"imposture": 4.0},
    "displaced_contact": {"imposture": 1.0},
    "verified_name_mismatch": {"imposture": 1.0},
    "verified_name_match": {"imposture": -4.0},
    "role_name": {"scam": 7.0},
    "split_amounts": {"scam": 3.5, "mule": 2.0},
    "reported": {"mule": 4.0, "scam": 5.5, "imposture": 3.0},
    "recipient_takeover": {"takeover": 11.0, "mule": 6.0},
    "sender_takeover": {"takeover": 11.0},
    "dormant_awakened": {"takeover": 3.0, "mule": 8.0},
    "many_accounts": {"mule": 5.0, "scam": 3.0},
    "collecting_account": {"mule": 10.0, "scam": 3.0},
    "pass_through_flow": {"mule": 10.0},
    "money_request": {"imposture": 4.0, "takeover": 5.0, "scam": 4.5},
    "unusual_amount": {"takeover": 3.0, "scam": 1.5, "imposture": 1.0, "mule": 1.0},
    "purpose_mismatch": {"scam": 10.0, "imposture": 2.0},
}
"""Where the fit begins and what it is held to, bits: judgements, some of them revised after a look at earlier fits on the tune split."""

WORTH = 1_000.0
"""Real transfers, half of them fraud, that all simulated ones together count as."""

SPREAD = 1.5
QUIET_SPREAD = 4.0
"""Standard deviation of a judgement, bits: a factor of three either way; of what silence weighs nobody has much of an idea."""

LEAST = 0.25
REACH = 2.5
MOST_QUIET = 7.0
"""Bits: least size of a weight, how far it may move from its judgement (a factor of six), and the most that silence weighs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One scene, ready for the sum.

    Attributes:
        fraud: Whether somebody is cheating.
        share: Of the rebalanced set.
        findings: By hypothesis; `imitates` tells strands of imposture apart.
        size: Of the circle.
    """

    fraud: bool
    share: float
    findings: Sequence[Finding]
    size: int


def prepare(known: Iterable[Known], policy: Policy, *, seed: int = 1) -> list[Case]:
    """Ask every signal once; later only bits change."""
    scenes = list(known)
    counts = Counter(scene.scenario for scene in scenes)
    rng = Random(seed)  # no secret
    cases = []
    for scene in scenes:
        evidence = replace(scene.evidence, talk=NOT_HANDED_OVER) if rng.random() < 0.5 else scene.evidence  # half
        whole = 1 / len(ATTACKS) if scene.attack else HONEST_SITUATIONS[scene.scenario].share
        size = evidence.circle_size if isinstance(evidence.circle_size, int) else 1
        cases.append(Case(fraud=scene.attack, share=whole / counts[scene.scenario] / 2, findings=tuple(find(evidence, policy)), size=size))
    return cases


def loss(cases: Sequence[Case], policy: Policy, start: Policy) -> tuple[float, dict[Key, float]]:
    """Bits of surprise on the rebalanced set, and its slope in every weight.

    Args:
        cases: Prepared under `start`.
        policy: Whose weights are tried.
        start: A finding's share of the policy's bits is read off under these.
    """
    priors = [2 ** policy.prior.of(hypothesis) for hypothesis in Hypothesis]
    moved = -log2(sum(priors))
    total = 0.0
    slope: defaultdict[Key, float] = defaultdict(float)
    for case in cases:
        verdict = weigh([_reweighed(one, policy, start) for one in case.findings], case.size, policy)
        stated = verdict.probability
        odds = max(1e-12, stated) / max(1e-12, 1 - stated) * 2**moved
        rebalanced = odds / (1 + odds)
        total -= case.share * log2(max(1e-12, rebalanced if case.fraud else 1 - rebalanced))
        pull = case.share * (rebalanced - case.fraud)
        for strand in verdict.strands:
            part = pull * strand.probability / max(1e-12, stated)
            slope["quiet", strand.hypothesis.value] += part
            for finding in strand.counted:
                bits = policy.bits(finding.reason).get(strand.hypothesis, 0.0)
                if bits and finding.reason.value in JUDGED:
                    slope[finding.reason.value, strand.hypothesis.value] += part * finding.weight / bits
    return total, dict(slope)


def _reweighed(finding: Finding, policy: Policy, start: Policy) -> Finding:
    """The same finding under other weights; what is measured elsewhere keeps its own."""
    if not finding.hypothesis or finding.reason.value not in JUDGED:
        return finding
    before, after = (one.bits(finding.reason).get(finding.hypothesis, 0.0) for one in (start, policy))
    return replace(finding, weight=finding.weight * after / before) if before else finding


def with_weights(policy: Policy, weights: Mapping[Key, float]) -> Policy:
    """The policy with these bits in it."""
    tables: dict[str, dict[str, float]] = {}
    for (reason, hypothesis), bits in weights.items():
        tables.setdefault(reason, {})[hypothesis] = float(bits)
    quiet = tables.pop("quiet", {})
    return Policy.from_mapping({"quiet": quiet, "weights": tables})


def fit(cases: Sequence[Case], start: Policy) -> dict[Key, float]:
    """The weights that make these cases least surprising and stay near what was judged."""
    from scipy.optimize import minimize  # noqa: PLC0415 # a build-time package

    keys: list[Key] = [(reason, hypothesis) for reason, bits in JUDGED.items() for hypothesis in bits]
    spread = np.array([QUIET_SPREAD if reason == "quiet" else SPREAD for reason, _ in keys])
    judged = np.array([JUDGED[reason][hypothesis] for reason, hypothesis in keys])

    def surprise(bits: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        value, slope = loss(cases, with_weights(start, dict(zip(keys, bits, strict=True))), start)
        away = (bits - judged) / spread
        # Both in nats: the likelihood of WORTH transfers, and the normal prior of each weight.
        return WORTH * value * _NATS + float(away @ away) / 2, WORTH * _NATS * np.array(
            [slope.get(key, 0.0) for key in keys]
        ) + away / spread

    bounds = [_bounds(key, float(bits)) for key, bits in zip(keys, judged, strict=True)]
    found = minimize(surprise, judged, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 60})
    return {key: round(float(bits), 1) for key, bits in zip(keys, found.x, strict=True)}


def _bounds(key: Key, judged: float) -> tuple[float, float]:
    """How small and how large these bits may get; they keep their sign."""
    if key[0] == "quiet":
        return -MOST_QUIET, 0.0
    near, far = max(LEAST, abs(judged) - REACH), abs(judged) + REACH
    return (near, far) if judged > 0 else (-far, -near)


_NATS = 0.6931
"""Of one bit."""


def write(weights: Mapping[Key, float], file: Path) -> None:
    """Put the fitted bits into the lines of the default policy, with their source behind them."""
    table: Key | None = None
    lines = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if head := re.match(r"\[(?:weights\.)?(\w+)\]", line):
            table = (head[1], "")
        found = re.match(r"(\w+) = -?[\d.]+ *#", line)
        if table and found and (table[0], found[1]) in weights:
            bits = f"{found[1]} = {weights[table[0], found[1]]:.1f}"
            judged = JUDGED[table[0]][found[1]]
            line = f"{bits:<36}# bits; fitted on the simulator's tune split, held near {judged:g}"  # noqa: PLW2901 # the line as it will be
        lines.append(line)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Fit, show, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", help="what decision_evidence wrote, of the tune split")
    parser.add_argument("--write", action="store_true", help="into transferguard/default_policy.toml")
    asked = parser.parse_args()
    start = with_weights(Policy.default(), {(reason, one): bits for reason, row in JUDGED.items() for one, bits in row.items()})
    cases = prepare(read(*asked.files), start)
    fitted = fit(cases, start)
    for (reason, hypothesis), bits in fitted.items():
        print(f"{reason:24} {hypothesis:10} judged {JUDGED[reason][hypothesis]:5.1f}  fitted {bits:5.1f}")
    print(f"surprise: judged {loss(cases, start, start)[0]:.4f} bits, fitted {loss(cases, with_weights(start, fitted), start)[0]:.4f} bits")
    if asked.write:
        write(fitted, Path(__file__).parents[2] / "transferguard" / "default_policy.toml")


if __name__ == "__main__":
    main()
