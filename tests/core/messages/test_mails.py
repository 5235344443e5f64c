"""What a customer receives, from facts to bytes."""

import email
import email.policy
from datetime import date, datetime, timezone
from decimal import Decimal

import pytest

from core.messages import documents, facts, mail, render
from core.messages.outcome import outcome
from core.values import Address

D = Decimal
OURS = facts.Sender(
    "Halden Works",
    Address("Halden Works", ("Werkweg 1",), "12345", "Berlin", "", "DE"),
    "orders@halden.example",
    "Halden orders",
    time_zone="Europe/Berlin",
)
WISH = date(2026, 12, 3)


ALL_IN_TIME = ((D(12), WISH),)
AGREED = D("4.10")


def a_line(parts=ALL_IN_TIME, price=AGREED, ordered_price=AGREED, **other):
    return facts.Line(
        number="1",
        item="BX-40",
        description="Box <bolt>",
        asked=facts.Asked(D(12), "CS", ordered_price, WISH),
        parts=tuple(facts.Part(*part) for part in parts),
        price=price,
        **other,
    )


def an_order(*lines, **other):
    return facts.OrderFacts(
        "SO000001", 1, "4711", date(2026, 11, 20), "EUR", lines, Address("N"), Address(), **other
    )


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        (a_line(), ("accepted",)),
        (a_line(parts=((D(12), date(2026, 12, 8)),)), ("date-changed",)),
        (a_line(parts=((D(4), WISH), (D(8), date(2026, 12, 9)))), ("split", "date-changed")),
        (a_line(parts=((D(10), WISH),)), ("quantity-changed",)),
        (a_line(parts=((D(10), date(2026, 12, 9)),), price=D(5)), ("quantity-changed", "price-changed", "date-changed")),
        (a_line(parts=((D(12), None),)), ("backordered",)),
        (a_line(parts=(), cancelled=D(12)), ("cancelled",)),
        (a_line(parts=(), rejected_reason="no longer made"), ("rejected", "quantity-changed")),
        (a_line(ordered_price=None), ("accepted",)),
    ],
)  # fmt: skip
def test_outcome_has_a_precedence(line, codes):
    assert outcome(line).all_codes == codes


def rendered(order, language="en"):
    return render.render(
        "order-acknowledgement",
        order,
        sender=OURS,
        recipient=facts.Recipient("Ana", "ana@customer.example", language),
    )


def test_only_differences_are_marked():
    mail_ = rendered(an_order(a_line(), a_line(parts=((D(12), date(2026, 12, 8)),))))
    assert mail_.text.count("\n* 1") == 1
    assert "Tue 8 Dec 2026" in mail_.text
    assert "Everything is confirmed" not in mail_.text
    assert "Everything is confirmed as you asked." in rendered(an_order(a_line())).text


def test_an_answer_that_waits_for_consent_is_an_offer_in_both_languages():
    order = an_order(a_line(), is_offer=True, differing=(("2", ("split", "price-changed")),))
    told = rendered(order)
    for text in (told.text, told.html):
        assert "line 2: in several deliveries, price changed. This is our offer" in text
        assert "we confirm" not in text.lower() and "Everything is confirmed" not in text
    assert told.subject.startswith("Offer ")
    told = rendered(order, "de")
    for text in (told.text, told.html):
        assert "Position 2: in mehreren Lieferungen, Preis geändert. Das ist unser Angebot" in text
        assert "bestätig" not in text.replace("Auftragsbestätigung", "")
    assert told.subject.startswith("Angebot ")


def test_html_escapes_what_the_customer_wrote():
    assert "Box &lt;bolt&gt;" in rendered(an_order(a_line())).html


def test_figures_and_days_in_the_readers_form():
    text = rendered(an_order(a_line(price=D("1234.5"), ordered_price=D("1234.5"))), "de").text
    assert "1.234,50 EUR/CS" in text
    assert "Do. 3. Dez. 2026" in text


def test_unknown_language_falls_back_to_english():
    assert rendered(an_order(a_line()), "fi").text.startswith("Dear Ana")


def test_a_users_template_wins(tmp_path):
    own = tmp_path / "en" / "rejection"
    own.mkdir(parents=True)
    (own / "body.txt").write_text("Sorry about {{ facts.po_number }}.")
    result = render.render(
        "rejection",
        facts.RejectionFacts("4711", "credit"),
        sender=OURS,
        recipient=facts.Recipient("Ana", "a@b.example"),
        overrides=tmp_path,
    )
    assert result.text == "Sorry about 4711.\n"
    assert "credit" in result.html


def build(thread):
    return mail.build(
        rendered(an_order(a_line())),
        sender=OURS,
        recipient=facts.Recipient("Ana\r\nBcc: x@y.example", "ana@customer.example"),
        thread=thread,
        message_id="<orderclerk.1@halden.example>",
        secret_key="k",
        at=datetime(2026, 11, 22, tzinfo=timezone.utc),
        attachments=(mail.Attachment("a.pdf", "application/pdf", b"%PDF-"),),
    )


def test_a_reply_stays_in_the_customers_thread_and_says_it_is_automatic():
    raw = build(facts.Thread("<in@customer.example>", ("<older@customer.example>",), "RE: PO 4711"))
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert read["In-Reply-To"] == "<in@customer.example>"
    assert read["References"] == "<older@customer.example> <in@customer.example>"
    assert read["Subject"].startswith("Re: PO 4711 [")
    assert read["Auto-Submitted"] == "auto-replied"
    assert read["X-Orderclerk-Token"] == mail.token("<orderclerk.1@halden.example>", "k")
    assert [p.get_content_type() for p in read.walk()].count("application/pdf") == 1
    assert all(len(row) <= 998 for row in raw.split(b"\r\n"))
    assert max(raw) < 128


def test_hostile_header_text_cannot_add_headers():
    raw = build(facts.Thread("<in@x.example> \r\nX-Evil: 1", (), "PO\r\nBcc: victim@y.example\x00"))
    read = email.message_from_bytes(raw)
    assert read["Bcc"] is None
    assert read["X-Evil"] is None
    assert read["In-Reply-To"] is None


def test_message_id_is_fixed_for_a_row_and_secret():
    assert mail.message_id(7, "h.example", "k") == mail.message_id(7, "h.example", "k")
    assert mail.message_id(7, "h.example", "k") != mail.message_id(8, "h.example", "k")


def test_documents_are_pdfs_with_their_numbers():
    pdfplumber = pytest.importorskip("pdfplumber")
    import io

    package = facts.PackageFacts(1, "340123450000000017", D("2.5"), (("BX-40", D(4), "CS"),))
    line = facts.ShippedLine(
        "1", "BX-40", "c-1", "Łódź bolt", D(4), "CS", D(12), D(8), "L1", "A-01"
    )
    shipment = facts.ShipmentFacts(
        "SH1", "SO000001", "4711", Address("N", ("Dock 14",)), OURS.address, (line,), (package,)
    )
    for pdf, word in (
        (documents.order_acknowledgement(an_order(a_line()), OURS, "de"), "SO000001"),
        (documents.packing_slip(shipment, OURS, "en"), "Łódź"),
        (documents.pick_list(shipment, OURS, "en"), "A-01"),
        (documents.label(shipment, package, OURS, "en"), "(00) 340123450000000017"),
    ):
        with pdfplumber.open(io.BytesIO(pdf)) as opened:
            assert word in opened.pages[0].extract_text()
