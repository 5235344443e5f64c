"""What a customer owes moves with each invoice and credit note, until the accounts' next import says it anew."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.parties.tables import Customer


def owe(session: Session, customer_id: int, amount: Decimal, currency: str) -> None:
    """Adds `amount` (negative: a credit) to the open receivables; other currencies are the accounts' to convert."""
    customer = session.scalars(
        select(Customer)
        .where(Customer.id == customer_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    if customer.currency == currency:
        customer.open_receivables += amount
        session.flush()
