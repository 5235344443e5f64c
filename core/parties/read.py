"""Read models of customers: names for filters, the list, one customer with addresses and contacts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from core.catalogue.tables import CustomerItem, Item, PriceAgreement
from core.errors import NotFound
from core.parties.tables import Customer, CustomerAddress

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class CustomerRow:
    id: int
    number: str
    name: str
    language: str
    currency: str
    payment_terms: str
    delivery_policy: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class CustomerPage:
    rows: tuple[CustomerRow, ...]
    total: int
    page: int
    page_size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class AddressView:
    id: int
    kind: str
    code: str
    rows: tuple[str, ...]
    transit_days: int
    is_default: bool
    gln: str


@dataclass(frozen=True, slots=True)
class ContactView:
    name: str
    email: str
    known: bool


@dataclass(frozen=True, slots=True)
class PartNumber:
    """What the customer calls our item."""

    customer_sku: str
    item_id: int
    item_number: str
    description: str
    unit: str


@dataclass(frozen=True, slots=True)
class AgreedPrice:
    item_number: str
    unit: str
    price: Decimal
    currency: str
    minimum_quantity: Decimal
    valid: str
    reference: str


@dataclass(frozen=True, slots=True)
class CustomerView:
    row: CustomerRow
    incoterms: str
    tax_id: str
    gln: str
    domains: tuple[str, ...]
    credit_limit: Decimal | None
    open_receivables: Decimal
    blocked_reason: str
    notes: str
    addresses: tuple[AddressView, ...]
    contacts: tuple[ContactView, ...]
    part_numbers: tuple[PartNumber, ...]
    prices: tuple[AgreedPrice, ...]


def customer_page(session: Session, text: str = "", page: int = 1) -> CustomerPage:
    """Customers whose number or name contains `text`, by name."""
    where = or_(
        Customer.name.icontains(text, autoescape=True),
        Customer.number.icontains(text, autoescape=True),
    )
    total = session.scalar(select(func.count()).select_from(Customer).where(where)) or 0
    rows = session.scalars(
        select(Customer)
        .where(where)
        .order_by(Customer.name)
        .limit(PAGE_SIZE)
        .offset((max(page, 1) - 1) * PAGE_SIZE)
    )
    return CustomerPage(tuple(map(_row, rows)), total, max(page, 1))


def customer_view(session: Session, customer_id: int) -> CustomerView:
    """One customer with all that hangs on it; raises NotFound."""
    customer = session.scalar(
        select(Customer)
        .where(Customer.id == customer_id)
        .options(selectinload(Customer.addresses), selectinload(Customer.contacts))
    )
    if customer is None:
        raise NotFound(f"There is no customer {customer_id}.")
    return CustomerView(
        row=_row(customer),
        incoterms=customer.incoterms,
        tax_id=customer.tax_id,
        gln=customer.gln,
        domains=tuple(customer.domains),
        credit_limit=customer.credit_limit,
        open_receivables=customer.open_receivables,
        blocked_reason=customer.blocked_reason,
        notes=customer.notes,
        addresses=tuple(map(_address, customer.addresses)),
        contacts=tuple(ContactView(c.name, c.email, c.known) for c in customer.contacts),
        part_numbers=_part_numbers(session, customer_id),
        prices=_prices(session, customer_id),
    )


def _row(customer: Customer) -> CustomerRow:
    return CustomerRow(
        customer.id,
        customer.number,
        customer.name,
        customer.language,
        customer.currency,
        customer.payment_terms,
        customer.delivery_policy,
        customer.blocked,
    )


def _address(address: CustomerAddress) -> AddressView:
    town = " ".join(p for p in (address.postal_code, address.city, address.region) if p)
    rows = (address.name, *address.street.splitlines(), town, address.country)
    return AddressView(
        address.id,
        address.kind,
        address.code,
        tuple(r for r in rows if r),
        address.transit_days,
        address.is_default,
        address.gln,
    )


def _part_numbers(session: Session, customer_id: int) -> tuple[PartNumber, ...]:
    return tuple(
        PartNumber(known.customer_sku, item.id, item.number, item.description, known.unit)
        for known, item in session.execute(
            select(CustomerItem, Item)
            .join(Item, Item.id == CustomerItem.item_id)
            .where(CustomerItem.customer_id == customer_id)
            .order_by(CustomerItem.customer_sku)
        )
    )


def _prices(session: Session, customer_id: int) -> tuple[AgreedPrice, ...]:
    return tuple(
        AgreedPrice(
            item.number,
            row.unit,
            row.price,
            row.currency,
            row.minimum_quantity,
            f"{row.valid_from or '…'} to {row.valid_to or '…'}",
            row.reference,
        )
        for row, item in session.execute(
            select(PriceAgreement, Item)
            .join(Item, Item.id == PriceAgreement.item_id)
            .where(PriceAgreement.customer_id == customer_id)
            .order_by(Item.number, PriceAgreement.minimum_quantity)
        )
    )


def group_of(session: Session, customer: Customer) -> tuple[int, ...]:
    """Ids of the customer and of the other firms of their group."""
    if not customer.group_name:
        return (customer.id,)
    same = select(Customer.id).where(Customer.group_name == customer.group_name)
    return tuple(session.scalars(same.order_by(Customer.id)))
