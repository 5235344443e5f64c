"""Rules of the Peppol OrderResponse (T76) and of that of advanced ordering (T116)."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.edi.peppol import prices
from extraction.edi.peppol.paper import Element, Paper, child, children, text
from extraction.edi.peppol.process import customization_starts
from extraction.edi.peppol.rule import FATAL, WARNING, Check, rules


def unnamed(party: str) -> Check:
    """The buyer or the seller without official name and without identifier."""

    def check(paper: Paper) -> Iterator[Element]:
        for owner in paper.all(party):
            for found in children(owner, "Party"):
                named = child(found, "PartyLegalEntity", "RegistrationName") is not None
                if not named and not children(found, "PartyIdentification", "ID"):
                    yield found

    return check


def ends_before_start(paper: Paper) -> Iterator[Element]:
    for period in paper.all("PromisedDeliveryPeriod"):
        first, last = text(child(period, "StartDate")), text(child(period, "EndDate"))
        if first and last and last < first:
            yield period


def with_lines(code: str, *, wanted: bool) -> Check:
    """A response code that needs lines, or that may have none."""

    def check(paper: Paper) -> Iterator[Element]:
        for element in paper.all("OrderResponseCode"):
            has = bool(children(element.getparent(), "OrderLine"))
            if text(element) == code and has != wanted:
                yield element

    return check


ROWS = (
    ("R001", FATAL, "The buyer needs an official name or an identifier.", unnamed("BuyerCustomerParty")),
    ("R002", FATAL, "The seller needs an official name or an identifier.", unnamed("SellerSupplierParty")),
    ("R003", FATAL, "Each line needs a number that no other line has.", prices.line_numbers_repeat),
    ("R004", FATAL, "A promised period must not end before it begins.", ends_before_start),
    ("R005", FATAL, "All prices must be in the response's own currency.", prices.prices_in_other_currency),
    ("R007", FATAL, "A conditional acceptance (CA) needs lines.", with_lines("CA", wanted=True)),
    ("R008", WARNING, "An acceptance (AP) should have no lines.", with_lines("AP", wanted=False)),
    ("R009", WARNING, "A rejection (RE) should have no lines.", with_lines("RE", wanted=False)),
    ("R010", FATAL, "An acknowledgement of arrival (AB) must have no lines.", with_lines("AB", wanted=False)),
)  # fmt: skip

T76 = rules(
    "T76",
    (
        *ROWS,
        ("R006", FATAL, "The message's identifier is not that of a Peppol order response.", customization_starts("order_response:3")),
    ),
)  # fmt: skip

T116 = rules(
    "T116",
    (
        *ROWS,
        ("R006", FATAL, "The message's identifier is not that of an advanced Peppol order response.", customization_starts("order_response_advanced:3")),
    ),
)  # fmt: skip
