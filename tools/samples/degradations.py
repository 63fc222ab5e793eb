"""The ways in which scans go wrong, one by one and mixed, for tools/bench_degrade.

A degradation is a scan recipe (paper, toner, skew) and what the machine then does to the image.
Every random choice comes from the seed of the recipe.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import cv2
import numpy as np
from PIL import Image

from .scan import SCAN_DPI, ScanRecipe, clouds, scan_pages, to_bytes

FAX_DPI = (204, 98)  # standard resolution of group 3


@dataclass(frozen=True)
class Degraded:
    """A page as it reaches the reader: RGB, grey, or grey holding only 0 and 255."""

    pixels: np.ndarray
    dpi: float = SCAN_DPI


@dataclass(frozen=True)
class Degradation:
    name: str
    recipe: ScanRecipe
    after: Callable[[np.ndarray, np.random.Generator], Degraded]
    with_ink: bool = False  # seal, signature and stamps are on the page


def _as_scanned(image: np.ndarray, rng: np.random.Generator) -> Degraded:
    return Degraded(image)


def _turned(quarters: int) -> Callable[[np.ndarray, np.random.Generator], Degraded]:
    return lambda image, rng: Degraded(np.ascontiguousarray(np.rot90(image, quarters)))


def _jpeg(image: np.ndarray, quality: int) -> np.ndarray:
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer))


def _compressed(quality: int, dpi: float = SCAN_DPI):
    def after(image: np.ndarray, rng: np.random.Generator) -> Degraded:
        scale = dpi / SCAN_DPI
        if scale != 1:
            image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        return Degraded(_jpeg(image, quality), dpi)

    return after


def _grey(image: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)


def _in_grey(image: np.ndarray, rng: np.random.Generator) -> Degraded:
    return Degraded(_jpeg(_grey(image), 60))


def _fax(image: np.ndarray, rng: np.random.Generator) -> Degraded:
    """Few and coarse rows, each drawn twice by the receiver."""
    height, width = image.shape[:2]
    size = (round(width * FAX_DPI[0] / SCAN_DPI), round(height * FAX_DPI[1] / SCAN_DPI))
    rows = cv2.resize(_grey(image), size, interpolation=cv2.INTER_AREA)
    bilevel = np.where(rows < 165, 0, 255).astype(np.uint8)
    doubled = cv2.resize(bilevel, (size[0], size[0] * height // width), interpolation=cv2.INTER_NEAREST)
    return Degraded(doubled, FAX_DPI[0])


def _photocopy(image: np.ndarray, rng: np.random.Generator) -> Degraded:
    """Strong contrast, toner that did not stick everywhere, toner dust."""
    grey = _grey(image).astype(np.float32) / 255
    loss = np.clip(clouds(grey.shape, 2.5, rng) + 0.6 * clouds(grey.shape, 90, rng) - 1.6, 0, 1)
    black = grey + 0.8 * loss < 0.62
    dust = rng.random(grey.shape) < 0.0006
    dust = cv2.dilate(dust.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0
    return Degraded(np.where(black | dust, 0, 255).astype(np.uint8))


def _blurred(image: np.ndarray, rng: np.random.Generator) -> Degraded:
    return Degraded(_jpeg(cv2.GaussianBlur(image, (0, 0), 1.5), 70))


def _streaked(image: np.ndarray, rng: np.random.Generator) -> Degraded:
    """Dust on the glass of a sheet feeder draws lines down the whole page."""
    height, width = image.shape[:2]
    streaked = image.astype(np.float32)
    for index in range(7):
        x, thickness = int(rng.integers(0.05 * width, 0.95 * width)), int(rng.integers(1, 4))
        level = float(rng.uniform(60, 190))
        strength = 0.75 + 0.2 * clouds((height, thickness), 60, rng)[:, :, None]
        column = streaked[:, x : x + thickness]
        streaked[:, x : x + thickness] = np.minimum(column, level + (255 - level) * (1 - strength))
    return Degraded(_jpeg(np.clip(streaked, 0, 255).astype(np.uint8), 70))


def _dithered(image: np.ndarray, rng: np.random.Generator) -> Degraded:
    """Grey paper as black dots, error diffused."""
    bilevel = Image.fromarray(_grey(image)).convert("1", dither=Image.Dither.FLOYDSTEINBERG)
    return Degraded(np.asarray(bilevel.convert("L")))


def _halftone(image: np.ndarray, rng: np.random.Generator) -> Degraded:
    """Grey paper as a screen of dots that grow with darkness."""
    order = np.array([[12, 5, 6, 13], [4, 0, 1, 7], [11, 3, 2, 8], [15, 10, 9, 14]], np.float32)
    height, width = image.shape[:2]
    screen = np.tile(255 * (15.5 - order) / 16, (height // 4 + 1, width // 4 + 1))[:height, :width]
    return Degraded(np.where(_grey(image) < 255 - screen, 0, 255).astype(np.uint8))


def _bound(image: np.ndarray, rng: np.random.Generator) -> Degraded:
    """A book's shadow at the binding, and the dark lid beside the sheet."""
    height, width = image.shape[:2]
    x = np.arange(width, dtype=np.float32) / width
    shadow = 1 - 0.75 * np.exp(-x / 0.045)
    dark = image * shadow[None, :, None]
    right, bottom = int(0.97 * width), int(0.985 * height)
    dark[:, right:] = 25
    dark[bottom:] = 35
    return Degraded(_jpeg(np.clip(dark, 0, 255).astype(np.uint8), 60))


