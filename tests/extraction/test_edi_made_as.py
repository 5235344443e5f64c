"""Drawing revision and configuration of electronic orders, from the codes and names of each standard."""

from __future__ import annotations

import pytest

from tests.extraction import test_edi_edifact as edifact
from tests.extraction import test_edi_x12 as x12
from tests.extraction import test_edi_xml as xml
from tests.extraction.test_edi_families import IDOC


def of_x12(line: str, *more: str) -> dict[str, str]:
    found = x12.order(x12.x12(("BEG*00*SA*K-1**20260914", line, *more, "CTT*1")))
    return x12.values(found.lines[0])


@pytest.mark.parametrize(
    ("ids", "revision"),
    [
        ("VP*FX-22*EC*C", "C"),
        ("BP*771*BE*011*DR*4", "011"),
        ("BP*771*PT*T54*DR*4", "4"),
        ("VP*FX-22", ""),
    ],
)
def test_x12_by_its_qualifiers(ids: str, revision: str) -> None:
    assert of_x12(f"PO1*1*24*CA*18.50*PE*{ids}").get("revision", "") == revision


def test_x12_options_are_sub_lines() -> None:
    line = "PO1*1*2*EA*18.50*PE*VP*FX-22*CL*RED"
    found = of_x12(line, "SLN*1**I*2*EA****VP*V230", "SLN*2**I*2*EA****VP*IP65")
    assert found["configuration"] == "RED V230 IP65"


def of_edifact(*rows: str) -> dict[str, str]:
    body = ("BGM+220+4471+9", "DTM+137:20260914:102", "LIN+1++WX-8:SA", *rows, "UNS+S")
    return edifact.values(edifact.order(edifact.edifact(body)).lines[0])


@pytest.mark.parametrize(
    ("row", "revision"),
    [
        ("PIA+1+C:EC", "C"),
        ("PIA+1+T54:DW+4:DR", "4"),
        ("RFF+AAL:T54::2:B", "B"),
        ("RFF+AAL:T54::2", "2"),
        ("RFF+ON:4471", ""),
    ],
)
def test_edifact_by_its_qualifiers(row: str, revision: str) -> None:
    rows = (row, "QTY+21:4:PCE") if row.startswith("PIA") else ("QTY+21:4:PCE", row)
    assert of_edifact(*rows).get("revision", "") == revision


def line_of(text: str) -> dict[str, str]:
    return xml.values(xml.order(text).lines[0])


def test_ubl_properties_of_the_item() -> None:
    made = (
        "<a:AdditionalItemProperty><c:Name>Drawing revision</c:Name><c:Value>C</c:Value></a:AdditionalItemProperty>"
        "<a:AdditionalItemProperty><c:Name>Voltage</c:Name><c:Value>230 V</c:Value></a:AdditionalItemProperty>"
    )
    found = line_of(xml.UBL.replace("</a:Item>", f"{made}</a:Item>"))
    assert (found["revision"], found["configuration"]) == ("C", "Voltage 230 V")


def test_cii_characteristics_of_the_product() -> None:
    one = "<ram:ApplicableProductCharacteristic><ram:Description>{}</ram:Description><ram:Value>{}</ram:Value></ram:ApplicableProductCharacteristic>"
    made = one.format("Revision", "B") + one.format("Couleur", "rouge")
    end = "</ram:SpecifiedTradeProduct>"
    found = line_of(xml.CII.replace(end, f"{made}{end}"))
    assert (found["revision"], found["configuration"]) == ("B", "Couleur rouge")


def test_cxml_auxiliary_part_and_a_named_revision_only() -> None:
    text = xml.CXML.replace(
        "</SupplierPartID>",
        "</SupplierPartID><SupplierPartAuxiliaryID>V230/IP65</SupplierPartAuxiliaryID>",
    ).replace(
        "</ItemDetail>",
        '<Extrinsic name="costCenter">4711</Extrinsic><Extrinsic name="Rev. Level">D</Extrinsic></ItemDetail>',
    )
    found = line_of(text)
    assert (found["revision"], found["configuration"]) == ("D", "V230/IP65")


def test_idoc_characteristics_of_its_own_line() -> None:
    made = "<E1CUCFG><POSEX>{}</POSEX><E1CUVAL><CHARC>VOLTAGE</CHARC><VALUE>230V</VALUE></E1CUVAL></E1CUCFG></IDOC>"
    number = IDOC.split("<POSEX>")[1].split("<")[0]
    assert line_of(IDOC.replace("</IDOC>", made.format(number)))["configuration"] == "VOLTAGE 230V"
    assert "configuration" not in line_of(IDOC.replace("</IDOC>", made.format("99999")))
