"""Mails inside an opaque signature are read; anything else is refused quietly."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.mime import parse
from intake.signed import content

INNER = b"Content-Type: text/plain; charset=utf-8\r\n\r\n5 bolts\r\n"
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")


def item(tag: int, *inside: bytes) -> bytes:
    whole = b"".join(inside)
    return bytes([tag, 0x82]) + len(whole).to_bytes(2, "big") + whole


def open_item(tag: int, *inside: bytes) -> bytes:
    """Of indefinite length, as programs write it that sign a stream."""
    return bytes([tag, 0x80]) + b"".join(inside) + b"\0\0"


def signature(octets: bytes, make: object = item) -> bytes:
    assert callable(make)
    inside = make(0x30, DATA, make(0xA0, octets))
    data = make(0x30, b"\x02\x01\x01", b"\x31\x00", inside, b"\x31\x00")
    whole = make(0x30, SIGNED_DATA, make(0xA0, data))
    assert isinstance(whole, bytes)
    return whole


WHOLE = signature(item(0x04, INNER))
STREAMED = signature(open_item(0x24, item(0x04, INNER[:10]), item(0x04, INNER[10:])), open_item)


@pytest.mark.parametrize("der", [WHOLE, STREAMED])
def test_the_signed_mail_is_read(der: bytes) -> None:
    raw = (
        b"From: a@b.example\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(der)
    )
    read = parse(raw)
    assert [(p.kind, p.text) for p in read.parts] == [
        ("body-text", "5 bolts\r\n".replace("\r", ""))
    ]
    assert {f.code for f in read.findings} == {"message-id-missing", "signed"}


@pytest.mark.parametrize(
    "der",
    [
        b"",
        WHOLE[:-1],
        WHOLE[:40],
        WHOLE.replace(SIGNED_DATA, SIGNED_DATA[:-1] + b"\x03"),
        b"0\x80" * 100_000,
        b"\x24\x80" * 100_000,
        signature(b"\x24\x80" * 40 + b"\0\0" * 40),
        b"\x30\x80" + b"\x04\x01a" * 400_000,
        b"\x30\x84\xff\xff\xff\xff",
    ],
)
def test_what_is_no_signature(der: bytes) -> None:
    started = time.process_time()
    assert content(der) is None
    assert time.process_time() - started < 2


@given(st.integers(0, len(STREAMED) - 1), st.binary(max_size=6))
def test_mutated_signatures_never_raise(at: int, put: bytes) -> None:
    content(STREAMED[:at] + put + STREAMED[at + len(put) :])


def test_signatures_inside_signatures_count_as_nesting() -> None:
    der = WHOLE
    for _ in range(5):
        inner = b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\n" + der
        der = signature(item(0x04, inner))
    raw = b"From: a@b.example\r\nContent-Type: application/pkcs7-mime\r\n\r\n" + der
    assert parse(raw).parts[0].text == "5 bolts\n"
