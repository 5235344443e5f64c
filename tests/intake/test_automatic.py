"""What is never answered, and which of our mails a report is about."""

from __future__ import annotations

import pytest

from intake.mime import parse


def read(headers: str, body: str = "x") -> tuple[str, str]:
    raw = f"{headers.strip()}\n\n{body}".replace("\n", "\r\n").encode()
    message = parse(raw, own_addresses=frozenset({"orders@demo.example"}))
    return message.automatic, message.bounce_of


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ("From: jane@b.example", ""),
        ("From: jane@b.example\nAuto-Submitted: no", ""),
        ("From: jane@b.example\nAuto-Submitted: No; owner-email=x@y", ""),
        ("From: jane@b.example\nAuto-Submitted:", ""),
        ("From: jane@b.example\nAuto-Submitted: auto-generated", "auto-submitted"),
        ("From: jane@b.example\nAuto-Submitted: auto-replied (vacation)", "auto-submitted"),
        ("From: jane@b.example\nauto-submitted: Auto-Notified; x=y", "auto-submitted"),
        ("From: jane@b.example\nX-Auto-Response-Suppress: All", "auto-submitted"),
        ("From: jane@b.example\nX-Auto-Response-Suppress: DR, OOF, AutoReply", "auto-submitted"),
        ("From: jane@b.example\nX-Auto-Response-Suppress: RN, NRN", ""),
        ("From: jane@b.example\nX-Auto-Response-Suppress: None", ""),
        ("From: jane@b.example\nX-Autoreply: yes", "auto-submitted"),
        ("From: jane@b.example\nX-Autoreply: no", ""),
        ("From: jane@b.example\nPrecedence: auto_reply", "auto-submitted"),
        ("From: jane@b.example\nPrecedence: bulk", "list"),
        ("From: jane@b.example\nPrecedence: Junk", "list"),
        ("From: jane@b.example\nPrecedence: first-class", ""),
        ("From: jane@b.example\nList-Id: <x.b.example>", "list"),
        ("From: jane@b.example\nList-Unsubscribe: <mailto:x@b.example>", "list"),
        ("From: jane@b.example\nReturn-Path: <>", "null-return-path"),
        ("From: jane@b.example\nReturn-Path: < >", "null-return-path"),
        ("From: jane@b.example\nReturn-Path: <jane@b.example>", ""),
        ("From: MAILER-DAEMON@b.example", "bounce"),
        ("From: postmaster@b.example", "noreply"),
        ("From: no-reply@b.example", "noreply"),
        ("From: noreply-orders@b.example", "noreply"),
        ("From: DoNotReply@b.example", "noreply"),
        ("From: do_not_reply@b.example", "noreply"),
        ("From: noreplyson@b.example", ""),
        ("From: bouncer@b.example", ""),
        ("From: jane@b.example\nSubject: Automatic reply: your order", "auto-submitted"),
        ("From: jane@b.example\nSubject: Out of Office Re: PO", "auto-submitted"),
        ("From: jane@b.example\nSubject: =?utf-8?q?Abwesenheitsnotiz=3A?=", "auto-submitted"),
        ("From: jane@b.example\nSubject: Réponse automatique : absent", "auto-submitted"),
        ("From: jane@b.example\nSubject: Automatic reply valves, 5 pieces", "auto-submitted"),
        ("From: jane@b.example\nSubject: Order: automatic valves", ""),
        ("From: jane@b.example\nX-Orderclerk-Token: abc", "own-mail"),
        ("From: Orders@Demo.example", "own-mail"),
        ("From: jane@b.example\nAuto-Submitted: auto-replied\nX-Orderclerk-Token: a", "own-mail"),
        ("From: jane@b.example\nContent-Type: multipart/report; boundary=x", "auto-submitted"),
    ],
)
def test_reasons(headers: str, reason: str) -> None:
    body = "--x\n\nreport\n--x--" if "boundary" in headers else "x"
    assert read(headers, body)[0] == reason


def test_our_token_in_a_forwarded_mail_does_not_make_the_forward_ours() -> None:
    inner = "X-Orderclerk-Token: abc\nSubject: acknowledgement\n\nx"
    assert read("From: jane@b.example\nContent-Type: message/rfc822", inner)[0] == ""


REPORT = """From: Mail System <MAILER-DAEMON@b.example>
Message-ID: <report@b.example>
Subject: Undelivered
Content-Type: multipart/report; report-type=delivery-status; boundary=x"""
REPORT_BODY = """--x

It did not work.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.b.example

Final-Recipient: rfc822; jane@b.example
Action: {action}
Status: 5.1.1
--x
Content-Type: {kind}

Message-ID: <ours@demo.example>
Subject: acknowledgement

x
--x--"""


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_delivery_report_names_our_mail(kind: str) -> None:
    assert read(REPORT, REPORT_BODY.format(action="failed", kind=kind)) == (
        "bounce",
        "<ours@demo.example>",
    )


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_of_delay_or_success_is_no_failure(action: str) -> None:
    body = REPORT_BODY.format(action=action, kind="message/rfc822")
    assert read(REPORT, body) == ("bounce", "")


def test_the_report_says_whom_and_why() -> None:
    raw = f"{REPORT}\n\n{REPORT_BODY.format(action='failed', kind='message/rfc822')}".encode()
    (finding,) = [f for f in parse(raw).findings if f.code == "delivery-failed"]
    assert finding.text == "A mail could not be delivered to jane@b.example (status 5.1.1)."


def test_an_old_style_bounce_quotes_our_mail() -> None:
    body = "Hi. I was not able to deliver:\n\n--- Below is a copy\n\n> Message-ID: <ours@demo.example>\n"
    found = read("From: MAILER-DAEMON@b.example\nMessage-ID: <own@b.example>", body)
    assert found == ("bounce", "<ours@demo.example>")


def test_a_read_receipt_is_no_bounce() -> None:
    raw = (
        b"From: jane@b.example\nContent-Type: multipart/report; report-type=disposition-notification;"
        b" boundary=x\n\n--x\n\nread\n--x\nContent-Type: message/disposition-notification\n\n"
        b"Original-Message-ID: <ours@demo.example>\n--x--\n"
    )
    message = parse(raw)
    assert (message.automatic, message.bounce_of) == ("auto-submitted", "")
    assert "read-receipt" in {f.code for f in message.findings}


def test_an_order_from_a_machine_is_still_read() -> None:
    raw = b"From: noreply@erp.example\nAuto-Submitted: auto-generated\nSubject: PO 7\n\n5 bolts\n"
    message = parse(raw)
    assert (message.subject, message.parts[0].text) == ("PO 7", "5 bolts\n")
