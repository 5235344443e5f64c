"""Least and most characters of the elements that we write (X12.3 data element dictionary, release 004010).

A row is a segment with the limits of its elements in order; "-" is one that is not written or holds a fixed code.
! marks what is mandatory, N numbers, whose sign and point do not count. Later releases allow more, never less.
"""

from __future__ import annotations

from dataclasses import dataclass

_PAIRS = " ".join(["2-2 1-48"] * 8)

_ROWS = {
    "GS": "!2-2 !2-15 !2-15 !6-8 !4-8 !1-9 !1-2 !1-12",
    "ST": "!3-3 !4-9",
    "SE": "!1-10 !4-9",
    "GE": "!1-6 !1-9",
    "TA1": "!9-9 !6-6 !4-4 !1-1 !3-3",
    "AK1": "!2-2 !1-9",
    "AK2": "!3-3 !4-9",
    "AK3": "!2-3 !1-6 1-4 1-3",
    "AK4": "1-2 1-4 1-3 1-99",
    "AK5": "!1-1 1-3 1-3 1-3 1-3 1-3",
    "AK9": "!1-1 !1-6 !1-6 !1-6 1-3 1-3 1-3 1-3 1-3",
    "BAK": "!2-2 !2-2 !1-22 !6-8 1-30 1-45 1-30 1-30 6-8",
    "BCA": "!2-2 !2-2 !1-22 1-30 1-8 !6-8 1-45 1-30 1-30 6-8",
    "BSN": "!2-2 !2-30 !6-8 !4-8 4-4",
    "BIG": "!6-8 !1-22 6-8 1-22 1-30 1-8 2-2",
    "NTE": "3-3 !1-80",
    "CUR": "!2-3 !3-3",
    "REF": "!2-3 1-30 1-80",
    "PER": "!2-2 1-60 2-2 1-80 2-2 1-80",
    "FOB": "!2-2 1-2 1-80 2-2 3-3 1-2 1-80",
    "ITD": "2-2 1-2 - - - 6-8 - - - - - 1-80",
    "DTM": "!3-3 6-8",
    "TD1": "3-5 1-7 - - - 1-2 N1-10 2-2",
    "TD5": "- - - - 1-35",
    "N9": "!2-3 1-30 1-45",
    "MSG": "!1-264",
    "N1": "!2-3 1-60 1-2 2-80",
    "N2": "1-60 1-60",
    "N3": "1-55 1-55",
    "N4": "2-30 2-2 3-15 2-3 1-2 1-30",
    "PO1": f"1-20 N1-15 2-2 N1-17 2-2 {_PAIRS}",
    "POC": f"1-20 !2-2 N1-15 N1-9 2-2 N1-17 2-2 {_PAIRS}",
    "PID": "!1-1 - - - 1-80",
    "ACK": f"!2-2 N1-15 2-2 3-3 6-8 1-45 {_PAIRS}",
    "CTT": "!1-6",
    "HL": "!1-12 1-12 !1-2 1-1",
    "PRF": "!1-22 1-30 - 6-8",
    "MAN": "!1-2 !1-48",
    "MEA": "2-2 1-3 N1-20 2-2",
    "LIN": f"1-20 !2-2 !1-48 {_PAIRS}",
    "SN1": "1-20 !N1-10 !2-2 - N1-15 2-2",
    "IT1": f"1-20 N1-10 2-2 N1-17 2-2 {_PAIRS}",
    "TXI": "!2-2 N1-18 N1-10",
    "TDS": "!N1-15",
    "SAC": "!1-1 4-4 - - N1-15",
}


@dataclass(frozen=True, slots=True)
class Length:
    least: int
    most: int
    is_number: bool = False
    is_mandatory: bool = False

    def fits(self, value: str) -> bool:
        """Whether a value has a length that is allowed; none at all only where it may be missing."""
        if not value:
            return not self.is_mandatory
        bare = value.replace(".", "").replace("-", "") if self.is_number else value
        return self.least <= len(bare) <= self.most

    def objection(self, value: str) -> str:
        if not value:
            return "There is nothing to write, and the standard wants it."
        return f"{value!r} does not have {self.least} to {self.most} characters."


def _length(text: str) -> Length | None:
    if text == "-":
        return None
    bare = text.removeprefix("!")
    least, _, most = bare.removeprefix("N").partition("-")
    return Length(int(least), int(most), bare.startswith("N"), text != bare)


LENGTHS: dict[str, tuple[Length | None, ...]] = {
    tag: tuple(_length(text) for text in row.split()) for tag, row in _ROWS.items()
}


def length_of(tag: str, place: int) -> Length | None:
    """Of the element with this number from 1; None when it is not limited here."""
    row = LENGTHS.get(tag, ())
    return row[place - 1] if place <= len(row) else None


def fits(tag: str, place: int, value: str) -> bool:
    length = length_of(tag, place)
    return length is None or length.fits(value)
