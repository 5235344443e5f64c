"""An outbox row that a customer's computer should hear of: the message is written, numbered and stored, and sending it
is owed, all in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from core.act import Act
from core.billing.tables import Invoice
from core.correspondence.electronic.channel import Channel, channel_of
from core.correspondence.electronic.facts_of import (
    despatch_answer,
    invoice_answer,
    order_answer,
    rejection_answer,
)
from core.correspondence.electronic.route import route_to, style_for
from core.correspondence.electronic.source import Source, draft_behind, source_of
from core.correspondence.electronic.technical import technical_answer
from core.correspondence.gate import Suppressed, overtaken
from core.drafts.tables import Draft
from core.errors import OrderclerkError
from core.exchange.formats import TECHNICAL_ANSWERS, family
from core.exchange.outgoing import Written, file_name, store
from core.exchange.profile_values import Carrier, Profile
from core.exchange.tables import ExchangeInterchange
from core.journal import Event
from core.messages.electronic.facts import (
    DespatchAnswer,
    InvoiceAnswer,
    OrderAnswer,
    Route,
    Style,
)
from core.messages.electronic.write import write_despatch, write_invoice, write_order_answer
from core.orders.tables import Order
from core.outbox import OutboxItem
from core.shipping.tables import Shipment

ASKED_FOR = frozenset({"edifact"})
"""Where the envelope asks for the answer that we wait for: UNB 0031. ISA14 would ask for a TA1, and a 997 is awaited."""

Facts = OrderAnswer | DespatchAnswer | InvoiceAnswer


@dataclass(frozen=True, slots=True)
class Owed:
    """What a row is about: kind of core.exchange.formats.KINDS, the customer, what it answers, how to gather it."""

    kind: str
    customer_id: int | None
    source: Source
    about: str
    about_id: int
    gather: Callable[[], Facts]


@dataclass(frozen=True, slots=True)
class Answered:
    """written: what was stored now; enclosed: whether it travels with this row's mail. by_mail: the mail of this row is
    still to be sent. reason, text: why nothing was written."""

    written: tuple[ExchangeInterchange, ...] = ()
    by_mail: bool = True
    enclosed: bool = False
    reason: str = ""
    text: str = ""

    @property
    def state(self) -> str:
        """How the row ends when no mail goes."""
        return "done" if self.written else "suppressed"


def answer_owed(session: Session, item: OutboxItem, *, act: Act) -> Answered:
    """What a claimed row owes the customer's computer, stored now."""
    if item.task == "technical-answer":
        return _technical(session, item, act)
    return answer(session, item, act=act)


def _technical(session: Session, item: OutboxItem, act: Act) -> Answered:
    interchange = session.get_one(ExchangeInterchange, item.subject_id)
    kinds = item.facts.get("kinds")
    found = technical_answer(session, interchange, None if kinds is None else tuple(kinds), act=act)
    if isinstance(found, Suppressed):
        return Answered((), False, reason=found.reason, text=found.text)
    return Answered(found, False)


def answer(session: Session, item: OutboxItem, *, act: Act) -> Answered:
    """Raises what stops a message that the profile wants; without a profile the mail goes instead."""
    owed = OWED[item.task](session, item, act)
    channel = channel_of(session, owed.source, owed.customer_id, owed.kind)
    if not channel.formats:
        return Answered(
            (),
            channel.by_mail,
            reason="not-wanted",
            text="The customer's profile wants no such message.",
        )
    if channel.encloses and overtaken(session, item) is not None:
        return Answered()  # no number for a message whose mail will not go
    try:
        with session.begin_nested():
            written = tuple(
                _write(session, owed, channel, format, act.under(format))
                for format in channel.formats
            )
    except OrderclerkError as error:
        if channel.agreed:
            raise
        return Answered((), owed.kind != "invoice", reason="not-written", text=error.sentence)
    return Answered(written, channel.by_mail, channel.encloses)


