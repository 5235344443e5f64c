"""The way to the customer's door: carriers, lanes, calendars on both sides and the days on which goods are taken in."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from core.company.calendar import Calendar
from core.database import Database
from core.promising.ask import Ask, AskLine, Promised
from core.promising.delivery import Delivery, Lane, Route
from core.promising.promise import promise_lines
from core.promising.sentences import promise_sentence
from core.supply.tables import CarrierService, CountryCalendar, TransitLane
from tests import builders as make

MONDAY = make.TODAY
WEEK = Calendar()
D = Decimal


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def way(days: int = 1, taking: Calendar = WEEK, **how: Any) -> Delivery:
    facts = {"leaving": WEEK, "driving": WEEK, **how}
    return Delivery(taking, {1: Route(days, **facts)})


def test_it_arrives_on_a_day_on_which_it_is_taken_in() -> None:
    tuesdays = Calendar(frozenset({2}))
    assert way(1).arrives(1, MONDAY) == day(1)
    assert way(1, tuesdays).arrives(1, day(1)) == day(8)
    assert way(1, tuesdays).latest(1, day(7)) == MONDAY
    assert way(1, tuesdays).is_kept_waiting(1, day(1), day(2))
    assert not way(1, tuesdays).is_kept_waiting(1, MONDAY, day(1))
    assert not way(3, tuesdays).is_kept_waiting(1, MONDAY, day(1))


def test_it_leaves_when_the_site_works_and_the_carrier_comes() -> None:
    wednesdays = way(2, leaving=WEEK.both(Calendar(frozenset({3}))))
    assert wednesdays.leaves(1, MONDAY) == day(2)
    assert wednesdays.arrives(1, day(2)) == day(4)
    assert wednesdays.latest(1, day(8)) == day(2)


def test_the_carrier_has_its_own_holidays() -> None:
    driving = Calendar(holidays=frozenset({day(1)}))
    assert way(1, driving=driving).arrives(1, MONDAY) == day(2)


def test_a_lorry_between_our_sites_goes_on_its_days() -> None:
    lane = Lane(1, 2, 1, WEEK.both(Calendar(frozenset({4}))), WEEK)  # Thursdays
    assert lane.ready(MONDAY) == day(4)
    assert lane.latest(day(4)) == day(3)
    assert lane.latest(day(3)) == day(-4)


weekdays = st.frozensets(st.integers(1, 7), min_size=1)
holidays = st.frozensets(st.integers(0, 40).map(day), max_size=6)
calendars = st.builds(Calendar, weekdays, holidays)


@settings(max_examples=200, deadline=None)
@given(calendars, calendars, calendars, st.integers(0, 5), st.integers(0, 30))
def test_what_leaves_by_the_latest_day_is_there_in_time(
    taking: Calendar, site: Calendar, driving: Calendar, days: int, wish: int
) -> None:
    found = Delivery(taking, {1: Route(days, site.both(driving), driving)})
    leaves = found.latest(1, day(wish))
    both = taking.both(driving)
    if any(both.works(day(n)) for n in range(wish, wish - 50, -1)):
        assert found.arrives(1, leaves) <= day(wish)
    later = found.leaves(1, leaves + timedelta(days=1))
    assert found.arrives(1, later) >= found.arrives(1, leaves)


@pytest.fixture
def session(sqlite_database: Database) -> Any:
    with sqlite_database.begin() as session:
        make.a_company(session)
        yield session


def stocked(session: Session, **of_place: Any) -> tuple[Any, Any, Any]:
    site, item = make.a_site(session), make.an_item(session)
    make.a_lot(session, site, item, 100)
    place = make.an_address(session, make.a_customer(session), **of_place)
    return site, item, place


def promised(
    session: Session, item: Any, place: Any, wish: date | None = None, **how: Any
) -> Promised:
    now = how.pop("now", make.NOW)
    ask = Ask(
        (AskLine(1, item.id, D(5), wish),),
        now.date(),
        transit_days=place.transit_days,
        customer_id=place.customer_id,
        ship_to_id=place.id,
        **how,
    )
    return promise_lines(session, ask, now=now).lines[1][0]


def a_service(session: Session, code: str = "EXPRESS", **changes: Any) -> CarrierService:
    row = CarrierService(**{"code": code, "name": f"{code.title()} Ltd", **changes})
    session.add(row)
    session.flush()
    return row


def test_the_lane_that_says_most_counts(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session)
        site, item, place = stocked(session, country="DE", postal_code="20 457", transit_days=9)
        assert promised(session, item, place).promised_date == day(11)
        session.add(TransitLane(country="DE", days=3))
        session.flush()
        assert promised(session, item, place).promised_date == day(3)
        session.add(TransitLane(country="DE", postal_prefix="204", site_id=site.id, days=2))
        session.add(TransitLane(country="FR", days=1))
        session.flush()
        assert promised(session, item, place).promised_date == day(2)


def test_a_named_carrier_goes_its_own_way(session: Session) -> None:
    _, item, place = stocked(session, country="DE")
    slow, fast = a_service(session, "SLOW", working_days=[1, 4]), a_service(session)
    session.add(TransitLane(country="DE", days=4))
    session.add(TransitLane(country="DE", carrier_service_id=fast.id, days=1))
    session.add(TransitLane(country="DE", carrier_service_id=slow.id, days=1))
    session.flush()
    assert promised(session, item, place).promised_date == day(4)
    assert promised(session, item, place, ship_via="express ltd").promised_date == day(1)
    place.carrier_code = "SLOW"  # Mondays and Thursdays only
    assert promised(session, item, place).promised_date == day(3)


def test_after_the_carrier_s_cut_off_it_leaves_a_day_later(session: Session) -> None:
    _, item, place = stocked(session, country="DE")
    a_service(session, cut_off="10:00")
    noon = make.NOW.replace(hour=12)
    found = promised(session, item, place, ship_via="EXPRESS", now=noon)
    assert (found.ship_date, found.promised_date) == (day(1), day(2))
    assert promised(session, item, place, ship_via="EXPRESS").ship_date == MONDAY


def test_holidays_where_the_customer_is(session: Session) -> None:
    _, item, place = stocked(session, country="DE")
    session.add(CountryCalendar(country="DE", holidays=[day(1).isoformat()]))
    session.flush()
    found = promised(session, item, place, wish=day(1))
    assert (found.ship_date, found.promised_date) == (day(1), day(2))
    assert found.reason.code == "soonest-taken-in"
    assert (
        "on Tue 3 Mar 2026 the customer takes nothing in, next on Wed 4 Mar 2026"
        in promise_sentence({"code": found.reason.code, "facts": found.reason.facts})
    )
    # wished for after the holiday: it leaves no sooner than it has to
    assert promised(session, item, place, wish=day(3)).ship_date == day(2)


def test_goods_come_when_the_place_takes_them_in(session: Session) -> None:
    _, item, place = stocked(session, receiving_days=[2, 4], closed_dates=[day(1).isoformat()])
    assert promised(session, item, place).promised_date == day(3)
    late = promised(session, item, place, wish=day(4))
    assert late.promised_date == day(3)


def test_a_site_keeps_its_own_holidays(session: Session) -> None:
    site, item, place = stocked(session)
    site.holidays = [MONDAY.isoformat()]
    assert promised(session, item, place).ship_date == day(1)


def test_the_company_s_clock_decides_the_carrier_s_day(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        make.a_company(session, time_zone="Asia/Tokyo")
        _, item, place = stocked(session)
        a_service(session, cut_off="10:00")
        early = datetime(2026, 3, 2, 0, 30, tzinfo=timezone.utc)  # half past nine in Tokyo
        assert promised(session, item, place, ship_via="EXPRESS", now=early).ship_date == MONDAY
        later = early + timedelta(hours=1)
        assert promised(session, item, place, ship_via="EXPRESS", now=later).ship_date == day(1)
