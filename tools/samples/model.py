"""What a document says, before anybody decides where it stands on the page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from .pen import SignatureHand


@dataclass(frozen=True)
class Paragraph:
    """Body text. `lead` is set in bold before it, as in "Điều 1." or "a) Tiếp nhận"."""

    text: str
    lead: str = ""
    face: str = "regular"
    align: str = "justify"
    indent: bool = True


@dataclass(frozen=True)
class Column:
    title: str
    width_mm: float
    align: str = "centre"
    group: str = ""  # neighbours of one group stand below one merged heading


@dataclass(frozen=True)
class Table:
    """A table: a bold header, then `rows`. The last cell of a short row spans the rest."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    numbered: bool = False  # the header ends with a row (1) (2) (3)
    open_sided: bool = False  # without the outermost upright rules
    repeats_header: bool = False  # on each page
    ruled: bool = True  # without, columns are told by alignment alone


@dataclass(frozen=True)
class BlankPage:
    """Ends the page and leaves the next one empty, like the unprinted back of a sheet.

    What follows is an annex: it comes after the signature and carries no page numbers."""


Block = Paragraph | Table | BlankPage


@dataclass(frozen=True)
class SealText:
    """The words of the round seal: along the upper and lower rim, and lines in its middle.

    Without middle lines a star is drawn there (never the national emblem)."""

    upper: str
    lower: str
    middle: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """How a document is set where habits differ from the decree."""

    typed_rule: str = ""  # signs below the agency and the motto in place of drawn rules
    date_drop_pt: float = 0  # how much lower the date stands than the number
    note: str = ""  # in capitals over the title: a draft, the name of a form
    list_mark: str = "- "  # before each recipient and each of many addressees
    list_ends: tuple[str, str] = (";", ".")  # after each, after the last
    recipients_caption: str = "Nơi nhận:"
    addressees_caption: str = "Kính gửi:"
    type_ends_in_subject: bool = False  # type and subject are one run of lines
    title_below_name: str = ""  # a second office of the signer's


@dataclass(frozen=True)
class Document:
    """One administrative document with the components of Decree 30/2020/NĐ-CP, Appendix I."""

    name: str  # file name without extension
    note: str  # goes into the truth file: what is special about the page image
    issuing_lines: tuple[str, ...]
    number: str
    symbol: str
    place: str
    date: datetime.date | None  # None where it was left open, as `date_line` shows
    doc_type: str | None  # None for an official letter (công văn), which prints no type name
    subject_lines: tuple[str, ...]
    body: tuple[Block, ...]
    signing_lines: tuple[str, ...]
    signer_name: str
    recipients: tuple[str, ...]
    parent_body: str | None = None
    addressees: tuple[str, ...] = ()
    preamble: Paragraph | None = None  # the line of a decision that names who decides
    urgency: str | None = None  # as stamped, in capitals
    seal: SealText | None = None
    signature: SignatureHand | None = None
    number_by_pen: bool = False
    day_by_pen: bool = False
    body_size_pt: float = 13.5
    # Where a document is set otherwise than the decree has it: what is printed in place of that.
    parent_lines: tuple[str, ...] = ()
    nation_lines: tuple[str, ...] = ()
    number_line: str | None = None
    date_line: str | None = None
    name_line: str | None = None
    type_lines: tuple[str, ...] = ()
    star_below_agency: bool = False  # of the party
    co_signers: tuple[tuple[tuple[str, ...], str], ...] = ()  # titles and name, left of the signer
    setting: Setting = Setting()
