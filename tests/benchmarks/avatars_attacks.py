# SPDX-License-Identifier: Apache-2.0
"""What a thief does to a picture: the disguises that the avatar room was tuned on.

Every attack takes a picture and a random generator and returns a picture; `disguise` then saves it small, as JPEG or WebP of
low quality. They are ours alone and stand apart from `transferguard.testing.picture_attacks`, which judges.
"""

import io
import math
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

Attack = Callable[[Image.Image, np.random.Generator], Image.Image]


def _box(picture, left, top, right, bottom):
    width, height = picture.size
    return picture.crop((round(left * width), round(top * height), round(right * width), round(bottom * height)))


def _tint(rng):
    return tuple(int(level) for level in rng.integers(0, 256, 3))


def same(picture, _rng):
    """Saved again."""
    return picture


def crop_centre(picture, rng):
    """A little off every side."""
    cut = rng.uniform(0.04, 0.12)
    return _box(picture, cut, cut, 1 - cut, 1 - cut)


def crop_sides(picture, rng):
    """Each side cut by itself, up to 22 %, proportions kept or squeezed into a square."""
    left, top, right, bottom = rng.uniform(0, 0.22, 4)
    cut = _box(picture, left, top, 1 - right, 1 - bottom)
    return cut if rng.random() < 0.5 else cut.resize((300, 300))


def crop_square(picture, rng):
    """A square crop anywhere."""
    side = rng.uniform(0.58, 0.86)
    left, top = rng.uniform(0, 1 - side, 2)
    return _box(picture, left, top, left + side, top + side)


def crop_corner(picture, rng):
    """14 to 22 % off two neighbouring sides."""
    across, down = rng.uniform(0.14, 0.22, 2)
    left, top = rng.random() < 0.5, rng.random() < 0.5
    return _box(picture, across * left, down * top, 1 - across * (not left), 1 - down * (not top))


def mirror(picture, _rng):
    """Left and right exchanged."""
    return ImageOps.mirror(picture)


def rotate_crop(picture, rng):
    """Turned a little and cropped so that no corner shows."""
    angle = rng.uniform(3, 18) * rng.choice([-1, 1])
    turn = abs(math.radians(angle))
    side = rng.uniform(0.9, 1.0) / (math.cos(turn) + math.sin(turn))
    edge = (1 - side) / 2
    return _box(picture.rotate(angle, Image.Resampling.BICUBIC), edge, edge, 1 - edge, 1 - edge)


def rotate_fill(picture, rng):
    """Turned a little with plain corners."""
    angle = float(rng.uniform(3, 18) * rng.choice([-1, 1]))
    return picture.rotate(angle, Image.Resampling.BICUBIC, expand=bool(rng.random() < 0.4), fillcolor=_tint(rng))


def circle(picture, rng):
    """What is left in a round cut-out, perhaps after a crop."""
    cut = rng.uniform(0, 0.12)
    picture = _box(picture, cut, cut, 1 - cut, 1 - cut)
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).ellipse((0, 0, picture.width - 1, picture.height - 1), fill=255)
    ground = Image.new("RGB", picture.size, ["white", "black", _tint(rng)][rng.integers(3)])
    return Image.composite(picture, ground, mask)


