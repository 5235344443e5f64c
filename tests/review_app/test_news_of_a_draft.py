"""A draft that is open in a browser says by itself that it changed and why; the queue says how far a look came."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import select

from core.database import Database
from core.drafts.again.look import look_again
from core.drafts.tables import Draft, DraftField
from core.masterdata.owed import owe_recheck
from core.outbox import OutboxItem
from core.parties.tables import Customer
from tests import builders as make
from tests.review_app.conftest import Browser
from tests.review_app.firm import Firm
from tests.review_app.test_desk_views import HTMX, draft_page, form_of

Open = Callable[[str], Browser]


def news(person: Browser, firm: Firm, version: str) -> tuple[int, str]:
    answer = person.get(f"/draft/{firm.draft_id}/news?version={version}", **HTMX)
    return answer.status_code, answer.get_data(as_text=True)


def test_an_open_draft_tells_what_changed_and_keeps_what_is_typed(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    page = draft_page(clerk, firm)
    seen = form_of(page)
    assert f"/draft/{firm.draft_id}/news?version={seen['version']}" in page
    assert news(clerk, firm, seen["version"]) == (204, "")
    with sqlite_database.begin() as session:
        session.get_one(Customer, firm.customer_id).blocked = True
        look_again(
            session, firm.draft_id, "items were changed by Anna", act=make.an_act("system:x")
        )
    status, told = news(clerk, firm, seen["version"])
    assert status == 200
    assert "This draft changed." in told
    assert "since items were changed by Anna" in told
    assert 'data-key="n"' in told
    path = f"/draft/{firm.draft_id}/save"
    saved = clerk.post(path, {**seen, "h.po_number": "NG-77"}, **HTMX)
    assert saved.status_code == 200
    with sqlite_database.read() as session:
        row = session.scalars(
            select(DraftField).where(
                DraftField.draft_id == firm.draft_id, DraftField.name == "po_number"
            )
        ).one()
        assert row.value == "NG-77"
        now = session.get_one(Draft, firm.draft_id).version
    assert news(clerk, firm, str(now)) == (204, "")


def test_several_edits_of_an_old_page_are_not_taken_over_a_fresh_look(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    """A whole form holds what the page showed, and that is older than the look."""
    seen = form_of(draft_page(clerk, firm))
    with sqlite_database.begin() as session:
        session.get_one(Customer, firm.customer_id).blocked = True
        look_again(session, firm.draft_id, "items were changed", act=make.an_act("system:x"))
    both = {**seen, "h.po_number": "NG-77", "h.ship_via": "Collected"}
    answer = clerk.post(f"/draft/{firm.draft_id}/save", both)
    assert answer.status_code == 409
    assert "since items were changed" in answer.get_data(as_text=True)


def test_the_queue_tells_how_far_the_look_came(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    assert "/queue/again" not in clerk.get("/queue").get_data(as_text=True)
    with sqlite_database.begin() as session:
        owe_recheck(session, act=make.an_act(), first=1)
    assert "about to be looked at" in clerk.get("/queue").get_data(as_text=True)
    with sqlite_database.begin() as session:
        item = session.scalars(select(OutboxItem).where(OutboxItem.task == "recheck-drafts")).one()
        item.facts = {"ids": list(range(40)), "done": 15, "why": "units were changed by Anna"}
    told = clerk.get("/queue/again", **HTMX).get_data(as_text=True)
    assert re.search(r'<progress max="40" value="15"', told)
    assert "15 of 40 drafts looked at again, since units were changed by Anna" in told
    with sqlite_database.begin() as session:
        session.delete(session.get_one(OutboxItem, item.id))
    over = clerk.get("/queue/again", **HTMX)
    assert over.headers["HX-Trigger"] == "looked-again"
    assert "every 1s" not in over.get_data(as_text=True)
