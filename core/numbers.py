"""Numbers for orders, shipments, invoices ...: one row-locked, gapless sequence per name."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base, Word


class NumberSequence(Base):
    __tablename__ = "number_sequence"

    name: Mapped[Word] = mapped_column(primary_key=True)
    prefix: Mapped[Word] = mapped_column(default="")
    next_value: Mapped[int] = mapped_column(default=1)
    width: Mapped[int] = mapped_column(default=6)


def next_number(session: Session, name: str, prefix: str = "", first: int = 1) -> str:
    """The next number, taken in the caller's transaction: a rollback gives it back, so no gaps."""
    row = _locked(session, name)
    if row is None:
        # Two transactions may begin a sequence at once: the second waits for the first and then counts on.
        insert = (
            postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        )
        values = {"name": name, "prefix": prefix, "next_value": first, "width": 6}
        session.execute(insert(NumberSequence).values(values).on_conflict_do_nothing())
        row = _locked(session, name)
    if row is None:
        raise AssertionError("a sequence that was just begun is there")
    value = row.next_value
    row.next_value = value + 1
    session.flush()
    return f"{row.prefix}{value:0{row.width or 6}d}"


def _locked(session: Session, name: str) -> NumberSequence | None:
    return session.scalar(
        select(NumberSequence)
        .where(NumberSequence.name == name)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