def border(picture, rng):
    """A plain, gold or double frame."""
    width = int(rng.uniform(0.04, 0.14) * picture.width)
    framed = ImageOps.expand(picture, width, _tint(rng))
    if rng.random() < 0.5:
        ImageDraw.Draw(framed).rectangle((0, 0, framed.width - 1, framed.height - 1), outline=_tint(rng), width=max(2, width // 3))
    return framed


def padding(picture, rng):
    """More ground around, plain or the picture itself blurred, not always centred."""
    size = int(rng.uniform(1.15, 1.6) * picture.width)
    if rng.random() < 0.3:
        ground = picture.resize((size, size)).filter(ImageFilter.GaussianBlur(18))
    else:
        ground = Image.new("RGB", (size, size), ["white", "black", _tint(rng)][rng.integers(3)])
    free = size - picture.width
    spot = (free // 2, free // 2) if rng.random() < 0.6 else tuple(int(at) for at in rng.integers(0, free + 1, 2))
    ground.paste(picture, spot)
    return ground


def screenshot(picture, rng):
    """A chat or profile page with the picture on it."""
    side = 400
    dark = rng.random() < 0.3
    page = Image.new("RGB", (side, int(side * rng.uniform(1.0, 1.25))), (24, 24, 28) if dark else (238, 238, 240))
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, side, int(rng.uniform(20, 46))), fill=(44, 44, 50) if dark else _tint(rng))
    for line in range(int(rng.integers(2, 6))):
        y, x = rng.uniform(0.5, 0.95) * page.height, rng.uniform(0, 0.4) * side
        draw.rounded_rectangle((x, y, x + rng.uniform(60, 220), y + 24), 9, fill=(60, 130, 70) if line % 2 else (255, 255, 255))
        draw.line((x + 8, y + 12, x + 50, y + 12), fill=(30, 30, 30), width=3)
    shown = int(side * rng.uniform(0.45, 0.75))
    small = picture.resize((shown, shown), Image.Resampling.BICUBIC)
    left, top = int(rng.uniform(0.03, 0.97) * (side - shown)), int(rng.uniform(50, max(51, page.height - shown - 10)))
    mask = Image.new("L", small.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, shown - 1, shown - 1), rng.choice([1, shown // 10, shown // 2]), fill=255)
    page.paste(small, (left, top), mask)
    return page


def _solve(targets, sources):
    rows, right = [], []
    for (x, y), (u, v) in zip(targets, sources, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return np.linalg.solve(np.array(rows), np.array(right))


def perspective(picture, rng):
    """Seen from the side, the corners moved by up to 9 %."""
    size = picture.width
    corners = [(0, 0), (size, 0), (size, size), (0, size)]
    inward = rng.uniform(0, 0.09, (4, 2)) * size * np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]]) * rng.choice([1, -0.6])
    targets = [(x + dx, y + dy) for (x, y), (dx, dy) in zip(corners, inward, strict=True)]
    return picture.transform(
        picture.size, Image.Transform.PERSPECTIVE, _solve(targets, corners), Image.Resampling.BICUBIC, fillcolor=_tint(rng)
    )


def moire(picture, rng):
    """A photograph of a screen: slight perspective, gratings, a band, another gamma, blur."""
    picture = perspective(picture, np.random.default_rng(rng.integers(1 << 30))) if rng.random() < 0.6 else picture
    pixels = np.asarray(picture, dtype=np.float32)
    y, x = np.mgrid[: picture.height, : picture.width]
    for _ in range(2):
        angle, period = rng.uniform(0, math.pi), rng.uniform(3, 14)
        wave = np.sin(2 * math.pi * (x * math.cos(angle) + y * math.sin(angle)) / period)
        pixels = pixels * (1 + rng.uniform(0.04, 0.14) * wave[..., None] * rng.uniform(0.6, 1.0, 3))
    pixels = 255 * (np.clip(pixels, 0, 255) / 255) ** rng.uniform(0.7, 1.5) * rng.uniform(0.8, 1.05, 3) + rng.uniform(0, 25)
    pixels *= 1 + 0.15 * np.sin(2 * math.pi * (y / picture.height * rng.uniform(0.5, 3) + rng.random()))[..., None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.6)))


def sticker(picture, rng):
    """Something on top, up to 36 % of the area, anywhere."""
    picture = picture.copy()
    share = rng.uniform(0.1, 0.36)
    width = math.sqrt(share * rng.uniform(0.7, 1.4))
    height = min(0.95, share / width)
    left, top = rng.uniform(0, 1 - width), rng.uniform(0, 1 - height)
    box = [left * picture.width, top * picture.height, (left + width) * picture.width, (top + height) * picture.height]
    draw = ImageDraw.Draw(picture)
    (draw.rectangle if rng.random() < 0.6 else draw.ellipse)(box, fill=_tint(rng))
    draw.rectangle((box[0] + 10, box[1] + 10, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2), fill=_tint(rng))
    return picture


