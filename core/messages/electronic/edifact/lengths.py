"""Most characters of the components that we write (UN/EDIFACT directory D.96A; later directories allow more).

A row is a segment with its elements in order, the components of each parted by "/"; "-" is one that is not written.
! marks what is never missing, N numbers, whose sign and decimal mark do not count.
"""

from __future__ import annotations

from dataclasses import dataclass

_ROWS = {
    "UNB": "!4/!1 !35/4 !35/4 !8/!4 !14 - - - 1 - 1",
    "UNZ": "!6 !14",
    "UNG": "!6 !35/4 !35/4 !8/!4 !14 !2 !3/!3/6",
    "UNE": "!6 !14",
    "UNH": "!14 !6/!3/!3/!2/6",
    "UNT": "!6 !14",
    "UNS": "!1",
    "UCI": "!14 !35/4 !35/4 !3 3 3 3/3",
    "UCF": "!14 35/4 35/4 !3 3 3 3/3",
    "UCM": "!14 !6/3/3/2/6 !3 3 3 3/3",
    "UCS": "!6 3",
    "UCD": "!3 !3/3",
    "BGM": "!3 !35 3",
    "DTM": "!3/!35/3",
    "FTX": "!3 - - 70/70/70/70/70",
    "RFF": "!3/!35/6",
    "NAD": "!3 17/3/3 - 35/35/35/35/35 35/35/35 35 9 9 3",
    "CTA": "!3 17/35",
    "COM": "!25/!3",
    "CUX": "!3/!3/3",
    "PAT": "!3",
    "TDT": "!3 - - - 17/3/3/35",
    "TOD": "!3 - 3/3/3/70",
    "LIN": "6 3 35/3",
    "PIA": "!3 !35/!3 35/3 35/3 35/3 35/3",
    "IMD": "3 - 17/3/3/35/35",
    "QTY": "!3/!N15/3",
    "PRI": "!3/!N15/3/3/N9/3",
    "MOA": "!3/!N18/3",
    "TAX": "!3 3 - - 7/3/3/N17 3",
    "ALC": "!3 - - - 3",
    "SCC": "!3",
    "CNT": "!3/!N18",
    "CPS": "!12 12",
    "PAC": "N8 - 7",
    "MEA": "!3 3 3/N18",
    "PCI": "!3",
    "GIN": "!3 !35/35",
}


@dataclass(frozen=True, slots=True)
class Length:
    most: int
    is_number: bool = False
    is_mandatory: bool = False

    def fits(self, value: str) -> bool:
        """Whether a value is short enough; none at all only where it may be missing."""
        if not value:
            return not self.is_mandatory
        bare = "".join(c for c in value if c.isdigit()) if self.is_number else value
        return len(bare) <= self.most

    def objection(self, value: str) -> str:
        if not value:
            return "There is nothing to write, and the message needs it."
        return f"{value!r} has more than {self.most} characters."


def _length(text: str) -> Length | None:
    if text == "-":
        return None
    bare = text.removeprefix("!")
    return Length(int(bare.removeprefix("N")), bare.startswith("N"), text != bare)


def _lengths(row: str) -> tuple[tuple[Length | None, ...], ...]:
    return tuple(tuple(map(_length, element.split("/"))) for element in row.split())


LENGTHS = {tag: _lengths(row) for tag, row in _ROWS.items()}


def lengths_of(tag: str, element: int) -> tuple[Length | None, ...]:
    """Of an element's components, by its number from 1; () when it is not limited here."""
    row = LENGTHS.get(tag, ())
    return row[element - 1] if element <= len(row) else ()
