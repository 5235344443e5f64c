"""`orderclerk demo`: everything on this machine, with mail that keeps coming, until Ctrl-C."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from core.config import Settings, child_environment
from core.errors import IllegalStep
from fixtures.build import build_mails, trickle
from fixtures.sample import SampleMail
from workers import up
from workers.demo import post, prepare
from workers.demo import state as states
from workers.demo.state import MAIL_USER, State
from workers.slots import holding
from workers.supervisor import Program, Supervisor, until_told

TRICKLE_SECONDS = 45.0


def tell(text: str) -> None:
    click.echo(text)
    sys.stdout.flush()


def reset(folder: Path) -> None:
    """Wipes the demo. Raises IllegalStep while it runs."""
    if not folder.exists():
        tell(f"There is nothing to wipe in {folder}.")
        return
    with holding(folder / "run" / "demo.lock") as held:
        if not held:
            raise IllegalStep("The demo is running; end it with Ctrl-C, then wipe it.")
        shutil.rmtree(folder)
    tell(f"Wiped {folder}.")


@contextmanager
def running(
    base: Settings, folder: Path, *, with_web: bool = True
) -> Iterator[tuple[Settings, State, Supervisor]]:
    """The demo set up and all its processes running; all ended afterwards. Raises IllegalStep when it runs already."""
    with holding(folder / "run" / "demo.lock") as held:
        if not held:
            raise IllegalStep("The demo is running already; look for its terminal.")
        state = states.load(folder, date.today())
        states.choose_ports(state, base.web_port)
        tell("[1/4] Database in its newest form, demo company")
        settings = up.prepare(states.settings(state, base))
        prepare.fill(settings, state, tell)
        states.write_env_file(state, settings)
        supervisor = Supervisor(child_environment(settings), state.log)
        try:
            tell("[2/4] Mail server, mail sink")
            for program in servers(state):
                supervisor.add(program)
            tell("[3/4] Valkey, workers, scheduler, web")
            for program in up.programs(settings, with_web=with_web):
                supervisor.add(program)
            yield settings, state, supervisor
        finally:
            supervisor.stop()


def servers(state: State) -> tuple[Program, ...]:
    command = (sys.executable, "-m", "workers.demo.servers")
    imap = (str(state.folder / "imap"), str(state.imap_port), MAIL_USER, state.secret[:16])
    return (
        Program("smtp", (*command, "smtp", str(state.sent), str(state.smtp_port))),
        Program("imap", (*command, "imap", *imap), lambda: post.wait_for_mailbox(state)),
    )


def run(base: Settings, folder: Path) -> None:
    stopped = until_told()
    with running(base, folder) as (settings, state, supervisor):
        up.wait_for_web(settings, supervisor.look)
        number = post.deliver(state, build_mails(state.today))
        tell(
            f"[4/4] {number} sample mails delivered"
            if number
            else "[4/4] The sample mails are there"
        )
        _greet(settings, state)
        _keep_going(state, supervisor, stopped)
        tell("\nStopping ...")
    tell("Stopped. `make demo` goes on where it was; `make demo-reset` wipes it.")


def _greet(settings: Settings, state: State) -> None:
    tell("")
    tell(f"  The desk    {settings.base_url}")
    for login, name, role in prepare.LOGINS:
        tell(f"  {role:<11} login {login}, password {prepare.password(login)}  ({name})")
    tell(
        f"  Mail in     imap://127.0.0.1:{state.imap_port}, user {MAIL_USER}, password {state.secret[:16]}"
    )
    tell(f"  Mail out    {state.sent}")
    tell(f"  EDI in, out {state.drop}, {state.answers}")
    tell(f"  Log         {state.log}")
    tell(
        f"  Doctor      ORDERCLERK_ENV_FILE={state.folder / 'demo.env'} .venv/bin/orderclerk doctor"
    )
    tell(f"  A new order arrives every {TRICKLE_SECONDS:.0f} seconds. Ctrl-C stops everything.")
    tell("")


def _keep_going(state: State, supervisor: Supervisor, stopped: up.Stopped) -> None:
    state.trickle += 1
    state.save()
    coming = trickle(None, date.today(), state.trickle % 1000)
    next_at = time.monotonic() + TRICKLE_SECONDS
    while not stopped():
        supervisor.look()
        if time.monotonic() >= next_at:
            next_at += TRICKLE_SECONDS
            _one_more(state, next(coming))
        time.sleep(0.2)


def _one_more(state: State, sample: SampleMail) -> None:
    try:
        with post.mailbox(state) as client:
            client.append("INBOX", sample.raw)
    except Exception as error:  # the mail server is being started again; the next one comes soon
        tell(f"  {time.strftime('%H:%M:%S')}  no mail delivered: {error}")
        return
    tell(f"  {time.strftime('%H:%M:%S')}  mail delivered: {sample.name}")
