"""Who orders, where it goes, and whether it is new."""

from __future__ import annotations

from sqlalchemy import select

from core import journal
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, correct
from core.drafts.tables import Draft
from core.inbound.tables import Blob, Part
from core.orders.tables import Order
from tests import builders as make
from tests.core.drafts.checked import NAME, Desk
from tests.core.drafts.scenes import DAY, Scenes, add, line

scene = Scenes()


@scene("customer-unknown")
def _nobody(desk: Desk) -> Draft:
    return desk.draft(sender="somebody@elsewhere.example", buyer_name="Elsewhere Ltd")


@scene("customer-ambiguous")
def _two_of_a_name(desk: Desk) -> Draft:
    make.a_customer(desk.session, name=NAME)
    desk.customer.domains = []
    return desk.draft(sender="somebody@elsewhere.example")


@scene("customer-blocked")
def _blocked(desk: Desk) -> Draft:
    desk.customer.blocked, desk.customer.blocked_reason = True, "unpaid"
    return desk.draft()


@scene("sender-not-verified/stranger")
def _stranger(desk: Desk) -> Draft:
    return desk.draft(sender="somebody@elsewhere.example")


@scene("look-alike-domain")
def _look_alike(desk: Desk) -> Draft:
    return desk.draft(sender="einkauf@nordlicnt.example")


@scene("bank-details-changed")
def _bank(desk: Desk) -> Draft:
    draft = desk.draft()
    blob = desk.session.scalars(select(Blob)).first()
    assert blob is not None
    text = "Please note our new bank details: DE89 3704 0044 0532 0130 00."
    part = {"kind": "body-text", "content_type": "text/plain", "size": 1, "sha256": blob.sha256}
    add(desk, Part(document_id=draft.document_id, number=9, text=text, **part))
    desk.again(draft)
    return draft


@scene("unusual-order")
def _unusual(desk: Desk) -> Draft:
    desk.ordered(5, 5, 6)
    make.an_address(desk.session, desk.customer, code="W9", street="77 Far Road", is_default=False)
    rush = (make.TODAY + 2 * DAY).isoformat()
    return desk.draft(line(quantity="60"), ship_to_id="W9", requested_date=rush)


@scene("ship-to-unknown")
def _unheard_place(desk: Desk) -> Draft:
    return desk.draft(ship_to="12 Harbour Street, 99999 Elsewhere")


@scene("ship-to-assumed")
def _usual_place(desk: Desk) -> Draft:
    make.an_address(desk.session, desk.customer, code="W2", is_default=False)
    return desk.draft()


@scene("ship-to-new")
def _new_place(desk: Desk) -> Draft:
    desk.place.added_at = make.NOW - 10 * DAY
    return desk.draft()


@scene("address-implausible/box")
def _box(desk: Desk) -> Draft:
    desk.place.street = "Postfach 12 34"
    make.an_address(desk.session, desk.customer, code="W2", street="4 Quay", is_default=False)
    return desk.draft()


@scene("address-implausible/postal-code")
def _code(desk: Desk) -> Draft:
    desk.place.postal_code = "2672"
    return desk.draft()


@scene("duplicate-order/same")
def _duplicate(desk: Desk) -> Draft:
    first = desk.draft(po_number="4711")
    confirm(desk.session, first, version=first.version, act=make.an_act())
    return desk.draft(po_number="4711")


@scene("revision-of-order/revision")
def _revision_of(desk: Desk) -> Draft:
    first = desk.draft(po_number="4711")
    confirm(desk.session, first, version=first.version, act=make.an_act())
    return desk.draft(line(quantity="4"), po_number="4711")


@scene("po-number-missing")
def _no_number(desk: Desk) -> Draft:
    return desk.draft(po_number="")


def changed(desk: Desk, po_number: str) -> Draft:
    """A clerk says that it is a change."""
    draft = desk.draft(po_number=po_number)
    edit = Edit(None, "kind", "change")
    correct(desk.session, draft, (edit,), version=draft.version, act=make.an_act())
    return draft


@scene("order-not-found")
def _change_of_nothing(desk: Desk) -> Draft:
    return changed(desk, "4711")


@scene("order-not-booked")
def _change_too_soon(desk: Desk) -> Draft:
    desk.draft(po_number="4711")
    return changed(desk, "4711")


@scene("order-closed")
def _change_too_late(desk: Desk) -> Draft:
    first = desk.draft(po_number="4711")
    confirm(desk.session, first, version=first.version, act=make.an_act())
    order = desk.session.get_one(Order, first.order_id)
    journal.advance(desk.session, order, "close", act=make.an_act())
    return changed(desk, "4711")
