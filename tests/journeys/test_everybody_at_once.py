"""Everybody works at the same moment: whatever is confirmed, changed, cancelled, taken another way, offered, moved by the
watch, received, scrapped or shared out meanwhile, no minute of a work centre and no piece is promised twice.
"""

from __future__ import annotations

import random
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from core.database import Database
from core.drafts.claim import LIVE
from core.drafts.tables import Draft
from core.errors import OrderclerkError
from core.execution.tables import Allocation
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.picture import picture
from core.promising.tables import Expedite, PromiseClaim, Reservation
from core.supply.tables import StockLot, StockMovement
from core.watch.check import check
from core.watch.decide import accept
from core.watch.due import check_changes
from core.watch.tables import PromiseSlip
from tests import builders as make
from tests.journeys import busy_firm as busy
from tests.journeys.busy_firm import Firm, Step
from tests.promised import HAIR, ZERO, Place, goods_lacking, minutes_promised

PEOPLE = 6
STEPS = 4
ORDERING: tuple[Step, ...] = (
    busy.an_order_comes, busy.an_order_comes, busy.a_draft_is_offered, busy.a_draft_is_offered,
    busy.a_draft_is_confirmed, busy.a_draft_is_confirmed, busy.a_draft_is_confirmed, busy.a_draft_is_withdrawn,
    busy.a_way_of_what_is_free_is_taken, busy.a_line_is_cancelled, busy.goods_arrive,
)  # fmt: skip
EVERYTHING: tuple[Step, ...] = (
    *ORDERING, busy.another_way_is_taken, busy.an_order_is_changed, busy.an_order_is_changed,
    busy.promises_are_asked_again, busy.stock_is_tied, busy.stock_is_let_go, busy.goods_are_scrapped,
    busy.changes_are_looked_at, busy.the_book_is_looked_at, busy.a_slip_is_accepted, busy.stock_is_shared_out,
)  # fmt: skip
WITH_THE_SHOP: tuple[Step, ...] = (
    *(step for step in EVERYTHING if step is not busy.goods_are_scrapped),
    busy.the_shop_takes_up_a_lot, busy.the_shop_takes_up_a_lot, busy.goods_arrive,
)  # fmt: skip


