# SPDX-License-Identifier: Apache-2.0
"""Where precision hurts: what two honest people weigh who wear default avatars, initials, flags, badges, siblings or a popular picture.

python -m tests.benchmarks.avatars_classes --pairs 60    (prints the table of docs/avatars.md)

Pairs come from the check part of the situations, which neither the curves nor the bits were fitted on. Each pair is weighed alone; a
circle of 1,000 multiplies the chance of meeting one's like. `known` is what is left once the store has counted 1,000 wearers, `listed`
what is left when the host names its own pictures (`DefaultAvatars`), which is asked of the first class only.
"""

import argparse

import numpy as np

from transferguard.avatars import DefaultAvatars, Fingerprint, compare_avatars, fingerprint_avatar, popularity_bits
from transferguard.errors import AvatarError
from transferguard.testing.picture_attacks import SITUATIONS
from transferguard.testing.split import Split

BITS = (4.0, 6.0, 10.0)
WEARERS = 1_000
LISTED = "default_avatar"


def print_of(data: bytes) -> Fingerprint | None:
    """The fingerprint, or None where there is too little to see."""
    try:
        return fingerprint_avatar(data)
    except AvatarError:
        return None


def row(name: str, pairs: int) -> str:
    """One line of the table."""
    situation = SITUATIONS[name]
    made = [tuple(print_of(data) for data in situation(seed, split=Split.CHECK)) for seed in range(pairs)]
    seen = [(one, other) for one, other in made if one and other]
    weights = np.array([compare_avatars(one, other).weight for one, other in seen])
    weighed = [weights, weights - popularity_bits(WEARERS)]
    if name == LISTED:
        own = DefaultAvatars([other for _, other in seen[:1]])
        weighed.append(np.array([weight for weight, (one, _) in zip(weights, seen, strict=True) if one not in own]))
    cells = [f"{100 * (1 - len(seen) / pairs):.0f}", *(f"{100 * (weights >= least).sum() / pairs:.0f}" for least in BITS)]
    cells += [f"{100 * (each >= BITS[0]).sum() / pairs:.0f}" for each in weighed[1:]] + [""] * (3 - len(weighed))
    middle = f"{np.median(weights):.1f}" if seen else ""
    return f"| {situation.description} | {'yes' if situation.same_picture else 'no'} | {' | '.join(cells)} | {middle} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=int, default=60)
    asked = parser.parse_args()
    heads = [f"{least:.0f} bits or more" for least in BITS]
    print(
        "| who | one picture | too flat |",
        " | ".join(heads),
        f"| 4 bits, {WEARERS:,} known wearers | 4 bits, listed by the host | median bits |",
    )
    print("|---" * 9 + "|")
    for name in SITUATIONS:
        print(row(name, asked.pairs), flush=True)


if __name__ == "__main__":
    main()
