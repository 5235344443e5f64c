"""Builders of electronic business: a partner by its profile, and an order that came as a message."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.drafts.tables import Draft, DraftField, DraftLine
from core.exchange.partners import partner_coded, save
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage, Partner
from core.inbound.tables import DropFolder, InboundDocument
from core.orders.tables import Order, OrderLine
from core.outbox import OutboxItem, settle
from core.parties.tables import Customer
from tests.builders import NOW, Wanted, a_customer, a_document, a_draft, an_act, an_item, an_order

PROFILE = """
code = "acme"
name = "Acme Works"
customer = "{customer}"

[[identity]]
standard = "x12"
qualifier = "ZZ"
id = "ACMEWORKS"

[[identity]]
standard = "ubl"
id = "ACMEWORKS"

[[us]]
standard = "x12"
qualifier = "01"
id = "PROBEFIT"
group_id = "PROBEG"
"""


def a_profile(customer: str = "", more: str = "") -> str:
    """A profile in TOML; more: further top-level keys and tables."""
    text = PROFILE.format(customer=customer)
    return (text if customer else text.replace('customer = ""\n', "")) + more


def a_partner(session: Session, customer: Customer | None = None, more: str = "") -> Partner:
    save(session, "", a_profile(customer.number if customer else "", more), act=an_act())
    return partner_coded(session, "acme")


def a_drop_folder(session: Session, path: Path) -> DropFolder:
    path.mkdir(exist_ok=True)
    folder = DropFolder(name=path.name, path=str(path))
    session.add(folder)
    session.flush()
    return folder


@dataclass(frozen=True, slots=True)
class Came:
    """An order that came as a message, booked."""

    document: InboundDocument
    interchange: ExchangeInterchange
    message: ExchangeMessage
    draft: Draft
    order: Order


def an_interchange(
    session: Session, document: InboundDocument, standard: str = "x12", **changes: object
) -> ExchangeInterchange:
    facts: dict[str, object] = {
        "direction": "in",
        "document_id": document.id,
        "standard": standard,
        "syntax": "00401" if standard == "x12" else "",
        "separators": "*>~ " if standard == "x12" else "",
        "sender_id": "ACMEWORKS",
        "sender_qualifier": "ZZ" if standard == "x12" else "",
        "receiver_id": "PROBEFITTINGS",
        "receiver_qualifier": "ZZ" if standard == "x12" else "",
        "control": "000004117",
        "counted": 1,
        "declared": "1",
    }
    row = ExchangeInterchange(**{**facts, **changes})
    session.add(row)
    session.flush()
    return row


def an_electronic_order(
    session: Session,
    format: str = "x12/850",
    *,
    customer: Customer | None = None,
    folder: DropFolder | None = None,
    channel: str = "drop",
    **changes: object,
) -> Came:
    """One line of ten, promised as wished. changes: of the interchange."""
    customer = customer or a_customer(session, gln="2970000000026", tax_id="DE123456789")
    standard = format.partition("/")[0]
    document = a_document(
        session, channel=channel, drop_folder_id=folder.id if folder else None, lane="order"
    )
    _read(session, document)
    interchange = an_interchange(
        session, document, standard if standard in ("x12", "edifact") else format, **changes
    )
    group = None
    if standard == "x12":
        group = ExchangeGroup(
            interchange_id=interchange.id,
            ordinal=0,
            kind="PO",
            control="4117",
            message_version="004010",
            sender_id="ACMEG",
            receiver_id="PROBEG",
            declared="1",
            counted=1,
        )
        session.add(group)
        session.flush()
    message = ExchangeMessage(
        interchange_id=interchange.id,
        group_id=group.id if group else None,
        ordinal=0,
        format=format,
        lane="order",
        purpose="00",
        control="0001",
        message_version={"x12": "004010", "edifact": "D:96A:UN:EAN008"}.get(standard, ""),
        order_ordinal=1,
    )
    session.add(message)
    item = an_item(session)
    draft = a_draft(session, customer, [Wanted(item, 10)], document_id=document.id)
    order = an_order(
        session,
        customer,
        [Wanted(item, 10)],
        draft_id=draft.id,
        document_id=document.id,
        po_number=draft.po_number,
        ship_to={
            "name": customer.name, "street": "9 Dock Road", "postal_code": "20457",
            "city": "Hafen", "country": "DE",
        },
    )  # fmt: skip
    _tie(session, draft, order)
    return Came(document, interchange, message, draft, order)


def _read(session: Session, document: InboundDocument) -> None:
    """Read by somebody we trust, so that no work is left with it."""
    document.authentication = "pass"
    journal.advance(session, document, "read", act=an_act("system:reader"))
    for item in session.scalars(select(OutboxItem).where(OutboxItem.task == "read-document")):
        settle(item, "done", NOW)


def _tie(session: Session, draft: Draft, order: Order) -> None:
    """The order's line came from the draft's, with the customer's own words."""
    theirs = session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id)).one()
    ours = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).one()
    ours.draft_line_id, ours.customer_line_no = theirs.id, "10"
    draft.order_id = order.id
    for name, value, text in (
        ("line_no", "10", ""),
        ("uom", "PC", ""),
        ("buyer_sku", "AC-1", ""),
        ("unit_price", "1000", "PO1*10*10*PC*1000*HP*BP*AC-1"),
        ("price_basis", "100", ""),
    ):
        session.add(
            DraftField(
                draft_id=draft.id, line_id=theirs.id, name=name, value=value, read_value=value,
                confidence=Decimal("0.99"), source="edi", evidence={"part": 1, "text": text},
            )
        )  # fmt: skip
    session.flush()
