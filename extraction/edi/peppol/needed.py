"""What each transaction cannot do without, from the published structures (cardinality 1)."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.edi.peppol.paper import Element, Paper, child, children
from extraction.edi.peppol.rule import FATAL, Check, Rule

_HEAD = ("CustomizationID", "ProfileID", "ID", "IssueDate")
_ENDS = ("BuyerCustomerParty/Party/EndpointID", "SellerSupplierParty/Party/EndpointID")
_LINE = "OrderLine/LineItem"

NEEDED: dict[str, tuple[str, ...]] = {
    "T01": (*_HEAD, "DocumentCurrencyCode", *_ENDS, _LINE, f"{_LINE}/ID", f"{_LINE}/Item", f"{_LINE}/Item/Name"),
    "T114": (*_HEAD, "DocumentCurrencyCode", "OrderReference/ID", *_ENDS, _LINE, f"{_LINE}/ID", f"{_LINE}/Item"),
    "T115": (*_HEAD, "CancellationNote", "OrderReference/ID", *_ENDS),
    "T76": (*_HEAD, "OrderResponseCode", "DocumentCurrencyCode", "OrderReference/ID", *_ENDS),
    "T116": (*_HEAD, "OrderResponseCode", "DocumentCurrencyCode", "OrderReference/ID", *_ENDS),
    "T16": (*_HEAD, "DespatchSupplierParty/Party/EndpointID", "DeliveryCustomerParty/Party/EndpointID", "DespatchLine", "DespatchLine/ID", "DespatchLine/DeliveredQuantity", "DespatchLine/OrderLineReference/LineID", "DespatchLine/Item/Name"),
}  # fmt: skip


def needed(transaction: str) -> tuple[Rule, ...]:
    """One rule per path, named by it: "PEPPOL-T01-NEEDS-IssueDate"."""
    return tuple(
        Rule(
            f"PEPPOL-{transaction}-NEEDS-{path.replace('/', '.')}",
            FATAL,
            f"{path} is missing.",
            _missing(tuple(path.split("/"))),
        )
        for path in NEEDED.get(transaction, ())
    )


def _missing(path: tuple[str, ...]) -> Check:
    """Every parent along the path that lacks the last step; the root when the way to it is missing."""

    def check(paper: Paper) -> Iterator[Element]:
        above = children(paper.root, *path[:-1])
        if not above and len(path) > 1 and path[0] not in ("OrderLine", "DespatchLine"):
            yield paper.root
        for element in above:
            if child(element, path[-1]) is None:
                yield element

    return check
