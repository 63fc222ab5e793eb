"""Typefaces of names and titles, and what is set in them."""

from __future__ import annotations

import functools
import tarfile
from pathlib import Path

import cv2
import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

TYPES = "/usr/share/fonts/truetype/"
PRINT = (
    ("liberation2/LiberationSerif-Bold.ttf", 0.74),
    ("freefont/FreeSerifBold.ttf", 0.12),
    ("liberation2/LiberationSerif-Regular.ttf", 0.04),
    ("dejavu/DejaVuSerifCondensed-Bold.ttf", 0.04),
    ("liberation2/LiberationSans-Bold.ttf", 0.03),
    ("liberation2/LiberationSerif-BoldItalic.ttf", 0.03),
)
# Name stamps are often cut in a script; the npm packages @fontsource/NAME hold these (OFL).
SCRIPTS = (
    "alex-brush allura birthstone bonheur-royale carattere charm charmonman comforter corinthia "
    "dancing-script ephesis great-vibes gwendolyn hurricane imperial-script inspiration italianno "
    "licorice lobster love-light luxurious-script mea-culpa meow-script merienda moon-dance ms-madi "
    "my-soul oooh-baby pacifico pinyon-script playball qwigley smooch updock water-brush whisper"
).split()
SUBSETS = ("latin", "latin-ext", "vietnamese")


class Face:
    """A typeface that may be spread over several files."""

    def __init__(self, files: list[Path]):
        self.files = files
        self.covers = [set(TTFont(file).getBestCmap()) for file in files]

    @functools.lru_cache(maxsize=8)
    def sized(self, size: int) -> list[ImageFont.FreeTypeFont]:
        return [ImageFont.truetype(str(file), size) for file in self.files]

    def font_for(self, letter: str, fonts):
        for font, covers in zip(fonts, self.covers):
            if ord(letter) in covers:
                return font
        raise KeyError(letter)

    @functools.lru_cache(maxsize=8)
    def size_for(self, capitals: int) -> int:
        """The size at which an H is so many pixels high."""
        box = self.font_for("H", self.sized(200)).getbbox("H", anchor="ls")
        return max(4, round(200 * capitals / -box[1]))

    def set(self, text: str, capitals: float, gap: float) -> tuple[np.ndarray, int, list[float]]:
        """Ink from 0 to 1, the row of the baseline, and the middle of each letter, pixels."""
        scale = 2
        fonts = self.sized(self.size_for(round(capitals * scale)))
        above, below = round(capitals * 1.9) * scale, round(capitals * 1.1) * scale
        pad = round(capitals) * scale
        advances = [self.font_for(letter, fonts).getlength(letter) + gap * scale for letter in text]
        page = Image.new("L", (int(sum(advances)) + 2 * pad, above + below), 0)
        draw = ImageDraw.Draw(page)
        x, middles = float(pad), []
        for letter, advance in zip(text, advances):
            draw.text((x, above), letter, fill=255, font=self.font_for(letter, fonts), anchor="ls")
            middles.append((x + advance / 2) / scale)
            x += advance
        ink = np.asarray(page, np.float32) / 255
        ink = cv2.resize(ink, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
        return ink, above // scale, middles


def print_faces() -> tuple[list[Face], list[float]]:
    return [Face([Path(TYPES + name)]) for name, _ in PRINT], [share for _, share in PRINT]


def script_faces(folder: Path) -> list[Face]:
    """`folder` holds the archives of the packages; their files are unpacked beside them."""
    out = []
    for name in SCRIPTS:
        (archive,) = folder.glob(f"fontsource-{name}-*.tgz")
        files = []
        with tarfile.open(archive) as package:
            for subset in SUBSETS:
                member = f"package/files/{name}-{subset}-400-normal.woff"
                if member not in package.getnames():
                    continue
                file = folder / Path(member).name
                file.write_bytes(package.extractfile(member).read())
                files.append(file)
        out.append(Face(files))
    return out
