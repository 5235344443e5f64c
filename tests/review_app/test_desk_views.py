"""The clerk's forms without a browser: one verb each, idempotent, refused when stale."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from core.database import Database
from core.drafts.tables import Draft, DraftField, DraftLine
from core.inbound.heartbeats import beat
from core.inbound.tables import InboundDocument
from core.orders.tables import Hold, Order
from core.values import utc_now
from tests.review_app.conftest import Browser
from tests.review_app.firm import Firm, an_order_mail

Open = Callable[[str], Browser]
HTMX = {"headers": {"HX-Request": "true"}}


def form_of(page: str) -> dict[str, str]:
    return {
        "version": re.findall(r'name="version" value="(\d+)"', page)[0],
        "key": re.findall(r'name="key" value="([0-9a-f]{32})"', page)[0],
    }


def draft_page(person: Browser, firm: Firm) -> str:
    return str(person.get(f"/draft/{firm.draft_id}").get_data(as_text=True))


def field(database: Database, firm: Firm, name: str) -> Any:
    with database.read() as session:
        row = session.execute(
            select(DraftField.value, DraftField.corrected, DraftField.accepted).where(
                DraftField.draft_id == firm.draft_id,
                DraftField.name == name,
                DraftField.line_id.is_(None),
            )
        ).one()
        return tuple(row)


def test_a_whole_form_saves_only_what_differs(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    page = draft_page(clerk, firm)
    inputs = dict(re.findall(r'<input id="[^"]+" name="([hl]\.[^"]+)" value="([^"]*)"', page))
    assert len(inputs) > 20
    answer = clerk.post(
        f"/draft/{firm.draft_id}/save", {**form_of(page), **inputs, "h.po_number": "NG-1"}
    )
    assert answer.status_code == 303
    assert field(sqlite_database, firm, "po_number")[:2] == ("NG-1", True)
    assert field(sqlite_database, firm, "buyer_name")[1] is False


def test_a_stale_correction_is_refused_with_the_difference(
    sqlite_database: Database, firm: Firm, browser: Open
) -> None:
    mine, theirs = browser("clerk"), browser("admin")
    old = form_of(draft_page(mine, firm))
    theirs.post(
        f"/draft/{firm.draft_id}/save",
        {**form_of(draft_page(theirs, firm)), "h.po_number": "THEIRS"},
    )
    answer = mine.post(f"/draft/{firm.draft_id}/save", {**old, "h.po_number": "MINE"}, **HTMX)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#notice"
    assert "THEIRS" in text and "MINE" in text and "by Ada" in text
    assert field(sqlite_database, firm, "po_number")[0] == "THEIRS"


def test_confirming_twice_books_once(sqlite_database: Database, firm: Firm, clerk: Browser) -> None:
    form = form_of(draft_page(clerk, firm))
    for _ in range(2):
        answer = clerk.post(f"/draft/{firm.draft_id}/confirm", form)
        assert answer.status_code == 303, answer.get_data(as_text=True)
    with sqlite_database.read() as session:
        assert session.scalar(select(func.count()).select_from(Order)) == 1


def test_an_unusable_value_comes_back_with_a_sentence(firm: Firm, clerk: Browser) -> None:
    form = form_of(draft_page(clerk, firm))
    answer = clerk.post(
        f"/draft/{firm.draft_id}/save", {**form, "h.requested_date": "soonish"}, **HTMX
    )
    assert answer.status_code == 422
    assert "soonish" in answer.get_data(as_text=True)


def test_a_fragment_is_only_the_bench(firm: Firm, clerk: Browser) -> None:
    form = form_of(draft_page(clerk, firm))
    answer = clerk.post(f"/draft/{firm.draft_id}/save", {**form, "h.po_number": "NG-2"}, **HTMX)
    text = answer.get_data(as_text=True).lstrip()
    assert text.startswith('<section class="bench"')
    assert "<html" not in text


def test_lines_come_and_go_and_come_back(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    def count() -> int:
        with sqlite_database.read() as session:
            return int(
                session.scalar(
                    select(func.count())
                    .select_from(DraftLine)
                    .where(DraftLine.draft_id == firm.draft_id, ~DraftLine.removed)
                )
                or 0
            )

    with sqlite_database.read() as session:
        line = session.scalar(select(DraftLine.id).where(DraftLine.draft_id == firm.draft_id))
    clerk.post(f"/draft/{firm.draft_id}/line")
    assert count() == 3
    clerk.post(f"/draft/{firm.draft_id}/line/{line}/remove")
    assert count() == 2
    clerk.post(f"/draft/{firm.draft_id}/undo")
    assert count() == 3


def test_the_queue_filters(firm: Firm, clerk: Browser) -> None:
    assert "NG-4711" in clerk.get("/queue").get_data(as_text=True)
    for query in (
        "text=nothing",
        "lane=change",
        "view=parked",
        "claimed=mine",
    ):
        assert "NG-4711" not in clerk.get(f"/queue?{query}").get_data(as_text=True), query
    for query in ("text=Northgate", "sort=value", "claimed=free", "customer=northgate"):
        assert "NG-4711" in clerk.get(f"/queue?{query}").get_data(as_text=True), query
    for query in ("page=0", "page=x", "sort=x", "view=x", "reason=%00"):
        assert clerk.get(f"/queue?{query}").status_code == 200, query
    unknown = clerk.get("/queue?customer=99")
    assert unknown.status_code == 422
    assert "No customer, or more than one, is called “99”" in unknown.get_data(as_text=True)


def test_parking_asking_rejecting_lead_to_the_next_draft(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    with sqlite_database.begin() as session:
        _, second = an_order_mail(session, po="NG-2", drawn="")
    answer = clerk.post(f"/draft/{firm.draft_id}/park", {"reason": "waits"})
    assert answer.headers["Location"] == f"/draft/{second}"
    answer = clerk.post(f"/draft/{second}/ask", {"text": "Which unit?"})
    assert answer.headers["Location"] == "/queue"
    clerk.post(f"/draft/{second}/reject", {"reason": "not ours"})
    with sqlite_database.read() as session:
        assert session.scalars(select(Draft.status).order_by(Draft.id)).all() == [
            "parked",
            "rejected",
        ]
    assert clerk.post(f"/draft/{second}/reject", {"reason": "again"}).status_code == 409
    assert clerk.post(f"/draft/{second}/park", {"reason": ""}).status_code == 422


def test_a_question_becomes_a_draft_by_a_persons_word(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    answer = clerk.post(f"/document/{firm.question_id}/draft")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/draft/")
    with sqlite_database.read() as session:
        assert session.get_one(InboundDocument, firm.question_id).lane == "order"


def test_a_hold_stops_the_release_until_it_is_lifted(
    sqlite_database: Database, firm: Firm, browser: Open
) -> None:
    admin = browser("admin")
    admin.post(f"/draft/{firm.draft_id}/confirm", form_of(draft_page(admin, firm)))
    assert admin.post("/order/1/allocate").status_code == 303
    assert admin.post("/order/1/hold", {"kind": "manual", "reason": "wait"}).status_code == 303
    assert admin.post("/order/1/release").status_code == 409
    assert "Manual hold" in admin.get("/order/1").get_data(as_text=True)
    with sqlite_database.read() as session:
        hold = session.scalar(select(Hold.id))
    assert admin.post("/order/1/lift", {"hold_id": hold, "reason": "done"}).status_code == 303
    assert admin.post("/order/1/release").status_code == 303
    assert admin.post("/order/1/cancel", {"reason": "too late"}).status_code == 409


def test_papers_are_pdf(firm: Firm, browser: Open) -> None:
    admin = browser("admin")
    admin.post(f"/draft/{firm.draft_id}/confirm", form_of(draft_page(admin, firm)))
    admin.post("/order/1/allocate")
    admin.post("/order/1/release")
    page = admin.get("/shipment/1").get_data(as_text=True)
    taken = {f"took.{i}": q for i, q in re.findall(r'name="took\.(\d+)"[^>]* value="(\d+)"', page)}
    assert admin.post("/shipment/1/pick", taken).status_code == 303
    page = admin.get("/shipment/1").get_data(as_text=True)
    inside = {
        f"in.1.{i}": q for i, q in re.findall(r'name="in\.1\.(\d+)"[^>]* value="(\d+)"', page)
    }
    assert admin.post("/shipment/1/pack", {**inside, "weight.1": "4,2"}).status_code == 303
    for path in (
        "/order/1/acknowledgement.pdf",
        "/shipment/1/pick-list.pdf",
        "/shipment/1/packing-slip.pdf",
        "/shipment/1/label/1.pdf",
    ):
        answer = admin.get(path)
        assert answer.status_code == 200, path
        assert answer.data.startswith(b"%PDF"), path
    assert admin.get("/shipment/1/label/9.pdf").status_code == 404


def test_health_says_when_a_loop_sleeps(sqlite_database: Database, browser: Open) -> None:
    stranger = browser("")
    assert stranger.get("/healthz").json["ok"] is True
    with sqlite_database.begin() as session:
        beat(session, "scheduler", utc_now().replace(year=2020))
    answer = stranger.get("/healthz")
    assert answer.status_code == 503
    assert answer.json["quiet"] == ["scheduler"]


def test_settings_of_the_company_are_checked(browser: Open) -> None:
    admin = browser("admin")
    assert admin.post("/master/company/row/own", {"time_zone": "Mars/Base"}).status_code == 422
    page = admin.get("/master/company/row/own").get_data(as_text=True)
    version = page.partition('name="version" value="')[2].partition('"')[0]
    named = {"name": "New Name Ltd", "version": version}
    assert admin.post("/master/company/row/own", named).status_code == 303
    assert "New Name Ltd" in admin.get("/master/company/row/own").get_data(as_text=True)


def test_people_are_added_and_locked(browser: Open) -> None:
    admin = browser("admin")
    person = {"login": "Zoe", "name": "Zoe", "role": "clerk", "password": "long enough"}
    assert admin.post("/settings/users", person).status_code == 303
    assert admin.post("/settings/users", person).status_code == 422
    assert browser("").sign_in("zoe", "long enough").get("/queue").status_code == 200
    assert admin.post("/settings/users/4/active", {"active": "no"}).status_code == 422
