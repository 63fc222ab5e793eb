"""Draws a laid out document, as a word processor writes it or as a scanner sees it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from .draw import draw_ink, draw_print
from .layout import Layout
from .model import Document
from .pdf_files import write_scan
from .scan import ScanRecipe, scan_pages


def draw_document(document: Document, layout: Layout, path: Path, scanned: bool, seed: int) -> None:
    """Writes the PDF to `path`; scanned, it is printed, signed and lies askew as `seed` has it."""
    if not scanned:
        draw_print(layout.pages, path, title=document.name)
        return
    with tempfile.TemporaryDirectory() as temporary:
        print_pdf, ink_pdf = Path(temporary) / "print.pdf", Path(temporary) / "ink.pdf"
        draw_print(layout.pages, print_pdf)
        draw_ink(layout.pages, ink_pdf, seed=seed)
        recipe = ScanRecipe(seed=seed, skew_degrees=(seed % 7 - 3) * 0.4)
        images = scan_pages(print_pdf, ink_pdf, len(layout.pages), recipe)
        write_scan(path, images, 75, text_layer=None)
