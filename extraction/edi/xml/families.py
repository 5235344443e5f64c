"""Which XML message a root element is, and whether it is an order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from extraction.edi.values import Sniffed
from extraction.edi.xml.cii import CII
from extraction.edi.xml.cxml import CXML
from extraction.edi.xml.gs1 import GS1
from extraction.edi.xml.idoc import IDOC
from extraction.edi.xml.maps import OrderMap
from extraction.edi.xml.oagis import OAGIS
from extraction.edi.xml.opentrans import OPENTRANS
from extraction.edi.xml.paths import local, text
from extraction.edi.xml.ubl import UBL, UBL_CHANGE

_ROOT = re.compile(rb"<(?:([\w.\-]{1,60}):)?([\w.\-]{1,80})((?:\s[^<>]{0,20000})?)/?>")
_CHILD = re.compile(rb"<(?:[\w.\-]{1,60}:)?([\w.\-]{1,80})[\s/>]")


_CARRIED = re.compile(
    rb"<[\w.\-:]{1,140}\s[^<>]{0,20000}?xmlns(?::[\w.\-]{1,60})?\s{0,9}=\s{0,9}[\"']"
    rb"urn:(?:oasis:names:specification:ubl:schema:xsd|un:unece:uncefact:data:standard)"
)

LOOKED_AT = 400
"""So many elements from the root on tell what a message is."""


@dataclass(frozen=True, slots=True)
class Family:
    """format "ubl/Order"; lane; what it is in words; `map` None when it is not read."""

    format: str
    lane: str
    words: str
    map: OrderMap | None = None


_UBL = {
    "Order": Family("ubl/Order", "order", "a UBL order", UBL),
    "OrderChange": Family("ubl/OrderChange", "change", "a UBL order change", UBL_CHANGE),
    "OrderCancellation": Family("ubl/OrderCancellation", "cancellation", "a UBL order cancellation", UBL_CHANGE),
    "OrderResponse": Family("ubl/OrderResponse", "other", "a UBL order response"),
    "OrderResponseSimple": Family("ubl/OrderResponseSimple", "other", "a UBL order response"),
    "ApplicationResponse": Family("ubl/ApplicationResponse", "automatic", "a UBL application response"),
    "RequestForQuotation": Family("ubl/RequestForQuotation", "quote_request", "a UBL request for quotation"),
}  # fmt: skip
_OPENTRANS = {
    "ORDER": Family("opentrans/ORDER", "order", "an openTRANS order", OPENTRANS),
    "ORDERCHANGE": Family(
        "opentrans/ORDERCHANGE", "change", "an openTRANS order change", OPENTRANS
    ),
    "RFQ": Family("opentrans/RFQ", "quote_request", "an openTRANS request for quotation"),
}
_IDOC = {
    "ORDERS": Family("idoc/ORDERS", "order", "an SAP order (IDoc)", IDOC),
    "ORDCHG": Family("idoc/ORDCHG", "change", "an SAP order change (IDoc)", IDOC),
    "REQOTE": Family("idoc/REQOTE", "quote_request", "an SAP request for quotation (IDoc)"),
}
_CXML = {
    "OrderRequest": Family("cxml/OrderRequest", "order", "a cXML order", CXML),
    "PunchOutOrderMessage": Family("cxml/PunchOutOrderMessage", "other", "a shopping cart from a punch-out catalogue"),
    "QuoteRequest": Family("cxml/QuoteRequest", "quote_request", "a cXML request for quotation"),
    "StatusUpdateRequest": Family("cxml/StatusUpdateRequest", "automatic", "a cXML status message"),
    "Response": Family("cxml/Response", "automatic", "a cXML answer"),
}  # fmt: skip


_UNREAD = {
    "Pip3A4PurchaseOrderRequest": Family("rosettanet/3A4", "order", "a RosettaNet order (PIP 3A4)"),
    "Pip3A8PurchaseOrderChangeRequest": Family("rosettanet/3A8", "change", "a RosettaNet order change (PIP 3A8)"),
    "Pip3A9PurchaseOrderCancellationRequest": Family("rosettanet/3A9", "cancellation", "a RosettaNet cancellation (PIP 3A9)"),
}  # fmt: skip
"""Orders of families that are not read: told so, for a person to key in."""


def payload_of(root: etree._Element) -> etree._Element:
    """The UBL or CII message inside a Standard Business Document (as Peppol carries it), whatever a SOAP envelope
    carries, else the root itself."""
    if _is_soap(local(root), _namespace(root)):
        inside = [e for e in root.iterchildren() if local(e) == "Body"]
        carried = next((e for body in inside for e in body.iterchildren()), None)
        return root if carried is None else payload_of(carried)
    if local(root) == "StandardBusinessDocument":
        for child in root:
            found = _family(local(child), _namespace(child), [])
            if found is not None and found.format.startswith(("ubl/", "cii/")):
                return child
    return root


_OAGIS_LANES = {
    "ProcessPurchaseOrder": "order",
    "SyncPurchaseOrder": "order",
    "AddPurchaseOrder": "order",
    "ChangePurchaseOrder": "change",
    "UpdatePurchaseOrder": "change",
    "CancelPurchaseOrder": "cancellation",
}


def family_of(root: etree._Element) -> Family | None:
    """The family of a parsed root, None when it is no message we know of."""
    inner = [local(e) for e in islice(root.iter(), 1, LOOKED_AT)]
    return _family(local(root), _namespace(root), inner, text(root, ".//MESTYP"))


def _is_soap(name: str, namespace: str) -> bool:
    return name == "Envelope" and "soap" in namespace.lower()


def _namespace(element: etree._Element) -> str:
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def sniff_root(content: bytes) -> Sniffed | None:
    """The same from the first bytes of a file, without parsing it."""
    head = _without_prolog(content[:60_000])
    found = _ROOT.match(head)
    if found is None:
        return None
    name = found[2].decode("latin-1")
    if name == "StandardBusinessDocument":
        carried = _CARRIED.search(head, found.end())
        if carried:
            return sniff_root(head[carried.start() :])
    if name == "Envelope" and b"soap" in found[3].lower():
        body = re.search(rb"<(?:[\w.\-]{1,60}:)?Body(?:\s[^<>]{0,2000})?>\s{0,2000}(?=<)", head)
        return sniff_root(head[body.end() :]) if body else None
    declared = rb"xmlns:" + re.escape(found[1]) if found[1] else rb"xmlns"
    space = re.search(declared + rb"\s{0,9}=\s{0,9}[\"']([^\"']{0,500})", found[3])
    inner = _CHILD.findall(head[found.end() : found.end() + 20_000])
    kind = re.search(rb"<MESTYP>\s{0,9}([A-Z]{1,20})", head)
    family = _family(
        name,
        space[1].decode("latin-1") if space else "",
        [n.decode("latin-1") for n in inner],
        kind[1].decode("latin-1") if kind else "",
    )
    if family is None:
        return None
    return Sniffed(family.format, 0.97, (f"Its root element is {name}: {family.words}.",))


def _without_prolog(head: bytes) -> bytes:
    """The text from its first element on: declaration, comments and document type passed over."""
    at = 0
    while head[at : at + 1]:
        start = head.find(b"<", at)
        if start < 0:
            return b""
        for opening, closing in ((b"<!--", b"-->"), (b"<?", b"?>"), (b"<!", b">")):
            if head.startswith(opening, start):
                subset = head.find(b"[", start, start + 400) if opening == b"<!" else -1
                inside = subset >= 0 and b">" not in head[start:subset]
                end = head.find(b"]", subset) if inside else start
                at = head.find(closing, max(end, start))
                break
        else:
            return head[start:]
        if at < 0:
            return b""
        at += len(closing)
    return b""


def _family(name: str, namespace: str, inner: list[str], mestyp: str = "") -> Family | None:
    if "oasis:names:specification:ubl" in namespace:
        return _UBL.get(name, Family(f"ubl/{name}", "other", f"a UBL message of the kind {name}"))
    if name.startswith("SCRDMCCBDACIOR"):
        return Family("cii/OrderResponse", "other", "a cross industry order response")
    if name.startswith("SCRDMCCBDACIO") or name == "CrossIndustryOrder":
        return Family("cii/Order", "order", "a cross industry order", CII)
    if name in ("CrossIndustryInvoice", "CrossIndustryDocument"):
        return Family("cii/Invoice", "other", "a cross industry invoice")
    if name == "cXML":
        return _cxml(inner)
    own_header = f"{name}_HEADER" in inner and not namespace
    if "opentrans" in namespace.lower() or own_header or (name in _OPENTRANS and not namespace):
        words = f"an openTRANS message of the kind {name}"
        return _OPENTRANS.get(name, Family(f"opentrans/{name}", "other", words))
    if name == "BMECAT":
        return Family("bmecat/catalogue", "other", "a price catalogue (BMEcat)")
    if "EDI_DC40" in inner or mestyp:
        return _idoc(mestyp or name)
    if "gs1" in namespace or "ean.ucc" in namespace or name == "StandardBusinessDocument":
        order = name in ("orderMessage", "order") or "orderLineItem" in inner
        kind = Family("gs1/order", "order", "a GS1 XML order", GS1)
        return kind if order else Family(f"gs1/{name}", "other", f"a GS1 message {name}")
    if name in _UNREAD:
        return _UNREAD[name]
    if "xcbl" in namespace.lower() and name == "Order":
        return Family("xcbl/Order", "order", "an xCBL order")
    if "openapplications.org" in namespace or "oagi" in namespace.lower():
        lane = _OAGIS_LANES.get(name, "other")
        return Family(
            f"oagis/{name}",
            lane,
            f"an OAGIS message {name}",
            OAGIS if name in _OAGIS_LANES else None,
        )
    return None


def _cxml(inner: list[str]) -> Family:
    kind = next((n for n in inner if n in _CXML), None)
    if kind:
        return _CXML[kind]
    kind = next((n for n in inner if n.endswith(("Request", "Message")) and len(n) > 8), "message")
    return Family(f"cxml/{kind}", "other", f"a cXML message of the kind {kind}")


def _idoc(kind: str) -> Family:
    """By the message type of the control record: the same basic type serves orders, changes and answers."""
    for name, family in _IDOC.items():
        if name in kind.upper():
            return family
    return Family(f"idoc/{kind}", "other", "an SAP message (IDoc)")
