"""One document: read in a limited child, stored with its lane, and its drafts opened, in one transaction."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy.orm import Session

from core import crash, outbox
from core.act import Act
from core.correspondence.bounced import note_bounce
from core.drafts.open import open_drafts
from core.exchange.partners import partner_of_document, profile_of
from core.exchange.receive import Taken, receive
from core.exchange.repeat import repeat
from core.exchange.understood import understood
from core.inbound.blobs import load_blob
from core.inbound.lanes import close, quarantine
from core.inbound.read import store_reading
from core.inbound.reading import Extraction
from core.inbound.tables import InboundDocument, Mailbox
from core.journal import history
from core.outbox import OutboxItem
from core.values import utc_now
from intake import rules
from workers import read_long
from workers.accounts import rules_of
from workers.hints import hints_for
from workers.reader.values import Hints, ReadFailure, ReadResult
from workers.recall import recalled
from workers.retries import OUTAGES, later
from workers.tools import Tools

log = logging.getLogger(__name__)

ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class _Work:
    """attempt: the row's counter, which tells this claim from any other; tries: those since it last came on."""

    item_id: int
    attempt: int
    key: str
    document_id: int
    channel: str
    filename: str
    raw: bytes
    hints: Hints
    is_long: bool = False
    tries: int = 1

    @property
    def act(self) -> Act:
        return Act("system:reader", key=self.key)


def run(tools: Tools, item_id: int) -> None:
    """Claims the outbox row "read-document" and does it. Twice for the same row does nothing the second time."""
    work = tools.database.run(lambda session: _claim(session, tools, item_id))
    if work is None:
        return
    crash.point("read.claimed")
    try:
        if work.is_long:
            claim = read_long.Claim(work.item_id, work.attempt, work.key, work.document_id)
            failure = read_long.read(tools, claim)
            if failure is None:
                return
            if failure.code != read_long.NOT_ELECTRONIC:
                _failed(tools, work, failure)
                return
            work = replace(work, raw=tools.database.run(partial(_raw, work)))
        hints = recalled(tools, work.raw, work.channel, work.filename, work.hints)
        read = tools.reader.read_document(work.raw, work.channel, work.filename, hints)
        crash.point("read.child-done")
        if isinstance(read, ReadFailure):
            _failed(tools, work, read)
            return
        tools.database.run(lambda session: _store(session, work, read))
        crash.point("read.committed")
    except OUTAGES as error:
        log.warning("document %s waits: %s", work.document_id, error)
        tools.database.run(lambda session: _give_back(session, work))
    except Exception as error:
        log.exception("document %s failed", work.document_id)
        _failed(tools, work, ReadFailure("processing-failed", repr(error)))


def _raw(work: _Work, session: Session) -> bytes:
    document = session.get_one(InboundDocument, work.document_id)
    return load_blob(session, document.raw_sha256)


def _claim(session: Session, tools: Tools, item_id: int) -> _Work | None:
    item = outbox.claim(session, item_id, tools.owner, utc_now())
    if item is None:
        return None
    document = session.get_one(InboundDocument, item.subject_id)
    if document.status != "received":
        outbox.settle(item, "done", utc_now(), reason="already-read")
        return None
    tries = item.attempts - int(item.facts.get("good", 0))
    document.attempts = tries
    if tries > ATTEMPTS:  # it took whole workers with it
        act = Act("system:reader", key=item.key)
        text = "Reading it ended the reader each time; its original is kept."
        quarantine(session, document, "reader-crashed", text, act=act)
        outbox.settle(item, "failed", utc_now(), reason="reader-crashed", reason_text=text)
        return None
    is_long = read_long.is_long(session, document)
    return _Work(
        item_id=item.id,
        attempt=item.attempts,
        key=item.key,
        document_id=document.id,
        channel=document.channel,
        filename=document.source_name,
        raw=b"" if is_long else load_blob(session, document.raw_sha256),
        hints=hints_for(session, document),
        is_long=is_long,
        tries=tries,
    )


