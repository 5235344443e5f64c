"""A small firm for the desk's tests: people of every role, stock, one customer's mail with a drawn PDF page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.open import open_drafts
from core.inbound.read import store_page_image, store_reading
from core.inbound.reading import Candidate, Evidence, Extraction, PageWords, ReadOrder
from core.inbound.receive import Arrival, receive
from core.inbound.tables import InboundDocument
from core.inbound.tables import Part as PartRow
from core.inbound.values import Authentication, Finding, Mailbox, Message, Part
from core.people.accounts import add_user
from core.people.tables import ROLES
from core.values import Box, utc_now
from tests.builders import (
    a_company,
    a_contact,
    a_customer,
    a_customer_item,
    a_list_price,
    a_lot,
    a_site,
    an_act,
    an_address,
    an_item,
)

PO = "NG-4711"
SKUS = ("N-100", "N-200")
NAMES = {"clerk": "Mara", "planner": "Ben", "warehouse": "Ida", "admin": "Ada"}
PAGE = (595.0, 842.0)


@dataclass(frozen=True)
class Firm:
    """Ids of what the tests look at."""

    document_id: int
    draft_id: int
    question_id: int
    part_id: int
    customer_id: int
    item_ids: tuple[int, int]


def wanted_day() -> date:
    """A working day far enough away to be kept."""
    day = utc_now().date() + timedelta(days=30)
    return day + timedelta(days=(7 - day.weekday()) % 7)


def a_firm(session: Session, password: str, **words: str) -> Firm:
    """words: what the stranger wrote instead of the usual (subject, body, filename, po, sku, name, html; drawn "": no picture)."""
    a_company(session, time_zone="Europe/Berlin")
    for role in ROLES:
        add_user(session, role, NAMES[role], role, password)
    customer = a_customer(
        session, name="Northgate Foods", tax_percent=19, payment_terms="30 days net"
    )
    an_address(session, customer, "ship_to")
    an_address(session, customer, "bill_to")
    a_contact(session, customer, name="Ana Byrne", email="ana@customer.example")
    site = a_site(session)
    items = [
        an_item(session, number="BX-40", description="Box 40 mm"),
        an_item(session, number="BX-60", description="Box 60 mm"),
    ]
    for item, sku in zip(items, SKUS, strict=True):
        a_customer_item(session, customer, item, sku)
        a_list_price(session, item, "4.10")
        a_lot(session, site, item, 1000)
    document, draft_id = an_order_mail(session, **words)
    question, _ = _arrive(
        session, _message("Where is it?", "Where is my order?"), _lane("status_question")
    )
    part_id = session.scalar(
        select(PartRow.id).where(PartRow.document_id == document.id, PartRow.number == 2)
    )
    assert part_id is not None and draft_id is not None
    return Firm(
        document.id, draft_id, question.id, part_id, customer.id, (items[0].id, items[1].id)
    )


TERMS = (
    (40.0, 300.0, 70.0, 314.0, "Terms"),
    (80.0, 300.0, 104.0, 314.0, "NET"),
    (108.0, 300.0, 122.0, 314.0, "30"),
    (40.0, 330.0, 80.0, 344.0, "Incoterms"),
    (90.0, 330.0, 120.0, 344.0, "DAP"),
)


def an_order_mail(session: Session, **words: str) -> tuple[InboundDocument, int | None]:
    """The customer's order: a mail's text and a PDF of one page, both with places."""
    po = words.get("po", PO)
    body = words.get("body", f"Dear all,\nplease see order {po}.\nAna Byrne")
    message = _message(
        words.get("subject", f"Order {po}"),
        body,
        words.get("filename", "order.pdf"),
        words.get("name", "Ana Byrne"),
        words.get("html", ""),
    )
    return _arrive(
        session,
        message,
        _reading(po, words.get("sku", SKUS[0])),
        words.get("drawn", "yes") == "yes",
    )


def _message(
    subject: str, body: str, filename: str = "", name: str = "Ana Byrne", html: str = ""
) -> Message:
    parts = [Part(1, "body-text", "text/plain", "", body.encode(), body)]
    if filename:
        parts.append(Part(2, "attachment", "application/pdf", filename, b"%PDF-1.4 drawn below"))
    if html:
        parts.append(Part(3, "body-html", "text/html", "", html.encode(), html))
    return Message(
        "mail",
        subject=subject,
        sender=Mailbox(name, "ana@customer.example"),
        message_id=f"<{abs(hash((subject, body)))}@customer.example>",
        authentication=Authentication("pass"),
        parts=tuple(parts),
    )


def _lane(lane: str) -> Extraction:
    return Extraction(lane, 0.9, ("asks a question",))


def _reading(po: str, sku: str) -> Extraction:
    def on_page(value: str, row: int, column: int, confidence: float = 0.98) -> Candidate:
        x, y = 40 + 110 * column, 60 + 30 * row
        box = Box(x, y, x + 90, y + 14)
        return Candidate(value, confidence, Evidence(2, 1, box, text=value), "table")

    def line(row: int, number: str, quantity: str) -> dict[str, Candidate]:
        return {
            "line_no": on_page(str(row), 4 + row, 0),
            "buyer_sku": on_page(number, 4 + row, 1),
            "quantity": on_page(quantity, 4 + row, 2),
            "uom": on_page("EA", 4 + row, 3),
            "unit_price": on_page("4.10", 4 + row, 4),
        }

    twin = Candidate(f"{po}-B", 0.3, Evidence(2, 1, Box(260, 90, 350, 104), text=f"{po}-B"))
    start = len("Dear all,\nplease see order ")
    order = ReadOrder(
        {
            "po_number": Candidate(
                po,
                0.97,
                Evidence(1, span=(start, start + len(po)), text=po),
                alternatives=(twin,),
            ),
            "buyer_name": on_page("Northgate Foods", 0, 0),
            "requested_date": on_page(wanted_day().isoformat(), 2, 0, 0.6),
            "currency": on_page("EUR", 2, 1),
        },
        (line(1, sku, "12"), line(2, SKUS[1], "300")),
    )
    return Extraction(
        "order",
        0.95,
        ("has an order table",),
        "en",
        "application/pdf",
        (order,),
        (Finding("pdf-readers-disagree", "info", "Two readers differ here.", "part 2, page 1"),),
        pages=((2, (PAGE,)),),
        words=(PageWords(2, 1, TERMS),),
    )


def _arrive(
    session: Session, message: Message, reading: Extraction, drawn: bool = True
) -> tuple[InboundDocument, int | None]:
    raw = f"Subject: {message.subject}\r\n\r\n{message.parts[0].text}".encode()
    got = receive(session, Arrival("mail", raw, utc_now()), act=an_act("system:intake"))
    document = session.get_one(InboundDocument, got.document_id)
    store_reading(session, document, message, reading, act=an_act("system:reader"))
    drafts = open_drafts(session, document, reading, act=an_act("system:reader"))
    part = session.scalar(
        select(PartRow).where(PartRow.document_id == document.id, PartRow.number == 2)
    )
    if part is not None and reading.orders and drawn:
        _draw(session, part, reading)
    return document, drafts[0].id if drafts else None


def _draw(session: Session, part: Any, reading: Extraction) -> None:
    """The page as a picture, each value where its box says."""
    image = Image.new("RGB", (int(PAGE[0]) * 2, int(PAGE[1]) * 2), "white")
    pen = ImageDraw.Draw(image)
    order = reading.orders[0]
    for found in (*order.fields.values(), *(c for line in order.lines for c in line.values())):
        if found.evidence.box:
            pen.text(
                (found.evidence.box.x0 * 2, found.evidence.box.top * 2),
                found.value,
                "black",
                font_size=20,
            )
    for x0, top, _, _, text in TERMS:
        pen.text((x0 * 2, top * 2), text, "black", font_size=20)
    png = io.BytesIO()
    image.save(png, "PNG")
    store_page_image(session, part, 1, png.getvalue(), image.width, image.height)
