"""Only our own server's stamp counts, and only for the domain the mail says it is from."""

from __future__ import annotations

import itertools

import pytest

from intake.mime import parse

OURS = ("mx.demo.example",)


def verdict(
    stamps: list[str], sender: str = "buyer@kunde.example", ids: tuple[str, ...] = OURS
) -> str:
    lines = "".join(f"Authentication-Results: {s}\r\n" for s in stamps)
    raw = f"{lines}From: {sender}\r\nSubject: x\r\n\r\nx".encode()
    return parse(raw, authserv_ids=ids).authentication.verdict


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("mx.demo.example; dmarc=pass header.from=kunde.example", "pass"),
        ("MX.Demo.Example; dmarc=pass header.from=kunde.example", "pass"),
        ("mx.demo.example 1; dmarc=pass (p=none) header.from=kunde.example", "pass"),
        ("mx.demo.example; dkim=pass header.d=kunde.example header.s=s1", "pass"),
        ("mx.demo.example; dkim=pass header.i=@mail.kunde.example", "pass"),
        ("mx.demo.example; spf=pass smtp.mailfrom=kunde.example", "pass"),
        ("mx.demo.example; spf=pass smtp.mailfrom=bounce+a=b@mail.kunde.example", "pass"),
        ('mx.demo.example; dkim=pass header.d=kunde.example header.b="aB/c+=="', "pass"),
        ("mx.demo.example; spf=fail smtp.mailfrom=x; dkim=pass header.d=kunde.example", "pass"),
        (
            "mx.demo.example; dkim=fail header.d=kunde.example; dkim=pass header.d=kunde.example",
            "pass",
        ),
        (
            "mx.demo.example; dmarc=fail header.from=kunde.example; spf=pass smtp.mailfrom=kunde.example",
            "fail",
        ),
        ("mx.demo.example; dmarc=pass header.from=other.example", "fail"),
        ("mx.demo.example; dkim=pass header.d=other.example", "fail"),
        ("mx.demo.example; dkim=pass header.d=notkunde.example", "fail"),
        ("mx.demo.example; dkim=pass header.d=example", "fail"),
        ("mx.demo.example; dkim=pass", "fail"),
        ("mx.demo.example; spf=pass smtp.mailfrom=other.example", "fail"),
        ("mx.demo.example; spf=softfail smtp.mailfrom=kunde.example", "fail"),
        ("mx.demo.example; spf=neutral", "fail"),
        ("mx.demo.example; none", "none"),
        ("mx.demo.example; spf=none; dkim=none", "none"),
        ("other.example; dmarc=pass header.from=kunde.example", "none"),
        ("dmarc=pass header.from=kunde.example", "none"),
        ("", "none"),
        # what a sender can put into his envelope address
        ('mx.demo.example; spf=pass smtp.mailfrom="x@kunde.example"@evil.example', "none"),
        ('mx.demo.example; spf=pass smtp.mailfrom="x@kunde.example "@evil.example', "none"),
        ('mx.demo.example; spf=pass smtp.mailfrom="a; dmarc=pass"@evil.example', "none"),
        ('mx.demo.example; spf=pass smtp.mailfrom="a dmarc=pass header.from=kunde.example', "none"),
        ("mx.demo.example; spf=pass smtp.mailfrom=a=kunde.example@evil.example", "fail"),
        ("mx.demo.example; spf=pass (x dmarc=pass) smtp.mailfrom=evil.example", "fail"),
        (
            "mx.demo.example; spf=pass (a(b) dkim=pass header.d=kunde.example) smtp.mailfrom=e.example",
            "fail",
        ),
        ('mx.demo.example; spf=fail (of "a) ; dmarc=pass header.from=kunde.example ("@e)', "none"),
        ("mx.demo.example; spf=fail (open; dmarc=pass header.from=kunde.example", "none"),
        ("mx.demo.example; x-dmarc=pass header.from=kunde.example; spf=fail", "fail"),
    ],
)
def test_one_stamp(stamp: str, expected: str) -> None:
    assert verdict([stamp]) == expected


