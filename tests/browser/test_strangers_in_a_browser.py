"""What strangers wrote, before a real browser: nothing runs, nothing is asked for outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.conftest import Desk
from tests.review_app.firm import an_order_mail
from tests.review_app.test_strangers import PAYLOADS


def test_nothing_runs_and_nothing_leaves(visit: Callable[..., Any], desk: Desk) -> None:
    made = []
    with desk.database.begin() as session:
        for number, payload in enumerate(PAYLOADS):
            places = dict.fromkeys(("subject", "filename", "sku", "name"), payload)
            document, draft = an_order_mail(
                session,
                po=f"X-{number} {payload}"[:60],
                body=f"{number} {payload}",
                html=f"<p>{number}</p>{payload}",
                drawn="",
                **places,
            )
            made.append((document.id, draft))
    page = visit()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda asked: ran.append(asked.url) if not asked.url.startswith(desk.address) else None,
    )
    page.goto("/queue")
    page.goto("/lane/order")
    for document_id, draft_id in made:
        page.goto(f"/document/{document_id}")
        page.click("text=Show its layout")
        page.frame_locator("iframe.mailview").locator("body").wait_for()
        page.goto(f"/draft/{draft_id}")
    assert ran == []
