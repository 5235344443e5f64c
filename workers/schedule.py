"""What runs by the clock in the scheduler process, as data: each loop in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from core.act import Act
from core.billing.invoice import issue_due
from core.config import Settings
from core.database import Database
from core.exchange.overdue import mark_overdue
from core.orders.lapse import lapse_due
from core.orders.screen import screen_orders
from core.values import utc_now
from core.watch.due import checks_due, owe_checks
from workers import heartbeats, poll_drops, poll_mailboxes, poll_sftp, queues, refresh, relay, sweep
from workers.retries import wait_seconds

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Periodic:
    """`begin` is called with settings and database once and gives what is to be done every `seconds`."""

    name: str
    seconds: float
    begin: Callable[[Settings, Database], Callable[[], object]]


def _relay(settings: Settings, database: Database) -> Callable[[], object]:
    connection = queues.connect(settings.redis_url)
    return lambda: relay.relay(database, connection)


def _drops(settings: Settings, database: Database) -> Callable[[], object]:
    memory = poll_drops.Drops()
    return lambda: poll_drops.poll(database, memory)


def _inboxes(settings: Settings, database: Database) -> Callable[[], object]:
    memory = poll_sftp.Inboxes()
    return lambda: poll_sftp.poll(settings, database, memory)


def _sweep(settings: Settings, database: Database) -> Callable[[], object]:
    return lambda: sweep.sweep(database)


def _refresh(settings: Settings, database: Database) -> Callable[[], object]:
    return lambda: refresh.refresh(database)


def _bill(settings: Settings, database: Database) -> Callable[[], object]:
    return lambda: database.run(lambda session: issue_due(session, act=Act("system:billing")))


def _screening(settings: Settings, database: Database) -> Callable[[], object]:
    return lambda: database.run(lambda session: screen_orders(session, act=Act("system:screening")))


def _holds(settings: Settings, database: Database) -> Callable[[], object]:
    return lambda: database.run(lambda session: lapse_due(session, act=Act("system:holds")))


def _answers(settings: Settings, database: Database) -> Callable[[], object]:
    return lambda: database.run(lambda session: mark_overdue(session, act=Act("system:answers")))


def _watch(settings: Settings, database: Database) -> Callable[[], object]:
    return lambda: _owe_checks(database)


def _owe_checks(database: Database) -> None:
    """Looks first, so that an idle company is not written to."""
    with database.read() as session:
        if not checks_due(session, utc_now()):
            return
    database.run(lambda session: owe_checks(session, utc_now()))


def _scratch(settings: Settings, database: Database) -> Callable[[], object]:
    return lambda: sweep.clear_scratch(settings.data_dir / "scratch")


SCHEDULE = (
    Periodic("relay", 0.5, _relay),
    Periodic("drops", 1.0, _drops),
    Periodic("inboxes", 20.0, _inboxes),
    Periodic("sweep", 15.0, _sweep),
    Periodic("refresh", 60.0, _refresh),
    Periodic("bill", 60.0, _bill),
    Periodic("answers", 60.0, _answers),
    Periodic("screening", 60.0, _screening),
    Periodic("holds", 60.0, _holds),
    Periodic("watch", 3.0, _watch),
    Periodic("scratch", 120.0, _scratch),
)


def run(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Runs the schedule and the mailboxes until `stop` is set."""
    loops = [
        threading.Thread(
            target=_loop, args=(periodic, settings, database, stop), name=periodic.name, daemon=True
        )
        for periodic in SCHEDULE
    ]
    loops.append(
        threading.Thread(
            target=_mailboxes, args=(settings, database, stop), name="mailboxes", daemon=True
        )
    )
    for loop in loops:
        loop.start()
    stop.wait()


def _loop(
    periodic: Periodic, settings: Settings, database: Database, stop: threading.Event
) -> None:
    """One failure of a loop is told and tried again, later and later up to ten seconds; other loops go on."""
    failed = 0
    do: Callable[[], object] | None = None
    beat = heartbeats.Beat(database, periodic.name)
    while not stop.is_set():
        wait = periodic.seconds
        try:
            do = do or periodic.begin(settings, database)
            do()
            failed = 0
            beat.beat()
        except Exception as error:
            failed += 1
            wait = wait_seconds(failed, first=1.0, longest=10.0)
            log.warning("%s: %r; again in %.1f s", periodic.name, error, wait)
            heartbeats.tell(database, periodic.name, repr(error)[:500])
        stop.wait(wait)


def _mailboxes(settings: Settings, database: Database, stop: threading.Event) -> None:
    failed = 0
    while not stop.is_set():
        try:
            poll_mailboxes.watch_all(settings, database, stop)
        except Exception as error:
            failed += 1
            log.warning("mailboxes: %r", error)
            stop.wait(wait_seconds(failed, first=1.0, longest=10.0))
