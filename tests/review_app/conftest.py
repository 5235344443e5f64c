"""A desk over a small firm: one customer's mail with a PDF and a text order, people of every role."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.config import settings
from core.database import Database, connect
from review_app import create_app
from tests.review_app.firm import Firm, a_firm

PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def firm_template(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Firm]:
    """The firm's database, made once; tests copy it."""
    path = tmp_path_factory.mktemp("firm") / "firm.sqlite"
    shutil.copyfile(sqlite_template, path)
    database = Database(connect(f"sqlite:///{path}"))
    with database.begin() as session:
        firm = a_firm(session, PASSWORD)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.engine.dispose()
    return path, firm


@pytest.fixture
def sqlite_url(firm_template: tuple[Path, Firm], tmp_path: Path) -> str:
    path = tmp_path / "desk.sqlite"
    shutil.copyfile(firm_template[0], path)
    return f"sqlite:///{path}"


@pytest.fixture
def firm(firm_template: tuple[Path, Firm]) -> Firm:
    return firm_template[1]


@pytest.fixture
def app(sqlite_database: Database) -> Flask:
    options = settings({"ORDERCLERK_SECRET_KEY": "test " * 8, "ORDERCLERK_INSECURE_HTTP": "1"})
    made = create_app(options, sqlite_database)
    made.testing = False
    return made


@dataclass
class Browser:
    """A client that keeps its form token, as a page does."""

    client: FlaskClient
    token: str = field(default="")

    def sign_in(self, login: str, password: str = PASSWORD) -> Browser:
        self.get("/sign-in")
        self.post("/sign-in", {"login": login, "password": password})
        self.get("/returns")
        return self

    def get(self, path: str, **more: object):  # type: ignore[no-untyped-def]
        answer = self.client.get(path, **more)  # type: ignore[arg-type]
        text = answer.get_data(as_text=True) if "html" in answer.content_type else ""
        if 'name="csrf-token" content="' in text:
            self.token = text.split('name="csrf-token" content="')[1].split('"')[0]
        return answer

    def post(self, path: str, form: dict[str, object] | None = None, **more: object):  # type: ignore[no-untyped-def]
        return self.client.post(path, data={"csrf_token": self.token, **(form or {})}, **more)  # type: ignore[arg-type]


@pytest.fixture
def browser(app: Flask) -> Callable[[str], Browser]:
    """browser("clerk") is signed in with that role."""

    def made(role: str = "") -> Browser:
        found = Browser(app.test_client())
        return found.sign_in(role) if role else found

    return made


@pytest.fixture
def clerk(browser: Callable[[str], Browser]) -> Iterator[Browser]:
    yield browser("clerk")
