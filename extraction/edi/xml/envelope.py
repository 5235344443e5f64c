"""Who sent an XML message to whom, under which number, and whether it is a test; a message without envelope is its own.

A Standard Business Document header (UN/CEFACT SBDH 1.3, as Peppol and GS1 use it) is believed before the message.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from lxml import etree

from core.inbound.envelopes import Endpoint, Interchange
from extraction.edi.xml import paths

Paths = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ends:
    """Where one format says it. sender, receiver: paths of identifiers; an attribute of theirs is the qualifier."""

    sender: Paths = ()
    receiver: Paths = ()
    qualifier: str = ""
    control: Paths = ()
    version: Paths = ()
    prepared: Paths = ()
    test: Paths = ()


_BUYER = ("BuyerCustomerParty", "OriginatorCustomerParty", "SenderParty", "DespatchSupplierParty")
_SELLER = ("SellerSupplierParty", "ReceiverParty", "DeliveryCustomerParty")
_TRADE = "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement"


def _info(path: str) -> Paths:
    return (f"ORDER_HEADER/ORDER_INFO/{path}", f"ORDERCHANGE_HEADER/ORDERCHANGE_INFO/{path}")


FORMATS: dict[str, Ends] = {
    "ubl": Ends(
        tuple(f"{p}/Party/{n}" for p in _BUYER for n in ("EndpointID", "PartyIdentification/ID")),
        tuple(f"{p}/Party/{n}" for p in _SELLER for n in ("EndpointID", "PartyIdentification/ID")),
        "schemeID",
        ("UUID", "ID"),
        ("CustomizationID", "UBLVersionID"),
        ("IssueDate",),
    ),
    "cii": Ends(
        (f"{_TRADE}/BuyerTradeParty/GlobalID", f"{_TRADE}/BuyerTradeParty/ID"),
        (f"{_TRADE}/SellerTradeParty/GlobalID", f"{_TRADE}/SellerTradeParty/ID"),
        "schemeID",
        ("ExchangedDocument/ID",),
        ("ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID",),
        ("ExchangedDocument/IssueDateTime/DateTimeString",),
        ("ExchangedDocumentContext/TestIndicator/Indicator",),
    ),
    "cxml": Ends(
        ("Header/From/Credential/Identity",),
        ("Header/To/Credential/Identity",),
        "../domain",
        ("@payloadID",),
        ("@version",),
        ("@timestamp",),
        ("Request/@deploymentMode", "Message/@deploymentMode"),
    ),
    "opentrans": Ends(
        _info("ORDER_PARTIES_REFERENCE/BUYER_IDREF") + _info("ORDER_PARTIES/BUYER_PARTY/PARTY/PARTY_ID"),
        _info("ORDER_PARTIES_REFERENCE/SUPPLIER_IDREF") + _info("ORDER_PARTIES/SUPPLIER_PARTY/PARTY/PARTY_ID"),
        "type",
        _info("ORDERCHANGE_ID") + _info("ORDER_ID"),
        ("@version",),
        ("*/CONTROL_INFO/GENERATION_DATE",),
    ),
    "idoc": Ends(
        ("IDOC/EDI_DC40/SNDPRN",),
        ("IDOC/EDI_DC40/RCVPRN",),
        "",
        ("IDOC/EDI_DC40/DOCNUM",),
        ("IDOC/EDI_DC40/IDOCTYP",),
        ("IDOC/EDI_DC40/CREDAT",),
        ("IDOC/EDI_DC40/TEST",),
    ),
    "gs1": Ends(
        (".//Sender/Identifier", ".//buyer/gln"),
        (".//Receiver/Identifier", ".//seller/gln"),
        "Authority",
        (".//InstanceIdentifier",),
        (".//TypeVersion",),
        (".//CreationDateAndTime",),
    ),
    "oagis": Ends(
        (".//ApplicationArea/Sender/LogicalID",),
        (".//ApplicationArea/Receiver/LogicalID",),
        "",
        (".//ApplicationArea/BODID",),
        ("@releaseID",),
        (".//ApplicationArea/CreationDateTime",),
    ),
}  # fmt: skip
"""Family of the format -> where it says so. A number used again with other content is held, so only one that the
sender must not use again stands here: cXML payloadID, IDoc DOCNUM, OAGIS BODID, SBDH InstanceIdentifier, else the
document's own number."""

BY_DOCUMENT = frozenset({"ubl", "cii", "opentrans"})
"""Families whose documents are numbered kind by kind: an order and its change may have the same number."""

HEADER = Ends(
    ("StandardBusinessDocumentHeader/Sender/Identifier",),
    ("StandardBusinessDocumentHeader/Receiver/Identifier",),
    "Authority",
    ("StandardBusinessDocumentHeader/DocumentIdentification/InstanceIdentifier",),
    (),
    ("StandardBusinessDocumentHeader/DocumentIdentification/CreationDateAndTime",),
)

TEST_MARKS = {
    "cxml": "deploymentMode",
    "cii": "TestIndicator",
    "idoc": "EDI_DC40 TEST",
}
"""Family -> what a test is marked with, in the words of a finding."""
_TRUE = frozenset({"test", "true", "1", "t", "x"})


def interchange_of(
    whole: etree._Element, root: etree._Element, form: str, content: bytes
) -> Interchange:
    """whole: the file's root; root: the message's, inside it or the same; form: "ubl/Order" ...; content: its bytes."""
    family = form.partition("/")[0]
    own = FORMATS.get(family, Ends())
    header = paths.local(whole) == "StandardBusinessDocument"
    ways = ((whole, HEADER), (root, own)) if header else ((root, own),)
    return Interchange(
        family,
        paths.text(root, *own.version),
        next((e for base, ends in ways if (e := _end(base, ends.sender, ends)).id), Endpoint()),
        next((e for base, ends in ways if (e := _end(base, ends.receiver, ends)).id), Endpoint()),
        _control(ways, form),
        paths.text(root, *own.test).lower() in _TRUE,
        next((t for base, ends in ways if (t := paths.text(base, *ends.prepared))), ""),
        place=paths.place(root),
        digest=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )


def _control(ways: tuple[tuple[etree._Element, Ends], ...], form: str) -> str:
    """The number; a document's own only says which one it is together with its kind, which an order need not name."""
    family, _, kind = form.partition("/")
    for base, ends in ways:
        found = paths.text(base, *ends.control)
        if found:
            bare = ends is HEADER or family not in BY_DOCUMENT or kind.upper() == "ORDER"
            return found if bare else f"{kind} {found}"
    return ""


def _end(base: etree._Element, where: Paths, ends: Ends) -> Endpoint:
    """The identifier, with what qualifies it: an attribute of its own, or of the element around it ("../")."""
    found = paths.first(base, *where)
    if found is None:
        return Endpoint()
    element: etree._Element | None = found.element
    name = ends.qualifier
    if name.startswith("../"):
        element, name = found.element.getparent(), name[3:]
    return Endpoint(
        found.text, (element.get(name) or "").strip() if element is not None and name else ""
    )
