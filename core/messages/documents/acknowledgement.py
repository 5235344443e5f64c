"""The order acknowledgement on paper: asked against confirmed, line by line."""

from __future__ import annotations

from decimal import Decimal

from core.messages import words
from core.messages.documents import sheet
from core.messages.facts import Line, OrderFacts, Sender
from core.messages.offer import offer_sentence
from core.messages.outcome import outcome

WORDS = {
    "en": {
        "title": "Order acknowledgement",
        "cancelled": "Cancellation",
        "offer": "Offer",
        "offered": "We offer",
        "po": "Your order",
        "ordered": "Ordered on",
        "revision": "Revision",
        "terms": "Payment terms",
        "incoterms": "Delivery terms",
        "via": "Ship via",
        "ship_to": "Deliver to",
        "bill_to": "Bill to",
        "heads": ("Line", "Item", "You asked", "We confirm", "Price", "Amount"),
        "net": "Net total",
        "follows": "date follows",
        "rejected": "not accepted",
    },
    "de": {
        "title": "Auftragsbestätigung",
        "cancelled": "Stornobestätigung",
        "offer": "Angebot",
        "offered": "Angebot",
        "po": "Ihre Bestellung",
        "ordered": "Bestellt am",
        "revision": "Änderungsstand",
        "terms": "Zahlung",
        "incoterms": "Lieferbedingung",
        "via": "Versandart",
        "ship_to": "Lieferung an",
        "bill_to": "Rechnung an",
        "heads": ("Pos.", "Artikel", "Gewünscht", "Bestätigt", "Preis", "Betrag"),
        "net": "Nettosumme",
        "follows": "Termin folgt",
        "rejected": "nicht angenommen",
    },
}


def order_acknowledgement(facts: OrderFacts, sender: Sender, language: str) -> bytes:
    """A4 PDF; amounts are the confirmed quantity times the confirmed price, rounded per line."""
    language = words.language_of(language)
    say = WORDS[language]
    kind = "cancelled" if facts.cancelled else "offer" if facts.is_offer else "title"
    title, heads = str(say[kind]), list(say["heads"])
    if facts.is_offer:
        heads[3] = str(say["offered"])
    flow = sheet.letterhead(sender, title, facts.number)
    flow.append(
        sheet.side_by_side(
            [
                sheet.facts_table(
                    (
                        (str(say["po"]), facts.po_number),
                        (str(say["ordered"]), words.day(facts.order_date, language)),
                        (str(say["revision"]), str(facts.revision) if facts.revision > 1 else ""),
                        (str(say["terms"]), facts.payment_terms),
                        (str(say["incoterms"]), facts.incoterms),
                        (str(say["via"]), facts.ship_via),
                    )
                )
            ],
            sheet.address(str(say["ship_to"]), facts.ship_to),
            sheet.address(str(say["bill_to"]), facts.bill_to),
        )
    )
    if facts.is_offer:
        flow.append(sheet.gap(3))
        flow.append(sheet.text(offer_sentence(facts.differing, language), bold=True))
    flow.append(sheet.gap(5))
    rows = [_row(line, facts, language) for line in facts.lines]
    flow.append(sheet.grid(heads, rows, (10, 56, 32, 36, 24, 24)))
    total = sum((_amount(line) for line in facts.lines), Decimal(0))
    flow.append(sheet.gap(3))
    flow.append(
        sheet.text(
            f"{say['net']}: {words.money(total, facts.currency, language)}",
            bold=True,
            right=True,
            size=10,
        )
    )
    return sheet.page(sender, f"{title} {facts.number}", flow)


def _amount(line: Line) -> Decimal:
    confirmed = sum((part.quantity for part in line.parts), Decimal(0))
    return (confirmed * (line.price or Decimal(0))).quantize(Decimal("0.01"))


def _row(line: Line, facts: OrderFacts, language: str) -> list[object]:
    say = WORDS[language]
    unit = line.asked.unit
    asked = f"{words.figure(line.asked.quantity, language)} {unit}"
    if line.asked.item:
        asked += f"\n{line.asked.item}"
    if line.asked.requested_date:
        asked += f"\n{words.day(line.asked.requested_date, language)}"
    parts = [
        f"{words.figure(p.quantity, language)} {unit}\n{words.day(p.promised_date, language) or say['follows']}"
        for p in line.parts
    ]
    differs = outcome(line).code != "accepted"
    item = f"{line.item}\n{line.description}" + (f"\n({line.asked.sku})" if line.asked.sku else "")
    confirmed = "\n".join(parts) or str(say["rejected"])
    return [
        line.number,
        item,
        asked,
        sheet.text(confirmed, bold=differs),
        sheet.text(
            words.price(line.price, language),
            right=True,
            bold="price-changed" in outcome(line).all_codes,
        ),
        sheet.text(words.money(_amount(line), facts.currency, language), right=True),
    ]
