"""XML orders from the drop folder to their answers in the same family, each valid by its schema."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import select

from core import outbox
from core.config import Settings
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.reject import reject
from core.drafts.tables import Draft
from core.inbound.receive import Arrival, receive
from core.shipping.tables import Shipment
from core.values import utc_now
from extraction.edi.peppol import broken
from tests import steps
from tests.builders import (
    a_company,
    a_customer,
    a_list_price,
    a_lot,
    a_site,
    an_act,
    an_address,
    an_item,
)
from tests.core.messages.test_xml_cxml import DTD as CXML_DTD
from tests.core.messages.test_xml_gs1 import DTD as GS1_DTD
from tests.core.messages.test_xml_idoc import valid as valid_idoc
from tests.core.messages.test_xml_oagis import DTD as OAGIS_DTD
from tests.core.messages.test_xml_opentrans import DTD as OPENTRANS_DTD
from tests.core.messages.xml_schemas import faults
from tests.exchanged import a_drop_folder, a_partner
from tests.extraction.peppol_papers import ORDER, add, both, drop, edited, put
from tests.faults.given import tools_for
from tests.workers.conftest import settings_in
from workers import jobs

_ITEM = "<cac:SellersItemIdentification><cbc:ID>{}</cbc:ID></cac:SellersItemIdentification>"
UBL = etree.tostring(
    edited(
        ORDER.replace("NOK", "EUR"),
        both(
            drop("./a:AllowanceCharge", "./a:AllowanceCharge", "./a:TaxTotal"),
            drop("./a:AnticipatedMonetaryTotal", ".//a:LineItem/a:AllowanceCharge"),
            drop(".//a:Price/a:AllowanceCharge"),
            put(".//a:LineItem/c:LineExtensionAmount", "50.00"),
            add(".//a:OrderLine[1]//a:Item", _ITEM.format("BX-40")),
            add(".//a:OrderLine[2]//a:Item", _ITEM.format("BX-60")),
        ),
    )
).decode()

CXML = """<cXML payloadID="p9@acme.example" timestamp="2026-03-02T08:00:00+00:00"><Header>
 <From><Credential domain="NetworkId"><Identity>AN01</Identity></Credential></From>
 <To><Credential domain="NetworkId"><Identity>AN02</Identity></Credential></To>
 <Sender><Credential domain="NetworkId"><Identity>AN01</Identity><SharedSecret>x</SharedSecret></Credential><UserAgent>t</UserAgent></Sender></Header>
<Request deploymentMode="production"><OrderRequest>
 <OrderRequestHeader orderID="CX-9" orderDate="2026-03-02T08:00:00+00:00" type="new"><Total><Money currency="EUR">51.00</Money></Total></OrderRequestHeader>
 <ItemOut quantity="10" lineNumber="1"><ItemID><SupplierPartID>BX-40</SupplierPartID></ItemID>
  <ItemDetail><UnitPrice><Money currency="EUR">4.10</Money></UnitPrice><Description xml:lang="en">A</Description><UnitOfMeasure>EA</UnitOfMeasure></ItemDetail></ItemOut>
 <ItemOut quantity="5" lineNumber="2"><ItemID><SupplierPartID>BX-60</SupplierPartID></ItemID>
  <ItemDetail><UnitPrice><Money currency="EUR">2.00</Money></UnitPrice><Description xml:lang="en">B</Description><UnitOfMeasure>EA</UnitOfMeasure></ItemDetail></ItemOut>
