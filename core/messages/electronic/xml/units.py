"""Units of measure as UN/ECE Recommendation 20 codes, packages of Recommendation 21 with the X that 20 gives them."""

from __future__ import annotations

from core.messages.electronic.echoed import unit_as_given
from core.messages.electronic.facts import Echo, EchoLine

UNECE = {
    "EA": "C62",
    "BX": "XBX",
    "CS": "XCS",
    "PK": "XPK",
    "PAL": "XPX",
    "M": "MTR",
    "FT": "FOT",
    "RO": "XRO",
    "L": "LTR",
    "CAN": "XCI",
    "DR": "XDR",
    "KG": "KGM",
    "G": "GRM",
    "T": "TNE",
    "LB": "LBR",
    "PR": "PR",
    "SET": "SET",
    "DZ": "DZN",
    "HU": "CEN",
    "TH": "MIL",
    "BG": "XBG",
    "BT": "XBO",
    "M2": "MTK",
}
"""Our units (core.units) -> Recommendation 20."""

FAMILIES = ("ubl", "cii", "cxml", "opentrans", "gs1")
"""Messages whose units are of this list, so that the customer's own code can be said back."""


def unece(unit: str, echo: Echo, line: EchoLine) -> str:
    """The unit of a quantity in the ordered unit: in the customer's own code while that is of this list and still right.

    A unit of nobody's list is said as it is, rather than as another one.
    """
    same = echo.format.partition("/")[0] in FAMILIES
    return unit_as_given(unit, line, same, lambda own: UNECE.get(own.upper(), own.upper() or "C62"))
