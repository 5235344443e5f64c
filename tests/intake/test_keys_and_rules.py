"""Knowing a mail again, rules of a mailbox, and files as messages."""

from __future__ import annotations

import pytest

from intake.edi_message import from_drop
from intake.keys import content_key, relay_key
from intake.mime import parse
from intake.rules import Rule, RuleOutcome, apply

MAIL = (
    b"From: a@b.example\r\nTo: orders@demo.example\r\nSubject: PO 1\r\n"
    b"Message-ID: <1@b.example>\r\n\r\n5 bolts\r\n"
)


@pytest.mark.parametrize(
    "other",
    [
        b"Received: from x by y\r\n" + MAIL,
        b"Return-Path: <a@b.example>\r\nDelivered-To: z\r\nX-Spam: no\r\n" + MAIL,
        MAIL.replace(b"\r\n", b"\n"),
        MAIL.replace(b"Subject: PO 1", b"subject:\r\n PO  1"),
        MAIL + b"\r\n",
        b"Authentication-Results: mx; dmarc=pass\r\nARC-Seal: i=1\r\n" + MAIL,
    ],
)
def test_a_second_delivery_has_the_same_relay_key(other: bytes) -> None:
    assert relay_key(other) == relay_key(MAIL)
    assert content_key(other) != content_key(MAIL)


@pytest.mark.parametrize(
    "other",
    [
        MAIL.replace(b"5 bolts", b"6 bolts"),
        MAIL.replace(b"PO 1", b"PO 2"),
        MAIL.replace(b"<1@", b"<2@"),
        MAIL.replace(b"From: a@", b"From: b@"),
        b"",
        b"X: y\r\n" * 2000,
    ],
)
def test_another_mail_has_another_key(other: bytes) -> None:
    assert relay_key(other) != relay_key(MAIL)


ORDER = parse(
    MAIL.replace(b"\r\n\r\n", b"\r\nContent-Type: application/pdf; name=PO-1.PDF\r\n\r\n")
)


@pytest.mark.parametrize(
    ("rule", "matches"),
    [
        (Rule("any"), True),
        (Rule("from", from_contains="@B.example"), True),
        (Rule("from", from_contains="@c.example"), False),
        (Rule("to", to_contains="orders@"), True),
        (Rule("to", to_contains="quotes@"), False),
        (Rule("subject", subject_contains="po"), True),
        (Rule("subject", subject_contains="invoice"), False),
        (Rule("file", attachment_name="*.pdf"), True),
        (Rule("file", attachment_name="*.xlsx"), False),
        (Rule("with", has_attachment=True), True),
        (Rule("without", has_attachment=False), False),
        (Rule("both", from_contains="a@b", subject_contains="invoice"), False),
    ],
)
def test_conditions(rule: Rule, matches: bool) -> None:
    assert apply([rule], ORDER).matched == ((rule.name,) if matches else ())


def test_rules_in_order() -> None:
    first = Rule("mark", stop=False)
    second = Rule("order", subject_contains="po", lane="order")
    third = Rule("late", lane="other")
    assert apply([first, second, third], ORDER) == RuleOutcome("order", ("mark", "order"))
    assert apply([third, second], ORDER) == RuleOutcome("other", ("late",))
    keep_on = Rule("early", lane="change", stop=False)
    assert apply([keep_on, second], ORDER) == RuleOutcome("change", ("early", "order"))
    assert apply([], ORDER) == RuleOutcome()


@pytest.mark.parametrize(
    ("raw", "name", "kind"),
    [
        (b"ISA*00*", "a.txt", "application/edi-x12"),
        (b"\r\nUNA:+.? '", "a", "application/edifact"),
        (b"UNB+UNOC:3", "a.edi", "application/edifact"),
        (b"%PDF-1.7", "a.bin", "application/pdf"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "a", "application/xml"),
        (b"a;b", "a.csv", "text/csv"),
        (b"?", "a", "application/octet-stream"),
    ],
)
def test_a_dropped_file_is_a_message_with_one_attachment(raw: bytes, name: str, kind: str) -> None:
    message = from_drop(raw, name)
    (part,) = message.parts
    assert (message.channel, message.subject) == ("drop", name)
    assert (part.number, part.kind, part.content_type, part.content) == (1, "attachment", kind, raw)


def test_a_hostile_file_name_is_for_display_only() -> None:
    message = from_drop(b"x", "../a\u202e\n\udcff.edi")
    assert message.subject == message.parts[0].filename == "a �.edi"
