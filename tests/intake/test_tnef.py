"""Files inside winmail.dat come out; a damaged one is told, never raised."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.mime import parse
from intake.tnef import unpack


def attribute(name: int, value: bytes, level: int = 2) -> bytes:
    checksum = sum(value) & 0xFFFF
    return struct.pack("<BHHI", level, name, 6, len(value)) + value + struct.pack("<H", checksum)


def padded(value: bytes) -> bytes:
    return struct.pack("<I", len(value)) + value + b"\0" * (-len(value) % 4)


def properties(*some: bytes) -> bytes:
    return struct.pack("<I", len(some)) + b"".join(some)


def wide(name: int, text: str) -> bytes:
    return struct.pack("<HHI", 31, name, 1) + padded((text + "\0").encode("utf-16-le"))


NUMBER = struct.pack("<HHI", 3, 0x3705, 1)
NAMED_BY_TEXT = (
    struct.pack("<HH", 30, 0x8001)
    + b"\0" * 16
    + struct.pack("<I", 1)
    + padded("Keywords\0".encode("utf-16-le"))
    + struct.pack("<I", 1)
    + padded(b"x\0")
)
NAMED_BY_NUMBER = struct.pack("<HH", 3, 0x8002) + b"\0" * 16 + struct.pack("<III", 0, 7, 9)
SEVERAL = struct.pack("<HHI", 0x1003, 0x6001, 3) + struct.pack("<III", 1, 2, 3)

WINMAIL = (
    b"\x78\x9f\x3e\x22\x01\x00"
    + attribute(0x9006, struct.pack("<I", 0x10000), 1)
    + attribute(0x9007, struct.pack("<II", 1252, 0), 1)
    + attribute(0x9002, b"\0" * 14)
    + attribute(0x800F, b"%PDF-1.4 one")
    + attribute(0x8010, b"BESTEL~1.PDF\0")
    + attribute(
        0x9005,
        properties(
            NUMBER,
            NAMED_BY_TEXT,
            NAMED_BY_NUMBER,
            SEVERAL,
            wide(0x3707, "Bestellung für Köln.pdf"),
            wide(0x370E, "Application/PDF"),
        ),
    )
    + attribute(0x9002, b"\0" * 14)
    + attribute(0x8010, b"Gr\xfc\xdfe.csv\0")
    + attribute(0x800F, b"a;b")
)


def mail(content: bytes) -> bytes:
    return (
        b"From: a@b.example\r\nMessage-ID: <1@b.example>\r\n"
        b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\n" + content
    )


def test_the_files_follow_their_winmail() -> None:
    read = parse(mail(WINMAIL))
    assert [(p.number, p.kind, p.content_type, p.filename, p.content) for p in read.parts[1:]] == [
        (2, "attachment", "application/pdf", "Bestellung für Köln.pdf", b"%PDF-1.4 one"),
        (3, "attachment", "text/csv", "Grüße.csv", b"a;b"),
    ]
    assert read.findings == ()


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (b"", []),
        (b"no tnef", []),
        (WINMAIL[:-5], ["Bestellung für Köln.pdf"]),
        (WINMAIL + attribute(0x9002, b""), ["Bestellung für Köln.pdf", "Grüße.csv"]),
        (WINMAIL[:6] + attribute(0x9002, b"") + attribute(0x9005, b"\xff" * 9), []),
    ],
)
def test_what_is_missing_is_told(raw: bytes, names: list[str]) -> None:
    read = parse(mail(raw))
    assert [p.filename for p in read.parts[1:]] == names
    assert "tnef-unread" in {f.code for f in read.findings}


@given(st.integers(0, len(WINMAIL) - 1), st.binary(min_size=1, max_size=8))
def test_mutated_files_never_raise(at: int, put: bytes) -> None:
    files = unpack(WINMAIL[:at] + put + WINMAIL[at + len(put) :]).files
    for file in files:
        f"{file.name}{file.media_type}{file.content_id}".encode()


def narrow(name: int, text: bytes) -> bytes:
    return struct.pack("<HHI", 30, name, 1) + padded(text + b"\0")


def binary(name: int, content: bytes, kind: int = 258) -> bytes:
    return struct.pack("<HHI", kind, name, 1) + padded(content)


WRITTEN = (
    b"\x78\x9f\x3e\x22\x01\x00"
    + attribute(0x9007, struct.pack("<II", 1252, 0), 1)
    + attribute(0x8004, b"Inner order\0", 1)
    + attribute(0x800C, b"5 St\xfcck A-1\0", 1)
    + attribute(
        0x9003, properties(wide(0x5D01, "anna@kunde.example"), binary(0x1013, b"<p>5 x</p>")), 1
    )
)


def test_the_body_inside_becomes_the_body() -> None:
    read = parse(mail(WRITTEN))
    assert [(p.kind, (p.text or "").strip()) for p in read.parts[1:]] == [
        ("body-text", "5 Stück A-1"),
        ("body-html", "<p>5 x</p>"),
    ]


def test_a_mail_attached_to_it_is_a_mail() -> None:
    inner = binary(0x3701, b"\0" * 16 + WRITTEN, 13)
    outer = WINMAIL[:6] + attribute(0x9002, b"\0" * 14) + attribute(0x9005, properties(inner))
    read = parse(mail(outer))
    assert [(p.kind, p.filename, p.parent) for p in read.parts[1:]] == [
        ("message", "Inner order", 0),
        ("body-text", "", 2),
        ("body-html", "", 2),
    ]
    assert b"anna@kunde.example" in read.parts[1].content
