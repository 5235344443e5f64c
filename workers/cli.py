"""`orderclerk ...`: the one program. Each command is a few words here and a module of its own."""

from __future__ import annotations

import json
import logging
import signal
import sys
import threading
from pathlib import Path

import click

from core import crash
from core.config import Settings
from core.errors import OrderclerkError
from workers import log, queues
from workers.cli_corrections import corrections
from workers.cli_import import export, import_
from workers.cli_partner import partner
from workers.cli_setup import drop, mailbox, user
from workers.cli_token import token
from workers.entry import found_settings, open_database


class _Group(click.Group):
    """Errors that a person can act on are one sentence and exit status 1, not a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except OrderclerkError as error:
            raise click.ClickException(error.sentence) from error


def _begin(process: str) -> Settings:
    settings = found_settings()
    log.begin(process)
    crash.arm(settings.crash_at)
    return settings


def _stop_event() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="orderclerk")
def main() -> None:
    """Reads the orders that customers mail, promises dates, answers, and takes each order to delivery and back.

    Settings come from the environment or an .env file; `orderclerk doctor` says what is missing.
    """


@main.command()
def up() -> None:
    """Runs everything on this box: Valkey, scheduler, workers, web. Ctrl-C stops it all."""
    from workers import up as everything

    everything.run(_begin("up"))


@main.command()
def web() -> None:
    """Runs the web desk alone."""
    import waitress  # type: ignore[import-untyped]

    from review_app import create_app

    settings = _begin("web")
    app = create_app(settings, open_database(settings))
    waitress.serve(
        app,
        host=settings.web_host,
        port=settings.web_port,
        threads=8,
        ident="",
        clear_untrusted_proxy_headers=True,
    )


@main.command()
@click.option(
    "--queue",
    type=click.Choice(queues.QUEUES),
    default=queues.READ,
    show_default=True,
    help="read: documents to drafts. deliver: outgoing mail. One queue for each worker; start as many as you like.",
)
def worker(queue: str) -> None:
    """Runs one worker alone."""
    from workers import worker as work

    settings = _begin(queue)
    work.run(settings, open_database(settings), queue)


@main.command()
def scheduler() -> None:
    """Runs what goes by the clock: mailboxes, drop folders, the relay to the workers, the sweep."""
    from workers import schedule

    settings = _begin("scheduler")
    stop = _stop_event()
    schedule.run(settings, open_database(settings), stop)


@main.command()
def migrate() -> None:
    """Brings the database to the newest form. Safe to repeat."""
    from core import migrate as migrations

    settings = _begin("migrate")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    migrations.upgrade(settings.database_url)
    click.echo(f"The database is at {migrations.current(settings.database_url)}.")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of rows for people.")
def extract(file: Path, as_json: bool) -> None:
    """Reads one mail, PDF, sheet, Word or EDI file in a throw-away child and prints what it says."""
    from workers.extract_file import read_apart
    from workers.show_reading import rows

    reading = read_apart(file)
    if as_json:
        found = {name: value for name, value in reading.as_json().items() if name != "texts"}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(rows(reading)))


@main.command()
@click.option(
    "--once",
    is_flag=True,
    help="Without a browser: mails to shipped orders, then a table. Status 0 when all is right.",
)
@click.option("--reset", is_flag=True, help="Wipes the demo's data.")
def demo(once: bool, reset: bool) -> None:
    """Runs everything on this machine with a demo company and sample mail. Ctrl-C stops it; its data stays."""
    from workers.demo import run

    settings = found_settings()
    log.begin("demo", logging.WARNING)
    watched, unwatched = settings.data_dir / "demo", settings.data_dir / "demo-once"
    if reset:
        run.reset(watched)
        run.reset(unwatched)
    elif once:
        from workers.demo import once as scripted

        sys.exit(scripted.run_once(settings, unwatched))
    else:
        run.run(settings, watched)


@main.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Checks database, Redis, mailboxes, mail server, disk and reader, and says what to do. Status 1 when one is bad."""
    from workers.doctor import examine

    settings = _begin("doctor")
    states = []
    for found in examine(settings):
        states.append(found.state)
        click.echo(f"{found.state:<8} {found.name:<18} {found.text}")
        if found.advice:
            click.echo(f"{'':<8} {'':<18} -> {found.advice}")
    ctx.exit(1 if "bad" in states else 0)


for command in (corrections, import_, export, token, user, mailbox, drop, partner):
    main.add_command(command)


if __name__ == "__main__":
    logging.captureWarnings(True)
    sys.exit(main())
