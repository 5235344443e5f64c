"""What a format is called, and the lane it belongs to."""

from __future__ import annotations

from extraction.edi.edifact.codes import MESSAGES
from extraction.edi.x12.codes import SETS

_OTHERS = {
    "x12/TA1": ("automatic", "an interchange acknowledgement"),
    "tradacoms/ORDERS": ("order", "a TRADACOMS order"),
    "tradacoms/ORDHDR": ("order", "a TRADACOMS order file"),
    "idoc/flat": ("order", "an SAP message in flat form"),
    "idoc/ORDERS": ("order", "an SAP order (IDoc)"),
    "idoc/ORDCHG": ("change", "an SAP order change (IDoc)"),
    "idoc/REQOTE": ("quote_request", "an SAP request for quotation (IDoc)"),
    "gs1/order": ("order", "a GS1 XML order"),
    "oagis/ProcessPurchaseOrder": ("order", "an OAGIS purchase order"),
    "oagis/SyncPurchaseOrder": ("order", "an OAGIS purchase order"),
    "cxml/PunchOutOrderMessage": ("other", "a shopping cart from a punch-out catalogue"),
    "cxml/PunchOutSetupRequest": ("other", "a request to open a punch-out catalogue"),
    "cxml/ConfirmationRequest": ("other", "a cXML order confirmation"),
    "cxml/ShipNoticeRequest": ("other", "a cXML ship notice"),
    "cxml/InvoiceDetailRequest": ("other", "a cXML invoice"),
    "cxml/ReceiptRequest": ("other", "a cXML receipt"),
    "cxml/ProfileRequest": ("automatic", "a cXML question for what we can do"),
    "cxml/QuoteRequest": ("quote_request", "a cXML request for quotation"),
    "cxml/StatusUpdateRequest": ("automatic", "a cXML status message"),
    "cxml/Response": ("automatic", "a cXML answer"),
    "ubl/OrderCancellation": ("cancellation", "a UBL order cancellation"),
    "ubl/OrderChange": ("change", "a UBL order change"),
    "ubl/OrderResponse": ("other", "a UBL order response"),
    "ubl/OrderResponseSimple": ("other", "a UBL order response"),
    "ubl/ApplicationResponse": ("automatic", "a UBL application response"),
    "ubl/Invoice": ("other", "a UBL invoice"),
    "ubl/CreditNote": ("other", "a UBL credit note"),
    "ubl/DespatchAdvice": ("other", "a UBL despatch advice"),
    "ubl/Catalogue": ("other", "a UBL catalogue"),
    "ubl/Quotation": ("other", "a UBL quotation"),
    "cii/OrderResponse": ("other", "a cross industry order response"),
    "ubl/RequestForQuotation": ("quote_request", "a UBL request for quotation"),
    "idoc/ORDRSP": ("other", "an SAP order response (IDoc)"),
    "idoc/DESADV": ("other", "an SAP despatch advice (IDoc)"),
    "idoc/INVOIC": ("other", "an SAP invoice (IDoc)"),
    "idoc/STATUS": ("automatic", "an SAP status message (IDoc)"),
    "opentrans/ORDERCHANGE": ("change", "an openTRANS order change"),
    "opentrans/ORDERRESPONSE": ("other", "an openTRANS order response"),
    "opentrans/DISPATCHNOTIFICATION": ("other", "an openTRANS dispatch notification"),
    "opentrans/RECEIPTACKNOWLEDGEMENT": ("other", "an openTRANS receipt acknowledgement"),
    "opentrans/INVOICE": ("other", "an openTRANS invoice"),
    "opentrans/QUOTATION": ("other", "an openTRANS quotation"),
    "gs1/orderResponseMessage": ("other", "a GS1 XML order response"),
    "oagis/AcknowledgePurchaseOrder": ("other", "an OAGIS acknowledgement of a purchase order"),
    "oagis/ChangePurchaseOrder": ("change", "an OAGIS change of a purchase order"),
    "oagis/CancelPurchaseOrder": ("cancellation", "an OAGIS cancellation of a purchase order"),
    "opentrans/RFQ": ("quote_request", "an openTRANS request for quotation"),
    "rosettanet/3A4": ("order", "a RosettaNet order (PIP 3A4)"),
    "rosettanet/3A8": ("change", "a RosettaNet order change (PIP 3A8)"),
    "rosettanet/3A9": ("cancellation", "a RosettaNet cancellation (PIP 3A9)"),
    "xcbl/Order": ("order", "an xCBL order"),
    "cii/Invoice": ("other", "a cross industry invoice"),
    "bmecat/catalogue": ("other", "a price catalogue (BMEcat)"),
}
_FAMILIES = {
    "x12": "an X12 message",
    "edifact": "an EDIFACT message",
    "ubl": "a UBL message",
    "cxml": "a cXML message",
    "opentrans": "an openTRANS message",
    "gs1": "a GS1 message",
    "idoc": "an SAP message",
    "oagis": "an OAGIS message",
    "tradacoms": "a TRADACOMS message",
}


def words_of(form: str) -> tuple[str, str]:
    """Lane, and the format in words."""
    family, _, kind = form.partition("/")
    known = _OTHERS.get(form) or {"x12": SETS, "edifact": MESSAGES}.get(family, {}).get(kind)
    return known or ("other", _FAMILIES.get(family, "an electronic message"))
