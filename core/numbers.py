"""Numbers for orders, shipments, invoices ...: one row-locked, gapless sequence per name."""

from __future__ import annotations

from sqlalchemy import select
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
    row = session.scalar(
        select(NumberSequence).where(NumberSequence.name == name).with_for_update()
    )
    if row is None:
        row = NumberSequence(name=name, prefix=prefix, next_value=first)
        session.add(row)
    value = row.next_value
    row.next_value = value + 1
    session.flush()
    return f"{row.prefix}{value:0{row.width or 6}d}"