@dataclass
class Day:
    """People at work; what became of their steps is counted in `outcomes`."""

    database: Database
    steps: tuple[Step, ...]
    seed: int
    now: datetime = make.NOW
    outcomes: Counter[str] = field(default_factory=Counter)
    strangers: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        with self.database.begin() as session:
            self.firm = Firm(session)
            self.users = [make.a_user(session).id for _ in range(PEOPLE)]
            chance = random.Random(self.seed)
            for _ in range(PEOPLE):
                busy.an_order_comes(self.firm, session, chance, make.an_act("system:reader"))
            for _ in range(PEOPLE // 2):
                busy.a_draft_is_confirmed(self.firm, session, chance, make.an_act())

    def round(self, number: int) -> None:
        self.now = busy.later(make.NOW, number)
        start = threading.Barrier(PEOPLE)

        def work(person: int) -> None:
            chance = random.Random(f"{self.seed}/{number}/{person}")
            start.wait()
            for _ in range(STEPS):
                self.step(chance.choice(self.steps), chance.random(), self.users[person])

        threads = [threading.Thread(target=work, args=(n,)) for n in range(PEOPLE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        assert self.strangers == []

    def step(self, step: Step, seed: float, user: int) -> None:
        act = make.an_act(f"user:{user}", at=self.now)
        try:
            self.database.run(lambda s: step(self.firm, s, random.Random(seed), act))
            result = "done"
        except OrderclerkError as error:
            result = type(error).__name__
        except Exception as error:
            result = "collided" if _is_collision(error) else "died"
            if result == "died":
                self.strangers.append(error)
        self.outcomes[f"{step.__name__}: {result}"] += 1


def _is_collision(error: Exception) -> bool:
    """Two wrote to one subject: who was slower is told to look again (review_app.problems)."""
    of_journal = "event" in str(error) and isinstance(error, IntegrityError)
    return of_journal or isinstance(error, StaleDataError)


def the_books_agree(session: Session) -> None:
    """Nothing is lost: what lines want is what their schedules hold, and each claim and offer belongs to somebody."""
    query = select(ScheduleLine.line_id, func.sum(ScheduleLine.quantity))
    scheduled = dict(session.execute(query.group_by(ScheduleLine.line_id)).all())
    for line in session.scalars(
        select(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.status == "booked")
    ):
        assert scheduled[line.id] == line.stock_quantity - line.cancelled_quantity
    orphans = session.scalars(
        select(PromiseClaim.id)
        .join(ScheduleLine, ScheduleLine.id == PromiseClaim.schedule_line_id)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            (Order.status != "booked") | (ScheduleLine.quantity <= ScheduleLine.shipped_quantity)
        )
    ).all()
    assert orphans == []
    tied_to = (
        select(func.coalesce(func.sum(Allocation.quantity), 0))
        .where(Allocation.schedule_line_id == ScheduleLine.id)
        .scalar_subquery()
    )
    too_wide = session.scalars(
        select(PromiseClaim.id)
        .join(ScheduleLine, ScheduleLine.id == PromiseClaim.schedule_line_id)
        .where(
            PromiseClaim.of_quantity
            > ScheduleLine.quantity - ScheduleLine.shipped_quantity - tied_to
        )
    ).all()
    assert too_wide == []
    forgotten = session.scalars(
        select(Reservation.id)
        .join(Draft, Draft.id == Reservation.draft_id)
        .where(Draft.status.not_in(LIVE))
    ).all()
    assert forgotten == []
    tied = session.execute(
        select(StockLot.lot, StockLot.on_hand_quantity, func.sum(Allocation.quantity))
        .join(Allocation, Allocation.lot_id == StockLot.id)
        .group_by(StockLot.id, StockLot.lot, StockLot.on_hand_quantity)
    )
    assert [row for row in tied if row[2] > row[1]] == []
    too_much = session.execute(
        select(ScheduleLine.id, ScheduleLine.quantity, func.sum(Allocation.quantity))
        .join(Allocation, Allocation.schedule_line_id == ScheduleLine.id)
        .group_by(ScheduleLine.id, ScheduleLine.quantity)
    )
    assert [row for row in too_much if row[2] > row[1]] == []


def overbooked(
    session: Session, firm: Firm, taken: dict[tuple[int, date], Decimal]
) -> dict[tuple[int, date], Decimal]:
    """Where more minutes are taken than there are, overtime that somebody asked for among them."""
    whole: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    for row in session.scalars(select(Expedite).where(Expedite.work_centre_id.is_not(None))):
        whole[row.work_centre_id or 0, row.due_date] += row.minutes or ZERO
    return {
        key: minutes
        for key, minutes in taken.items()
        if minutes > firm.centres[key[0]] + whole[key] + HAIR
    }


def scrapped(session: Session) -> dict[Place, Decimal]:
    rows = session.execute(
        select(StockLot.item_id, StockLot.site_id, -func.sum(StockMovement.quantity))
        .join(StockMovement, StockMovement.lot_id == StockLot.id)
        .where(StockMovement.reason == busy.SCRAP)
        .group_by(StockLot.item_id, StockLot.site_id)
    )
    return {(item, site): Decimal(total) for item, site, total in rows}


def settle(session: Session, firm: Firm, now: datetime) -> None:
    """What slips because goods were scrapped gets its new date."""
    for _ in range(12):
        check_changes(session, act=make.an_act(at=now))
        check(session, firm.items, act=make.an_act(at=now))
        slips = session.scalars(
            select(PromiseSlip)
            .where(PromiseSlip.status == "open", PromiseSlip.kind == "slip")
            .order_by(PromiseSlip.schedule_line_id)
        ).all()
        if not slips:
            return
        for slip in slips:
            try:
                with session.begin_nested():
                    accept(session, slip, act=make.an_act(at=now))
            except OrderclerkError:
                session.refresh(slip)
    raise AssertionError("promises slip without end")


def live_an_ordering_day(database: Database, seed: int, rounds: int) -> Counter[str]:
    day = Day(database, ORDERING, seed)
    for number in range(rounds):
        day.round(number)
        with database.read() as session:
            firm, items = day.firm, day.firm.items
            taken = minutes_promised(session, items, offered_at=day.now)
            assert overbooked(session, firm, taken) == {}
            assert goods_lacking(session, items, offered_at=day.now) == []
            the_books_agree(session)
    return day.outcomes


def live_a_whole_day(database: Database, seed: int, rounds: int) -> Counter[str]:
    day = Day(database, EVERYTHING, seed)
    for number in range(rounds):
        day.round(number)
        with database.read() as session:
            firm, items = day.firm, day.firm.items
            assert overbooked(session, firm, minutes_promised(session, items)) == {}
            assert goods_lacking(session, items, gone=scrapped(session)) == []
            the_books_agree(session)
        with database.begin() as session:
            settle(session, day.firm, day.now)
        with database.read() as session:
            assert overbooked(session, firm, minutes_promised(session, items)) == {}
            assert goods_lacking(session, items) == []
    return day.outcomes


def live_a_day_with_the_shop(database: Database, seed: int, rounds: int) -> Counter[str]:
    """Here the book itself says what is taken: what the shop makes is counted as its order or as the promise's plan. Who
    loses made goods to others has to be made again, so that is settled first."""
    day = Day(database, WITH_THE_SHOP, seed)
    for number in range(rounds):
        day.round(number)
        with database.begin() as session:
            settle(session, day.firm, day.now)
        with database.read() as session:
            plant = picture(session, day.firm.items, now=day.now, offers=False).plant
            assert plant is not None
            assert overbooked(session, day.firm, dict(plant.booked)) == {}
            the_books_agree(session)
    return day.outcomes


Live = Callable[[Database, int, int], Counter[str]]
DAYS: tuple[Live, ...] = (live_an_ordering_day, live_a_whole_day, live_a_day_with_the_shop)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("live", DAYS)
def test_nothing_is_promised_twice(database: Database, live: Live) -> None:
    outcomes = live(database, 1, 2)
    assert sum(number for name, number in outcomes.items() if name.endswith(": done")) > PEOPLE


@pytest.mark.benchmark
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("live", DAYS)
def test_nothing_is_promised_twice_all_day_long(database: Database, live: Live, seed: int) -> None:
    print(seed, dict(sorted(live(database, 100 + seed, 15).items())))
