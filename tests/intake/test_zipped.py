"""Files inside a ZIP become parts, within limits; what is not opened is told."""

from __future__ import annotations

import io
import zipfile

import pytest

from intake.edi_message import from_drop
from intake.mime import parse


def parcel(*files: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return target.getvalue()


def locked(content: bytes) -> bytes:
    """The same archive with the mark that its first file is encrypted."""
    at = content.index(b"PK\x01\x02")
    return content[:6] + b"\x01\x00" + content[8 : at + 8] + b"\x01\x00" + content[at + 10 :]


MAIL = b"From: a@b.example\r\nSubject: inside\r\nContent-Type: text/plain\r\n\r\nfive pieces\r\n"
INNER = parcel(("lines.csv", b"item;qty\nA-1;5\n"))


def test_files_in_files() -> None:
    raw = parcel(
        ("orders/", b""),
        ("orders/po 1.pdf", b"%PDF-1.4"),
        ("__MACOSX/._po 1.pdf", b"x"),
        ("inner.zip", INNER),
        ("mail.eml", MAIL),
    )
    read = from_drop(raw, "orders.zip")
    assert [(p.number, p.kind, p.content_type, p.filename, p.parent) for p in read.parts] == [
        (1, "attachment", "application/zip", "orders.zip", 0),
        (2, "attachment", "application/pdf", "po 1.pdf", 0),
        (3, "attachment", "application/zip", "inner.zip", 0),
        (4, "attachment", "text/csv", "lines.csv", 0),
        (5, "message", "message/rfc822", "mail.eml", 0),
        (6, "body-text", "text/plain", "", 5),
    ]
    assert read.findings == ()


def test_in_a_mail() -> None:
    head = b"From: a@b.example\r\nMessage-ID: <1@b.example>\r\nContent-Type: application/zip; name=o.zip\r\n\r\n"
    assert [p.filename for p in parse(head + INNER).parts] == ["o.zip", "lines.csv"]


def test_a_document_that_is_a_zip_stays_closed() -> None:
    raw = parcel(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>"))
    assert len(from_drop(raw, "order.docx").parts) == 1


@pytest.mark.parametrize(
    ("raw", "code", "parts"),
    [
        (locked(INNER), "archive-encrypted", 1),
        (parcel(), "archive-empty", 1),
        (parcel(("zeros", b"\0" * 40_000_000), ("a.csv", b"a;b")), "archive-too-large", 2),
        (parcel(*((f"{n}.txt", b"x") for n in range(120))), "archive-too-large", 101),
        (parcel(("a.zip", parcel(("b.zip", parcel(("c.zip", INNER)))))), "archive-too-deep", 3),
    ],
)
def test_what_is_not_opened_is_told(raw: bytes, code: str, parts: int) -> None:
    read = from_drop(raw, "orders.zip")
    assert [f.code for f in read.findings] == [code]
    assert len(read.parts) == parts


def test_a_damaged_one_is_told() -> None:
    raw = parcel(("a.csv", b"item;qty\n" * 50))
    read = from_drop(raw[:45] + b"\xff\xff\xff" + raw[48:], "orders.zip")
    assert [f.code for f in read.findings] == ["archive-broken"]
