"""Handwriting: digits and signatures as polylines, in blue ink.

Digits are lists of strokes in a box one unit high (y upwards, baseline at 0). Jitter moves the
control points, a Catmull-Rom spline runs through them: no two digits look quite the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

Point = tuple[float, float]
Stroke = list[Point]

DIGITS: dict[str, list[Stroke]] = {
    "0": [
        [
            (0.34, 0.95), (0.10, 0.75), (0.04, 0.35), (0.22, 0.02), (0.46, 0.22),
            (0.52, 0.66), (0.36, 0.94),
        ],
    ],
    "1": [
        [(0.06, 0.70), (0.18, 0.82), (0.28, 0.98), (0.27, 0.60), (0.24, 0.00)],
    ],
    "2": [
        [
            (0.06, 0.74), (0.16, 0.95), (0.40, 0.95), (0.46, 0.70), (0.26, 0.34),
            (0.03, 0.04), (0.22, 0.08), (0.54, 0.03),
        ],
    ],
    "3": [
        [
            (0.06, 0.86), (0.26, 0.98), (0.46, 0.80), (0.34, 0.58), (0.20, 0.52),
            (0.42, 0.44), (0.48, 0.20), (0.26, 0.00), (0.02, 0.12),
        ],
    ],
    "4": [
        [(0.32, 0.96), (0.18, 0.66), (0.03, 0.36), (0.28, 0.34), (0.58, 0.38)],
        [(0.42, 0.72), (0.38, 0.36), (0.34, -0.06)],
    ],
    "5": [
        [
            (0.12, 0.94), (0.10, 0.72), (0.07, 0.54), (0.28, 0.60), (0.46, 0.42),
            (0.42, 0.14), (0.20, 0.00), (0.01, 0.10),
        ],
        [(0.12, 0.94), (0.30, 0.93), (0.52, 0.97)],
    ],
    "6": [
        [
            (0.44, 0.98), (0.18, 0.70), (0.06, 0.32), (0.18, 0.02), (0.42, 0.10),
            (0.44, 0.36), (0.24, 0.46), (0.08, 0.28),
        ],
    ],
    "7": [
        [(0.03, 0.88), (0.24, 0.92), (0.52, 0.94), (0.34, 0.50), (0.22, -0.02)],
        [(0.16, 0.48), (0.30, 0.50), (0.46, 0.53)],
    ],
    "8": [
        [
            (0.44, 0.84), (0.26, 0.98), (0.10, 0.80), (0.24, 0.58), (0.44, 0.34),
            (0.36, 0.06), (0.14, 0.04), (0.08, 0.28), (0.30, 0.54), (0.45, 0.76),
            (0.42, 0.88),
        ],
    ],
    "9": [
        [
            (0.46, 0.80), (0.28, 0.98), (0.08, 0.80), (0.16, 0.56), (0.38, 0.60),
            (0.47, 0.84), (0.44, 0.44), (0.36, -0.04),
        ],
    ],
}

DIGIT_ADVANCE = 0.66  # box widths from one digit to the next, in digit heights
DIGIT_JITTER = 0.022  # standard deviation of a control point, in digit heights
SPLINE_STEPS = 8  # line segments between two control points; finer is not visible at 200 dpi


@dataclass(frozen=True)
class SignatureHand:
    """How somebody signs; the seed gives the details."""

    seed: int
    waves: int = 4
    width_mm: float = 50.0
    height_mm: float = 20.0


def text_width(text: str, height: float) -> float:
    """Width of hand-written digits, in the unit of `height`."""
    return len(text) * DIGIT_ADVANCE * height


def smooth(points: Stroke) -> Stroke:
    """A Catmull-Rom spline through the points."""
    if len(points) < 3:
        return points
    padded = [points[0], *points, points[-1]]
    curve: Stroke = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:]):
        for step in range(SPLINE_STEPS):
            curve.append(_spline_point(before, start, end, after, step / SPLINE_STEPS))
    curve.append(points[-1])
    return curve


def _spline_point(before: Point, start: Point, end: Point, after: Point, t: float) -> Point:
    def axis(p0: float, p1: float, p2: float, p3: float) -> float:
        return 0.5 * (
            2 * p1
            + (p2 - p0) * t
            + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
            + (3 * p1 - p0 - 3 * p2 + p3) * t**3
        )

    x, y = (axis(*values) for values in zip(before, start, end, after))
    return (x, y)


def write_digits(text: str, height: float, rng: np.random.Generator) -> list[Stroke]:
    """Strokes of a number, its lower left corner at the origin, y upwards."""
    slant = rng.uniform(0.06, 0.20)
    strokes = []
    for position, digit in enumerate(text):
        scale = height * rng.uniform(0.92, 1.08)
        drop = height * rng.normal(0, 0.04)
        for control in DIGITS[digit]:
            points = np.array(control) + rng.normal(0, DIGIT_JITTER, (len(control), 2))
            left = position * DIGIT_ADVANCE * height
            x = left + (points[:, 0] + slant * points[:, 1]) * scale
            y = points[:, 1] * scale + drop
            strokes.append(smooth(list(zip(x.tolist(), y.tolist()))))
    return strokes


def sign(hand: SignatureHand, width: float, height: float) -> list[Stroke]:
    """Strokes of a signature that fills a box of about `width` by `height`, centred on the origin.

    An initial like a tall loop, waves that die down, and a flourish back below the name."""
    rng = np.random.default_rng(hand.seed)
    lean = rng.uniform(-0.06, 0.10)
    initial = [
        (0.10, -0.10), (0.02, 0.34), (0.16 + lean, 0.56), (0.22, 0.10),
        (0.10, -0.42), (0.01, -0.20), (0.20, 0.02),
    ]
    waves = []
    for wave in range(hand.waves):
        x = 0.24 + 0.52 * wave / hand.waves
        reach = rng.uniform(0.5, 1.3) * 0.3 * (1 - wave / (hand.waves + 1))
        waves += [(x, -reach), (x + 0.05, reach * rng.uniform(0.6, 1.6)), (x + 0.08, reach * 0.1)]
    turn = rng.uniform(0.1, 0.4)
    flourish = [
        (0.86, -0.08), (1.02, turn), (0.70, 0.5 * turn), (0.34, -0.30),
        (0.12, -0.46), (0.55, -0.34), (1.08, -0.05),
    ]
    control = np.array(initial + waves + flourish)
    control += rng.normal(0, 0.025, control.shape)
    tilt = math.tan(math.radians(rng.uniform(2, 14)))
    x = (control[:, 0] - 0.5) * width
    y = control[:, 1] * height + x * tilt
    return [smooth(list(zip(x.tolist(), y.tolist())))]
