"""`orderclerk user|mailbox|drop ...`: who works here, and where orders come from."""

from __future__ import annotations

import tomllib
from pathlib import Path

import click
from sqlalchemy import select

from core.inbound.mailboxes import (
    AFTER_WAYS,
    TLS_WAYS,
    mailbox_named,
    mailboxes,
    set_mailbox,
    set_rules,
)
from core.inbound.tables import DropFolder
from core.people.accounts import add_user
from core.people.tables import ROLES
from workers.entry import found_settings, open_database


@click.group()
def user() -> None:
    """Adds people who sign in at the desk."""


@user.command("add")
@click.argument("login")
@click.option("--name", required=True, help="As others see it.")
@click.option("--role", type=click.Choice(ROLES), default="clerk", show_default=True)
@click.password_option(help="Asked for when not given.")
def user_add(login: str, name: str, role: str, password: str) -> None:
    """Adds a user with a role and a password."""
    database = open_database(found_settings())
    with database.begin() as session:
        add_user(session, login, name, role, password)
    click.echo(f"{login} may sign in as {role}.")


@click.group()
def mailbox() -> None:
    """Mailboxes from which orders are taken."""


@mailbox.command("add")
@click.argument("name")
@click.option("--host", required=True, help="IMAP server.")
@click.option("--port", type=int, help="993 for tls, 143 otherwise, when not given.")
@click.option("--tls", type=click.Choice(TLS_WAYS), default="tls", show_default=True)
@click.option(
    "--user", "username", required=True, help="User name at the server, often the address."
)
@click.option("--password", help="Asked for when neither it nor OAuth2 is given.")
@click.option("--folder", default="INBOX", show_default=True)
@click.option("--after", type=click.Choice(AFTER_WAYS), default="move", show_default=True,
              help="What happens to a mail once it is stored.")  # fmt: skip
@click.option(
    "--processed-folder", default="Processed", show_default=True, help="For --after move."
)
@click.option(
    "--authserv-id",
    default="",
    help="Name by which your own mail server signs Authentication-Results.",
)
@click.option(
    "--address",
    "addresses",
    multiple=True,
    help="An address of ours at which these mails arrive; repeat.",
)
@click.option("--oauth-token-url", help="OAuth2 instead of a password (Microsoft 365, Google).")
@click.option("--oauth-client-id", default="")
@click.option("--oauth-client-secret", default="")
@click.option("--oauth-refresh-token", default="", help="Without one, client credentials are used.")
@click.option("--oauth-scope", default="")
@click.option("--no-test", is_flag=True, help="Keep it without trying it.")
def mailbox_add(name: str, port: int | None, tls: str, password: str | None, addresses: tuple[str, ...],
                oauth_token_url: str | None, oauth_client_id: str, oauth_client_secret: str,
                oauth_refresh_token: str, oauth_scope: str, no_test: bool, **kept: str) -> None:  # fmt: skip
    """Adds a mailbox, or changes the one of this NAME, and tries it."""
    settings = found_settings()
    database = open_database(settings)
    if password is None and not oauth_token_url:
        password = click.prompt("Password", hide_input=True)
    secrets = {
        "password": password or "",
        "client_secret": oauth_client_secret,
        "refresh_token": oauth_refresh_token,
    }
    oauth = {
        "token_url": oauth_token_url,
        "client_id": oauth_client_id,
        "scope": oauth_scope,
        "grant": "refresh_token" if oauth_refresh_token else "client_credentials",
    }
    with database.begin() as session:
        set_mailbox(
            session,
            name,
            secrets={k: v for k, v in secrets.items() if v},
            secret_key=settings.secret_key,
            port=port or (993 if tls == "tls" else 143),
            tls=tls,
            oauth=oauth if oauth_token_url else {},
            own_addresses=[a.lower() for a in addresses],
            **kept,
        )
    click.echo(f"Mailbox {name} is kept.")
    if not no_test:
        _test(name)


@mailbox.command("test")
@click.argument("name")
def mailbox_test(name: str) -> None:
    """Signs in, opens the folder and counts its mails; changes nothing."""
    _test(name)


