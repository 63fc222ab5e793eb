"""Ink on made strips, of names and of digits: how it is laid down, what a scanner makes of it."""

from __future__ import annotations

from typing import Callable

import cv2
import numpy as np


def lay(canvas: np.ndarray, ink: np.ndarray, x: int, y: int) -> None:
    """Lays ink on a canvas, its top left corner at x, y; what lies outside is lost."""
    height, width = ink.shape
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(canvas.shape[1], x + width), min(canvas.shape[0], y + height)
    if x1 > x0 and y1 > y0:
        place = canvas[y0:y1, x0:x1]
        np.maximum(place, ink[y0 - y : y1 - y, x0 - x : x1 - x], out=place)


def scanned(
    ink: np.ndarray,
    rng: np.random.Generator,
    bilevel_share: float,
    grain: Callable[[tuple[int, ...]], np.ndarray],
    threshold: tuple[float, float],
    specks_max: int,
) -> np.ndarray:
    """Blur, then one bit or noise, then specks; at last the darkest ink is 1.

    `bilevel_share`: of scanners that make one bit of it. `grain`: unevenness of this shape that
    their threshold, which lies between those given, trips over.
    """
    if rng.random() < 0.5:
        ink = cv2.GaussianBlur(ink, (0, 0), rng.uniform(0.3, 0.9))
    if rng.random() < bilevel_share:
        large = cv2.resize(ink, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR)
        bits = large + grain(large.shape) > rng.uniform(*threshold)
        height, width = ink.shape
        ink = cv2.resize(bits.astype(np.float32), (width, height), interpolation=cv2.INTER_AREA)
    else:
        ink = ink * rng.uniform(0.7, 1) + rng.normal(0, rng.uniform(0, 0.06), ink.shape)
    if rng.random() < 0.2:
        height, width = ink.shape
        for _ in range(rng.integers(1, specks_max + 1)):
            where = (int(rng.integers(width)), int(rng.integers(height)))
            cv2.circle(ink, where, int(rng.integers(0, 2)), rng.uniform(0.4, 1), -1)
    ink = np.clip(ink, 0, 1)
    darkest = np.percentile(ink, 99.5)
    return (np.clip(ink / darkest, 0, 1) if darkest > 0.2 else ink).astype(np.float32)
