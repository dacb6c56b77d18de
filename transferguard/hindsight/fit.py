# SPDX-License-Identifier: Apache-2.0
"""Which factors on the weights make the stated probabilities truest?

A logistic fit in the form in which `transferguard.weigh` adds up: the log-odds of every hypothesis are a constant, plus per group of
findings a factor times its bits, plus one shift for all. Factors are bounded and held near 1 by a prior, so that few labels move them
little; scaling a whole group keeps which finding of it counts, so the sum stays linear in the factors and has an exact gradient.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LEAST_FACTOR: Final = 0.5
MOST_FACTOR: Final = 2.0
"""Bounds of a factor: a host's labels correct a weight by half or double, never its sign. Chosen."""

FACTOR_SPREAD: Final = log(1.5)
"""How far a weight is believed to be off before any label: a factor 1.5 either way (one standard deviation of its logarithm). Chosen."""

SHIFT_SPREAD: Final = 2.0
"""The same for the common shift, bits. Chosen."""

MOST_SHIFT: Final = 8.0
"""Bits by which the common shift may move, either way. Chosen."""

_STEPS: Final = 50
_ENOUGH: Final = 1e-9
_SHORTEST: Final = 1e-6
_ASIDE: Final = 1e-5
"""Newton's steps at most; the gain that is not worth another; the shortest part of a step; how far aside the slope is looked at."""

_CAP_BITS: Final = 50.0
"""Log-odds beyond which a double cannot tell 1 - p from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Labelled transfers as arrays; a row per hypothesis of a transfer.

    Args:
        constant: Bits that no factor touches, by row.
        bits: Bits of each group that counted, rows by groups.
        transfer: Index of the transfer to which a row belongs, ascending, every transfer at least once.
        fraud: 1 or 0, by transfer.
        weight: How much each transfer counts; all together as many as there are transfers.
        to_even: Bits from the prior odds of the policy to even odds.
        knots: Of the policy's correction: where they stand, and the bits added there. It stays as it is and is used once, in the fit as
            in every decision.
    """

    constant: Floats
    bits: Floats
    transfer: npt.NDArray[np.int64]
    fraud: Floats
    weight: Floats
    to_even: float
    knots: tuple[Sequence[float], Sequence[float]] = ((), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What came out.

    Args:
        factors: By group, in the order of `Sums.bits`.
        shift: Bits added to every hypothesis.
    """

    factors: tuple[float, ...]
    shift: float


def fit(sums: Sums, *, free: Sequence[bool], shift: bool) -> Fitted:
    """The factors and the shift under which what happened is least surprising.

    Args:
        sums: Labelled transfers.
        free: Which groups may move; the others keep factor 1.
        shift: Whether the common shift may move.
    """
    spread = np.append(np.where(free, FACTOR_SPREAD, 0.0), SHIFT_SPREAD if shift else 0.0)
    # In units of the spread the prior is the same for every number.
    bound = np.append(np.full(len(free), log(MOST_FACTOR) / FACTOR_SPREAD), MOST_SHIFT / SHIFT_SPREAD)
    here = np.zeros(len(free) + 1)
    loss, slope = _loss(here, spread, sums)
    for _ in range(_STEPS):
        way = _newton(here, slope, spread, sums=sums, bound=bound)
        length, there, new_loss, new_slope = 1.0, here, loss, slope
        while length > _SHORTEST:
            there = np.clip(here + length * way, -bound, bound)
            new_loss, new_slope = _loss(there, spread, sums)
            if new_loss < loss:
                break
            length /= 2
        if not new_loss < loss - _ENOUGH:
            break
        here, loss, slope = there, new_loss, new_slope
    moved = here * spread
    return Fitted(factors=tuple(float(one) for one in np.exp(moved[:-1])), shift=float(moved[-1]))


def _newton(here: Floats, slope: Floats, spread: Floats, *, sums: Sums, bound: Floats) -> Floats:
    """Which way is down, and how far: Newton's step over those numbers that are not held by a bound.

    The curvature comes from differences of the exact slope: there are at most some twenty numbers. Where it is not that of a valley,
    the prior's own curvature (1 in these units) keeps the step finite.
    """
    size = len(here)
    curvature = np.empty((size, size))
    for number in range(size):
        aside = here.copy()
        aside[number] += _ASIDE
        curvature[number] = (_loss(aside, spread, sums)[1] - slope) / _ASIDE
    held = ((here >= bound) & (slope < 0)) | ((here <= -bound) & (slope > 0))
    curvature = np.asarray((curvature + curvature.T) / 2, dtype=np.float64)
    lowest = float(np.linalg.eigvalsh(curvature).min())
    curvature += np.eye(size) * max(0.0, 1.0 - lowest)
    curvature[held, :] = curvature[:, held] = 0.0
    curvature[held, held] = 1.0
    return np.asarray(np.linalg.solve(curvature, np.where(held, 0.0, -slope)), dtype=np.float64)


def _loss(at: Floats, spread: Floats, sums: Sums) -> tuple[float, Floats]:
    """Surprise in all plus what the prior adds, and its slope."""
    moved = at * spread
    factors, shift = np.exp(moved[:-1]), moved[-1]
    odds = np.minimum(sums.constant + sums.bits @ factors + shift, _CAP_BITS)
    each = 1 / (1 + np.exp2(-odds))
    starts = np.flatnonzero(np.diff(sums.transfer, prepend=-1))
    nothing_wrong = np.add.reduceat(np.log1p(-each), starts)
    wrong = -np.expm1(nothing_wrong)
    stated, rise = _corrected((np.log(wrong) - nothing_wrong) / _LN2 + sums.to_even, *sums.knots)
    sure = 1 / (1 + np.exp2(-stated))
    # log(1 + 2^x) - y x, without overflow for large x.
    surprise = np.logaddexp(0.0, stated * _LN2) - sums.fraud * stated * _LN2
    loss = float(sums.weight @ surprise + (at @ at) / 2)
    by_row = (sums.weight * _LN2 * (sure - sums.fraud) * rise / wrong)[sums.transfer] * each
    slope = np.append((by_row @ sums.bits) * factors, by_row.sum()) * spread + at
    return loss, slope


def _corrected(together: Floats, places: Sequence[float], bits: Sequence[float]) -> tuple[Floats, Floats]:
    """What is stated of these sums, and by how many bits it rises with each bit of them."""
    if not places:
        return together, np.ones_like(together)
    steep = np.concatenate(([1.0], 1 + np.diff(bits) / np.diff(places), [1.0]))
    return together + np.interp(together, places, bits), steep[np.searchsorted(places, together, side="right")]


_LN2: Final = log(2)
