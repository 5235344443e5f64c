"""Which XML message a root element is, and whether it is an order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from extraction.edi.values import Sniffed
from extraction.edi.xml.cii import CII
from extraction.edi.xml.cxml import CXML
from extraction.edi.xml.maps import OrderMap
from extraction.edi.xml.opentrans import OPENTRANS
from extraction.edi.xml.paths import local
from extraction.edi.xml.ubl import UBL

_ROOT = re.compile(rb"<(?:([\w.\-]{1,60}):)?([\w.\-]{1,80})((?:\s[^<>]{0,20000})?)/?>")
_CHILD = re.compile(rb"<(?:[\w.\-]{1,60}:)?([\w.\-]{1,80})[\s/>]")


@dataclass(frozen=True, slots=True)
class Family:
    """format "ubl/Order"; lane; what it is in words; `map` None when it is not read."""

    format: str
    lane: str
    words: str
    map: OrderMap | None = None


_UBL = {
    "Order": Family("ubl/Order", "order", "a UBL order", UBL),
    "OrderChange": Family("ubl/OrderChange", "change", "a UBL order change", UBL),
    "OrderCancellation": Family("ubl/OrderCancellation", "cancellation", "a UBL order cancellation"),
    "RequestForQuotation": Family("ubl/RequestForQuotation", "quote_request", "a UBL request for quotation"),
}  # fmt: skip
_OPENTRANS = {
    "ORDER": Family("opentrans/ORDER", "order", "an openTRANS order", OPENTRANS),
    "ORDERCHANGE": Family(
        "opentrans/ORDERCHANGE", "change", "an openTRANS order change", OPENTRANS
    ),
    "RFQ": Family("opentrans/RFQ", "quote_request", "an openTRANS request for quotation"),
}
_CXML = {
    "OrderRequest": Family("cxml/OrderRequest", "order", "a cXML order", CXML),
    "PunchOutOrderMessage": Family("cxml/PunchOutOrderMessage", "other", "a shopping cart from a punch-out catalogue"),
    "QuoteRequest": Family("cxml/QuoteRequest", "quote_request", "a cXML request for quotation"),
    "StatusUpdateRequest": Family("cxml/StatusUpdateRequest", "automatic", "a cXML status message"),
    "Response": Family("cxml/Response", "automatic", "a cXML answer"),
}  # fmt: skip


def family_of(root: etree._Element) -> Family | None:
    """The family of a parsed root, None when it is no message we know of."""
    tag = str(root.tag)
    namespace = tag[1:].partition("}")[0] if tag.startswith("{") else ""
    inner = [local(e) for child in root for e in (child, *child)]
    return _family(local(root), namespace, inner)


def sniff_root(content: bytes) -> Sniffed | None:
    """The same from the first bytes of a file, without parsing it."""
    head = _without_prolog(content[:60_000])
    found = _ROOT.match(head)
    if found is None:
        return None
    name = found[2].decode("latin-1")
    declared = rb"xmlns:" + re.escape(found[1]) if found[1] else rb"xmlns"
    space = re.search(declared + rb"\s{0,9}=\s{0,9}[\"']([^\"']{0,500})", found[3])
    inner = _CHILD.findall(head[found.end() : found.end() + 20_000])
    family = _family(
        name, space[1].decode("latin-1") if space else "", [n.decode("latin-1") for n in inner]
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


def _family(name: str, namespace: str, inner: list[str]) -> Family | None:
    if "oasis:names:specification:ubl" in namespace:
        return _UBL.get(name, Family(f"ubl/{name}", "other", f"a UBL message of the kind {name}"))
    if name == "SCRDMCCBDACIOMessageStructure":
        return Family("cii/Order", "order", "a cross industry order", CII)
    if name in ("CrossIndustryInvoice", "CrossIndustryDocument"):
        return Family("cii/Invoice", "other", "a cross industry invoice")
    if name == "cXML":
        return _cxml(inner)
    if "opentrans" in namespace.lower() or (name in _OPENTRANS and not namespace):
        words = f"an openTRANS message of the kind {name}"
        return _OPENTRANS.get(name, Family(f"opentrans/{name}", "other", words))
    if name == "BMECAT":
        return Family("bmecat/catalogue", "other", "a price catalogue (BMEcat)")
    if "EDI_DC40" in inner or name.endswith("IDOC") or re.match(r"ORDERS0\d", name):
        return _idoc(name)
    if name in ("orderMessage", "order") and ("gs1" in namespace or "ean-ucc" in namespace):
        return Family("gs1/order", "order", "a GS1 XML order")
    if "gs1" in namespace or "ean-ucc" in namespace:
        return Family(f"gs1/{name}", "other", f"a GS1 message of the kind {name}")
    if "openapplications.org" in namespace or "oagi" in namespace.lower():
        order = name in ("ProcessPurchaseOrder", "SyncPurchaseOrder")
        return Family(f"oagis/{name}", "order" if order else "other", f"an OAGIS message {name}")
    return None


def _cxml(inner: list[str]) -> Family:
    kind = next((n for n in inner if n in _CXML), None)
    if kind:
        return _CXML[kind]
    kind = next((n for n in inner if n.endswith(("Request", "Message")) and len(n) > 8), "message")
    return Family(f"cxml/{kind}", "other", f"a cXML message of the kind {kind}")


def _idoc(name: str) -> Family:
    kind = re.match(r"[A-Z]+", name.removeprefix("_-").upper())
    if name.upper().startswith("ORDERS") or "ORDERS0" in name.upper():
        return Family("idoc/ORDERS", "order", "an SAP order (IDoc)")
    if "ORDCHG" in name.upper():
        return Family("idoc/ORDCHG", "change", "an SAP order change (IDoc)")
    return Family(f"idoc/{kind[0] if kind else name}", "other", "an SAP message (IDoc)")
