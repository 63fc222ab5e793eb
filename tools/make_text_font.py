#!/usr/bin/env python3
"""Makes the font of the invisible text layer: tools/make_text_font.py OUT.ttf

Nothing is ever drawn with it, so its glyphs are lines without area, all half an em wide. It has one for every
letter of the Latin script that Vietnamese and its neighbours use, for punctuation and symbols, and
spare ones that a document gives to whatever else it has. Needs python3-fonttools.
"""
import sys

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

UNITS = 1000
ADVANCE = 500
# Chosen so that the box that viewers draw around a word is nowhere far from its ink, whether the
# word has ascenders, marks and descenders or not.
ASCENT, DESCENT = 620, -60
SPARE = 512
RANGES = [
    (0x20, 0x7E),  # Basic Latin
    (0xA0, 0x17F),  # Latin-1, Latin Extended-A
    (0x180, 0x24F),  # Latin Extended-B, with ơ and ư
    (0x300, 0x36F),  # combining marks
    (0x370, 0x3FF),  # Greek
    (0x1EA0, 0x1EF9),  # Vietnamese
    (0x2010, 0x205E),  # punctuation
    (0x20A0, 0x20BF),  # currencies, with ₫
    (0x2100, 0x214F),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x25A0, 0x25FF),
    (0x2610, 0x2612),
]


def glyph():
    """From corner to corner and back: PDFium leaves out words whose letters have no box."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, DESCENT))
    pen.lineTo((ADVANCE, ASCENT))
    pen.closePath()
    return pen.glyph()


def main(out):
    cmap = {}
    names = [".notdef"]
    for first, last in RANGES:
        for code in range(first, last + 1):
            cmap[code] = f"u{code:04X}"
            names.append(cmap[code])
    names += [f"spare{i}" for i in range(SPARE)]
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(cmap)
    builder.setupGlyf({name: glyph() for name in names})
    builder.setupHorizontalMetrics({name: (ADVANCE, 0) for name in names})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable({"familyName": "VanbanText", "styleName": "Regular"}, mac=False)
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, fsType=0)
    builder.setupPost(keepGlyphNames=False)
    # No clock: the same font every time.
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    builder.save(out)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
