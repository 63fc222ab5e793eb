"""Sets a Document on A4 pages after Decree 30/2020/NĐ-CP, Appendix I.

The result is a list of Page: words, rules and marks at fixed places, and the text of the page in
reading order. Nothing is drawn here. Coordinates are points, origin at the top left, y downwards to
the baseline.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from . import pen
from .model import BlankPage, Block, Column, Document, Paragraph, SealText, Setting, Table

FONT_FOLDER = Path("/usr/share/fonts/truetype/liberation2")
FONT_FILES = {
    "regular": "LiberationSerif-Regular.ttf",
    "bold": "LiberationSerif-Bold.ttf",
    "italic": "LiberationSerif-Italic.ttf",
    "bold_italic": "LiberationSerif-BoldItalic.ttf",
}
PEN = "pen"  # the face of words written by hand

PAGE_WIDTH_PT, PAGE_HEIGHT_PT = A4
LEFT_PT = 30 * mm
RIGHT_PT = PAGE_WIDTH_PT - 17 * mm
TOP_PT = 20 * mm
BOTTOM_PT = PAGE_HEIGHT_PT - 20 * mm
TYPE_WIDTH_PT = RIGHT_PT - LEFT_PT
PAGE_NUMBER_BASELINE_PT = 14 * mm

# The header has two columns: agency on the left, national title on the right.
LEFT_COLUMN_WIDTH_PT = 0.40 * TYPE_WIDTH_PT
LEFT_COLUMN_CENTRE_PT = LEFT_PT + 0.20 * TYPE_WIDTH_PT
RIGHT_COLUMN_CENTRE_PT = LEFT_PT + 0.71 * TYPE_WIDTH_PT
SIGNATURE_CENTRE_PT = LEFT_PT + 0.74 * TYPE_WIDTH_PT
RECIPIENTS_WIDTH_PT = 0.46 * TYPE_WIDTH_PT

HEADER_SIZE_PT = 12.0
SMALL_SIZE_PT = 11.0
NUMBER_SIZE_PT = 13.0
TITLE_SIZE_PT = 14.0
TABLE_SIZE_PT = 12.0
PEN_HEIGHT_PT = 13.0
FIRST_LINE_INDENT_PT = 12.7 * mm
LINE_SPACING = 1.22  # baseline to baseline, in font sizes
PARAGRAPH_GAP_PT = 5.0
CELL_PADDING_PT = 3.5
SIGNERS_APART_PT = 0.48 * TYPE_WIDTH_PT  # from the middle of one signature to the next
SIGNATURE_SPACE_PT = 78.0  # between the last title line and the name
NUMBER_GAP_PT = 30.0  # from the last line of the agency down to the number and date
TITLE_GAP_PT = 34.0
BODY_GAP_PT = 14.0
STAMP_GAP_PT = 26.0
TYPED_RULE_DROP_PT = 10.0
ADDRESSEE_INDENT_PT = 20 * mm  # of the list below "Kính gửi:"
RULE_WIDTH_PT = 0.6
RULE_DROP_PT = 5.5  # from a baseline to the rule below it: clear of dots and tails
SEAL_SHIFT_PT = -15 * mm  # seal and pen, from the middle of the name
PEN_SHIFT_PT = 5 * mm

NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
NATIONAL_MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Word:
    text: str
    face: str = "regular"


@dataclass(frozen=True)
class PlacedLine:
    """One printed line: the left edge of every word, and the baseline."""

    words: tuple[Word, ...]
    lefts_pt: tuple[float, ...]
    baseline_pt: float
    size_pt: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def width_pt(self) -> float:
        return self.lefts_pt[-1] + word_width(self.words[-1], self.size_pt) - self.lefts_pt[0]


@dataclass(frozen=True)
class Rule:
    x0_pt: float
    y0_pt: float
    x1_pt: float
    y1_pt: float


@dataclass(frozen=True)
class Seal:
    text: SealText
    x_pt: float
    y_pt: float


@dataclass(frozen=True)
class Signature:
    hand: pen.SignatureHand
    x_pt: float
    y_pt: float


@dataclass(frozen=True)
class BoxStamp:
    """A pre-cut stamp in a box, such as HỎA TỐC; x and y are its centre."""

    text: str
    x_pt: float
    y_pt: float


@dataclass
class Page:
    lines: list[PlacedLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    seals: list[Seal] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    stamps: list[BoxStamp] = field(default_factory=list)
    reading: list[str] = field(default_factory=list)  # the text of the truth file, in reading order


@dataclass(frozen=True)
class SetCell:
    """A cell as a reader sees it; what it spans is not repeated."""

    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass
class SetTable:
    pages: list[int] = field(default_factory=list)  # 1-based
    rows: list[tuple[SetCell, ...]] = field(default_factory=list)  # a repeated header once


@dataclass(frozen=True)
class Layout:
    pages: list[Page]
    sign_page: int  # 1-based
    tables: list[SetTable]


def register_fonts() -> None:
    for face, file_name in FONT_FILES.items():
        pdfmetrics.registerFont(TTFont(face, str(FONT_FOLDER / file_name)))


def word_width(word: Word, size_pt: float) -> float:
    if word.face == PEN:
        return pen.text_width(word.text, PEN_HEIGHT_PT)
    return pdfmetrics.stringWidth(word.text, word.face, size_pt)


def space_width(size_pt: float) -> float:
    return pdfmetrics.stringWidth(" ", "regular", size_pt)


def line_width(words: list[Word], size_pt: float) -> float:
    spaces_pt = space_width(size_pt) * (len(words) - 1)
    return sum(word_width(word, size_pt) for word in words) + spaces_pt


def to_words(text: str, face: str = "regular") -> list[Word]:
    return [Word(part, face) for part in text.split()]


def break_lines(
    words: list[Word], size_pt: float, width_pt: float, first_indent_pt: float = 0
) -> list[list[Word]]:
    """Fills lines greedily, as a word processor does."""
    lines: list[list[Word]] = [[]]
    for word in words:
        room_pt = width_pt - (first_indent_pt if len(lines) == 1 else 0)
        if lines[-1] and line_width([*lines[-1], word], size_pt) > room_pt:
            lines.append([])
        lines[-1].append(word)
    return lines


def place_line(
    words: list[Word],
    size_pt: float,
    baseline_pt: float,
    left_pt: float,
    width_pt: float = 0,
    align: str = "left",
) -> PlacedLine:
    """Puts words on a baseline within [left_pt, left_pt + width_pt]."""
    gap_pt = space_width(size_pt)
    slack_pt = width_pt - line_width(words, size_pt)
    if align == "justify" and len(words) > 1:
        gap_pt += slack_pt / (len(words) - 1)
    x_pt = left_pt
    if align == "centre":
        x_pt += slack_pt / 2
    elif align == "right":
        x_pt += slack_pt
    lefts_pt = []
    for word in words:
        lefts_pt.append(x_pt)
        x_pt += word_width(word, size_pt) + gap_pt
    return PlacedLine(tuple(words), tuple(lefts_pt), baseline_pt, size_pt)


def lay_out(document: Document) -> Layout:
    return _Typesetter(document).run()


class _Typesetter:
    """Fills pages from top to bottom; `_y_pt` is the bottom of what stands on the page so far."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._pages = [Page()]
        self._y_pt = TOP_PT
        self._in_annex = False
        self._tables: list[SetTable] = []

    def run(self) -> Layout:
        document = self._document
        self._header()
        self._title()
        self._addressees()
        if document.preamble:
            self._block(document.preamble)
            self._y_pt += PARAGRAPH_GAP_PT
        body, annex = _split_at_blank_page(document.body)
        for block in body:
            self._block(block)
        self._signature_block()
        sign_page = len(self._pages)
        for block in annex:
            self._block(block)
        return Layout(self._pages, sign_page, self._tables)

    @property
    def _page(self) -> Page:
        return self._pages[-1]

    def _put(self, line: PlacedLine) -> None:
        self._page.lines.append(line)
        self._page.reading.append(line.text)

    def _put_centred(
        self, words: list[Word], size_pt: float, baseline_pt: float, centre_pt: float
    ) -> None:
        self._put(place_line(words, size_pt, baseline_pt, centre_pt, align="centre"))

    def _rule_below(self, centre_pt: float, baseline_pt: float, width_pt: float) -> None:
        y_pt, half_pt = baseline_pt + RULE_DROP_PT, width_pt / 2
        self._page.rules.append(Rule(centre_pt - half_pt, y_pt, centre_pt + half_pt, y_pt))

    def _rule_or_signs(self, centre_pt: float, baseline_pt: float, width_pt: float) -> None:
        signs = self._document.setting.typed_rule
        if signs:
            y_pt = baseline_pt + TYPED_RULE_DROP_PT
            self._put_centred(to_words(signs), SMALL_SIZE_PT, y_pt, centre_pt)
        else:
            self._rule_below(centre_pt, baseline_pt, width_pt)

    # Header: components 1 to 4, and 5b of an official letter

    def _header(self) -> None:
        left_bottom_pt = self._header_left()
        right_bottom_pt = self._header_right()
        self._y_pt = max(left_bottom_pt, right_bottom_pt)

    def _header_left(self) -> float:
        document, centre_pt = self._document, LEFT_COLUMN_CENTRE_PT
        step_pt = HEADER_SIZE_PT * LINE_SPACING
        y_pt = TOP_PT
        for text in _parent_lines(document):
            y_pt += step_pt
            self._put_centred(to_words(text), HEADER_SIZE_PT, y_pt, centre_pt)
        for text in document.issuing_lines:
            y_pt += step_pt
            self._put_centred(to_words(text, "bold"), HEADER_SIZE_PT, y_pt, centre_pt)
        if document.star_below_agency:
            self._put_centred(to_words("*"), HEADER_SIZE_PT, y_pt + step_pt, centre_pt)
        else:
            self._rule_or_signs(centre_pt, y_pt, 0.35 * LEFT_COLUMN_WIDTH_PT)
        y_pt = self._number_baseline_pt()
        self._put_centred(self._number_words(), NUMBER_SIZE_PT, y_pt, centre_pt)
        if document.doc_type is None:
            for text in document.subject_lines:
                y_pt += step_pt
                self._put_centred(to_words(text), HEADER_SIZE_PT, y_pt, centre_pt)
        if document.urgency:
            y_pt += STAMP_GAP_PT
            self._page.stamps.append(BoxStamp(document.urgency, centre_pt - 7 * mm, y_pt))
            self._page.reading.append(document.urgency)
        return y_pt

    def _header_right(self) -> float:
        centre_pt = RIGHT_COLUMN_CENTRE_PT
        y_pt = TOP_PT + HEADER_SIZE_PT * LINE_SPACING
        first, *others = self._document.nation_lines or (NATIONAL_TITLE, NATIONAL_MOTTO)
        last, size_pt = to_words(first, "bold"), HEADER_SIZE_PT
        self._put_centred(last, size_pt, y_pt, centre_pt)
        for text in others:
            last, size_pt = to_words(text, "bold"), NUMBER_SIZE_PT
            y_pt += size_pt * LINE_SPACING
            self._put_centred(last, size_pt, y_pt, centre_pt)
        self._rule_or_signs(centre_pt, y_pt, line_width(last, size_pt))
        y_pt = self._number_baseline_pt() + self._document.setting.date_drop_pt
        self._put_centred(self._date_words(), NUMBER_SIZE_PT, y_pt, centre_pt)
        return y_pt

    def _number_baseline_pt(self) -> float:
        """Number and date share a baseline below the longer of the two columns."""
        document = self._document
        agency_lines = len(_parent_lines(document)) + len(document.issuing_lines)
        typed_pt = TYPED_RULE_DROP_PT if document.setting.typed_rule else 0
        lines_pt = max(agency_lines, 2) * HEADER_SIZE_PT * LINE_SPACING
        return TOP_PT + lines_pt + typed_pt + NUMBER_GAP_PT

    def _number_words(self) -> list[Word]:
        document = self._document
        if document.number_line is not None:
            return to_words(document.number_line)
        if document.number_by_pen:
            return [Word("Số:"), Word(document.number, PEN), Word(f"/{document.symbol}")]
        return to_words(f"Số: {document.number}/{document.symbol}")

    def _date_words(self) -> list[Word]:
        document, date = self._document, self._document.date
        if document.date_line is not None:
            return to_words(document.date_line, "italic")
        # Days below 10 and the months 1 and 2 take a leading zero (Decree 30, Appendix I).
        month = f"{date.month:02d}" if date.month < 3 else str(date.month)
        day_face = PEN if document.day_by_pen else "italic"
        return [
            *to_words(f"{document.place}, ngày", "italic"),
            Word(f"{date.day:02d}", day_face),
            *to_words(f"tháng {month} năm {date.year}", "italic"),
        ]

    # Title and addressees: components 5a and 9a

    def _title(self) -> None:
        document = self._document
        centre_pt = LEFT_PT + TYPE_WIDTH_PT / 2
        if document.setting.note:
            self._y_pt += TITLE_GAP_PT
            note = to_words(document.setting.note, "bold")
            self._put_centred(note, TITLE_SIZE_PT, self._y_pt, centre_pt)
        if document.doc_type is None:
            self._y_pt += BODY_GAP_PT
            return
        self._y_pt += TITLE_GAP_PT
        type_lines, subject_lines = self._type_and_subject()
        first, *others = type_lines
        self._put_centred(to_words(first, "bold"), TITLE_SIZE_PT, self._y_pt, centre_pt)
        for text in others:
            self._y_pt += TITLE_SIZE_PT * LINE_SPACING
            self._put_centred(to_words(text, "bold"), TITLE_SIZE_PT, self._y_pt, centre_pt)
        for text in subject_lines:
            self._y_pt += TITLE_SIZE_PT * LINE_SPACING
            self._put_centred(to_words(text, "bold"), TITLE_SIZE_PT, self._y_pt, centre_pt)
        self._rule_below(centre_pt, self._y_pt, 0.2 * TYPE_WIDTH_PT)
        self._y_pt += BODY_GAP_PT

    def _type_and_subject(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        document = self._document
        type_lines = document.type_lines or (document.doc_type.upper(),)
        if not document.setting.type_ends_in_subject or not document.subject_lines:
            return type_lines, document.subject_lines
        first, *others = document.subject_lines
        return (*type_lines[:-1], f"{type_lines[-1]} {first}"), tuple(others)

    def _addressees(self) -> None:
        document = self._document
        if not document.addressees:
            return
        size_pt = document.body_size_pt
        step_pt = size_pt * LINE_SPACING + 2
        self._y_pt += step_pt
        if len(document.addressees) == 1:
            words = to_words(f"{document.setting.addressees_caption} {document.addressees[0]}")
            self._put_centred(words, size_pt, self._y_pt, LEFT_PT + TYPE_WIDTH_PT / 2)
        else:
            left_pt = LEFT_PT + 0.2 * TYPE_WIDTH_PT
            caption = to_words(document.setting.addressees_caption)
            self._put(place_line(caption, size_pt, self._y_pt, left_pt))
            left_pt += ADDRESSEE_INDENT_PT
            for text in _as_list(document.addressees, document.setting):
                self._y_pt += step_pt
                self._put(place_line(to_words(text), size_pt, self._y_pt, left_pt))
        self._y_pt += BODY_GAP_PT

    # Body: component 6

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Table):
            self._table(block)
        else:
            self._new_page(numbered=False)
            self._new_page(numbered=False)
            self._in_annex = True

    def _new_page(self, numbered: bool) -> None:
        self._pages.append(Page())
        self._y_pt = TOP_PT
        if numbered:
            number = to_words(str(len(self._pages)))
            centre_pt = LEFT_PT + TYPE_WIDTH_PT / 2
            line = place_line(
                number, NUMBER_SIZE_PT, PAGE_NUMBER_BASELINE_PT, centre_pt, align="centre"
            )
            self._page.lines.append(line)  # printed, but no part of the reading text

    def _need(self, height_pt: float) -> None:
        if self._y_pt + height_pt > BOTTOM_PT:
            self._new_page(numbered=not self._in_annex)

    def _paragraph(self, paragraph: Paragraph) -> None:
        size_pt = self._document.body_size_pt
        indent_pt = FIRST_LINE_INDENT_PT if paragraph.indent and paragraph.align != "centre" else 0
        words = to_words(paragraph.lead, "bold") + to_words(paragraph.text, paragraph.face)
        lines = break_lines(words, size_pt, TYPE_WIDTH_PT, indent_pt)
        self._y_pt += PARAGRAPH_GAP_PT
        for position, line in enumerate(lines):
            self._need(size_pt * LINE_SPACING)
            self._y_pt += size_pt * LINE_SPACING
            left_pt = LEFT_PT + (indent_pt if position == 0 else 0)
            is_last = position == len(lines) - 1
            align = "left" if paragraph.align == "justify" and is_last else paragraph.align
            self._put(place_line(line, size_pt, self._y_pt, left_pt, RIGHT_PT - left_pt, align))

    def _table(self, table: Table) -> None:
        self._y_pt += 2 * PARAGRAPH_GAP_PT
        self._tables.append(SetTable())
        self._table_header(table, is_first=True)
        for row in table.rows:
            cells = [SetCell(text) for text in row]
            cells[-1] = SetCell(row[-1], column_span=len(table.columns) - len(row) + 1)
            self._table_row(table, tuple(cells), is_header=False)
        self._y_pt += PARAGRAPH_GAP_PT

    def _table_header(self, table: Table, is_first: bool) -> None:
        """One row, or two where columns have groups, and maybe one with their numbers."""
        rows = []
        if any(column.group for column in table.columns):
            upper, lower = _grouped_titles(table.columns)
            self._grouped_header(table, upper, lower)
            rows += [upper, lower]
        else:
            rows.append(tuple(SetCell(column.title) for column in table.columns))
            self._table_row(table, rows[0], is_header=True, is_set=False)
        if table.numbered:
            numbers = range(1, len(table.columns) + 1)
            rows.append(tuple(SetCell(f"({number})") for number in numbers))
            self._table_row(table, rows[-1], is_header=True, is_set=False)
        if is_first:
            self._tables[-1].pages = [len(self._pages)]
            self._tables[-1].rows = rows

    def _grouped_header(
        self, table: Table, upper: tuple[SetCell, ...], lower: tuple[SetCell, ...]
    ) -> None:
        """Two rows: groups above the titles of their columns, other titles across both."""
        step_pt = TABLE_SIZE_PT * LINE_SPACING
        widths_pt = [column.width_mm * mm for column in table.columns]

        def height_of(cells: tuple[SetCell, ...], of_widths_pt: list[float]) -> float:
            lines = [
                len(break_lines(to_words(cell.text, "bold"), TABLE_SIZE_PT, width_pt))
                for cell, width_pt in zip(cells, of_widths_pt)
            ]
            return max(lines) * step_pt + 2 * CELL_PADDING_PT

        inner_pt = [width_pt - 2 * CELL_PADDING_PT for width_pt in widths_pt]
        grouped_pt = [
            width_pt for width_pt, column in zip(inner_pt, table.columns) if column.group
        ]
        single = tuple(cell for cell in upper if cell.row_span == 2)
        single_pt = [
            width_pt for width_pt, column in zip(inner_pt, table.columns) if not column.group
        ]
        upper_pt = step_pt + 2 * CELL_PADDING_PT
        lower_pt = max(height_of(lower, grouped_pt), height_of(single, single_pt) - upper_pt)
        self._need(upper_pt + lower_pt)
        top_pt, x_pt = self._y_pt, self._table_left_pt(table)
        column, below = 0, iter(lower)
        for cell in upper:
            width_pt = sum(widths_pt[column : column + cell.column_span])
            full_pt = upper_pt + lower_pt if cell.row_span == 2 else upper_pt
            self._boxed_cell(table, cell, x_pt, top_pt, width_pt, full_pt)
            if cell.row_span == 1:
                part_x_pt = x_pt
                for part_pt in widths_pt[column : column + cell.column_span]:
                    part_top_pt = top_pt + upper_pt
                    self._boxed_cell(table, next(below), part_x_pt, part_top_pt, part_pt, lower_pt)
                    part_x_pt += part_pt
            x_pt += width_pt
            column += cell.column_span
        self._page.reading.append("\t".join(cell.text for cell in upper))
        self._page.reading.append("\t".join(cell.text for cell in lower))
        self._y_pt = top_pt + upper_pt + lower_pt

    def _boxed_cell(
        self,
        table: Table,
        cell: SetCell,
        x_pt: float,
        top_pt: float,
        width_pt: float,
        height_pt: float,
    ) -> None:
        """A cell of the header with rules on all sides that are not open."""
        room_pt = width_pt - 2 * CELL_PADDING_PT
        lines = break_lines(to_words(cell.text, "bold"), TABLE_SIZE_PT, room_pt)
        self._cell_lines(lines, x_pt, top_pt, width_pt, height_pt, "centre")
        if not table.ruled:
            return
        bottom_pt, right_pt = top_pt + height_pt, x_pt + width_pt
        self._page.rules += [
            Rule(x_pt, top_pt, right_pt, top_pt),
            Rule(x_pt, bottom_pt, right_pt, bottom_pt),
        ]
        left_pt = self._table_left_pt(table)
        table_right_pt = left_pt + sum(column.width_mm for column in table.columns) * mm
        for side_pt in (x_pt, right_pt):
            is_outer = min(abs(side_pt - left_pt), abs(side_pt - table_right_pt)) < 0.1
            if not (table.open_sided and is_outer):
                self._page.rules.append(Rule(side_pt, top_pt, side_pt, bottom_pt))

    def _table_left_pt(self, table: Table) -> float:
        width_pt = sum(column.width_mm * mm for column in table.columns)
        return LEFT_PT + (TYPE_WIDTH_PT - width_pt) / 2

    def _cell_lines(
        self,
        lines: list[list[Word]],
        x_pt: float,
        top_pt: float,
        width_pt: float,
        height_pt: float,
        align: str,
    ) -> None:
        step_pt = TABLE_SIZE_PT * LINE_SPACING
        # The last baseline stands about a quarter of a step above the bottom of the lines.
        baseline_pt = top_pt + (height_pt - len(lines) * step_pt) / 2 - 0.26 * step_pt
        for line in lines:
            baseline_pt += step_pt
            if not line:
                continue
            cell_left_pt, room_pt = x_pt + CELL_PADDING_PT, width_pt - 2 * CELL_PADDING_PT
            self._page.lines.append(
                place_line(line, TABLE_SIZE_PT, baseline_pt, cell_left_pt, room_pt, align)
            )

    def _table_row(
        self, table: Table, cells: tuple[SetCell, ...], is_header: bool, is_set: bool = True
    ) -> None:
        """One row with its own box; neighbouring boxes share their rules."""
        face = "bold" if is_header else "regular"
        step_pt = TABLE_SIZE_PT * LINE_SPACING
        column_widths_pt = [column.width_mm * mm for column in table.columns]
        firsts = [sum(cell.column_span for cell in cells[:i]) for i in range(len(cells))]
        widths_pt = [
            sum(column_widths_pt[first : first + cell.column_span])
            for first, cell in zip(firsts, cells)
        ]
        wrapped = [
            break_lines(to_words(cell.text, face), TABLE_SIZE_PT, width_pt - 2 * CELL_PADDING_PT)
            for cell, width_pt in zip(cells, widths_pt)
        ]
        height_pt = max(len(lines) for lines in wrapped) * step_pt + 2 * CELL_PADDING_PT
        pages_before = len(self._pages)
        self._need(height_pt)
        if len(self._pages) > pages_before and is_set and table.repeats_header:
            self._table_header(table, is_first=False)
        top_pt, bottom_pt = self._y_pt, self._y_pt + height_pt
        x_pt = self._table_left_pt(table)
        left_pt = x_pt
        for first, cell, lines, width_pt in zip(firsts, cells, wrapped, widths_pt):
            align = "centre" if is_header else table.columns[first].align
            self._cell_lines(lines, x_pt, top_pt, width_pt, height_pt, align)
            if table.ruled and (first > 0 or not table.open_sided):
                self._page.rules.append(Rule(x_pt, top_pt, x_pt, bottom_pt))
            x_pt += width_pt
        if table.ruled and not table.open_sided:
            self._page.rules.append(Rule(x_pt, top_pt, x_pt, bottom_pt))
        if table.ruled:
            self._page.rules += [
                Rule(left_pt, top_pt, x_pt, top_pt),
                Rule(left_pt, bottom_pt, x_pt, bottom_pt),
            ]
        self._page.reading.append("\t".join(cell.text for cell in cells))
        self._y_pt = bottom_pt
        if is_set:
            self._tables[-1].rows.append(cells)
            if len(self._pages) not in self._tables[-1].pages:
                self._tables[-1].pages.append(len(self._pages))

    # Signature and recipients: components 7, 8 and 9b

    def _signature_block(self) -> None:
        document = self._document
        title_step_pt = TITLE_SIZE_PT * LINE_SPACING
        recipient_lines = self._recipient_lines()
        title_lines = max(
            len(titles)
            for titles in (document.signing_lines, *(lines for lines, _ in document.co_signers))
        )
        title_height_pt = title_lines * title_step_pt
        name_lines = 2 if document.setting.title_below_name else 1
        signature_height_pt = title_height_pt + SIGNATURE_SPACE_PT + name_lines * title_step_pt
        recipients_height_pt = (len(recipient_lines) + 1) * SMALL_SIZE_PT * LINE_SPACING
        self._y_pt += 8
        together_pt = signature_height_pt + recipients_height_pt
        side_by_side_pt = max(signature_height_pt, recipients_height_pt)
        self._need(together_pt if document.co_signers else side_by_side_pt)
        top_pt = self._y_pt
        if document.co_signers:  # they leave no room beside them
            self._titles_and_name(top_pt, title_height_pt)
            self._recipients(recipient_lines, top_pt + signature_height_pt)
            self._y_pt = top_pt + signature_height_pt + recipients_height_pt
            return
        self._recipients(recipient_lines, top_pt)
        self._titles_and_name(top_pt, title_height_pt)
        self._y_pt = top_pt + max(signature_height_pt, recipients_height_pt)

    def _recipient_lines(self) -> list[list[Word]]:
        lines = []
        for text in _as_list(self._document.recipients, self._document.setting):
            lines += break_lines(to_words(text), SMALL_SIZE_PT, RECIPIENTS_WIDTH_PT)
        return lines

    def _recipients(self, lines: list[list[Word]], top_pt: float) -> None:
        if not lines:
            return
        y_pt = top_pt + HEADER_SIZE_PT * LINE_SPACING
        caption = to_words(self._document.setting.recipients_caption, "bold_italic")
        self._put(place_line(caption, HEADER_SIZE_PT, y_pt, LEFT_PT))
        for line in lines:
            y_pt += SMALL_SIZE_PT * LINE_SPACING
            self._put(place_line(line, SMALL_SIZE_PT, y_pt, LEFT_PT))

    def _titles_and_name(self, top_pt: float, title_height_pt: float) -> None:
        document = self._document
        signers = [
            *document.co_signers,
            (document.signing_lines, document.name_line or document.signer_name),
        ]
        for position, (titles, printed_name) in enumerate(signers):
            # One beside the other, the last at the right.
            to_right = len(signers) - 1 - position
            centre_pt = SIGNATURE_CENTRE_PT - to_right * SIGNERS_APART_PT
            y_pt = top_pt
            for text in titles:
                y_pt += TITLE_SIZE_PT * LINE_SPACING
                self._put_centred(to_words(text, "bold"), TITLE_SIZE_PT, y_pt, centre_pt)
            y_pt = top_pt + title_height_pt + SIGNATURE_SPACE_PT
            self._put_centred(to_words(printed_name, "bold"), TITLE_SIZE_PT, y_pt, centre_pt)
        below = document.setting.title_below_name
        if below:
            y_pt += TITLE_SIZE_PT * LINE_SPACING
            self._put_centred(to_words(below, "bold"), TITLE_SIZE_PT, y_pt, SIGNATURE_CENTRE_PT)
        middle_pt = top_pt + title_height_pt + 0.45 * SIGNATURE_SPACE_PT
        if document.signature:
            x_pt = SIGNATURE_CENTRE_PT + PEN_SHIFT_PT
            self._page.signatures.append(Signature(document.signature, x_pt, middle_pt))
        if document.seal:
            # Over the left third of the signature (Decree 30), hence over the start of the name.
            x_pt = SIGNATURE_CENTRE_PT + SEAL_SHIFT_PT
            self._page.seals.append(Seal(document.seal, x_pt, middle_pt + 4))


def _grouped_titles(
    columns: tuple[Column, ...],
) -> tuple[tuple[SetCell, ...], tuple[SetCell, ...]]:
    """The cells of a header's two rows."""
    upper: list[SetCell] = []
    for position, column in enumerate(columns):
        if not column.group:
            upper.append(SetCell(column.title, row_span=2))
        elif position > 0 and columns[position - 1].group == column.group:
            upper[-1] = SetCell(column.group, column_span=upper[-1].column_span + 1)
        else:
            upper.append(SetCell(column.group))
    lower = [SetCell(column.title) for column in columns if column.group]
    return tuple(upper), tuple(lower)


def _parent_lines(document: Document) -> tuple[str, ...]:
    if document.parent_lines or not document.parent_body:
        return document.parent_lines
    return (document.parent_body,)


def _as_list(items: tuple[str, ...], setting: Setting) -> list[str]:
    """Items as a list: "- a;" … "- z."."""
    between, last = setting.list_ends
    return [f"{setting.list_mark}{item}{last if item is items[-1] else between}" for item in items]


def _split_at_blank_page(body: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The signature stands before the first blank page: what follows is an annex."""
    for position, block in enumerate(body):
        if isinstance(block, BlankPage):
            return body[:position], body[position:]
    return body, ()
