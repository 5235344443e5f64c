"""Rules about lines and prices that orders and their changes share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from extraction.edi.peppol.amounts import SLACK, sum_of
from extraction.edi.peppol.paper import (
    Element,
    Paper,
    child,
    children,
    decimal,
    figure,
    text,
)

ONE = Decimal(1)


def line_numbers_repeat(paper: Paper) -> Iterator[Element]:
    """A line without a number breaks it too."""
    seen = Counter(text(child(item, "ID")) for item in paper.all("LineItem"))
    for line in paper.lines:
        number = text(child(line, "ID"))
        if not number or seen[number] > 1:
            yield line


def negative_quantity(paper: Paper) -> Iterator[Element]:
    return (e for e in paper.lines if figure(child(e, "Quantity"), Decimal(-1)) < 0)


def no_quantity(paper: Paper) -> Iterator[Element]:
    return (e for e in paper.lines if child(e, "Quantity") is None)


def line_amount_differs(paper: Paper) -> Iterator[Element]:
    for line in paper.lines:
        quantity = figure(child(line, "Quantity"), ONE)
        price = figure(child(line, "Price", "PriceAmount"))
        basis = figure(child(line, "Price", "BaseQuantity"), ONE) or ONE
        expected = quantity * price / basis + sum_of(line, "true") - sum_of(line, "false")
        if abs(figure(child(line, "LineExtensionAmount")) - expected) > SLACK:
            yield line


def basis_not_positive(paper: Paper) -> Iterator[Element]:
    for line in paper.lines:
        basis = child(line, "Price", "BaseQuantity")
        if basis is not None and figure(basis) <= 0:
            yield line


def gross_less_allowance_differs(paper: Paper) -> Iterator[Element]:
    for price in paper.all("Price"):
        net = decimal(child(price, "PriceAmount"))
        for allowance in children(price, "AllowanceCharge"):
            gross, less = child(allowance, "BaseAmount"), decimal(child(allowance, "Amount"))
            if gross is not None and (less is None or net != figure(gross) - less):
                yield allowance


def negative_price(paper: Paper) -> Iterator[Element]:
    return (p for p in paper.all("Price") if figure(child(p, "PriceAmount"), Decimal(-1)) < 0)


def negative_gross_price(paper: Paper) -> Iterator[Element]:
    return _negative_in_price(paper, "BaseAmount")


def negative_price_allowance(paper: Paper) -> Iterator[Element]:
    return _negative_in_price(paper, "Amount")


def _negative_in_price(paper: Paper, name: str) -> Iterator[Element]:
    for price in paper.all("Price"):
        found = children(price, "AllowanceCharge", name)
        if any(figure(amount, Decimal(-1)) < 0 for amount in found):
            yield price


def no_validity(paper: Paper) -> Iterator[Element]:
    if not children(paper.root, "ValidityPeriod", "EndDate"):
        yield paper.root


def originator_without_name(paper: Paper) -> Iterator[Element]:
    for originator in paper.all("OriginatorCustomerParty"):
        named = children(originator, "Party", "PartyName", "Name")
        if not named and not children(originator, "Party", "PartyIdentification", "ID"):
            yield originator


def prices_in_other_currency(paper: Paper) -> Iterator[Element]:
    return (p for p in paper.all("PriceAmount") if p.get("currencyID") != paper.currency)
