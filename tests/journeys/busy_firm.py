"""A firm whose few machines and goods everybody wants, and what its people and programs do at random."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.act import Act
from core.catalogue.tables import Substitute
from core.drafts.change.own import change_order
from core.drafts.claim import LIVE, claim
from core.drafts.confirm import confirm
from core.drafts.open import open_drafts
from core.drafts.promise import promise_draft
from core.drafts.tables import Draft, DraftLine
from core.drafts.ways.find import ways
from core.drafts.ways.take import take_alternative
from core.drafts.withdraw import withdraw
from core.execution.allocate import allocate
from core.execution.deallocate import deallocate
from core.execution.scarce import RULES
from core.orders.cancel import cancel_line
from core.orders.change import LineChange
from core.orders.repromise import repromise
from core.orders.rows import locked_order
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.tables import PromiseClaim
from core.supply.count import count
from core.supply.receive import receive_goods
from core.supply.tables import BomLine, Receipt, RoutingStep, StockLot, WorkCentre
from core.watch.check import check
from core.watch.decide import accept
from core.watch.due import check_changes
from core.watch.share_out import share_out
from core.watch.shares import propose
from core.watch.tables import PromiseSlip
from tests import builders as make
from tests.core.drafts.test_open import reading

D = Decimal
SCRAP = "scrap"
BUYER = "einkauf@nordlicht.example"
NAMES = ("GEAR", "PLATE", "BAR")
AS_IT_IS = ("complete", "split", "substitute", "site")
"""Ways that live from what is free already."""
Step = Callable[["Firm", Session, random.Random, Act], object]


class Firm:
    """A gear takes a bar and the saw, a plate two bars, the saw and the bench; both sites sell, one of them makes."""

    def __init__(self, session: Session) -> None:
        make.a_company(session)
        customer = make.a_customer(session, name="Nordlicht Pumpen GmbH")
        make.an_address(session, customer, code="W1")
        make.a_contact(session, customer, email=BUYER)
        plant, store = (make.a_site(session, code=code) for code in ("MAIN", "STORE"))
        facts: tuple[tuple[str, int], ...] = (("made", 40), ("made", 40), ("bought", 9))
        gear, plate, bar = (
            make.an_item(session, number=number, kind=kind, lead_days=days)
            for number, (kind, days) in zip(NAMES, facts, strict=True)
        )
        self.items = [gear.id, plate.id, bar.id]
        for item in (gear, plate, bar):
            make.a_list_price(session, item, "4.10")
            make.a_customer_item(session, customer, item, item.number)
        self.centres = {
            self._centre(session, plant.id, code, minutes): D(minutes)
            for code, minutes in (("SAW", 60), ("BENCH", 100))
        }
        saw, bench = self.centres
        session.add_all(
            [
                Substitute(item_id=gear.id, substitute_id=plate.id, both_ways=True),
                BomLine(item_id=gear.id, component_id=bar.id, quantity_per=D(1)),
                BomLine(item_id=plate.id, component_id=bar.id, quantity_per=D(2)),
                RoutingStep(item_id=gear.id, step=10, work_centre_id=saw, run_minutes=D(7)),
                RoutingStep(item_id=plate.id, step=10, work_centre_id=saw, run_minutes=D(5)),
                RoutingStep(item_id=plate.id, step=20, work_centre_id=bench, run_minutes=D(4)),
            ]
        )
        for site, item, quantity in ((plant, bar, 40), (plant, gear, 3), (store, gear, 4)):
            make.a_lot(session, site, item, quantity)
        for offset in (2, 4, 7):
            make.a_receipt(session, plant, bar, 12, make.TODAY + timedelta(days=offset))
        make.a_receipt(session, store, gear, 6, make.TODAY + timedelta(days=3))

    def _centre(self, session: Session, site_id: int, code: str, minutes: int) -> int:
        row = WorkCentre(
            code=code, name=code, minutes_per_day=minutes, site_id=site_id, overtime_minutes=20
        )
        session.add(row)
        session.flush()
        return row.id


def one_of(session: Session, chance: random.Random, query: Any) -> Any:
    """A row of the query's, None when there is none."""
    rows = session.scalars(query).all()
    return chance.choice(rows) if rows else None


