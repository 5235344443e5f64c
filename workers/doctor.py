"""`orderclerk doctor`: looks at everything Orderclerk needs, and says for each trouble what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from redis.exceptions import RedisError
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core import migrate
from core.company.tables import Company
from core.config import Settings
from core.database import Database, connect
from core.errors import OrderclerkError
from core.exchange.partners import partners
from core.inbound.mailboxes import mailboxes
from core.inbound.tables import Heartbeat, InboundDocument
from core.outbox import OutboxItem
from core.people.tables import User
from core.values import utc_now
from workers import embedded_redis, queues, smtp
from workers.accounts import try_mailbox
from workers.doctor_partners import troubles
from workers.reader.client import Reader

GIGABYTE = 1024**3
OLD = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """state: "ok", "warning" or "bad"; advice: what to do, "" when fine."""

    name: str
    state: str
    text: str
    advice: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Every check in order; a check that breaks is itself a finding."""
    for name, check in CHECKS:
        try:
            yield from check(settings)
        except OrderclerkError as error:
            yield Finding(name, "bad", error.sentence)
        except Exception as error:
            yield Finding(name, "bad", f"{type(error).__name__}: {error}"[:300])


def _secret(settings: Settings) -> Iterator[Finding]:
    if len(settings.secret_key) >= 32:
        yield Finding("secret key", "ok", "set")
    else:
        yield Finding(
            "secret key",
            "bad",
            "too short" if settings.secret_key else "not set",
            "Put ORDERCLERK_SECRET_KEY=... into .env, 32 random characters or more, for instance the output of "
            "`openssl rand -hex 32`. Keep it safe: mailbox passwords are sealed with it.",
        )


def _database(settings: Settings) -> Iterator[Finding]:
    place = connect(settings.database_url)
    try:
        with place.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).partition("\n")[0]
        yield Finding(
            "database",
            "bad",
            reason,
            "Check ORDERCLERK_DATABASE_URL, and that the server runs and lets us in.",
        )
        return
    finally:
        place.dispose()
    yield Finding("database", "ok", f"{place.dialect.name} answers")
    have, want = migrate.current(settings.database_url), migrate.newest()
    if have == want:
        yield Finding("migrations", "ok", f"newest form ({have})")
    else:
        yield Finding(
            "migrations",
            "bad",
            f"at {have or 'nothing'}, newest is {want}",
            "Run `orderclerk migrate`.",
        )


def _redis(settings: Settings) -> Iterator[Finding]:
    try:
        found = queues.connect(settings.redis_url).info("server")
    except RedisError as error:
        own = embedded_redis.is_ours(settings)
        yield Finding(
            "Redis",
            "warning" if own else "bad",
            str(error)[:200],
            "`orderclerk up` starts its own; nothing to do."
            if own
            else "Check ORDERCLERK_REDIS_URL and the server.",
        )
        return
    version = str(found.get("redis_version", "0"))
    enough = tuple(int(n) for n in version.split(".")[:2]) >= (6, 2)
    yield Finding(
        "Redis",
        "ok" if enough else "bad",
        f"version {version}",
        "" if enough else "Version 6.2 or newer is needed.",
    )


def _company(settings: Settings) -> Iterator[Finding]:
    with _read(settings) as session:
        company = session.get(Company, 1)
        users = session.scalar(select(func.count(User.id))) or 0
        session.expunge_all()
    if company is None or not company.mail_from:
        yield Finding(
            "company",
            "bad",
            "name and sender address are not set",
            "Enter them at the desk under Settings.",
        )
    else:
        ZoneInfo(company.time_zone)
        yield Finding("company", "ok", f"{company.name}, time zone {company.time_zone}")
    if not users:
        yield Finding(
            "logins",
            "bad",
            "nobody can sign in",
            "Run `orderclerk user add LOGIN --name NAME --role admin`.",
        )


def _mailboxes(settings: Settings) -> Iterator[Finding]:
    with _read(settings) as session:
        rows = mailboxes(session, enabled_only=True)
        session.expunge_all()
    if not rows:
        yield Finding(
            "mailboxes",
            "warning",
            "none",
            "Run `orderclerk mailbox add NAME --host HOST --user USER`.",
        )
    for row in rows:
        try:
            yield Finding(f"mailbox {row.name}", "ok", try_mailbox(row, settings.secret_key))
        except OrderclerkError as error:
            yield Finding(f"mailbox {row.name}", "bad", error.sentence)


def _partners(settings: Settings) -> Iterator[Finding]:
    with _read(settings) as session:
        rows = partners(session)
        for row in rows:
            found = list(troubles(settings, row))
            name = f"partner {row.code}"
            yield Finding(name, "bad" if found else "ok", " ".join(found) or "files can travel")


def _smtp(settings: Settings) -> Iterator[Finding]:
    try:
        yield Finding("outgoing mail", "ok", smtp.check(settings.smtp_url) or "answers")
    except OSError as error:
        yield Finding(
            "outgoing mail", "bad", str(error)[:200],
            "Check ORDERCLERK_SMTP_URL (smtp://user:password@host:port, smtps:// or smtp+plain://).",
        )  # fmt: skip


def _disk(settings: Settings) -> Iterator[Finding]:
    place = settings.data_dir if settings.data_dir.exists() else settings.data_dir.parent
    free = shutil.disk_usage(place).free
    state = "ok" if free > 5 * GIGABYTE else "warning" if free > GIGABYTE else "bad"
    yield Finding(
        "disk",
        state,
        f"{free / GIGABYTE:.1f} GB free at {place}",
        "" if state == "ok" else "Make room.",
    )


def _model(settings: Settings) -> Iterator[Finding]:
    reader = Reader(settings.data_dir / "scratch")
    try:
        yield Finding("reader", "ok", f"loaded, {reader.warm() // 1024**2} MB of address space")
    finally:
        reader.close()


def _running(settings: Settings) -> Iterator[Finding]:
    now = utc_now()
    with _read(settings) as session:
        beats = {b.name: b.at for b in session.scalars(select(Heartbeat))}
        waiting = session.scalar(
            select(func.min(InboundDocument.received_at)).where(
                InboundDocument.status == "received"
            )
        )
        uncertain = session.scalar(select(func.count()).where(OutboxItem.state == "uncertain")) or 0
    last = beats.get("relay")
    if last is None or now - last > OLD:
        yield Finding(
            "scheduler",
            "warning",
            "does not run",
            "Start `orderclerk up`, or `orderclerk scheduler`.",
        )
    else:
        yield Finding("scheduler", "ok", "runs")
    if waiting and now - waiting > OLD:
        yield Finding(
            "reading",
            "warning",
            f"a document waits since {waiting:%Y-%m-%d %H:%M} UTC",
            "Start a worker: `orderclerk worker`.",
        )
    if uncertain:
        yield Finding(
            "outbox",
            "warning",
            f"{uncertain} mails may have been sent",
            "Decide about them on the outbox screen.",
        )


def _read(settings: Settings) -> AbstractContextManager[Session]:
    return Database(connect(settings.database_url)).read()


CHECKS: tuple[tuple[str, Callable[[Settings], Iterator[Finding]]], ...] = (
    ("secret key", _secret),
    ("database", _database),
    ("Redis", _redis),
    ("company", _company),
    ("mailboxes", _mailboxes),
    ("partners", _partners),
    ("outgoing mail", _smtp),
    ("disk", _disk),
    ("reader", _model),
    ("running", _running),
)