</OrderRequest></Request></cXML>"""


def _cii_line(number: str, sku: str, quantity: str, price: str) -> str:
    return f"""<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>{number}</ram:LineID></ram:AssociatedDocumentLineDocument>
 <ram:SpecifiedTradeProduct><ram:SellerAssignedID>{sku}</ram:SellerAssignedID><ram:Name>x</ram:Name></ram:SpecifiedTradeProduct>
 <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>{price}</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
 <ram:SpecifiedLineTradeDelivery><ram:RequestedQuantity unitCode="C62">{quantity}</ram:RequestedQuantity></ram:SpecifiedLineTradeDelivery></ram:IncludedSupplyChainTradeLineItem>"""


CII = f"""<rsm:SCRDMCCBDACIOMessageStructure xmlns:rsm="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100" xmlns:ram="urn:r" xmlns:udt="urn:u">
 <rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:order-x.eu:1p0:comfort</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
 <rsm:ExchangedDocument><ram:ID>OX-9</ram:ID><ram:TypeCode>220</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20260302</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction>{_cii_line("1", "BX-40", "10", "4.10")}{_cii_line("2", "BX-60", "5", "2.00")}
 <ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:GlobalID schemeID="0088">5390001000006</ram:GlobalID></ram:SellerTradeParty>
  <ram:BuyerTradeParty><ram:GlobalID schemeID="0088">7080001000004</ram:GlobalID><ram:Name>Acme</ram:Name></ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
 <ram:ApplicableHeaderTradeSettlement><ram:OrderCurrencyCode>EUR</ram:OrderCurrencyCode></ram:ApplicableHeaderTradeSettlement>
 </rsm:SupplyChainTradeTransaction></rsm:SCRDMCCBDACIOMessageStructure>"""


def _opentrans_line(number: str, sku: str, quantity: str, price: str) -> str:
    return f"""<ORDER_ITEM><LINE_ITEM_ID>{number}</LINE_ITEM_ID><PRODUCT_ID><b:SUPPLIER_PID>{sku}</b:SUPPLIER_PID></PRODUCT_ID><QUANTITY>{quantity}</QUANTITY>
 <b:ORDER_UNIT>C62</b:ORDER_UNIT><PRODUCT_PRICE_FIX><b:PRICE_AMOUNT>{price}</b:PRICE_AMOUNT></PRODUCT_PRICE_FIX></ORDER_ITEM>"""


OPENTRANS = f"""<ORDER xmlns="http://www.opentrans.org/XMLSchema/2.1" xmlns:b="http://www.bmecat.org/bmecat/2005" version="2.1" type="standard">
 <ORDER_HEADER><ORDER_INFO><ORDER_ID>OT-9</ORDER_ID><ORDER_DATE>2026-03-02</ORDER_DATE>
 <PARTIES><PARTY><b:PARTY_ID type="supplier_specific">C1</b:PARTY_ID><PARTY_ROLE>buyer</PARTY_ROLE></PARTY></PARTIES>
 <ORDER_PARTIES_REFERENCE><b:BUYER_IDREF type="supplier_specific">C1</b:BUYER_IDREF><b:SUPPLIER_IDREF type="buyer_specific">V9</b:SUPPLIER_IDREF></ORDER_PARTIES_REFERENCE>
 <b:CURRENCY>EUR</b:CURRENCY></ORDER_INFO></ORDER_HEADER>
 <ORDER_ITEM_LIST>{_opentrans_line("1", "BX-40", "10", "4.10")}{_opentrans_line("2", "BX-60", "5", "2.00")}</ORDER_ITEM_LIST></ORDER>"""


def _idoc_line(number: str, sku: str, quantity: str, price: str) -> str:
    return f"""<E1EDP01 SEGMENT="1"><POSEX>{number}</POSEX><MENGE>{quantity}</MENGE><MENEE>PCE</MENEE><PMENE>PCE</PMENE><VPREI>{price}</VPREI><PEINH>1</PEINH>
 <E1EDP20 SEGMENT="1"><WMENG>{quantity}</WMENG><EDATU>20261201</EDATU></E1EDP20>
 <E1EDP19 SEGMENT="1"><QUALF>002</QUALF><IDTNR>{sku}</IDTNR></E1EDP19></E1EDP01>"""


IDOC = f"""<ORDERS05><IDOC BEGIN="1"><EDI_DC40 SEGMENT="1"><DOCNUM>0000000000009001</DOCNUM><IDOCTYP>ORDERS05</IDOCTYP><MESTYP>ORDERS</MESTYP>
 <SNDPOR>SAPERP</SNDPOR><SNDPRT>LS</SNDPRT><SNDPRN>ERPCLNT100</SNDPRN><RCVPOR>EDI</RCVPOR><RCVPRT>LI</RCVPRT><RCVPRN>0000104711</RCVPRN></EDI_DC40>
 <E1EDK01 SEGMENT="1"><CURCY>EUR</CURCY><BELNR>4500000009</BELNR></E1EDK01>
 <E1EDK02 SEGMENT="1"><QUALF>001</QUALF><BELNR>4500000009</BELNR><DATUM>20260302</DATUM></E1EDK02>
 {_idoc_line("00010", "BX-40", "10.000", "4.10")}{_idoc_line("00020", "BX-60", "5.000", "2.00")}</IDOC></ORDERS05>"""


def _gs1_line(number: str, sku: str, quantity: str, price: str) -> str:
    return f"""<orderLineItem><lineItemNumber>{number}</lineItemNumber><requestedQuantity measurementUnitCode="C62">{quantity}</requestedQuantity>
 <netPrice currencyCode="EUR">{price}</netPrice><transactionalTradeItem>
 <additionalTradeItemIdentification additionalTradeItemIdentificationTypeCode="SUPPLIER_ASSIGNED">{sku}</additionalTradeItemIdentification></transactionalTradeItem></orderLineItem>"""


GS1 = f"""<o:orderMessage xmlns:o="urn:gs1:ecom:order:xsd:3" xmlns:sh="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader">
 <sh:StandardBusinessDocumentHeader><sh:Sender><sh:Identifier>7080001000004</sh:Identifier></sh:Sender><sh:Receiver><sh:Identifier>5390001000006</sh:Identifier></sh:Receiver>
 <sh:DocumentIdentification><sh:InstanceIdentifier>88</sh:InstanceIdentifier></sh:DocumentIdentification></sh:StandardBusinessDocumentHeader>
 <order><creationDateTime>2026-03-02T08:00:00Z</creationDateTime><documentStatusCode>ORIGINAL</documentStatusCode>
 <orderIdentification><entityIdentification>G-9</entityIdentification></orderIdentification><buyer><gln>7080001000004</gln></buyer><seller><gln>5390001000006</gln></seller>
 {_gs1_line("1", "BX-40", "10", "4.10")}{_gs1_line("2", "BX-60", "5", "2.00")}</order></o:orderMessage>"""


def _oagis_line(number: str, sku: str, quantity: str, price: str) -> str:
    return f"""<PurchaseOrderLine><LineNumber>{number}</LineNumber><Item><SupplierItemID><ID>{sku}</ID></SupplierItemID></Item>
 <Quantity unitCode="EA">{quantity}</Quantity><UnitPrice><Amount currencyID="EUR">{price}</Amount><PerQuantity unitCode="EA">1</PerQuantity></UnitPrice></PurchaseOrderLine>"""


OAGIS = f"""<ProcessPurchaseOrder releaseID="9.0" xmlns="http://www.openapplications.org/oagis/9"><ApplicationArea><Sender><LogicalID>acme-buys</LogicalID></Sender>
 <Receiver><LogicalID>us</LogicalID></Receiver><CreationDateTime>2026-03-02T08:00:00Z</CreationDateTime><BODID>bod-7</BODID></ApplicationArea>
 <DataArea><Process/><PurchaseOrder><PurchaseOrderHeader><DocumentID><ID>OA-9</ID></DocumentID><ExtendedAmount currencyID="EUR">51.00</ExtendedAmount></PurchaseOrderHeader>
 {_oagis_line("1", "BX-40", "10", "4.10")}{_oagis_line("2", "BX-60", "5", "2.00")}</PurchaseOrder></DataArea></ProcessPurchaseOrder>"""

IDENTITIES = """
[[identity]]
standard = "ubl"
qualifier = "0192"
id = "987654325"