def _draft(session: Session, chance: random.Random) -> Any:
    return one_of(
        session,
        chance,
        select(Draft).where(Draft.status.in_(LIVE), Draft.kind == "order").order_by(Draft.id),
    )


def _order(session: Session, chance: random.Random) -> Any:
    return one_of(session, chance, select(Order).where(Order.status == "booked").order_by(Order.id))


def _line(session: Session, chance: random.Random, order: Order) -> Any:
    query = select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
    return one_of(session, chance, query)


def an_order_comes(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    lines = [
        {
            "buyer_sku": chance.choice(("GEAR", *NAMES)),
            "quantity": str(chance.randint(1, 6)),
            "uom": "EA",
            "unit_price": "4.10",
        }
        for _ in range(chance.choice((1, 1, 2)))
    ]
    wish = make.TODAY + timedelta(days=chance.randint(1, 9))
    mail = make.a_document(session, sender_address=BUYER, authentication="pass")
    head = {"po_number": f"N-{mail.id}", "buyer_name": "Nordlicht Pumpen GmbH"}
    read = reading(*lines, requested_date=wish.isoformat(), **head)
    open_drafts(session, mail, read, act=act)


def a_draft_is_offered(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    draft = _draft(session, chance)
    if draft and claim(session, draft, int(act.actor.removeprefix("user:")), act=act):
        promise_draft(session, draft, act=act)


def a_draft_is_confirmed(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    if draft := _draft(session, chance):
        if chance.random() < 0.5:
            promise_draft(session, draft, act=act.under("look"))
        confirm(session, draft, version=draft.version, act=act)


def a_draft_is_withdrawn(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    if draft := _draft(session, chance):
        withdraw(session, draft, "asked elsewhere", act=act)


def _take_a_way(
    session: Session, chance: random.Random, act: Act, kinds: tuple[str, ...] = ()
) -> None:
    draft = _draft(session, chance)
    line = draft and one_of(
        session, chance, select(DraftLine).where(DraftLine.draft_id == draft.id)
    )
    if line is None:
        return
    found = [
        way for way in ways(session, draft, line.id, now=act.at) if way.kind in kinds or not kinds
    ]
    if found:
        way = chance.choice(found)
        named = {"reason": "as agreed", "version": draft.version}
        take_alternative(session, draft, line.id, way.kind, way.id, act=act, **named)


def another_way_is_taken(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    _take_a_way(session, chance, act)


def a_way_of_what_is_free_is_taken(
    firm: Firm, session: Session, chance: random.Random, act: Act
) -> None:
    _take_a_way(session, chance, act, AS_IT_IS)


def a_line_is_cancelled(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    if order := _order(session, chance):
        amount = chance.choice((None, D(1), D(2)))
        line = _line(session, chance, order)
        cancel_line(session, order, line.id, amount, "not needed", act=act)


def an_order_is_changed(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    if order := _order(session, chance):
        lines = session.scalars(
            select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
        ).all()
        wanted = []
        for line in chance.sample(lines, chance.randint(1, len(lines))):
            wish = make.TODAY + timedelta(days=chance.randint(1, 9))
            moved = wish if chance.random() < 0.7 else None
            wanted.append(LineChange(line.id, D(chance.randint(1, 8)), requested_date=moved))
        change_order(session, order, tuple(wanted), "by telephone", act=act)


def promises_are_asked_again(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    if order := _order(session, chance):
        repromise(session, order, earlier=chance.random() < 0.5, act=act)


def stock_is_tied(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    if order := _order(session, chance):
        allocate(session, order, act=act)


def stock_is_let_go(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    if order := _order(session, chance):
        deallocate(session, order, act=act)


def goods_arrive(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    row = one_of(
        session, chance, select(Receipt).where(Receipt.closed.is_(False)).order_by(Receipt.id)
    )
    if row:
        rest = min(D(chance.randint(1, 5)), row.quantity - row.received_quantity)
        receive_goods(session, row.id, rest, f"R{row.id}", act=act)


def goods_are_scrapped(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    lot = one_of(
        session,
        chance,
        select(StockLot).where(StockLot.on_hand_quantity > 0).order_by(StockLot.id),
    )
    if lot:
        left = max(lot.on_hand_quantity - chance.randint(1, 3), D(0))
        count(session, lot.id, left, SCRAP, act=act)


def stock_is_shared_out(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    line = one_of(
        session,
        chance,
        select(ScheduleLine).where(ScheduleLine.site_id.is_not(None)).order_by(ScheduleLine.id),
    )
    if line:
        item = session.get_one(OrderLine, line.line_id).item_id
        where = (item, line.site_id, chance.choice(sorted(RULES)))
        seen = propose(session, *where, now=act.at).seen
        share_out(session, *where, seen, "as agreed", act=act)


def changes_are_looked_at(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    check_changes(session, act=act)


def the_book_is_looked_at(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    check(session, firm.items, act=act)


def a_slip_is_accepted(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    slip = one_of(
        session,
        chance,
        select(PromiseSlip).where(PromiseSlip.status == "open").order_by(PromiseSlip.id),
    )
    if slip:
        accept(session, slip, act=act)


def the_shop_takes_up_a_lot(firm: Firm, session: Session, chance: random.Random, act: Act) -> None:
    """Work for a promise becomes an order of the shop's, on the one day on which it was planned."""
    claims = select(PromiseClaim.schedule_line_id)
    several = (
        claims.where(PromiseClaim.kind == "capacity")
        .group_by(PromiseClaim.schedule_line_id)
        .having(func.min(PromiseClaim.day) < func.max(PromiseClaim.day))
    )
    lot = one_of(
        session,
        chance,
        select(PromiseClaim)
        .join(ScheduleLine, ScheduleLine.id == PromiseClaim.schedule_line_id)
        .where(
            PromiseClaim.kind == "make",
            PromiseClaim.schedule_line_id.not_in(several),
            ScheduleLine.quantity >= PromiseClaim.of_quantity,
        )
        .order_by(PromiseClaim.id),
    )
    if lot is None:
        return
    line = session.get_one(OrderLine, session.get_one(ScheduleLine, lot.schedule_line_id).line_id)
    order = locked_order(session, line.order_id)  # two would take up one lot
    days = session.scalars(
        select(PromiseClaim.day.distinct())
        .join(ScheduleLine, ScheduleLine.id == PromiseClaim.schedule_line_id)
        .where(
            PromiseClaim.schedule_line_id == lot.schedule_line_id,
            PromiseClaim.kind == "capacity",
            PromiseClaim.of_quantity == lot.of_quantity,
            ScheduleLine.quantity >= lot.of_quantity,
        )
    ).all()
    still = session.scalar(select(PromiseClaim.id).where(PromiseClaim.id == lot.id))
    if len(days) != 1 or still is None:
        return  # its promise has moved meanwhile
    if session.scalar(select(Receipt.id).where(Receipt.for_order == order.number)) is None:
        session.add(
            Receipt(
                kind="production",
                number=f"M-{lot.id}",
                site_id=lot.site_id,
                item_id=lot.item_id,
                quantity=lot.amount,
                begins_on=days[0],
                expected_date=days[0],
                stage=chance.choice(("released", "started")),
                for_order=order.number,
                for_position=line.position,
            )
        )


def later(now: datetime, rounds: int) -> datetime:
    """Offers stand for half an hour: some of the last round still do, those of the one before it do not."""
    return now + timedelta(minutes=20 * rounds)
