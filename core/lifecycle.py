"""THE TABLE: what may happen to which subject, from which status, to which, with which event and work owed."""

from __future__ import annotations

from dataclasses import dataclass

SAME = ""


@dataclass(frozen=True, slots=True)
class Row:
    """to_status SAME keeps the status. tasks name outbox work that the commit of this step owes to the outside."""

    subject: str
    verb: str
    from_statuses: tuple[str, ...]
    to_status: str
    event: str
    tasks: tuple[str, ...] = ()


LIVE_DRAFT = ("open", "parked", "waiting")
IN_WAREHOUSE = ("released", "picked", "packed")

TABLE: tuple[Row, ...] = (
    Row("document", "receive", ("new",), "received", "document.received", ("read-document",)),
    Row("document", "receive_copy", ("new",), "copy", "document.copy_received"),
    Row("document", "read", ("received",), "read", "document.read"),
    Row("document", "quarantine", ("received",), "quarantined", "document.quarantined"),
    Row("document", "replay", ("quarantined", "read", "closed"), "received", "document.replayed", ("read-document",)),
    Row("document", "edit", ("quarantined", "read", "closed"), "received", "document.edited", ("read-document",)),
    Row("document", "relane", ("read", "closed", "quarantined"), "read", "document.relaned"),
    Row("document", "close", ("read", "quarantined"), "closed", "document.closed"),
    Row("document", "reopen", ("closed",), "read", "document.reopened"),
    Row("draft", "open", ("new",), "open", "draft.opened", ("receipt-note",)),
    Row("draft", "correct", LIVE_DRAFT, SAME, "draft.corrected"),
    Row("draft", "undo", LIVE_DRAFT, SAME, "draft.correction_undone"),
    Row("draft", "accept_problem", LIVE_DRAFT, SAME, "draft.problem_accepted"),
    Row("draft", "promise", LIVE_DRAFT, SAME, "draft.promised"),
    Row("draft", "set_delivery", LIVE_DRAFT, SAME, "draft.delivery_set"),
    Row("draft", "take_alternative", LIVE_DRAFT, SAME, "draft.alternative_taken"),
    Row("draft", "park", ("open", "waiting"), "parked", "draft.parked"),
    Row("draft", "resume", ("parked", "waiting"), "open", "draft.resumed"),
    Row("draft", "ask", LIVE_DRAFT, "waiting", "draft.question_asked", ("question",)),
    Row("draft", "answer", LIVE_DRAFT, "open", "draft.question_answered"),
    Row("draft", "send_receipt", LIVE_DRAFT, SAME, "draft.receipt_requested", ("receipt-note",)),
    Row("draft", "confirm", ("open", "waiting"), "confirmed", "draft.confirmed", ("learn-from-draft",)),
    Row("draft", "reject", LIVE_DRAFT, "rejected", "draft.rejected", ("rejection",)),
    Row("draft", "withdraw", LIVE_DRAFT, "withdrawn", "draft.withdrawn"),
    Row("draft", "restore", ("rejected", "withdrawn"), "open", "draft.restored"),
    Row("order", "book", ("new",), "booked", "order.booked", ("order-acknowledgement",)),
    Row("order", "change", ("booked",), SAME, "order.changed", ("order-acknowledgement",)),
    Row("order", "agree", ("booked",), SAME, "order.agreed", ("order-acknowledgement",)),
    Row("order", "repromise", ("booked",), SAME, "order.repromised"),
    Row("order", "set_delivery", ("booked",), SAME, "order.delivery_set"),
    Row("order", "acknowledge", ("booked", "cancelled", "closed"), SAME, "order.acknowledgement_requested", ("order-acknowledgement",)),
    Row("order", "allocate", ("booked",), SAME, "order.allocated"),
    Row("order", "deallocate", ("booked",), SAME, "order.deallocated"),
    Row("order", "share_out", ("booked",), SAME, "order.stock_shared"),
    Row("order", "cancel_line", ("booked",), SAME, "order.line_cancelled", ("order-acknowledgement",)),
    Row("order", "cancel", ("booked",), "cancelled", "order.cancelled", ("order-acknowledgement",)),
    Row("order", "close", ("booked",), "closed", "order.closed"),
    Row("order", "reopen", ("closed",), "booked", "order.reopened"),
    Row("hold", "place", ("new",), "active", "hold.placed"),
    Row("hold", "release", ("active",), "released", "hold.released"),
    Row("hold", "lapse", ("released",), "active", "hold.lapsed"),
    Row("slip", "find", ("new",), "open", "slip.found"),
    Row("slip", "revise", ("open", "refused"), "open", "slip.revised"),
    Row("slip", "accept", ("open", "refused"), "accepted", "slip.accepted"),
    Row("slip", "refuse", ("open",), "refused", "slip.refused"),
    Row("slip", "vanish", ("open", "refused"), "gone", "slip.vanished"),
    Row("notice", "draft", ("new",), "drafted", "notice.drafted"),
    Row("notice", "edit", ("drafted",), SAME, "notice.edited"),
    Row("notice", "send", ("drafted",), "sent", "notice.sent", ("promise-notice",)),
    Row("notice", "drop", ("drafted",), "dropped", "notice.dropped"),
    Row("shipment", "release", ("new",), "released", "shipment.released"),
    Row("shipment", "pick", ("released",), "picked", "shipment.picked"),
    Row("shipment", "pack", ("picked",), "packed", "shipment.packed"),
    Row("shipment", "ship", ("packed",), "shipped", "shipment.shipped", ("ship-notice",)),
    Row("shipment", "deliver", ("shipped",), "delivered", "shipment.delivered"),
    Row("shipment", "deliver", ("delivered",), SAME, "shipment.delivered_again"),
    Row("shipment", "void", IN_WAREHOUSE, "void", "shipment.voided"),
    Row("invoice", "issue", ("new",), "issued", "invoice.issued", ("invoice-message",)),
    Row("credit_note", "issue", ("new",), "issued", "credit_note.issued"),
    Row("partner", "save", ("new", "kept"), "kept", "partner.saved"),
    Row("interchange", "write", ("new",), "written", "interchange.written", ("send-interchange",)),
    Row("interchange", "send", ("written", "unsent"), "sent", "interchange.sent"),
    Row("interchange", "give_up", ("written",), "unsent", "interchange.not_sent"),
    Row("interchange", "resend", ("sent", "unsent"), "written", "interchange.resent", ("send-interchange",)),
    Row("interchange", "receive", ("new",), "received", "interchange.received", ("technical-answer",)),
    Row("interchange", "receive_copy", ("new",), "copy", "interchange.copy_received", ("technical-answer",)),
    Row("interchange", "quarantine", ("received",), "quarantined", "interchange.quarantined"),
    Row("interchange", "reread", ("received", "quarantined"), "received", "interchange.reread", ("technical-answer",)),
    Row("interchange", "release", ("quarantined",), "received", "interchange.released"),
    Row("interchange", "close", ("quarantined",), "closed", "interchange.closed"),
    Row("interchange", "settle", ("written", "sent", "unsent"), SAME, "interchange.settled"),
    Row("return", "request", ("new",), "requested", "return.requested"),
    Row("return", "authorise", ("new", "requested"), "authorised", "return.authorised", ("return-authorisation",)),
    Row("return", "refuse", ("new", "requested"), "refused", "return.refused", ("return-refusal",)),
    Row("return", "receive", ("authorised", "received"), "received", "return.received"),
    Row("return", "inspect", ("received",), SAME, "return.inspected"),
    Row("return", "dispose", ("received",), SAME, "return.disposed"),
    Row("return", "close", ("received", "authorised"), "closed", "return.closed"),
    Row("return", "cancel", ("requested", "authorised"), "cancelled", "return.cancelled"),
)  # fmt: skip

