"""The promise watch on the screen: by cause, decided with the keys' forms, told in a batch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.database import Database
from core.orders.tables import Hold, ScheduleLine
from core.outbox import OutboxItem
from core.supply.tables import Receipt, Site
from core.values import utc_now
from core.watch.due import check_changes
from core.watch.tables import PromiseNotice, PromiseSlip
from core.watched import SupplyChange
from tests import builders as make
from tests.builders import Wanted, an_act
from tests.review_app.conftest import Browser
from tests.review_app.firm import Firm

Open = Callable[[str], Browser]


def three_slips(database: Database) -> list[int]:
    """Three slips of one cause, of two customers; their ids."""
    today = utc_now().date()
    with database.begin() as session:
        site = session.scalars(select(Site)).first() or make.a_site(session)
        item = make.an_item(session, number="WATCHED", lead_days=200)
        receipt = make.a_receipt(session, site, item, 9, today + timedelta(days=10), number="PO-77")
        first, second = make.a_customer(session, name="Alpha & Co"), make.a_customer(session)
        for customer in (first, first, second):
            order = make.an_order(
                session,
                customer,
                [Wanted(item, 3)],
                promised=today + timedelta(days=20),
                site=site,
            )
            row = session.scalars(select(ScheduleLine).order_by(ScheduleLine.id.desc())).first()
            assert row is not None and order.id
            row.ship_date = today + timedelta(days=17)
        session.flush()
        session.execute(update(SupplyChange).values(checked_at=utc_now()))
        receipt.expected_date = today + timedelta(days=40)
        session.flush()
        check_changes(session, act=an_act(at=utc_now()))
        return list(session.scalars(select(PromiseSlip.id)))


@pytest.fixture
def slips(sqlite_database: Database, firm: Firm) -> list[int]:
    return three_slips(sqlite_database)


def states(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(PromiseSlip.status).order_by(PromiseSlip.id)))


def test_causes_with_what_they_cost(browser: Open, slips: list[int]) -> None:
    page = browser("planner").get("/promises").get_data(as_text=True)
    assert "PO-77 comes on" in page
    assert "3 orders, 2 customers" in page and "90.00 EUR" in page
    assert "Alpha &amp; Co" in page and "Accept all 3" in page
    assert 'class="count alert">3<' in page  # in the frame


def test_nothing_slips(browser: Open) -> None:
    for tab, words in (
        ("slips", "Every promise holds."),
        ("expedite", "Nothing has to be expedited."),
        ("sooner", "No promise could be sooner."),
        ("mails", "No mail waits."),
        ("nonsense", "Every promise holds."),
    ):
        assert words in browser("planner").get(f"/promises?tab={tab}").get_data(as_text=True)


def test_one_is_accepted_one_is_kept(
    browser: Open, slips: list[int], sqlite_database: Database
) -> None:
    planner = browser("planner")
    planner.post(f"/promises/slip/{slips[0]}/accept", {"reason": ""})
    refused = planner.post(f"/promises/slip/{slips[1]}/refuse", {"reason": " "})
    assert refused.status_code == 422
    planner.post(f"/promises/slip/{slips[1]}/refuse", {"reason": "by air", "hold": "yes"})
    assert states(sqlite_database) == ["accepted", "refused", "open"]
    assert "by air" in planner.get("/promises?tab=expedite").get_data(as_text=True)
    with sqlite_database.read() as session:
        assert session.scalars(select(Hold.reason)).all() == ["by air"]
    again = planner.post(f"/promises/slip/{slips[0]}/accept", {})
    assert again.status_code == 409


def test_a_whole_cause_is_accepted_and_told_in_one_batch(
    browser: Open, slips: list[int], sqlite_database: Database
) -> None:
    with sqlite_database.read() as session:
        cause = session.scalars(select(PromiseSlip.cause)).first()
    planner, clerk = browser("planner"), browser("clerk")
    planner.post("/promises/cause", {"cause": cause, "tab": "slips"})
    assert states(sqlite_database) == ["accepted"] * 3
    page = clerk.get("/promises?tab=mails").get_data(as_text=True)
    assert "Tell all 2 customers" in page
    assert "Tell all" not in planner.get("/promises?tab=mails").get_data(as_text=True)
    with sqlite_database.read() as session:
        ids = session.scalars(select(PromiseNotice.id).order_by(PromiseNotice.id)).all()
    view = clerk.get(f"/promises/mail/{ids[0]}").get_data(as_text=True)
    assert "WATCHED" in view and "<textarea" in view
    clerk.post(f"/promises/mail/{ids[0]}/edit", {"text": "Dear all,\r\n\r\nit is late."})
    assert "it is late." in clerk.get(f"/promises/mail/{ids[0]}").get_data(as_text=True)
    clerk.post("/promises/mails", {"notice": [str(n) for n in ids]})
    with sqlite_database.read() as session:
        tasks = session.scalars(select(OutboxItem.task).where(OutboxItem.subject == "notice")).all()
        assert tasks == ["promise-notice"] * 2
    assert "No mail waits." in clerk.get("/promises?tab=mails").get_data(as_text=True)


def test_scarce_stock_is_shared_out_by_a_planner(
    browser: Open, slips: list[int], sqlite_database: Database
) -> None:
    planner, clerk = browser("planner"), browser("clerk")
    page = planner.get("/promises/scarce").get_data(as_text=True)
    address = page.split('href="/promises/scarce/')[1].split('"')[0]
    path = f"/promises/scarce/{address}"
    view = planner.get(f"{path}?rule=fair-share").get_data(as_text=True)
    assert "Share it out" in view and "Alpha &amp; Co" in view
    assert "By this rule everybody gets what they get now, as nothing is there" in view
    assert 'data-key="2"' in view  # each rule has its number
    assert "Share it out" not in clerk.get(path).get_data(as_text=True)
    assert planner.get(f"{path}?rule=by-luck").status_code == 404
    seen = view.split('name="seen" value="')[1].split('"')[0]
    form = {"rule": "fair-share", "seen": "another", "reason": "as agreed"}
    assert planner.post(path, form).status_code == 409
    assert planner.post(path, {**form, "seen": seen, "reason": ""}).status_code == 422
    assert planner.post(path, {**form, "seen": seen}).status_code == 303
    assert "No mail waits." not in clerk.get("/promises?tab=mails").get_data(as_text=True)


def test_no_lead_time_is_missed(browser: Open) -> None:
    page = browser("planner").get("/promises/lead-times").get_data(as_text=True)
    assert "No lead time is missed again and again." in page
    stale = browser("planner").post(
        "/promises/lead-times", {"missed": "supplier/x/", "better": "3"}
    )
    assert stale.status_code == 409


def test_what_a_change_would_do_is_told_while_it_is_typed(
    browser: Open, slips: list[int], sqlite_database: Database
) -> None:
    with sqlite_database.begin() as session:
        slip = session.get_one(PromiseSlip, slips[0])
        order_id, line_id = slip.order_id, slip.line_id
        row = session.get_one(ScheduleLine, slip.schedule_line_id)
        row.pegging = [
            {
                "kind": "receipt",
                "id": 1,
                "number": "PO-77",
                "quantity": "3",
                "due_date": "2026-01-01",
            }
        ]
        number = session.scalars(select(Receipt.id).where(Receipt.number == "PO-77")).one()
        row.pegging = [{**row.pegging[0], "id": number}]
    clerk = browser("clerk")
    ahead = f"/order/{order_id}/ahead?quantity.{line_id}="
    fewer = clerk.get(f"{ahead}2").get_data(as_text=True)
    assert "1 were to come from purchase order PO-77" in fewer
    assert "is no quantity" in clerk.get(f"{ahead}two").get_data(as_text=True)
    nothing = clerk.get(ahead).get_data(as_text=True)
    assert "as now" in nothing and "purchase order PO-77" not in nothing
    shown = clerk.get(f"/order/{order_id}").get_data(as_text=True)
    assert f"/order/{order_id}/ahead" in shown
    assert "<strong>Line 1</strong>: 3 EA promised for" in shown and "PO-77 comes on" in shown
