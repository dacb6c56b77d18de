# SPDX-License-Identifier: Apache-2.0
# what thieves do is a list of measures; each stands beside the name of its parameter
"""What any photo editor does to a picture: colour, blur, crop, turn, frame.

Every edit takes a square RGB picture and the draws of its attack, and gives a picture. Margins are shares of the side.
"""

from __future__ import annotations

from math import cos, pi, radians, sin
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

if TYPE_CHECKING:
    from transferguard.testing.picture_attacks.draws import Draws

_SMOOTH = Image.Resampling.BICUBIC


def untouched(picture: Image.Image, draws: Draws) -> Image.Image:  # noqa: ARG001  # all edits are called alike
    """Nothing: saved again is all."""
    return picture


def colours(picture: Image.Image, draws: Draws) -> Image.Image:
    """Brightness, contrast, saturation and temperature."""
    picture = ImageEnhance.Brightness(picture).enhance(draws.between("brightness", 0.72, 1.3))
    picture = ImageEnhance.Contrast(picture).enhance(draws.between("contrast", 0.7, 1.4))
    picture = ImageEnhance.Color(picture).enhance(draws.between("saturation", 0.2, 1.8))
    warm = draws.between("temperature", -0.14, 0.14)
    red, green, blue = picture.split()
    return Image.merge("RGB", (red.point(lambda v: v * (1 + warm)), green, blue.point(lambda v: v * (1 - warm))))


def filtered(picture: Image.Image, draws: Draws) -> Image.Image:
    """A ready-made look: grey, sepia, faded, or a strong tint."""
    look = draws.one_of(("grey", "sepia", "faded", "tint"))
    grey = ImageOps.grayscale(picture)
    if look == "grey":
        return grey.convert("RGB")
    if look == "sepia":
        return ImageOps.colorize(grey, (30, 18, 8), (255, 240, 205))
    if look == "faded":
        return Image.blend(picture, Image.new("RGB", picture.size, (205, 200, 195)), draws.between("fade", 0.15, 0.4))
    return Image.blend(picture, Image.new("RGB", picture.size, draws.colour()), draws.between("tint", 0.12, 0.3))


def gamma(picture: Image.Image, draws: Draws) -> Image.Image:
    """Lighter or darker shadows."""
    power = 2 ** draws.between("power", -0.8, 0.8)
    return picture.point([round(255 * (level / 255) ** power) for level in range(256)] * 3)


def blurred(picture: Image.Image, draws: Draws) -> Image.Image:
    """Out of focus, by up to one part in a hundred of the side."""
    return picture.filter(ImageFilter.GaussianBlur(picture.width * draws.between("radius", 0.002, 0.01)))


def noisy(picture: Image.Image, draws: Draws) -> Image.Image:
    """The noise of a dark room: 4 to 16 grey levels."""
    rng = np.random.default_rng(draws.number())
    levels = np.asarray(picture, dtype=np.float32) + rng.normal(0, draws.between("levels", 4, 16), (picture.height, picture.width, 3))
    return Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))


def sharpened(picture: Image.Image, draws: Draws) -> Image.Image:
    """Sharper than it was."""
    return picture.filter(ImageFilter.UnsharpMask(radius=picture.width / 160, percent=int(draws.between("percent", 60, 220))))


def _window(picture: Image.Image, box: tuple[float, float, float, float]) -> Image.Image:
    """The part of a picture inside a box of shares, as large as the picture was."""
    wide, high = picture.size
    pixels = (box[0] * wide, box[1] * high, box[2] * wide, box[3] * high)
    return picture.resize(picture.size, _SMOOTH, box=pixels)


def crop_centred(picture: Image.Image, draws: Draws) -> Image.Image:
    """The same margin off all four sides."""
    margin = draws.between("margin", 0.04, 0.22)
    return _window(picture, (margin, margin, 1 - margin, 1 - margin))


def crop_off_centre(picture: Image.Image, draws: Draws) -> Image.Image:
    """A square window that sits anywhere, up to 22 % off a side."""
    cut = draws.between("cut", 0.1, 0.36)
    widest = min(cut, 0.22)
    left, top = (draws.between(side, max(0.0, cut - widest), widest) for side in ("left", "top"))
    return _window(picture, (left, top, left + 1 - cut, top + 1 - cut))


def crop_corner(picture: Image.Image, draws: Draws) -> Image.Image:
    """Up to 22 % off two sides that meet, nothing off the others."""
    cut = draws.between("cut", 0.08, 0.22)
    left, top = draws.one_of((0.0, cut)), draws.one_of((0.0, cut))
    return _window(picture, (left, top, left + 1 - cut, top + 1 - cut))


def stretched(picture: Image.Image, draws: Draws) -> Image.Image:
    """Cut on two opposite sides only, then pulled back to a square."""
    cut, first = draws.between("cut", 0.06, 0.2), draws.between("first", 0.3, 0.7)
    low, high = cut * first, 1 - cut * (1 - first)
    return _window(picture, draws.one_of(((low, 0.0, high, 1.0), (0.0, low, 1.0, high))))


def mirrored(picture: Image.Image, draws: Draws) -> Image.Image:  # noqa: ARG001  # all edits are called alike
    """Left and right swapped."""
    return ImageOps.mirror(picture)


def upside_down(picture: Image.Image, draws: Draws) -> Image.Image:
    """Flipped top to bottom, or turned by half."""
    return picture.transpose(draws.one_of((Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.ROTATE_180)))


