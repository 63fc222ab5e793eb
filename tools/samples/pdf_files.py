"""Writes scans as PDF: one image a page, with or without a text layer."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image, TiffImagePlugin

from .scan import POINTS_PER_INCH, SCAN_DPI


def write_scan(
    path: Path, images: list[np.ndarray], jpeg_quality: int, text_layer: Path | None
) -> None:
    """Image-only pages; the text of `text_layer`, a PDF of as many pages, lies over the images."""
    pdf = pikepdf.open(text_layer) if text_layer else pikepdf.new()
    with pdf:
        for index, image in enumerate(images):
            if not text_layer:
                height_px, width_px = image.shape[:2]
                pdf.add_blank_page(page_size=(_points(width_px), _points(height_px)))
            _put_image_below(pdf, pdf.pages[index], image, jpeg_quality)
        save(pdf, path)


def save(pdf: pikepdf.Pdf, target: Path | io.BytesIO) -> None:
    """Without object streams old readers follow, and `static_id` keeps the bytes the same."""
    pdf.save(target, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def _points(pixels: int) -> float:
    return round(pixels * POINTS_PER_INCH / SCAN_DPI, 2)


def _put_image_below(
    pdf: pikepdf.Pdf, page: pikepdf.Page, image: np.ndarray, jpeg_quality: int
) -> None:
    is_bilevel = image.ndim == 2
    stream = _g4_image(pdf, image) if is_bilevel else _jpeg_image(pdf, image, jpeg_quality)
    # Named here, because pikepdf would draw a random name.
    name = page.add_resource(stream, pikepdf.Name.XObject, pikepdf.Name.Scan)
    _, _, width_pt, height_pt = page.mediabox
    page.contents_add(f"q {width_pt} 0 0 {height_pt} 0 0 cm {name} Do Q".encode(), prepend=True)


def _jpeg_image(pdf: pikepdf.Pdf, image: np.ndarray, quality: int) -> pikepdf.Stream:
    buffer = io.BytesIO()
    Image.fromarray(image, "RGB").save(buffer, "JPEG", quality=quality, optimize=True)
    return _image_stream(
        pdf, image, buffer.getvalue(),
        ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )


def _g4_image(pdf: pikepdf.Pdf, image: np.ndarray) -> pikepdf.Stream:
    """CCITT G4: Pillow writes it as a TIFF of one strip, which is the bare code PDF wants."""
    height_px, width_px = image.shape
    TiffImagePlugin.STRIP_SIZE = image.size  # bytes a strip may hold: more than a page needs
    buffer = io.BytesIO()
    bilevel = Image.fromarray(image, "L").convert("1", dither=Image.Dither.NONE)
    bilevel.save(buffer, "TIFF", compression="group4")
    tags = Image.open(io.BytesIO(buffer.getvalue())).tag_v2
    (offset,), (length,) = tags[TiffImagePlugin.STRIPOFFSETS], tags[TiffImagePlugin.STRIPBYTECOUNTS]
    code = buffer.getvalue()[offset : offset + length]
    # Pillow codes white pixels as "black" runs, so the decoded ones are the white ones.
    parameters = pikepdf.Dictionary(K=-1, Columns=width_px, Rows=height_px, BlackIs1=True)
    return _image_stream(
        pdf, image, code,
        ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=1,
        Filter=pikepdf.Name.CCITTFaxDecode, DecodeParms=parameters,
    )


def _image_stream(
    pdf: pikepdf.Pdf, image: np.ndarray, data: bytes, **entries: object
) -> pikepdf.Stream:
    height_px, width_px = image.shape[:2]
    return pikepdf.Stream(
        pdf, data,
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width_px, Height=height_px,
        **entries,
    )
