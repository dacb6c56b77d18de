# SPDX-License-Identifier: Apache-2.0
"""Pictures painted by ourselves, so that demos, tests and benchmarks need nobody's photo.

Every painter takes a seed and gives the same Pillow image for it every time, in well under a tenth of a second; another
seed is truly another picture. Those of photographic texture (`draw_portrait` … `draw_photo`) have light, noise and
grain; those that apps hand out (`draw_initials`, `draw_flag`, …) are as flat as the real ones. Bytes come from `as_jpeg`
and its siblings. What thieves do with pictures is in `transferguard.testing.picture_attacks`.

    from transferguard.testing.pictures import as_jpeg, draw_portrait
    data = as_jpeg(draw_portrait(7), quality=80)

No real person, place or mark is shown; every resemblance is chance. `python -m transferguard.testing.pictures` writes a
contact sheet.
"""

from transferguard.testing.pictures.canvas import SIDE_PX
from transferguard.testing.pictures.cartoons import TEMPLATES, draw_cartoon
from transferguard.testing.pictures.encode import as_gif, as_jpeg, as_png, as_webp
from transferguard.testing.pictures.flat import FLAGS, draw_default_avatar, draw_emoji_face, draw_flag, draw_initials, draw_logo
from transferguard.testing.pictures.honest import draw_couple, draw_graphic, draw_photo, draw_relatives
from transferguard.testing.pictures.landscapes import draw_city, draw_landscape, popular_sunset
from transferguard.testing.pictures.portraits import draw_group, draw_portrait
from transferguard.testing.pictures.stills import draw_flower, draw_pet, draw_still_life

__all__ = [
    "FLAGS",
    "SIDE_PX",
    "TEMPLATES",
    "as_gif",
    "as_jpeg",
    "as_png",
    "as_webp",
    "draw_cartoon",
    "draw_city",
    "draw_couple",
    "draw_default_avatar",
    "draw_emoji_face",
    "draw_flag",
    "draw_flower",
    "draw_graphic",
    "draw_group",
    "draw_initials",
    "draw_landscape",
    "draw_logo",
    "draw_pet",
    "draw_photo",
    "draw_portrait",
    "draw_relatives",
    "draw_still_life",
    "popular_sunset",
]
