"""The promise at the desk: its strip, other ways by one press, terms of delivery, and holding it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from flask import Flask
from sqlalchemy import select

from core.act import Act
from core.catalogue.tables import Item, Substitute
from core.database import Database
from core.drafts.panes import PegView, PromiseView
from core.drafts.promise import promise_draft
from core.drafts.tables import Draft, DraftLine
from core.drafts.workbench import workbench
from core.promising.tables import Expedite, Reservation
from core.supply.tables import ItemSource, Site, StockLot, Supplier
from review_app.desk.strip import by_day, strip
from review_app.show import today
from tests import builders as make
from tests.review_app.conftest import Browser
from tests.review_app.firm import Firm, wanted_day


def short_of_boxes(database: Database, firm: Firm) -> None:
    """BX-60 is gone; BX-40 may be sent instead, and more comes in a week after it is wanted."""
    with database.begin() as session:
        first, second = firm.item_ids
        for lot in session.scalars(select(StockLot).where(StockLot.item_id == second)):
            lot.on_hand_quantity = Decimal(0)
        session.add(Substitute(item_id=second, substitute_id=first))
        site = session.scalars(select(Site)).one()
        item = session.get_one(Item, second)
        item.lead_days = 60
        make.a_receipt(session, site, item, 500, wanted_day() + timedelta(days=7), number="PO-99")
        promise_draft(session, session.get_one(Draft, firm.draft_id), act=Act("system:x"))


def version_of(database: Database, draft_id: int) -> int:
    with database.read() as session:
        return session.get_one(Draft, draft_id).version


def second_line(database: Database, firm: Firm) -> int:
    with database.read() as session:
        rows = session.scalars(
            select(DraftLine.id)
            .where(DraftLine.draft_id == firm.draft_id)
            .order_by(DraftLine.position)
        )
        return list(rows)[1]


def test_a_late_line_shows_its_days_and_is_promised_another_way_by_one_press(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    short_of_boxes(sqlite_database, firm)
    line_id = second_line(sqlite_database, firm)
    page = clerk.get(f"/draft/{firm.draft_id}").get_data(as_text=True)
    assert (
        'class="strip"' in page and f'hx-get="/draft/{firm.draft_id}/line/{line_id}/ways"' in page
    )
    found = clerk.get(
        f"/draft/{firm.draft_id}/line/{line_id}/ways", headers={"HX-Request": "true"}
    ).get_data(as_text=True)
    assert "BX-40 instead" in found and "Bring forward PO-99" in found and "same price" in found
    assert "no other promise slips" in found
    taken = clerk.post(
        f"/draft/{firm.draft_id}/line/{line_id}/way/substitute/{firm.item_ids[0]}",
        {"version": version_of(sqlite_database, firm.draft_id)},
        follow_redirects=True,
    ).get_data(as_text=True)
    assert "BX-40 instead" in taken and "ordered: BX-60" in taken and "held until" in taken
    back = clerk.post(
        f"/draft/{firm.draft_id}/line/{line_id}/way/usual/0",
        {"version": version_of(sqlite_database, firm.draft_id)},
        follow_redirects=True,
    ).get_data(as_text=True)
    assert "ordered: BX-60" not in back


def test_another_supplier_is_chosen_by_one_press(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    with sqlite_database.begin() as session:
        item_id = firm.item_ids[1]
        for lot in session.scalars(select(StockLot).where(StockLot.item_id == item_id)):
            lot.on_hand_quantity = Decimal(0)
        for number, days, cost in (("Usual", 30, "2"), ("Quick", 1, "2.5")):
            supplier = Supplier(number=number, name=f"{number} Ltd", lead_days=days)
            session.add(supplier)
            session.flush()
            facts = {"item_id": item_id, "supplier_id": supplier.id, "unit_cost": Decimal(cost)}
            source = ItemSource(**facts, preference=1 if number == "Usual" else 2)
            session.add(source)
            session.flush()
        source_id = source.id
        promise_draft(session, session.get_one(Draft, firm.draft_id), act=Act("system:x"))
    line_id = second_line(sqlite_database, firm)
    there = f"/draft/{firm.draft_id}/line/{line_id}"
    found = clerk.get(f"{there}/ways", headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "from Quick Ltd" in found and " more; to be agreed with the supplier" in found
    assert "no other promise slips" in found
    version = {"version": version_of(sqlite_database, firm.draft_id)}
    taken = clerk.post(
        f"{there}/way/supplier/{source_id}", version, follow_redirects=True
    ).get_data(as_text=True)
    assert "from Quick Ltd" in taken and "a purchase from another supplier" in taken
    with sqlite_database.read() as session:
        asked = session.scalars(select(Expedite)).one()
        assert (asked.item_id, asked.draft_id) == (item_id, firm.draft_id)
    version = {"version": version_of(sqlite_database, firm.draft_id)}
    clerk.post(f"{there}/way/usual/0", version)
    with sqlite_database.read() as session:
        assert session.scalars(select(Expedite)).all() == []


def test_terms_of_delivery_are_agreed_at_the_desk(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    short_of_boxes(sqlite_database, firm)
    form = {"complete": "yes", "reason": "Ana by phone"}
    told = clerk.post(
        f"/draft/{firm.draft_id}/delivery",
        {"version": version_of(sqlite_database, firm.draft_id), **form},
        follow_redirects=True,
    ).get_data(as_text=True)
    assert "All of it waits for line 2 (BX-60)" in told
    assert "Agreed by Mara: Ana by phone" in told
    refused = clerk.post(
        f"/draft/{firm.draft_id}/delivery",
        {"version": version_of(sqlite_database, firm.draft_id), "most_dates": "few", "reason": "x"},
    )
    assert refused.status_code == 422 or refused.status_code == 400


def test_a_group_gets_its_lines_from_the_sheet(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    line_id = second_line(sqlite_database, firm)
    clerk.post(
        f"/draft/{firm.draft_id}/delivery",
        {
            "version": version_of(sqlite_database, firm.draft_id),
            "group": "Fair",
            "most_dates": "1",
            "line_id": line_id,
            "reason": "stand 12",
        },
    )
    with sqlite_database.read() as session:
        bench = workbench(session, firm.draft_id)
        assert [line.group for line in bench.lines] == ["", "Fair"]
        assert [(t.group, t.positions) for t in bench.terms] == [("", ()), ("Fair", (2,))]


def test_holding_shows_until_when(
    sqlite_database: Database, firm: Firm, browser: Callable[[str], Browser]
) -> None:
    clerk, warehouse = browser("clerk"), browser("warehouse")
    page = clerk.get(f"/draft/{firm.draft_id}").get_data(as_text=True)
    assert "held until" not in page
    held = clerk.post(f"/draft/{firm.draft_id}/hold", follow_redirects=True)
    assert "held until" in held.get_data(as_text=True)
    with sqlite_database.read() as session:
        assert len(session.scalars(select(Reservation)).all()) == 2
    assert warehouse.post(f"/draft/{firm.draft_id}/hold").status_code == 403


def test_the_strip_spans_the_wish_the_parts_and_what_limits_them(app: Flask) -> None:
    def day(offset: int):  # type: ignore[no-untyped-def]
        return today() + timedelta(days=offset)

    def part(offset: int, *pegs: PegView, late: int = 0) -> PromiseView:
        return PromiseView(
            Decimal(5), "EA", day(offset), day(offset), "MAIN", late, "Because.", pegs
        )

    with app.test_request_context():
        stocked = part(2, PegView("stock", "5 in stock", day(0), day(0), 1))
        waits = part(9, PegView("receipt", "5 on PO-9", day(7), day(7), 1, True, "PO-9"), late=7)
        line: Any = SimpleNamespace(
            requested_date=day(2), missed=(), promises=(stocked, waits), is_late=True
        )
        found = strip(line)
        assert found is not None and found.wish is not None and found.limit is not None
        assert (found.wish.at, found.limit.left, found.limit.width) == (25.0, 70.0, 10.0)
        assert [(mark.at, mark.late, mark.after) for mark in found.days] == [
            (25.0, False, True),
            (95.0, True, False),
        ]
        assert (found.today and found.today.label, found.limit.name.label) == ("today", "PO-9")
        line.is_late, line.promises = False, (stocked,)
        assert strip(line) is None


def test_labels_of_the_strip_never_overlap_and_the_last_day_keeps_its_own(app: Flask) -> None:
    def day(offset: int):  # type: ignore[no-untyped-def]
        return today() + timedelta(days=offset)

    with app.test_request_context():
        for wish, offsets in ((8, (8, 9)), (0, (0, 1, 2)), (3, (3, 4, 30, 31)), (None, (20, 40))):
            parts = tuple(
                PromiseView(Decimal(4000), "EA", day(n), day(n), "MAIN", n - (wish or 0), "So.")
                for n in offsets
            )
            line: Any = SimpleNamespace(
                requested_date=None if wish is None else day(wish),
                missed=(),
                promises=parts,
                is_late=True,
            )
            found = strip(line)
            assert found is not None and found.days[-1].label
            for row in (found.days, (found.today, found.wish)):
                reaches = sorted(m.reach for m in row if m and m.label)
                assert all(a[1] <= b[0] for a, b in itertools.pairwise(reaches))


def test_parts_of_one_day_are_shown_as_one(app: Flask) -> None:
    def part(quantity: int, offset: int, sentence: str) -> PromiseView:
        day = today() + timedelta(days=offset)
        return PromiseView(Decimal(quantity), "EA", day, day, "MAIN", 0, sentence)

    with app.test_request_context():
        found = by_day([part(38, 4, "From BRE."), part(7, 9, "Bought."), part(15, 4, "From VEN.")])
    assert [(d.quantity, d.sentence) for d in found] == [
        (53, "From BRE. From VEN."),
        (7, "Bought."),
    ]
