"""SFTP inboxes of partners -> documents: fetched whole, stored, committed, and only then moved or removed there.

A file is taken when its size and time are as at the look before. One that was stored before a crash comes again with the
same bytes, is known by them, and is put away.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field

import paramiko
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import crash
from core.act import Act
from core.config import Settings
from core.database import Database
from core.errors import OrderclerkError
from core.exchange.partners import profile_of
from core.exchange.profile_values import Inbox
from core.exchange.repeat import arrive
from core.exchange.secrets import secrets_of
from core.exchange.tables import Partner
from core.inbound.receive import Arrival
from core.inbound.tables import InboundDocument
from core.journal import Event
from core.values import utc_now
from intake.drops import MOST_BYTES
from workers.carriers import sftp
from workers.carriers.sftp import RemoteFile

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Inboxes:
    """What one process remembers between its looks: how files looked, by partner and name."""

    seen: dict[tuple[int, str], RemoteFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Watched:
    partner_id: int
    code: str
    inbox: Inbox
    secrets: dict[str, str]


def poll(settings: Settings, database: Database, memory: Inboxes) -> int:
    """One look into every inbox; returns how many files were taken. One that fails never stops the next."""
    taken = 0
    with database.read() as session:
        watched = _watched(session, settings)
    for one in watched:
        error = ""
        try:
            with sftp.connected(one.inbox, one.secrets) as client:
                taken += _look(database, one, client, memory)
        except OrderclerkError as trouble:
            error = trouble.sentence
            log.warning("inbox of %s: %s", one.code, error)
        database.run(lambda session, o=one, e=error: _note(session, o.partner_id, e))  # type: ignore[misc]
    return taken


def _watched(session: Session, settings: Settings) -> list[_Watched]:
    found = []
    for partner in session.scalars(select(Partner).where(Partner.enabled.is_(True))):
        profile = profile_of(partner)
        if profile is not None and profile.inbox is not None:
            secrets = secrets_of(partner, settings.secret_key)
            found.append(_Watched(partner.id, partner.code, profile.inbox, secrets))
    return found


def _look(
    database: Database, watched: _Watched, client: paramiko.SFTPClient, memory: Inboxes
) -> int:
    taken = 0
    present = sftp.listed(client, watched.inbox)
    for gone in {k for k in memory.seen if k[0] == watched.partner_id} - {
        (watched.partner_id, file.name) for file in present
    }:
        del memory.seen[gone]
    for file in present:
        key = (watched.partner_id, file.name)
        settled = memory.seen.get(key) == file
        memory.seen[key] = file
        if settled and file.size:
            taken += _take(database, watched, client, file)
    return taken


def _take(
    database: Database, watched: _Watched, client: paramiko.SFTPClient, file: RemoteFile
) -> int:
    try:
        raw = sftp.fetch(client, watched.inbox, file.name, MOST_BYTES)
    except (OSError, EOFError) as error:
        log.warning("%s of %s stays where it is: %s", file.name, watched.code, error)
        return 0
    crash.point("sftp.fetched")
    stored = database.run(lambda session: _store(session, watched, file, raw))
    crash.point("sftp.committed")
    sftp.put_away(client, watched.inbox, file.name, str(stored))
    crash.point("sftp.put-away")
    return 1


def _store(session: Session, watched: _Watched, file: RemoteFile, raw: bytes) -> int:
    """The document's number. The same name, time and bytes are the file that a crash left there after its commit."""
    key = f"sftp:{watched.code}:{file.name}:{file.changed}"
    left = session.scalar(
        select(InboundDocument.id)
        .join(Event, (Event.subject == "document") & (Event.subject_id == InboundDocument.id))
        .where(InboundDocument.raw_sha256 == hashlib.sha256(raw).hexdigest(), Event.key == key)
    )
    if left is not None:
        return left
    arrival = Arrival("sftp", raw, utc_now(), source_name=file.name[:255])
    return arrive(session, arrival, act=Act("system:intake", key=key)).document_id


def _note(session: Session, partner_id: int, error: str) -> None:
    """Without a new version of the profile, which a person may be editing."""
    session.execute(
        update(Partner)
        .where(Partner.id == partner_id)
        .values(polled_at=utc_now(), last_error=error)
        .execution_options(synchronize_session=False)
    )
