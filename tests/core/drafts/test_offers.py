"""What a person promises at the desk is held for a while, against others and never against itself."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from core.act import Act
from core.database import Database
from core.drafts.ask import ask
from core.drafts.claim import claim
from core.drafts.confirm import confirm
from core.drafts.park import park
from core.drafts.promise import promise_draft
from core.drafts.reject import reject
from core.drafts.tables import Draft
from core.drafts.withdraw import withdraw
from core.errors import Stale
from core.promising.offers import held_until
from core.promising.tables import Reservation
from tests import builders as make
from tests.core.drafts.counter import a_counter, ordered, promised
from tests.core.test_at_once import at_once


def later(minutes: int, actor: str = "user:1") -> Act:
    return make.an_act(actor, make.NOW + timedelta(minutes=minutes))


def test_an_offer_is_held_against_others_for_its_time_and_never_against_itself(
    database: Database,
) -> None:
    with database.begin() as session:
        counter = a_counter(session)
        make.a_lot(session, counter["site"], counter["items"]["A"], 10)
        mara = make.a_user(session)
        first, second = ordered(session, ("A", 10)), ordered(session, ("A", 10), who="south")
        assert promised(first) == promised(second) == [[(10, 1)]]
        claim(session, first, mara.id, act=later(0))
        promise_draft(session, first, act=later(0))
        assert held_until(session, first.id, make.NOW) == make.NOW + timedelta(minutes=30)
        promise_draft(session, second, act=later(5, "system:refresh"))
        assert promised(second) != [[(10, 1)]]
        promise_draft(session, first, act=later(6))
        assert promised(first) == [[(10, 1)]]
        assert held_until(session, first.id, make.NOW) == make.NOW + timedelta(minutes=36)
        promise_draft(session, second, act=later(37, "system:refresh"))
        assert promised(second) == [[(10, 1)]]
        assert held_until(session, first.id, later(37).at) is None


def test_what_a_machine_reads_or_a_person_only_looks_at_holds_nothing(
    sqlite_database: Database,
) -> None:
    with sqlite_database.begin() as session:
        counter = a_counter(session)
        make.a_lot(session, counter["site"], counter["items"]["A"], 10)
        draft = ordered(session, ("A", 10))
        promise_draft(session, draft, act=make.an_act("user:1"))
        assert session.scalars(select(Reservation)).all() == []
        promise_draft(session, draft, act=make.an_act("user:1"), hold=True)
        assert len(session.scalars(select(Reservation)).all()) == 1


def test_who_gives_a_draft_up_gives_its_supply_back(sqlite_database: Database) -> None:
    def give_up(session, draft: Draft, way: str) -> None:  # type: ignore[no-untyped-def]
        if way == "park":
            park(session, draft, None, "later", act=make.an_act())
        elif way == "reject":
            reject(session, draft, "no", act=make.an_act())
        else:
            withdraw(session, draft, "a test", act=make.an_act())

    with sqlite_database.begin() as session:
        counter = a_counter(session)
        make.a_lot(session, counter["site"], counter["items"]["A"], 10)
        for way in ("park", "reject", "withdraw"):
            draft = ordered(session, ("A", 10))
            promise_draft(session, draft, act=make.an_act(), hold=True)
            assert promised(draft) == [[(10, 1)]]
            give_up(session, draft, way)
            assert session.scalars(select(Reservation)).all() == []


def test_a_confirmed_offer_becomes_the_promise(database: Database) -> None:
    with database.begin() as session:
        counter = a_counter(session)
        make.a_lot(session, counter["site"], counter["items"]["A"], 10)
        first, second = ordered(session, ("A", 10)), ordered(session, ("A", 10), who="south")
        promise_draft(session, first, act=make.an_act(), hold=True)
        confirm(session, first, version=first.version, act=make.an_act())
        assert session.scalars(select(Reservation)).all() == []
        promise_draft(session, second, act=make.an_act("system:refresh"))
        assert promised(second) != [[(10, 1)]]


def test_an_offer_holds_components_and_hours_too(sqlite_database: Database) -> None:
    from core.supply.tables import BomLine, RoutingStep, WorkCentre

    with sqlite_database.begin() as session:
        counter = a_counter(session)
        made, part, site = counter["items"]["A"], counter["items"]["B"], counter["site"]
        made.kind = "made"
        make.a_lot(session, site, part, 40)
        centre = WorkCentre(code="SAW", name="Saw", site_id=site.id, minutes_per_day=100)
        session.add(centre)
        session.flush()
        session.add(BomLine(item_id=made.id, component_id=part.id, quantity_per=1))
        session.add(RoutingStep(item_id=made.id, step=1, work_centre_id=centre.id, run_minutes=10))
        session.flush()
        first, second = ordered(session, ("A", 10)), ordered(session, ("A", 10), who="south")
        assert promised(first) == promised(second)
        promise_draft(session, first, act=make.an_act(), hold=True)
        kinds = {row.kind for row in session.scalars(select(Reservation))}
        assert kinds == {"component", "capacity"}
        before = promised(second)
        promise_draft(session, second, act=make.an_act("system:refresh"))
        assert promised(second)[0][0][1] > before[0][0][1]


def test_of_two_offers_at_once_one_holds_the_last_unit(database: Database) -> None:
    with database.begin() as session:
        counter = a_counter(session)
        make.a_lot(session, counter["site"], counter["items"]["A"], 10)
        ids = [ordered(session, ("A", 10), who=who).id for who in ("north", "south")]

    def hold(draft_id: int):  # type: ignore[no-untyped-def]
        return lambda session: promise_draft(
            session, session.get_one(Draft, draft_id), act=make.an_act(), hold=True
        )

    assert at_once(database, hold(ids[0]), hold(ids[1])) == [None, None]
    with database.read() as session:
        soon = [promised(session.get_one(Draft, draft_id)) == [[(10, 1)]] for draft_id in ids]
        assert sorted(soon) == [False, True]


def test_a_part_that_moves_later_is_told_even_when_the_last_day_stays(database: Database) -> None:
    with database.begin() as session:
        counter = a_counter(session)
        item = counter["items"]["A"]
        make.a_lot(session, counter["site"], item, 6)
        make.a_receipt(session, counter["site"], item, 50, make.TODAY + timedelta(days=7))
        draft, other = ordered(session, ("A", 10)), ordered(session, ("A", 6), who="south")
        assert promised(draft) == [[(6, 1), (4, 8)]]
        confirm(session, other, version=other.version, act=make.an_act())
        try:
            confirm(session, draft, version=draft.version, act=make.an_act())
        except Stale as stale:
            ((where, shown, now),) = stale.differences
            assert (where, "6 on" in shown, now) == ("line 1", True, "Tue 10 Mar 2026")
        else:
            raise AssertionError("the clerk was not told")
        assert draft.status == "open"


def test_what_was_offered_is_held_while_the_customer_is_asked(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        counter = a_counter(session)
        make.a_lot(session, counter["site"], counter["items"]["A"], 10)
        draft = ordered(session, ("A", 10))
        ask(session, draft, (), "Is Tuesday fine?", act=make.an_act())
        assert held_until(session, draft.id, make.NOW) == make.NOW + timedelta(hours=24)
        assert draft.status == "waiting"
        promise_draft(session, draft, act=make.an_act("user:1"), hold=True)
        assert held_until(session, draft.id, make.NOW) == make.NOW + timedelta(minutes=30)
