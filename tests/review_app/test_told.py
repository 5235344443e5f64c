"""A page that says no has its bar, and says what happened, what is safe and what to do next."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from review_app import layout
from review_app.problems import STATUS
from review_app.told import TOLD
from tests.review_app.conftest import Browser
from tests.review_app.firm import Firm

Open = Callable[[str], Browser]


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def says(page: str, status: int) -> None:
    told = text_of(page)
    assert '<nav id="nav"' in page
    assert "What is safe" in told and "What to do" in told
    assert TOLD[status].heading in told


def test_every_status_that_the_desk_answers_has_its_words() -> None:
    assert set(STATUS.values()) | {400, 405, 413} == set(TOLD)
    for status, told in TOLD.items():
        assert told.heading and told.safe and (told.next or status == 403)


def test_an_address_that_is_not_there_keeps_the_bar(clerk: Browser) -> None:
    for path in ("/nowhere", "/draft/999999", "/order/999999"):
        answer = clerk.get(path)
        assert answer.status_code == 404
        says(answer.get_data(as_text=True), 404)


def test_a_way_that_is_not_meant_keeps_the_bar(clerk: Browser) -> None:
    answer = clerk.post("/queue", {})
    assert answer.status_code == 405
    says(answer.get_data(as_text=True), 405)


def test_who_is_not_allowed_reads_whom_to_ask(browser: Open) -> None:
    answer = browser("clerk").get("/settings")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 403
    says(page, 403)
    assert "You are signed in as Mara (clerk). Ask an administrator to do it." in text_of(page)


def test_a_form_that_is_too_old_keeps_the_bar(clerk: Browser, firm: Firm) -> None:
    answer = clerk.client.post(f"/draft/{firm.draft_id}/claim", data={"csrf_token": "old"})
    assert answer.status_code == 400
    says(answer.get_data(as_text=True), 400)


def test_what_is_too_large_keeps_the_bar(clerk: Browser, app: Flask, firm: Firm) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = clerk.client.post(
        f"/draft/{firm.draft_id}/save", data={"csrf_token": "x", "h.notes": "n" * 5000}
    )
    assert answer.status_code == 413
    says(answer.get_data(as_text=True), 413)


def test_a_step_that_is_refused_keeps_the_bar(clerk: Browser, firm: Firm) -> None:
    answer = clerk.post(f"/draft/{firm.draft_id}/confirm", {"version": "99", "key": "0" * 32})
    assert answer.status_code == 409
    says(answer.get_data(as_text=True), 409)


@pytest.mark.parametrize(
    ("error", "status"),
    [(RuntimeError("a fault"), 500), (OperationalError("select", {}, Exception("away")), 503)],
)
def test_a_fault_of_our_own_keeps_the_bar_without_counting(
    clerk: Browser, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    """The bar asks the database for nothing: it may be what is broken."""

    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("core.drafts.queue.queue", broken)
    monkeypatch.setattr(layout, "troubled_count", broken)
    answer = clerk.get("/queue")
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    says(page, status)
    assert "Number of this problem" in page
