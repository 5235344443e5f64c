"""Work owed to the outside after commit: put, due, claim, settle."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, UniqueConstraint, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base, Instant, Key, Line, Prose, Word
from core.values import utc_now

LEASE = timedelta(seconds=60)
OPEN_STATES = ("due", "claimed")


class OutboxItem(Base):
    """state: due, claimed, done, failed, uncertain, suppressed, cancelled.

    phase: how far an attempt got ("", "composed", "connected", "mail", "rcpt", "data", "dot", "accepted"), written
    before that step is taken. A claimed row whose lease ran out is due again, unless its phase is "dot": then nobody
    knows whether the server took the mail, the row is uncertain and a person decides.
    """

    __tablename__ = "outbox_item"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_outbox_item_state_due_at", "state", "due_at"),
        Index("ix_outbox_item_subject", "subject", "subject_id"),
    )

    id: Mapped[Key]
    key: Mapped[Line]
    task: Mapped[Word]
    subject: Mapped[Word]
    subject_id: Mapped[int]
    event_id: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[Word] = mapped_column(default="due")
    phase: Mapped[Word] = mapped_column(default="")
    due_at: Mapped[Instant] = mapped_column(default=utc_now)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[Instant | None]
    lease_owner: Mapped[Line] = mapped_column(default="")
    reason: Mapped[Word] = mapped_column(default="")
    reason_text: Mapped[Prose] = mapped_column(default="")
    recipient: Mapped[Line] = mapped_column(default="")
    subject_line: Mapped[Prose] = mapped_column(default="")
    message_id: Mapped[Line] = mapped_column(default="", index=True)
    mail_sha256: Mapped[Word] = mapped_column(default="")
    created_at: Mapped[Instant] = mapped_column(default=utc_now)
    settled_at: Mapped[Instant | None]


def put(
    session: Session,
    task: str,
    *,
    subject: str,
    subject_id: int,
    key: str,
    facts: dict[str, Any] | None = None,
    event_id: int | None = None,
    due_at: datetime | None = None,
) -> OutboxItem:
    """Adds work in the caller's transaction; the same key twice is the same row."""
    found = session.scalar(select(OutboxItem).where(OutboxItem.key == key))
    if found is not None:
        return found
    item = OutboxItem(
        task=task,
        subject=subject,
        subject_id=subject_id,
        key=key,
        facts=facts or {},
        event_id=event_id,
        due_at=due_at or utc_now(),
    )
    session.add(item)
    session.flush()
    return item


def due(
    session: Session,
    now: datetime,
    limit: int = 100,
    *,
    only: Collection[str] | None = None,
    never: Collection[str] = (),
) -> list[tuple[int, str, int]]:
    """(id, task, attempts) of rows to work on: due ones, and claimed ones whose lease ran out before the dot.

    only, never: tasks to look at, so that a backlog of one kind does not hide another.
    """
    kinds = [OutboxItem.task.not_in(never)] if only is None else [OutboxItem.task.in_(only)]
    return [
        (row.id, row.task, row.attempts)
        for row in session.execute(
            select(OutboxItem.id, OutboxItem.task, OutboxItem.attempts)
            .where(
                or_(
                    (OutboxItem.state == "due") & (OutboxItem.due_at <= now),
                    (OutboxItem.state == "claimed")
                    & (OutboxItem.lease_until < now)
                    & (OutboxItem.phase != "dot"),
                ),
                *kinds,
            )
            .order_by(OutboxItem.due_at, OutboxItem.id)
            .limit(limit)
        )
    ]


def claim(
    session: Session, item_id: int, owner: str, now: datetime, lease: timedelta = LEASE
) -> OutboxItem | None:
    """Takes one row for `owner`, counting the attempt; None when somebody else has it or it is settled."""
    taken = session.execute(
        update(OutboxItem)
        .where(
            OutboxItem.id == item_id,
            or_(
                (OutboxItem.state == "due") & (OutboxItem.due_at <= now),
                (OutboxItem.state == "claimed")
                & (OutboxItem.lease_until < now)
                & (OutboxItem.phase != "dot"),
            ),
        )
        .values(
            state="claimed",
            lease_until=now + lease,
            lease_owner=owner,
            attempts=OutboxItem.attempts + 1,
        )
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return None
    return session.get(OutboxItem, item_id, populate_existing=True)


def settle(
    item: OutboxItem,
    state: str,
    now: datetime,
    *,
    reason: str = "",
    reason_text: str = "",
    due_at: datetime | None = None,
) -> None:
    """Ends an attempt: "done", "failed", "uncertain", "suppressed", "cancelled", or "due" again at `due_at`."""
    item.state = state
    item.reason = reason
    item.reason_text = reason_text
    item.lease_until = None
    item.lease_owner = ""
    if state == "due":
        item.due_at = due_at or now
    else:
        item.settled_at = now


def sweep_uncertain(session: Session, now: datetime) -> int:
    """Claimed rows that died after the dot become uncertain; returns how many."""
    done = session.execute(
        update(OutboxItem)
        .where(
            OutboxItem.state == "claimed", OutboxItem.lease_until < now, OutboxItem.phase == "dot"
        )
        .values(
            state="uncertain",
            reason="no-answer-after-data",
            reason_text="The mail server may have taken this mail; its answer was not seen. Check, then resend or mark as sent.",
            settled_at=now,
        )
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
