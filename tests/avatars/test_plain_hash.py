# SPDX-License-Identifier: Apache-2.0
"""imagehash's perceptual hash without imagehash."""

import subprocess
import sys

import imagehash
import pytest

from tests.avatars.drawing import cartoon, scene
from transferguard.avatars.plain_hash import plain_hash


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("hash_size", [8, 16])
def test_the_hash_is_the_one_that_imagehash_has(seed, hash_size):
    """Hashes can be exchanged with other systems."""
    for picture in (scene(seed, 100 + 37 * seed), cartoon(seed, 90 + 41 * seed)):
        assert plain_hash(picture.convert("L"), hash_size).hex() == str(imagehash.phash(picture, hash_size))


def test_neither_imagehash_nor_scipy_is_imported():
    """Their import takes longer than a decision may."""
    script = (
        "import io, sys; from PIL import Image; from transferguard.avatars import fingerprint_avatar, compare_avatars;"
        "target = io.BytesIO(); Image.radial_gradient('L').save(target, 'PNG'); one = fingerprint_avatar(target.getvalue());"
        "compare_avatars(one, one); sys.exit('scipy' in sys.modules or 'imagehash' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0  # noqa: S603 - our own script
