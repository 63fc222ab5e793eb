"""Files that are made to harm: what tools/check_hostile feeds to vanban, and the poison of tools/check_batch.

Every kind is a function of a random.Random, whose draws make files of one kind differ. All are made here,
from nothing or from samples of our own.
"""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Callable

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
A4 = b"/MediaBox [0 0 595 842]"


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Objects numbered from 1, of which the first is the catalogue."""
    out, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
                  % (len(objects) + 1, table, len(objects) + 1, trailer, len(out)))


def stream(content: bytes, entries: bytes = b"", length: int | None = None) -> bytes:
    size = len(content) if length is None else length
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, size, content)


def page_with(content: bytes, resources: bytes = b"", more: list[bytes] | None = None, page: bytes = A4,
              catalogue: bytes = b"", trailer: bytes = b"") -> bytes:
    """One page; `more` are the objects from 6 on, 5 is a font."""
    return pdf([b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources << /Font << /F 5 0 R >> %s >> >>"
                % (page, resources),
                stream(content), b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", *(more or [])], trailer)


def form(content: bytes, resources: bytes = b"", bytes_of: bytes = b"[0 0 595 842]") -> bytes:
    return stream(content, b"/Type /XObject /Subtype /Form /BBox %s /Resources << %s >>" % (bytes_of, resources))


def image(data: bytes, width: int, height: int, entries: bytes) -> bytes:
    picture = stream(data, b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 %s"
                     % (width, height, entries))
    return page_with(b"q 595 0 0 842 0 0 cm /I Do Q", b"/XObject << /I 6 0 R >>", [picture])


def zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


# ---- PDFs

def mutated(chance: random.Random, name: str) -> bytes:
    data = bytearray((SAMPLES / name).read_bytes())
    for _ in range(chance.choice((1, 5, 50, 500))):
        at = chance.randrange(len(data))
        what = chance.randrange(4)
        if what == 0:
            data[at] = chance.randrange(256)
        elif what == 1:
            del data[at:at + chance.randrange(1, 64)]
        elif what == 2:
            data[at:at] = data[at:at + chance.randrange(1, 64)]
        else:
            data[at:at + 1] = chance.choice((b"-1", b"4294967296", b"<<", b"]", b"endobj", b"\x00" * 8, b"1 0 R"))
    return bytes(data[:chance.choice((len(data), len(data), chance.randrange(1, len(data))))])


def mutated_pdf(chance):
    return mutated(chance, chance.choice(("ke-hoach-so.pdf", "bang-chi-tieu-scan.pdf", "cong-van-scan.pdf",
                                          "danh-sach-hai-trang.pdf")))


def lying_numbers(chance):
    number = chance.choice((b"-1", b"0", b"1e38", b"99999999999999999999", b"2147483647", b"4294967295", b"nan"))
    place = chance.randrange(6)
    if place == 0:
        return page_with(b"", page=b"/MediaBox [0 0 %s %s]" % (number, number))
    if place == 1:
        return page_with(b"", page=A4 + b" /Rotate %s /UserUnit %s" % (number, number))
    if place == 2:
        return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count %s >>" % number,
                    b"<< /Type /Page /Parent 2 0 R %s >>" % A4])
    if place == 3:
        return page_with(b"BT /F %s Tf %s %s Td (Kinh gui) Tj ET" % (number, number, number))
    if place == 4:
        return image(b"", 10, 10, b"/ColorSpace /DeviceGray /BitsPerComponent %s" % number)
    return page_with(b"", trailer=b"/Prev %s" % number)


def lying_image(chance):
    width, height = chance.choice(((1 << 30, 1 << 30), (65535, 65535), (1, 1 << 31), (1 << 20, 3000)))
    filters = chance.choice((b"", b"/Filter /FlateDecode", b"/Filter /DCTDecode", b"/Filter /JPXDecode",
                             b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns %d /Rows %d >>" % (width, height),
                             b"/Filter /JBIG2Decode", b"/Filter /LZWDecode", b"/Filter /RunLengthDecode"))
    return image(chance.randbytes(2000), width, height, b"/ColorSpace /DeviceRGB " + filters)


def jbig2(chance):
    header = struct.pack(">IBBBI", 0, 48, 0, 1, 19) + struct.pack(">IIIIBH", chance.choice((1 << 16, 1 << 31)),
                                                                 chance.choice((1 << 16, 1 << 31)), 0, 0, 0, 0)
    segment = struct.pack(">IBBBI", 1, chance.choice((0, 4, 6, 16, 20, 36, 38, 40)), 0, 1, chance.choice((64, 1 << 31)))
    return image(header + segment + chance.randbytes(400), 2000, 2000, b"/ColorSpace /DeviceGray /Filter /JBIG2Decode")


def jpx(chance):
    size = chance.choice((1 << 31, 40000, 65000))
    siz = struct.pack(">HHIIIIIIIIH", 47, 0, size, size, 0, 0, chance.choice((1, size)), size, 0, 0, 3) + b"\x07\x01\x01" * 3
    return image(b"\xff\x4f\xff\x51" + siz + chance.randbytes(400), 1000, 1000, b"/ColorSpace /DeviceRGB /Filter /JPXDecode")


def flate_bomb(chance):
    megabytes = chance.choice((300, 600))
    data, filters = zeros(megabytes), b"/FlateDecode"
    if chance.random() < 0.5:
        data, filters = zlib.compress(data, 9), b"/FlateDecode /FlateDecode"
    if chance.random() < 0.5:
        return image(data, 1 << 14, megabytes << 6, b"/ColorSpace /DeviceGray /Filter [%s]" % filters)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R >>" % A4, stream(data, b"/Filter [%s]" % filters)])


def saved_states(chance):
    what = chance.choice((b"q ", b"BT ", b"[", b"<<", b"/A BMC ", b"0 0 1 1 re W n "))
    data = zlib.compress(what * chance.choice((200_000, 2_000_000)), 9)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R >>" % A4, stream(data, b"/Filter /FlateDecode")])


def forms_of_forms(chance):
    """Ten of the next in each of nine."""
    depth = chance.choice((6, 9))
    more = [form(b"/X Do " * 10, b"/XObject << /X %d 0 R >>" % (7 + i)) for i in range(depth)]
    return page_with(b"/X Do", b"/XObject << /X 6 0 R >>", more + [form(b"0 0 9 9 re f")])


def form_of_itself(chance):
    kind = chance.randrange(4)
    if kind == 0:
        return page_with(b"/X Do", b"/XObject << /X 6 0 R >>", [form(b"/X Do", b"/XObject << /X 6 0 R >>")])
    if kind == 1:
        pattern = stream(b"/Pattern cs /P scn 0 0 9 9 re f", b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] "
                         b"/XStep 9 /YStep 9 /Resources << /Pattern << /P 6 0 R >> >>")
        return page_with(b"/Pattern cs /P scn 0 0 500 500 re f", b"/Pattern << /P 6 0 R >>", [pattern])
    if kind == 2:
        font = (b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 "
                b"/Widths [9] /Encoding << /Differences [97 /a] >> /CharProcs << /a 7 0 R >> /Resources << /Font << /T 6 0 R >> >> >>")
        return page_with(b"BT /T 9 Tf (aaaa) Tj ET", b"/Font << /T 6 0 R >>", [font, stream(b"9 0 d0 BT /T 9 Tf (aa) Tj ET")])
    return page_with(b"/C cs 1 sc 0 0 9 9 re f", b"/ColorSpace << /C 6 0 R >>", [b"[/Indexed 6 0 R 1 <0000>]"])


def tree_of_itself(chance):
    kind = chance.randrange(5)
    if kind == 0:
        return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"])
    if kind == 1:
        return page_with(b"", catalogue=b"/Outlines 6 0 R", more=[b"<< /First 6 0 R /Last 6 0 R /Next 6 0 R /Count 9 >>"])
    if kind == 2:
        return page_with(b"", catalogue=b"/AcroForm << /Fields [6 0 R] /SigFlags 3 >>", more=[b"<< /FT /Sig /Kids [6 0 R] /Parent 6 0 R >>"])
    if kind == 3:
        return page_with(b"", catalogue=b"/Names 6 0 R /PageLabels 6 0 R", more=[b"<< /Kids [6 0 R 6 0 R] /Names [(a) 6 0 R] >>"])
    return b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\nxref\n0 1\n0000000000 65535 f \n" \
           b"trailer\n<< /Size 3 /Root 1 0 R /Prev 57 >>\nstartxref\n57\n%%EOF\n"


def deep(chance):
    depth = chance.choice((1000, 100_000, 1_000_000))
    opening, closing = chance.choice(((b"[", b"]"), (b"<</A ", b">>"), (b"<</A[", b"]>>")))
    nested = opening * depth + closing * depth
    if chance.random() < 0.5:
        return page_with(b"", more=[nested], catalogue=b"/Extra 6 0 R /Metadata 6 0 R")
    return page_with(b"/A %s DP" % nested)


def deep_pages(chance):
    depth = chance.choice((100, 20_000))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    objects += [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (i + 3) for i in range(depth)]
    return pdf(objects + [b"<< /Type /Page %s >>" % A4])


def tiny_pattern(chance):
    step = chance.choice((b"0.0001", b"1e-9", b"0", b"-0.01"))
    pattern = stream(b"0 0 1 1 re f", b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep %s /YStep %s /Resources << >>"
                     % (step, step))
    return page_with(b"/Pattern cs /P scn 0 0 595 842 re f", b"/Pattern << /P 6 0 R >>", [pattern])


def huge_map(chance):
    ranges = b"".join(b"<0000> <ffff> <%04x>\n" % chance.randrange(65536) for _ in range(5000))
    cmap = b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 5000 beginbfrange\n" + ranges + b"endbfrange endcmap"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>"
    return page_with(b"BT /G 12 Tf 60 700 Td (Quyet dinh) Tj ET", b"/Font << /G 6 0 R >>", [font, stream(cmap)])


def many_words(chance):
    words = chance.choice((b"(MAT ) Tj ", b"(12/QD-UBND, ) Tj 0 -0.01 Td ", b"(Can cu Luat so 1; ) Tj "))
    data = zlib.compress(b"BT /F 9 Tf 30 800 Td " + words * chance.choice((20_000, 100_000)) + b"ET", 9)
    out = page_with(b"")
    return out if not data else pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                     b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>" % A4,
                                     stream(data, b"/Filter /FlateDecode"),
                                     b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"])


def encrypted(chance):
    key = chance.randbytes(32).hex().encode()
    version = chance.choice((b"1", b"2", b"4", b"5", b"99", b"-1"))
    return page_with(b"BT ET", trailer=b"/Encrypt << /Filter /Standard /V %s /R %s /O <%s> /U <%s> /P -4 /Length %s >> "
                     b"/ID [<00> <00>]" % (version, version, key, key, chance.choice((b"40", b"128", b"99999999"))))


def bad_tables(chance):
    w = chance.choice((b"[8 8 8]", b"[1 0 0]", b"[-1 2 2]", b"[1 4 2147483647]", b"[]"))
    index = chance.choice((b"", b"/Index [0 2147483647]", b"/Index [-5 9]"))
    return b"%PDF-1.5\n1 0 obj\n" + stream(chance.randbytes(500), b"/Type /XRef /Size %s /W %s %s /Root 1 0 R"
                                           % (chance.choice((b"9", b"2147483647")), w, index)) \
        + b"\nendobj\nstartxref\n9\n%%EOF\n"


def object_streams(chance):
    count = chance.choice((b"1", b"2147483647", b"-1"))
    return page_with(b"", catalogue=b"/Metadata 6 0 R /Extra 9 0 R",
                     more=[stream(b"9 0 << >>", b"/Type /ObjStm /N %s /First %s /Extends 6 0 R" % (count, count))])


def filters(chance):
    chain = chance.choice((b"/ASCIIHexDecode ", b"/ASCII85Decode ", b"/LZWDecode ", b"/RunLengthDecode ", b"/Crypt ")) * chance.choice((5, 2000))
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R >>" % A4,
                stream(chance.randbytes(5000), b"/Filter [%s]" % chain, chance.choice((5000, 1 << 31, 3)))])


def metadata(chance):
    lol = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{lol}]><x>&l9;</x>'.encode()
    if chance.random() < 0.5:
        xml = b"<a>" * 200_000
    return page_with(b"", catalogue=b"/Metadata 6 0 R", more=[stream(xml, b"/Type /Metadata /Subtype /XML")])


def signatures(chance):
    numbers = chance.choice((b"0 9999999999 -5 7", b"0 -1 0 -1", b"0 1", b"0 10 20 " * 50_000))
    field = b"<< /FT /Sig /T (S) /V << /Type /Sig /ByteRange [%s] /Contents <%s> /Name (%s) >> >>" % (
        numbers, chance.randbytes(200).hex().encode(), b"A" * chance.choice((5, 500_000)))
    return page_with(b"", catalogue=b"/AcroForm << /Fields [6 0 R] /SigFlags 3 >>", more=[field])


def shading(chance):
    kind = chance.choice((1, 2, 3, 4, 6, 7))
    shade = stream(chance.randbytes(20_000), b"/ShadingType %d /ColorSpace /DeviceRGB /BitsPerCoordinate 32 /BitsPerComponent 16 "
                   b"/BitsPerFlag 8 /Decode [-1e30 1e30 -1e30 1e30 0 1 0 1 0 1] /Domain [0 1 0 1] /Coords [0 0 1e9 1e-9 1e9 1e9] "
                   b"/Function << /FunctionType 4 >>" % kind)
    return page_with(b"/S sh", b"/Shading << /S 6 0 R >>", [shade])


def many_pages(chance):
    count = chance.choice((5000, 50_000))
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * count, count),
                b"<< /Type /Page /Parent 2 0 R %s >>" % A4])


def junk(chance):
    return chance.choice((b"", b"%PDF-1.7", b"\x00" * 100_000, b"%PDF-1.7\n" + chance.randbytes(5000), b"II*\x00", b"\x89PNG\r\n\x1a\n",
                          b"\xff\xd8\xff", b"%PDF-" * 200_000))


# ---- Images

def chunk(kind: bytes, data: bytes, length: int | None = None) -> bytes:
    return struct.pack(">I", len(data) if length is None else length) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(chance):
    width, height = chance.choice(((1 << 31) - 1, 1 << 20, 60_000, 3000)), chance.choice(((1 << 31) - 1, 1 << 20, 60_000, 1))
    head = struct.pack(">IIBBBBB", width, height, chance.choice((1, 8, 16, 77)), chance.choice((0, 2, 3, 6, 5)), 0, 0, chance.choice((0, 1, 9)))
    data = chance.choice((chance.randbytes(300), zeros(50)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"zTXt", b"a\0\0" + zeros(20)) \
        + chunk(b"IDAT", data, chance.choice((None, (1 << 31) - 1))) + chunk(b"IEND", b"")


def tiff(chance):
    little = chance.random() < 0.5
    order = "<" if little else ">"

    def entry(tag, kind, count, value):
        return struct.pack(order + "HHII", tag, kind, count, value)

    big = chance.choice((1 << 31, 0xFFFFFFFF, 65_535, 3000))
    entries = [entry(256, 4, 1, big), entry(257, 4, 1, chance.choice((big, 1))), entry(258, 3, chance.choice((1, 1 << 20)), 8),
               entry(259, 4, 1, chance.choice((1, 2, 3, 4, 5, 7, 8, 50_000, 32_773))), entry(262, 4, 1, chance.choice((0, 1, 2, 3, 6))),
               entry(273, 4, chance.choice((1, 1 << 28)), chance.choice((8, 0xFFFFFFF0))), entry(277, 4, 1, chance.choice((1, 3, 60_000))),
               entry(278, 4, 1, chance.choice((0, 1, big))), entry(279, 4, 1, chance.choice((100, 0xFFFFFFFF)))]
    # The next directory is this one.
    return (b"II*\0" if little else b"MM\0*") + struct.pack(order + "I", 8) + struct.pack(order + "H", len(entries)) \
        + b"".join(entries) + struct.pack(order + "I", chance.choice((0, 8, 0xFFFFFFFF))) + chance.randbytes(300)


def jpeg(chance):
    side = chance.choice((65_535, 30_000, 2000))
    components = b"".join(bytes((i + 1, chance.choice((0x11, 0x44, 0)), 0)) for i in range(3))
    start = b"\xff" + chance.choice((b"\xc0", b"\xc2", b"\xc9")) + struct.pack(">HBHHB", 17, 8, side, side, 3) + components
    tables = b"\xff\xdb\x00\x43\x00" + bytes(range(1, 65)) + b"\xff\xc4\x00\x14\x00\x01" + bytes(15) + b"\x00" + b"\xff\xc4\x00\x14\x10\x01" + bytes(15) + b"\x00"
    scan = b"\xff\xda\x00\x0c\x03\x01\x00\x02\x00\x03\x00\x00\x3f\x00" + bytes(chance.choice((100, 2000)))
    return b"\xff\xd8" + tables + start + scan * chance.choice((1, 500)) + b"\xff\xd9"


# ---- What is not read as a scan

def register_xlsx(chance):
    kind = chance.randrange(4)
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    if kind == 0:
        body = sheet % ("<row><c t='inlineStr'><is>" + "<r>" * 100_000 + "<t>a</t>" + "</r>" * 100_000 + "</is></c></row>")
    elif kind == 1:
        body = sheet % ("<row r='1'><c r='A1'><v>1</v></c></row>" * 2_000_000)
    elif kind == 2:
        body = sheet % "<row r='4294967295'><c r='ZZZZZZ99999999999' t='s'><v>99999999999</v></c></row>"
    else:
        body = chance.randbytes(3000).hex()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
                         '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="r1" Target="%s"/></Relationships>'
                         % chance.choice(("worksheets/sheet1.xml", "../../../../etc/passwd")))
        archive.writestr("xl/worksheets/sheet1.xml", body)
    return out.getvalue()


def register_csv(chance):
    head = "Tệp,Văn bản,Số\n"
    return (head + chance.choice(('a.pdf,1,"12', "a.pdf\n", "a" * 30_000_000, "," * 3_000_000, "\0\0\0", "=1+2,@SUM(A1)\n" * 100_000,
                                  '"' * 1_000_001))).encode() + chance.choice((b"", b"\xff\xfe\x80"))


def record_json(chance):
    deep_one = "[" * 1_000_000
    return chance.choice((deep_one, '{"a":' * 200_000, "1" * 1_000_000, '"' + "a" * 20_000_000 + '"', '{"a":1e999999}',
                          json.dumps({"schema_version": "99.0.0"}), "[" + "{}," * 200_000 + "{}]", '"\\ud800"')).encode() \
        + chance.choice((b"", b"\xff"))


def patterns_toml(chance):
    return chance.choice(("a = " + "[" * 100_000, "a." * 50_000 + "b = 1", "[[field]]\nname = 'a'\npattern = '%s'\n" % ("(a*)*" * 2000),
                          "[[field]]\nname = 'a'\npattern = 'a{1000}{1000}{1000}'\n", '"a\\u001b[31m" = 1\n', "a = 1\n" * 100_000)).encode()


def plain_text(chance):
    return chance.choice(("uy ban nhan dan " * 60_000, "Căn cứ Luật số 1;\n" * 20_000, "\f" * 200_000, "MẬT\n" * 50_000, "((((" * 100_000,
                          "1.1.1." * 100_000, "BÁO CÁO\n" + "đạt 95% kế hoạch, " * 20_000, "a\u0301" * 300_000)).encode()


Kind = tuple[Callable[[random.Random], bytes], str]
SCANS: dict[str, Kind] = {
    **{make.__name__: (make, "pdf") for make in (
        mutated_pdf, lying_numbers, lying_image, jbig2, jpx, flate_bomb, saved_states, forms_of_forms, form_of_itself, tree_of_itself,
        deep, deep_pages, tiny_pattern, huge_map, many_words, encrypted, bad_tables, object_streams, filters, metadata, signatures,
        shading, many_pages, junk)},
    "png": (png, "png"), "tiff": (tiff, "tif"), "jpeg": (jpeg, "jpg")}
# For these commands, after what stands in the list; the file comes last.
OTHERS: dict[str, tuple[Callable[[random.Random], bytes], str, list[str]]] = {
    "register_xlsx": (register_xlsx, "xlsx", ["correct", "OUT"]), "register_csv": (register_csv, "csv", ["correct", "OUT"]),
    "record_json": (record_json, "json", ["validate"]), "patterns_toml": (patterns_toml, "toml", ["extract", "TEXT", "--fields"]),
    "plain_text": (plain_text, "txt", ["extract"])}
# Those that take time or memory until a limit ends them.
POISON = ("saved_states", "forms_of_forms", "flate_bomb", "tiny_pattern", "form_of_itself", "lying_image")
