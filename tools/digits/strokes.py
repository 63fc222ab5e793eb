"""Digits as a pen draws them: sample digits scanned for MNIST, and strokes drawn from templates.

Templates hold the habits seen in Vietnamese offices: a 1 with a long flag or a foot, a 2 with a
loop, a 4 like an A, a crossed 7, a 9 with a hook.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

INK_SEEN = 60  # of 255: paler pixels are no stroke

# Of each digit the ways in which it is drawn; of each way the strokes; of each stroke the points
# that it goes through. The digit is 1 high and stands on y = 1.
# fmt: off
TEMPLATES = {
    0: [
        [[(0.35, 0.02), (0.08, 0.25), (0.05, 0.6), (0.3, 0.98), (0.55, 0.65), (0.55, 0.25),
          (0.33, 0.02)]],
        [[(0.3, 0), (0.02, 0.3), (0.05, 0.75), (0.3, 1), (0.58, 0.7), (0.55, 0.2), (0.3, 0),
          (0.15, 0.05)]],
        [[(0.45, 0.05), (0.1, 0.3), (0.02, 0.75), (0.2, 1), (0.5, 0.7), (0.58, 0.2), (0.4, 0.02)]],
    ],
    1: [
        [[(0.05, 0.35), (0.35, 0)], [(0.35, 0), (0.33, 1)]],
        [[(0.05, 0.35), (0.35, 0)], [(0.35, 0), (0.33, 1)], [(0.08, 1), (0.58, 1)]],
        [[(0, 0.55), (0.2, 0.3), (0.45, 0)], [(0.45, 0), (0.3, 1)]],
        [[(0.3, 0), (0.2, 1)]],
        [[(0, 0.35), (0.25, 0.25), (0.45, 0)], [(0.45, 0), (0.35, 0.5), (0.3, 1)]],
        [[(0, 0.6), (0.4, 0)], [(0.4, 0), (0.25, 1.05)]],
    ],
    2: [
        [[(0.05, 0.25), (0.2, 0.02), (0.45, 0.08), (0.45, 0.35), (0.2, 0.75), (0.02, 0.98)],
          [(0.02, 0.98), (0.55, 0.95)]],
        [[(0.05, 0.2), (0.3, 0), (0.5, 0.2), (0.35, 0.55), (0.05, 0.9), (0, 1), (0.12, 0.85),
          (0.3, 0.95), (0.6, 0.95)]],
        [[(0.15, 0.3), (0.05, 0.15), (0.25, 0), (0.45, 0.15), (0.3, 0.6), (0, 0.95),
          (0.15, 0.85), (0.35, 1), (0.6, 0.9)]],
        [[(0.2, 0.25), (0.08, 0.3), (0.05, 0.12), (0.3, 0), (0.45, 0.2), (0.3, 0.6),
          (0.05, 0.85), (0, 1), (0.15, 0.95), (0.2, 0.82), (0.3, 0.95), (0.65, 0.9)]],
        [[(0, 0.3), (0.25, 0.02), (0.45, 0.15), (0.3, 0.6), (0, 1)],
          [(0, 1), (0.3, 0.88), (0.6, 1)]],
    ],
    3: [
        [[(0.05, 0.1), (0.3, 0), (0.45, 0.2), (0.2, 0.42)],
          [(0.2, 0.42), (0.5, 0.6), (0.4, 0.95), (0, 0.92)]],
        [[(0.05, 0.02), (0.5, 0.02)], [(0.5, 0.02), (0.2, 0.4)],
          [(0.2, 0.4), (0.5, 0.6), (0.4, 0.98), (0, 0.9)]],
        [[(0.05, 0.12), (0.35, 0), (0.45, 0.22), (0.18, 0.45), (0.48, 0.62), (0.35, 1),
          (-0.05, 0.92)]],
    ],
    4: [
        [[(0.35, 0), (0, 0.65)], [(0, 0.65), (0.6, 0.6)], [(0.45, 0.2), (0.4, 1)]],
        [[(0.4, 0), (0, 0.7)], [(0, 0.7), (0.62, 0.68)], [(0.4, 0), (0.43, 1)]],
        [[(0.42, 0), (-0.05, 0.75)], [(-0.05, 0.72), (0.6, 0.62)], [(0.42, 0), (0.5, 1)]],
        [[(0.1, 0), (0, 0.5)], [(0, 0.5), (0.6, 0.5)], [(0.48, 0.05), (0.42, 1)]],
        [[(0.4, 0), (0.15, 0.5), (0, 0.72), (0.25, 0.72), (0.62, 0.6)], [(0.42, 0.1), (0.3, 1.05)]],
        [[(0.45, 0), (0, 0.95)], [(0.08, 0.65), (0.6, 0.6)], [(0.45, 0), (0.45, 1)]],
    ],
    5: [
        [[(0.15, 0), (0.1, 0.42)], [(0.1, 0.42), (0.35, 0.38), (0.5, 0.65), (0.35, 0.98),
          (0, 0.9)], [(0.15, 0.02), (0.55, 0)]],
        [[(0.55, 0), (0.2, 0.05), (0.12, 0.4), (0.4, 0.45), (0.48, 0.75), (0.25, 1), (0, 0.92)]],
        [[(0.2, 0.1), (0.12, 0.45)], [(0.12, 0.45), (0.4, 0.4), (0.48, 0.75), (0.25, 1),
          (-0.05, 0.9)], [(0.22, 0.05), (0.65, -0.05)]],
    ],
    6: [
        [[(0.4, 0), (0.1, 0.4), (0.05, 0.8), (0.3, 1), (0.5, 0.75), (0.3, 0.55), (0.08, 0.75)]],
        [[(0.5, 0.05), (0.3, 0.05), (0.05, 0.5), (0.1, 0.95), (0.35, 0.98), (0.48, 0.7),
          (0.3, 0.52), (0.06, 0.75)]],
    ],
    7: [
        [[(0, 0.05), (0.5, 0.02)], [(0.5, 0.02), (0.3, 0.45), (0.15, 1)]],
        [[(0, 0.05), (0.5, 0.02)], [(0.5, 0.02), (0.3, 0.45), (0.15, 1)],
          [(0.08, 0.52), (0.52, 0.48)]],
        [[(0, 0.18), (0.05, 0.02)], [(0.05, 0.02), (0.55, 0.04)], [(0.55, 0.04), (0.25, 1)],
          [(0.1, 0.5), (0.55, 0.5)]],
        [[(0, 0.2), (0.1, 0.02), (0.3, 0.1), (0.55, 0)], [(0.55, 0), (0.3, 0.5), (0.25, 1.05)],
          [(0.08, 0.55), (0.55, 0.45)]],
        [[(0, 0.12), (0.2, 0), (0.35, 0.08), (0.55, 0.02)], [(0.55, 0.02), (0.2, 1)]],
    ],
    8: [
        [[(0.45, 0.12), (0.2, 0), (0.1, 0.2), (0.4, 0.6), (0.4, 0.95), (0.1, 0.95), (0.1, 0.7),
          (0.45, 0.25), (0.42, 0.1)]],
        [[(0.5, 0.1), (0.25, 0), (0.15, 0.25), (0.42, 0.6), (0.35, 0.95), (0.1, 0.98),
          (0.08, 0.75), (0.35, 0.45), (0.55, 0.05)]],
    ],
    9: [
        [[(0.5, 0.15), (0.25, 0), (0.03, 0.25), (0.2, 0.5), (0.48, 0.3), (0.52, 0.1)],
          [(0.52, 0.1), (0.45, 0.6), (0.3, 1)]],
        [[(0.5, 0.12), (0.25, 0), (0.03, 0.25), (0.2, 0.48), (0.48, 0.3), (0.52, 0.1)],
          [(0.52, 0.1), (0.5, 0.75), (0.35, 1), (0.02, 0.92)]],
        [[(0.48, 0.08), (0.2, 0), (0.02, 0.22), (0.15, 0.42), (0.45, 0.2)],
          [(0.5, 0), (0.45, 0.5), (0.42, 1)]],
    ],
}
# fmt: on


def cropped(image: np.ndarray) -> np.ndarray:
    seen = image > INK_SEEN
    rows, columns = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
    return image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def read_idx(path: Path) -> np.ndarray:
    """An array of MNIST's own format: bytes in 1 or 3 dimensions."""
    data = path.read_bytes()
    shape = [int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(data[3])]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(shape)