def quarter_turned(picture: Image.Image, draws: Draws) -> Image.Image:
    """Turned by a quarter, to either side, sometimes flipped as well."""
    turns = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270, Image.Transpose.TRANSPOSE, Image.Transpose.TRANSVERSE)
    return picture.transpose(draws.one_of(turns))


def rotated(picture: Image.Image, draws: Draws) -> Image.Image:
    """Turned by a few degrees; the corners show one colour."""
    ground = draws.one_of(((255, 255, 255), (0, 0, 0), draws.colour()))
    return picture.rotate(draws.signed("degrees", 3, 14), _SMOOTH, fillcolor=ground)


def rotated_and_cropped(picture: Image.Image, draws: Draws) -> Image.Image:
    """Turned by a few degrees and cropped until no corner is empty."""
    degrees = draws.signed("degrees", 3, 14)
    angle = radians(abs(degrees))
    inside = 1 / (cos(angle) + sin(angle)) * draws.between("slack", 0.94, 1.0)
    margin = (1 - inside) / 2
    return _window(picture.rotate(degrees, _SMOOTH), (margin, margin, 1 - margin, 1 - margin))


def bordered(picture: Image.Image, draws: Draws) -> Image.Image:
    """An even border of one colour around the whole picture."""
    margin = int(picture.width * draws.between("margin", 0.03, 0.15))
    colour = draws.one_of(((255, 255, 255), (0, 0, 0), (212, 175, 55), draws.colour()))
    return ImageOps.expand(picture, margin, colour)


def gold_framed(picture: Image.Image, draws: Draws) -> Image.Image:
    """A frame with bevels laid over the edge of the picture, as membership levels have it."""
    framed, wide = picture.copy(), picture.width
    pen, margin = ImageDraw.Draw(framed), max(4, int(picture.width * draws.between("margin", 0.05, 0.12)))
    base = draws.one_of(((212, 175, 55), (192, 192, 200), (180, 60, 70)))
    for step in range(margin):
        light = 0.6 + 0.55 * sin(step / margin * pi) + (0.2 if step % 7 == 0 else 0.0)
        pen.rectangle((step, step, wide - 1 - step, wide - 1 - step), outline=tuple(min(255, int(part * light)) for part in base))
    for x, y in ((0, 0), (wide, 0), (0, wide), (wide, wide)):
        pen.ellipse((x - margin * 1.6, y - margin * 1.6, x + margin * 1.6, y + margin * 1.6), fill=base, outline=(90, 70, 20))
    return framed


def padded(picture: Image.Image, draws: Draws) -> Image.Image:
    """The whole picture on a larger ground (up to 1.6 times): one colour, or itself out of focus."""
    side = picture.width
    large = int(side * draws.between("factor", 1.15, 1.6))
    kind = draws.one_of(("white", "black", "colour", "blurred"))
    if kind == "blurred":
        ground = picture.resize((large, large), _SMOOTH).filter(ImageFilter.GaussianBlur(side / 16))
    else:
        ground = Image.new("RGB", (large, large), {"white": (255, 255, 255), "black": (0, 0, 0)}.get(kind) or draws.colour())
    spare = large - side
    ground.paste(picture, (int(spare * draws.between("left", 0.3, 0.7)), int(spare * draws.between("top", 0.3, 0.7))))
    return ground


def disc(side: int, reach: float = 1.0) -> Image.Image:
    """A round mask with a clean edge; `reach` is its diameter in sides."""
    mask = Image.new("L", (side * 2, side * 2))
    margin = side * (1 - reach)
    ImageDraw.Draw(mask).ellipse((margin, margin, side * 2 - 1 - margin, side * 2 - 1 - margin), fill=255)
    return mask.reduce(2)


def circled(picture: Image.Image, draws: Draws) -> Image.Image:
    """Cut to a disc on one colour, as a screenshot of a round avatar is."""
    ground = Image.new("RGB", picture.size, draws.one_of(((255, 255, 255), (0, 0, 0), (237, 237, 237), draws.colour())))
    ground.paste(picture, mask=disc(picture.width, draws.between("reach", 0.94, 1.0)))
    return ground


def rounded(picture: Image.Image, draws: Draws) -> Image.Image:
    """Rounded corners on one colour."""
    mask = Image.new("L", picture.size)
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, picture.width, picture.height), picture.width * draws.between("radius", 0.08, 0.3), fill=255
    )
    ground = Image.new("RGB", picture.size, draws.one_of(((255, 255, 255), (0, 0, 0), (237, 237, 237))))
    ground.paste(picture, mask=mask)
    return ground


def perspective(picture: Image.Image, draws: Draws) -> Image.Image:
    """Seen at an angle: every corner moves inwards by up to 9 %."""
    side = picture.width
    shift = [draws.between(f"corner{corner}", 0.0, 0.09) * side for corner in range(8)]
    corners = ((shift[0], shift[1]), (shift[2], side - shift[3]), (side - shift[4], side - shift[5]), (side - shift[6], shift[7]))
    flat = [part for corner in corners for part in corner]
    return picture.transform(picture.size, Image.Transform.PERSPECTIVE, _projection(flat, side), _SMOOTH)


def _projection(corners: list[float], side: int) -> list[float]:
    """The eight numbers that map a square onto four corners (upper left, lower left, lower right, upper right)."""
    target = ((0, 0), (0, side), (side, side), (side, 0))
    rows, values = [], []
    for (x, y), u, v in zip(target, corners[::2], corners[1::2], strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(part) for part in np.linalg.solve(np.array(rows, float), np.array(values, float))]
