#!/usr/bin/python3
"""Makes the sample documents in samples/ and the truth beside them.

    tools/make_samples.py [--output FOLDER] [NAME ...]

Each document of tools/samples/documents.py is set after Decree 30/2020/NĐ-CP, printed, rasterised,
aged and written as a PDF; its fields and its text go to FOLDER/truth. All names are invented.

Needs Debian 12 with
    apt-get install python3-reportlab python3-numpy python3-opencv python3-pil python3-pikepdf \\
        poppler-utils openssl fonts-liberation2
(fonts-liberation, version 1, lacks Vietnamese letters.) With the same package versions a second run
writes the same bytes, the digital signature included: seeds, dates and the signing key are fixed.
"""

from __future__ import annotations

import argparse
import functools
import importlib.util
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

NEEDED_MODULES = {
    "reportlab": "python3-reportlab",
    "numpy": "python3-numpy",
    "cv2": "python3-opencv",
    "PIL": "python3-pil",
    "pikepdf": "python3-pikepdf",
}
NEEDED_PROGRAMS = {"pdftoppm": "poppler-utils", "openssl": "openssl"}
NEEDED_FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")


def missing_packages() -> list[str]:
    missing = [
        package
        for module, package in NEEDED_MODULES.items()
        if not importlib.util.find_spec(module)
    ]
    missing += [
        package for program, package in NEEDED_PROGRAMS.items() if not shutil.which(program)
    ]
    if not NEEDED_FONT.exists():
        missing.append("fonts-liberation2")
    return missing


if packages := missing_packages():
    # Before the imports below, which would only say that a module is missing.
    sys.exit(f"make_samples.py: install what is missing: apt-get install {' '.join(packages)}")

import numpy as np

from samples import documents, misread
from samples.draw import draw_ink, draw_print, draw_text_layer
from samples.layout import Layout, PlacedLine, lay_out, register_fonts
from samples.model import Document
from samples.pdf_files import write_scan
from samples.scan import ScanRecipe, scan_pages
from samples.signing import VisibleSignature, sign_pdf
from samples.truth import write_truth

SAMPLES_FOLDER = Path(__file__).resolve().parent.parent / "samples"

Misreading = Callable[[PlacedLine, np.random.Generator], str]


@dataclass(frozen=True)
class Sample:
    """A document and what becomes of it. Without `scan` it stays a born-digital PDF."""

    document: Document
    scan: ScanRecipe | None = None
    text_layer: Misreading | None = None
    signature: VisibleSignature | None = None


INVITATION_SIGNATURE = VisibleSignature(
    common_name="Sở Nội vụ tỉnh Sông Thương",
    organisation="Ủy ban nhân dân tỉnh Sông Thương",
    email="sonoivu@songthuong.example.vn",
    stamped_time="12.03.2025 09:15:27 +07:00",
    pdf_time="D:20250312091527+07'00'",
    box_pt=(340, 786, 540, 832),
)

SAMPLES = (
    Sample(documents.REPORT, ScanRecipe(seed=1, skew_degrees=0.8)),
    Sample(
        documents.OFFICIAL_LETTER,
        ScanRecipe(seed=2, skew_degrees=-0.6, bilevel=True, salt=0.0006),
    ),
    Sample(
        documents.DECISION,
        ScanRecipe(
            seed=3,
            skew_degrees=1.3,
            paper_rgb=(0.965, 0.945, 0.885),
            shading=0.10,
            show_through=0.05,
        ),
    ),
    Sample(documents.PLAN),
    Sample(
        documents.NOTICE,
        ScanRecipe(seed=5, skew_degrees=-0.3, toner=0.85),
        text_layer=misread.without_marks,
    ),
    Sample(
        documents.SUBMISSION,
        ScanRecipe(seed=6, skew_degrees=0.4),
        text_layer=misread.with_wrong_marks,
    ),
    Sample(
        documents.INVITATION,
        ScanRecipe(seed=7, skew_degrees=0.2),
        signature=INVITATION_SIGNATURE,
    ),
    Sample(
        documents.BLANK_PAGE_NOTICE,
        ScanRecipe(seed=8, skew_degrees=-0.5, noise=0.014, dust_specks=12, faint_pages=(3,)),
    ),
    Sample(
        documents.INDICATORS,
        ScanRecipe(seed=9, skew_degrees=0.9, bilevel=True, salt=0.0002, rule_gaps=0.15),
    ),
    Sample(documents.ROSTER, ScanRecipe(seed=10, skew_degrees=-0.4, bilevel=True)),
)


def make_sample(sample: Sample, folder: Path) -> None:
    document = sample.document
    layout = lay_out(document)
    path = folder / f"{document.name}.pdf"
    if sample.scan is None:
        draw_print(layout.pages, path, title=" ".join(document.subject_lines))
    else:
        write_aged(sample, sample.scan, layout, path)
    if sample.signature:
        sign_pdf(path, sample.signature)
    write_truth(folder / "truth", document, layout)


def write_aged(sample: Sample, recipe: ScanRecipe, layout: Layout, path: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        draw_print(
            layout.pages, work / "print.pdf", rule_gaps=recipe.rule_gaps, seed=recipe.seed
        )
        draw_ink(layout.pages, work / "ink.pdf", recipe.seed)
        images = scan_pages(work / "print.pdf", work / "ink.pdf", len(layout.pages), recipe)
        layer = None
        if sample.text_layer:
            layer = work / "layer.pdf"
            rng = np.random.default_rng(recipe.seed)
            misreading = functools.partial(sample.text_layer, rng=rng)
            draw_text_layer(layout.pages, layer, misreading)
        write_scan(path, images, recipe.jpeg_quality, layer)


def main() -> None:
    names = [sample.document.name for sample in SAMPLES]
    parser = argparse.ArgumentParser(description="Make the sample documents and their truth.")
    parser.add_argument("--output", type=Path, default=SAMPLES_FOLDER, metavar="FOLDER")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"all, or some of: {', '.join(names)}"
    )
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(names):
        parser.error(f"no such sample: {', '.join(sorted(unknown))}")
    arguments.output.mkdir(parents=True, exist_ok=True)
    register_fonts()
    for sample in SAMPLES:
        if not arguments.names or sample.document.name in arguments.names:
            make_sample(sample, arguments.output)
            print(arguments.output / f"{sample.document.name}.pdf")


if __name__ == "__main__":
    main()
