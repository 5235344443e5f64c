"""`orderclerk demo --once`: mails in, a scripted clerk, goods out and one line back; a table and an exit status."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from core.config import Settings
from core.database import Database, connect
from core.inbound.tables import InboundDocument
from core.outbox import OPEN_STATES, OutboxItem
from fixtures.build import build_mails
from fixtures.sample import SampleMail
from workers.demo import clerk, post, run, servers
from workers.demo.run import tell
from workers.demo.state import State
from workers.demo.verdict import Row, judge
from workers.supervisor import Supervisor

SETTLE_SECONDS = 240.0


def run_once(base: Settings, folder: Path) -> int:
    """0 when every message came out as expected, else 1."""
    with run.running(base, folder, with_web=False) as (settings, state, supervisor):
        database = Database(connect(settings.database_url))
        try:
            return _story(database, state, supervisor)
        finally:
            database.engine.dispose()


def _story(database: Database, state: State, supervisor: Supervisor) -> int:
    samples = build_mails(state.today)
    first = [s for s in samples if _comes_first(s)]
    later = [s for s in samples if not _comes_first(s)]
    at_desk = clerk.script_for(database, "clerk")
    wrong: list[str] = []
    for title, wave in (("orders", first), ("changes, questions, returns, repeats", later)):
        number = post.deliver(state, wave)
        tell(f"[4/6] {number} mails delivered: {title}")
        wrong += _wait(database, state, supervisor)
        confirmed = list(clerk.confirm_all(at_desk))
        tell(f"[5/6] {sum(1 for _, why in confirmed if not why)} drafts confirmed by the clerk")
        wrong += [f"draft {draft}: {why}" for draft, why in confirmed if why]
    wrong += _goods(database)
    wrong += _wait(database, state, supervisor)
    arrived = Counter(str(e["message_id"]) for e in servers.sent(state.sent))
    wrong += [f"mail {m} was sent {n} times" for m, n in arrived.items() if n > 1]
    with database.read() as session:
        rows = judge(session, samples, arrived)
    return _report(rows, wrong, len(arrived))


def _comes_first(sample: SampleMail) -> bool:
    """What stands alone; the rest refers to orders that should be booked by then."""
    refers = ("repeats", "revises", "same_bytes_as", "told_by")
    return sample.expected["lane"] == "order" and not any(k in sample.expected for k in refers)


def _goods(database: Database) -> list[str]:
    shipment = clerk.ship_one(clerk.script_for(database, "warehouse"))
    if shipment is None:
        return ["no order could be shipped whole"]
    tell(f"[6/6] Shipment {shipment.number} delivered")
    back = clerk.return_one(clerk.script_for(database, "clerk"), shipment.order_id)
    tell(f"      Return {back.number} {back.status}")
    return [] if back.status == "closed" else [f"return {back.number} is {back.status}"]


def _wait(database: Database, state: State, supervisor: Supervisor) -> list[str]:
    """Until every delivered message is in its lane and no mail waits to go out."""
    until = time.monotonic() + SETTLE_SECONDS
    shown = ""
    while time.monotonic() < until:
        supervisor.look()
        there, unread, owed = _progress(database)
        if there >= len(state.delivered) and not unread and not owed:
            return []
        line = f"      {there - unread} of {len(state.delivered)} mails read, {owed} steps to go"
        if line != shown:
            tell(line)
            shown = line
        time.sleep(1.0)
    return [f"not finished after {SETTLE_SECONDS:.0f} s: {shown.strip()}"]


def _progress(database: Database) -> tuple[int, int, int]:
    with database.read() as session:
        there = session.scalar(select(func.count(InboundDocument.id))) or 0
        unread = select(func.count()).where(InboundDocument.status == "received")
        owed = select(func.count()).where(OutboxItem.state.in_(OPEN_STATES))
        return there, session.scalar(unread) or 0, session.scalar(owed) or 0


COLUMNS: tuple[tuple[str, Callable[[Row], str]], ...] = (
    ("message", lambda r: r.name),
    ("lane", lambda r: r.lane),
    ("draft", lambda r: r.draft),
    ("order", lambda r: r.order),
    ("promise", lambda r: r.promise),
    ("ack.", lambda r: r.acknowledgement),
    ("shipment", lambda r: r.shipment),
    ("", lambda r: "wrong" if r.wrong else "ok"),
)


def _report(rows: list[Row], wrong: list[str], mails: int) -> int:
    cells = [[title for title, _ in COLUMNS], *([show(r) for _, show in COLUMNS] for r in rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(COLUMNS))]
    tell("")
    for row in cells:
        tell("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())
    tell("")
    for found in rows:
        for message in found.messages:
            tell(f"{found.name} was answered by {message}, read back as it should be")
    tell("")
    for found in rows:
        for what in found.wrong:
            tell(f"WRONG  {found.name}: {what}")
    for what in wrong:
        tell(f"WRONG  {what}")
    bad = sum(1 for r in rows if r.wrong)
    orders = sum(1 for r in rows if r.order)
    tell(
        f"{len(rows)} messages, {len(rows) - bad} as expected, {orders} with orders, {mails} mails sent."
    )
    return 1 if bad or wrong else 0
