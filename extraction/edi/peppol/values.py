"""Rules about codes: each value must be on the list that its place has."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extraction.edi.peppol.lists import codes, countries, currencies
from extraction.edi.peppol.paper import Element, Paper, parent, text
from extraction.edi.peppol.rule import FATAL, Check, Rule

CURRENCY_CODES = ("DocumentCurrencyCode", "TaxCurrencyCode", "PricingCurrencyCode")
RESPONSES = frozenset({"AB", "AP", "RE", "CA"})
LINE_STATES = {
    "T76": frozenset({"1", "3", "5", "7", "42"}),
    "T116": frozenset({"1", "3", "5", "7", "42"}),
    "T114": frozenset({"1", "2", "3", "4", "74"}),
}
ORDER_TYPES = frozenset({"105", "220", "221", "226", "227", "402"})
_QUANTITIES = ("Quantity", "BaseQuantity", "DeliveredQuantity", "OutstandingQuantity")


def listed(names: tuple[str, ...], known: Callable[[], frozenset[str]]) -> Check:
    """The texts of elements that are on no list."""
    return lambda paper: (e for e in paper.all(*names) if text(e) and text(e) not in known())


def unknown_currency(paper: Paper) -> Iterator[Element]:
    for element in paper.all(*CURRENCY_CODES):
        if text(element) and text(element) not in currencies():
            yield element


def unknown_unit(paper: Paper) -> Iterator[Element]:
    for element in paper.all(*_QUANTITIES):
        unit = element.get("unitCode")
        if unit is not None and unit not in codes("unece"):
            yield element


def unknown_address_scheme(paper: Paper) -> Iterator[Element]:
    return (e for e in paper.all("EndpointID") if e.get("schemeID") not in codes("eas"))


def unknown_identifier_scheme(paper: Paper) -> Iterator[Element]:
    for element in paper.all("ID"):
        scheme = element.get("schemeID")
        if scheme is not None and parent(element) in _IDENTIFIED and scheme not in codes("icd"):
            yield element


_IDENTIFIED = ("PartyIdentification", "StandardItemIdentification")

VALUES = (
    Rule("PEPPOL-CODE-ISO4217", FATAL, "The currency is not on the list of ISO 4217.", unknown_currency),
    Rule("PEPPOL-CODE-ISO3166", FATAL, "The country is not on the list of ISO 3166.", listed(("IdentificationCode",), countries)),
    Rule("PEPPOL-CODE-REC20", FATAL, "The unit is not on the list of UN/ECE Recommendation 20.", unknown_unit),
    Rule("PEPPOL-CODE-EAS", FATAL, "The electronic address needs a scheme of the list EAS.", unknown_address_scheme),
    Rule("PEPPOL-CODE-ICD", FATAL, "The identifier's scheme is not on the list of ISO 6523.", unknown_identifier_scheme),
    Rule("PEPPOL-CODE-UNCL1001", FATAL, "The type of order is not on the list.", listed(("OrderTypeCode",), lambda: ORDER_TYPES)),
    Rule("PEPPOL-CODE-UNCL4343", FATAL, "The response code is not on the list.", listed(("OrderResponseCode",), lambda: RESPONSES)),
)  # fmt: skip


def values(transaction: str) -> tuple[Rule, ...]:
    """The lists that hold everywhere, and the states of lines where they have any."""
    states = LINE_STATES.get(transaction)
    if states is None:
        return VALUES
    sentence = "The status of the line is not on the list."
    check = listed(("LineStatusCode",), lambda: states)
    return (*VALUES, Rule("PEPPOL-CODE-UNCL1229", FATAL, sentence, check))
