"""Turns clean pages into scans: paper, toner, skew, dust, noise.

Images are float arrays with 1 = white until the last step. Every random choice comes from the seed
of the recipe.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

SCAN_DPI = 200
POINTS_PER_INCH = 72

# Seal red has a grey of 0.3, so it turns black; a lower threshold would tear thin letter strokes.
BILEVEL_THRESHOLD = 0.66


@dataclass(frozen=True)
class ScanRecipe:
    """How the paper and the scanner were. Greys and noise are fractions of full white."""

    seed: int
    skew_degrees: float = 0.0  # positive = counter-clockwise
    bilevel: bool = False  # black and white, CCITT G4; otherwise a colour JPEG
    jpeg_quality: int = 60
    paper_rgb: tuple[float, float, float] = (0.975, 0.972, 0.962)
    grain: float = 0.008  # coarse unevenness of the paper
    noise: float = 0.010  # fine noise of the sensor
    shading: float = 0.0  # how much darker the far corner is
    show_through: float = 0.0  # how dark the print of the next page shines through
    toner: float = 0.9  # blackness of the print
    dust_specks: int = 25
    faint_pages: tuple[int, ...] = ()  # 1-based pages printed with hardly any toner
    faint_toner: float = 0.13
    rule_gaps: float = 0.0  # share of the rules that the printer has lost
    salt: float = 0.0  # share of bilevel pixels flipped


def scan_pages(
    print_pdf: Path, ink_pdf: Path, page_count: int, recipe: ScanRecipe
) -> list[np.ndarray]:
    """One image a page: RGB uint8, or grey uint8 holding only 0 and 255 for a bilevel recipe."""
    prints = [_rasterise(print_pdf, page)[:, :, 0] for page in range(1, page_count + 1)]
    inks = [_rasterise(ink_pdf, page) for page in range(1, page_count + 1)]
    images = []
    for index, (print_grey, ink_rgb) in enumerate(zip(prints, inks)):
        rng = np.random.default_rng([recipe.seed, index])
        toner = recipe.faint_toner if index + 1 in recipe.faint_pages else recipe.toner
        behind = prints[(index + 1) % page_count]
        image = _paper(print_grey.shape, recipe, rng)
        image *= _show_through(behind, recipe.show_through)
        image *= _toner(print_grey, toner, rng)[:, :, None]
        image *= _uneven_ink(ink_rgb, rng)
        image = _dust(image, recipe.dust_specks, rng)
        skew_degrees = recipe.skew_degrees + rng.normal(0, 0.05)  # no two sheets lie alike
        image = _skew(image, skew_degrees, recipe.paper_rgb)
        image = cv2.GaussianBlur(image, (0, 0), 0.55)  # optics
        image += rng.normal(0, recipe.noise, image.shape).astype(np.float32)
        images.append(_to_bilevel(image, recipe.salt, rng) if recipe.bilevel else to_bytes(image))
    return images


def _rasterise(pdf: Path, page: int) -> np.ndarray:
    """A page as float RGB."""
    command = ["pdftoppm", "-r", str(SCAN_DPI), "-f", str(page), "-l", str(page), str(pdf)]
    output = subprocess.run(command, check=True, capture_output=True).stdout
    bgr = cv2.imdecode(np.frombuffer(output, np.uint8), cv2.IMREAD_COLOR)
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB).astype(np.float32) / 255


def clouds(shape: tuple[int, int], size_px: float, rng: np.random.Generator) -> np.ndarray:
    """Smooth noise with mean 0 and deviation 1, blobs of about `size_px`."""
    step = max(1, int(size_px / 2))
    coarse = rng.normal(0, 1, (shape[0] // step + 2, shape[1] // step + 2)).astype(np.float32)
    coarse = cv2.GaussianBlur(coarse, (0, 0), 1.0)
    clouds = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return (clouds - clouds.mean()) / clouds.std()


def _paper(shape: tuple[int, int], recipe: ScanRecipe, rng: np.random.Generator) -> np.ndarray:
    height, width = shape
    sheet = np.ones((height, width, 3), np.float32) * np.array(recipe.paper_rgb, np.float32)
    unevenness = 0.6 * clouds(shape, 6, rng) + 0.6 * clouds(shape, 120, rng)
    sheet *= 1 + recipe.grain * unevenness[:, :, None]
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    across = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    return sheet * (1 - recipe.shading * (0.5 * down + 0.5 * across**2))[:, :, None]


def _show_through(behind: np.ndarray, strength: float) -> np.ndarray:
    """The back of the sheet, mirrored and softened by the paper."""
    mirrored = cv2.GaussianBlur(behind[:, ::-1], (0, 0), 2.2)
    return (1 - strength * (1 - mirrored))[:, :, None]


def _toner(print_grey: np.ndarray, strength: float, rng: np.random.Generator) -> np.ndarray:
    """Print that is a little ragged and not equally black everywhere."""
    shape = print_grey.shape
    on_print = print_grey < 0.98
    ragged = cv2.GaussianBlur(print_grey, (0, 0), 0.5) + 0.06 * clouds(shape, 2, rng) * on_print
    density = strength * (1 + 0.05 * clouds(shape, 200, rng))
    return np.clip(1 - density * (1 - np.clip(ragged, 0, 1)), 0, 1)


def _uneven_ink(ink_rgb: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Stamp pads and pens never cover evenly."""
    shape = ink_rgb.shape[:2]
    cover = 0.86 + 0.10 * clouds(shape, 40, rng) + 0.10 * clouds(shape, 3, rng)
    return 1 - np.clip(cover, 0.35, 1)[:, :, None] * (1 - ink_rgb)


def _dust(image: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Specks and short hairs."""
    height, width = image.shape[:2]
    for _ in range(count):
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        darkness = float(rng.uniform(0.25, 0.75))
        colour = (1 - darkness,) * 3
        if rng.random() < 0.15:
            dx, dy = (int(value) for value in rng.integers(-14, 15, 2))
            cv2.line(image, (x, y), (x + dx, y + dy), colour, 1, cv2.LINE_AA)
        else:
            cv2.circle(image, (x, y), int(rng.integers(1, 3)), colour, -1, cv2.LINE_AA)
    return image


def _skew(image: np.ndarray, degrees: float, border_rgb: tuple[float, float, float]) -> np.ndarray:
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    size = (width, height)
    return cv2.warpAffine(image, turn, size, flags=cv2.INTER_CUBIC, borderValue=border_rgb)


def to_bytes(image: np.ndarray) -> np.ndarray:
    return np.clip(image * 255 + 0.5, 0, 255).astype(np.uint8)


def _to_bilevel(image: np.ndarray, salt: float, rng: np.random.Generator) -> np.ndarray:
    """A fixed threshold, as office scanners use, and flipped pixels."""
    grey = cv2.cvtColor(np.clip(image, 0, 1).astype(np.float32), cv2.COLOR_RGB2GRAY)
    black = grey < BILEVEL_THRESHOLD
    flipped = rng.random(grey.shape) < salt
    return np.where(black ^ flipped, 0, 255).astype(np.uint8)
