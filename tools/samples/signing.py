"""Signs a PDF the way state agencies do: a visible stamp and a detached PKCS#7 signature.

The key is derived from a fixed seed, so that the sample comes out the same each time. Whoever reads
this file can derive it too: it protects nothing and must not be used for anything else.
"""

from __future__ import annotations

import io
import random
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from .draw import new_canvas
from .pdf_files import save

KEY_SEED = "vanban sample signature"
KEY_BITS = 2048
PUBLIC_EXPONENT = 65537
PRIMALITY_ROUNDS = 24  # chance of a composite below 4^-24

VALID_FROM, VALID_UNTIL = "20250101000000Z", "20350101000000Z"
CONTENTS_BYTES = 4096  # room for the CMS structure; the rest stays zero
BYTE_RANGE_PLACEHOLDER = 9_999_999_999  # as wide as any offset can get

SIGNED_APPEND_ONLY = 3  # flags of the form: it is signed, change it only by appending
PRINT_LOCKED = 132  # flags of the field

STAMP_SIZE_PT = 7.5
STAMP_BLUE = (0.05, 0.10, 0.60)


@dataclass(frozen=True)
class VisibleSignature:
    common_name: str
    organisation: str
    email: str
    stamped_time: str  # as printed, dd.mm.yyyy hh:mm:ss +07:00
    pdf_time: str  # the same moment as a PDF date
    box_pt: tuple[float, float, float, float]  # left, bottom, right, top in PDF coordinates

    @property
    def stamp_lines(self) -> list[str]:
        return [
            f"Ký bởi: {self.common_name}",
            f"Email: {self.email}",
            f"Cơ quan: {self.organisation}",
            f"Thời gian ký: {self.stamped_time}",
        ]


def sign_pdf(path: Path, signature: VisibleSignature) -> None:
    """Adds a signature field to the first page of the file and signs the whole file."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        prepared = _with_empty_signature(path, signature, work)
        identity = _make_identity(signature, work)
        path.write_bytes(_fill_signature(prepared, identity, work))


def _with_empty_signature(path: Path, signature: VisibleSignature, work: Path) -> bytes:
    with pikepdf.open(path) as pdf, pikepdf.open(_draw_stamp(signature, work)) as stamp:
        appearance = pdf.copy_foreign(stamp.pages[0].as_form_xobject())
        page = pdf.pages[0]
        value = pdf.make_indirect(
            Dictionary(
                Type=Name.Sig,
                Filter=Name("/Adobe.PPKLite"),
                SubFilter=Name("/adbe.pkcs7.detached"),
                ByteRange=Array([0, *[BYTE_RANGE_PLACEHOLDER] * 3]),
                Contents=String(bytes(CONTENTS_BYTES)),
                M=String(signature.pdf_time),
                Name=String(signature.common_name),
            )
        )
        widget = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String("Signature1"),
                V=value,
                F=PRINT_LOCKED,
                P=page.obj,
                Rect=Array(list(signature.box_pt)),
                AP=Dictionary(N=appearance),
            )
        )
        page.obj.Annots = Array([widget])
        pdf.Root.AcroForm = Dictionary(Fields=Array([widget]), SigFlags=SIGNED_APPEND_ONLY)
        buffer = io.BytesIO()
        save(pdf, buffer)
        return buffer.getvalue()


def _draw_stamp(signature: VisibleSignature, work: Path) -> Path:
    left_pt, bottom_pt, right_pt, top_pt = signature.box_pt
    path = work / "stamp.pdf"
    canvas = new_canvas(path, (right_pt - left_pt, top_pt - bottom_pt))
    canvas.setFillColorRGB(*STAMP_BLUE)
    canvas.setFont("regular", STAMP_SIZE_PT)
    y_pt = top_pt - bottom_pt
    for line in signature.stamp_lines:
        y_pt -= 1.3 * STAMP_SIZE_PT
        canvas.drawString(2, y_pt, line)
    canvas.save()
    return path


def _fill_signature(prepared: bytes, identity: Path, work: Path) -> bytes:
    """Writes the byte range and the signature over their placeholders."""
    opening = prepared.index(b"<" + b"00" * CONTENTS_BYTES + b">")
    closing = opening + 2 * CONTENTS_BYTES + 2
    placeholder = f"[ 0 {' '.join([str(BYTE_RANGE_PLACEHOLDER)] * 3)} ]".encode()
    byte_range = f"[ 0 {opening} {closing} {len(prepared) - closing} ]".encode()
    if prepared.count(placeholder) != 1:
        raise RuntimeError("the byte range was not written as expected by this version of qpdf")
    ranged = prepared.replace(placeholder, byte_range.ljust(len(placeholder)))
    cms = _detached_cms(ranged[:opening] + ranged[closing:], identity, work)
    contents = b"<" + cms.hex().encode().ljust(2 * CONTENTS_BYTES, b"0") + b">"
    return ranged[:opening] + contents + ranged[closing:]


def _detached_cms(data: bytes, identity: Path, work: Path) -> bytes:
    """Without signed attributes: openssl would put the clock's time among them."""
    signed = work / "signed-bytes"
    signed.write_bytes(data)
    return _openssl(
        "cms", "-sign", "-binary", "-noattr", "-md", "sha256", "-outform", "DER",
        "-in", str(signed), "-signer", str(identity),
    )


