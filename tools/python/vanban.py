"""Records of vanban as Python objects.

    import vanban

    for record in vanban.iter_batch("OUT"):
        print(record.path, record.document.code.value, record.document.date.value)
        for table in record.tables:
            for row in table.rows():
                print(row)
        for figure in record.indicators():
            print(figure.subject.value, figure.value, figure.unit)

Needs Python 3.9 and nothing else. Objects have the names of the schema (record-1.schema.json), which
says what each means; `json` of an object is the part of the record that it was made of, with all that
stands there. What a later version adds does no harm. Lengths are PDF points, pages count from 1.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator, Optional, Tuple, Union

__all__ = ["Cell", "Check", "Document", "Field", "Indicator", "Record", "Reference", "Signer", "Table",
           "iter_batch", "iter_lines", "load"]

Json = dict
Box = Tuple[float, float, float, float]  # x, y, width, height


@dataclass(frozen=True)
class Field:
    """A value with its evidence, or None with the reason why there is none. Lists have lists for values."""

    value: Any = None
    reason: Optional[str] = None
    confidence: Optional[float] = None  # 0 to 1
    page: Optional[int] = None
    bbox: Optional[Box] = None
    source: Optional[str] = None
    needs_review: bool = False
    json: Json = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, node: Optional[Json]) -> Field:
        node = node or {}
        box = node.get("bbox")
        return cls(node.get("value"), node.get("reason"), node.get("confidence"), node.get("page"),
                   tuple(box) if box else None, node.get("source"), bool(node.get("needs_review")), node)

    def __bool__(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    def sure(self, at_least: float = 0.9) -> bool:
        """Whether there is a value that needs no look."""
        return self.value is not None and not self.needs_review and (self.confidence or 0) >= at_least


@dataclass(frozen=True)
class Signer:
    authority: Field
    position: Field
    name: Field

    @classmethod
    def of(cls, node: Json) -> Signer:
        return cls(*(Field.of(node.get(name)) for name in ("authority", "position", "name")))


@dataclass(frozen=True)
class Document:
    """The fields of the document."""

    parent_agency: Field
    issuing_agency: Field
    number: Field
    symbol: Field
    code: Field
    place: Field
    date: Field
    type: Field
    subject: Field
    addressees: Field
    urgency: Field
    secrecy: Field
    arrival_number: Field
    arrival_date: Field
    joint_issuers: list[Field]
    signer: Signer
    signers: list[Signer]
    recipients: list[Field]
    json: Json = field(repr=False, compare=False)

    @classmethod
    def of(cls, node: Json) -> Document:
        names = ("parent_agency", "issuing_agency", "number", "symbol", "code", "place", "date", "type",
                 "subject", "addressees", "urgency", "secrecy")
        arrival = node.get("arrival", {})
        return cls(*(Field.of(node.get(name)) for name in names),
                   Field.of(arrival.get("number")), Field.of(arrival.get("date")),
                   [Field.of(each) for each in node.get("joint_issuers", [])],
                   Signer.of(node.get("signer", {})),
                   [Signer.of(each) for each in node.get("signers", [])],
                   [Field.of(each.get("text")) for each in node.get("recipients", [])], node)


@dataclass(frozen=True)
class Cell:
    text: str
    row: int  # from 0
    column: int  # from 0
    row_span: int
    column_span: int
    header: bool
    confidence: Optional[float]
    page: int
    bbox: Optional[Box]


@dataclass(frozen=True)
class Table:
    pages: list[int]
    columns: int
    json: Json = field(repr=False, compare=False)

    @classmethod
    def of(cls, node: Json) -> Table:
        return cls(node["pages"], node["columns"], node)

    def cells(self) -> Iterator[Cell]:
        """Each cell once, in its first place."""
        taken = set()
        for row, cells in enumerate(self.json["rows"]):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                box = cell.get("bbox")
                yield Cell(cell["text"], row, column, cell["row_span"], cell["column_span"], cell["header"],
                           cell["confidence"], cell["page"], tuple(box) if box else None)
                taken.update((row + down, column + right) for down in range(cell["row_span"])
                             for right in range(cell["column_span"]))
                column += cell["column_span"]

    def rows(self) -> list[list[str]]:
        """The texts, `columns` in each row; that of a spanning cell stands in every place it takes."""
        grid = [[""] * self.columns for _ in self.json["rows"]]
        for cell in self.cells():
            for row in range(cell.row, min(cell.row + cell.row_span, len(grid))):
                for column in range(cell.column, min(cell.column + cell.column_span, self.columns)):
                    grid[row][column] = cell.text
        return grid


@dataclass(frozen=True)
class Indicator:
    """A figure that the text or a table states."""

    kind: str
    status: str
    subject: Field
    value: Optional[float]
    value_to: Optional[float]
    numerator: Optional[float]
    denominator: Optional[float]
    percent: Optional[float]
    unit: Optional[str]  # normalised; as printed where it is not known
    comparator: str
    entity: Field
    confidence: float
    needs_review: bool
    page: int
    quote: str
    json: Json = field(repr=False, compare=False)

    @classmethod
    def of(cls, node: Json) -> Indicator:
        def number(name: str) -> Optional[float]:
            return (node.get(name) or {}).get("value")

        return cls(node["kind"], node["status"], Field.of(node["subject"]), number("value"),
                   number("value_to"), number("numerator"), number("denominator"), number("percent"),
                   node["unit"]["normalised"] or node["unit"]["raw"], node["comparator"]["op"],
                   Field.of(node["entity"]), node["confidence"], bool(node.get("needs_review")),
                   node["page"], node["quote"]["exact"], node)


@dataclass(frozen=True)
class Reference:
    """A document that the text cites."""

    type: Field
    code: Field
    date: Field
    issuer: Field
    subject: Field
    json: Json = field(repr=False, compare=False)

    @classmethod
    def of(cls, node: Json) -> Reference:
        return cls(*(Field.of(node.get(name)) for name in ("type", "code", "date", "issuer", "subject")), node)


@dataclass(frozen=True)
class Check:
    id: str
    ok: Optional[bool]  # None: it could not be made
    expected: Optional[str]
    found: Optional[str]
    accepted: bool  # a person has looked and let it stand


@dataclass(frozen=True)
class Record:
    """What vanban read of one document."""

    file_name: str
    path: str  # below the scans of a batch; the name of the file where it is of none
    sha256: str
    first_page: int
    last_page: int
    needs_review: bool  # whether a person should look at a field, a check or a page of it
    document: Document
    tables: list[Table]
    references: list[Reference]
    checks: list[Check]
    text: list[str]  # of each page
    json: Json = field(repr=False, compare=False)

    @classmethod
    def of(cls, node: Json) -> Record:
        """Of one record as JSON. Raises ValueError where it is of another major version."""
        version = str(node.get("schema_version"))
        if version.split(".")[0] != "1":
            raise ValueError(f"this module reads records of version 1, not {version}")
        source = node["source"]
        return cls(source["file_name"], source.get("path", source["file_name"]), source["sha256"],
                   *source["pages"], node.get("needs_review", False), Document.of(node["document"]),
                   [Table.of(each) for each in node["tables"]],
                   [Reference.of(each) for each in node["references"]],
                   [Check(each["id"], each["ok"], each["expected"], each["found"], each.get("accepted", False))
                    for each in node["checks"]],
                   node["text"]["pages"], node)

    def indicators(self) -> Iterator[Indicator]:
        """The figures that text and tables state."""
        return (Indicator.of(each) for each in self.json["indicators"])

    def fields(self) -> dict[str, Union[Field, list[Field]]]:
        """What patterns found, those of --fields among them, by their names."""
        return {name: [Field.of(each) for each in node] if isinstance(node, list) else Field.of(node)
                for name, node in self.json["fields"].items()}


def _records(node: Any) -> list[Record]:
    return [Record.of(each) for each in (node if isinstance(node, list) else [node])]


def load(path: Union[str, Path]) -> list[Record]:
    """The records of a file as `vanban convert` writes it: one, or one a document where it is an array."""
    return _records(json.loads(Path(path).read_text(encoding="utf-8")))


def iter_lines(path: Union[str, Path]) -> Iterator[Record]:
    """The records of a file of --records, one after another."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield from _records(json.loads(line))


def iter_batch(out: Union[str, Path]) -> Iterator[Record]:
    """The records of a batch, by their paths; `out` is its output folder. What stands there for files with
    a mark of secrecy is no record and passed over. Raises FileNotFoundError where there is no folder of them."""
    records = Path(out) / "records"
    if not records.is_dir():
        raise FileNotFoundError(f"{records}: no folder of records; name the output folder of a batch")
    for path in sorted(records.rglob("*.json")):
        node = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(node, list) or "document" in node:
            yield from _records(node)
