"""Every kind of file through the real reader child: it is read, or says why not; never empty in silence, never a crash."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.intake.compound import compound
from tests.intake.outlook_mail import msg
from workers.reader.client import Reader
from workers.reader.values import Hints, ReadFailure, ReadResult

ORDER = "Purchase order no: K-4711\r\nPlease send 10 pcs of KR-310 hinges and 5 pcs of KR-555 closers.\r\n"
TABLE = (
    b"<html><body><p>Purchase order no: K-4711</p><table><tr><th>Item</th><th>Description</th><th>Qty</th></tr>"
    b"<tr><td>KR-310</td><td>Hinge</td><td>10</td></tr><tr><td>KR-555</td><td>Closer</td><td>5</td></tr></table></body></html>"
)
CSV = b"item;description;quantity\nKR-310;Hinge;10\nKR-555;Closer;5\n"
RTF = (
    rb"{\rtf1\ansi{\b Purchase order no: K-4711}\par\trowd\cellx2000\cellx6000\cellx8000\intbl Item\cell Description"
    rb"\cell Qty\cell\row\trowd\cellx2000\cellx6000\cellx8000\intbl KR-310\cell Hinge\cell 10\cell\row"
    rb"\trowd\cellx2000\cellx6000\cellx8000\intbl KR-555\cell Closer\cell 5\cell\row}"
)


@dataclass(frozen=True)
class Case:
    """lines: of the orders read; code: that must be among the findings, or of the failure; pages: to be drawn."""

    name: str
    content: bytes
    lines: int = 0
    code: str = ""
    pages: int = 0


def pdf(
    pages: int = 1,
    *,
    password: tuple[str, str] | None = None,
    size: tuple[float, float] = (595, 842),
) -> bytes:
    stream = io.BytesIO()
    lock = StandardEncryption(password[0], password[1]) if password else None
    pen = Canvas(stream, pagesize=size, encrypt=lock, invariant=1)
    for _ in range(pages):
        pen.setFont("Helvetica", 10)
        pen.drawString(60, size[1] - 60, "PURCHASE ORDER No: K-4711")
        for n, row in enumerate(
            (("Item", "Description", "Qty"), ("KR-310", "Hinge", "10"), ("KR-555", "Closer", "5"))
        ):
            for x, cell in zip((60, 160, 360), row, strict=True):
                pen.drawString(x, size[1] - 120 - 18 * n, cell)
        pen.showPage()
    pen.save()
    return stream.getvalue()


def zero_pages() -> bytes:
    document = pypdfium2.PdfDocument.new()
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def drawn() -> bytes:
    """A page without words: a picture of nothing."""
    stream = io.BytesIO()
    pen = Canvas(stream, pagesize=(595, 842), invariant=1)
    pen.rect(100, 300, 300, 200, fill=1)
    pen.save()
    return stream.getvalue()


def photo() -> bytes:
    """The order's page as a picture file."""
    target = io.BytesIO()
    page = pypdfium2.PdfDocument(pdf())[0].render(scale=2).to_pil().convert("RGB")
    page.save(target, "JPEG")
    return target.getvalue()


PHONE = Path(__file__).with_name("phone.heic").read_bytes()
"""The same page as a phone keeps it; the library that reads such files writes none."""


def blank(kind: str, frames: int = 1) -> bytes:
    """A picture file of nothing."""
    target = io.BytesIO()
    page = Image.new("RGB", (120, 160), "white")
    more = {"save_all": True, "append_images": [page] * (frames - 1)} if frames > 1 else {}
    page.save(target, kind, **more)
    return target.getvalue()


