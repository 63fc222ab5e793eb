"""Round seals as they lie over names and titles, drawn at the size of the strips."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

RIM_FONT = "/usr/share/fonts/truetype/liberation2/LiberationSans-Bold.ttf"
RIMS = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HÒA XHCN VIỆT NAM", "ỦY BAN NHÂN DÂN TỈNH",
    "BỘ NỘI VỤ", "SỞ TÀI CHÍNH THÀNH PHỐ", "TRƯỜNG ĐẠI HỌC", "HỘI ĐỒNG NHÂN DÂN", "VĂN PHÒNG",
    "ĐẢNG CỘNG SẢN VIỆT NAM", "BỘ GIAO THÔNG VẬN TẢI", "TỈNH HÀ NAM", "THÀNH PHỐ CẦN THƠ",
)  # fmt: skip
INSIDE = ("SỞ", "Y TẾ", "TRƯỜNG", "ĐẠI HỌC", "VĂN PHÒNG", "CHI CỤC", "TRUNG TÂM", "BAN", "PHÒNG")
DIAMETER = 168  # pixels of a strip, whose capitals of 9.2 pt are 15 pixels


def star(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, turn: float) -> None:
    angles = turn + np.arange(10) * np.pi / 5
    radii = np.where(np.arange(10) % 2 == 0, radius, radius * 0.4)
    draw.polygon([(x + r * np.sin(a), y - r * np.cos(a)) for a, r in zip(angles, radii)], fill=255)


def on_rim(page: Image.Image, text: str, radius: float, size: int, middle: float, up: bool) -> None:
    """Sets text along a circle, its feet towards the middle (`up`) or away from it."""
    font = ImageFont.truetype(RIM_FONT, size)
    lengths = [font.getlength(letter) * 1.12 for letter in text]
    angle = -sum(lengths) / 2 / radius
    half = page.width / 2
    for letter, length in zip(text, lengths):
        here = angle + length / 2 / radius
        angle += length / radius
        turn = middle + (here if up else -here)
        tile = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(tile).text((size, size), letter, fill=255, font=font, anchor="mm")
        tile = tile.rotate(np.degrees(-turn if up else np.pi - turn), resample=Image.BILINEAR)
        at = (
            int(half + radius * np.sin(turn) - size),
            int(half - radius * np.cos(turn) - size),
        )
        page.paste(255, at, tile)


def emblem(draw: ImageDraw.ImageDraw, rng, half: float, radius: float) -> None:
    """Ears of rice, a wheel and rays: dense marks around a star."""
    for ring in np.linspace(0.55, 0.95, 4):
        for angle in np.linspace(0, 2 * np.pi, 60, endpoint=False):
            if abs(angle - np.pi) < 0.5 and ring > 0.7 or rng.random() < 0.2:
                continue
            a, r = angle + rng.normal(0, 0.02), radius * ring * rng.uniform(0.96, 1.04)
            x, y, long = half + r * np.sin(a), half - r * np.cos(a), radius * 0.07
            lean = a + 0.7
            draw.line(
                (x, y, x + long * np.sin(lean), y - long * np.cos(lean)),
                fill=255,
                width=max(2, int(radius * 0.035)),
            )
    star(draw, half, half - radius * 0.15, radius * 0.22, 0)
    for i in range(7):
        y = half + radius * (0.4 + 0.07 * i)
        wide = radius * (0.55 - 0.05 * i)
        draw.line((half - wide, y, half + wide, y + rng.normal(0, 3)), fill=255, width=3)


def seal(rng: np.random.Generator) -> np.ndarray:
    """Ink from 0 to 1, a square of about DIAMETER pixels."""
    scale = 2
    across = int(DIAMETER * rng.uniform(0.85, 1.1)) * scale
    page = Image.new("L", (across + 16, across + 16), 0)
    draw = ImageDraw.Draw(page)
    half = page.width / 2

    def circle(radius: float, width: float) -> None:
        draw.ellipse(
            (half - radius, half - radius, half + radius, half + radius),
            outline=255,
            width=max(1, round(width)),
        )

    outer = across / 2
    bold = rng.uniform(1.5, 7) if rng.random() < 0.6 else rng.uniform(6, 14)
    circle(outer, bold)
    if rng.random() < 0.75:
        circle(outer - bold - rng.uniform(2, 8), rng.uniform(1, 4))
    inner = outer * rng.uniform(0.58, 0.72)
    if rng.random() < 0.8:
        circle(inner, rng.uniform(1.5, 5))
    size, rim = int(outer * rng.uniform(0.13, 0.2)), (outer - bold - 8 + inner) / 2
    top, foot = rng.choice(RIMS), rng.choice(RIMS)
    on_rim(page, top, rim, size, 0, True)
    if rng.random() < 0.7 and len(top) + len(foot) < 44:
        on_rim(page, foot, rim, size, np.pi, False)
    for turn in [np.pi] if rng.random() < 0.5 else [np.pi / 2, -np.pi / 2]:
        star(draw, half + rim * np.sin(turn), half - rim * np.cos(turn), size * 0.45, turn)
    if rng.random() < 0.5:
        emblem(draw, rng, half, inner * 0.95)
    else:
        count = rng.integers(1, 4)
        font = ImageFont.truetype(RIM_FONT, int(inner * rng.uniform(0.2, 0.3)))
        for i in range(count):
            y = half + (i - (count - 1) / 2) * font.size * 1.5
            draw.text((half, y), rng.choice(INSIDE), fill=255, font=font, anchor="mm")
    page = page.rotate(rng.uniform(-14, 14), resample=Image.BILINEAR)
    ink = np.asarray(page, np.float32) / 255
    ink = cv2.resize(ink, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
    if rng.random() < 0.5:  # too little ink here and there
        coarse = rng.random((ink.shape[0] // 6 + 1, ink.shape[1] // 6 + 1)).astype(np.float32)
        patches = cv2.resize(coarse, (ink.shape[1], ink.shape[0]), interpolation=cv2.INTER_CUBIC)
        ink = ink * np.clip((patches - rng.uniform(-0.2, 0.3)) * 3, 0, 1)
    return ink
