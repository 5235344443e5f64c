"""Ordinary mails become the values they should; odd ones become findings."""

from __future__ import annotations

from datetime import datetime, timezone
from email.message import EmailMessage

import pytest

from core.inbound.values import Mailbox, Message
from intake.mime import head, parse


def mail(text: str) -> bytes:
    """Headers and body as written, with CRLF line ends."""
    return text.strip("\n").replace("\n", "\r\n").encode("utf-8", "surrogateescape")


def codes(message: Message) -> set[str]:
    return {f.code for f in message.findings}


def kinds(message: Message) -> list[tuple[int, str, str, int]]:
    return [(p.number, p.kind, p.content_type, p.parent) for p in message.parts]


def test_an_order_with_text_html_picture_and_pdf() -> None:
    order = EmailMessage()
    order["From"] = "Jörg Käufer <J.Kaeufer@Kunde.example>"
    order["To"] = 'orders@demo.example, "Desk, Sales" <sales@demo.example>'
    order["Cc"] = "cc@kunde.example"
    order["Subject"] = "Bestellung 4711 – Träger für Köln"
    order["Date"] = "Sun, 22 Nov 2026 03:00:00 +0100"
    order["Message-ID"] = "<1@kunde.example>"
    order["References"] = "<0@demo.example> <00@demo.example>"
    order["In-Reply-To"] = "<00@demo.example>"
    order.set_content("Guten Tag,\nbitte liefern Sie 5 Träger.\n")
    order.add_alternative('<p>Träger <img src="cid:logo@k"></p>', subtype="html")
    page = order.get_payload()[1]
    page.add_related(b"\x89PNG", "image", "png", cid="<logo@k>", filename="logo.png")
    order.add_attachment(b"%PDF-1.4", "application", "pdf", filename="Bestellung für Köln.pdf")
    order["Content-Language"] = "de-DE"

    read = parse(order.as_bytes())

    assert read.channel == "mail"
    assert read.subject == "Bestellung 4711 – Träger für Köln"
    assert read.sender == Mailbox("Jörg Käufer", "j.kaeufer@kunde.example")
    assert read.to == (
        Mailbox("", "orders@demo.example"),
        Mailbox("Desk, Sales", "sales@demo.example"),
    )
    assert read.date == datetime(2026, 11, 22, 2, 0, tzinfo=timezone.utc)
    assert read.message_id == "<1@kunde.example>"
    assert read.in_reply_to == "<00@demo.example>"
    assert read.references == ("<0@demo.example>", "<00@demo.example>")
    assert read.language == "de-de"
    assert kinds(read) == [
        (1, "body-text", "text/plain", 0),
        (2, "body-html", "text/html", 0),
        (3, "inline-image", "image/png", 0),
        (4, "attachment", "application/pdf", 0),
    ]
    assert read.parts[0].text == "Guten Tag,\nbitte liefern Sie 5 Träger.\n"
    assert read.parts[3].filename == "Bestellung für Köln.pdf"
    assert read.parts[3].content == b"%PDF-1.4"
    assert read.findings == ()
    assert read.automatic == ""
    assert parse(order.as_bytes()) == read


def test_a_forwarded_mail_and_its_attachment_are_parts_with_a_parent() -> None:
    inner = EmailMessage()
    inner["From"] = "buyer@kunde.example"
    inner["Subject"] = "PO 9"
    inner.set_content("see file")
    inner.add_attachment(b"a;b\n", "text", "csv", filename="po.csv")
    outer = EmailMessage()
    outer["From"] = "sales@demo.example"
    outer["Message-ID"] = "<2@demo.example>"
    outer.set_content("FYI")
    outer.add_attachment(inner)

    read = parse(outer.as_bytes())

    assert kinds(read) == [
        (1, "body-text", "text/plain", 0),
        (2, "message", "message/rfc822", 0),
        (3, "body-text", "text/plain", 2),
        (4, "attachment", "text/csv", 2),
    ]
    assert b"Subject: PO 9" in read.parts[1].content
    assert parse(read.parts[1].content).subject == "PO 9"