def _test(name: str) -> None:
    from workers.accounts import try_mailbox

    settings = found_settings()
    with open_database(settings).read() as session:
        row = mailbox_named(session, name)
        click.echo(try_mailbox(row, settings.secret_key))


@mailbox.command("rules")
@click.argument("name")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def mailbox_rules(name: str, file: Path | None) -> None:
    """Shows the rules of a mailbox, or replaces them by those of a TOML FILE, tried in its order.

    \b
    [[rule]]
    name = "returns desk"
    to = "returns@"              from, to, subject: words that must be in it
    attachment = "*.pdf"         a pattern for a file name
    lane = "return_request"      where the mail goes
    stop = true                  look at no later rule
    """
    with open_database(found_settings()).begin() as session:
        if file:
            try:
                read = tomllib.loads(file.read_text("utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise click.ClickException(f"{file} is no TOML file: {error}") from error
            set_rules(session, name, read.get("rule", []))
        rules = mailbox_named(session, name).rules
    for number, rule in enumerate(rules, start=1):
        conditions = ", ".join(f"{k} {v!r}" for k, v in rule.items() if k not in ("name", "lane"))
        click.echo(
            f"{number}. {rule.get('name', '')}: {conditions} -> {rule.get('lane', 'as read')}"
        )
    if not rules:
        click.echo(f"{name} has no rules; every mail goes where its reading says.")


@mailbox.command("list")
def mailbox_list() -> None:
    """Lists the mailboxes with their last success and error."""
    with open_database(found_settings()).read() as session:
        rows = mailboxes(session)
        for row in rows:
            state = "" if row.enabled else ", switched off"
            seen = f"{row.succeeded_at:%Y-%m-%d %H:%M:%S} UTC" if row.succeeded_at else "never"
            click.echo(
                f"{row.name}: {row.username} at {row.host}:{row.port} ({row.tls}), folder {row.folder}{state}"
            )
            click.echo(
                f"    last success {seen}"
                + (f"; last error: {row.last_error}" if row.last_error else "")
            )
    if not rows:
        click.echo("No mailbox yet; `orderclerk mailbox add NAME --host ... --user ...` adds one.")


@click.group()
def drop() -> None:
    """Folders into which partners or an EDI network drop files."""


@drop.command("add")
@click.argument("name")
@click.argument("path", type=click.Path(file_okay=False, path_type=Path))
@click.option("--pattern", default="*", show_default=True, help="Which files to take.")
@click.option("--settle-seconds", type=click.IntRange(0, 3600), default=2, show_default=True,
              help="How long a file must stay unchanged.")  # fmt: skip
@click.option(
    "--done-suffix",
    default="",
    help='A file is whole when one with this suffix lies beside it, such as ".done".',
)
@click.option(
    "--answers",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where electronic answers to senders without a profile go; PATH/out when not given.",
)
def drop_add(
    name: str,
    path: Path,
    pattern: str,
    settle_seconds: int,
    done_suffix: str,
    answers: Path | None,
) -> None:
    """Watches the folder PATH under NAME, or changes the one of this name. Taken files move to PATH/done."""
    if not path.is_dir():
        raise click.ClickException(f"{path} is no folder; create it or mount it.")
    with open_database(found_settings()).begin() as session:
        row = session.scalar(select(DropFolder).where(DropFolder.name == name))
        if row is None:
            row = DropFolder(name=name, path=str(path.resolve()))
            session.add(row)
        row.path, row.pattern = str(path.resolve()), pattern
        row.settle_seconds, row.done_suffix = settle_seconds, done_suffix
        row.answers_path = str(answers.resolve()) if answers else ""
    click.echo(f"Files in {path.resolve()} are taken.")


@drop.command("list")
def drop_list() -> None:
    """Lists the drop folders with their last error."""
    with open_database(found_settings()).read() as session:
        rows = list(session.scalars(select(DropFolder).order_by(DropFolder.id)))
        for row in rows:
            trouble = f"; last error: {row.last_error}" if row.last_error else ""
            click.echo(f"{row.name}: {row.path} ({row.pattern}){trouble}")
    if not rows:
        click.echo("No drop folder yet; `orderclerk drop add NAME PATH` adds one.")
