"""Strips in which a name or a title stands, under seals and pens, as the reader sees them.

A strip is 48 high and 320 wide, ink from 0 to 1; capitals are 15 high and stand on row 33.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

import strip_ink
from signatures import faces, seals, words

HEIGHT, WIDTH = 48, 320
CAPITALS, BASELINE = 15, 33
SEALS = 240


class Writer:
    def __init__(self, fonts: Path, seed: int):
        """`fonts` holds the packages of script typefaces."""
        self.rng = np.random.default_rng(seed)
        self.author = words.Author(self.rng)
        self.prints, self.print_shares = faces.print_faces()
        self.scripts = faces.packaged_faces(fonts, faces.SCRIPTS)
        self.capitals = self.scripts + faces.packaged_faces(fonts, faces.CAPITALS)
        self.seals = [seals.seal(self.rng) for _ in range(SEALS)]

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def strip(self) -> tuple[np.ndarray, str, list[float]]:
        """A strip, what stands in it, and where the middle of each letter is, pixels."""
        rng = self.rng
        self.canvas = np.zeros((HEIGHT, WIDTH), np.float32)
        title, script = self.chance(0.35), False
        text = self.author.title() if title else self.author.name()
        if title:
            face = self.prints[rng.choice(len(self.prints), p=self.print_shares)]
        else:
            script = self.chance(0.35)
            face = (
                self.scripts[rng.integers(len(self.scripts))]
                if script
                else self.prints[rng.choice(len(self.prints), p=self.print_shares)]
            )
        black = 1 if self.chance(0.4) else rng.uniform(0.35 if script else 0.55, 1)
        capitals = CAPITALS * rng.uniform(0.85, 1.15) * (1.15 if script else 1)
        gap = rng.uniform(-0.5, 0.8) if self.chance(0.4) and not script else 0
        initials = self.initials() if script and self.chance(0.7) else None
        ink, foot, middles = face.set(text, capitals, gap, initials)
        ink, middles = self.stretched(ink, middles, 0.84 if script else 0.92)
        ink = self.fattened(ink) if script else self.weighted(ink)
        columns = np.flatnonzero(ink.max(0) > 0.2)
        spare = WIDTH - 8 - (columns[-1] - columns[0])
        if spare < 0:
            return self.strip()
        x = int(4 + rng.uniform(0, spare) * (1 if self.chance(0.7) else 0.3)) - int(columns[0])
        y = int(round(BASELINE - foot + rng.normal(0, 1.2)))
        self.middle = (float(x + (columns[0] + columns[-1]) / 2), float(BASELINE))
        empty = self.chance(0.05)
        if not empty:
            strip_ink.lay(self.canvas, ink * black, x, y)
        self.neighbours(title, black, x + int(columns[0]), int(columns[-1] - columns[0]))
        self.sealed(x + int(columns[0]), int(columns[-1] - columns[0]))
        self.signed()
        if empty:
            return self.scanned(), "", []
        return self.scanned(), text, [x + middle for middle in middles]

    def initials(self) -> faces.Initials:
        rng = self.rng
        face = self.capitals[rng.integers(len(self.capitals))]
        looped = None
        if self.chance(0.6):
            looped = faces.Looped(
                rng.uniform(0.05, 0.15), rng.uniform(0, 0.35), rng.normal(0, 0.03, (7, 2))
            )
        return faces.Initials(face, rng.uniform(0.9, 1.3), looped)

    def stretched(self, ink, middles, narrowest: float):
        wide = self.rng.uniform(narrowest, 1.08)
        ink = cv2.resize(ink, None, fx=wide, fy=1, interpolation=cv2.INTER_AREA)
        return ink, [middle * wide for middle in middles]

    def fattened(self, ink: np.ndarray) -> np.ndarray:
        """Scripts are thin, but rubber and its ink are not."""
        if self.chance(0.5):
            return ink
        fat = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2, 2)))
        return ink + (fat - ink) * self.rng.uniform(0.3, 1)

    def weighted(self, ink: np.ndarray) -> np.ndarray:
        """Copiers make strokes fat, faint ribbons thin."""
        form = self.rng.random()
        if form < 0.22:
            fat = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3)))
            return ink + (fat - ink) * self.rng.uniform(0.4, 1)
        if form < 0.25:  # outlines alone
            edge = cv2.morphologyEx(ink, cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8))
            return edge
        if form < 0.37:
            thin = cv2.erode(ink, cv2.getStructuringElement(cv2.MORPH_CROSS, (2, 2)))
            return ink + (thin - ink) * self.rng.uniform(0.2, 0.8)
        return ink

    def neighbours(self, title: bool, black: float, left: int, width: int) -> None:
        """Lines above and below; a stamped title may lie half over the printed one."""
        rng = self.rng
        beside = []
        if title and self.chance(0.55):
            over = self.chance(0.6)
            distance = rng.uniform(0.55, 1.3) if over else rng.uniform(1.3, 2.2)
            beside.append(distance * CAPITALS * (1 if self.chance(0.4) else -1))
        elif self.chance(0.15):
            beside.append(rng.uniform(1.3, 2.2) * CAPITALS * (1 if self.chance(0.5) else -1))
        for shift in beside:
            text = self.author.title() if title or self.chance(0.5) else self.author.name()
            face = self.prints[rng.choice(len(self.prints), p=self.print_shares)]
            ink, foot, _ = face.set(text, CAPITALS * rng.uniform(0.85, 1.15), 0)
            x = int(left + width / 2 - ink.shape[1] / 2 + rng.normal(0, 12))
            ink = ink * black * rng.uniform(0.6, 1)
            strip_ink.lay(self.canvas, ink, x, int(round(BASELINE - foot + shift)))

    def sealed(self, left: int, width: int) -> None:
        """A seal over it, most often its lower part over the beginning."""
        rng = self.rng
        if self.chance(0.35):
            return
        seal = self.seals[rng.integers(SEALS)]
        radius = seal.shape[0] / 2
        if self.chance(0.8):
            x = left + rng.uniform(-0.5, 0.45) * 168
            y = BASELINE - radius + rng.uniform(-18, 55)
        else:
            x, y = left + rng.uniform(-0.2, 1) * width, BASELINE + rng.uniform(-1, 1) * radius
        if title_above := self.chance(0.12):
            y = BASELINE + radius + rng.uniform(-45, 5)
        x, y = int(x - radius), int(y - radius)
        if self.chance(0.5) or title_above and self.chance(0.5):  # black, as copiers make it
            strip_ink.lay(self.canvas, seal * rng.uniform(0.75, 1), x, y)
            return
        # In colour: the ink below stays, fainter; what is left of the seal is pale.
        pale, fade = rng.uniform(0, 0.5), rng.uniform(0.5, 1)
        layer = np.zeros_like(self.canvas)
        height, across = seal.shape
        x0, y0, x1, y1 = max(0, x), max(0, y), min(WIDTH, x + across), min(HEIGHT, y + height)
        if x1 > x0 and y1 > y0:
            layer[y0:y1, x0:x1] = seal[y0 - y : y1 - y, x0 - x : x1 - x]
        self.canvas = np.maximum(self.canvas * (1 - layer * (1 - fade)), layer * pale)

    def signed(self) -> None:
        """Strokes of a pen."""
        rng = self.rng
        if self.chance(0.65):
            return
        level = rng.uniform(0.3, 1)
        for _ in range(rng.integers(1, 4)):
            ends = [
                np.array([rng.uniform(-40, WIDTH + 40), rng.uniform(-30, HEIGHT + 15)])
                for _ in range(4)
            ]
            if self.chance(0.5):  # the long line that ends a signature
                ends[3] = ends[0] + [rng.uniform(100, 400), rng.uniform(-40, 20)]
                ends[1], ends[2] = ends[0] * 0.66 + ends[3] * 0.33, ends[0] * 0.33 + ends[3] * 0.66
            t = np.linspace(0, 1, 60)[:, None]
            curve = (
                (1 - t) ** 3 * ends[0]
                + 3 * (1 - t) ** 2 * t * ends[1]
                + 3 * (1 - t) * t**2 * ends[2]
                + t**3 * ends[3]
            )
            layer = np.zeros((HEIGHT, WIDTH), np.uint8)
            cv2.polylines(
                layer, [np.int32(curve * 8)], False, 255, int(rng.integers(1, 4)), cv2.LINE_AA, 3
            )
            np.maximum(self.canvas, layer / np.float32(255) * level, out=self.canvas)

    def scanned(self) -> np.ndarray:
        """What a scanner makes of it: slant, blur, noise, one bit, specks."""
        rng, ink = self.rng, np.clip(self.canvas, 0, 1)
        if self.chance(0.5):
            # Stamps are set by hand.
            angle = rng.normal(0, 0.5) if self.chance(0.6) else rng.uniform(-6, 6)
            turn = cv2.getRotationMatrix2D(self.middle, angle, 1)
            ink = cv2.warpAffine(ink, turn, (WIDTH, HEIGHT))
        return strip_ink.scanned(
            ink,
            rng,
            bilevel_share=0.4,
            grain=self.grain,
            threshold=(0.22, 0.55),
            specks_max=11,
        )

    def grain(self, shape: tuple[int, ...]) -> np.ndarray:
        """The roughness of paper, more of it on some pages than on others."""
        rough = self.rng.normal(0, self.rng.uniform(0.02, 0.2), shape).astype(np.float32)
        return cv2.GaussianBlur(rough, (0, 0), 0.8)