def _write(
    session: Session, owed: Owed, channel: Channel, format: str, act: Act
) -> ExchangeInterchange:
    source, profile = owed.source, channel.profile
    facts = owed.gather()
    if isinstance(facts, OrderAnswer) and profile is not None and profile.answers.offers == "plain":
        facts = replace(facts, order=replace(facts.order, is_offer=False))
    if isinstance(facts, DespatchAnswer) and profile is not None:
        facts = replace(facts, carrier_code=profile.carrier_code(facts.shipment.carrier))
    hours = hours_to_answer(profile, format)
    route = replace(
        route_to(session, source, profile, format, at=act.at),
        wants_answer=hours > 0 and family(format) in ASKED_FOR,
    )
    style = style_for(source, profile, format)
    carrier = profile.carrier if profile else Carrier()
    partner = channel.partner.code if channel.partner else route.receiver.id
    return store(
        session,
        Written(
            format=format,
            raw=_bytes(facts, route, style, format),
            sender=route.sender,
            receiver=route.receiver,
            control=route.control,
            group_control=route.group_control,
            message_control=route.message_control,
            about=owed.about,
            about_id=owed.about_id,
            carrier=channel.carrier,
            file_name=file_name(carrier.name, format, route.control, partner),
            number=_number(facts),
            version=style.version,
            syntax=style.syntax,
            separators=style.separators,
            group_sender=route.group_sender,
            group_receiver=route.group_receiver,
            test=route.test,
            wants_answer=route.wants_answer,
            overdue_hours=hours,
            partner=channel.partner,
            answers=source.interchange,
        ),
        act=act,
        with_mail=channel.encloses,
    )


def hours_to_answer(profile: Profile | None, format: str) -> int:
    """Until a technical answer of theirs is missed, 0 where none comes: XML has none."""
    if profile is None or family(format) not in TECHNICAL_ANSWERS:
        return 0
    return profile.answers.overdue_hours


def _bytes(facts: Facts, route: Route, style: Style, format: str) -> bytes:
    if isinstance(facts, OrderAnswer):
        return write_order_answer(facts, route, style, format)
    if isinstance(facts, DespatchAnswer):
        return write_despatch(facts, route, style, format)
    return write_invoice(facts, route, style, format)


def _number(facts: Facts) -> str:
    return facts.shipment.number if isinstance(facts, DespatchAnswer) else facts.number


def _order(session: Session, item: OutboxItem, act: Act) -> Owed:
    order = session.get_one(Order, item.subject_id)
    draft, is_change = draft_behind(session, order, item.event_id)
    source = source_of(session, draft)
    return Owed(
        "change" if is_change else "order",
        order.customer_id,
        source,
        "order",
        order.id,
        lambda: order_answer(
            session,
            order,
            source,
            is_change=is_change,
            at=act.at,
            moved=item.facts.get("moved"),
        ),
    )


def _rejection(session: Session, item: OutboxItem, act: Act) -> Owed:
    draft = session.get_one(Draft, item.subject_id)
    source = source_of(session, draft)
    event = session.get(Event, item.event_id) if item.event_id else None
    reason = str((event.facts if event else item.facts).get("reason", ""))
    return Owed(
        "order" if draft.kind == "order" else "change",
        draft.customer_id,
        source,
        "draft",
        draft.id,
        lambda: rejection_answer(session, draft, source, reason, at=act.at),
    )


def _shipment(session: Session, item: OutboxItem, act: Act) -> Owed:
    shipment = session.get_one(Shipment, item.subject_id)
    order = session.get_one(Order, shipment.order_id)
    source = _first_source(session, order)
    return Owed(
        "ship_notice",
        order.customer_id,
        source,
        "shipment",
        shipment.id,
        lambda: despatch_answer(session, shipment, source),
    )


def _invoice(session: Session, item: OutboxItem, act: Act) -> Owed:
    invoice = session.get_one(Invoice, item.subject_id)
    order = session.get_one(Order, invoice.order_id)
    source = _first_source(session, order)
    return Owed(
        "invoice",
        order.customer_id,
        source,
        "invoice",
        invoice.id,
        lambda: invoice_answer(session, invoice, source),
    )


def _first_source(session: Session, order: Order) -> Source:
    draft = session.get(Draft, order.draft_id) if order.draft_id else None
    return source_of(session, draft)


OWED: dict[str, Callable[[Session, OutboxItem, Act], Owed]] = {
    "order-acknowledgement": _order,
    "rejection": _rejection,
    "ship-notice": _shipment,
    "invoice-message": _invoice,
}
"""Tasks that may be answered electronically."""

ANSWERED = (*OWED, "technical-answer")
