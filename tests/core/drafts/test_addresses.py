"""Addresses as written, taken apart."""

from __future__ import annotations

import pytest

from core.drafts.fixes.new_place import read_address
from core.values import Address


@pytest.mark.parametrize(
    ("name", "written", "found"),
    [
        (
            "",
            "Nord GmbH, Tor 2, Industriering 41, D-26789 Leer, Deutschland",
            Address("Nord GmbH", ("Tor 2", "Industriering 41"), "26789", "Leer", "", "DE"),
        ),
        (
            "Depot, North",
            "Depot, 12 Mill Lane, Leeds LS1 4AP, UK",
            Address("Depot, North", ("12 Mill Lane",), "LS1 4AP", "Leeds", "", "GB"),
        ),
        (
            "Dock B",
            "4410 Quarry Bend Road, Euclid, OH 44123, USA",
            Address("Dock B", ("4410 Quarry Bend Road",), "44123", "Euclid", "OH", "US"),
        ),
        (
            "",
            "Magazijn, Sluiskade 21, 6041 TB Roermond, NL",
            Address("Magazijn", ("Sluiskade 21",), "6041 TB", "Roermond", "", "NL"),
        ),
        ("", "somewhere", Address("", ("somewhere",))),
        ("", "", Address()),
    ],
)
def test_addresses(name: str, written: str, found: Address) -> None:
    assert read_address(name, written) == found
