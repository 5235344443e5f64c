"""The invoice (or credit note) on paper: what was shipped, at the confirmed price, with tax by rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from core.messages import words
from core.messages.documents import sheet
from core.messages.electronic.facts import InvoiceAnswer, InvoicedLine
from core.messages.facts import Sender

WORDS = {
    "en": {
        "invoice": "Invoice",
        "credit": "Credit note",
        "day": "Date",
        "due": "Due on",
        "po": "Your order",
        "order": "Our order",
        "shipment": "Shipment",
        "shipped": "Shipped on",
        "terms": "Payment terms",
        "bank": "Bank",
        "vat": "Your VAT number",
        "bill_to": "Bill to",
        "ship_to": "Delivered to",
        "heads": ("Line", "Item", "Quantity", "Price", "Tax", "Amount"),
        "goods": "Goods",
        "freight": "Freight",
        "net": "Net total",
        "tax": "Tax",
        "total": "Total",
    },
    "de": {
        "invoice": "Rechnung",
        "credit": "Gutschrift",
        "day": "Datum",
        "due": "Fällig am",
        "po": "Ihre Bestellung",
        "order": "Unser Auftrag",
        "shipment": "Lieferung",
        "shipped": "Versandt am",
        "terms": "Zahlung",
        "bank": "Bankverbindung",
        "vat": "Ihre USt-IdNr.",
        "bill_to": "Rechnung an",
        "ship_to": "Geliefert an",
        "heads": ("Pos.", "Artikel", "Menge", "Preis", "Steuer", "Betrag"),
        "goods": "Waren",
        "freight": "Fracht",
        "net": "Nettosumme",
        "tax": "Steuer",
        "total": "Gesamtbetrag",
    },
}

Remarks = Sequence[str]


def invoice(answer: InvoiceAnswer, sender: Sender, language: str, remarks: Remarks = ()) -> bytes:
    """A4 PDF with the stored sums; remarks: why no tax is asked, for example."""
    language = words.language_of(language)
    say = WORDS[language]
    title = str(say["credit" if answer.is_credit else "invoice"])
    flow = sheet.letterhead(sender, title, answer.number)
    flow.append(
        sheet.side_by_side(
            [sheet.facts_table(tuple(_facts(answer, language)))],
            [
                *sheet.address(str(say["bill_to"]), answer.parties.buyer.address),
                sheet.gap(3),
                *sheet.address(str(say["ship_to"]), answer.parties.ship_to.address),
            ],
        )
    )
    flow.append(sheet.gap(5))
    rows = [_row(line, answer.currency, language) for line in answer.lines]
    flow.append(sheet.grid(say["heads"], rows, (10, 70, 24, 26, 16, 28)))
    flow.append(sheet.gap(3))
    for label, amount, is_total in _sums(answer):
        told = f"{say[label]}: {words.money(amount, answer.currency, language)}"
        flow.append(sheet.text(told, right=True, bold=is_total, size=10 if is_total else 9))
    for remark in (*remarks, f"{say['bank']}: {answer.bank}" if answer.bank else ""):
        if remark:
            flow += [sheet.gap(2), sheet.text(remark)]
    return sheet.page(sender, f"{title} {answer.number}", flow)


def _facts(answer: InvoiceAnswer, language: str) -> Iterator[tuple[str, str]]:
    say = WORDS[language]
    buyer_vat = next((one.id for one in answer.parties.buyer.ids if one.scheme == "vat"), "")
    for label, value in (
        ("day", words.day(answer.day, language)),
        ("due", words.day(answer.due_on, language)),
        ("po", answer.po_number),
        ("order", answer.order_number),
        ("shipment", answer.shipment_number),
        ("shipped", words.day(answer.shipped_on, language)),
        ("terms", answer.payment_terms),
        ("vat", buyer_vat),
    ):
        yield str(say[label]), value


def _row(line: InvoicedLine, currency: str, language: str) -> list[object]:
    return [
        line.number,
        f"{line.item}\n{line.description}",
        f"{words.figure(line.quantity, language)} {line.unit}",
        sheet.text(words.price(line.price, language), right=True),
        sheet.text(f"{words.figure(line.tax_percent, language)} %", right=True),
        sheet.text(words.money(line.amount, currency, language), right=True),
    ]


def _sums(answer: InvoiceAnswer) -> Iterator[tuple[str, Decimal, bool]]:
    goods = sum((line.amount for line in answer.lines), Decimal(0))
    if answer.freight:
        yield "goods", goods, False
        yield "freight", answer.freight, False
    yield "net", goods + answer.freight, False
    yield "tax", answer.tax, False
    yield "total", answer.total, True
