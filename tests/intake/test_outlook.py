"""Outlook mails as files and as attachments become mails; damaged ones are told, never raised."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.compressed_rtf import unpacked
from intake.edi_message import from_drop
from intake.mime import parse
from intake.outlook import as_mail, is_outlook
from intake.rtf_markup import made_from
from tests.intake.outlook_mail import msg, storage

SENT = (
    int(
        (
            datetime(2026, 9, 14, 8, 30, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)
        ).total_seconds()
    )
    * 10**7
)
INNER = storage(
    {
        0x0037: "Bestellung 4712",
        0x1000: "Bitte liefern: 5 Stück A-1",
        0x5D01: "einkauf@kunde.example",
    }
)
ORDER = msg(
    {
        0x0037: "Bestellung für Köln",
        0x0C1A: "Jörg Einkauf",
        0x5D01: "joerg@kunde.example",
        0x0039: SENT,
        0x1035: "<77@kunde.example>",
        0x1000: "Guten Tag\r\n",
        0x1013: "<p>Guten Tag <b>größe</b></p>".encode(),
        0x3FDE: 65001,
    },
    attached=[
        {0x3707: "Bestellung.pdf", 0x370E: "application/pdf", 0x3701: b"%PDF-1.4 x" * 900},
        {0x3707: "innen", 0x3705: 5, 0x3701: INNER},
    ],
    recipients=[{0x3001: "Vertrieb", 0x39FE: "sales@wir.example", 0x0C15: 1}],
)


def literal(rtf: bytes) -> bytes:
    """Packed in name only: every byte stands for itself."""
    runs = b"".join(b"\0" + rtf[n : n + 8] for n in range(0, len(rtf), 8))
    return struct.pack("<IIII", len(runs) + 12, len(rtf), 0x75465A4C, 0) + runs


def test_a_saved_mail_is_read_as_that_mail() -> None:
    read = from_drop(ORDER, "Bestellung.msg", channel="upload")
    assert (read.channel, read.subject, read.message_id) == (
        "upload",
        "Bestellung für Köln",
        "<77@kunde.example>",
    )
    assert (read.sender.name, read.sender.address) == ("Jörg Einkauf", "joerg@kunde.example")
    assert [m.address for m in read.to] == ["sales@wir.example"]
    assert read.date == datetime(2026, 9, 14, 8, 30, tzinfo=UTC)
    assert [(p.kind, p.filename, p.parent) for p in read.parts] == [
        ("body-text", "", 0),
        ("body-html", "", 0),
        ("attachment", "Bestellung.pdf", 0),
        ("message", "innen", 0),
        ("body-text", "", 4),
    ]
    assert read.parts[1].text is not None and "größe" in read.parts[1].text
    assert read.parts[2].content == b"%PDF-1.4 x" * 900
    assert b"einkauf@kunde.example" in read.parts[3].content


def test_forwarded_as_an_attachment() -> None:
    head = (
        b"From: colleague@wir.example\r\nMessage-ID: <1@wir.example>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        b"--x\r\n\r\nplease see\r\n--x\r\nContent-Type: application/octet-stream; name=order.msg\r\n\r\n"
    )
    read = parse(head + ORDER + b"\r\n--x--\r\n")
    assert [(p.kind, p.parent) for p in read.parts] == [
        ("body-text", 0),
        ("message", 0),
        ("body-text", 2),
        ("body-html", 2),
        ("attachment", 2),
        ("message", 2),
        ("body-text", 6),
    ]


@pytest.mark.parametrize(
    ("rtf", "text", "html", "files"),
    [
        (
            rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0 Arial;}}{\*\htmltag64 <table>}{\*\htmltag64 <td>}"
            rb"\htmlrtf {\htmlrtf0 M\'fcller \u8364?5\htmlrtf }\htmlrtf0 {\*\htmltag72 </td>}}",
            None,
            "<table><td>Müller €5</td>",
            [],
        ),
        (rb"{\rtf1\ansi\fromtext{\colortbl;}five\line six}", "five\nsix", None, []),
        (rb"{\rtf1\ansi{\b five}\cell six\cell\row}", None, None, ["body.rtf"]),
    ],
)
def test_bodies_kept_as_rtf(
    rtf: bytes, text: str | None, html: str | None, files: list[str]
) -> None:
    read = from_drop(msg({0x0037: "x", 0x1009: literal(rtf)}), "x.msg")
    bodies = {p.kind: (p.text or "").strip() for p in read.parts if p.kind != "attachment"}
    assert bodies.get("body-text") == text
    assert bodies.get("body-html") == html
    assert [p.filename for p in read.parts if p.kind == "attachment"] == files


def test_packed_rtf_repeats_itself() -> None:
    """MS-OXRTFCP 4.2.2: a reference that crosses what it writes."""
    packed = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert unpacked(packed) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert unpacked(struct.pack("<IIII", 20, 5, 0x414C454D, 0) + b"{\\rtf") == b"{\\rtf"
    assert unpacked(b"") == unpacked(b"x" * 40) == b""


def test_sender_from_the_transport_headers() -> None:
    heads = "Received: x\r\nFrom: Anna <anna@kunde.example>\r\nMessage-ID: <5@kunde.example>\r\nX-Evil: 1\r\n\r\n"
    read = from_drop(msg({0x0037: "x", 0x007D: heads, 0x0C1F: "/O=EXCHANGE/CN=ANNA"}), "x.msg")
    assert read.sender.address == "anna@kunde.example"
    assert read.message_id == "<5@kunde.example>"
    assert "x-evil" not in {name.lower() for name, _ in read.headers}


def test_headers_cannot_be_smuggled_in() -> None:
    read = from_drop(
        msg(
            {
                0x0037: "a\r\nX-Evil: 1",
                0x5D01: "a@b.example>\r\nX-Evil: 2",
                0x1035: "<1@b>\r\nX-Evil: 3",
            }
        ),
        "x.msg",
    )
    assert "x-evil" not in {name.lower() for name, _ in read.headers}


def test_a_damaged_one_stays_a_file_with_a_reason() -> None:
    read = from_drop(ORDER[:700] + b"\xff" * 900, "x.msg")
    assert [p.kind for p in read.parts] in (["attachment"], [])
    cut = ORDER[:1500] + "__properties_version1.0".encode("utf-16-le")
    read = from_drop(cut, "x.msg")
    assert [f.code for f in read.findings] in (["mail-damaged"], ["message-id-missing"])


@given(st.integers(0, len(ORDER) - 1), st.binary(min_size=1, max_size=16))
def test_mutated_mails_never_raise(at: int, put: bytes) -> None:
    raw = ORDER[:at] + put + ORDER[at + len(put) :]
    if is_outlook(raw):
        mail = as_mail(raw)
        if mail is not None:
            parse(mail)


@given(st.binary(max_size=300))
def test_any_bytes_as_rtf_body(raw: bytes) -> None:
    made_from(rb"{\rtf1\fromhtml1 " + raw)
    unpacked(struct.pack("<IIII", len(raw) + 12, 5_000, 0x75465A4C, 0) + raw)
