# SPDX-License-Identifier: Apache-2.0
"""Photo or graphic?"""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from tests.avatars.drawing import cartoon, encoded, scene
from transferguard.avatars import fingerprint_avatar
from transferguard.avatars.kind import PictureKind


@pytest.mark.parametrize("seed", range(6))
def test_plain_shapes_are_a_graphic_and_grain_is_a_photo(seed):
    """Also after an encoder went over them."""
    assert fingerprint_avatar(encoded(cartoon(seed), quality=40)).kind is PictureKind.GRAPHIC
    assert fingerprint_avatar(encoded(scene(seed), quality=40)).kind is PictureKind.PHOTO


def test_a_blurred_photo_is_shaded_and_no_graphic():
    """It has few colours, and hardly two places of the same."""
    levels = np.linspace(10, 70, 256, dtype=np.float32)
    shaded = Image.fromarray((levels[:, None] * 0.4 + levels[None, :] * 0.6).astype(np.uint8)).convert("RGB")
    shaded.paste((150, 90, 30), (60, 60, 200, 200))
    blurred = shaded.filter(ImageFilter.GaussianBlur(30))

    assert fingerprint_avatar(encoded(blurred, quality=90)).kind is PictureKind.PHOTO
