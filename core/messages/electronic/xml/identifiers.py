"""Whose identifier it is, as ISO 6523 numbers say it, and the electronic address of either end."""

from __future__ import annotations

from collections.abc import Iterator

from core.inbound.envelopes import Endpoint
from core.messages.electronic.facts import Business, Identifier

ICD = {"gln": "0088", "duns": "0060"}
ENDPOINT_QUALIFIERS = {"14": "0088", "1": "0060", "01": "0060", "9": "0088"}
"""Qualifiers of EDIFACT 0007 and X12 I05 that partners' profiles may name -> ISO 6523."""


def scheme_of(identifier: Identifier) -> str:
    """The ISO 6523 code of an identifier; "" when nobody registered it (our or their own numbers)."""
    return identifier.scheme if identifier.scheme.isdigit() else ICD.get(identifier.scheme, "")


def registered(business: Business) -> Iterator[tuple[str, str]]:
    """(ISO 6523 code or "", id) of every identifier but the tax number, registered ones first."""
    for identifier in sorted(business.ids, key=lambda one: not scheme_of(one)):
        if identifier.scheme != "vat" and identifier.id:
            yield scheme_of(identifier), identifier.id


def vat(business: Business) -> str:
    return next((one.id for one in business.ids if one.scheme == "vat"), "")


def own_number(business: Business, scheme: str) -> str:
    """The first identifier of a scheme: "seller", "buyer", "gln" ..."""
    return next((one.id for one in business.ids if one.scheme == scheme), "")


def electronic_address(end: Endpoint, business: Business) -> tuple[str, str]:
    """(scheme, id) that Peppol routes by: the envelope's when it is one, else the first registered identifier."""
    scheme = ENDPOINT_QUALIFIERS.get(end.qualifier, end.qualifier)
    if end.id and len(scheme) == 4 and scheme.isdigit():
        return scheme, end.id
    found = next((one for one in registered(business) if one[0]), None)
    return found or ("", end.id)