[[identity]]
standard = "cxml"
qualifier = "NetworkId"
id = "AN01"

[[identity]]
standard = "cii"
qualifier = "0088"
id = "7080001000004"

[[identity]]
standard = "idoc"
id = "ERPCLNT100"

[[identity]]
standard = "opentrans"
qualifier = "supplier_specific"
id = "C1"

[[identity]]
standard = "gs1"
id = "7080001000004"

[[identity]]
standard = "edifact"
qualifier = "14"
id = "7080001000004"

[[identity]]
standard = "oagis"
id = "acme-buys"

[answers]
ship_notice = "same"
invoice = "same"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def _world(database: Database, tmp_path: Path, *prices: str) -> int:
    with database.begin() as session:
        a_company(session, tax_ids=["IE1234567T"], gln="5390001000006")
        site = a_site(session)
        customer = a_customer(session, number="C1")
        an_address(session, customer, code="DOCK1")
        an_address(session, customer, "bill_to")
        for number, price in zip(("BX-40", "BX-60"), prices, strict=True):
            item = an_item(session, number=number)
            a_list_price(session, item, price)
            a_lot(session, site, item, 1000)
        a_partner(session, customer, IDENTITIES)
        return a_drop_folder(session, tmp_path / "in").id


def _work(database: Database, settings: Settings) -> None:
    jobs.bind(tools_for(database, settings))
    for _ in range(20):
        with database.read() as session:
            due = [i for i, _, _ in outbox.due(session, utc_now())]
        if not due:
            return
        for item_id in due:
            jobs.perform({"v": 1, "id": item_id})
    raise AssertionError("work does not end")


