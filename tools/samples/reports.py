"""Reports composed at random whose every figure is known: clauses and tables as offices write them.

Places, subjects and amounts are invented. A clause is a template with the figures that it states; its
letters stand for numbers that `_numbers` draws, so that parts sum up and percentages are right.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field

from .model import Column, Document, Paragraph, Table

AREAS = "xã Thanh Lương Hạ|xã Nà Khuổi|xã Tân Trạch|phường Bến Gỗ|xã Đắk Lương|xã Mỹ Khê Đông".split("|")
COUNTED = (
    "hộ nghèo|hộ", "công trình thủy lợi|công trình", "lớp tập huấn|lớp", "mô hình sản xuất|mô hình",
    "tuyến đường thôn|tuyến đường", "nhà văn hóa|nhà văn hóa", "hợp tác xã|hợp tác xã", "hồ sơ đất đai|hồ sơ",
)  # what is counted, and its unit
WORKS = "cứng hóa kênh mương|trồng cây phân tán|tiêm phòng đàn gia súc|chỉnh trang chợ|nạo vét ao hồ|sửa chữa cầu dân sinh".split("|")
BRANCHES = "trồng trọt|chăn nuôi|thủy sản|lâm nghiệp|tiểu thủ công|dịch vụ".split("|")
AMOUNT_WORDS = " một hai ba bốn năm sáu bảy tám chín".split(" ")


@dataclass(frozen=True)
class Clause:
    """`figures` are "numbers|subject|unit|quote|how", with "how" of words such as target, ge, up.

    Numbers: "a" a value, "a/b" a ratio, "a/b=p" one with its percentage, "p%" a percentage, "a>b" a
    change from one value to another."""

    text: str
    figures: tuple[str, ...]


def _clause(text: str, *figures: str) -> Clause:
    return Clause(text, figures)


CLAUSES = (
    # counts
    _clause("Toàn {A} hiện có {d} {N}.", "d|{N}|{U}|Toàn {A} hiện có {d} {N}|"),
    _clause("Trong năm {y}, {A} đã hoàn thành {d} {N}.", "d|{A} đã hoàn thành {N}|{U}|{A} đã hoàn thành {d} {N}|"),
    _clause("Đã rà soát {d} {N}, kiểm tra {e} cơ sở.", "d|rà soát {N}|{U}|Đã rà soát {d} {N}|", "e|kiểm tra cơ sở|cơ sở|kiểm tra {e} cơ sở|"),
    _clause("Tổ chức {z} đợt ra quân với {d} lượt người tham gia.", "z|Tổ chức đợt ra quân|đợt|Tổ chức {z} đợt ra quân|", "d|lượt người tham gia|lượt người|{d} lượt người tham gia|"),
    _clause("Tổng số {N} là {b}, trong đó: đã {W} {a}, còn lại {c}.", "b|Tổng số {N}||Tổng số {N} là {b}|", "a|đã {W}||đã {W} {a}|", "c|còn lại||còn lại {c}|"),
    # lists after a lead word
    _clause("Trình độ cán bộ {A}: đại học: {d}; cao đẳng: {z}; trung cấp: {e}.", "d|đại học||đại học: {d}|", "z|cao đẳng||cao đẳng: {z}|", "e|trung cấp||trung cấp: {e}|"),
    _clause("Vật nuôi gồm: trâu {d} con, bò {e} con, dê {f} con.", "d|trâu|con|trâu {d} con|", "e|bò|con|bò {e} con|", "f|dê|con|dê {f} con|"),
    _clause("Phân theo thôn: thôn Đồng {d} hộ; thôn Bãi {e} hộ; thôn Gò {f} hộ.", "d|thôn Đồng|hộ|thôn Đồng {d} hộ|", "e|thôn Bãi|hộ|thôn Bãi {e} hộ|", "f|thôn Gò|hộ|thôn Gò {f} hộ|"),
    _clause("Cây giống đã cấp: keo ({d} cây), quế ({e} cây).", "d|keo|cây|keo ({d} cây)|", "e|quế|cây|quế ({e} cây)|"),
    # money
    _clause("Kinh phí {W}: {m} triệu đồng.", "m|Kinh phí {W}|triệu đồng|Kinh phí {W}: {m} triệu đồng|"),
    _clause("Tổng kinh phí {W} là {m} triệu đồng, đã giải ngân {k} triệu đồng.", "m|Tổng kinh phí {W}|triệu đồng|Tổng kinh phí {W} là {m} triệu đồng|", "k|đã giải ngân|triệu đồng|đã giải ngân {k} triệu đồng|"),
    _clause("Kinh phí hỗ trợ là {l} đồng (Bằng chữ: {L} đồng).", "l|Kinh phí hỗ trợ|đồng|Kinh phí hỗ trợ là {l} đồng|"),
    _clause("Dự toán chi sự nghiệp {B} được giao: {m} triệu đồng.", "m|Dự toán chi sự nghiệp {B} được giao|triệu đồng|Dự toán chi sự nghiệp {B} được giao: {m} triệu đồng|target"),
    _clause("Nhân dân đóng góp ước {m} triệu đồng.", "m|Nhân dân đóng góp|triệu đồng|Nhân dân đóng góp ước {m} triệu đồng|estimate approx"),
    # ratios and shares
    _clause("Có {a}/{b} {N} đã được nghiệm thu.", "a/b|{N} đã được nghiệm thu|{U}|Có {a}/{b} {N} đã được nghiệm thu|"),
    _clause("Có {a}/{b} {N} đã được nghiệm thu, đạt {p}%.", "a/b=p|{N} đã được nghiệm thu|{U}|Có {a}/{b} {N} đã được nghiệm thu, đạt {p}%|"),
    _clause("Có {a} {N} được công nhận, chiếm tỷ lệ {p}% so với số đăng ký ({a}/{b}).", "a/b=p|{N} được công nhận|{U}|Có {a} {N} được công nhận, chiếm tỷ lệ {p}% so với số đăng ký ({a}/{b})|"),
    _clause("Tỷ lệ {W} đạt {g}%.", "g%|Tỷ lệ {W}|%|Tỷ lệ {W} đạt {g}%|"),
    _clause("Tỷ lệ {W} đạt {g}% (chỉ tiêu đề ra là tối thiểu {h}%).", "g%|Tỷ lệ {W}|%|Tỷ lệ {W} đạt {g}%|", "h%|Tỷ lệ {W}|%|chỉ tiêu đề ra là tối thiểu {h}%|target ge"),
    _clause("{a} {N} đã hoàn thành, chiếm {p}%.", "a=p|{N} đã hoàn thành|{U}|{a} {N} đã hoàn thành, chiếm {p}%|"),
    _clause("Giá trị ngành {B} chiếm {g}% cơ cấu kinh tế.", "g%|Giá trị ngành {B}|%|Giá trị ngành {B} chiếm {g}% cơ cấu kinh tế|"),
    # ranks and scores
    _clause("Chỉ số phục vụ của {A} xếp hạng {r}/{w}.", "r/w|xếp hạng Chỉ số phục vụ của {A}||Chỉ số phục vụ của {A} xếp hạng {r}/{w}|"),
    _clause("{A} đứng thứ {r} trên tổng số {w} đơn vị.", "r/w|{A}|đơn vị|{A} đứng thứ {r} trên tổng số {w} đơn vị|"),
    _clause("Kết quả chấm điểm của {A} đạt {s}/100 điểm.", "s/100|Kết quả chấm điểm của {A}|điểm|Kết quả chấm điểm của {A} đạt {s}/100 điểm|"),
    _clause("Chỉ số hài lòng về {W} đạt {s} điểm, xếp thứ {r}.", "s|Chỉ số hài lòng về {W}|điểm|Chỉ số hài lòng về {W} đạt {s} điểm|", "r|Chỉ số hài lòng về {W}||xếp thứ {r}|"),
    # changes
    _clause("Số {N} tăng {z} so với cùng kỳ năm trước.", "z|Số {N}||Số {N} tăng {z} so với cùng kỳ năm trước|up"),
    _clause("Ghi nhận {b} vụ việc, giảm {z} vụ so với cùng kỳ.", "b|vụ việc|vụ việc|Ghi nhận {b} vụ việc|", "z|vụ việc|vụ|giảm {z} vụ so với cùng kỳ|down"),
    _clause("Sản lượng {B} tăng {g}% so với cùng kỳ.", "g%|Sản lượng {B}|%|Sản lượng {B} tăng {g}% so với cùng kỳ|up"),
    _clause("Số {N} tăng từ {a} lên {b}.", "a>b|Số {N}||Số {N} tăng từ {a} lên {b}|up"),
    _clause("Tỷ lệ hộ nghèo giảm từ {h}% xuống {g}%.", "h>g|Tỷ lệ hộ nghèo|%|Tỷ lệ hộ nghèo giảm từ {h}% xuống {g}%|down"),
    # targets and bounds
    _clause("Phấn đấu {W} đạt trên {h}%.", "h%|{W}|%|Phấn đấu {W} đạt trên {h}%|target gt"),
    _clause("Phấn đấu đến cuối năm có ít nhất {d} {N}.", "d|{N}|{U}|có ít nhất {d} {N}|target ge"),
    _clause("Chỉ tiêu được giao là {d} {N}.", "d|Chỉ tiêu được giao|{U}|Chỉ tiêu được giao là {d} {N}|target"),
    _clause("Nhu cầu {W} năm tới khoảng {m} triệu đồng.", "m|Nhu cầu {W}|triệu đồng|Nhu cầu {W} năm tới khoảng {m} triệu đồng|estimate approx"),
    # zeros
    _clause("Số {N} vi phạm: 0.", "0|Số {N} vi phạm||Số {N} vi phạm: 0|"),
    _clause("Phát sinh {d} phản ánh, quá hạn 00 phản ánh.", "d|Phát sinh phản ánh|phản ánh|Phát sinh {d} phản ánh|", "0|quá hạn phản ánh|phản ánh|quá hạn 00 phản ánh|"),
    # two periods in one bracket
    _clause("Số vụ việc (trong tháng/cộng dồn): tranh chấp ({z}/{e}).", "z|tranh chấp||tranh chấp ({z}/{e})|", "e|tranh chấp||tranh chấp ({z}/{e})|"),
    # measures
    _clause("Diện tích {B} đạt {m} ha.", "m|Diện tích {B}|ha|Diện tích {B} đạt {m} ha|"),
    _clause("Đã bê tông hóa {v} km đường thôn, xây {z} cống.", "v|bê tông hóa đường thôn|km|Đã bê tông hóa {v} km đường thôn|", "z|xây cống|cống|xây {z} cống|"),
    _clause("Năng suất bình quân đạt {v} tạ/ha.", "v|Năng suất bình quân|tạ/ha|Năng suất bình quân đạt {v} tạ/ha|"),
    _clause("Thu nhập bình quân đầu người đạt {v} triệu đồng/năm.", "v|Thu nhập bình quân đầu người|triệu đồng/năm|Thu nhập bình quân đầu người đạt {v} triệu đồng/năm|"),
    _clause("Trong đó có {d} nam và {e} nữ.", "d|nam|nam|{d} nam|", "e|nữ|nữ|{e} nữ|"),
)

TABLE_KINDS = (
    "plain", "unit column", "spanned heads", "no rules", "long row heads", "scores", "ranks", "total",
    "note below", "over a page", "unit in head", "unit in cell", "section rows", "blank form",
)


@dataclass
class Report:
    document: Document
    figures: list[dict] = field(default_factory=list)


def printed(number: float, decimals: int = 0) -> str:
    """As printed in Vietnamese: 7.269,10."""
    return f"{number:,.{decimals}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _in_words(number: int) -> str:
    """111 to 999 without a zero, a one or a five after the tens: the digits where no rule bends them."""
    hundreds, tens, ones = (AMOUNT_WORDS[int(digit)] for digit in str(number))
    return f"{hundreds} trăm {tens} mươi {ones}"


def _numbers(rng: random.Random) -> dict[str, tuple[str, float]]:
    """What the letters of a clause stand for: as printed, and the number."""
    b = rng.randint(40, 990)
    a = rng.randint(b // 4, b - 5)
    w = rng.randint(20, 90)
    goal = rng.randint(60, 98)
    drawn = {name: (str(n), n) for name, n in (("a", a), ("b", b), ("c", b - a), ("h", goal), ("w", w), ("r", rng.randint(2, w)))}
    for name in "def":
        n = rng.randint(11, 1900)
        drawn[name] = (printed(n), n)
    z = rng.randint(2, 40)
    drawn["z"] = (f"{z:02d}", z)
    for name, top, decimals in (("m", 9000, 2), ("k", 900, 1), ("v", 90, 1), ("s", 99, 2), ("g", 55, 1)):
        n = round(rng.uniform(top / 9, top), decimals)
        drawn[name] = (printed(n, decimals), n)
    percent = round(100 * a / b, 1)
    drawn["p"] = (printed(percent, 1), percent)
    millions = 100 * rng.randint(1, 9) + 10 * rng.randint(2, 9) + rng.choice((2, 3, 6, 7, 8, 9))
    drawn["l"] = (printed(millions * 1_000_000), millions * 1_000_000)
    drawn["L"] = (_in_words(millions) + " triệu", 0)
    return drawn


def _figure(quote: str, subject: str, unit: str | None, numbers: dict, how: str = "") -> dict:
    words = how.split()
    one = next((word for word in words if word in ("ge", "gt", "lt", "le", "approx")), "eq")
    status = next((word for word in words if word in ("target", "estimate")), "actual")
    blank = dict.fromkeys(("value", "numerator", "denominator", "percent", "value_to"))
    return {"tier": "core", "status": status, "subject": subject, "unit": unit or None,
            "comparator": {"op": one}, "quote": quote, **blank, **numbers}


def _stated(spelling: str, drawn: dict[str, tuple[str, float]]) -> dict:
    def number(name: str) -> float:
        return drawn[name][1] if name in drawn else int(name)

    spelling, _, percent = spelling.partition("=")
    of_it = {"percent": number(percent)} if percent else {}
    if spelling.endswith("%"):
        return {"percent": number(spelling[:-1])}
    if "/" in spelling:
        above, below = spelling.split("/")
        return {"numerator": number(above), "denominator": number(below), **of_it}
    if ">" in spelling:
        before, after = spelling.split(">")
        return {"value": number(before), "value_to": number(after)}
    return {"value": number(spelling), **of_it}


def _say(clause: Clause, rng: random.Random, year: int) -> tuple[str, list[dict]]:
    drawn = _numbers(rng)
    noun, unit = rng.choice(COUNTED).split("|")
    words = {"A": rng.choice(AREAS), "N": noun, "U": unit, "W": rng.choice(WORKS), "B": rng.choice(BRANCHES), "y": year}
    words |= {name: text for name, (text, _) in drawn.items()}
    text = clause.text.format(**words)
    figures = []
    for row in clause.figures:
        numbers, subject, unit, quote, how = row.split("|")
        figures.append(_figure(quote.format(**words), subject.format(**words), unit.format(**words), _stated(numbers, drawn), how))
    assert all(figure["quote"] in text for figure in figures), text
    return text[0].upper() + text[1:], figures


class _TableMaker:
    """A table of one kind, and its figures: row head and column heads joined by dashes."""

    def __init__(self, kind: str, rng: random.Random):
        self.kind, self.rng, self.figures = kind, rng, []

    def cell(self, row: str, heads: str, text: str, unit: str | None, **numbers: float) -> str:
        subject = f"{row} – {heads}" if heads else row
        how = "target" if "Kế hoạch" in heads else ""
        self.figures.append(_figure(f"{row} {text}", subject, unit, numbers, how))
        return text

    def count(self, row: str, heads: str, unit: str | None, low: int = 11, high: int = 1900) -> str:
        n = self.rng.randint(low, high)
        return self.cell(row, heads, printed(n), unit, value=n)

    def blocks(self) -> tuple:
        rng, kind = self.rng, self.kind
        rows = [f"{work[0].upper()}{work[1:]}" for work in rng.sample(WORKS, 4)]
        note = ()
        extra = {}
        number, head = Column("TT", 12), Column("Nội dung", 62, "left")
        columns = (number, head, Column("Kế hoạch", 40), Column("Thực hiện", 40))
        heads, units = ("Kế hoạch", "Thực hiện"), (None, None)
        if kind == "unit column":
            columns = (number, head, Column("Đơn vị tính", 30), Column("Kế hoạch", 30), Column("Thực hiện", 30))
        elif kind == "spanned heads":
            columns = (number, head, *(Column(part, 22, group=f"Năm {year}") for year in (2024, 2025) for part in heads))
            heads = tuple(f"Năm {year} – {part}" for year in (2024, 2025) for part in ("Kế hoạch", "Thực hiện"))
        elif kind == "no rules":
            extra["ruled"] = False
        elif kind == "long row heads":
            rows = [f"{row} trên địa bàn các thôn thuộc khu vực ven sông và vùng đồi" for row in rows]
        elif kind == "scores":
            columns, heads = (number, head, Column("Điểm đạt được", 60)), ("Điểm đạt được",)
        elif kind == "ranks":
            columns, heads, units = (number, head, Column("Điểm số", 40), Column("Thứ hạng", 40)), ("Điểm số", "Thứ hạng"), ("điểm", "hạng")
        elif kind == "unit in head":
            columns = (number, head, Column("Diện tích (ha)", 40), Column("Kinh phí (triệu đồng)", 40))
            heads, units = ("Diện tích", "Kinh phí"), ("ha", "triệu đồng")
        elif kind == "unit in cell":
            columns, heads, units = (number, head, Column("Tỷ lệ hoàn thành", 50)), ("Tỷ lệ hoàn thành",), ("%",)
        elif kind == "over a page":
            rows = [f"{row} tại thôn {name}" for row in rows for name in ("Đồng", "Bãi", "Gò", "Trại", "Chợ", "Bến", "Rừng", "Đầm")]
            extra["repeats_header"] = rng.random() < 0.5
        lines = []
        if kind == "section rows":
            lines.append(("I", "NÔNG NGHIỆP"))
        for at, row in enumerate(rows):
            cells = [str(at + 1), row]
            if kind == "unit column":
                unit = rng.choice(("km", "ha", "m3"))
                cells.append(unit)
                units = (unit, unit)
            for name, unit in zip(heads, units * 2):
                if kind == "blank form":
                    cells.append("")
                elif kind == "scores":
                    score = round(rng.uniform(4, 9.5), 2)
                    cells.append(self.cell(row, name, f"{printed(score, 2)}/9,5", "điểm", numerator=score, denominator=9.5))
                elif kind == "ranks" and name == "Điểm số":
                    score = round(rng.uniform(40, 99), 2)
                    cells.append(self.cell(row, name, printed(score, 2), unit, value=score))
                elif kind == "ranks":
                    cells.append(self.count(row, name, unit, 1, 63))
                elif kind == "unit in cell":
                    share = round(rng.uniform(40, 99), 1)
                    cells.append(self.cell(row, name, f"{printed(share, 1)}%", unit, percent=share))
                else:
                    cells.append(self.count(row, name, unit))
            lines.append(tuple(cells))
        if kind == "total":
            sums = [sum(figure["value"] for figure in self.figures[at :: len(heads)]) for at in range(len(heads))]
            lines.append(("", "Tổng cộng", *(self.cell("Tổng cộng", name, printed(n), None, value=n) for name, n in zip(heads, sums))))
        if kind == "note below":
            note = (Paragraph("Ghi chú: số liệu do các thôn cung cấp.", face="italic"),)
        return Table(columns, tuple(lines), **extra), *note


def _report(at: int, seed: int) -> Report:
    rng = random.Random(seed * 100_003 + at)
    year = rng.randint(2019, 2025)
    body: list = [Paragraph(f"Kết quả thực hiện nhiệm vụ năm {year} như sau:")]
    figures: list[dict] = []
    # Each report has its share of the clauses, so that some reports have all of them.
    for turn in range(8):
        text, said = _say(CLAUSES[(at * 8 + turn) % len(CLAUSES)], rng, year)
        body.append(Paragraph(text))
        figures += said
    maker = _TableMaker(TABLE_KINDS[at % len(TABLE_KINDS)], rng)
    body += [Paragraph("Số liệu chi tiết theo bảng sau:"), *maker.blocks()]
    body.append(Paragraph("Trên đây là báo cáo kết quả thực hiện nhiệm vụ./."))
    document = Document(
        name=f"{at:04d}", note="", parent_body="UBND TỈNH SÔNG THƯƠNG", issuing_lines=("SỞ NÔNG NGHIỆP",),
        number=str(rng.randint(10, 900)), symbol="BC-SNN", place="Sông Thương", date=datetime.date(year, 12, rng.randint(1, 28)),
        doc_type="Báo cáo", subject_lines=("Kết quả thực hiện nhiệm vụ",), body=tuple(body),
        signing_lines=("GIÁM ĐỐC",), signer_name="Lương Khắc Thuần", recipients=("UBND tỉnh", "Lưu: VT"),
    )
    return Report(document, figures + maker.figures)


def reports(count: int, seed: int) -> list[Report]:
    """`count` reports; clauses and kinds of tables in turn."""
    return [_report(at, seed) for at in range(count)]