TASKS: dict[str, str] = {
    "read-document": "Read the document in a limited child and open drafts",
    "learn-from-draft": "Learn from what was corrected on the confirmed draft",
    "receipt-note": "Tell the customer that the order arrived",
    "question": "Ask the customer about an open point",
    "rejection": "Tell the customer that the order is not accepted",
    "order-acknowledgement": "Send the order acknowledgement with promised dates",
    "promise-notice": "Tell the customer which promised dates have changed",
    "ship-notice": "Tell the customer what left and how to track it",
    "invoice-message": "Send the invoice as an electronic message",
    "send-interchange": "Hand an electronic message to its carrier",
    "technical-answer": "Tell the sender of an interchange that it arrived and whether it can be read (TA1, 997, CONTRL)",
    "return-authorisation": "Send the return number and what to do with the goods",
    "return-refusal": "Tell the customer why the goods cannot come back",
}


def rows(subject: str, verb: str) -> tuple[Row, ...]:
    return tuple(r for r in TABLE if r.subject == subject and r.verb == verb)


def legal_verbs(subject: str, status: str) -> tuple[str, ...]:
    """The verbs that a subject in this status allows, in the table's order."""
    return tuple(
        dict.fromkeys(r.verb for r in TABLE if r.subject == subject and status in r.from_statuses)
    )


def step(subject: str, verb: str, status: str) -> Row | None:
    return next((r for r in rows(subject, verb) if status in r.from_statuses), None)
