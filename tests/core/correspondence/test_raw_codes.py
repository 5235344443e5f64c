"""Qualifiers found again in the raw segments that values were read from."""

from __future__ import annotations

import pytest

from core.correspondence.electronic.raw_codes import line_action, number_code, price_code

PO1 = "PO1*1*24*CA*18.50*CT*BP*000771*VP*FX-22*UK*10036000291459"
POC = "POC|1|QI|30|6|CA|18.5|HP|SK|000771|VC|FX-22"


@pytest.mark.parametrize(
    ("raw", "number", "code"),
    [
        (PO1, "000771", "BP"),
        (PO1, "FX-22", "VP"),
        (PO1, "10036000291459", "UK"),
        (PO1, "24", ""),
        (POC, "000771", "SK"),
        (POC, "FX-22", "VC"),
        ("G68*12*CA*24.60*036000291452*VN*77", "036000291452", ""),
        ("G68*12*CA*24.60*036000291452*VN*77", "77", "VN"),
        ("PO1*1*2*EA***sentence*A-1", "A-1", ""),
        ("LIN+1++4006381333931:EN", "4006381333931", "EN"),
        ("LIN+1++4006381333931:SRV::9", "4006381333931", "SRV"),
        ("PIA+1+HB-1:BP+ZX-7:VN", "ZX-7", "VN"),
        ("PIA+1+HB-1:BP+ZX-7:VN", "X-7", ""),
        ("PIA|5|A-1;SA;;91", "A-1", "SA"),
        ("<Item>A-1</Item>", "A-1", ""),
        ("", "A-1", ""),
        (PO1, "", ""),
    ],
)
def test_the_qualifier_of_a_number(raw: str, number: str, code: str) -> None:
    assert number_code(raw, number) == code


@pytest.mark.parametrize(
    ("raw", "price", "action"),
    [(PO1, "CT", ""), (POC, "HP", "QI"), ("PO1*1*2*EA*3", "", ""), ("QTY+21:5", "", ""), ("PO1", "", ""), ("LIN+10+2+4006381333931:EN", "", "2"), ("LIN+10", "", ""), ("PRI+AAA:410.5:CT::100:PCE", "CT", ""), ("PRI+AAA:410:::100:PCE", "", ""), ("PRI+AAA:410", "", "")],
)  # fmt: skip
def test_price_basis_and_action(raw: str, price: str, action: str) -> None:
    assert (price_code(raw), line_action(raw)) == (price, action)
