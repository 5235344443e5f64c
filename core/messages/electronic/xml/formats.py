"""The writers of XML by the format's name."""

from __future__ import annotations

from collections.abc import Callable

from core.messages.electronic.facts import (
    DespatchAnswer,
    InvoiceAnswer,
    OrderAnswer,
    Route,
    Style,
)
from core.messages.electronic.xml import (
    cii_invoice,
    cii_order_response,
    cxml_confirmation,
    cxml_ship_notice,
    facturx,
    gs1_order_response,
    idoc_order_response,
    oagis_order_response,
    opentrans_dispatch,
    opentrans_order_response,
    ubl_despatch,
    ubl_invoice,
    ubl_order_response,
)

ORDER_ANSWERS: dict[str, Callable[[OrderAnswer, Route, Style], bytes]] = {
    "cii/OrderResponse": cii_order_response.order_response,
    "cxml/ConfirmationRequest": cxml_confirmation.confirmation,
    "gs1/orderResponse": gs1_order_response.order_response,
    "idoc/ORDRSP": idoc_order_response.order_response,
    "oagis/AcknowledgePurchaseOrder": oagis_order_response.order_response,
    "opentrans/ORDERRESPONSE": opentrans_order_response.order_response,
    "ubl/OrderResponse": ubl_order_response.order_response,
}

DESPATCHES: dict[str, Callable[[DespatchAnswer, Route, Style], bytes]] = {
    "cxml/ShipNoticeRequest": cxml_ship_notice.ship_notice,
    "opentrans/DISPATCHNOTIFICATION": opentrans_dispatch.dispatch_notification,
    "ubl/DespatchAdvice": ubl_despatch.despatch_advice,
}

INVOICES: dict[str, Callable[[InvoiceAnswer, Route, Style], bytes]] = {
    "cii/Invoice": cii_invoice.invoice,
    "cii/FacturX": facturx.invoice,
    "ubl/Invoice": ubl_invoice.invoice,
}
