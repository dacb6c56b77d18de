# SPDX-License-Identifier: Apache-2.0
"""Fit the weights of the default policy on simulated evidence.

    python -m tests.benchmarks.decision_evidence tune.jsonl --split tune
    python -m tests.benchmarks.fit_weights tune.jsonl --write

A logistic regression of the sum in `transferguard.weigh`: findings count as they do there, grouped and by hypothesis, on a set
rebalanced to half attacks (each attack equally often, honest situations by their assumed share), every scene once with its talk and once
without, since half of the hosts are assumed to hand it over. Signs are kept (design, rule 4), and every weight is held near the judgement
in `JUDGED` by a normal prior: the simulator counts as no more than `WORTH` real transfers, because its shares are assumptions.

What is held near a judgement comes out too weak all together, so in a second step all weights are made `SHARPER` by one factor, and
*quiet* is fitted again beside them. The factor is chosen on the check split, by how true the stated probabilities are there.

What is not fitted: likenesses of names and pictures (their rooms measure them), what a tampered name weighs (likewise), and
`same_person` and `known_recipient`, which are rules and not measurements.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from tests.benchmarks.decision_evidence import read
from tests.benchmarks.weights_model import Case, Key, Sums, prepare

JUDGED: Final[Mapping[str, Mapping[str, float]]] = {
    "quiet": {"imposture": -2.0, "takeover": -4.0, "mule": -4.0, "scam": -4.0},
    "stranger": {"imposture": 3.5, "scam": 2.5, "mule": 2.0},
    "new_contact": {"imposture": 3.5, "scam": 2.5, "mule": 1.5},
    "first_transfer": {"imposture": 2.5, "takeover": 1.0, "scam": 0.5, "mule": 0.5},
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
    "no_request": {"takeover": -2.5, "scam": -2.5},
    "unusual_amount": {"takeover": 3.0, "scam": 1.5, "imposture": 1.0, "mule": 1.0},
    "purpose_mismatch": {"scam": 10.0, "imposture": 2.0},
}
"""Where the fit begins and what it is held to, bits: judgements, some of them revised after a look at earlier fits on the tune split."""

WORTH = 1_000.0
"""Real transfers, half of them fraud, that all simulated ones together count as."""

SPREAD = 1.5
QUIET_SPREAD = 4.0
"""Standard deviation of a judgement, bits: a factor of three either way; of what silence weighs nobody has much of an idea."""

LEAST: Final = 0.25
REACH: Final = 2.5
"""Bits: least size of a weight, and how far it may move from its judgement (a factor of six)."""

MOST_QUIET: Final[Mapping[str, float]] = {"imposture": 7.0, "takeover": 10.0, "mule": 10.0, "scam": 10.0}
"""Bits that silence may weigh at most: who looks like a friend has no alibi in it."""

SHARPER: Final = 1.2
"""Factor on what the first step gave; see above."""

QUIET_AGAIN: Final = 1.0
"""Standard deviation of *quiet* in the second step, bits, around the first step's, sharpened likewise. Chosen."""

UNSEEN: Final = 2.0**-6
"""Odds of an attack that shows in nothing, on the rebalanced set. Chosen: so many of the simulator's do."""

Floats: TypeAlias = npt.NDArray[np.float64]
Bounds: TypeAlias = Sequence[tuple[float, float]]


def keys() -> list[Key]:
    """Everything that is fitted."""
    return [(reason, hypothesis) for reason, bits in JUDGED.items() for hypothesis in bits]


def fit(cases: Sequence[Case]) -> dict[Key, float]:
    """The weights that make these cases least surprising and stay near what was judged, sharpened; with their signs."""
    free = keys()
    sums = Sums(cases, free, unseen=UNSEEN)
    quiet = np.array([reason == "quiet" for reason, _ in free])
    judged = np.array([JUDGED[reason][hypothesis] for reason, hypothesis in free])
    # What speaks for the recipient has its sign in the findings; here all sizes are positive but for what silence weighs.
    judged = np.where(quiet, judged, np.abs(judged))
    bounds = [_bounds(key, float(bits)) for key, bits in zip(free, judged, strict=True)]
    first = _least(sums.surprise, judged, np.where(quiet, QUIET_SPREAD, SPREAD), bounds)
    sharp = np.clip(first * SHARPER, [low if is_quiet else 0.0 for (low, _), is_quiet in zip(bounds, quiet, strict=True)], None)
    held = [bound if is_quiet else (bits, bits) for bound, bits, is_quiet in zip(bounds, sharp, quiet, strict=True)]
    found = _least(sums.surprise, sharp, np.full(len(free), QUIET_AGAIN), held)
    return {
        key: round(float(bits) * (1 if key[0] == "quiet" or JUDGED[key[0]][key[1]] > 0 else -1), 1)
        for key, bits in zip(free, found, strict=True)
    }


def _least(surprise: Callable[[Floats], tuple[float, Floats]], centre: Floats, spread: Floats, bounds: Bounds) -> Floats:
    """Where the likelihood of `WORTH` transfers and the normal priors around a centre are largest together."""
    from scipy.optimize import minimize  # noqa: PLC0415 # a build-time package

    def both(bits: Floats) -> tuple[float, Floats]:
        value, slope = surprise(bits)
        away = (bits - centre) / spread
        return WORTH * value + float(away @ away) / 2, WORTH * slope + away / spread

    found = minimize(both, centre, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300})
    return np.asarray(found.x, dtype=np.float64)


def _bounds(key: Key, judged: float) -> tuple[float, float]:
    """How small and how large these bits may get in the first step; they keep their sign."""
    if key[0] == "quiet":
        return -MOST_QUIET[key[1]], 0.0
    return max(LEAST, judged - REACH), judged + REACH


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
    fitted = fit(prepare(read(*asked.files), JUDGED))
    for (reason, hypothesis), bits in fitted.items():
        print(f"{reason:24} {hypothesis:10} judged {JUDGED[reason][hypothesis]:5.1f}  fitted {bits:5.1f}")
    if asked.write:
        write(fitted, Path(__file__).parents[2] / "transferguard" / "default_policy.toml")


if __name__ == "__main__":
    main()
