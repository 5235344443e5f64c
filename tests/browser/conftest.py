"""A real Chromium before a real desk; left out, with the reason, where there is none."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from waitress.server import create_server

from core.config import settings
from core.database import Database, connect
from review_app import create_app
from tests.review_app.firm import Firm, a_firm

PASSWORD = "correct horse battery"
ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "test-pictures"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    path = os.environ.get("ORDERCLERK_CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("no Chromium here: install Debian's `chromium` or set ORDERCLERK_CHROMIUM")
    if not (ROOT / "review_app/static/vendor/htmx.min.js").is_file():
        pytest.skip("no front-end assets: run `npm ci`")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@dataclass
class Desk:
    """A running desk with its database."""

    address: str
    database: Database
    firm: Firm


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    database = Database(connect(sqlite_url))
    with database.begin() as session:
        firm = a_firm(session, PASSWORD)
    options = settings({"ORDERCLERK_SECRET_KEY": "test " * 8, "ORDERCLERK_INSECURE_HTTP": "1"})
    server = create_server(create_app(options, database), host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Desk(f"http://127.0.0.1:{server.effective_port}", database, firm)
    server.close()
    thread.join(5)
    database.engine.dispose()


@pytest.fixture
def visit(chromium: Any, desk: Desk) -> Iterator[Callable[..., Any]]:
    """visit("clerk", dark=True) is a page of somebody signed in; script errors fail the test."""
    contexts, wrong = [], []

    def opened(login: str = "clerk", **more: Any) -> Any:
        dark = more.pop("dark", False)
        context = chromium.new_context(
            viewport={"width": 1280, "height": 800},
            base_url=desk.address,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda said: (
                wrong.append(said.text) if "Content Security Policy" in said.text else None
            ),
        )
        page.goto("/sign-in")
        page.fill("#login", login)
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def picture(page: Any, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")
