# SPDX-License-Identifier: Apache-2.0
"""imagehash's perceptual hash, bit for bit, without imagehash.

Kept so that hashes can be exchanged with other systems and used as a first look. imagehash itself imports scipy on its first
use (0.4 s), which has no place before a confirmation screen; a test compares both over many pictures.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from transferguard.avatars.middle import middle

HIGHFREQ_FACTOR = 4
"""imagehash reduces the picture to this many times the hash size."""


def plain_hash(gray: Image.Image, hash_size: int) -> bytes:
    """The perceptual hash that `imagehash.phash(picture, hash_size)` has.

    Args:
        gray: Mode L, any size.
        hash_size: Bits per side: 8 for the 64-bit hash, 16 for the 256-bit hash.

    Returns:
        hash_size ** 2 bits, most significant first; `.hex()` is what `str(imagehash)` prints.
    """
    side = hash_size * HIGHFREQ_FACTOR
    pixels = np.asarray(gray.resize((side, side), Image.Resampling.LANCZOS), dtype=np.float64)
    low = _cosine(_cosine(pixels.T).T)[:hash_size, :hash_size]
    return np.packbits(low > middle(low.ravel())).tobytes()


def _cosine(lines: NDArray[np.float64]) -> NDArray[np.float64]:
    """DCT-II along the last axis."""
    return np.asarray(2.0 * lines @ _basis(lines.shape[-1]))


@lru_cache(maxsize=2)
def _basis(length: int) -> NDArray[np.float64]:
    frequency, place = np.arange(length)[None, :], np.arange(length)[:, None]
    return np.asarray(np.cos(np.pi * frequency * (2 * place + 1) / (2 * length)))
