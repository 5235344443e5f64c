"""Most characters of the components that we write (UN/EDIFACT directory D.96A; later directories allow more).

A row is a segment with its elements in order, the components of each parted by "/"; "-" is one that is not written.
N marks numbers, whose sign and decimal mark do not count.
"""

from __future__ import annotations

from dataclasses import dataclass

_ROWS = {
    "UNB": "4/1 35/4 35/4 8/4 14 - - - 1 - 1",
    "UNZ": "6 14",
    "UNG": "6 35/4 35/4 8/4 14 2 3/3/6",
    "UNE": "6 14",
    "UNH": "14 6/3/3/2/6",
    "UNT": "6 14",
    "UNS": "1",
    "UCI": "14 35/4 35/4 3 3 3 3/3",
    "UCF": "14 35/4 35/4 3 3 3 3/3",
    "UCM": "14 6/3/3/2/6 3 3 3 3/3",
    "UCS": "6 3",
    "UCD": "3 3/3",
    "BGM": "3 35 3",
    "DTM": "3/35/3",
    "FTX": "3 - - 70/70/70/70/70",
    "RFF": "3/35/6",
    "NAD": "3 17/3/3 - 35/35/35/35/35 35/35/35 35 9 9 3",
    "CTA": "3 17/35",
    "COM": "25/3",
    "CUX": "3/3/3",
    "PAT": "3",
    "TDT": "3 - - - 17/3/3/35",
    "TOD": "3 - 3/3/3/70",
    "LIN": "6 3 35/3",
    "PIA": "3 35/3 35/3 35/3 35/3 35/3",
    "IMD": "3 - 17/3/3/35/35",
    "QTY": "3/N15/3",
    "PRI": "3/N15/3/3/N9/3",
    "MOA": "3/N18/3",
    "TAX": "3 3 - - 7/3/3/N17 3",
    "ALC": "3 - - - 3",
    "SCC": "3",
    "CNT": "3/N18",
    "CPS": "12 12",
    "PAC": "N8 - 7",
    "MEA": "3 3 3/N18",
    "PCI": "3",
    "GIN": "3 35/35",
}


@dataclass(frozen=True, slots=True)
class Length:
    most: int
    is_number: bool = False

    def fits(self, value: str) -> bool:
        bare = "".join(c for c in value if c.isdigit()) if self.is_number else value
        return len(bare) <= self.most


def _lengths(row: str) -> tuple[tuple[Length | None, ...], ...]:
    return tuple(
        tuple(
            None if one == "-" else Length(int(one.removeprefix("N")), one.startswith("N"))
            for one in element.split("/")
        )
        for element in row.split()
    )


LENGTHS = {tag: _lengths(row) for tag, row in _ROWS.items()}


def length_of(tag: str, element: int, component: int) -> Length | None:
    """Of a component by the numbers of the standard, from 1; None when it is not limited here."""
    row = LENGTHS.get(tag, ())
    parts = row[element - 1] if element <= len(row) else ()
    return parts[component - 1] if component <= len(parts) else None