def banner(picture, rng):
    """A strip with writing at one edge."""
    picture = picture.copy()
    deep = int(rng.uniform(0.12, 0.34) * picture.height)
    top = 0 if rng.random() < 0.4 else picture.height - deep
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, top, picture.width, top + deep), fill=_tint(rng))
    ink = _tint(rng)
    for letter in range(6):
        x = 20 + letter * picture.width // 7
        draw.rectangle((x, top + deep // 4, x + picture.width // 12, top + 3 * deep // 4), fill=ink)
        draw.line((x, top, x + 30, top + deep), fill=ink, width=5)
    return picture


def turn(picture, rng):
    """A quarter turn, a half turn or a flip."""
    kinds = [
        Image.Transpose.ROTATE_90,
        Image.Transpose.ROTATE_180,
        Image.Transpose.ROTATE_270,
        Image.Transpose.FLIP_TOP_BOTTOM,
        Image.Transpose.TRANSPOSE,
    ]
    return picture.transpose(kinds[rng.integers(len(kinds))])


def collage(picture, rng, other=None):
    """Two pictures, side by side or one above the other, each cut or squeezed into its half."""
    other = other or Image.effect_noise(picture.size, 80).resize((20, 20)).resize(picture.size, Image.Resampling.BICUBIC).convert("RGB")
    size = picture.width
    cut, swap, stacked = rng.random() < 0.5, rng.random() < 0.5, rng.random() < 0.4
    half = lambda one: ImageOps.fit(one, (size // 2, size)) if cut else one.resize((size // 2, size))  # noqa: E731 - one expression, used twice
    canvas = Image.new("RGB", (size, size), "white")
    one, two = (
        (picture, other) if not stacked else (picture.transpose(Image.Transpose.TRANSPOSE), other.transpose(Image.Transpose.TRANSPOSE))
    )
    for place, each in enumerate((two, one) if swap else (one, two)):
        canvas.paste(half(each), (place * size // 2, 0))
    return canvas.transpose(Image.Transpose.TRANSPOSE) if stacked else canvas


def colour(picture, rng):
    """Gray, sepia, another hue, saturation, brightness, contrast or gamma."""
    choice = rng.integers(6)
    if choice == 0:
        return ImageOps.grayscale(picture).convert("RGB")
    if choice == 1:
        return ImageOps.colorize(ImageOps.grayscale(picture), (40, 20, 0), (255, 240, 200))
    if choice == 2:
        hue, saturation, value = picture.convert("HSV").split()
        shift = int(rng.integers(20, 235))
        return Image.merge("HSV", (hue.point(lambda level: (level + shift) % 256), saturation, value)).convert("RGB")
    if choice == 3:
        return ImageEnhance.Color(picture).enhance(rng.uniform(0.3, 2.2))
    if choice == 4:
        return ImageEnhance.Contrast(ImageEnhance.Brightness(picture).enhance(rng.uniform(0.6, 1.5))).enhance(rng.uniform(0.6, 1.6))
    table = [round(255 * (level / 255) ** rng.uniform(0.99, 1.01)) for level in range(256)]
    gamma = rng.uniform(0.55, 1.8)
    return picture.point([round(255 * (level / 255) ** gamma) for level in table] * 3)


def soften(picture, rng):
    """Blurred or noisy."""
    if rng.random() < 0.5:
        return picture.filter(ImageFilter.GaussianBlur(rng.uniform(1.5, 5)))
    pixels = np.asarray(picture, dtype=np.float32)
    return Image.fromarray(np.clip(pixels + rng.normal(0, rng.uniform(10, 30), pixels.shape), 0, 255).astype(np.uint8))


def stretch(picture, rng):
    """Another proportion."""
    return picture.resize((300, int(300 * rng.choice([rng.uniform(0.75, 0.9), rng.uniform(1.1, 1.33)]))))


def mirror_crop_border_colour(picture, rng):
    """The gold frame with everything."""
    return colour(border(mirror(crop_sides(picture, rng), rng), rng), rng)


def circle_crop_colour(picture, rng):
    """A round screenshot in other colours."""
    return colour(circle(crop_square(picture, rng) if rng.random() < 0.5 else crop_centre(picture, rng), rng), rng)


def rotate_crop_circle(picture, rng):
    """Turned, then round."""
    return circle(rotate_crop(picture, rng), rng)


def screenshot_mirror(picture, rng):
    """A mirrored picture on a page."""
    return screenshot(mirror(picture, rng), rng)


def crop_sticker(picture, rng):
    """Cropped, with a badge."""
    return sticker(crop_centre(picture, rng), rng)


def padding_crop(picture, rng):
    """Cropped, with ground around."""
    return padding(crop_sides(picture, rng).resize((360, 360)), rng)


def mirror_rotate(picture, rng):
    """Mirrored and turned a little."""
    return rotate_crop(mirror(picture, rng), rng)


ATTACKS: dict[str, Attack] = {
    each.__name__: each
    for each in (
        same, crop_centre, crop_sides, crop_square, crop_corner, mirror, rotate_crop, rotate_fill, circle, border, padding, screenshot,
        perspective, moire, sticker, banner, turn, collage, colour, soften, stretch, mirror_crop_border_colour, circle_crop_colour,
        rotate_crop_circle, screenshot_mirror, crop_sticker, padding_crop, mirror_rotate,
    )
}  # fmt: skip


def saved(picture, rng):
    """Small, as JPEG or WebP of low quality: 96 to 320 pixels, quality 30 to 85."""
    small = picture.convert("RGB")
    small.thumbnail((int(rng.integers(96, 321)),) * 2, Image.Resampling.BICUBIC)
    target = io.BytesIO()
    small.save(target, "JPEG" if rng.random() < 0.6 else "WEBP", quality=int(rng.integers(30, 86)))
    return target.getvalue()


def disguise(picture, attack, rng):
    """The file that the thief uploads."""
    return saved(ATTACKS[attack](picture, rng), rng)
