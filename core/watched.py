"""Rows on which promises rest: when one changes, what changed is written in the same flush, whoever changes it.

A check of the promises that the change can touch is then due (core.watch.check). A statement that goes around the
mapper is not seen here; the nightly check finds what it broke.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import Connection, Index, event, insert, inspect
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base, Instant, Key, Word
from core.values import plain, utc_now

T = TypeVar("T", bound=type[Base])
MOMENTS = ("insert", "update", "delete")


class SupplyChange(Base):
    """What changed of supply, capacity or calendar, and whether the promises that it touches were looked at since.

    subject: "receipt", "stock_lot", "work_centre", "closure", "company" ..., or "promise": a schedule line that a person
    moved, so that those behind it are looked at. moment: "insert", "update", "delete".
    changes: {column: [old, new]}; facts: other columns of the row as they are now, all as plain text.
    """

    __tablename__ = "supply_change"
    __table_args__ = (Index("ix_supply_change_checked_at", "checked_at"),)

    id: Mapped[Key]
    subject: Mapped[Word]
    subject_id: Mapped[int]
    moment: Mapped[Word]
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[Instant]
    checked_at: Mapped[Instant | None]


def doubted(session: Session, schedule_line_id: int, item_id: int, at: datetime) -> None:
    """A check of this promise, and of those behind it, is due."""
    facts = {"item_id": str(item_id)}
    session.add(
        SupplyChange(
            subject="promise", subject_id=schedule_line_id, moment="update", facts=facts, at=at
        )
    )


def watched(
    subject: str,
    columns: tuple[str, ...] = (),
    *,
    facts: tuple[str, ...] = (),
    moments: tuple[str, ...] = MOMENTS,
    number: str = "id",
    unless: Callable[[Any], bool] | None = None,
) -> Callable[[T], T]:
    """Marks a table. columns: whose changes count; facts: told along; number: column of the subject's id; unless: of
    which rows nothing is written."""

    def mark(table: T) -> T:
        def changed(moment: str) -> Callable[[Any, Connection, Any], None]:
            def write(_mapper: Any, connection: Connection, row: Any) -> None:
                changes = _changes(row, columns) if moment == "update" else {}
                if (moment == "update" and not changes) or (unless is not None and unless(row)):
                    return
                connection.execute(
                    insert(SupplyChange).values(
                        subject=subject,
                        subject_id=getattr(row, number),
                        moment=moment,
                        changes=changes,
                        facts={name: _text(getattr(row, name)) for name in facts},
                        at=utc_now(),
                    )
                )

            return write

        for moment in moments:
            event.listen(table, f"after_{moment}", changed(moment))
        return table

    return mark


def _changes(row: Any, columns: tuple[str, ...]) -> dict[str, list[str]]:
    state = inspect(row)
    found = {}
    for name in columns:
        history = state.attrs[name].history
        if history.added:
            old = history.deleted[0] if history.deleted else None
            if old != history.added[0]:
                found[name] = [_text(old), _text(history.added[0])]
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
