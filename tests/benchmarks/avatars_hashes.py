# SPDX-License-Identifier: Apache-2.0
"""By how much does the view hash win over imagehash's? Hashes alone, without verification; the figures stand in docs/avatars.md.

python -m tests.benchmarks.avatars_hashes --every 4    (pictures that avatars_calibrate measured last; photos, every fourth copy)

All four look at the same fingerprints: the plain perceptual hashes of 64 and 256 bits, the view hash of the whole picture, and the nearest
of all views in all orientations, which is what the first look does. Thresholds are set on strangers of the same population.
"""

import argparse

import numpy as np

from tests.benchmarks.avatars_calibrate import RATES, kept, print_of
from transferguard.avatars.fingerprint import Fingerprint
from transferguard.avatars.first_look import FAR, Shelf, lay_out, look


def _words(known: list[Fingerprint], name: str) -> np.ndarray:
    if name == "view hash, whole picture":
        return np.stack([made.planes[0].codes[0] for made in known])
    hexadecimal = [made.phash64 if name == "phash, 64 bits" else made.phash256 for made in known]
    return np.stack([np.frombuffer(bytes.fromhex(text), np.uint64) for text in hexadecimal])


def _nearest(query: Fingerprint, shelf: Shelf) -> np.ndarray:
    """Differing bits of the nearest two views, by contact."""
    found = look(query.planes[0], shelf, per_plane=1)
    nearest = np.full(len(shelf.planes), FAR + 1)
    nearest[found.plane] = found.distance
    return nearest


def distances(asked: list[Fingerprint], known: list[Fingerprint], name: str) -> np.ndarray:
    """One row per picture asked about, one column per contact."""
    if name == "view hash, all views":
        shelf = lay_out(tuple(made.planes[0] for made in known))
        return np.stack([_nearest(query, shelf) for query in asked])
    ours, theirs = _words(asked, name), _words(known, name)
    return np.stack([np.bitwise_count(row ^ theirs).sum(axis=1) for row in ours])


def main() -> None:
    """Print recall of each hash at each rate."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=4)
    parser.add_argument("--seed", type=int, default=2)
    asked = parser.parse_args()
    data = kept("calibrate", asked.seed, fresh=False)
    circle = [made for one in data.circle if (made := print_of(one.data))]
    strangers = [(one, made) for one in data.strangers if one.kind == "photo" and (made := print_of(one.data))]
    photos = [one for one in data.copies if data.circle[one.original].kind == "photo"][:: asked.every]
    copies = [(one, print_of(one.data)) for one in photos]
    unrelated = np.array([[one.family != other.family for other in data.circle] for one, _ in strangers])
    print(f"{len(copies)} copies, {unrelated.sum()} unrelated pairs; recall, % at", *(f"{rate:.0e}" for rate in RATES))
    for name in ("phash, 64 bits", "phash, 256 bits", "view hash, whole picture", "view hash, all views"):
        pairs = np.sort(distances([made for _, made in strangers], circle, name)[unrelated])
        seen = [(one.original, made) for one, made in copies if made]
        rows = distances([made for _, made in seen], circle, name)
        own = rows[np.arange(len(seen)), [place for place, _ in seen]]
        shares = [100 * (own < pairs[int(rate * len(pairs))]).sum() / len(copies) for rate in RATES]
        print(f"| {name} |", " | ".join(f"{share:.0f}" for share in shares), "|")


if __name__ == "__main__":
    main()