def _answers(
    database: Database,
    settings: Settings,
    tmp_path: Path,
    text: str,
    prices: tuple[str, str] = ("4.10", "2.00"),
) -> dict[str, bytes]:
    """Arrives, is confirmed, is shipped and billed: the files that went out, by their root's name."""
    folder = _world(database, tmp_path, *prices)
    with database.begin() as session:
        arrival = Arrival(
            "drop", text.encode(), utc_now(), source_name="o.xml", drop_folder_id=folder
        )
        receive(session, arrival, act=an_act("system:intake"))
    _work(database, settings)
    with database.begin() as session:
        draft = session.scalars(select(Draft)).one()
        assert draft.customer_id is not None
        order = confirm(session, draft, version=draft.version, act=an_act())
    with database.begin() as session:
        steps.shipped(session, session.merge(order))
        assert session.scalars(select(Shipment)).one().status == "shipped"
    _work(database, settings)
    found = [path.read_bytes() for path in sorted((tmp_path / "in" / "out").iterdir())]
    return {_kind(raw): raw for raw in found}


def _kind(raw: bytes) -> str:
    root = etree.fromstring(raw)
    name = etree.QName(root).localname
    return str(etree.QName(root[1][0]).localname) if name == "cXML" else name


def test_a_peppol_order(database: Database, settings: Settings, tmp_path: Path) -> None:
    found = _answers(database, settings, tmp_path, UBL, ("0.125", "10.00"))
    assert set(found) == {"OrderResponse", "DespatchAdvice", "Invoice"}
    for kind, raw in found.items():
        assert faults(f"ubl/{kind}", raw) == []
        assert [one.rule.id for one in broken(etree.fromstring(raw))] == []


def test_a_cxml_order(database: Database, settings: Settings, tmp_path: Path) -> None:
    found = _answers(database, settings, tmp_path, CXML)
    assert set(found) == {"ConfirmationRequest", "ShipNoticeRequest"}
    for raw in found.values():
        assert CXML_DTD.validate(etree.fromstring(raw)), CXML_DTD.error_log
        assert b'payloadID="p9@acme.example"' in raw


