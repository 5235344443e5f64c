"""SAP IDocs, GS1 XML, OAGIS and TRADACOMS orders."""

from __future__ import annotations

import pytest

from core.inbound.reading import ReadOrder
from extraction.edi import EdiReading, read_any, sniff

IDOC = """<?xml version="1.0"?><ORDERS05><IDOC BEGIN="1"><EDI_DC40 SEGMENT="1"><DOCNUM>0000000000123</DOCNUM>
<IDOCTYP>ORDERS05</IDOCTYP><MESTYP>ORDERS</MESTYP><SNDPRN>KUNDE7</SNDPRN><RCVPRN>WIR</RCVPRN></EDI_DC40>
<E1EDK01><CURCY>CHF</CURCY><BELNR>4500012</BELNR></E1EDK01>
<E1EDK03><IDDAT>012</IDDAT><DATUM>20260914</DATUM></E1EDK03><E1EDK03><IDDAT>002</IDDAT><DATUM>20261001</DATUM></E1EDK03>
<E1EDKA1><PARVW>AG</PARVW><PARTN>K7</PARTN><NAME1>Alpenwerk AG</NAME1><BNAME>Urs Frei</BNAME></E1EDKA1>
<E1EDKA1><PARVW>LF</PARVW><PARTN>99</PARTN></E1EDKA1>
<E1EDKA1><PARVW>WE</PARVW><PARTN>0042</PARTN><NAME1>Lager Chur</NAME1><STRAS>Weg 4</STRAS><PSTLZ>7000</PSTLZ><ORT01>Chur</ORT01><LAND1>CH</LAND1></E1EDKA1>
<E1EDK02><QUALF>001</QUALF><BELNR>4500012-A</BELNR></E1EDK02>
<E1EDP01><POSEX>000010</POSEX><MENGE>200.000</MENGE><MENEE>PCE</MENEE><VPREI>12.50</VPREI><PEINH>100</PEINH><NETWR>25.00</NETWR>
 <E1EDP20><WMENG>100</WMENG><EDATU>20261001</EDATU></E1EDP20><E1EDP20><WMENG>100</WMENG><EDATU>20261101</EDATU></E1EDP20>
 <E1EDP19><QUALF>001</QUALF><IDTNR>000000000000077123</IDTNR><KTEXT>Schraube</KTEXT></E1EDP19>
 <E1EDP19><QUALF>002</QUALF><IDTNR>ZX-1</IDTNR></E1EDP19><E1EDP19><QUALF>003</QUALF><IDTNR>4006381333931</IDTNR></E1EDP19></E1EDP01>
<E1EDS01><SUMID>002</SUMID><SUMME>25.00</SUMME></E1EDS01></IDOC></ORDERS05>"""

GS1 = """<order:orderMessage xmlns:order="urn:gs1:ecom:order:xsd:3" xmlns:sh="urn:sbdh"><sh:StandardBusinessDocumentHeader>
<sh:Sender><sh:Identifier Authority="GS1">4012345000009</sh:Identifier></sh:Sender></sh:StandardBusinessDocumentHeader>
<order><creationDateTime>2026-09-14T11:00:00</creationDateTime><documentStatusCode>ORIGINAL</documentStatusCode>
<orderIdentification><entityIdentification>G-55</entityIdentification></orderIdentification>
<buyer><gln>4012345000009</gln></buyer><seller><gln>4098765000007</gln></seller>
<orderLogisticalInformation><shipTo><gln>4012345000016</gln></shipTo><orderLogisticalDateInformation><requestedDeliveryDateTime><date>2026-10-01</date></requestedDeliveryDateTime></orderLogisticalDateInformation></orderLogisticalInformation>
<orderLineItem><lineItemNumber>1</lineItemNumber><requestedQuantity measurementUnitCode="EA">48</requestedQuantity>
<netPrice currencyCode="EUR">2.25</netPrice><transactionalTradeItem><gtin>04006381333931</gtin>
<additionalTradeItemIdentification additionalTradeItemIdentificationTypeCode="SUPPLIER_ASSIGNED">ZX-1</additionalTradeItemIdentification></transactionalTradeItem></orderLineItem>
</order></order:orderMessage>"""

