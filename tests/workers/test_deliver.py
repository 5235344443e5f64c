"""An outgoing mail: sent once, tried again where that is safe, and uncertain where nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core import outbox
from core.config import Settings
from core.correspondence.outbox_page import resend
from core.database import Database
from core.inbound.blobs import load_blob
from core.outbox import OutboxItem
from core.values import utc_now
from tests.builders import an_act
from tests.faults.given import an_owed_mail, tools_for
from tests.servers.scripted_smtp import ScriptedSmtp
from workers import deliver, smtp
from workers.tools import Tools


def _item(database: Database, item_id: int) -> OutboxItem:
    with database.read() as session:
        item = session.get_one(OutboxItem, item_id)
        session.expunge(item)
    return item


def _due_now(database: Database, item_id: int) -> None:
    with database.begin() as session:
        session.get_one(OutboxItem, item_id).due_at = utc_now() - timedelta(seconds=1)


@pytest.fixture
def tools(database: Database, settings: Settings) -> Callable[[str], Tools]:
    return lambda url: tools_for(database, replace(settings, smtp_url=url))


def test_sent_once_and_kept_as_sent(database: Database, tools: Callable[[str], Tools]) -> None:
    item_id = an_owed_mail(database)
    with ScriptedSmtp() as server:
        deliver.run(tools(server.url), item_id)
        deliver.run(tools(server.url), item_id)
    item = _item(database, item_id)
    assert (item.state, item.phase) == ("done", "accepted")
    (sent,) = server.accepted
    with database.read() as session:
        assert load_blob(session, item.mail_sha256) == sent
    assert item.message_id.encode() in sent


@pytest.mark.parametrize(
    ("script", "state", "reason"),
    [
        ({"rcpt": "450 later"}, "due", "mail-server-busy"),
        ({"rcpt": "550 never"}, "failed", "mail-server-refused"),
        ({"mail": "drop"}, "due", "mail-server-away"),
        ({"dot": "drop"}, "uncertain", "no-answer-after-data"),
        ({"dot": "take-and-drop"}, "uncertain", "no-answer-after-data"),
        ({"dot": "451 later"}, "due", "mail-server-busy"),
    ],
)
def test_each_outcome_has_its_state(
    database: Database,
    tools: Callable[[str], Tools],
    script: dict[str, str],
    state: str,
    reason: str,
) -> None:
    item_id = an_owed_mail(database)
    with ScriptedSmtp(script) as server:
        deliver.run(tools(server.url), item_id)
    item = _item(database, item_id)
    assert (item.state, item.reason) == (state, reason)


def test_a_deferred_mail_goes_out_later_under_its_message_id(
    sqlite_database: Database, settings: Settings
) -> None:
    item_id = an_owed_mail(sqlite_database)
    with ScriptedSmtp({"rcpt": "450 greylisted"}) as server:
        deliver.run(tools_for(sqlite_database, replace(settings, smtp_url=server.url)), item_id)
    first = _item(sqlite_database, item_id).message_id
    _due_now(sqlite_database, item_id)
    with ScriptedSmtp() as server:
        deliver.run(tools_for(sqlite_database, replace(settings, smtp_url=server.url)), item_id)
    item = _item(sqlite_database, item_id)
    assert (item.state, item.attempts, item.message_id) == ("done", 2, first)


def test_an_uncertain_mail_waits_for_a_person(
    sqlite_database: Database, settings: Settings
) -> None:
    item_id = an_owed_mail(sqlite_database)
    with ScriptedSmtp({"dot": "take-and-drop"}) as server:
        tools = tools_for(sqlite_database, replace(settings, smtp_url=server.url))
        deliver.run(tools, item_id)
        _due_now(sqlite_database, item_id)
        deliver.run(tools, item_id)
        assert len(server.accepted) == 1
    with sqlite_database.begin() as session:
        resend(session, item_id, act=an_act())
    with ScriptedSmtp() as server:
        deliver.run(tools_for(sqlite_database, replace(settings, smtp_url=server.url)), item_id)
        assert len(server.accepted) == 1


def test_a_slow_sender_whose_row_was_taken_over_stops_before_the_dot(
    sqlite_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    item_id = an_owed_mail(sqlite_database)
    phase = deliver._phase

    def taken_over(session, claim, name):  # type: ignore[no-untyped-def]
        if name == "dot":
            session.get_one(OutboxItem, item_id).attempts += 1
            session.flush()
        phase(session, claim, name)

    monkeypatch.setattr(deliver, "_phase", taken_over)
    with ScriptedSmtp() as server:
        deliver.run(tools_for(sqlite_database, replace(settings, smtp_url=server.url)), item_id)
        assert server.accepted == []


def test_a_late_answer_still_counts(
    sqlite_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sweep gave the row up as uncertain, and then the server's 250 came."""
    item_id = an_owed_mail(sqlite_database)
    send = smtp.send

    def slow(*args):  # type: ignore[no-untyped-def]
        outcome = send(*args)
        with sqlite_database.begin() as session:
            session.get_one(OutboxItem, item_id).lease_until = utc_now() - timedelta(seconds=1)
            session.flush()
            assert outbox.sweep_uncertain(session, utc_now()) == 1
        return outcome

    monkeypatch.setattr(smtp, "send", slow)
    with ScriptedSmtp() as server:
        deliver.run(tools_for(sqlite_database, replace(settings, smtp_url=server.url)), item_id)
    assert _item(sqlite_database, item_id).state == "done"


def test_a_mail_that_cannot_be_written_is_given_up_in_the_end(
    sqlite_database: Database, settings: Settings
) -> None:
    with sqlite_database.begin() as session:
        item_id = outbox.put(
            session, "receipt-note", subject="draft", subject_id=999, key="nothing"
        ).id
    tools = tools_for(sqlite_database, settings)
    for _ in range(deliver.WRITE_ATTEMPTS):
        _due_now(sqlite_database, item_id)
        deliver.run(tools, item_id)
    assert _item(sqlite_database, item_id).state == "failed"
