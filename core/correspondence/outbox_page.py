"""The outbox as people see it: what was and will be sent, exactly as sent; resend, mark as sent, cancel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import IllegalStep, NotFound
from core.inbound.blobs import load_blob
from core.lifecycle import TASKS
from core.outbox import OutboxItem, settle

PAGE_SIZE = 50
MAIL_TASKS = tuple(task for task in TASKS if task not in ("read-document", "learn-from-draft"))
TROUBLED = ("uncertain", "failed")
NEXT: dict[str, str] = {
    "check-promises": "Try again; if it fails again, tell your administrator what stands here. The round of the next night looks at every promise anyway.",
    "read-document": "Try again, or type the order from its original in the inbox.",
    "learn-from-draft": "Try again. Nothing of the order hangs on it.",
    "import-master-data": "Try again, or bring the file once more.",
    "recheck-drafts": "Try again; waiting drafts are looked at afresh by the clock anyway.",
    "render-pages": "Try again; the original can be downloaded meanwhile.",
}
"""What to do about work that failed and is no mail."""
UNDECIDED = ("uncertain", "failed", "suppressed")


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """state: due, claimed, done, failed, uncertain, suppressed, cancelled."""

    id: int
    task: str
    subject: str
    subject_id: int
    state: str
    phase: str
    recipient: str
    subject_line: str
    message_id: str
    attempts: int
    reason: str
    reason_text: str
    created_at: datetime
    due_at: datetime
    settled_at: datetime | None
    has_mail: bool
    may_resend: bool
    may_mark_sent: bool
    may_cancel: bool
    next: str = ""


@dataclass(frozen=True, slots=True)
class OutboxPage:
    rows: tuple[OutboxRow, ...]
    total: int
    page: int
    counts: dict[str, int]
    page_size: int = PAGE_SIZE


def outbox_page(session: Session, *, state: str = "", page: int = 1) -> OutboxPage:
    """Newest first; counts by state over all mails, and of other work what failed, so that the alert has its rows."""
    mails = or_(OutboxItem.task.in_(MAIL_TASKS), OutboxItem.state.in_(TROUBLED))
    counted = session.execute(
        select(OutboxItem.state, func.count()).where(mails).group_by(OutboxItem.state)
    )
    counts = {row[0]: row[1] for row in counted}
    where = [mails, *([OutboxItem.state == state] if state else [])]
    rows = session.scalars(
        select(OutboxItem)
        .where(*where)
        .order_by(OutboxItem.id.desc())
        .limit(PAGE_SIZE)
        .offset((max(page, 1) - 1) * PAGE_SIZE)
    )
    total = counts.get(state, 0) if state else sum(counts.values())
    return OutboxPage(tuple(map(outbox_row, rows)), total, max(page, 1), counts)


def outbox_row(item: OutboxItem) -> OutboxRow:
    is_work = item.task not in MAIL_TASKS
    return OutboxRow(
        id=item.id,
        task=item.task,
        subject=item.subject,
        subject_id=item.subject_id,
        state=item.state,
        phase=item.phase,
        recipient=item.recipient,
        subject_line=item.subject_line,
        message_id=item.message_id,
        attempts=item.attempts,
        reason=item.reason,
        reason_text=item.reason_text,
        created_at=item.created_at,
        due_at=item.due_at,
        settled_at=item.settled_at,
        has_mail=bool(item.mail_sha256),
        may_resend=item.state in UNDECIDED,
        may_mark_sent=item.state == "uncertain",
        may_cancel=item.state == "due" or (is_work and item.state == "failed"),
        next=NEXT.get(item.task, "Try again.") if is_work and item.state in TROUBLED else "",
    )


def sent_mail(session: Session, item_id: int) -> bytes:
    """The mail's bytes as they were or will be sent."""
    item = _item(session, item_id)
    if not item.mail_sha256:
        raise NotFound("This mail is not written yet, or was never to be sent.")
    return load_blob(session, item.mail_sha256)


def resend(session: Session, item_id: int, *, act: Act) -> OutboxItem:
    """A person sends it again, under the same Message-ID; also a suppressed one, past the gate's doubts."""
    item = _item(session, item_id)
    if item.state not in UNDECIDED:
        raise IllegalStep(
            f"This mail is {item.state}; only {', '.join(UNDECIDED)} mails can be sent again."
        )
    item.facts = {**item.facts, "by_person": act.actor}
    if "failed" in item.facts:
        item.facts = {**item.facts, "failed": 0}
    item.phase = ""
    item.attempts = 0
    settle(item, "due", act.at)
    item.settled_at = None
    session.flush()
    return item


def mark_sent(session: Session, item_id: int, *, act: Act) -> OutboxItem:
    """A person knows that an uncertain mail went out."""
    item = _item(session, item_id)
    if item.state != "uncertain":
        raise IllegalStep(
            f"This mail is {item.state}; only an uncertain one can be marked as sent."
        )
    settle(
        item, "done", act.at, reason="marked-sent", reason_text=f"Marked as sent by {act.actor}."
    )
    session.flush()
    return item


def cancel_mail(session: Session, item_id: int, *, act: Act) -> OutboxItem:
    item = _item(session, item_id)
    if not outbox_row(item).may_cancel:
        raise IllegalStep(f"This is {item.state}; only what waits can be cancelled.")
    settle(item, "cancelled", act.at, reason="cancelled", reason_text=f"Cancelled by {act.actor}.")
    session.flush()
    return item


def _item(session: Session, item_id: int) -> OutboxItem:
    item = session.get(OutboxItem, item_id, with_for_update=True)
    if item is None:
        raise NotFound(f"There is no outgoing mail {item_id}.")
    return item
