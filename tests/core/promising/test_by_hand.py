"""Dates that were worked out on paper first, with all that lies between the shelf or the saw and the customer's door."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.database import Database
from core.parties.tables import CustomerAddress
from core.promising.ask import Ask, AskLine, Promised
from core.promising.promise import promise_lines
from core.supply.tables import (
    CarrierService,
    CountryCalendar,
    ItemSource,
    RoutingStep,
    Site,
    TransitLane,
    WorkCentre,
    WorkCentreClosure,
)
from tests import builders as make
from tests.core.promising.test_plan_in_the_book import a_plant

D = Decimal
MONDAY = make.TODAY  # 2 March 2026, nine o'clock in London


def march(day: int) -> date:
    return date(2026, 3, day)


def a_way(session: Session, site: Site) -> tuple[CarrierService, CustomerAddress]:
    """Four days to Poland, two to the postal codes that begin with 50; picking takes a day; the cut-off was at eight."""
    site.cut_off, site.handling_days = "08:00", 1
    lorry = CarrierService(code="LORRY", name="Lorry")
    session.add(lorry)
    session.flush()
    for prefix, days in (("", 4), ("50", 2)):
        session.add(
            TransitLane(carrier_service_id=lorry.id, country="PL", postal_prefix=prefix, days=days)
        )
    customer = make.a_customer(session)
    place = CustomerAddress(
        customer_id=customer.id, kind="ship_to", code="WRO", name="Wrocław works",
        postal_code="50-062", city="Wrocław", country="PL", carrier_code="LORRY",
    )  # fmt: skip
    session.add(place)
    session.flush()
    return lorry, place


def asked(
    session: Session, place: CustomerAddress, item: Item, quantity: int, wish: date | None = None
) -> Promised:
    ask = Ask(
        (AskLine(1, item.id, D(quantity), wish, 1),),
        MONDAY,
        customer_id=place.customer_id,
        ship_to_id=place.id,
    )
    (part,) = promise_lines(session, ask, now=make.NOW).lines[1]
    return part


def days(part: Promised) -> tuple[date, date]:
    return part.ship_date, part.promised_date


def test_from_the_shelf_to_a_door_that_opens_on_two_days_of_the_week(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session, time_zone="Europe/London")
        site, item = make.a_site(session), make.an_item(session)
        make.a_lot(session, site, item, 50)
        lorry, place = a_way(session, site)
        # The cut-off is over: Tuesday's work, picked until Wednesday the 4th, Friday the 6th at the door.
        assert days(asked(session, place, item, 5)) == (march(4), march(6))
        # They take in on Tuesdays and Thursdays, and are closed on Tuesday the 10th: Thursday, so it leaves on Tuesday.
        place.receiving_days, place.closed_dates = [2, 4], ["2026-03-10"]
        session.flush()
        assert days(asked(session, place, item, 5)) == (march(10), march(12))
        # Nobody works in Poland on the 12th: Tuesday the 17th, so it leaves on Friday the 13th.
        session.add(CountryCalendar(country="PL", working_days=[], holidays=["2026-03-12"]))
        session.flush()
        assert days(asked(session, place, item, 5)) == (march(13), march(17))
        # Nor does the lorry drive on Friday the 13th: Thursday, and Monday is its second day.
        lorry.holidays = ["2026-03-13"]
        session.flush()
        assert days(asked(session, place, item, 5)) == (march(12), march(17))
        # Another town in Poland is four of its days away: from Tuesday the 10th Wednesday, Thursday, Monday, Tuesday.
        place.postal_code = "61-001"
        session.flush()
        assert days(asked(session, place, item, 5)) == (march(10), march(17))


def test_from_the_bench_with_yield_maintenance_and_a_supplier_s_week(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        _, place = a_way(session, site)
        session.add(ItemSource(item_id=kit.id, yield_percent=D(80)))
        bench = session.scalars(select(WorkCentre)).one()
        step = session.scalars(select(RoutingStep)).one()
        step.setup_minutes = D(20)
        session.add(
            WorkCentreClosure(work_centre_id=bench.id, first=march(3), last=march(3), reason="Oil")
        )
        make.a_lot(session, site, bar, 30)
        # Twelve good of fifteen begun, of thirty bars: 20 + 15 * 10 = 170 minutes, 100 on Monday, none on Tuesday,
        # 70 on Wednesday the 4th. The bench takes bars before customers' goods are picked; picking the kits takes
        # Thursday, the road until Monday.
        made = asked(session, place, kit, 12)
        assert days(made) == (march(5), march(9))
        assert [peg.quantity for peg in made.pegging] == [D(15), D(170), D(30)]
        # Wished for Friday the 20th: leaves on Wednesday the 18th, ready on Tuesday: 100 minutes of it, 70 of Monday.
        wished = asked(session, place, kit, 12, march(20))
        assert days(wished) == (march(18), march(20))
        assert [peg.begins_on for peg in wished.pegging if peg.kind == "make"] == [march(16)]
        # For thirteen, seventeen are begun of 34 bars: four are bought, here after eight working days on Thursday the
        # 12th; 190 minutes: that day and Friday. Picked until Monday, at the door on Wednesday the 18th.
        more = asked(session, place, kit, 13)
        assert days(more) == (march(16), march(18))
        assert more.reason.code == "make-waits-buying"
