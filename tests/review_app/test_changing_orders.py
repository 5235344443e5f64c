"""A clerk changes a booked order on its page: made at once, or waiting on the desk with what stands in its way."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.tables import Draft, DraftLine
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.values import utc_now
from tests import builders as make
from tests.review_app.conftest import Browser
from tests.review_app.firm import Firm
from tests.review_app.test_desk_views import form_of


@pytest.fixture
def order_id(sqlite_database: Database, firm: Firm) -> int:
    with sqlite_database.begin() as session:
        draft = session.get_one(Draft, firm.draft_id)
        return confirm(session, draft, version=draft.version, act=make.an_act(at=utc_now())).id


def first_line(database: Database, order_id: int) -> OrderLine:
    with database.read() as session:
        found = select(OrderLine).where(OrderLine.order_id == order_id)
        line = session.scalars(found.order_by(OrderLine.position)).first()
        assert line is not None
        session.expunge(line)
        return line


def test_a_change_is_made_at_once_when_nothing_stands_in_its_way(
    sqlite_database: Database, clerk: Browser, order_id: int
) -> None:
    line = first_line(sqlite_database, order_id)
    page = clerk.get(f"/order/{order_id}").get_data(as_text=True)
    assert f'name="price.{line.id}"' in page and f'name="date.{line.id}"' in page
    form = {f"quantity.{line.id}": str(line.quantity + 12), "reason": "By telephone"}
    done = clerk.post(f"/order/{order_id}/change", form, follow_redirects=True)
    assert "The order is changed" in done.get_data(as_text=True)
    assert first_line(sqlite_database, order_id).quantity == line.quantity + 12


def test_a_change_that_costs_money_waits_on_the_desk(
    sqlite_database: Database, clerk: Browser, order_id: int
) -> None:
    line = first_line(sqlite_database, order_id)
    form = {f"price.{line.id}": "0.50", "reason": "By telephone"}
    found = clerk.post(f"/order/{order_id}/change", form, follow_redirects=True)
    text = found.get_data(as_text=True)
    assert "Nothing of the order has changed yet" in text and "Take our price" in text
    assert first_line(sqlite_database, order_id).price == line.price
    assert "waits on the desk" in clerk.get(f"/order/{order_id}").get_data(as_text=True)


def test_the_whole_order_is_opened_on_the_desk(
    sqlite_database: Database, clerk: Browser, order_id: int
) -> None:
    found = clerk.post(f"/order/{order_id}/open-change", follow_redirects=True)
    text = found.get_data(as_text=True)
    assert "until then the order stays" in text
    with sqlite_database.read() as session:
        order = session.get_one(Order, order_id)
        assert order.number in text
        draft = session.scalars(select(Draft).where(Draft.revision_of_id == order_id)).one()
        assert (draft.kind, draft.blocking_count) == ("change", 0)


def test_a_planner_and_a_bad_number_change_nothing(
    sqlite_database: Database, browser: Callable[[str], Browser], clerk: Browser, order_id: int
) -> None:
    line = first_line(sqlite_database, order_id)
    form = {f"quantity.{line.id}": "x", "reason": "By telephone"}
    assert clerk.post(f"/order/{order_id}/change", form).status_code == 422
    assert clerk.post(f"/order/{order_id}/change", {"reason": "none"}).status_code == 422
    planner = browser("planner")
    assert planner.post(f"/order/{order_id}/change", form).status_code == 403
    assert "price." not in planner.get(f"/order/{order_id}").get_data(as_text=True)
    assert first_line(sqlite_database, order_id).price == line.price != Decimal(0)


def days_told(page: str) -> list[str]:
    """The rows of the table of promised days, as words."""
    table = page.split("Promised days, line by line", 1)[1].split("</tbody>", 1)[0]
    cells = re.sub(r"<[^>]+>", " ", table.split("<tbody>", 1)[1].replace("</tr>", "|"))
    return [" ".join(row.split()) for row in cells.split("|") if row.strip()]


def short(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def test_days_are_told_while_the_change_is_typed(
    sqlite_database: Database, clerk: Browser, order_id: int
) -> None:
    line = first_line(sqlite_database, order_id)
    with sqlite_database.read() as session:
        rows = session.scalars(select(ScheduleLine).where(ScheduleLine.line_id == line.id))
        (now,) = [row.promised_date for row in rows]
    assert now is not None
    later = now + timedelta(days=7)
    page = clerk.get(f"/order/{order_id}/ahead?date.{line.id}={later}").get_data(as_text=True)
    first, second = days_told(page)
    assert short(later) in first and first.endswith("+7 d")
    assert second.endswith("as now")
    assert "No promise of another order slips" in page
    nothing = clerk.get(f"/order/{order_id}/ahead").get_data(as_text=True)
    assert [row.endswith("as now") for row in days_told(nothing)] == [True, True]


def test_a_change_on_the_desk_tells_its_days_before_it_is_confirmed(
    sqlite_database: Database, clerk: Browser, order_id: int
) -> None:
    clerk.post(f"/order/{order_id}/open-change")
    with sqlite_database.read() as session:
        draft = session.scalars(select(Draft).where(Draft.revision_of_id == order_id)).one()
        line = session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id)).first()
        assert line is not None and line.requested_date is not None
        later = line.requested_date + timedelta(days=14)
        draft_id, line_id = draft.id, line.id
    page = clerk.get(f"/draft/{draft_id}").get_data(as_text=True)
    assert [row.endswith("as now") for row in days_told(page)] == [True, True]
    form = {**form_of(page), f"l.{line_id}.requested_date": str(later)}
    page = clerk.post(f"/draft/{draft_id}/save", form, follow_redirects=True).get_data(as_text=True)
    first, second = days_told(page)
    assert short(later) in first and first.endswith("+14 d") and second.endswith("as now")
    clerk.post(f"/draft/{draft_id}/confirm", form_of(page))
    with sqlite_database.read() as session:
        last = session.scalars(
            select(ScheduleLine.promised_date)
            .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
            .where(OrderLine.order_id == order_id, ScheduleLine.quantity > 0)
            .order_by(OrderLine.position)
        ).first()
        assert last == later