def book(rows: int = 2) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in [line.split(";") for line in CSV.decode().split("\n")][: rows + 1]:
        sheet.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def parcel(*files: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return target.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(text: str = "") -> bytes:
    rows = [line.split(";") for line in CSV.decode().strip().split("\n")]
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>".format
    table = "".join(f"<w:tr>{''.join(cell(c) for c in row)}</w:tr>" for row in rows)
    body = (
        text or f"<w:p><w:r><w:t>Purchase order no: K-4711</w:t></w:r></w:p><w:tbl>{table}</w:tbl>"
    )
    return parcel(
        ("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>".encode())
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = compound({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y" * 200})
MAIL = b"From: a@b.example\r\nSubject: order\r\nContent-Type: text/plain\r\n\r\n" + ORDER.encode()

CASES = (
    Case("plain.pdf", pdf(), lines=2, pages=1),
    Case("many.pdf", pdf(52), code="too-many-pages", pages=50),
    Case("printable-locked.pdf", pdf(password=("", "owner")), lines=2, pages=1),
    Case("locked.pdf", pdf(password=("secret", "owner")), code="pdf-password"),
    Case("cut.pdf", pdf()[:700], code="pdf-damaged"),
    Case("zero-pages.pdf", zero_pages(), code="pdf-damaged"),
    Case("picture-of-nothing.pdf", drawn(), code="no-text-layer", pages=1),
    Case("huge-page.pdf", pdf(size=(14_000, 14_000)), lines=2, pages=1),
    Case("named-pdf.pdf", CSV, lines=2),
    Case("named-xlsx.xlsx", CSV, lines=2),
    Case("really-html.xls", TABLE, lines=2),
    Case("really-pdf.doc", pdf(), lines=2, pages=1),
    Case("photo.jpg", photo(), lines=2, pages=1),
    Case("photo.png", blank("PNG"), code="no-text-layer", pages=1),
    Case("fax.tif", blank("TIFF", 2), code="no-text-layer", pages=2),
    Case("old.gif", blank("GIF"), code="no-text-layer", pages=1),
    Case("old.bmp", blank("BMP"), code="no-text-layer", pages=1),
    Case("web.webp", blank("WEBP"), code="no-text-layer", pages=1),
    Case("cut.jpg", photo()[:3000], code="picture-damaged"),
    Case("phone.heic", PHONE, lines=2, pages=1),
    Case("cut.heic", PHONE[:2000], code="picture-damaged"),
    Case("shot.avif", blank("AVIF"), code="no-text-layer", pages=1),
    Case("moving.heic", b"\0\0\0\x18ftypmsf1" + b"\0" * 400, code="format-unsupported"),
    Case("locked.xlsx", LOCKED, code="document-encrypted"),
    Case("locked.docx", LOCKED, code="document-encrypted"),
    Case("old.doc", compound({"WordDocument": b"x" * 5000}), code="format-unsupported"),
    Case("damaged.doc", OLE + b"\0" * 600, code="document-broken"),
    Case("slides.pptx", parcel(("[Content_Types].xml", b"<x/>"), ("ppt/presentation.xml", b"<x/>")), code="format-unsupported"),
    Case("order.docx", docx(), lines=2, pages=1),
    Case("empty.docx", docx("<w:p/>"), code="document-empty"),
    Case("broken.docx", docx("<w:p>"), code="document-broken"),
    Case("bomb.docx", parcel(("word/document.xml", b"<w:x>" + b" " * 90_000_000)), code="document-too-large"),
    Case("order.rtf", RTF, lines=2, pages=1),
    Case("order.xlsx", book(), lines=2),
    Case("broken.xlsx", book()[:2500], code="sheet-broken"),
    Case("empty.xlsx", book(-1), code="sheet-empty"),
    Case("order.csv", CSV, lines=2),
    Case("utf16.csv", CSV.decode().encode("utf-16"), lines=2),
    Case("order.txt", ORDER.encode(), lines=2),
    Case("utf16.txt", ORDER.encode("utf-16"), lines=2),
    Case("cp1252.txt", (ORDER + "Grüße, Jörg").encode("cp1252"), lines=2),
    Case("one-line.txt", b"Purchase order no: K-4711, please send 10 pcs of KR-310", lines=1),
    Case("order.html", TABLE, lines=2),
    Case("nameless", TABLE, lines=2),
    Case("order.eml", MAIL, lines=2),
    Case("order.msg", msg({0x0037: "order", 0x5D01: "a@b.example", 0x1000: ORDER}), lines=2),
    Case("orders.zip", parcel(("deep.zip", parcel(("po.csv", CSV)))), lines=2),
    Case("cut.zip", parcel(("po.csv", CSV * 40))[:60], code="archive-broken"),
    Case("packed.7z", b"7z\xbc\xaf\x27\x1c" + b"x" * 200, code="archive-unsupported"),
    Case("packed.rar", b"Rar!\x1a\x07\x00" + b"x" * 200, code="archive-unsupported"),
    Case("packed.gz", b"\x1f\x8b\x08" + b"x" * 200, code="archive-unsupported"),
    Case("order.exe", b"MZ" + b"\0" * 400, code="program-refused"),
    Case("unknown.bin", bytes(range(256)) * 8, code="format-unknown"),
    Case("settings.xml", b"<?xml version='1.0'?><settings><a>1</a></settings>", code="format-unknown"),
    Case("empty.pdf", b"", code="empty-file"),
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    found = Reader(tmp_path_factory.mktemp("scratch"))
    yield found
    found.close()


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_it_is_read_or_says_why_not(reader: Reader, case: Case) -> None:
    read = reader.read_document(case.content, "upload", case.name, Hints())
    assert isinstance(read, ReadResult), read
    found = read.extraction
    findings = (*read.message.findings, *found.findings)
    assert sum(len(o.lines) for o in found.orders) == case.lines or not case.lines
    if case.code:
        assert case.code in {f.code for f in findings}
    if not found.orders:
        told = [f for f in findings if f.severity in ("warning", "error")]
        assert told, "nothing was read and nothing says why"
        assert all(f.text.endswith((".", "?")) for f in told)
    assert sum(len(sizes) for _, sizes in found.pages) == case.pages


@pytest.mark.parametrize("case", [c for c in CASES if c.pages], ids=lambda c: c.name)
def test_its_pages_can_be_shown(reader: Reader, case: Case) -> None:
    pictures = reader.render_pages(case.content, (1, min(case.pages, 2)))
    assert not isinstance(pictures, ReadFailure), pictures
    assert {p.page for p in pictures} == {1, min(case.pages, 2)}
