"""What the warehouse prints: pick list, packing slip, package label."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from core.messages import words
from core.messages.documents import sheet
from core.messages.facts import PackageFacts, Sender, ShipmentFacts

WORDS = {
    "en": {
        "pick": "Pick list",
        "slip": "Packing slip",
        "order": "Our order",
        "po": "Your order",
        "carrier": "Carrier",
        "tracking": "Tracking number",
        "ship_to": "Deliver to",
        "from": "From",
        "pick_heads": ("Bin", "Lot", "Item", "Description", "Take", "Done"),
        "slip_heads": (
            "Item",
            "Your number",
            "Description",
            "Ordered",
            "In this shipment",
            "To come",
        ),
        "package": "Package",
    },
    "de": {
        "pick": "Kommissionierliste",
        "slip": "Lieferschein",
        "order": "Unser Auftrag",
        "po": "Ihre Bestellung",
        "carrier": "Spediteur",
        "tracking": "Sendungsnummer",
        "ship_to": "Lieferung an",
        "from": "Von",
        "pick_heads": ("Platz", "Charge", "Artikel", "Bezeichnung", "Menge", "Erledigt"),
        "slip_heads": ("Artikel", "Ihre Nummer", "Bezeichnung", "Bestellt", "Geliefert", "Folgt"),
        "package": "Packstück",
    },
}


def pick_list(facts: ShipmentFacts, sender: Sender, language: str) -> bytes:
    """A4, in the order in which the bins stand."""
    language = words.language_of(language)
    say = WORDS[language]
    flow = sheet.letterhead(sender, str(say["pick"]), facts.number)
    flow.append(
        sheet.side_by_side(
            [sheet.facts_table(((str(say["order"]), facts.order_number),))],
            sheet.address(str(say["ship_to"]), facts.ship_to),
        )
    )
    flow.append(sheet.gap(4))
    rows = [
        [
            sheet.text(line.bin, bold=True),
            line.lot,
            line.item,
            line.description,
            sheet.text(f"{words.figure(line.quantity, language)} {line.unit}", bold=True),
            "",
        ]
        for line in sorted(facts.lines, key=lambda line: (line.bin, line.item))
    ]
    flow.append(sheet.grid(say["pick_heads"], rows, (18, 26, 28, 60, 24, 18)))
    return sheet.page(sender, f"{say['pick']} {facts.number}", flow)


def packing_slip(facts: ShipmentFacts, sender: Sender, language: str) -> bytes:
    """A4, the paper inside the parcel; no prices."""
    language = words.language_of(language)
    say = WORDS[language]
    flow = sheet.letterhead(sender, str(say["slip"]), facts.number)
    flow.append(
        sheet.side_by_side(
            [
                sheet.facts_table(
                    (
                        (str(say["po"]), facts.po_number),
                        (str(say["order"]), facts.order_number),
                        (str(say["carrier"]), facts.carrier),
                        (str(say["tracking"]), facts.tracking_number),
                    )
                )
            ],
            sheet.address(str(say["from"]), facts.ship_from),
            sheet.address(str(say["ship_to"]), facts.ship_to),
        )
    )
    flow.append(sheet.gap(4))

    def quantity(value: Decimal, unit: str) -> str:
        return f"{words.figure(value, language)} {unit}"

    rows = [
        [
            line.item,
            line.customer_sku,
            line.description + (f"\n{line.lot}" if line.lot else ""),
            quantity(line.ordered, line.unit),
            sheet.text(quantity(line.quantity, line.unit), bold=True),
            quantity(line.still_to_come, line.unit) if line.still_to_come else "",
        ]
        for line in facts.lines
    ]
    flow.append(sheet.grid(say["slip_heads"], rows, (26, 26, 58, 22, 26, 18)))
    for package in facts.packages:
        flow.append(sheet.gap(2))
        contents = "; ".join(
            f"{item} {quantity(amount, unit)}" for item, amount, unit in package.lines
        )
        weight = f", {words.figure(package.weight_kg, language)} kg" if package.weight_kg else ""
        flow.append(
            sheet.text(
                f"{say['package']} {package.number}: SSCC {package.sscc}{weight}. {contents}",
                size=8,
            )
        )
    return sheet.page(sender, f"{say['slip']} {facts.number}", flow)


def label(facts: ShipmentFacts, package: PackageFacts, sender: Sender, language: str) -> bytes:
    """A 105 x 148 mm logistic label: from, to, order, and the SSCC as GS1-128 (application identifier 00)."""
    say = WORDS[words.language_of(language)]
    out = BytesIO()
    width, height = 105 * mm, 148 * mm
    regular, bold = sheet.fonts()
    canvas = Canvas(out, pagesize=(width, height), invariant=1)
    y = height - 10 * mm

    def row(words_: str, font: str, size: float, leading: float) -> None:
        nonlocal y
        while canvas.stringWidth(words_, font, size) > width - 12 * mm and len(words_) > 4:
            words_ = words_[:-2].rstrip(".") + "."
        canvas.setFont(font, size)
        canvas.drawString(6 * mm, y, words_)
        y -= leading * mm

    row(str(say["from"]), bold, 7, 3.5)
    for line in facts.ship_from.rows()[:4]:
        row(line, regular, 8, 3.8)
    canvas.line(6 * mm, y, width - 6 * mm, y)
    y -= 6 * mm
    row(str(say["ship_to"]), bold, 8, 5.5)
    for line in facts.ship_to.rows()[:6]:
        row(line, bold, 12, 6)
    canvas.line(6 * mm, y, width - 6 * mm, y)
    y -= 6 * mm
    row(f"{say['po']}: {facts.po_number}", regular, 9, 5)
    row(f"{say['order']}: {facts.order_number}   {facts.number}", regular, 9, 5)
    if facts.carrier or facts.tracking_number:
        row(f"{facts.carrier} {facts.tracking_number}".strip(), regular, 9, 5)
    row(
        f"{say['package']} {package.number} / {max(len(facts.packages), package.number)}",
        regular,
        9,
        5,
    )
    barcode = Code128("\xf100" + package.sscc, barHeight=24 * mm, barWidth=0.40 * mm, quiet=0)
    barcode.drawOn(canvas, (width - barcode.width) / 2, 14 * mm)
    canvas.setFont(regular, 9)
    canvas.drawCentredString(width / 2, 9 * mm, f"(00) {package.sscc}")
    canvas.showPage()
    canvas.save()
    return out.getvalue()
