"""The command line: help everywhere, sentences instead of tracebacks, exit status that scripts can use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from core import migrate
from tests.servers.pymap_server import PymapServer
from tests.servers.scripted_smtp import ScriptedSmtp
from workers.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    environment = {
        "ORDERCLERK_DATA_DIR": str(tmp_path),
        "ORDERCLERK_SECRET_KEY": "k" * 32,
        "ORDERCLERK_ENV_FILE": str(tmp_path / "none"),
        "ORDERCLERK_DATABASE_URL": f"sqlite:///{tmp_path / 'orderclerk.sqlite'}",
    }

    def call(*words: str, **more: str) -> Result:
        return CliRunner().invoke(main, words, env={**environment, **more})

    return call


@pytest.fixture
def migrated(run: Run) -> Run:
    assert run("migrate").exit_code == 0
    return run


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name, command in group.commands.items():
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += _commands(command, (*path, name))
    return found


@pytest.mark.parametrize("path", _commands(main), ids=" ".join)
def test_every_command_explains_itself(run: Run, path: tuple[str, ...]) -> None:
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert len(result.output.split()) > 8


def test_the_commands_there_are() -> None:
    words = "up web worker scheduler migrate doctor extract corrections import export token user mailbox drop partner demo"
    assert set(main.commands) == set(words.split())


def test_an_old_database_is_a_sentence(run: Run) -> None:
    result = run("mailbox", "list")
    assert result.exit_code == 1
    assert "orderclerk migrate" in result.output


def test_migrate_twice(migrated: Run) -> None:
    result = migrated("migrate")
    assert result.exit_code == 0
    assert migrate.newest() in result.output


def test_a_user(migrated: Run) -> None:
    words = ("user", "add", "Ann", "--name", "Ann", "--password", "long enough")
    assert migrated(*words).exit_code == 0
    again = migrated(*words)
    assert again.exit_code == 1
    assert "taken" in again.output


def test_import_and_export(migrated: Run, tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    file.write_text("number,description\nA-1,Bolt\nA-2,\n")
    refused = migrated("import", "items", str(file))
    assert refused.exit_code == 1
    assert "row 3, description: Description is missing" in refused.output
    assert "1 created" in migrated("import", "items", str(file), "--dry-run").output
    assert "A-1" not in migrated("export", "items").output
    assert "Kept" in migrated("import", "items", str(file), "--valid-rows").output
    file.write_text("number,description\nA-1,Bolt\n")
    assert "1 unchanged" in migrated("import", "items", str(file)).output
    out = tmp_path / "out.xlsx"
    assert "1 rows" in migrated("export", "items", str(out), "--filter", "kind=bought").output
    assert "1 unchanged" in migrated("import", "items", str(out)).output
    assert "number,description" in migrated("export", "items", "--search", "nothing").output


def test_a_mailbox_is_added_tried_and_listed(migrated: Run) -> None:
    with PymapServer({"a@probe.example": "secret"}) as server:
        where = ("--host", server.host, "--port", str(server.port), "--tls", "none")
        added = migrated("mailbox", "add", "Orders", *where, "--user", "a@probe.example", "--password", "secret")  # fmt: skip
        assert "0 mails in INBOX" in added.output, added.output
        wrong = migrated("mailbox", "add", "Bad", *where, "--user", "a@probe.example", "--password", "no")  # fmt: skip
        assert wrong.exit_code == 1
        assert "sign-in" in wrong.output
    assert "a@probe.example at 127.0.0.1" in migrated("mailbox", "list").output


def test_a_drop_folder(migrated: Run, tmp_path: Path) -> None:
    assert migrated("drop", "add", "EDI", str(tmp_path / "no")).exit_code == 1
    assert migrated("drop", "add", "EDI", str(tmp_path), "--pattern", "*.edi").exit_code == 0
    assert "*.edi" in migrated("drop", "list").output


def test_the_doctor_says_what_to_do(run: Run, tmp_path: Path) -> None:
    sick = run("doctor", ORDERCLERK_SECRET_KEY="")
    assert sick.exit_code == 1
    assert "ORDERCLERK_SECRET_KEY" in sick.output
    assert "orderclerk migrate" in sick.output
    run("migrate")
    with ScriptedSmtp() as server:
        better = run("doctor", ORDERCLERK_SMTP_URL=server.url)
    assert "ok       outgoing mail" in better.output
    assert "ok       reader" in better.output
    assert "orderclerk user add" in better.output


def test_up_without_a_secret_key_is_a_sentence(run: Run) -> None:
    result = run("up", ORDERCLERK_SECRET_KEY="")
    assert result.exit_code == 1
    assert "ORDERCLERK_SECRET_KEY is not set" in result.output


def test_extract_prints_a_reading(run: Run) -> None:
    sample = Path(__file__).parents[2] / "fixtures" / "edi" / "order-x12-850.edi"
    assert "order 1" in run("extract", str(sample)).output
    assert '"orders"' in run("extract", str(sample), "--json").output


def test_rules_are_set_in_their_order_or_refused_whole(migrated: Run, tmp_path: Path) -> None:
    where = ("--host", "127.0.0.1", "--user", "a@probe.example", "--password", "x", "--no-test")
    assert migrated("mailbox", "add", "Orders", *where).exit_code == 0
    rules = tmp_path / "rules.toml"
    rules.write_text(
        '[[rule]]\nname = "returns"\nto = "returns@"\nlane = "return_request"\n'
        '[[rule]]\nname = "offers"\nsubject = "offer"\nlane = "other"\nstop = false\n'
    )
    shown = migrated("mailbox", "rules", "Orders", str(rules)).output
    assert shown.index("1. returns: to 'returns@' -> return_request") < shown.index("2. offers")
    rules.write_text('[[rule]]\nname = "bad"\nlane = "nowhere"\n')
    refused = migrated("mailbox", "rules", "Orders", str(rules))
    assert refused.exit_code != 0
    assert "nowhere" in refused.output
    assert "2. offers" in migrated("mailbox", "rules", "Orders").output
