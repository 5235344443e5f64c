"""Customers by what people call them: a number, a name, or both as a list shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from core.parties.tables import Customer

SHOWN = re.compile(r"\(([^()]+)\)\s*$")


@dataclass(frozen=True, slots=True)
class Named:
    """A customer as it is called."""

    id: int
    number: str
    name: str

    @property
    def label(self) -> str:
        """ "Northgate Foods (C1004)", which customer_named understands."""
        return f"{self.name} ({self.number})"


CALLED = select(Customer.id, Customer.number, Customer.name)


def customers_like(session: Session, text: str, most: int) -> tuple[Named, ...]:
    """Whose number or name holds every word of the text; those that begin with it first, then by name."""
    begins = Customer.number.istartswith(text, autoescape=True) | Customer.name.istartswith(
        text, autoescape=True
    )
    rows = session.execute(
        CALLED.where(*(_holds(word) for word in text.split()[:8]))
        .order_by(case((begins, 0), else_=1), Customer.name, Customer.id)
        .limit(most)
    )
    return tuple(Named(*row) for row in rows)


def _holds(word: str) -> ColumnElement[bool]:
    return or_(
        Customer.name.icontains(word, autoescape=True),
        Customer.number.icontains(word, autoescape=True),
    )


def customer_named(session: Session, text: str) -> Named | None:
    """By number, as its label says, by the whole name, or by words that only one customer has; else None."""
    text = text.strip()
    if not text:
        return None
    shown = SHOWN.search(text)
    numbers = [text, shown[1]] if shown else [text]
    rows = session.execute(CALLED.where(Customer.number.in_(numbers)))
    by_number = {row.number: Named(*row) for row in rows}
    for number in numbers:
        if number in by_number:
            return by_number[number]
    rows = session.execute(CALLED.where(func.lower(Customer.name) == text.lower()).limit(2))
    found = tuple(Named(*row) for row in rows) or customers_like(session, text, 2)
    return found[0] if len(found) == 1 else None
