"""Strips of document headers in which a number, a day or a month stands, as the reader sees them.

A strip is 40 high and 112 wide, ink from 0 to 1; capitals of the print around are 13.5 high and
stand on row 28. It begins with what is printed before the slot and ends with what follows, so that
nothing has to be cut.
"""

from __future__ import annotations

import functools

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

import strip_ink

HEIGHT, WIDTH = 40, 112
CAPITALS, BASELINE = 13.5, 28
DIGITS_MAX = 5
FONTS = "/usr/share/fonts/truetype/liberation2/LiberationSerif-{}.ttf"

BEFORE_NUMBER = ("Số:", "Số:", "Số:", "Số", "Số :", "ố:", ":", "Số: ", "SỐ:", "")
BEFORE_DAY = ("ngày", "ngày", "ngày", "gày", "ày", "y", "")
AFTER_DAY = ("tháng", "tháng 10", "tháng 4", "thán", "thá", "th", "t", "")
BEFORE_MONTH = ("tháng", "tháng", "tháng", "háng", "áng", "ng", "g", "")
AFTER_MONTH = ("năm 2017", "năm 2024", "năm 2025", "năm 20", "năm", "nă", "n", "")
AFTER_NUMBER = (
    "/QĐ-UBND", "/KH-SYT", "/TB-UBND", "/BC-SGD", "/CV-BTC", "/TTr-STP", "/SYT-NVY", "/UBND-NC",
    "/CT-UBND", "/TTg-KTTH", "/GM-HĐ", "/NQ-HĐND", "/BV-TCKT", "-CV/TU", "-QĐ/TW", "/LĐLĐ",
    "/SNN-KH", "/MTTQ", "/2025/QĐ-U", "/CĐ-VP", "-TB/ĐU", "/HD-B",
)  # fmt: skip
# What stands before a slot, and after it.
AROUND = {
    "number": (BEFORE_NUMBER, AFTER_NUMBER),
    "day": (BEFORE_DAY, AFTER_DAY),
    "month": (BEFORE_MONTH, AFTER_MONTH),
}
USES, USE_SHARES = tuple(AROUND), (0.5, 0.35, 0.15)
LINES_BELOW = ("V/v tổng", "V/v chấn", "UBND", "Ủy ban")
LENGTHS, LENGTH_SHARES = (1, 2, 3, 4, 5), (0.08, 0.22, 0.35, 0.30, 0.05)


@functools.lru_cache(maxsize=None)
def printed(text: str, italic: bool, size: int) -> np.ndarray:
    """Ink from 0 to 1, HEIGHT rows, the baseline at BASELINE."""
    font = ImageFont.truetype(FONTS.format("Italic" if italic else "Regular"), size * 2)
    page = Image.new("L", (14 * size * 2, HEIGHT * 2), 0)
    ImageDraw.Draw(page).text((4, BASELINE * 2), text, fill=255, font=font, anchor="ls")
    ink = np.array(page)
    columns = np.flatnonzero(ink.max(0) > 40)
    ink = ink[:, columns[0] : columns[-1] + 1] if len(columns) else ink[:, :2]
    return cv2.resize(
        ink, (max(1, ink.shape[1] // 2), HEIGHT), interpolation=cv2.INTER_AREA
    ) / np.float32(255)


def with_stroke(digit: np.ndarray, width: float) -> np.ndarray:
    """The digit with strokes of another width, in pixels; 255 is ink."""
    inside = cv2.distanceTransform((digit > 110).astype(np.uint8), cv2.DIST_L2, 3)
    depths = inside[inside > 0]
    if not depths.size:
        return digit
    half = np.percentile(depths, 93)
    excess = half - width
    if excess > 0.3:
        return (np.clip(inside - min(excess, 0.72 * half) + 0.3, 0, 1) * (inside > 0) * 255).astype(
            np.uint8
        )
    if excess < -0.8:
        return cv2.dilate(digit, cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3)))
    return digit