def test_the_topmost_trusted_stamp_decides() -> None:
    good = "mx.demo.example; dmarc=pass header.from=kunde.example"
    bad = "mx.demo.example; dmarc=fail header.from=kunde.example"
    odd = 'mx.demo.example; "'
    assert verdict([bad, good]) == "fail"
    assert verdict([odd, good]) == "none"
    assert verdict(["else.example; dmarc=fail", good, bad]) == "pass"


def test_nothing_passes_without_a_configured_server() -> None:
    stamps = ["mx.demo.example; dmarc=pass header.from=kunde.example", "; dmarc=pass", "dmarc=pass"]
    for some in itertools.permutations(stamps):
        assert verdict(list(some), ids=()) == "none"


def test_servers_that_stamp_without_a_name() -> None:
    stamp = (
        "spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=kunde.example; dkim=pass (signature was verified)"
        "\r\n header.d=kunde.example;dmarc=pass action=none header.from=kunde.example;compauth=pass reason=100"
    )
    assert verdict([stamp], ids=("-",)) == "pass"
    assert verdict([stamp]) == "none"


@pytest.mark.parametrize(
    "sender",
    [
        "buyer@kunde.example, ceo@evil.example",
        "ceo@evil.example, buyer@kunde.example",
        "buyer@kunde.example\r\nFrom: ceo@evil.example",
        '"buyer@kunde.example" <ceo@evil.example>',
        "buyer@kunde.example <ceo@evil.example>",
        "=?utf-8?q?buyer=40kunde=2Eexample?= <ceo@evil.example>",
        "buyer@kunde.example@evil.example",
        "buyer@kunde.example.evil.example",
        "buyer@kunde.example:ceo@evil.example",
        "<buyer@kunde.example>, <ceo@evil.example>",
        "Group: buyer@kunde.example, ceo@evil.example;",
        "buyer",
        "",
    ],
)
def test_a_pass_for_one_domain_is_none_for_another(sender: str) -> None:
    """dmarc=pass for kunde.example and for evil.example: neither makes a doubtful From verified."""
    message = parse(
        b"Authentication-Results: mx.demo.example; dmarc=pass header.from=kunde.example\r\nFrom: "
        + sender.encode()
        + b"\r\n\r\nx",
        authserv_ids=OURS,
    )
    verified = message.authentication.verdict == "pass"
    assert not verified or message.sender.address == "buyer@kunde.example" == "".join(
        m.address for m in message.senders
    )
    assert not verified


@pytest.mark.parametrize(
    ("headers", "is_ambiguous"),
    [
        ("From: Jane <jane@kunde.example>", False),
        ("From: jane@kunde.example <jane@kunde.example>", False),
        ("From: jane@kunde.example <jane@mail.kunde.example>", False),
        ("From: jane@kunde.example\nSender: erp@mail.kunde.example", False),
        ("From: jane@kunde.example\nReply-To: orders@kunde.example", False),
        ("From: jane@kunde.example\nSender: x@other.example", True),
        ("From: jane@kunde.example\nReply-To: x@other.example", True),
        ("From: jane@kunde.example\nFrom: x@other.example", True),
        ("From: jane@kunde.example, x@kunde.example", True),
        ("From: ceo@kunde.example <x@evil.example>", True),
        ("From: Jane", True),
        ("From: jane@", True),
        ("Subject: no sender", True),
        ("From: Ja\u202ene <jane@kunde.example>", True),
        ("From: =?utf-8?q?Jane=0D=0ABcc=3A?= <jane@kunde.example>", True),
        ("From: Jane <jane@kund\u0435.example>", True),  # a Cyrillic e
        ("From: Jane <jane@xn--kund-8xe.example>", True),
        ("From: Jörg <jane@müller.example>", False),
        ("From: Jane <jane@xn--mller-kva.example>", False),
        ("From: Иван <ivan@почта.example>", False),
    ],
)
def test_senders_that_are_not_one_clear_answer(headers: str, is_ambiguous: bool) -> None:
    message = parse(headers.encode() + b"\n\nx")
    assert ("sender-ambiguous" in {f.code for f in message.findings}) == is_ambiguous
