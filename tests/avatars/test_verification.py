# SPDX-License-Identifier: Apache-2.0
"""Which hypotheses are worth aligning?"""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tests.avatars.drawing import encoded, scene
from transferguard.avatars import AvatarIndex, fingerprint_avatar
from transferguard.avatars.verification import _at_a_glance


def test_the_nearest_hashes_are_aligned_whatever_a_glance_says():
    """Four by distance, then by turns the best by either glance, none twice."""
    glance = np.array([0.1, 0.9, 0.2, 0.8, 0.3, 0.7, 0.0, 0.6], np.float32)
    fitting = np.array([0.9, 0.8, 0.2, 0.1, 0.3, 0.7, 0.0, 0.4], np.float32)
    distance = np.array([60, 50, 10, 70, 20, 80, 5, 40])

    assert _at_a_glance((glance, fitting), distance, 7).tolist() == [6, 2, 4, 7, 1, 0, 3]


def test_few_hypotheses_are_all_aligned():
    """Fewer than the nearest that are asked for."""
    nothing = np.zeros(2, np.float32)

    assert sorted(_at_a_glance((nothing, nothing), np.array([3, 1]), 14).tolist()) == [0, 1]


def test_a_round_picture_on_a_page_is_found_among_others():
    """The page in its corners says nothing of the picture."""
    page = Image.new("RGB", (400, 480), (238, 238, 240))
    round_cut = Image.new("L", (220, 220), 0)
    ImageDraw.Draw(round_cut).ellipse((0, 0, 219, 219), fill=255)
    page.paste(scene(3).resize((220, 220)), (60, 90), round_cut)
    index = AvatarIndex((seed, fingerprint_avatar(encoded(scene(seed)))) for seed in range(12))

    assert index.search(fingerprint_avatar(encoded(page)))[0].id == 3


def _blurred(seed):
    """A ground out of focus: no block of it has much structure."""
    soft = scene(seed).filter(ImageFilter.GaussianBlur(14))
    return Image.blend(soft, Image.new("RGB", soft.size, (120, 120, 120)), 0.5)


def _disc(picture, cut):
    """Cropped, then cut to a disc on grey."""
    edge = int(cut * picture.width)
    cropped = picture.crop((edge, edge, picture.width - edge, picture.height - edge))
    mask = Image.new("L", cropped.size, 0)
    ImageDraw.Draw(mask).ellipse((0, 0, cropped.width - 1, cropped.height - 1), fill=255)
    return Image.composite(cropped, Image.new("RGB", cropped.size, (237, 237, 237)), mask)


def test_discs_of_cropped_blurred_pictures_are_found():
    """Faint structure says what is worth exact work; a third of these were dropped before."""
    index = AvatarIndex((seed, fingerprint_avatar(encoded(_blurred(seed)))) for seed in range(16))
    found = [index.search(fingerprint_avatar(encoded(_disc(_blurred(seed), 0.14))))[0] for seed in (4, 8, 12)]

    assert [hit.id for hit in found] == [4, 8, 12]
    assert min(hit.weight for hit in found) > 5


def _with_sticker(picture):
    """A round face over a quarter of it, off the middle."""
    marked = picture.copy()
    pen, side = ImageDraw.Draw(marked), picture.width
    pen.ellipse((0.1 * side, 0.3 * side, 0.65 * side, 0.85 * side), fill=(255, 220, 60), outline=(120, 80, 0), width=4)
    for eye in (0.27, 0.45):
        pen.ellipse((eye * side, 0.45 * side, (eye + 0.06) * side, 0.55 * side), fill=(40, 20, 0))
    return marked


def test_a_blurred_picture_under_a_sticker_is_found():
    """The sticker has most of the contrast, and none of the say."""
    index = AvatarIndex((seed, fingerprint_avatar(encoded(_blurred(seed)))) for seed in range(16))
    found = [index.search(fingerprint_avatar(encoded(_with_sticker(_blurred(seed))))) for seed in range(6)]

    assert [hits[0].id for hits in found if hits] == [0, 1, 2, 3, 4, 5]


def test_blurred_strangers_prove_nothing():
    """All blurred grounds are a little alike, and none weighs enough to warn."""
    index = AvatarIndex((seed, fingerprint_avatar(encoded(_blurred(seed)))) for seed in range(16))
    hits = [hit.weight for seed in range(100, 106) for hit in index.search(fingerprint_avatar(encoded(_blurred(seed))))]

    assert all(weight < 4 for weight in hits)