def test_an_order_x(database: Database, settings: Settings, tmp_path: Path) -> None:
    found = _answers(database, settings, tmp_path, CII)
    assert set(found) == {"SCRDMCCBDACIOMessageStructure", "CrossIndustryInvoice"}
    assert faults("cii/comfort", found["SCRDMCCBDACIOMessageStructure"]) == []
    assert faults("cii/Invoice", found["CrossIndustryInvoice"]) == []


def test_an_opentrans_order(database: Database, settings: Settings, tmp_path: Path) -> None:
    found = _answers(database, settings, tmp_path, OPENTRANS)
    assert set(found) == {"ORDERRESPONSE", "DISPATCHNOTIFICATION"}
    for raw in found.values():
        assert OPENTRANS_DTD.validate(etree.fromstring(raw)), OPENTRANS_DTD.error_log


def test_a_gs1_order(database: Database, settings: Settings, tmp_path: Path) -> None:
    found = _answers(database, settings, tmp_path, GS1)
    (raw,) = (found[kind] for kind in found if kind == "orderResponseMessage")
    assert GS1_DTD.validate(etree.fromstring(raw)), GS1_DTD.error_log
    assert b"<entityIdentification>G-9<" in raw and b"<gln>7080001000004<" in raw


def test_an_oagis_order(database: Database, settings: Settings, tmp_path: Path) -> None:
    found = _answers(database, settings, tmp_path, OAGIS)
    (raw,) = (found[kind] for kind in found if kind == "AcknowledgePurchaseOrder")
    assert OAGIS_DTD.validate(etree.fromstring(raw)), OAGIS_DTD.error_log
    assert b"<LogicalID>acme-buys<" in raw


def test_an_order_out_of_sap(database: Database, settings: Settings, tmp_path: Path) -> None:
    found = _answers(database, settings, tmp_path, IDOC)
    assert set(found) == {"ORDERS05"}
    root = valid_idoc(found["ORDERS05"])
    assert (root.findtext(".//SNDPRN"), root.findtext(".//RCVPRN")) == ("0000104711", "ERPCLNT100")
    assert [e.text for e in root.iter("POSEX")] == ["00010", "00020"]
    assert {e.text for e in root.iter("MENEE")} == {"PCE"}


MODELS = {"cxml": CXML_DTD, "opentrans": OPENTRANS_DTD, "gs1": GS1_DTD, "oagis": OAGIS_DTD}


def _unknown(text: str) -> str:
    return text.replace("BX-40", "ZZ-1").replace("BX-60", "ZZ-2")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (UBL, "ubl/OrderResponse"),
        (CXML, "cxml"),
        (CII, "cii/comfort"),
        (OPENTRANS, "opentrans"),
        (IDOC, "idoc"),
        (GS1, "gs1"),
        (OAGIS, "oagis"),
    ],
)
def test_an_order_of_unknown_items_is_refused(
    sqlite_database: Database, settings: Settings, tmp_path: Path, text: str, kind: str
) -> None:
    database, folder = sqlite_database, _world(sqlite_database, tmp_path, "4.10", "2.00")
    with database.begin() as session:
        arrival = Arrival("drop", _unknown(text).encode(), utc_now(), drop_folder_id=folder)
        receive(session, arrival, act=an_act("system:intake"))
    _work(database, settings)
    with database.begin() as session:
        draft = session.scalars(select(Draft)).one()
        reject(session, draft, "We do not sell these.", act=an_act())
    _work(database, settings)
    (raw,) = [path.read_bytes() for path in (tmp_path / "in" / "out").iterdir()]
    root = etree.fromstring(raw)
    assert b"We do not sell these." in raw
    assert "?" not in [(e.text or "").strip() for e in root.iter(etree.Element)]
    if "/" in kind:
        assert faults(kind, raw) == []
        assert [one.rule.id for one in broken(root)] == []
    elif kind == "idoc":
        valid_idoc(raw)
    else:
        dtd = MODELS[kind]
        assert dtd.validate(root), dtd.error_log