OAGIS = """<ProcessPurchaseOrder releaseID="9.0" xmlns="http://www.openapplications.org/oagis/9"><ApplicationArea><BODID>b1</BODID></ApplicationArea>
<DataArea><Process/><PurchaseOrder><PurchaseOrderHeader><DocumentID><ID>OA-9</ID></DocumentID><DocumentDateTime>2026-09-14T01:00:00Z</DocumentDateTime>
<ExtendedAmount currencyID="USD">30.00</ExtendedAmount><CustomerParty><PartyIDs><ID>C1</ID></PartyIDs><Name>Ridge Supply</Name></CustomerParty>
<ShipToParty><Name>Ridge Dock</Name><Location><Address><AddressLine>5 Hill Rd</AddressLine><CityName>Boise</CityName></Address></Location></ShipToParty></PurchaseOrderHeader>
<PurchaseOrderLine><LineNumber>1</LineNumber><Item><CustomerItemID><ID>B7</ID></CustomerItemID><SupplierItemID><ID>S7</ID></SupplierItemID><Description>Clamp</Description></Item>
<Quantity unitCode="EA">10</Quantity><UnitPrice><Amount currencyID="USD">3.00</Amount><PerQuantity unitCode="EA">1</PerQuantity></UnitPrice></PurchaseOrderLine>
</PurchaseOrder></DataArea></ProcessPurchaseOrder>"""

TRADACOMS = (
    "STX=ANA:1+5000000000001:MOOR STORES+5010000000002:US+260914:0815+000009+PW+ORDHDR'MHD=1+ORDHDR:9'TYP=0430+NEW-ORDERS'"
    "SDT=5010000000002:77'CDT=5000000000001+MOOR STORES'MTR=5'MHD=2+ORDERS:9'CLO=5000000000124:12+LEEDS DEPOT+DOCK ST:LEEDS'"
    "ORD=M-881::260914'DIN=261001++0000'OLD=1+4006381333931:ZX-1++:770012+12+60+22500+++BREAD ROLLS:4 PACK'OTR=1'MTR=7'"
    "MHD=3+ORDTLR:9'OFT=1'MTR=3'END=3'"
)


def read(text: str) -> EdiReading:
    reading = read_any(text.encode(), 1)
    assert reading is not None
    return reading


def order(text: str) -> ReadOrder:
    [found] = read(text).orders
    return found


def values(fields: dict[str, object]) -> dict[str, str]:
    return {name: found.value for name, found in fields.items()}  # type: ignore[attr-defined]


def codes(reading: EdiReading) -> set[str]:
    return {f.code for f in reading.findings}


def test_idoc() -> None:
    assert values(order(IDOC).fields) == {
        "po_number": "4500012-A", "order_date": "2026-09-14", "requested_date": "2026-10-01", "currency": "CHF",
        "total": "25.00", "buyer_name": "Alpenwerk AG", "buyer_id": "K7", "buyer_contact": "Urs Frei",
        "ship_to_name": "Lager Chur", "ship_to_id": "0042", "ship_to": "Lager Chur, Weg 4, 7000 Chur, CH",
    }  # fmt: skip
    assert values(order(IDOC).lines[0]) == {
        "line_no": "000010", "quantity": "200.000", "uom": "PCE", "buyer_sku": "000000000000077123",
        "supplier_sku": "ZX-1", "gtin": "4006381333931", "description": "Schraube", "amount": "25.00",
        "unit_price": "12.50", "price_basis": "100",
    }  # fmt: skip
    assert codes(read(IDOC)) == {"edi-price-basis", "edi-schedule"}