def _mixed(image: np.ndarray, rng: np.random.Generator) -> Degraded:
    return Degraded(_jpeg(cv2.GaussianBlur(image, (0, 0), 0.7), 45))


YELLOW = (0.80, 0.74, 0.55)
GREY_PAPER = (0.84, 0.84, 0.84)

DEGRADATIONS = (
    Degradation("clean", ScanRecipe(seed=101), _as_scanned),
    Degradation("skew 1", ScanRecipe(seed=102, skew_degrees=1), _as_scanned),
    Degradation("skew 3", ScanRecipe(seed=103, skew_degrees=-3), _as_scanned),
    Degradation("skew 5", ScanRecipe(seed=104, skew_degrees=5), _as_scanned),
    Degradation("turned 90", ScanRecipe(seed=105), _turned(1)),
    Degradation("turned 180", ScanRecipe(seed=106), _turned(2)),
    Degradation("turned 270", ScanRecipe(seed=107, skew_degrees=1), _turned(3)),
    Degradation("200 dpi, JPEG 40", ScanRecipe(seed=108), _compressed(40)),
    Degradation("150 dpi, JPEG 60", ScanRecipe(seed=109), _compressed(60, 150)),
    Degradation("100 dpi, JPEG 75", ScanRecipe(seed=110), _compressed(75, 100)),
    Degradation("fax", ScanRecipe(seed=111), _fax),
    Degradation("photocopy", ScanRecipe(seed=112, skew_degrees=0.5), _photocopy),
    Degradation("blur", ScanRecipe(seed=113), _blurred),
    Degradation("faded", ScanRecipe(seed=114, toner=0.28, noise=0.03), _compressed(70)),
    Degradation("red seal", ScanRecipe(seed=115), _compressed(60), with_ink=True),
    Degradation("grey seal", ScanRecipe(seed=116), _in_grey, with_ink=True),
    Degradation("bilevel seal", ScanRecipe(seed=117, bilevel=True), _as_scanned, with_ink=True),
    Degradation("show-through", ScanRecipe(seed=118, show_through=0.3), _compressed(60)),
    Degradation("streaks", ScanRecipe(seed=119), _streaked),
    Degradation("dither", ScanRecipe(seed=120, paper_rgb=GREY_PAPER), _dithered),
    Degradation("halftone", ScanRecipe(seed=121, paper_rgb=GREY_PAPER), _halftone),
    Degradation("dark edges", ScanRecipe(seed=122, skew_degrees=0.7), _bound),
    Degradation(
        "yellow paper", ScanRecipe(seed=123, paper_rgb=YELLOW, toner=0.55, grain=0.02), _compressed(60)
    ),
    Degradation(
        "mix",
        ScanRecipe(
            seed=124, skew_degrees=1.7, toner=0.7, noise=0.02, shading=0.25, show_through=0.15,
            paper_rgb=(0.92, 0.90, 0.83), dust_specks=200,
        ),
        _mixed,
        with_ink=True,
    ),
)


def degraded_pages(
    degradation: Degradation, print_pdf: Path, ink_pdf: Path, page_count: int
) -> list[Degraded]:
    images = scan_pages(print_pdf, ink_pdf, page_count, degradation.recipe)
    return [
        degradation.after(image, np.random.default_rng([degradation.recipe.seed, 1000 + index]))
        for index, image in enumerate(images)
    ]


def write_tiff(path: Path, pages: list[Degraded]) -> None:
    images = [Image.fromarray(page.pixels) for page in pages]
    dpi = pages[0].dpi
    images[0].save(
        path, save_all=True, append_images=images[1:], compression="tiff_deflate", dpi=(dpi, dpi)
    )
