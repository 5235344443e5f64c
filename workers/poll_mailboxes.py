"""Mailboxes -> documents: every mail that the ledger does not hold is stored, committed, and only then marked."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core import crash
from core.act import Act
from core.config import Settings
from core.database import Database
from core.errors import Misconfigured, NotFound, OrderclerkError, Unavailable
from core.inbound.mailboxes import mailboxes, seal, unseal
from core.inbound.receive import Arrival, Received, Transport, known_uids, receive
from core.inbound.tables import Mailbox
from core.values import utc_now
from intake.keys import relay_key
from intake.mailbox import FetchedMail, MailboxAccount, OpenMailbox, connect, unseen_by_ledger
from intake.oauth import Tokens
from workers import heartbeats
from workers.accounts import account_of
from workers.retries import wait_seconds

log = logging.getLogger(__name__)

POLL_SECONDS = (
    8.0  # a new mail must be a draft within ten seconds, also where the server offers no IDLE
)
LOOK_AGAIN_SECONDS = 300.0  # at a mailbox that needs a person first
ROSTER_SECONDS = 5.0

SETTINGS = (
    "host", "port", "tls", "username", "secrets", "oauth", "folder", "after",
    "processed_folder", "keyword", "poll_seconds",
)  # fmt: skip


@dataclass(slots=True)
class Watch:
    """One mailbox while it is watched. failures: by UID, so that mails that cannot be fetched come last."""

    mailbox_id: int
    tokens: Tokens = field(default_factory=Tokens)
    failures: Counter[int] = field(default_factory=Counter)
    settings: tuple[object, ...] = ()


def watch_all(settings: Settings, database: Database, stop: threading.Event) -> None:
    """One thread for each enabled mailbox, so that none waits for another; follows changes of the list."""
    running: dict[int, tuple[threading.Thread, threading.Event]] = {}
    while not stop.is_set():
        with database.read() as session:
            wanted = {m.id for m in mailboxes(session, enabled_only=True)}
        for mailbox_id in wanted:
            thread = running.get(mailbox_id, (None, None))[0]
            if thread is None or not thread.is_alive():
                running[mailbox_id] = _start(settings, database, mailbox_id)
        for mailbox_id in set(running) - wanted:
            running.pop(mailbox_id)[1].set()
        stop.wait(ROSTER_SECONDS)
    for _, ended in running.values():
        ended.set()


def _start(
    settings: Settings, database: Database, mailbox_id: int
) -> tuple[threading.Thread, threading.Event]:
    ended = threading.Event()
    thread = threading.Thread(
        target=watch,
        args=(settings, database, mailbox_id, ended),
        name=f"mailbox-{mailbox_id}",
        daemon=True,
    )
    thread.start()
    return thread, ended


def watch(settings: Settings, database: Database, mailbox_id: int, stop: threading.Event) -> None:
    """Stays with one mailbox: connects, takes what is new, waits, and connects again after any failure."""
    watching = Watch(mailbox_id)
    failed = 0
    while not stop.is_set():
        try:
            _session(settings, database, watching, stop)
            failed = 0
        except Exception as error:
            failed += 1
            _tell(database, mailbox_id, error)
            longest = LOOK_AGAIN_SECONDS if isinstance(error, Misconfigured) else 60.0
            _rest(database, watching, stop, wait_seconds(failed, longest=longest))


def _rest(database: Database, watching: Watch, stop: threading.Event, seconds: float) -> None:
    """Waits, but not on when somebody changed the mailbox's settings meanwhile."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and not stop.wait(min(left, ROSTER_SECONDS)):
        with contextlib.suppress(SQLAlchemyError), database.read() as session:
            if _settings_of(session, watching.mailbox_id) != watching.settings:
                return


def _session(
    settings: Settings, database: Database, watching: Watch, stop: threading.Event
) -> None:
    """One connection, until it breaks or the mailbox's settings change. Raises what ended it."""
    with database.read() as session:
        watching.settings = _settings_of(session, watching.mailbox_id)
        mailbox = session.get_one(Mailbox, watching.mailbox_id)
        account = account_of(mailbox, settings.secret_key)
        wait = min(POLL_SECONDS, float(mailbox.poll_seconds))
    with connect(account, watching.tokens) as box:
        crash.point("intake.selected")
        while not stop.is_set():
            take_new(database, box, account, watching)
            _keep_rotated(settings, database, account, watching)
            box.idle(wait)
            with database.read() as session:
                if _settings_of(session, watching.mailbox_id) != watching.settings:
                    return


