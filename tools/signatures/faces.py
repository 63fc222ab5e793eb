"""Typefaces of names and titles, and what is set in them."""

from __future__ import annotations

import dataclasses
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
# Of these only the capitals are taken: their Vietnamese letters are missing.
CAPITALS = (
    "aguafina-script arizonia bilbo-swash-caps clicker-script cookie dynalight euphoria-script "
    "felipa lovers-quarrel monsieur-la-doulaise mr-bedfort niconne norican parisienne "
    "passions-conflict petit-formal-script puppies-play rochester rouge-script ruge-boogie ruthie "
    "sevillana tangerine the-nautigal"
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

    def has(self, letter: str) -> bool:
        return any(ord(letter) in covers for covers in self.covers)

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

    def set(
        self, text: str, capitals: float, gap: float, initials: Initials | None = None
    ) -> tuple[np.ndarray, int, list[float]]:
        """Ink from 0 to 1, the row of the baseline, and the middle of each letter, pixels."""
        scale = 2
        fonts = self.sized(self.size_for(round(capitals * scale)))

        def font_of(letter: str):
            if initials and letter.isupper() and initials.face.has(letter):
                size = initials.face.size_for(round(capitals * initials.height * scale))
                return initials.face.font_for(letter, initials.face.sized(size))
            return self.font_for(letter, fonts)

        above, below = round(capitals * 1.9) * scale, round(capitals * 1.1) * scale
        pad = round(capitals) * scale
        looped = initials.looped if initials else None
        chosen = [font_of(letter) for letter in text]
        advances = [
            LOOPED_WIDTH * capitals * scale
            if looped and letter in LOOPED
            else font.getlength(letter) + gap * scale
            for letter, font in zip(text, chosen)
        ]
        page = Image.new("L", (int(sum(advances)) + 2 * pad, above + below), 0)
        draw = ImageDraw.Draw(page)
        x, middles = float(pad), []
        for letter, font, advance in zip(text, chosen, advances):
            if looped and letter in LOOPED:
                draw_looped(draw, letter, x, above, capitals * scale, looped)
            else:
                draw.text((x, above), letter, fill=255, font=font, anchor="ls")
            middles.append((x + advance / 2) / scale)
            x += advance
        ink = np.asarray(page, np.float32) / 255
        ink = cv2.resize(ink, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
        return ink, above // scale, middles


# The looped T and D of old stamps, which no open typeface has: strokes through points from 0 to 1
# across and down, each with how thick its pen is at every point.
LOOPED = {
    "T": (
        ((0.42, 0.5, 0.3), (0.2, 0.52, 0.3), (0.02, 0.33, 0.6), (0.13, 0.1, 0.7), (0.4, 0.0, 0.6),
         (0.68, 0.08, 0.8), (0.98, 0.03, 0.4)),
        ((0.66, 0.14, 0.4), (0.5, 0.35, 0.9), (0.46, 0.6, 1.0), (0.3, 0.85, 0.7), (0.04, 0.98, 0.3)),
        ((0.16, 0.88, 0.3), (0.4, 0.98, 0.8), (0.66, 0.92, 0.7), (0.8, 0.7, 0.4), (0.66, 0.55, 0.6)),
    ),
    "D": (
        ((0.38, 0.6, 0.3), (0.16, 0.6, 0.3), (0.02, 0.4, 0.6), (0.14, 0.1, 0.5), (0.5, 0.0, 0.4),
         (0.85, 0.1, 0.6), (0.98, 0.42, 0.9), (0.86, 0.8, 0.6), (0.56, 0.99, 0.4),
         (0.26, 0.88, 0.3)),
        ((0.52, 0.1, 0.6), (0.5, 0.4, 1.0), (0.46, 0.7, 1.0), (0.3, 0.94, 0.5), (0.06, 0.98, 0.4),
         (0.1, 0.84, 0.3), (0.34, 0.9, 0.4)),
    ),
}  # fmt: skip
LOOPED["Đ"] = (*LOOPED["D"], ((0.3, 0.54, 0.5), (0.72, 0.5, 0.5)))
LOOPED_WIDTH = 0.92  # heights of capitals


@dataclasses.dataclass
class Looped:
    """How one stamp's looped capitals are cut."""

    thick: float  # of the widest strokes, in heights of capitals
    slant: float  # how far the top leans to the right, in heights
    unsteady: np.ndarray  # added to the points, by their number modulo its length


@dataclasses.dataclass
class Initials:
    """Capitals of another face; `height` is in heights of the capitals of the face itself."""

    face: Face
    height: float
    looped: Looped | None  # T and D are looped


def draw_looped(draw, letter: str, x: float, baseline: int, capitals: float, how: Looped) -> None:
    height, width = 1.15 * capitals, 0.8 * LOOPED_WIDTH * capitals
    for stroke in LOOPED[letter]:
        points = np.array(stroke)
        points[:, :2] += how.unsteady[np.arange(len(points)) % len(how.unsteady)]
        at = np.linspace(0, len(points) - 1, 24 * len(points))
        across, down, pen = (smooth(points[:, i], at) for i in range(3))
        centre_x = x + across * width + how.slant * (0.5 - down) * height + 0.1 * capitals
        centre_y = baseline + (down - 1) * height
        radius = np.maximum(0.5, how.thick * capitals * pen / 2)
        for a, b, r in zip(centre_x, centre_y, radius):
            draw.ellipse((a - r, b - r, a + r, b + r), 255)


def smooth(values: np.ndarray, at: np.ndarray) -> np.ndarray:
    """A curve through the values at 0, 1, 2, ... (Catmull and Rom 1974)."""
    padded = np.concatenate([[2 * values[0] - values[1]], values, [2 * values[-1] - values[-2]]])
    i = np.minimum(at.astype(int), len(values) - 2)
    t = at - i
    p0, p1, p2, p3 = (padded[i + k] for k in range(4))
    return 0.5 * (
        2 * p1
        + (p2 - p0) * t
        + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
        + (3 * p1 - p0 - 3 * p2 + p3) * t**3
    )


def print_faces() -> tuple[list[Face], list[float]]:
    return [Face([Path(TYPES + name)]) for name, _ in PRINT], [share for _, share in PRINT]


def packaged_faces(folder: Path, names: list[str]) -> list[Face]:
    """`folder` holds the archives of the packages; their files are unpacked beside them."""
    out = []
    for name in names:
        (archive,) = folder.glob(f"fontsource-{name}-[0-9]*.tgz")
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