class Writer:
    """Composes strips. `banks`: of each source of digits the samples of each digit."""

    def __init__(self, banks: list[list[list[np.ndarray]]], shares: list[float], seed: int):
        self.banks, self.shares = banks, shares
        self.rng = np.random.default_rng(seed)

    def pick(self, choices):
        return choices[self.rng.integers(len(choices))]

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def label(self, use: str) -> str:
        if use != "number":
            if self.chance(0.1):
                return str(self.rng.integers(100))
            value = self.rng.integers(1, 32 if use == "day" else 13)
            return f"{value:02d}" if self.chance(0.6) else str(value)
        length = self.rng.choice(LENGTHS, p=LENGTH_SHARES)
        digits = "".join(str(d) for d in self.rng.integers(0, 10, length))
        return "0" + digits[1] if length == 2 and self.chance(0.3) else digits

    def strip(self) -> tuple[np.ndarray, str, list[float]]:
        """A strip, what is written in it, and where the middle of each digit stands, pixels."""
        rng = self.rng
        use = rng.choice(USES, p=USE_SHARES)
        label, italic = self.label(use), use != "number"
        self.canvas = np.zeros((HEIGHT, 260), np.float32)
        size = round(CAPITALS / 0.66 * rng.uniform(0.9, 1.12))
        shift, black = self.pick((-1, 0, 0, 0, 1)), rng.uniform(0.75, 1)
        x = 6
        before, after_all = AROUND[use]
        if text := self.pick(before):
            x += self.put(printed(text, italic, size) * black, x, shift)
        x += int(rng.uniform(-3, 4) if self.chance(0.5) else rng.uniform(0, 14))
        slot = x
        if self.chance(0.08):
            x += 3
            wide = self.put(printed(label, italic, size) * black, x, shift)
            middles = [x + wide * (i + 0.5) / len(label) for i in range(len(label))]
            x += wide
        else:
            x, middles = self.write(label, x, shift, black)
        after = x + int(self.pick((rng.uniform(-3, 2), rng.uniform(-1, 6), rng.uniform(2, 18))))
        text = self.pick(after_all)
        if not italic:
            text = text[: rng.integers(1, 9)]
        if text and (italic or self.chance(0.95)):
            self.put(printed(text, italic, size) * black, after, shift)
        if self.chance(0.1):  # the form's rule, dotted or not
            row, left = BASELINE + shift + rng.integers(0, 3), rng.integers(10, 41)
            self.canvas[row, left : after : 3 if self.chance(0.6) else 1] = 0.8
        cut = max(0, int(slot - rng.uniform(6, 32)))
        ink = np.clip(self.canvas, 0, 1)[:, cut : cut + WIDTH]
        return self.scanned(ink, black), label, [middle - cut for middle in middles]

    def put(self, ink: np.ndarray, x: int, y: int) -> int:
        """Lays ink on the canvas; returns its width."""
        strip_ink.lay(self.canvas, ink, x, y)
        return ink.shape[1]

    def write(self, label: str, x: int, shift: int, black: float) -> tuple[int, list[float]]:
        """Writes digits by hand from x on; returns where they end and the middle of each."""
        rng = self.rng
        high, wide = CAPITALS * rng.uniform(0.95, 1.9), rng.uniform(0.75, 1.3)
        gap, slant, climb = rng.uniform(-2.5, 5), rng.uniform(-0.1, 0.35), rng.uniform(-0.12, 0.06)
        pressure = rng.uniform(0.45, 1) if self.chance(0.5) else black
        stroke = rng.uniform(1, 2.2) if self.chance(0.5) else rng.uniform(1.4, 3.3)
        foot = BASELINE + shift + rng.uniform(-4, 5)
        hand = rng.choice(len(self.banks), p=self.shares)
        middles = []
        for digit in label:
            source = hand if self.chance(0.75) else rng.choice(len(self.banks), p=self.shares)
            ink = self.digit(self.pick(self.banks[source][int(digit)]), high, wide, slant, stroke)
            columns = np.flatnonzero(ink.max(0) > 40)
            if not len(columns):
                middles.append(x)
                continue
            ink = ink[:, columns[0] : columns[-1] + 1]
            middles.append(x + ink.shape[1] / 2)
            y = round(foot - ink.shape[0] + 2 + rng.uniform(-2, 2) + climb * (x - 40))
            y = min(max(y, -1), HEIGHT - ink.shape[0] + 1)
            level = min(pressure * min(1.4, 255 / max(60, ink.max())), 1.2)
            self.put(ink.astype(np.float32) / 255 * level, x, y)
            x += round(ink.shape[1] + max(-2.5, gap + rng.uniform(-1.5, 2)))
        return x, middles

    def digit(
        self, sample: np.ndarray, high: float, wide: float, slant: float, stroke: float
    ) -> np.ndarray:
        """A sample brought to its size and slant, drawn twice as large and shrunk; 255 is ink."""
        rng = self.rng
        height = max(8.0, high * rng.uniform(0.82, 1.15))
        width = max(2.5, sample.shape[1] * height / sample.shape[0] * wide)
        lean, turn = slant + rng.uniform(-0.08, 0.08), rng.uniform(-0.1, 0.1)
        scale_x, scale_y = 2 * width / sample.shape[1], 2 * height / sample.shape[0]
        out_width, out_height = int(2 * width + abs(lean) * 2 * height + 12), int(2 * height + 10)
        rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        linear = rotation @ np.array([[scale_x, -lean * scale_y], [0, scale_y]])
        middle = linear @ np.array([sample.shape[1] / 2, sample.shape[0] / 2])
        offset = np.array([out_width / 2, out_height / 2]) - middle
        large = cv2.warpAffine(sample, np.column_stack([linear, offset]), (out_width, out_height))
        large = with_stroke(large, stroke * rng.uniform(0.9, 1.1))
        return cv2.resize(
            large, (max(1, out_width // 2), max(1, out_height // 2)), interpolation=cv2.INTER_AREA
        )

    def scanned(self, ink: np.ndarray, black: float) -> np.ndarray:
        """What a scanner makes of it: slant, neighbouring lines, blur, noise, one bit, specks."""
        rng = self.rng
        ink = ink.copy()
        if self.chance(0.5):
            turn = cv2.getRotationMatrix2D(
                (WIDTH / 2, HEIGHT / 2), rng.uniform(-1.5, 1.5), rng.uniform(0.95, 1.05)
            )
            ink = cv2.warpAffine(ink, turn, (WIDTH, HEIGHT))
        if self.chance(0.15):  # the feet of the line above
            ink[: rng.integers(1, 4), rng.integers(0, 61) : rng.integers(70, 161)] = rng.uniform(
                0.5, 1
            )
        if self.chance(0.15):  # the heads of the line below
            below = printed(self.pick(LINES_BELOW), False, 20)[:14]
            high, left = rng.integers(2, 8), rng.integers(0, 61)
            place = ink[HEIGHT - high :, left : left + below.shape[1]]
            np.maximum(place, below[:high, : place.shape[1]] * black, out=place)
        return strip_ink.scanned(
            ink,
            rng,
            bilevel_share=0.35,
            grain=lambda shape: rng.normal(0, 0.05, shape),
            threshold=(0.25, 0.5),
            specks_max=5,
        )
