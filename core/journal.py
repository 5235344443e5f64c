"""advance() and note(): the only writers of a status and of the event table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.orm.attributes import flag_modified

from core import lifecycle, outbox
from core.act import Act
from core.database import Base, Instant, Key, Line, Subject, Word
from core.errors import IllegalStep


class Event(Base):
    """A fact about one subject, append-only. changes: {"field": [old, new]}; facts: what the sentence needs."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("subject", "subject_id", "sequence"),
        UniqueConstraint("subject", "subject_id", "verb", "key"),
        Index("ix_event_name_at", "name", "at"),
    )

    id: Mapped[Key]
    subject: Mapped[Word]
    subject_id: Mapped[int]
    sequence: Mapped[int]
    verb: Mapped[Word]
    name: Mapped[Word]
    at: Mapped[Instant]
    actor: Mapped[Line]
    key: Mapped[Line]
    from_status: Mapped[Word]
    to_status: Mapped[Word]
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)


def done_under(session: Session, subject: Subject, verb: str, key: str) -> Event | None:
    """The event of this verb under this idempotency key, if the step was already taken."""
    return session.scalar(
        select(Event).where(
            Event.subject == subject.SUBJECT,
            Event.subject_id == subject.id,
            Event.verb == verb,
            Event.key == key,
        )
    )


def check(subject: Subject, verb: str) -> lifecycle.Row:
    """The table's row for this step; raises IllegalStep with the legal verbs when there is none."""
    row = lifecycle.step(subject.SUBJECT, verb, subject.status)
    if row is None:
        legal = ", ".join(lifecycle.legal_verbs(subject.SUBJECT, subject.status)) or "nothing"
        raise IllegalStep(
            f"Cannot {verb.replace('_', ' ')} {_one(subject.SUBJECT)} that is {subject.status}; nothing was changed. "
            f"Possible now: {legal}."
        )
    return row


def _one(subject: str) -> str:
    return f"{'an' if subject[0] in 'aeiou' else 'a'} {subject}"


def advance(
    session: Session,
    subject: Subject,
    verb: str,
    *,
    act: Act,
    changes: dict[str, Any] | None = None,
    facts: dict[str, Any] | None = None,
    tasks: dict[str, dict[str, Any]] | None = None,
    without: tuple[str, ...] = (),
) -> Event:
    """Takes one step of the table in the caller's transaction and returns its event.

    Already taken under act.key: that event comes back and nothing changes. `tasks` gives facts to the outbox rows of
    the step's tasks; `without` names tasks that this step does not owe.
    """
    if subject.id is None:
        session.add(subject)
        session.flush()
    taken = done_under(session, subject, verb, act.key)
    if taken is not None:
        return taken
    row = check(subject, verb)
    event = _append(
        session, subject, verb, row.event, act, row.to_status or subject.status, changes, facts
    )
    subject.status = event.to_status
    subject.changed_at = act.at
    flag_modified(
        subject, "changed_at"
    )  # every step bumps the version, also one that keeps the status
    for task in row.tasks:
        if task not in without:
            outbox.put(
                session,
                task,
                subject=subject.SUBJECT,
                subject_id=subject.id,
                key=f"{task}:{subject.SUBJECT}:{subject.id}:{event.sequence}",
                facts=(tasks or {}).get(task),
                event_id=event.id,
            )
    session.flush()
    return event


def note(
    session: Session,
    subject: Subject,
    name: str,
    *,
    act: Act,
    changes: dict[str, Any] | None = None,
    facts: dict[str, Any] | None = None,
) -> Event:
    """Records a fact that changes no status (claimed, viewed, mail sent ...); same key, same event."""
    taken = done_under(session, subject, name, act.key)
    if taken is not None:
        return taken
    return _append(session, subject, name, name, act, subject.status, changes, facts)


def _append(
    session: Session,
    subject: Subject,
    verb: str,
    name: str,
    act: Act,
    to_status: str,
    changes: dict[str, Any] | None,
    facts: dict[str, Any] | None,
) -> Event:
    last = session.scalar(
        select(func.max(Event.sequence)).where(
            Event.subject == subject.SUBJECT, Event.subject_id == subject.id
        )
    )
    event = Event(
        subject=subject.SUBJECT,
        subject_id=subject.id,
        sequence=(last or 0) + 1,
        verb=verb,
        name=name,
        at=act.at,
        actor=act.actor,
        key=act.key,
        from_status=subject.status,
        to_status=to_status,
        changes=changes or {},
        facts=facts or {},
    )
    session.add(event)
    session.flush()
    return event


def history(session: Session, subject: str, subject_id: int) -> list[Event]:
    """All events of one subject, oldest first."""
    return list(
        session.scalars(
            select(Event)
            .where(Event.subject == subject, Event.subject_id == subject_id)
            .order_by(Event.sequence)
        )
    )
