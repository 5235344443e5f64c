"""The EDIFACT code values that reading orders needs (facts from the UN/CEFACT code lists of the elements named)."""

from __future__ import annotations

ITEM_ID = {
    "EN": "gtin", "SRV": "gtin", "SRS": "gtin", "UP": "gtin", "UPC": "gtin", "EAN": "gtin", "IB": "gtin", "IS": "gtin",
    "GTIN": "gtin", "GD": "gtin",
    "SA": "supplier_sku", "VN": "supplier_sku", "VP": "supplier_sku", "SN": "",
    "IN": "buyer_sku", "BP": "buyer_sku", "BI": "buyer_sku", "": "buyer_sku",
    "MF": "manufacturer_sku", "MP": "manufacturer_sku",
}  # fmt: skip
"""7143 item type identification -> line field; without one the number is the buyer's own."""

REVISION = ("EC", "DR")
"""7143 too: engineering change level, drawing revision."""

DRAWING = "AAL"
"""1153, a drawing; its revision is 1060 of the same reference, else its version 1056."""

FUNCTION = {
    "1": ("cancellation", "a cancellation"),
    "2": ("change", "an addition to an order"),
    "3": ("cancellation", "a deletion"),
    "4": ("change", "a change"),
    "5": ("change", "a replacement of an earlier order"),
    "6": ("order", "the confirmation of an order already given"),
    "7": ("order", "a duplicate"),
    "9": ("order", "an original"),
    "16": ("quote_request", "a proposal"),
    "31": ("order", "a copy"),
    "35": ("order", "a re-transmission"),
    "42": ("order", "the confirmation of an order given by other means"),
    "43": ("order", "an additional transmission"),
    "46": ("other", "provisional"),
    "47": ("order", "a definitive order"),
}
"""1225 message function -> lane, and in words."""

SILENT_FUNCTION = frozenset({"9"})

ACTION = {
    "1": "added", "2": "deleted", "3": "changed", "4": "left as it is", "5": "accepted without change",
    "6": "accepted with change", "7": "not accepted", "8": "dispatched", "10": "not found", "11": "left as it is",
    "24": "accepted with change",
}  # fmt: skip
"""1229 action request -> what is to be done with the line."""

DELIVERY = ("2", "69", "200", "358", "17", "10")
"""2005 kinds of date that ask for delivery (or, last, dispatch), best first."""

SHIPMENT = "10"

DATE_LIMITS = {
    "61": "Cancel if not delivered by",
    "38": "Ship not later than",
    "37": "Ship not before",
}

QUANTITY = ("21", "1", "113", "99")
"""6063 kinds that are the ordered quantity, best first."""

PRICE = ("AAA", "INV", "AAB", "AAE", "AAF", "CAL", "NTP", "GRP")
"""5125 kinds of price, best first."""

GROSS = frozenset({"AAB", "GRP"})

BUYER = ("BY", "OB")
SHIP_TO = ("DP", "ST", "UC", "CN", "UD", "SN")
BILL_TO = ("IV", "PR", "II")

AMOUNTS = {"86": "total", "9": "total", "77": "total", "128": "total", "39": "total", "79": "subtotal", "124": "tax", "176": "tax", "64": "freight"}  # fmt: skip
"""5025 monetary amounts of the whole order -> header field."""

MESSAGES = {
    "ORDERS": ("order", "a purchase order"),
    "ORDCHG": ("change", "a purchase order change"),
    "REQOTE": ("quote_request", "a request for quotation"),
    "OSTENQ": ("status_question", "an order status enquiry"),
    "RETANN": ("return_request", "an announcement of returns"),
    "ORDRSP": ("other", "a purchase order response"),
    "DESADV": ("other", "a despatch advice"),
    "INVOIC": ("other", "an invoice"),
    "PRICAT": ("other", "a price catalogue"),
    "QUOTES": ("other", "a quotation"),
    "OSTRPT": ("other", "an order status report"),
    "RECADV": ("other", "a receiving advice"),
    "REMADV": ("other", "a remittance advice"),
    "SLSRPT": ("other", "a sales report"),
    "INVRPT": ("other", "an inventory report"),
    "DELFOR": ("other", "a delivery schedule"),
    "DELJIT": ("other", "a just-in-time delivery call"),
    "INSDES": ("other", "an instruction to despatch"),
    "PARTIN": ("other", "party information"),
    "APERAK": ("automatic", "an application acknowledgement"),
    "CONTRL": ("automatic", "a syntax acknowledgement"),
}
"""0065 message type -> lane, and in words."""