def test_an_eml_file_sent_as_plain_attachment_is_opened_too() -> None:
    outer = EmailMessage()
    outer["From"] = "a@kunde.example"
    outer.set_content("forwarded")
    outer.add_attachment(
        b"Subject: PO 7\r\n\r\n5 bolts\r\n", "application", "octet-stream", filename="PO 7.eml"
    )
    assert kinds(parse(outer.as_bytes()))[1:] == [
        (2, "message", "application/octet-stream", 0),
        (3, "body-text", "text/plain", 2),
    ]


def test_mails_are_opened_three_deep() -> None:
    raw = b"Subject: inner\r\n\r\nbody\r\n"
    for _ in range(5):
        raw = b"From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n" + raw
    read = parse(raw)
    assert [p.kind for p in read.parts] == ["message"] * 4
    assert "nested-too-deep" in codes(read)


def test_a_picture_sent_inline_without_being_shown_is_an_attachment() -> None:
    read = parse(
        mail("""
From: a@b.example
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

order on the photo
--x
Content-Type: image/jpeg; name="order.jpg"
Content-Disposition: inline; filename="order.jpg"
Content-Transfer-Encoding: base64

/9j/
--x
Content-Type: image/gif
Content-ID: <pixel>
Content-Disposition: inline

GIF
--x--
""")
    )
    assert [p.kind for p in read.parts] == ["body-text", "attachment", "inline-image"]
    assert read.parts[1].content == b"\xff\xd8\xff"


def test_text_with_a_file_name_is_an_attachment_unless_it_is_all_there_is() -> None:
    named = 'Content-Type: text/plain; name="order.txt"\n\n5 bolts\n'
    alone = parse(mail("From: a@b.example\n" + named))
    beside = parse(
        mail(
            "From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n"
            f"--x\n\nhello\n--x\n{named}--x--\n"
        )
    )
    assert [p.kind for p in alone.parts] == ["body-text"]
    assert [p.kind for p in beside.parts] == ["body-text", "attachment"]


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?UTF-8?B?R3LDvMOfZQ==?= =?utf-8?q?_4711?=", "Grüße 4711"),
        ("=?utf-8?b?R3LD?= =?utf-8?b?vMOfZQ==?=", "Grüße"),  # a character cut in two
        ("Re: =?iso-8859-1?q?Gr=FC=DFe?= end", "Re: Grüße end"),
        ("=?windows-1252?q?5_=80?=", "5 €"),
        ("=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?iso-2022-jp?b?GyRCQ21KOBsoQg==?=", "注文"),
        ("=?utf-8?q?broken", "=?utf-8?q?broken"),
        ("=?nonsense?q?abc=FC?=", "abcü"),
        ("=?utf-7?b?K0FHRS0=?=", "+AGE-"),
        ("=?zlib?b?eJxLBAAAYgBi?=", None),
        ("=?utf-8?b?!!!!?=", ""),
        ("PO=?utf-8?q?=0D=0ABcc=3A_x=40y.example?=", "PO Bcc: x@y.example"),
        ("=?utf-8?q?a=00b?=", "a b"),
        ("a \u202egpj.exe", "a gpj.exe"),
        ("folded\r\n\tsubject\r\n line", "folded subject line"),
        ("Grüße roh", "Grüße roh"),
    ],
)
def test_subjects_are_decoded_and_harmless(header: str, subject: str | None) -> None:
    read = parse(f"From: a@b.example\r\nSubject: {header}\r\n\r\nx".encode())
    if subject is not None:
        assert read.subject == subject
    assert not any(c in read.subject for c in "\r\n\x00\u202e")


def test_hidden_line_breaks_in_a_subject_are_told() -> None:
    read = parse(b"From: a@b.example\nSubject: =?utf-8?q?PO=0D=0ABcc=3Ax?=\n\nx")
    assert "hidden-characters" in codes(read)


def test_windows_1252_bytes_in_a_header_are_guessed() -> None:
    read = parse(b"From: a@b.example\nSubject: Gr\xfc\xdfe\n\nx")
    assert read.subject == "Grüße"
    assert "charset-guessed" in codes(read)


