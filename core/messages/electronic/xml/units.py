"""Units of measure as UN/ECE Recommendation 20 codes, packages of Recommendation 21 with the X that 20 gives them."""

from __future__ import annotations

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
"""Our units (core.catalogue.units) -> Recommendation 20."""

FAMILIES = ("ubl", "cii", "opentrans", "gs1")
"""Messages whose units are of this list, so that the customer's own code can be said back."""


def unece(unit: str, echo: Echo, line: EchoLine) -> str:
    """The unit of a quantity in the ordered unit: in the customer's own code where it is of this list.

    A unit of nobody's list is said as it is, rather than as another one.
    """
    if line.uom and echo.format.partition("/")[0] in FAMILIES:
        return line.uom
    return UNECE.get(unit.upper(), unit.upper() or "C62")
