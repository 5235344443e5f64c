"""A message arrives: its raw bytes and its row are stored, and reading it is owed, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.inbound.blobs import store_blob
from core.inbound.tables import InboundDocument


@dataclass(frozen=True, slots=True)
class Transport:
    """Where a mail stood: unique together, and only within one UIDVALIDITY (RFC 3501, 2.3.1.1).

    Of a dropped file: no mailbox, the claim's path, inode and time of change, so that a claim that was stored before a
    crash is known again, and the same file dropped anew is not.
    """

    mailbox_id: int | None
    folder: str
    uid_validity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """relay_sha256: hash without the headers that relays add, "" when the channel has none.

    stored: hash and size of bytes that lie in the database already, in pieces; `raw` is then empty.
    unreadable: reason code when intake could not even take the whole (too large ...); the document then goes to
    quarantine with what was taken.
    """

    channel: str
    raw: bytes
    received_at: datetime
    transport: Transport | None = None
    source_name: str = ""
    relay_sha256: str = ""
    drop_folder_id: int | None = None
    stored: tuple[str, int] | None = None
    unreadable: str = ""
    unreadable_text: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """is_new: a row was made now. copy_of: the first document with the same content, None when this is the first."""

    document_id: int
    is_new: bool
    copy_of: int | None


def receive(session: Session, arrival: Arrival, *, act: Act) -> Received:
    """Stores one arrival exactly once.

    The same transport identity again is the same document. The same content at another place becomes a row of its own
    with status "copy", linked to the first, and is not read again (only identical content may go without a person).
    """
    known = _by_transport(session, arrival.transport)
    if known is not None:
        return Received(known.id, False, known.copy_of_id)
    raw_sha256, size = arrival.stored or (store_blob(session, arrival.raw), len(arrival.raw))
    first = _same_content(session, raw_sha256, arrival.relay_sha256)
    document = InboundDocument(
        channel=arrival.channel,
        source_name=arrival.source_name,
        drop_folder_id=arrival.drop_folder_id,
        raw_sha256=raw_sha256,
        relay_sha256=arrival.relay_sha256,
        size=size,
        received_at=arrival.received_at,
        copy_of_id=first,
    )
    if arrival.transport:
        document.mailbox_id = arrival.transport.mailbox_id
        document.folder = arrival.transport.folder
        document.uid_validity = arrival.transport.uid_validity
        document.uid = arrival.transport.uid
    session.add(document)
    session.flush()
    if first is not None:
        journal.advance(session, document, "receive_copy", act=act, facts={"copy_of": first})
        return Received(document.id, True, first)
    if arrival.unreadable:
        journal.advance(session, document, "receive", act=act, without=("read-document",))
        document.reason, document.reason_text = arrival.unreadable, arrival.unreadable_text
        journal.advance(
            session, document, "quarantine", act=act, facts={"reason": arrival.unreadable}
        )
    else:
        journal.advance(session, document, "receive", act=act)
    return Received(document.id, True, None)


def _by_transport(session: Session, transport: Transport | None) -> InboundDocument | None:
    if transport is None:
        return None
    return session.scalar(
        select(InboundDocument).where(
            InboundDocument.mailbox_id == transport.mailbox_id,
            InboundDocument.folder == transport.folder,
            InboundDocument.uid_validity == transport.uid_validity,
            InboundDocument.uid == transport.uid,
        )
    )


def _same_content(session: Session, raw_sha256: str, relay_sha256: str) -> int | None:
    same = [InboundDocument.raw_sha256 == raw_sha256]
    if relay_sha256:
        same.append(InboundDocument.relay_sha256 == relay_sha256)
    return session.scalar(
        select(InboundDocument.id)
        .where(or_(*same), InboundDocument.copy_of_id.is_(None))
        .order_by(InboundDocument.id)
        .limit(1)
    )


def known_uids(session: Session, mailbox_id: int, folder: str, uid_validity: int) -> set[int]:
    """The UIDs of this folder and UIDVALIDITY that the ledger holds."""
    return {
        uid
        for uid in session.scalars(
            select(InboundDocument.uid).where(
                InboundDocument.mailbox_id == mailbox_id,
                InboundDocument.folder == folder,
                InboundDocument.uid_validity == uid_validity,
            )
        )
        if uid is not None
    }
