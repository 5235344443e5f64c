"""Mailboxes at the desk: added, changed, paused, sorted by rules; a secret never goes astray."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.database import Database
from core.inbound.mailboxes import mailboxes, unseal
from core.inbound.tables import Mailbox
from tests.review_app.conftest import Browser

Open = Callable[[str], Browser]
BOX = {
    "name": "Orders",
    "host": "imap.customer.example",
    "port": "993",
    "tls": "tls",
    "username": "orders@firm.example",
    "password": "s3cret",
    "folder": "INBOX",
    "after": "move",
    "processed_folder": "Done",
    "addresses": "Orders@firm.example, sales@firm.example",
}
KEY = "test " * 8


@pytest.fixture
def admin(browser: Open) -> Browser:
    person = browser("admin")
    assert person.post("/settings/mailboxes/0", BOX).status_code == 303
    return person


def box(database: Database) -> Mailbox:
    with database.read() as session:
        (found,) = mailboxes(session)
        session.expunge(found)
        return found


def test_a_new_mailbox_is_kept_with_its_password_sealed(
    sqlite_database: Database, admin: Browser
) -> None:
    found = box(sqlite_database)
    assert (found.name, found.port, found.processed_folder) == ("Orders", 993, "Done")
    assert found.own_addresses == ["orders@firm.example", "sales@firm.example"]
    assert unseal(found.secrets, KEY) == {"password": "s3cret"}
    shown = admin.get(f"/settings/mailboxes/{found.id}").get_data(as_text=True)
    assert "imap.customer.example" in shown
    assert "s3cret" not in shown and found.secrets not in shown
    assert admin.post("/settings/mailboxes/0", BOX).status_code == 422


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"folder": "Orders"}, 303),
        ({"host": "elsewhere.example"}, 422),
        ({"port": "1143"}, 422),
        ({"tls": "none"}, 422),
        ({"username": "other"}, 422),
        ({"token_url": "https://elsewhere.example/token"}, 422),
        ({"token_url": "http://elsewhere.example/token", "client_secret": "x"}, 422),
        ({"host": "elsewhere.example", "password": "new"}, 303),
        ({"tls": "perhaps", "password": "new"}, 422),
        ({"port": "many"}, 422),
    ],
)
def test_an_old_password_is_never_sent_elsewhere(
    sqlite_database: Database, admin: Browser, change: dict[str, str], status: int
) -> None:
    form = {**BOX, "password": "", **change}
    assert admin.post("/settings/mailboxes/1", form).status_code == status
    kept = unseal(box(sqlite_database).secrets, KEY)["password"]
    assert kept == ("new" if status == 303 and "password" in change else "s3cret")


def test_a_mailbox_is_paused_and_watched_again(sqlite_database: Database, admin: Browser) -> None:
    for word, enabled in (("no", False), ("yes", True)):
        answer = admin.post("/settings/mailboxes/1/enabled", {"enabled": word})
        assert answer.status_code == 303
        assert box(sqlite_database).enabled is enabled


def test_rules_are_added_put_in_order_and_removed(
    sqlite_database: Database, admin: Browser
) -> None:
    rules = "/settings/mailboxes/1/rules"
    assert admin.post(rules, {"name": "nothing", "stop": "yes"}).status_code == 422
    assert admin.post(rules, {"to": "x", "lane": "nowhere"}).status_code == 422
    admin.post(rules, {"name": "first", "subject": "Newsletter", "lane": "automatic"})
    admin.post(rules, {"name": "second", "to": "returns@", "lane": "return_request", "stop": "yes"})
    admin.post(f"{rules}/2/earlier")
    found = box(sqlite_database).rules
    assert [rule["name"] for rule in found] == ["second", "first"]
    assert found[0] == {
        "name": "second",
        "to": "returns@",
        "lane": "return_request",
        "stop": True,
    }
    assert found[1]["stop"] is False
    assert "Newsletter" in admin.get("/settings/mailboxes/1").get_data(as_text=True)
    admin.post(f"{rules}/1/remove")
    assert [rule["name"] for rule in box(sqlite_database).rules] == ["first"]
    assert admin.post(f"{rules}/9/remove").status_code == 404
