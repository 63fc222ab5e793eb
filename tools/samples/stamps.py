"""Stamps of urgency and secrecy as offices press them on a page: slanted, framed, hollow, worn."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from samples.scan import clouds

FONTS = tuple(
    f"/usr/share/fonts/truetype/liberation2/Liberation{name}-Bold.ttf"
    for name in ("Sans", "Serif", "Mono")
)
INKS_RGB = {"red": (205, 30, 40), "blue": (40, 50, 160), "black": (25, 25, 25)}
FRAMES = ("none", "single", "double", "arrow")

# What a record says of each word: the field and its value; None where it has no field for it.
WORDS = {
    "HỎA TỐC": ("urgency", "Hỏa tốc"),
    "HOẢ TỐC": ("urgency", "Hỏa tốc"),
    "HỎA TỐC HẸN GIỜ": ("urgency", "Hỏa tốc"),
    "THƯỢNG KHẨN": ("urgency", "Thượng khẩn"),
    "KHẨN": ("urgency", "Khẩn"),
    "MẬT": ("secrecy", "Mật"),
    "TỐI MẬT": ("secrecy", "Tối mật"),
    "TUYỆT MẬT": ("secrecy", "Tuyệt mật"),
    "LƯU HÀNH NỘI BỘ": None,
    "XEM XONG TRẢ LẠI": None,
}


@dataclass(frozen=True)
class InkStamp:
    text: str
    font: str
    ink: str  # of INKS_RGB
    frame: str  # of FRAMES
    hollow: bool
    degrees: float  # counter-clockwise
    capital_mm: float  # height of a capital without marks
    x: float  # of its middle, share of the page's width
    y: float  # likewise, of its height
    wear: float  # share of the ink that is missing


def random_stamp(rng: np.random.Generator) -> InkStamp:
    text = str(rng.choice(list(WORDS)))
    frame = str(rng.choice(FRAMES))
    hollow = bool(rng.random() < 0.25)
    # Outlines of small letters would run together on any rubber.
    capital_mm = rng.uniform(4 if hollow else 3, min(8, 70 / len(text)))
    return InkStamp(
        text=text,
        font=str(rng.choice(FONTS)),
        ink=str(rng.choice(list(INKS_RGB))),
        frame=frame,
        hollow=hollow,
        degrees=rng.uniform(25, 45) if frame == "arrow" else rng.uniform(-20, 20),
        capital_mm=capital_mm,
        x=rng.uniform(0.24, 0.36),
        y=rng.uniform(0.08, 0.3),
        wear=rng.uniform(0, 0.25),
    )


def _cover(stamp: InkStamp, dpi: float, rng: np.random.Generator) -> np.ndarray:
    """How much of each pixel the stamp inks, 0 to 1; upright sides, the stamp turned within."""
    fine = 2
    mm = fine * dpi / 25.4
    capital = stamp.capital_mm * mm
    font = ImageFont.truetype(stamp.font, round(capital / 0.69))
    stroke = max(2, round(0.045 * capital))
    left, top, right, bottom = font.getbbox(stamp.text, stroke_width=stroke)
    pad_x, pad_y = 0.45 * capital, 0.3 * capital
    reach = 1.6 * capital if stamp.frame == "arrow" else 0
    edge = 1.2 * mm
    width = right - left + 2 * (pad_x + edge + reach)
    height = bottom - top + 2 * (pad_y + edge) + reach
    image = Image.new("L", (round(width), round(height)))
    draw = ImageDraw.Draw(image)
    at = (width / 2 - (left + right) / 2, height / 2 - (top + bottom) / 2)
    if stamp.hollow:
        draw.text(at, stamp.text, 255, font, stroke_width=stroke)
        draw.text(at, stamp.text, 0, font)
    else:
        draw.text(at, stamp.text, 255, font)
    line = max(2, round(0.5 * mm))
    if stamp.frame in ("single", "double"):
        draw.rectangle((0, 0, image.width - 1, image.height - 1), outline=255, width=line)
    if stamp.frame == "double":
        gap = round(0.9 * mm)
        inner = (gap, gap, image.width - 1 - gap, image.height - 1 - gap)
        draw.rectangle(inner, outline=255, width=max(2, line // 2))
    if stamp.frame == "arrow":
        w, h, r, e = image.width - 1, image.height - 1, reach, reach / 2
        shaft = (e, h - e)
        points = [(e, shaft[0]), (w - r, shaft[0]), (w - r, 0), (w, h / 2), (w - r, h)]
        points += [(w - r, shaft[1]), (e, shaft[1]), (0, h), (0, 0), (e, shaft[0])]
        draw.line(points, 255, line)
    image = image.rotate(stamp.degrees, Image.Resampling.BICUBIC, expand=True)
    size = (max(1, image.width // fine), max(1, image.height // fine))
    cover = np.asarray(image.resize(size, Image.Resampling.BOX), np.float32) / 255
    if stamp.wear > 0:
        rubbed = clouds(cover.shape, 0.5 * mm / fine, rng)
        missing = rubbed < np.quantile(rubbed, stamp.wear)
        cover = cover * (1 - 0.85 * cv2.GaussianBlur(missing.astype(np.float32), (0, 0), 0.8))
    return cover


def press(page_rgb: np.ndarray, dpi: float, stamp: InkStamp, rng: np.random.Generator) -> np.ndarray:
    """The page with the stamp on it; ink over print makes both darker."""
    cover = _cover(stamp, dpi, rng)
    height, width = page_rgb.shape[:2]
    left = round(stamp.x * width - cover.shape[1] / 2)
    left = min(max(left, 0), width - cover.shape[1])
    top = min(max(round(stamp.y * height - cover.shape[0] / 2), 0), height - cover.shape[0])
    out = page_rgb.astype(np.float32)
    part = out[top : top + cover.shape[0], left : left + cover.shape[1]]
    ink = np.array(INKS_RGB[stamp.ink], np.float32) / 255
    part *= 1 - cover[..., None] * (1 - ink)
    return out.clip(0, 255).astype(np.uint8)
