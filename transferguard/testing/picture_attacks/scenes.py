# SPDX-License-Identifier: Apache-2.0
# what thieves do is a list of measures; each stands beside the name of its parameter
"""What happens to a picture on its way: shown on a screen, photographed from it, written on, put beside another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from transferguard.testing.picture_attacks.edits import disc, perspective
from transferguard.testing.pictures import draw_emoji_face, draw_photo

if TYPE_CHECKING:
    from transferguard.testing.picture_attacks.draws import Draws

_WORDS = ("VIP", "HELLO", "OFFICIAL", "NEW", "SALE", "2026", "LOVE", "BOSS", "ONLINE", "No. 1")
_SMOOTH = Image.Resampling.BICUBIC


def badge(picture: Image.Image, draws: Draws) -> Image.Image:
    """A round badge with a word in one corner, up to 36 % of the side wide."""
    marked, side = picture.copy(), picture.width
    wide = int(side * draws.between("width", 0.18, 0.36))
    x, y = (draws.one_of((0, side - wide)) for _ in range(2))
    pen = ImageDraw.Draw(marked)
    pen.ellipse(
        (x, y, x + wide, y + wide),
        fill=draws.one_of(((7, 193, 96), (22, 119, 255), (230, 60, 60), (212, 175, 55))),
        outline=(255, 255, 255),
        width=3,
    )
    pen.text(
        (x + wide / 2, y + wide / 2),
        draws.one_of(("VIP", "V", "OK", "1")),
        fill=(255, 255, 255),
        font=ImageFont.load_default(size=wide // 3),
        anchor="mm",
    )
    return marked


def banner(picture: Image.Image, draws: Draws) -> Image.Image:
    """A band with words across the picture, up to 36 % of its height; solid or half clear."""
    side = picture.width
    high = int(side * draws.between("height", 0.14, 0.36))
    top = draws.one_of((0, side - high, side - high, (side - high) // 2))
    band = Image.new("RGBA", picture.size)
    pen = ImageDraw.Draw(band)
    pen.rectangle((0, top, side, top + high), fill=(*draws.colour(), draws.one_of((255, 255, 190, 130))))
    word = draws.one_of(_WORDS)
    pen.text(
        (side / 2, top + high / 2),
        word,
        fill=draws.one_of(("#ffffff", "#ffe14d", "#111111")),
        font=ImageFont.load_default(size=high * 0.6),
        anchor="mm",
    )
    return Image.alpha_composite(picture.convert("RGBA"), band).convert("RGB")


def lettering(picture: Image.Image, draws: Draws) -> Image.Image:
    """Large letters with an outline anywhere on the picture."""
    side = picture.width
    marked, font = picture.copy(), ImageFont.load_default(size=side * draws.between("height", 0.12, 0.24))
    at = (side * draws.between("x", 0.3, 0.7), side * draws.between("y", 0.2, 0.85))
    text = f"{draws.one_of(_WORDS)}\n{draws.one_of(_WORDS)}"
    fill = draws.one_of(((255, 255, 255), (255, 225, 77), (230, 60, 60)))
    ImageDraw.Draw(marked).multiline_text(
        at, text, fill=fill, font=font, anchor="mm", align="center", stroke_width=3, stroke_fill=(0, 0, 0)
    )
    return marked


def sticker(picture: Image.Image, draws: Draws) -> Image.Image:
    """One large sticker (a round face) that covers up to 36 % of the area, anywhere."""
    side = picture.width
    wide = int(side * (draws.between("area", 0.08, 0.36) / 0.785) ** 0.5)
    face = draw_emoji_face(draws.number(), size=max(32, wide))
    marked = picture.copy()
    x, y = (int((side - wide) * draws.between(axis, 0.0, 1.0)) for axis in ("x", "y"))
    marked.paste(face.resize((wide, wide), _SMOOTH), (x, y), disc(wide, 0.86))
    return marked


def chat_screenshot(picture: Image.Image, draws: Draws) -> Image.Image:
    """The picture as a phone shows it large: bars above and below, sometimes on black; then cut to a square."""
    side = picture.width
    shown = int(side * draws.between("shown", 0.62, 0.94))
    dark = draws.one_of((True, False))
    page = Image.new("RGB", (side, side), (17, 17, 17) if dark else (237, 237, 237))
    ink = (230, 230, 230) if dark else (25, 25, 25)
    left, top = (side - shown) // 2, int((side - shown) * draws.between("top", 0.35, 0.65))
    page.paste(picture.resize((shown, shown), _SMOOTH), (left, top))
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(size=max(9, side // 22))
    pen.text((side * 0.04, side * 0.03), f"{draws.one_of(range(7, 23))}:{draws.one_of(range(10, 60))}", fill=ink, font=font)
    pen.rectangle((side * 0.84, side * 0.035, side * 0.94, side * 0.065), outline=ink)
    pen.rectangle((side * 0.85, side * 0.04, side * 0.91, side * 0.06), fill=(7, 193, 96))
    pen.text(
        (side * 0.5, side * 0.965),
        draws.one_of(("Send message", "Add to contacts", "...", "Profile photo")),
        fill=ink,
        font=font,
        anchor="mm",
    )
    return page


def screen_photo(picture: Image.Image, draws: Draws) -> Image.Image:
    """Photographed from a screen: moiré, uneven light, a little perspective, noise."""
    side = picture.width
    rng = np.random.default_rng(draws.number())
    axis = np.arange(side, dtype=np.float32)
    slant, period = draws.between("slant", -0.4, 0.4), draws.between("period", 2.2, 5.0)
    phase = axis[None, :] + slant * axis[:, None]
    rings = (axis[None, :] - side * draws.between("cx", 0, 1)) ** 2 + (axis[:, None] - side * draws.between("cy", 0, 1)) ** 2
    depth = draws.between("depth", 6, 20)
    waves = np.sin(phase * 2 * np.pi / period) + np.sin(rings * draws.between("chirp", 0.0015, 0.006)) * 0.8
    light = (
        1
        + draws.between("falloff", -0.3, 0.3) * (axis[None, :] / side - 0.5)
        + draws.between("fall", -0.3, 0.3) * (axis[:, None] / side - 0.5)
    )
    levels = np.asarray(picture, np.float32) * light[..., None] + depth * waves[..., None] * np.asarray([1, 0.8, 1.1], np.float32)
    levels += rng.normal(0, draws.between("noise", 2, 8), (side, side, 1))
    shot = Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))
    return perspective(shot, draws)


def collage_halves(picture: Image.Image, draws: Draws) -> Image.Image:
    """The middle of the picture fills one half, another picture the other."""
    side = picture.width
    page, half = draw_photo(draws.number(), size=side), side // 2
    first = draws.one_of((True, False))
    start = int(half * draws.between("start", 0.3, 0.7))
    if draws.one_of((True, False)):
        page.paste(picture.crop((start, 0, start + half, side)), (0 if first else side - half, 0))
    else:
        page.paste(picture.crop((0, start, side, start + half)), (0, 0 if first else side - half))
    return page


def collage_inset(picture: Image.Image, draws: Draws) -> Image.Image:
    """The whole picture, 55 to 75 % as large, laid over a corner of another one."""
    side = picture.width
    page, wide = draw_photo(draws.number(), size=side), int(side * draws.between("width", 0.55, 0.75))
    spare, edge = side - wide, draws.one_of((0, side // 60))
    x, y = (int(spare * draws.one_of((0.05, 0.95))) for _ in range(2))
    if edge:
        ImageDraw.Draw(page).rectangle((x - edge, y - edge, x + wide + edge, y + wide + edge), fill=(255, 255, 255))
    page.paste(picture.resize((wide, wide), _SMOOTH), (x, y))
    return page