def take_new(database: Database, box: OpenMailbox, account: MailboxAccount, watching: Watch) -> int:
    """One pass: reconciles the folder's UIDs with the ledger and takes the rest; returns how many.

    Mails that the ledger holds but that still stand here were committed and not marked: they are marked now.
    """
    listed = box.list_uids()
    with database.read() as session:
        known = known_uids(session, account.id, account.folder, box.uid_validity)
    for uid in box.unmarked(known.intersection(listed)):
        box.mark_done(uid)
    new = unseen_by_ledger(listed, known)
    trouble: Unavailable | None = None
    taken = 0
    for uid in sorted(new, key=lambda u: (watching.failures[u], u)):
        try:
            taken += _take(database, box, account, watching, uid)
        except Unavailable as error:
            watching.failures[uid] += 1
            trouble = error
            break
    _note_success(database, account, box.uid_validity, trouble)
    if trouble:
        raise trouble
    return taken


def _take(
    database: Database, box: OpenMailbox, account: MailboxAccount, watching: Watch, uid: int
) -> int:
    try:
        mail = box.fetch(uid)
    except NotFound:
        log.info("mail %s vanished from %s before it was fetched", uid, account.name)
        return 0
    crash.point("intake.fetched")
    arrival = _arrival(mail, account, box.uid_validity)
    act = Act("system:intake", key=f"imap:{account.id}:{account.folder}:{box.uid_validity}:{uid}")

    def store(session: Session) -> Received:
        received = receive(session, arrival, act=act)
        crash.point("intake.before-commit")
        return received

    database.run(store)
    crash.point("intake.committed")
    box.mark_done(uid)
    crash.point("intake.marked")
    watching.failures.pop(uid, None)
    return 1


def _arrival(mail: FetchedMail, account: MailboxAccount, uid_validity: int) -> Arrival:
    return Arrival(
        channel="mail",
        raw=mail.raw,
        received_at=min(mail.internal_date, utc_now()),
        transport=Transport(account.id, account.folder, uid_validity, mail.uid),
        source_name=account.name,
        relay_sha256=relay_key(mail.raw) if mail.is_whole else "",
        unreadable="" if mail.is_whole else "too-large",
        unreadable_text=""
        if mail.is_whole
        else f"This mail has {mail.size // 1024**2} MB, more than is taken; it stays in the mailbox.",
    )


def _note_success(
    database: Database, account: MailboxAccount, uid_validity: int, trouble: Unavailable | None
) -> None:
    def note(session: Session) -> None:
        mailbox = session.get_one(Mailbox, account.id)
        mailbox.uid_validity = uid_validity
        mailbox.polled_at = utc_now()
        if trouble is None:
            mailbox.succeeded_at = mailbox.polled_at
            mailbox.last_error = ""

    database.run(note)
    heartbeats.tell(database, f"mailbox:{account.name}", str(trouble or ""))


def _tell(database: Database, mailbox_id: int, error: Exception) -> None:
    words = error.sentence if isinstance(error, OrderclerkError) else repr(error)
    log.warning(
        "mailbox %s: %s", mailbox_id, words, exc_info=not isinstance(error, OrderclerkError)
    )
    try:
        with database.begin() as session:
            mailbox = session.get(Mailbox, mailbox_id)
            if mailbox is not None:
                mailbox.polled_at, mailbox.last_error = utc_now(), words
    except Exception as second:  # the database is what failed; the log has it
        log.warning("mailbox %s: its error could not be kept: %s", mailbox_id, second)


def _keep_rotated(
    settings: Settings, database: Database, account: MailboxAccount, watching: Watch
) -> None:
    """Providers hand out a new refresh token now and then and forget the old one."""
    newer = watching.tokens.rotated(account.oauth) if account.oauth else ""
    if not newer or (account.oauth and newer == account.oauth.refresh_token):
        return
    with database.begin() as session:
        mailbox = session.get_one(Mailbox, account.id)
        secrets = unseal(mailbox.secrets, settings.secret_key)
        if secrets.get("refresh_token") != newer:
            mailbox.secrets = seal({**secrets, "refresh_token": newer}, settings.secret_key)


def _settings_of(session: Session, mailbox_id: int) -> tuple[object, ...]:
    """What a connection depends on; () when the mailbox is gone or switched off."""
    columns = [getattr(Mailbox, name) for name in SETTINGS]
    row = session.execute(
        select(*columns).where(Mailbox.id == mailbox_id, Mailbox.enabled.is_(True))
    ).one_or_none()
    return tuple(row) if row else ()