@pytest.mark.parametrize(
    ("charset", "content", "text", "guessed"),
    [
        ("utf-8", "Grüße".encode(), "Grüße", False),
        ("", b"plain", "plain", False),
        ("us-ascii", "Grüße".encode(), "Grüße", True),
        ("us-ascii", "Grüße".encode("latin-1"), "Grüße", True),
        ("iso-8859-1", "5 €".encode("cp1252"), "5 €", False),
        ("utf-8", "Grüße".encode("latin-1"), "Grüße", True),
        ("unknown-8bit", "Grüße".encode("latin-1"), "Grüße", True),
        ("x-user-defined", b"plain", "plain", True),
        ("zlib", b"plain", "plain", True),
        ("idna", b"xn--plain", "xn--plain", True),
        ("utf-7", b"+AGE-", "+AGE-", True),
        ("ks_c_5601-1987", "주문".encode("cp949"), "주문", False),
        ("shift_jis", "注文".encode("cp932"), "注文", False),
        ("gb2312", "订单".encode("gb18030"), "订单", False),
        ("koi8-r", "заказ".encode("koi8-r"), "заказ", False),
        ("Windows-1251", "заказ".encode("cp1251"), "заказ", False),
        ("utf-16", "Grüße".encode("utf-16"), "Grüße", False),
        ("utf-8", b"\xef\xbb\xbfGr\xc3\xbc\xc3\x9fe", "Grüße", False),
        ('"utf-8"', "Grüße".encode(), "Grüße", False),
    ],
)
def test_charsets(charset: str, content: bytes, text: str, guessed: bool) -> None:
    label = f"; charset={charset}" if charset else ""
    read = parse(f"From: a@b.example\r\nContent-Type: text/plain{label}\r\n\r\n".encode() + content)
    assert read.parts[0].text == text
    assert ("charset-guessed" in codes(read)) == guessed


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="a b.pdf"', "a b.pdf"),
        ("attachment; filename=a b.pdf", "a b.pdf"),
        ("attachment; filename*=UTF-8''Bestellung%20f%C3%BCr.pdf", "Bestellung für.pdf"),
        ("attachment; filename*0*=UTF-8''Best%C3%BC; filename*1=llung.pdf", "Bestüllung.pdf"),
        ('attachment; filename*0="very "; filename*1="long.pdf"', "very long.pdf"),
        ('attachment; filename="=?utf-8?b?QmVzdMO8Y2sucGRm?="', "Bestück.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\Users\\\\me\\\\po.pdf"', "po.pdf"),
        ('attachment; filename="po\u202efdp.exe"', "pofdp.exe"),
        ('attachment; filename="=?utf-8?q?po=0D=0A=00.pdf?="', "po .pdf"),
        ("attachment; filename*", ""),
        ("attachment; filename*=''", ""),
        ("attachment; filename*=x'y", "x'y"),
        ('attachment; filename="unterminated.pdf', "unterminated.pdf"),
        ('attachment; filename="' + "x" * 5000 + '.pdf"', "x" * 120 + "….pdf"),
    ],
)
def test_file_names(header: str, name: str) -> None:
    raw = f"From: a@b.example\r\nContent-Type: application/pdf\r\nContent-Disposition: {header}\r\n\r\n%PDF"
    assert parse(raw.encode()).parts[0].filename == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("From: a@b.example\nContent-Transfer-Encoding: base64\n\nQUJD*", "mime-damaged"),
        ("From: a@b.example\nContent-Type: multipart/mixed\n\n--x\n\nhi\n--x--\n", "mime-damaged"),
        (
            "From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\ncut",
            "mime-damaged",
        ),
        ("From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\nnone", "mime-damaged"),
        ("From sender Sun Nov 22\nFrom: a@b.example\n\nhi", "mime-damaged"),
        ("From: a@b.example\nno header line\nSubject: x\n\nhi", "mime-damaged"),
        ("From: a@b.example\nContent-Type: application/ms-tnef\n\nx", "tnef-unread"),
        (
            'From: a@b.example\nContent-Type: application/octet-stream; name="WINMAIL.DAT"\n\nx',
            "tnef-unread",
        ),
        (
            "From: a@b.example\nContent-Type: multipart/encrypted; boundary=x\n\n--x\n\na\n--x--",
            "encrypted",
        ),
        (
            "From: a@b.example\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx",
            "encrypted",
        ),
        ("From: a@b.example\n\n-----BEGIN PGP MESSAGE-----\n\nx", "encrypted"),
        (
            "From: a@b.example\nContent-Type: multipart/signed; boundary=x\n\n--x\n\na\n--x--",
            "signed",
        ),
        (
            "From: a@b.example\nContent-Type: application/pkcs7-mime; smime-type=signed-data\n\nx",
            "signed-opaque",
        ),
        ("From: a@b.example\nContent-Type: message/partial; number=1\n\nx", "mail-incomplete"),
        ("From: a@b.example\n\nx", "message-id-missing"),
        ("From: a@b.example\nMessage-ID: <1@x>\nMessage-ID: <2@x>\n\nx", "message-id-repeated"),
        ("From: a@b.example\nDate: Mon, 99 Foo 99999999999\n\nx", "date-unreadable"),
    ],
)
def test_odd_mails_become_findings(text: str, code: str) -> None:
    assert code in codes(parse(mail(text)))


