"""The row of our own company."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Key, Line, Prose, Word
from core.watched import watched


@watched("company", ("working_days", "holidays"), moments=("update",))
class Company(Base):
    """One row (id 1). working_days: ISO weekdays 1..7; holidays: ISO days; policy: named limits (core.company.policy)."""

    __tablename__ = "company"

    id: Mapped[Key]
    name: Mapped[Line]
    street: Mapped[Line] = mapped_column(default="")
    postal_code: Mapped[Word] = mapped_column(default="")
    city: Mapped[Line] = mapped_column(default="")
    region: Mapped[Line] = mapped_column(default="")
    country: Mapped[Word] = mapped_column(default="")
    gln: Mapped[Word] = mapped_column(default="")
    tax_ids: Mapped[list[Any]] = mapped_column(default=list)
    phone: Mapped[Line] = mapped_column(default="")
    website: Mapped[Line] = mapped_column(default="")
    bank: Mapped[Prose] = mapped_column(default="")
    mail_from: Mapped[Line] = mapped_column(default="")
    mail_from_name: Mapped[Line] = mapped_column(default="")
    bounce_address: Mapped[Line] = mapped_column(default="")
    mail_domains: Mapped[list[Any]] = mapped_column(default=list)
    time_zone: Mapped[Word] = mapped_column(default="UTC")
    working_days: Mapped[list[Any]] = mapped_column(default=lambda: [1, 2, 3, 4, 5])
    holidays: Mapped[list[Any]] = mapped_column(default=list)
    currency: Mapped[Word] = mapped_column(default="EUR")
    language: Mapped[Word] = mapped_column(default="en")
    logo_sha256: Mapped[Word] = mapped_column(default="")
    policy: Mapped[dict[str, Any]] = mapped_column(default=dict)
