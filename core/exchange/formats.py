"""Which message answers which: by the family of the order's format and by what the answer is about."""

from __future__ import annotations

KINDS = ("order", "change", "ship_notice", "invoice")

ANSWERS: dict[str, dict[str, str]] = {
    "x12": {
        "order": "x12/855",
        "change": "x12/865",
        "ship_notice": "x12/856",
        "invoice": "x12/810",
    },
    "edifact": {
        "order": "edifact/ORDRSP",
        "change": "edifact/ORDRSP",
        "ship_notice": "edifact/DESADV",
        "invoice": "edifact/INVOIC",
    },
    "ubl": {
        "order": "ubl/OrderResponse",
        "change": "ubl/OrderResponse",
        "ship_notice": "ubl/DespatchAdvice",
        "invoice": "ubl/Invoice",
    },
    "cii": {"order": "cii/OrderResponse", "change": "cii/OrderResponse", "invoice": "cii/Invoice"},
    "cxml": {
        "order": "cxml/ConfirmationRequest",
        "change": "cxml/ConfirmationRequest",
        "ship_notice": "cxml/ShipNoticeRequest",
    },
    "gs1": {"order": "gs1/orderResponse", "change": "gs1/orderResponse"},
    "idoc": {"order": "idoc/ORDRSP", "change": "idoc/ORDRSP"},
    "oagis": {
        "order": "oagis/AcknowledgePurchaseOrder",
        "change": "oagis/AcknowledgePurchaseOrder",
    },
    "opentrans": {
        "order": "opentrans/ORDERRESPONSE",
        "change": "opentrans/ORDERRESPONSE",
        "ship_notice": "opentrans/DISPATCHNOTIFICATION",
    },
}

WITHOUT_ENVELOPE = frozenset({"ubl", "cii", "opentrans"})
"""Families whose documents name the parties inside; an access point or a mail carries them."""

TECHNICAL_ANSWERS: dict[str, tuple[str, ...]] = {
    "x12": ("x12/TA1", "x12/997"),
    "edifact": ("edifact/CONTRL",),
}
"""An interchange is answered by the messages of its standard; XML families have none of their own."""

GROUP_CODES = {
    "x12/855": "PR",
    "x12/865": "CA",
    "x12/856": "SH",
    "x12/810": "IN",
    "x12/997": "FA",
}
"""X12 functional identifier code (element 479) by message."""

ON_DEMAND: dict[str, tuple[str, ...]] = {"invoice": ("cii/FacturX",)}
"""What a profile may choose beside the answers of a family: the invoice as a PDF with its XML inside."""

SUFFIXES = {"x12": "edi", "edifact": "edi", "cii/FacturX": "pdf"}
"""File name endings by message or by family; XML families have "xml"."""


def family(format: str) -> str:
    """ "x12/850" -> "x12"."""
    return format.partition("/")[0]


def answer_format(order_format: str, kind: str) -> str:
    """The message that answers in the order's own family, "" when there is none."""
    return ANSWERS.get(family(order_format), {}).get(kind, "")


def formats_of(kind: str) -> tuple[str, ...]:
    usual = (found[kind] for found in ANSWERS.values() if kind in found)
    return tuple(dict.fromkeys((*usual, *ON_DEMAND.get(kind, ()))))


def suffix(format: str) -> str:
    return SUFFIXES.get(format) or SUFFIXES.get(family(format), "xml")
