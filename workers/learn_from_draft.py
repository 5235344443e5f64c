"""A draft was confirmed: its document is read again in a limited child, which says what the corrections teach."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from core import outbox
from core.act import Act
from core.drafts.tables import Draft
from core.inbound.blobs import load_blob
from core.lessons.gather import gather
from core.lessons.learn import learn
from core.lessons.values import NewLesson, Taught
from core.outbox import OutboxItem
from core.values import storable, utc_now
from extraction.memory.lesson import Lesson
from workers.hints import hints_for
from workers.reader.values import Hints, Learned, ReadFailure
from workers.recall import recalled
from workers.retries import OUTAGES, later
from workers.tools import Tools

log = logging.getLogger(__name__)

ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class _Work:
    item_id: int
    attempt: int
    key: str
    draft_id: int
    channel: str
    filename: str
    raw: bytes
    hints: Hints
    orders: tuple[dict[str, Any], ...]


def run(tools: Tools, item_id: int) -> None:
    """Claims the outbox row "learn-from-draft" and does it. Twice for the same row learns once."""
    work = tools.database.run(lambda session: _claim(session, tools, item_id))
    if work is None:
        return
    try:
        hints = recalled(tools, work.raw, work.channel, work.filename, work.hints)
        found = tools.reader.learn(work.raw, work.channel, work.filename, hints, work.orders)
    except OUTAGES as error:
        log.warning("learning from draft %s waits: %s", work.draft_id, error)
        found = ReadFailure("server-away", str(error))
    if isinstance(found, ReadFailure):
        failure = found
        tools.database.run(lambda session: _failed(session, work, failure))
        return
    learned = found
    tools.database.run(lambda session: _store(session, work, learned))


def _claim(session: Session, tools: Tools, item_id: int) -> _Work | None:
    item = outbox.claim(session, item_id, tools.owner, utc_now())
    if item is None:
        return None
    draft = session.get_one(Draft, item.subject_id)
    confirmed = gather(session, draft)
    if confirmed is None or not confirmed.worth_it:
        outbox.settle(item, "done", utc_now(), reason="nothing-to-learn")
        return None
    if item.attempts > ATTEMPTS:
        outbox.settle(item, "failed", utc_now(), reason="reader-crashed")
        return None
    document = confirmed.document
    return _Work(
        item_id=item.id,
        attempt=item.attempts,
        key=item.key,
        draft_id=draft.id,
        channel=document.channel,
        filename=document.source_name,
        raw=load_blob(session, document.raw_sha256),
        hints=hints_for(session, document),
        orders=tuple(order.as_json() for order in confirmed.orders),
    )


def _store(session: Session, work: _Work, found: Learned) -> None:
    item = session.get_one(OutboxItem, work.item_id)
    draft = session.get_one(Draft, work.draft_id)
    taught = Taught(
        found.sender,
        tuple(_new(lesson) for lesson in found.lessons),
        found.confirmed,
        found.contradicted,
    )
    learn(session, draft, taught, act=Act("system:reader", key=work.key))
    outbox.settle(item, "done", utc_now())


def _new(lesson: Lesson) -> NewLesson:
    content = _stored(lesson.told().as_json())
    return NewLesson(lesson.key, lesson.kind, lesson.field, content)


def _stored(found: Any) -> Any:
    """Texts made such as every database takes."""
    if isinstance(found, str):
        return storable(found)
    if isinstance(found, list):
        return [_stored(v) for v in found]
    return {k: _stored(v) for k, v in found.items()} if isinstance(found, dict) else found


def _failed(session: Session, work: _Work, failure: ReadFailure) -> None:
    """What cannot be learned is no harm: it is tried a few times and then left, with its reason."""
    item = session.get_one(OutboxItem, work.item_id)
    now = utc_now()
    if failure.is_final or work.attempt >= ATTEMPTS:
        outbox.settle(item, "failed", now, reason=failure.code, reason_text=failure.detail)
    else:
        outbox.settle(item, "due", now, reason=failure.code, due_at=later(now, work.attempt))
