"""The X12 code values that reading orders needs (facts from the code lists of the elements named)."""

from __future__ import annotations

from decimal import Decimal

from extraction.edi.codes import code_set

ITEM_ID = {
    "IN": "buyer_sku", "BP": "buyer_sku", "CB": "buyer_sku", "SK": "buyer_sku", "PI": "buyer_sku",
    "VN": "supplier_sku", "VP": "supplier_sku", "VC": "supplier_sku", "VA": "supplier_sku", "VS": "supplier_sku",
    "UP": "gtin", "UK": "gtin", "UA": "gtin", "EN": "gtin", "UI": "gtin", "UC": "gtin", "UD": "gtin", "EO": "gtin",
    "IB": "gtin",
    "MG": "manufacturer_sku", "MF": "manufacturer_sku", "MP": "manufacturer_sku",
}  # fmt: skip
"""Element 235, product id qualifier -> line field."""

MADE_AS = {
    "EC": "revision", "BE": "revision", "DR": "revision",
    "CL": "configuration", "BO": "configuration",
}  # fmt: skip
"""Element 235 too: engineering change level (the buyer's own), drawing revision; colour (the buyer's own)."""

PRICE_BASIS = {
    "HP": (Decimal(100), "a hundred"),
    "HF": (Decimal(100), "a hundred feet"),
    "TP": (Decimal(1000), "a thousand"),
    "TF": (Decimal(1000), "a thousand feet"),
    "PN": (Decimal(10), "ten"),
}
"""Element 639, prices for more than one unit -> how many, and in words."""

PRICE_PER_ONE = code_set("PE UM CA CT WE LE TE QE NC RE DE ST SR PR NE NT PU WH BR CO EA")

PURPOSE = {
    "00": ("order", "an original"),
    "01": ("cancellation", "a cancellation"),
    "02": ("change", "an addition to an order"),
    "03": ("cancellation", "a deletion"),
    "04": ("change", "a change"),
    "05": ("change", "a replacement of an earlier order"),
    "06": ("order", "the confirmation of an order already given"),
    "07": ("order", "a duplicate"),
    "15": ("order", "a re-submission"),
    "18": ("order", "a re-issue"),
    "22": ("other", "a copy for information"),
    "24": ("order", "a draft"),
    "26": ("order", "a replacement of an advance notice"),
}
"""Element 353, transaction set purpose -> lane, and in words."""

GROCERY_PURPOSE = {
    "N": ("order", "an original"),
    "B": ("order", "an original for a backorder"),
    "S": ("order", "an order for a later day"),
    "T": ("order", "a re-submission"),
    "C": ("order", "the confirmation of an order already given"),
    "E": ("order", "the confirmation of a backorder"),
    "R": ("change", "a change"),
    "L": ("change", "a replacement of lines"),
    "G": ("change", "a change of everything but the lines"),
    "D": ("cancellation", "a deletion"),
    "F": ("cancellation", "a cancellation"),
    "A": ("other", "sent for information only"),
    "X": ("other", "an exercise"),
    "00": ("order", "an original"),
}
"""Element 473, order status code of 875 -> lane, and in words."""

SILENT_PURPOSE = frozenset({"00", "N"})

LINE_ACTION = {
    "AI": "added", "CA": "changed", "CB": "changed in date", "CT": "changed in date", "DI": "deleted",
    "NC": "left as it is", "OA": "out of stock", "PC": "changed in price", "PQ": "changed in price and quantity",
    "QD": "lowered in quantity", "QI": "raised in quantity", "RA": "replaced", "RE": "replaced",
    "RQ": "re-scheduled in quantity", "RS": "re-scheduled", "RZ": "replaced",
}  # fmt: skip
"""Element 670, change or response type, in the words of a clerk."""

DELIVERY = ("002", "106", "067", "074", "010")
"""Element 374, the dates that ask for delivery (or, last, shipment), best first."""

SHIPMENT = "010"

DATE_LIMITS = {
    "001": "Cancel if not delivered by",
    "037": "Ship not before",
    "038": "Ship not after",
    "063": "Deliver not after",
    "064": "Deliver not before",
    "118": "Pick up on",
    "177": "Cancel if not shipped by",
}

SETS = {
    "850": ("order", "a purchase order"),
    "875": ("order", "a grocery purchase order"),
    "860": ("change", "a purchase order change"),
    "876": ("change", "a grocery purchase order change"),
    "840": ("quote_request", "a request for quotation"),
    "180": ("return_request", "a return authorisation or notification"),
    "869": ("status_question", "an order status inquiry"),
    "855": ("other", "a purchase order acknowledgement"),
    "865": ("other", "a purchase order change acknowledgement"),
    "856": ("other", "a ship notice"),
    "810": ("other", "an invoice"),
    "820": ("other", "a payment order"),
    "824": ("other", "an application advice"),
    "830": ("other", "a planning schedule"),
    "832": ("other", "a price catalogue"),
    "843": ("other", "a quotation"),
    "846": ("other", "an inventory advice"),
    "852": ("other", "product activity data"),
    "862": ("other", "a shipping schedule"),
    "864": ("other", "a text message"),
    "940": ("other", "a warehouse shipping order"),
    "945": ("other", "a warehouse shipping advice"),
    "997": ("automatic", "a functional acknowledgement"),
    "999": ("automatic", "an implementation acknowledgement"),
}
"""ST01 -> lane, and in words."""
