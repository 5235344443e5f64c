"""A clerk walks drafts in the order and filter of the queue that they came from, and comes back to the same row."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from core.database import Database
from core.drafts.queue import QueueFilter, neighbours
from core.drafts.tables import Draft
from core.values import utc_now
from review_app.queue_words import queue_filter, queue_words
from tests.review_app.conftest import Browser
from tests.review_app.firm import Firm, an_order_mail
from tests.review_app.test_desk_views import form_of

POS = ("NG-5001", "NG-5002", "NG-5003")


@pytest.fixture
def row(sqlite_database: Database, firm: Firm) -> list[int]:
    """Four drafts, oldest first; wanted in the opposite order."""
    with sqlite_database.begin() as session:
        ids = [firm.draft_id]
        for po in POS:
            _, draft_id = an_order_mail(session, po=po)
            assert draft_id is not None
            ids.append(draft_id)
        first = session.get_one(Draft, ids[0])
        assert first.requested_date is not None
        for n, draft_id in enumerate(ids):
            draft = session.get_one(Draft, draft_id)
            draft.created_at = first.created_at + timedelta(minutes=n)
            draft.requested_date = first.requested_date - timedelta(days=n)
    return ids


def onward(page: str) -> tuple[str, dict[str, list[str]]]:
    """The path and the words of the address of the next draft."""
    found = re.search(r'data-next="([^"]*)"', page)
    assert found
    address = urlsplit(found[1].replace("&amp;", "&"))
    return address.path, parse_qs(address.query)


def back(page: str) -> str:
    found = re.search(r'href="([^"]*)" data-key="b"', page)
    assert found
    return found[1].replace("&amp;", "&")


def test_only_known_words_that_differ_from_the_plain_queue_are_kept() -> None:
    args = {"view": "open", "sort": "value", "age": "1 year", "customer": " ", "reason": " late "}
    assert queue_words(args) == {"sort": "value", "reason": "late"}
    assert queue_words({"view": "second look", "lane": "change", "customer": "7"}) == {
        "view": "second look",
        "lane": "change",
        "customer": "7",
    }


def test_the_words_name_a_filter(sqlite_database: Database, firm: Firm) -> None:
    words = {"view": "second look", "lane": "change", "customer": "northgate"}
    with sqlite_database.read() as session:
        assert queue_filter(session, words, 3) == QueueFilter(
            statuses=("open", "waiting", "parked"),
            kind="change",
            customer_id=firm.customer_id,
            second=True,
            page=3,
        )


def test_every_draft_leads_on_in_the_order_of_the_queue(clerk: Browser, row: list[int]) -> None:
    page = clerk.get("/queue?sort=wanted&lane=order&age=").get_data(as_text=True)
    opened = re.findall(r'href="(/draft/[^"]+)"', page)
    walked = [int(urlsplit(path).path.rsplit("/", 1)[1]) for path in opened]
    assert walked == row[::-1]
    shown = clerk.get(opened[0].replace("&amp;", "&")).get_data(as_text=True)
    assert onward(shown) == (f"/draft/{row[2]}", {"sort": ["wanted"], "lane": ["order"]})


def test_a_press_on_the_screen_does_not_forget_the_queue(clerk: Browser, row: list[int]) -> None:
    """htmx tells the address of the screen; a form without it has it as what it came from."""
    screen = f"http://localhost/draft/{row[2]}?sort=newest"
    form = form_of(clerk.get(f"/draft/{row[2]}?sort=newest").get_data(as_text=True))
    headers = {"HX-Request": "true", "HX-Current-URL": screen}
    saved = clerk.post(f"/draft/{row[2]}/save", {**form, "h.po_number": "A"}, headers=headers)
    assert onward(saved.get_data(as_text=True)) == (f"/draft/{row[1]}", {"sort": ["newest"]})
    form = form_of(clerk.get(f"/draft/{row[2]}?sort=newest").get_data(as_text=True))
    plain = clerk.post(
        f"/draft/{row[2]}/save", {**form, "h.po_number": "B"}, headers={"Referer": screen}
    )
    assert plain.headers["Location"] == f"/draft/{row[2]}?sort=newest"


def test_another_site_says_nothing_of_our_queue(clerk: Browser, row: list[int]) -> None:
    form = form_of(clerk.get(f"/draft/{row[0]}").get_data(as_text=True))
    headers = {"Referer": f"http://elsewhere.example/draft/{row[0]}?sort=value"}
    answer = clerk.post(f"/draft/{row[0]}/save", {**form, "h.po_number": "B"}, headers=headers)
    assert answer.headers["Location"] == f"/draft/{row[0]}"


def test_a_decision_goes_on_to_the_next_of_the_same_queue(clerk: Browser, row: list[int]) -> None:
    address = f"/draft/{row[3]}?sort=wanted"
    form = form_of(clerk.get(address).get_data(as_text=True))
    parked = clerk.post(
        f"/draft/{row[3]}/park?sort=wanted", {**form, "reason": "they call tomorrow"}
    )
    assert parked.headers["Location"] == f"/draft/{row[2]}?sort=wanted"


def test_back_goes_to_the_row_of_the_draft(clerk: Browser, row: list[int]) -> None:
    page = clerk.get(f"/draft/{row[1]}?sort=wanted").get_data(as_text=True)
    assert back(page) == f"/queue?sort=wanted#draft-{row[1]}"
    assert f'id="draft-{row[1]}"' in clerk.get("/queue?sort=wanted").get_data(as_text=True)


def test_a_draft_that_has_left_the_queue_keeps_its_neighbours(
    sqlite_database: Database, clerk: Browser, row: list[int]
) -> None:
    with sqlite_database.begin() as session:
        draft = session.get_one(Draft, row[1])
        draft.claimed_by_id, draft.claimed_until = 1, utc_now() + timedelta(hours=1)
        wanted = QueueFilter(claimed="free")
        assert neighbours(session, row[0], wanted) == (None, row[2], 1, 3)
        assert neighbours(session, row[1], wanted) == (row[0], row[2], 0, 3)
        assert neighbours(session, row[1], QueueFilter(statuses=())) == (row[0], row[2], 2, 4)
    assert back(clerk.get(f"/draft/{row[1]}?claimed=free").get_data(as_text=True)) == (
        f"/queue?claimed=free#draft-{row[2]}"
    )
