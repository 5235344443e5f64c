"""Which goods, how many, in which unit."""

from __future__ import annotations

from decimal import Decimal

from core.catalogue.tables import ItemFeature, ItemRevision, Substitute
from core.drafts.tables import Draft
from core.drafts.ways.take import take_alternative
from core.inbound.reading import Candidate, Earlier, Evidence, Extraction, ReadOrder
from tests import builders as make
from tests.core.drafts.checked import NAME, Desk
from tests.core.drafts.scenes import Scenes, add, line, read
from tests.core.drafts.test_open import reading

scene = Scenes()


@scene("no-lines")
def _nothing_wanted(desk: Desk) -> Draft:
    return desk.reads(reading(po_number="4711", buyer_name=NAME))


def earlier(desk: Desk, *lines: dict[str, str]) -> Draft:
    words = Evidence(1, span=(0, 17), text="Same as last time")
    number = {"po_number": Candidate("PO-900", 0.97, source="subject")}
    order = ReadOrder(number, read(*lines), Earlier("last", evidence=words))
    return desk.reads(Extraction("order", 0.9, orders=(order,)))


@scene("earlier-order")
def _as_last_time(desk: Desk) -> Draft:
    desk.ordered(3)
    return earlier(desk)


@scene("earlier-order-missing")
def _as_never_before(desk: Desk) -> Draft:
    return earlier(desk, line())


@scene("item-unknown")
def _unheard_item(desk: Desk) -> Draft:
    return desk.draft(line(buyer_sku="0815"))


@scene("item-ambiguous")
def _two_items(desk: Desk) -> Draft:
    other = make.an_item(desk.session, number="BX-41")
    return desk.draft(line(supplier_sku=other.number))


@scene("item-blocked")
def _not_for_sale(desk: Desk) -> Draft:
    desk.item.sale_state = "blocked"
    return desk.draft()


@scene("item-superseded")
def _superseded(desk: Desk) -> Draft:
    newer = make.an_item(desk.session, number="BX-41")
    make.a_list_price(desk.session, newer, "4.10")
    make.a_lot(desk.session, desk.site, newer, 100)
    desk.item.sale_state, desk.item.superseded_by_id = "superseded", newer.id
    return desk.draft()


@scene("item-not-approved/never")
def _approval(desk: Desk) -> Draft:
    desk.customer.approved_items_only = True
    return desk.draft()


def revisions(desk: Desk) -> None:
    states = {"A": "released", "B": "released", "C": "in work"}
    add(desk, *(ItemRevision(item_id=desk.item.id, revision=r, state=s) for r, s in states.items()))


@scene("revision-differs")
def _old_revision(desk: Desk) -> Draft:
    revisions(desk)
    return desk.draft(line(revision="A"))


@scene("revision-not-released")
def _unreleased(desk: Desk) -> Draft:
    revisions(desk)
    return desk.draft(line(revision="C"))


@scene("configuration-incomplete")
def _configuration(desk: Desk) -> Draft:
    choices = [{"code": "24 V", "words": ["24V"]}, {"code": "230 V", "words": ["230V"]}]
    add(desk, ItemFeature(item_id=desk.item.id, code="u", name="voltage", choices=choices))
    return desk.draft()


@scene("unit-unknown")
def _odd_unit(desk: Desk) -> Draft:
    return desk.draft(line(uom="barrel"))


@scene("unit-assumed")
def _no_unit(desk: Desk) -> Draft:
    return desk.draft(line(uom=""))


@scene("unit-doubted")
def _unit(desk: Desk) -> Draft:
    desk.rule("price-differs/under", "off")
    return desk.draft(line(uom="case", unit_price="4.10"))


@scene("pack-content-differs")
def _pack(desk: Desk) -> Draft:
    return desk.draft(line(uom="case", unit_price="49.2", description="Bolts, case of 24"))


@scene("quantity-missing")
def _how_many(desk: Desk) -> Draft:
    return desk.draft(line(quantity=""))


@scene("quantity-below-minimum")
def _minimum(desk: Desk) -> Draft:
    desk.item.minimum_quantity = Decimal(10)
    return desk.draft()


@scene("quantity-not-pack-multiple")
def _multiple(desk: Desk) -> Draft:
    desk.item.multiple_quantity = Decimal(4)
    return desk.draft()


@scene("quantity-unusual")
def _quantity(desk: Desk) -> Draft:
    desk.ordered(10, 12, 10, 11)
    return desk.draft(line(quantity="900"))


@scene("substitute-not-agreed")
def _instead(desk: Desk) -> Draft:
    """More is wanted than there is; another item is there."""
    other = make.an_item(desk.session, number="BX-41")
    make.a_list_price(desk.session, other, "4.10")
    make.a_lot(desk.session, desk.site, other, 50_000)
    add(desk, Substitute(item_id=desk.item.id, substitute_id=other.id))
    draft = desk.draft(line(quantity="20000"))
    number = desk.line(draft).id
    facts = {"version": draft.version, "act": make.an_act()}
    take_alternative(desk.session, draft, number, "substitute", other.id, **facts)
    return draft
