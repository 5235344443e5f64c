"""Stuck work becomes visible or moves again."""

from __future__ import annotations

import logging
import shutil
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import outbox
from core.database import Database
from core.inbound.tables import Heartbeat, InboundDocument
from core.outbox import OPEN_STATES, OutboxItem
from core.values import utc_now

log = logging.getLogger(__name__)

UNOWED_AFTER = timedelta(minutes=2)
SCRATCH_SECONDS = 600.0
FORGOTTEN_AFTER = timedelta(days=1)  # a loop that was taken away for good


def sweep(database: Database) -> None:
    """Rows that died after the dot become uncertain; unread documents that nothing owes a reading get one."""
    with database.begin() as session:
        uncertain = outbox.sweep_uncertain(session, utc_now())
        owed = _owe_readings(session)
        session.execute(delete(Heartbeat).where(Heartbeat.at < utc_now() - FORGOTTEN_AFTER))
    if uncertain:
        log.warning("%s mails may have been sent; a person must look at them", uncertain)
    if owed:
        log.warning("%s unread documents had lost their work; it is owed again", owed)


def _owe_readings(session: Session) -> int:
    """Only a restored backup or a hand in the database can bring this about; a mail must not be lost even then."""
    owed = select(OutboxItem.subject_id).where(
        OutboxItem.task == "read-document",
        OutboxItem.subject == "document",
        OutboxItem.state.in_(OPEN_STATES),
    )
    lost = session.scalars(
        select(InboundDocument).where(
            InboundDocument.status == "received",
            InboundDocument.changed_at < utc_now() - UNOWED_AFTER,
            InboundDocument.id.not_in(owed),
        )
    ).all()
    for document in lost:
        outbox.put(
            session,
            "read-document",
            subject="document",
            subject_id=document.id,
            key=f"read-document:document:{document.id}:owed-again:{utc_now().timestamp()}",
        )
    return len(lost)


def clear_scratch(folder: Path, older_than: float = SCRATCH_SECONDS) -> None:
    """Removes what readers left that were killed with their workers."""
    if not folder.is_dir():
        return
    for left in folder.iterdir():
        if time.time() - left.stat().st_mtime > older_than:
            shutil.rmtree(left, ignore_errors=True)