def scanned_digits(folder: Path) -> list[list[np.ndarray]]:
    """Of each digit the samples of MNIST's training part, white on black, cropped."""
    images = read_idx(folder / "train-images-idx3-ubyte")
    labels = read_idx(folder / "train-labels-idx1-ubyte")
    bank: list[list[np.ndarray]] = [[] for _ in range(10)]
    for image, label in zip(images, labels):
        bank[label].append(cropped(image))
    return bank


def curve_through(points: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """A Catmull-Rom spline; a straight stroke is bent a little, as no hand draws it straight."""
    steps = 8
    path = np.array(points)
    if len(path) == 2:
        path = np.array([path[0], path.mean(0) + rng.normal(0, 0.03, 2), path[1]])
    padded = np.vstack([2 * path[0] - path[1], path, 2 * path[-1] - path[-2]])
    out = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:]):
        for t in np.arange(steps) / steps:
            out.append(
                0.5
                * (
                    2 * b
                    + (c - a) * t
                    + (2 * a - 5 * b + 4 * c - d) * t**2
                    + (3 * b - a - 3 * c + d) * t**3
                )
            )
    return np.array([*out, path[-1]])


def drawn_digit(digit: int, rng: np.random.Generator) -> np.ndarray:
    high, out_high = 96, 26
    way = TEMPLATES[digit][rng.integers(len(TEMPLATES[digit]))]
    wobble, wide, pen = (
        0.035 + 0.03 * rng.random(),
        rng.uniform(0.75, 1.35),
        int(rng.integers(5, 12)),
    )
    canvas = np.zeros((150, 170), np.uint8)
    placed: dict[tuple[float, float], np.ndarray] = {}  # strokes that meet still meet
    for stroke in way:
        for point in stroke:
            placed.setdefault(point, np.array(point) + rng.normal(0, wobble, 2))
        line = curve_through([placed[point] for point in stroke], rng) * [high * wide, high] + [
            35,
            25,
        ]
        if rng.random() < 0.1 and len(line) > 6:
            line = line[:-2]  # the pen was lifted early
        cv2.polylines(
            canvas, [np.round(line * 8).astype(np.int32)], False, 255, pen, cv2.LINE_AA, 3
        )
    digit_image = cropped(canvas)
    width = max(2, round(digit_image.shape[1] * out_high / digit_image.shape[0]))
    return cv2.resize(digit_image, (width, out_high), interpolation=cv2.INTER_AREA)


def drawn_digits(count: int, seed: int) -> list[list[np.ndarray]]:
    rng = np.random.default_rng(seed)
    return [[drawn_digit(digit, rng) for _ in range(count)] for digit in range(10)]