def _make_identity(signature: VisibleSignature, work: Path) -> Path:
    """A PEM file with the key and a self-signed certificate of fixed dates."""
    key, request = work / "key.pem", work / "request.pem"
    key.write_bytes(_key_pem(work))
    subject = f"/C=VN/O={signature.organisation}/CN={signature.common_name}"
    config = work / "ca.cnf"
    config.write_text(_CA_CONFIG.format(folder=work), encoding="utf-8")
    (work / "index.txt").touch()
    (work / "serial").write_text("2025031201\n")
    _openssl(
        "req", "-new", "-utf8", "-config", str(config), "-key", str(key),
        "-subj", subject, "-out", str(request),
    )
    certificate = _openssl(
        "ca", "-selfsign", "-batch", "-notext", "-utf8", "-config", str(config),
        "-keyfile", str(key), "-startdate", VALID_FROM, "-enddate", VALID_UNTIL,
        "-in", str(request),
    )
    identity = work / "identity.pem"
    identity.write_bytes(key.read_bytes() + certificate)
    return identity


_CA_CONFIG = """
[req]
distinguished_name = names
string_mask = utf8only
[names]
[ca]
default_ca = sample
[sample]
new_certs_dir = {folder}
database = {folder}/index.txt
serial = {folder}/serial
default_md = sha256
policy = any_name
x509_extensions = signing
[any_name]
countryName = supplied
organizationName = supplied
commonName = supplied
[signing]
basicConstraints = CA:FALSE
keyUsage = digitalSignature, nonRepudiation
"""


def _key_pem(work: Path) -> bytes:
    """An RSA key (PKCS#1) derived from KEY_SEED."""
    generator = random.Random(KEY_SEED)
    p, q = (_prime(generator, KEY_BITS // 2) for _ in range(2))
    private_exponent = pow(PUBLIC_EXPONENT, -1, (p - 1) * (q - 1))
    numbers = (
        0, p * q, PUBLIC_EXPONENT, private_exponent, p, q,
        private_exponent % (p - 1), private_exponent % (q - 1), pow(q, -1, p),
    )
    fields = "".join(f"n{position} = INTEGER:{number}\n" for position, number in enumerate(numbers))
    description = work / "key.cnf"
    description.write_text(f"asn1 = SEQUENCE:key\n[key]\n{fields}")
    der = work / "key.der"
    _openssl("asn1parse", "-noout", "-genconf", str(description), "-out", str(der))
    return _openssl("pkey", "-inform", "DER", "-in", str(der))


def _prime(generator: random.Random, bits: int) -> int:
    while True:
        # Both top bits set: the product of two such primes has the full length.
        candidate = generator.getrandbits(bits) | 3 << (bits - 2) | 1
        if candidate % PUBLIC_EXPONENT != 1 and _is_prime(candidate, generator):
            return candidate


def _is_prime(candidate: int, generator: random.Random) -> bool:
    """Miller and Rabin's test."""
    odd_part, halvings = candidate - 1, 0
    while odd_part % 2 == 0:
        odd_part //= 2
        halvings += 1
    for _ in range(PRIMALITY_ROUNDS):
        power = pow(generator.randrange(2, candidate - 1), odd_part, candidate)
        if power in (1, candidate - 1):
            continue
        for _ in range(halvings - 1):
            power = pow(power, 2, candidate)
            if power == candidate - 1:
                break
        else:
            return False
    return True


def _openssl(*arguments: str) -> bytes:
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True).stdout
