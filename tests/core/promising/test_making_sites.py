"""Several sites make an item: a lot is made at one of them, and brought to where it leaves."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.database import Database
from core.masterdata.every import table_named
from core.masterdata.found import Given
from core.masterdata.put import SCREEN, put_rows
from core.masterdata.tables import MasterChange
from core.promising.ask import Ask, AskLine, Promised
from core.promising.promise import peg_as_json, promise_lines
from core.promising.sentences import peg_sentence, promise_sentence
from core.supply.tables import (
    BomLine,
    RoutingAlternate,
    RoutingStep,
    TransferLane,
    WorkCentre,
    WorkCentreClosure,
)
from tests import builders as make
from tests.core.promising.test_plan_in_the_book import book

D = Decimal
MONDAY = make.TODAY


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


class Firm:
    """KIT is made of a BAR in ten minutes, in NORTH or in SOUTH, on a bench of 100 minutes a day each."""

    def __init__(self, session: Session) -> None:
        make.a_company(session)
        self.session = session
        self.north = make.a_site(session, code="NORTH", priority=1)
        self.south = make.a_site(session, code="SOUTH", priority=2)
        self.kit = make.an_item(session, number="KIT", kind="made", lead_days=60)
        self.bar = make.an_item(session, number="BAR", kind="bought", lead_days=30)
        self.n1, self.s1 = self.centre("N1", self.north), self.centre("S1", self.south)
        session.add(BomLine(item_id=self.kit.id, component_id=self.bar.id, quantity_per=D(1)))
        self.step(self.kit, 10, self.n1, self.s1)
        for site in (self.north, self.south):
            make.a_lot(session, site, self.bar, 500)

    def centre(self, code: str, site: Any) -> WorkCentre:
        row = WorkCentre(code=code, name=code, minutes_per_day=100, site_id=site.id)
        self.session.add(row)
        self.session.flush()
        return row

    def step(self, item: Item, number: int, centre: WorkCentre, *others: WorkCentre) -> None:
        step = RoutingStep(
            item_id=item.id, step=number, work_centre_id=centre.id, run_minutes=D(10)
        )
        self.session.add(step)
        self.session.flush()
        self.session.add_all(
            RoutingAlternate(routing_step_id=step.id, work_centre_id=other.id) for other in others
        )
        self.session.flush()

    def lane(self, start: Any, end: Any, days: int = 2) -> None:
        self.session.add(TransferLane(from_site_id=start.id, to_site_id=end.id, days=days))
        self.session.flush()

    def closed(self, centre: WorkCentre, days: int) -> None:
        self.session.add(WorkCentreClosure(work_centre_id=centre.id, first=MONDAY, last=day(days)))
        self.session.flush()

    def ask(self, *lines: tuple[Item, int], wish: date | None = None) -> dict[int, Promised]:
        """By position the last part of each line."""
        asked = tuple(
            AskLine(n, item.id, D(quantity), wish, n) for n, (item, quantity) in enumerate(lines, 1)
        )
        answer = promise_lines(self.session, Ask(asked, MONDAY, transit_days=0), now=make.NOW)
        return {key: parts[-1] for key, parts in answer.lines.items()}


def work(part: Promised) -> set[int]:
    return {claim.centre_id for claim in part.claims if claim.kind == "capacity"}


def places(part: Promised) -> set[int]:
    return {claim.site_id for claim in part.claims if claim.item_id}


def told(part: Promised) -> str:
    return promise_sentence({"code": part.reason.code, "facts": part.reason.facts})


def test_what_the_first_has_no_time_for_is_made_at_the_other(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        part = firm.ask((firm.kit, 5))[1]
        assert (part.site_id, work(part), places(part)) == (
            firm.north.id,
            {firm.n1.id},
            {firm.north.id},
        )
        firm.closed(firm.n1, 20)
        part = firm.ask((firm.kit, 5))[1]
        assert (part.site_id, work(part), places(part)) == (
            firm.south.id,
            {firm.s1.id},
            {firm.south.id},
        )
        assert part.ship_date == MONDAY
        assert "brought" not in told(part)


def test_the_preferred_one_makes_what_it_can_in_time(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        firm.closed(firm.n1, 3)
        assert work(firm.ask((firm.kit, 5))[1]) == {firm.s1.id}
        assert work(firm.ask((firm.kit, 5), wish=day(8))[1]) == {firm.n1.id}


def test_it_is_brought_to_the_site_that_ships(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        firm.south.ships = False
        firm.closed(firm.n1, 20)
        late = firm.ask((firm.kit, 5))[1]
        assert work(late) == {firm.n1.id} and late.ship_date > day(20)  # there is no way from there
        firm.lane(firm.south, firm.north)
        part = firm.ask((firm.kit, 5))[1]
        assert (part.site_id, part.ship_date, work(part)) == (firm.north.id, day(2), {firm.s1.id})
        assert told(part).endswith("It is made in SOUTH and brought from there.")
        pegs = [peg_sentence(peg_as_json(peg), "KIT") for peg in part.pegging]
        assert pegs[0] == "make 5 KIT, by transfer from SOUTH"
        in_time = firm.ask((firm.kit, 5), wish=day(10))[1]
        assert {c.day for c in in_time.claims if c.kind == "capacity"} == {day(8)}


def test_one_lot_never_wanders_between_sites(database: Database) -> None:
    """Each site has only one of two benches free: there is no quick way to have both."""
    with database.begin() as session:
        firm = Firm(session)
        n2, s2 = firm.centre("N2", firm.north), firm.centre("S2", firm.south)
        firm.step(firm.kit, 20, n2, s2)
        firm.closed(firm.n1, 20)
        firm.closed(s2, 10)
        part = firm.ask((firm.kit, 2))[1]
        assert work(part) == {firm.s1.id, s2.id} and part.ship_date == day(11)


def test_two_lines_do_not_take_the_same_hours_of_either(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        parts = firm.ask((firm.kit, 10), (firm.kit, 10), (firm.kit, 10))
        assert [(part.ship_date, work(part)) for part in parts.values()] == [
            (MONDAY, {firm.n1.id}),
            (MONDAY, {firm.s1.id}),
            (day(1), {firm.n1.id}),
        ]
        for part in parts.values():
            site = firm.north if work(part) == {firm.n1.id} else firm.south
            book(session, site, firm.kit, 10, part)
        again = firm.ask((firm.kit, 10))[1]
        assert (again.ship_date, work(again)) == (day(1), {firm.s1.id})


def test_a_component_that_another_site_makes_is_brought_to_the_bench(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        frame = make.an_item(session, number="FRAME", kind="made", lead_days=60)
        session.add(BomLine(item_id=frame.id, component_id=firm.kit.id, quantity_per=D(1)))
        firm.step(frame, 10, firm.centre("N9", firm.north))
        firm.closed(firm.n1, 20)
        firm.lane(firm.south, firm.north)
        part = firm.ask((frame, 5))[1]
        assert part.site_id == firm.north.id and part.ship_date == day(2)
        kit = next(peg for peg in part.pegging if peg.kind == "make" and peg.item == "KIT")
        assert (kit.from_site, kit.due_date) == ("SOUTH", MONDAY)
        made = {claim.item_id: claim.site_id for claim in part.claims if claim.kind == "make"}
        assert made == {frame.id: firm.north.id, firm.kit.id: firm.south.id}
        awaited = [claim for claim in part.claims if claim.kind == "awaited"]
        assert [(c.item_id, c.site_id, c.day) for c in awaited] == [
            (firm.kit.id, firm.north.id, day(2))
        ]
        book(session, firm.north, frame, 5, part)
        later = firm.ask((frame, 5), wish=day(11))[1]
        assert {c.day for c in later.claims if c.centre_id == firm.s1.id} == {day(9)}


def test_each_item_is_made_where_its_benches_stand(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        other = make.an_item(session, number="RACK", kind="made", lead_days=60)
        session.add(BomLine(item_id=other.id, component_id=firm.bar.id, quantity_per=D(1)))
        firm.step(other, 10, firm.centre("S5", firm.south))
        third = make.an_item(session, number="FRAME", kind="made", lead_days=60)
        session.add(BomLine(item_id=third.id, component_id=firm.bar.id, quantity_per=D(1)))
        firm.step(third, 10, firm.centre("N9", firm.north))
        parts = firm.ask((third, 5), (other, 5))
        assert [part.site_id for part in parts.values()] == [firm.north.id, firm.south.id]
        assert [places(part) for part in parts.values()] == [{firm.north.id}, {firm.south.id}]


def test_a_production_order_takes_the_hours_of_its_own_site(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        make.a_receipt(
            session,
            firm.south,
            firm.kit,
            30,
            day(2),
            kind="production",
            begins_on=MONDAY,
            stage="started",
            for_order="OTHER",
        )
        firm.closed(firm.n1, 20)
        # three days of SOUTH are taken by the order, whose own thirty nobody is promised
        part = firm.ask((firm.kit, 35))[1]
        assert work(part) == {firm.s1.id}
        assert {c.day for c in part.claims if c.kind == "capacity"} == {day(3)}


def test_a_site_may_make_it_of_other_things(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        tube = make.an_item(session, number="TUBE", kind="bought", lead_days=9)
        make.a_lot(session, firm.south, tube, 12)
        session.add(
            BomLine(
                item_id=firm.kit.id,
                component_id=tube.id,
                site_id=firm.south.id,
                quantity_per=D(2),
            )
        )
        session.flush()

        def parts(part: Promised) -> dict[int, Decimal]:
            return {c.item_id: c.amount for c in part.claims if c.kind == "component"}

        assert parts(firm.ask((firm.kit, 5))[1]) == {firm.bar.id: 5}
        firm.closed(firm.n1, 4)
        there = firm.ask((firm.kit, 5))[1]
        assert (there.site_id, parts(there)) == (firm.south.id, {tube.id: 10})
        late = firm.ask((firm.kit, 9))[1]  # there are tubes for six, so it waits for the north
        assert (late.site_id, parts(late)) == (firm.north.id, {firm.bar.id: 9})
        # An order of the shop takes what its own site makes it of.
        make.a_receipt(
            session, firm.south, firm.kit, 5, day(1), kind="production", begins_on=MONDAY
        )
        found = firm.ask((tube, 3))[1]
        assert (found.quantity, found.ship_date > MONDAY) == (1, True)


def test_where_nobody_says_what_it_is_made_of_it_is_not_made(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        line = session.scalars(select(BomLine)).one()
        line.site_id = firm.south.id
        session.flush()
        assert work(firm.ask((firm.kit, 5), wish=day(9))[1]) == {firm.s1.id}
        set_of_two = make.an_item(session, number="SET", kind="made", lead_days=60)
        session.add(  # put together without a work centre, in the south
            BomLine(
                item_id=set_of_two.id,
                component_id=firm.bar.id,
                site_id=firm.south.id,
                quantity_per=D(2),
            )
        )
        session.flush()
        part = firm.ask((set_of_two, 3))[1]
        assert (part.site_id, places(part)) == (firm.south.id, {firm.south.id})


def test_a_line_for_all_sites_stands_once(database: Database) -> None:
    with database.begin() as session:
        firm = Firm(session)
        twice = BomLine(item_id=firm.kit.id, component_id=firm.bar.id, quantity_per=D(1))
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(twice)
            session.flush()
        rows = [
            {"item": "KIT", "component": "BAR", "site": s, "quantity_per": D(2)}
            for s in (None, "SOUTH")
        ]
        given = [Given(n, row) for n, row in enumerate(rows)]
        plans = put_rows(session, table_named("bom-lines"), given, door=SCREEN, act=make.an_act())
        assert [plan.action for plan in plans] == ["changed", "created"]
        kept = session.scalars(select(MasterChange.row_key).order_by(MasterChange.id)).all()
        assert kept == ["KIT,BAR,", "KIT,BAR,SOUTH"]
