"""Bombs and mutations: bounded time, and only the named refusals."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Unreadable
from core.inbound.values import Message
from intake import limits
from intake.mime import head, parse

FROM = b"From: a@b.example\r\n"


def nested_multiparts(depth: int) -> bytes:
    raw = FROM + b"Subject: deep\r\n"
    for n in range(depth):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
    return raw + b"\r\nx"


def nested_mails(depth: int) -> bytes:
    return (FROM + b"Content-Type: message/rfc822\r\n\r\n") * depth + b"Subject: x\r\n\r\nx"


def encoded_mails(depth: int) -> bytes:
    raw = FROM + b"\r\nx"
    for _ in range(depth):
        raw = (
            FROM
            + b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64.encodebytes(raw)
        )
    return raw


def parts(count: int) -> bytes:
    return FROM + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * count


REFUSED: dict[str, Callable[[], bytes]] = {
    "1,000 multiparts deep": lambda: nested_multiparts(1000),
    "31 multiparts deep": lambda: nested_multiparts(31),
    "2,000 mails deep": lambda: nested_mails(2000),
    "32 encoded mails deep": lambda: encoded_mails(32),
    "100,000 parts": lambda: parts(100_000),
    "501 parts": lambda: parts(501),
    "500,000 headers": lambda: FROM + b"X: y\r\n" * 500_000 + b"\r\nx",
    "1,001 headers": lambda: FROM + b"X:y\r\n" * 1001 + b"\r\nx",
    "10 MB header": lambda: FROM + b"Subject: " + b"a" * 10_000_000 + b"\r\n\r\nx",
    "65 KB header": lambda: FROM + b"Subject: " + b"a" * 65_600 + b"\r\n\r\nx",
    "header of folded lines": lambda: FROM + b"Subject: x" + b"\r\n a" * 80_000 + b"\r\n\r\nx",
    "300 KB of headers": lambda: FROM + (b"X: " + b"y" * 3000 + b"\r\n") * 100 + b"\r\nx",
    "10 MB part header": lambda: parts(1)[:-5] + b"X: " + b"a" * 10_000_000,
    "200,000 addresses": lambda: FROM + b"To: " + b"a@b.c, " * 200_000 + b"\r\n\r\nx",
    "false delimiters": lambda: (
        FROM + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"\n--bx" * 2_000_000
    ),
}

BOUNDED: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "blank": lambda: b"\r\n" * 100_000,
    "zeros": lambda: b"\0" * 100_000,
    "one megabyte of one line": lambda: b"a" * 1_000_000,
    "20,000 continuations": lambda: (
        FROM
        + b"Content-Type: text/plain; "
        + b"".join(b"n*%d=x;" % n for n in range(6000))
        + b"\r\n\r\nx"
    ),
    "encoded words": lambda: FROM + b"Subject: " + b"=?utf-8?q?a?= " * 4000 + b"\r\n\r\nx",
    "open encoded words": lambda: FROM + b"Subject: " + b"=?a?q?" * 10_000 + b"\r\n\r\nx",
    "20,000 nested comments": lambda: b"From: " + b"(" * 20_000 + b" a@b.c\r\n\r\nx",
    "quotes and escapes": lambda: b"From: " + b'"\\' * 30_000 + b"\r\n\r\nx",
    "open quotes": lambda: b"From: " + b'\\"' * 30_000 + b"\r\n\r\nx",
    "open angles": lambda: b"From: " + b"<" * 60_000 + b"\r\n\r\nx",
    "9,000 addresses": lambda: FROM + b"To: " + b"a@b.c, " * 9000 + b"\r\n\r\nx",
    "quoted parameters": lambda: b'Content-Type: text/plain; a="' + b'\\";a="' * 9000 + b"\r\n\r\n",
    "semicolons": lambda: b"Content-Type: text/plain" + b";" * 60_000 + b"\r\n\r\n",
    "authentication quotes": lambda: (
        FROM + b"Authentication-Results: mx.example; " + b'a="\\" ' * 10_000 + b"\r\n\r\n"
    ),
    "authentication brackets": lambda: (
        FROM + b"Authentication-Results: mx.example; " + b"(" * 60_000 + b"\r\n\r\n"
    ),
    "same boundary inside": lambda: (
        FROM
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n--b--"
    ),
    "long boundary": lambda: (
        FROM + b"Content-Type: multipart/mixed; boundary=" + b"b" * 60_000 + b"\r\n\r\nx"
    ),
    "strange date": lambda: FROM + b"Date: Mon, 1 Jan 99999999999 99:99:99 +9999999\r\n\r\nx",
    "date of a huge zone": lambda: FROM + b"Date: 1 Jan 2020 00:00:00 +99999999999999\r\n\r\nx",
    "encoded pad signs": lambda: (
        FROM + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QQ==" * 200_000
    ),
    "uuencoded": lambda: (
        FROM
        + b"Content-Transfer-Encoding: uuencode\r\n\r\nbegin 644 x\r\n"
        + b"!\xff\xfe\r\n" * 10_000
    ),
    "picture references": lambda: FROM + b"Content-Type: text/html\r\n\r\n" + b"cid:x " * 300_000,
    "base64 of 20 MB": lambda: (
        FROM
        + b"Content-Transfer-Encoding: base64\r\nContent-Type: application/pdf\r\n\r\n"
        + base64.encodebytes(b"x" * 15_000_000)
    ),
    "no end of quoted-printable": lambda: (
        FROM + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=" * 1_000_000
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_beyond_the_limits_is_refused_quickly(name: str) -> None:
    raw = REFUSED[name]()
    started = time.process_time()
    with pytest.raises(Unreadable) as refused:
        parse(raw)
    assert refused.value.code == "too-complex"
    assert refused.value.sentence.endswith("its original is kept.")
    assert isinstance(head(raw), Message)
    assert time.process_time() - started < 3


@pytest.mark.parametrize("name", BOUNDED)
def test_what_is_within_the_limits_is_read_quickly(name: str) -> None:
    raw = BOUNDED[name]()
    started = time.process_time()
    read = parse(raw, authserv_ids=("mx.example",))
    assert time.process_time() - started < 3
    assert read.authentication.verdict in ("none", "fail")
    assert head(raw).channel == "mail"


def test_a_mail_above_35_mb_is_too_large() -> None:
    with pytest.raises(Unreadable) as refused:
        parse(FROM + b"\r\n" + b"x" * limits.MAIL_BYTES)
    assert refused.value.code == "too-large"


def test_just_within_the_limits() -> None:
    assert len(parse(parts(499)).parts) == 499
    assert parse(nested_multiparts(30)).parts[0].text == "x"
    assert parse(FROM + b"X:y\r\n" * 999 + b"\r\nx").parts[0].text == "x"


SEED = (
    b"Return-Path: <a@b.example>\r\nAuthentication-Results: mx.example; spf=pass smtp.mailfrom=a@b.example\r\n"
    b'From: =?utf-8?q?J=C3=B6rg?= <a@b.example>\r\nTo: x@y.example, "Q, R" <z@y.example>\r\n'
    b"Subject: =?utf-8?b?UE8gNDcxMQ==?=\r\nDate: Sun, 22 Nov 2026 03:00:00 +0100\r\n"
    b"Message-ID: <1@b.example>\r\nAuto-Submitted: no\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"\r\n\r\n'
    b"--b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"NSBUcsOkZ2Vy\r\n--b1\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n"
    b"Final-Recipient: rfc822; q@y.example\r\n--b1\r\nContent-Type: message/rfc822\r\n\r\n"
    b"Message-ID: <old@b.example>\r\nSubject: old\r\n\r\nx\r\n--b1\r\n"
    b"Content-Type: application/pdf; name*0*=utf-8''a%20; name*1=b.pdf\r\n"
    b'Content-Disposition: attachment; filename="a b.pdf"\r\n\r\n%PDF\r\n--b1--\r\n'
)
PIECES = st.sampled_from(
    [
        b"\r\n",
        b"\n",
        b"\r",
        b"\0",
        b'"',
        b"(",
        b"<",
        b"=?",
        b"?=",
        b"--b1",
        b";",
        b"*0*=",
        b"\xff",
        b"=",
        b": ",
    ]
)
EDITS = st.lists(
    st.tuples(
        st.integers(0, len(SEED)),
        st.integers(0, 40),
        st.one_of(PIECES, st.binary(max_size=8)),
    ),
    max_size=8,
)


def readable(raw: bytes) -> None:
    try:
        read = parse(raw, authserv_ids=("mx.example",), own_addresses=frozenset({"z@y.example"}))
    except Unreadable as refused:
        assert refused.code in ("too-complex", "too-large")
        return
    assert [p.number for p in read.parts] == list(range(1, len(read.parts) + 1))
    shown = [read.subject, read.sender.name, *(p.filename for p in read.parts)]
    assert not any(sign in text for text in shown for sign in "\r\n\0\u202e")
    for text in (read.subject, *(p.text or "" for p in read.parts), *(v for _, v in read.headers)):
        text.encode("utf-8")  # no lone surrogates, which no database takes


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EDITS)
def test_mutated_mails_never_raise(edits: list[tuple[int, int, bytes]]) -> None:
    raw = SEED
    for at, length, put in edits:
        raw = raw[:at] + put + raw[at + length :]
    readable(raw)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_never_raise(raw: bytes) -> None:
    readable(raw)
    readable(b"Content-Type: multipart/mixed; boundary=b1\n" + raw)
    readable(b"From: " + raw + b"\nContent-Type: text/html; " + raw + b"\n\n" + raw)
