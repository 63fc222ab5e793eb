"""Writes what a reader should find in a sample: the fields as JSON, the pages as text."""

from __future__ import annotations

import json
from pathlib import Path

from .layout import Layout
from .model import Document

# Those of the party as those of the state.
AUTHORITY_PREFIXES = {
    **{prefix: prefix for prefix in ("TM.", "KT.", "TL.", "TUQ.", "Q.")},
    **{"T/M": "TM.", "K/T": "KT.", "T/L": "TL."},
}


def write_truth(folder: Path, document: Document, layout: Layout) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fields = json.dumps(_fields(document, layout), ensure_ascii=False, indent=1)
    (folder / f"{document.name}.json").write_text(fields + "\n", encoding="utf-8")
    for number, page in enumerate(layout.pages, start=1):
        text = "".join(line + "\n" for line in page.reading)
        (folder / f"{document.name}.p{number}.txt").write_text(text, encoding="utf-8")


def _fields(document: Document, layout: Layout) -> dict[str, object]:
    return {
        "file": f"{document.name}.pdf",
        "issuing_body": " ".join(document.issuing_lines),
        "parent_body": document.parent_body,
        "number": document.number or None,
        "symbol": document.symbol,
        "code": _code(document),
        "place": document.place,
        "date": document.date.isoformat() if document.date else None,
        "doc_type": document.doc_type or "Công văn",
        "subject": " ".join(document.subject_lines) or None,
        "addressees": list(document.addressees),
        "signing_lines": list(_titles(document)),
        "signing_authority": _authority(document.signing_lines),
        "signer_title": _title(_titles(document)),
        "signer_name": document.signer_name,
        "recipients": list(document.recipients),
        "urgency": document.urgency.capitalize() if document.urgency else None,
        "secrecy": None,
        "page_count": len(layout.pages),
        "sign_page": layout.sign_page,
        "handwritten": _handwritten(document),
        "note": document.note,
        "tables": [
            {
                "pages": table.pages,
                "rows": [
                    [[cell.text, cell.row_span, cell.column_span] for cell in row]
                    for row in table.rows
                ],
            }
            for table in layout.tables
        ],
    }


def _titles(document: Document) -> tuple[str, ...]:
    below = document.setting.title_below_name
    return (*document.signing_lines, below) if below else document.signing_lines


def _authority(signing_lines: tuple[str, ...]) -> str | None:
    """All prefixes in order: "TM. KT." for "TM. ỦY BAN … / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"."""
    first_words = [line.split()[0] for line in signing_lines]
    known = [word for word in first_words if word in AUTHORITY_PREFIXES]
    return " ".join(AUTHORITY_PREFIXES[word] for word in known) or None


def _title(signing_lines: tuple[str, ...]) -> str:
    """The last line without its prefix; a line that ends or begins with a dash is half of one."""
    last = signing_lines[-1]
    if len(signing_lines) > 1 and (signing_lines[-2].endswith("-") or last.startswith("-")):
        last = f"{signing_lines[-2]} {last}"
    first, *rest = last.split()
    return " ".join(rest) if first in AUTHORITY_PREFIXES else last


def _code(document: Document) -> str | None:
    """Party documents part number and type by "-"."""
    if not document.number:
        return None
    separator = "-" if document.star_below_agency else "/"
    return f"{document.number}{separator}{document.symbol}"


def _handwritten(document: Document) -> list[str]:
    return ["number"] * document.number_by_pen + ["day"] * document.day_by_pen
