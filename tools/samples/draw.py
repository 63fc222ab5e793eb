"""Draws laid-out pages with reportlab: the print, the ink on it, and invisible text layers.

Print and ink go to separate PDFs, because they age differently: toner is black and even, stamps and
pens are coloured and uneven.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Callable

import numpy as np
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from . import pen
from .layout import (
    PAGE_HEIGHT_PT,
    PEN,
    PEN_HEIGHT_PT,
    RULE_WIDTH_PT,
    BoxStamp,
    Page,
    PlacedLine,
    Rule,
    Seal,
    Signature,
)

SEAL_RED = (0.80, 0.10, 0.13)
STAMP_RED = (0.83, 0.08, 0.10)
PEN_BLUE = (0.10, 0.16, 0.55)

SEAL_RADIUS_PT = 17 * mm  # a commune's or department's seal measures 34 to 36 mm across
PEN_WIDTH_PT = 1.15
STAMP_TILT_DEGREES = 2.5
LAYER_FACE = "regular"  # of invisible text; it holds every letter a misreading may give


def new_canvas(path: Path, page_size: tuple[float, float] = A4, title: str = "") -> Canvas:
    """A canvas that writes the same bytes each time."""
    canvas = Canvas(str(path), pagesize=page_size, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    return canvas


def draw_print(
    pages: list[Page], path: Path, title: str = "", rule_gaps: float = 0, seed: int = 0
) -> None:
    """What the printer put on the paper: words and rules, of which the share `rule_gaps` is lost."""
    rng = np.random.default_rng(seed)
    canvas = new_canvas(path, title=title)
    for page in pages:
        canvas.setLineWidth(RULE_WIDTH_PT)
        for rule in page.rules:
            for piece in _pieces(rule, rule_gaps, rng) if rule_gaps else [rule]:
                start_y_pt, end_y_pt = PAGE_HEIGHT_PT - piece.y0_pt, PAGE_HEIGHT_PT - piece.y1_pt
                canvas.line(piece.x0_pt, start_y_pt, piece.x1_pt, end_y_pt)
        for line in page.lines:
            _draw_line(canvas, line)
        canvas.showPage()
    canvas.save()


def _pieces(rule: Rule, gaps: float, rng: np.random.Generator) -> list[Rule]:
    """A rule with gaps of a few points, as a worn drum or a thin ribbon leaves it."""
    length_pt = math.hypot(rule.x1_pt - rule.x0_pt, rule.y1_pt - rule.y0_pt)
    pieces, at_pt = [], 0.0
    while at_pt < length_pt:
        gap_pt = rng.uniform(1, 6)
        end_pt = min(length_pt, at_pt + gap_pt / gaps * (1 - gaps) * rng.uniform(0.3, 1.7))
        start, end = at_pt / length_pt, end_pt / length_pt
        width_pt, height_pt = rule.x1_pt - rule.x0_pt, rule.y1_pt - rule.y0_pt
        pieces.append(
            Rule(
                rule.x0_pt + start * width_pt,
                rule.y0_pt + start * height_pt,
                rule.x0_pt + end * width_pt,
                rule.y0_pt + end * height_pt,
            )
        )
        at_pt = end_pt + gap_pt
    return pieces


def _draw_line(canvas: Canvas, line: PlacedLine) -> None:
    for word, left_pt in zip(line.words, line.lefts_pt):
        if word.face == PEN:
            continue
        canvas.setFont(word.face, line.size_pt)
        # The space after a word keeps words apart for whoever copies text out of the PDF.
        ending = "" if word is line.words[-1] else " "
        canvas.drawString(left_pt, PAGE_HEIGHT_PT - line.baseline_pt, word.text + ending)


def draw_ink(pages: list[Page], path: Path, seed: int) -> None:
    """What people put on the paper: pen, signature, seal, stamps."""
    rng = np.random.default_rng(seed)
    canvas = new_canvas(path)
    for page in pages:
        for line in page.lines:
            _draw_pen_words(canvas, line, rng)
        for signature in page.signatures:
            _draw_signature(canvas, signature)
        for seal in page.seals:
            _draw_seal(canvas, seal, tilt_degrees=rng.uniform(-9, 9))
        for stamp in page.stamps:
            _draw_stamp(canvas, stamp)
        canvas.showPage()
    canvas.save()


def _draw_strokes(canvas: Canvas, strokes: list[pen.Stroke], x_pt: float, y_pt: float) -> None:
    """Pen strokes around (x_pt, y_pt); a quick stretch of the pen leaves a thinner line."""
    canvas.saveState()
    canvas.setStrokeColorRGB(*PEN_BLUE)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for stroke in strokes:
        for (x0, y0), (x1, y1) in zip(stroke, stroke[1:]):
            speed = math.hypot(x1 - x0, y1 - y0)
            canvas.setLineWidth(PEN_WIDTH_PT * (1.1 - min(speed, 6) / 12))
            canvas.line(x_pt + x0, y_pt + y0, x_pt + x1, y_pt + y1)
    canvas.restoreState()


def _draw_pen_words(canvas: Canvas, line: PlacedLine, rng: np.random.Generator) -> None:
    for word, left_pt in zip(line.words, line.lefts_pt):
        if word.face == PEN:
            baseline_pt = PAGE_HEIGHT_PT - line.baseline_pt + rng.uniform(-1.0, 2.0)
            strokes = pen.write_digits(word.text, PEN_HEIGHT_PT, rng)
            _draw_strokes(canvas, strokes, left_pt, baseline_pt)


def _draw_signature(canvas: Canvas, signature: Signature) -> None:
    hand = signature.hand
    strokes = pen.sign(hand, hand.width_mm * mm, hand.height_mm * mm)
    _draw_strokes(canvas, strokes, signature.x_pt, PAGE_HEIGHT_PT - signature.y_pt)


def _draw_seal(canvas: Canvas, seal: Seal, tilt_degrees: float) -> None:
    canvas.saveState()
    canvas.translate(seal.x_pt, PAGE_HEIGHT_PT - seal.y_pt)
    canvas.rotate(tilt_degrees)
    canvas.setStrokeColorRGB(*SEAL_RED)
    canvas.setFillColorRGB(*SEAL_RED)
    for radius, width_pt in ((1.0, 1.9), (0.94, 0.6), (0.64, 0.7)):
        canvas.setLineWidth(width_pt)
        canvas.circle(0, 0, radius * SEAL_RADIUS_PT)
    _draw_arc_text(canvas, seal.text.upper, above=True)
    _draw_arc_text(canvas, seal.text.lower, above=False)
    for side in (-1, 1):  # small stars part the two texts of the rim
        _draw_star(canvas, side * 0.75 * SEAL_RADIUS_PT, -0.28 * SEAL_RADIUS_PT, radius_pt=2.2)
    if seal.text.middle:
        _draw_seal_middle(canvas, seal.text.middle)
    else:
        _draw_star(canvas, 0, 0, radius_pt=0.46 * SEAL_RADIUS_PT)
    canvas.restoreState()


def _draw_arc_text(canvas: Canvas, text: str, above: bool) -> None:
    """Text along the rim: read clockwise above, counter-clockwise below."""
    radius_pt = (0.73 if above else 0.81) * SEAL_RADIUS_PT
    widest = math.radians(200 if above else 110)
    size_pt = min(6.4, widest * radius_pt / pdfmetrics.stringWidth(text, "bold", 1))
    direction = -1 if above else 1
    sweep = pdfmetrics.stringWidth(text, "bold", size_pt) / radius_pt
    angle = (math.pi / 2 if above else -math.pi / 2) - direction * sweep / 2
    canvas.setFont("bold", size_pt)
    for letter in text:
        half = pdfmetrics.stringWidth(letter, "bold", size_pt) / radius_pt / 2
        angle += direction * half
        canvas.saveState()
        canvas.translate(radius_pt * math.cos(angle), radius_pt * math.sin(angle))
        canvas.rotate(math.degrees(angle) + (-90 if above else 90))
        canvas.drawCentredString(0, 0, letter)
        canvas.restoreState()
        angle += direction * half


def _draw_seal_middle(canvas: Canvas, lines: tuple[str, ...]) -> None:
    size_pt = 6.8
    canvas.setFont("bold", size_pt)
    y_pt = (len(lines) - 1) * size_pt * 1.25 / 2 - size_pt * 0.35
    for text in lines:
        canvas.drawCentredString(0, y_pt, text)
        y_pt -= size_pt * 1.25


def _draw_star(canvas: Canvas, x_pt: float, y_pt: float, radius_pt: float) -> None:
    outline = canvas.beginPath()
    for corner in range(10):
        reach_pt = radius_pt if corner % 2 == 0 else 0.4 * radius_pt
        angle = math.pi / 2 + corner * math.pi / 5
        point = (x_pt + reach_pt * math.cos(angle), y_pt + reach_pt * math.sin(angle))
        if corner == 0:
            outline.moveTo(*point)
        else:
            outline.lineTo(*point)
    outline.close()
    canvas.drawPath(outline, stroke=0, fill=1)


def _draw_stamp(canvas: Canvas, stamp: BoxStamp) -> None:
    width_pt, height_pt = 30 * mm, 8 * mm  # the size Decree 30 gives for HỎA TỐC
    canvas.saveState()
    canvas.translate(stamp.x_pt, PAGE_HEIGHT_PT - stamp.y_pt)
    canvas.rotate(STAMP_TILT_DEGREES)
    canvas.setStrokeColorRGB(*STAMP_RED)
    canvas.setFillColorRGB(*STAMP_RED)
    canvas.setLineWidth(1.6)
    canvas.rect(-width_pt / 2, -height_pt / 2, width_pt, height_pt)
    canvas.setFont("bold", 14)
    canvas.drawCentredString(0, -4.6, stamp.text)
    canvas.restoreState()


def draw_text_layer(pages: list[Page], path: Path, misread: Callable[[PlacedLine], str]) -> None:
    """Invisible text (render mode 3) where the printed lines are, as a copier's OCR leaves it."""
    canvas = new_canvas(path)
    for page in pages:
        for line in page.lines:
            _draw_invisible(canvas, misread(line), line)
        canvas.showPage()
    canvas.save()


def _draw_invisible(canvas: Canvas, text: str, line: PlacedLine) -> None:
    """Squeezes the text to the width of the printed line, so that selecting it looks right."""
    natural_width_pt = pdfmetrics.stringWidth(text, LAYER_FACE, line.size_pt)
    layer = canvas.beginText(line.lefts_pt[0], PAGE_HEIGHT_PT - line.baseline_pt)
    layer.setTextRenderMode(3)
    layer.setFont(LAYER_FACE, line.size_pt)
    layer.setHorizScale(100 * line.width_pt / natural_width_pt)
    layer.textOut(text)
    canvas.drawText(layer)