def _store(session: Session, work: _Work, read: ReadResult) -> None:
    item = session.get_one(OutboxItem, work.item_id)
    document = session.get_one(InboundDocument, work.document_id)
    if document.status == "received":
        mailbox = session.get(Mailbox, document.mailbox_id) if document.mailbox_id else None
        chosen = rules.apply(rules_of(mailbox), read.message)
        taken = _take_interchanges(session, document, read, work.act)
        partner = profile_of(partner_of_document(session, document.id))
        read = replace(read, extraction=_told(understood(read.extraction, partner), taken))
        event = store_reading(
            session,
            document,
            read.message,
            read.extraction,
            rule_lane=chosen.lane or "",
            held=taken.held if taken else None,
            act=work.act,
        )
        note_bounce(session, document, act=work.act)
        open_drafts(
            session,
            document,
            read.extraction,
            admitted=taken.admitted if taken else None,
            act=work.act.under("open"),
        )
        if taken and taken.done:
            close(session, document, taken.done, act=work.act)
        repeat(session, document, act=work.act)
        if read.extraction.pages:
            outbox.put(
                session,
                "render-pages",
                subject="document",
                subject_id=document.id,
                key=f"render-pages:document:{document.id}:{event.sequence}",
            )
    outbox.settle(item, "done", utc_now())
    crash.point("read.before-commit")


def _take_interchanges(
    session: Session, document: InboundDocument, read: ReadResult, act: Act
) -> Taken | None:
    """None when its orders are not electronic ones; its interchanges are kept all the same."""
    tree = read.extraction.envelopes
    if not tree.interchanges:
        return None
    taken = receive(
        session,
        document,
        tree,
        answer_again=_answers_again(session, document),
        act=act.under("exchange"),
    )
    if any(message.order >= 0 for message in tree.messages):
        return replace(taken, done=taken.done if document.channel != "mail" else "")
    by_people = bool(read.extraction.orders) or document.channel == "mail"
    to_key_in = not (taken.held or taken.done) and any(
        message.lane == "order" and message.verdict != "rejected" for message in tree.messages
    )
    return None if by_people or to_key_in else taken


def _told(extraction: Extraction, taken: Taken | None) -> Extraction:
    told = taken.told if taken else ()
    return replace(extraction, findings=(*extraction.findings, *told))


def _answers_again(session: Session, document: InboundDocument) -> bool:
    """Whether who had it read again wants the sender to be told anew."""
    if not document.edits:
        return False
    edits = (e for e in history(session, "document", document.id) if e.verb in ("edit", "replay"))
    return bool([e.facts.get("answer") for e in edits][-1:] == [True])


def _failed(tools: Tools, work: _Work, failure: ReadFailure) -> None:
    def settle(session: Session) -> None:
        item = session.get_one(OutboxItem, work.item_id)
        document = session.get_one(InboundDocument, work.document_id)
        now = utc_now()
        if document.status != "received":
            outbox.settle(item, "done", now, reason="already-read")
        elif failure.is_final or work.tries >= ATTEMPTS:
            quarantine(session, document, failure.code, failure.detail, act=work.act)
            outbox.settle(item, "failed", now, reason=failure.code, reason_text=failure.detail)
        else:
            outbox.settle(
                item,
                "due",
                now,
                reason=failure.code,
                reason_text=failure.detail,
                due_at=later(now, work.tries),
            )

    log.warning("document %s, attempt %s: %s", work.document_id, work.attempt, failure.code)
    tools.database.run(settle)


def _give_back(session: Session, work: _Work) -> None:
    """A server was away: the row waits a little and the attempt does not count."""
    item = session.get_one(OutboxItem, work.item_id)
    now = utc_now()
    outbox.settle(item, "due", now, reason="server-away", due_at=later(now, 1))
    item.attempts = work.attempt - 1
    session.get_one(InboundDocument, work.document_id).attempts = item.attempts