@pytest.mark.parametrize(
    ("kind", "form", "lane", "count"),
    [
        ("ORDERS", "idoc/ORDERS", "order", 1),
        ("ORDCHG", "idoc/ORDCHG", "change", 1),
        ("ORDRSP", "idoc/ORDRSP", "other", 0),
    ],
)
def test_an_idoc_is_what_its_control_record_says(
    kind: str, form: str, lane: str, count: int
) -> None:
    text = IDOC.replace("<MESTYP>ORDERS<", f"<MESTYP>{kind}<")
    reading = read(text)
    assert (reading.format, reading.lane, len(reading.orders)) == (form, lane, count)
    found = sniff(text.encode())
    assert found is not None and found.format == form


def test_several_idocs_and_an_extended_root() -> None:
    inner = IDOC[IDOC.index("<IDOC") : IDOC.index("</ORDERS05>")]
    text = f"<_-KUNDE_-ORDERS05_EXT>{inner}{inner.replace('4500012-A', '4500013')}</_-KUNDE_-ORDERS05_EXT>"
    assert [o.fields["po_number"].value for o in read(text).orders] == ["4500012-A", "4500013"]


def test_gs1() -> None:
    assert values(order(GS1).fields) == {
        "purpose": "ORIGINAL", "po_number": "G-55", "order_date": "2026-09-14", "currency": "EUR",
        "requested_date": "2026-10-01", "buyer_id": "4012345000009", "ship_to_id": "4012345000016",
    }  # fmt: skip
    assert values(order(GS1).lines[0]) == {
        "line_no": "1", "quantity": "48", "uom": "EA", "gtin": "04006381333931", "supplier_sku": "ZX-1",
        "unit_price": "2.25",
    }  # fmt: skip
    assert read(GS1.replace("ORIGINAL", "DELETE")).lane == "cancellation"


def test_gs1_answers_are_no_orders() -> None:
    text = '<r:orderResponseMessage xmlns:r="urn:gs1:ecom:order_response:xsd:3"><orderResponse/></r:orderResponseMessage>'
    assert (read(text).lane, read(text).orders) == ("other", ())


def test_oagis() -> None:
    assert values(order(OAGIS).fields) == {
        "po_number": "OA-9", "order_date": "2026-09-14", "currency": "USD", "total": "30.00", "buyer_name": "Ridge Supply",
        "buyer_id": "C1", "ship_to_name": "Ridge Dock", "ship_to": "Ridge Dock, 5 Hill Rd, Boise",
    }  # fmt: skip
    assert values(order(OAGIS).lines[0]) == {
        "line_no": "1", "quantity": "10", "uom": "EA", "supplier_sku": "S7", "buyer_sku": "B7", "description": "Clamp",
        "unit_price": "3.00",
    }  # fmt: skip


def test_tradacoms() -> None:
    reading = read(TRADACOMS)
    assert (reading.format, reading.lane) == ("tradacoms/ORDERS", "order")
    assert values(reading.orders[0].fields) == {
        "buyer_id": "5000000000001", "buyer_name": "MOOR STORES", "ship_to_id": "5000000000124",
        "ship_to_name": "LEEDS DEPOT", "ship_to": "LEEDS DEPOT, DOCK ST, LEEDS", "po_number": "M-881",
        "order_date": "2026-09-14", "requested_date": "2026-10-01",
    }  # fmt: skip
    assert values(reading.orders[0].lines[0]) == {
        "line_no": "1", "gtin": "4006381333931", "supplier_sku": "ZX-1", "buyer_sku": "770012", "quantity": "60",
        "unit_price": "2.2500", "description": "BREAD ROLLS 4 PACK",
    }  # fmt: skip
    assert codes(reading) == {"edi-currency-missing"}
    assert "edi-cut" in codes(read(TRADACOMS.replace("END=3'", "")))
    assert "edi-message-count" in codes(read(TRADACOMS.replace("MTR=7", "MTR=8")))
