"""Rules of the Peppol DespatchAdvice (T16)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extraction.edi.peppol.paper import Element, Paper, child, children, figure
from extraction.edi.peppol.process import customization_starts
from extraction.edi.peppol.rule import FATAL, WARNING, Check, rules


def no_order(paper: Paper) -> Iterator[Element]:
    if not children(paper.root, "OrderReference", "ID"):
        yield paper.root


def unnamed(party: str) -> Check:
    def check(paper: Paper) -> Iterator[Element]:
        for owner in paper.all(party):
            if child(owner, "Party", "PartyName", "Name") is None and not children(
                owner, "Party", "PartyIdentification", "ID"
            ):
                yield owner

    return check


def item_without_number(paper: Paper) -> Iterator[Element]:
    for line in paper.all("DespatchLine"):
        item = child(line, "Item")
        if (
            child(item, "StandardItemIdentification", "ID") is None
            and child(item, "SellersItemIdentification", "ID") is None
        ):
            yield line


def item_without_name(paper: Paper) -> Iterator[Element]:
    return (e for e in paper.all("DespatchLine") if child(e, "Item", "Name") is None)


def no_quantity(paper: Paper) -> Iterator[Element]:
    return (e for e in paper.all("DespatchLine") if child(e, "DeliveredQuantity") is None)


def negative_quantity(paper: Paper) -> Iterator[Element]:
    for line in paper.all("DespatchLine"):
        if figure(child(line, "DeliveredQuantity"), Decimal(-1)) < 0:
            yield line


def outstanding_without_reason(paper: Paper) -> Iterator[Element]:
    for line in paper.all("DespatchLine"):
        if (
            child(line, "OutstandingQuantity") is not None
            and child(line, "OutstandingReason") is None
        ):
            yield line


T16 = rules(
    "T16",
    (
        ("R002", WARNING, "The notice should name the order.", no_order),
        ("R003", FATAL, "Each item needs the seller's number or a GTIN.", item_without_number),
        ("R004", FATAL, "Each item needs a name.", item_without_name),
        ("R005", WARNING, "Each line should have a delivered quantity.", no_quantity),
        ("R006", FATAL, "The delivered quantity must be given and not be negative.", negative_quantity),
        ("R007", WARNING, "A quantity still to come should have its reason.", outstanding_without_reason),
        ("R008", FATAL, "The buyer needs a name or an identifier.", unnamed("BuyerCustomerParty")),
        ("R009", FATAL, "The seller needs a name or an identifier.", unnamed("SellerSupplierParty")),
        ("R010", FATAL, "Who wants the goods needs a name or an identifier.", unnamed("OriginatorCustomerParty")),
        ("R011", FATAL, "The message's identifier is not that of a Peppol despatch advice.", customization_starts("despatch_advice:3")),
    ),
)  # fmt: skip