def test_a_damaged_mail_keeps_its_text() -> None:
    for text in (
        "From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n5 bolts",
        "From: a@b.example\nContent-Type: multipart/mixed\n\n--x\n\n5 bolts\n--x--\n",
        "From: a@b.example\nContent-Type: multipart/mixed; boundary=y\n\n5 bolts\n",
        "From: a@b.example\nContent-Type: multipart/mixed; boundary=wrong\n\n--x\n\n5 bolts\n--x--\n",
        "From: a@b.example\nno header\nContent-Type: text/plain\n\n5 bolts",
        "From: a@b.example\n5 bolts",
        "5 bolts",
    ):
        read = parse(mail(text))
        assert [p.kind for p in read.parts] == ["body-text"], text
        assert "5 bolts" in (read.parts[0].text or ""), text


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"])
def test_all_line_ends_are_read(ends: bytes) -> None:
    text = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhi\n--x\n\nho\n--x--\n"
    assert [p.text for p in parse(text.replace(b"\n", ends)).parts] == ["hi", "ho"]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("<[strange]@x>", "<[strange]@x>"),
        ("<a@b> (comment)", "<a@b>"),
        ("bare@x.example", "<bare@x.example>"),
        ("", ""),
        ("no id at all", ""),
        ("<>", ""),
    ],
)
def test_message_ids(value: str, found: str) -> None:
    assert parse(f"Message-ID: {value}\r\n\r\n".encode()).message_id == found


def test_undisclosed_recipients_and_groups() -> None:
    read = parse(
        b"From: a@b.example\nTo: undisclosed-recipients:;\nCc: Team: x@y.example, z@y.example;\n\n"
    )
    assert read.to == ()
    assert [m.address for m in read.cc] == ["x@y.example", "z@y.example"]


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("a@b.example", "", "a@b.example"),
        ("<a@b.example>", "", "a@b.example"),
        ('"Doe, Jane" <A@B.example>', "Doe, Jane", "a@b.example"),
        ("a@b.example (Jane Doe)", "Jane Doe", "a@b.example"),
        ("Jane (the (nested) one) Doe <a@b.example>", "Jane Doe", "a@b.example"),
        ("=?utf-8?q?J=C3=B6rg?= <a@b.example>", "Jörg", "a@b.example"),
        ('"=?utf-8?q?J=C3=B6rg?=" <a@b.example>', "Jörg", "a@b.example"),
        ("=?utf-8?q?x=40evil=2Eexample=3E=2C?= <a@b.example>", "x@evil.example>,", "a@b.example"),
        ("Jane a@b.example", "Jane", "a@b.example"),
        ("Jane", "", ""),
        ("Jane <>", "Jane", ""),
        ("Jane <jane>", "Jane", ""),
        ("a@b@c.example", "", ""),
        ("Jane <a@b.example", "Jane", "a@b.example"),
        ('"open <a@b.example>', "open", "a@b.example"),
    ],
)
def test_addresses(value: str, name: str, address: str) -> None:
    assert parse(f"From: {value}\r\n\r\n".encode()).sender == Mailbox(name, address)


def test_the_head_of_a_mail_that_is_refused() -> None:
    raw = b"From: a@b.example\nSubject: big\n" + b"X: y\n" * 5
    assert head(raw + b"\n" + b"x" * 100).subject == "big"
    assert head(b"X: y\n" * 2000) == Message("mail")
