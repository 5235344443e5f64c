"""XML orders: every family by its path map, whatever the prefixes, and nothing fetched or expanded."""

from __future__ import annotations

import pytest

from core.errors import Unreadable
from core.inbound.reading import ReadOrder
from extraction.edi import EdiReading, read_any, sniff

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<o:Order xmlns:o="urn:oasis:names:specification:ubl:schema:xsd:Order-2"
  xmlns:c="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
  xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2">
 <c:ID>FJ-300</c:ID><c:IssueDate>2026-09-14</c:IssueDate><c:OrderTypeCode>220</c:OrderTypeCode>
 <c:Note>Ring the bell</c:Note><c:DocumentCurrencyCode>NOK</c:DocumentCurrencyCode>
 <a:BuyerCustomerParty><a:Party><c:EndpointID schemeID="0192">987654325</c:EndpointID>
  <a:PartyName><c:Name>Fjordkraft Verksted AS</c:Name></a:PartyName>
  <a:Contact><c:Name>Liv Haug</c:Name><c:ElectronicMail>liv@fjord.example</c:ElectronicMail></a:Contact></a:Party></a:BuyerCustomerParty>
 <a:Delivery><a:DeliveryLocation><c:ID>7080001</c:ID><c:Name>Lager vest</c:Name>
  <a:Address><c:StreetName>Kaigata</c:StreetName><c:BuildingNumber>4</c:BuildingNumber><c:CityName>Bergen</c:CityName>
  <c:PostalZone>5003</c:PostalZone><a:Country><c:IdentificationCode>NO</c:IdentificationCode></a:Country></a:Address></a:DeliveryLocation>
  <a:RequestedDeliveryPeriod><c:StartDate>2026-10-01</c:StartDate><c:EndDate>2026-10-01</c:EndDate></a:RequestedDeliveryPeriod>
  <a:DeliveryParty><a:PartyName><c:Name>Somebody else</c:Name></a:PartyName></a:DeliveryParty></a:Delivery>
 <a:PaymentTerms><c:Note>30 days net</c:Note></a:PaymentTerms>
 <a:AnticipatedMonetaryTotal><c:LineExtensionAmount currencyID="NOK">50.00</c:LineExtensionAmount>
  <c:PayableAmount currencyID="NOK">62.50</c:PayableAmount></a:AnticipatedMonetaryTotal>
 <a:OrderLine><a:LineItem><c:ID>1</c:ID><c:Quantity unitCode="H87">400</c:Quantity>
  <c:LineExtensionAmount currencyID="NOK">50.00</c:LineExtensionAmount>
  <a:Delivery><a:RequestedDeliveryPeriod><c:StartDate>2026-10-01</c:StartDate><c:EndDate>2026-10-09</c:EndDate></a:RequestedDeliveryPeriod></a:Delivery>
  <a:Price><c:PriceAmount currencyID="NOK">12.50</c:PriceAmount><c:BaseQuantity unitCode="H87">100</c:BaseQuantity></a:Price>
  <a:Item><c:Description>long text</c:Description><c:Name>Skive M8</c:Name>
   <a:BuyersItemIdentification><c:ID>00771</c:ID></a:BuyersItemIdentification>
   <a:SellersItemIdentification><c:ID>WX-8</c:ID></a:SellersItemIdentification>
   <a:StandardItemIdentification><c:ID schemeID="0160">4006381333931</c:ID></a:StandardItemIdentification></a:Item>
 </a:LineItem></a:OrderLine>
</o:Order>"""

CXML = """<?xml version="1.0"?><!DOCTYPE cXML SYSTEM "http://127.0.0.1:9/cXML.dtd">
<cXML payloadID="p1@x" timestamp="2026-09-14T08:00:00+02:00"><Header>
 <From><Credential domain="NetworkId"><Identity>AN01</Identity></Credential></From>
 <To><Credential domain="NetworkId"><Identity>AN02</Identity></Credential></To>
 <Sender><Credential domain="x"><Identity>S</Identity><SharedSecret>hush-hush</SharedSecret></Credential></Sender></Header>
<Request deploymentMode="production"><OrderRequest>
 <OrderRequestHeader orderID="CX 12" orderDate="2026-09-14T23:30:00-07:00" type="new">
  <Total><Money currency="USD">30.00</Money></Total>
  <ShipTo><Address addressID="D4"><Name xml:lang="en">Depot four</Name><PostalAddress>
   <DeliverTo>Al</DeliverTo><Street>1 Elm</Street><City>Troy</City><State>NY</State><PostalCode>12180</PostalCode>
   <Country isoCountryCode="US">United States</Country></PostalAddress></Address></ShipTo>
  <Comments>Leave at gate<Attachment><URL>cid:drawing.pdf</URL></Attachment></Comments>
 </OrderRequestHeader>
 <ItemOut quantity="3" lineNumber="1" requestedDeliveryDate="2026-10-01"><ItemID><SupplierPartID>S-1</SupplierPartID>
  <BuyerPartID>B-1</BuyerPartID></ItemID><ItemDetail><UnitPrice><Money currency="USD">100.00</Money></UnitPrice>
  <Description xml:lang="en"><ShortName><![CDATA[Pump & hose]]></ShortName></Description><UnitOfMeasure>EA</UnitOfMeasure>
  <PriceBasisQuantity quantity="10" conversionFactor="1"><UnitOfMeasure>EA</UnitOfMeasure></PriceBasisQuantity>
  <ManufacturerPartID>M-1</ManufacturerPartID></ItemDetail></ItemOut>
</OrderRequest></Request></cXML>"""

CII = """<rsm:SCRDMCCBDACIOMessageStructure xmlns:rsm="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100"
 xmlns:ram="urn:r" xmlns:udt="urn:u"><rsm:ExchangedDocumentContext><ram:TestIndicator><udt:Indicator>true</udt:Indicator></ram:TestIndicator></rsm:ExchangedDocumentContext>
 <rsm:ExchangedDocument><ram:ID>OX-5</ram:ID><ram:TypeCode>220</ram:TypeCode>
 <ram:IssueDateTime><udt:DateTimeString format="102">20260914</udt:DateTimeString></ram:IssueDateTime><ram:PurposeCode>9</ram:PurposeCode></rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction><ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument>
 <ram:SpecifiedTradeProduct><ram:SellerAssignedID>S9</ram:SellerAssignedID><ram:Name>Colle</ram:Name></ram:SpecifiedTradeProduct>
 <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>5.10</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
 <ram:SpecifiedLineTradeDelivery><ram:RequestedQuantity unitCode="C62">2</ram:RequestedQuantity></ram:SpecifiedLineTradeDelivery></ram:IncludedSupplyChainTradeLineItem>
 <ram:ApplicableHeaderTradeAgreement><ram:BuyerTradeParty><ram:ID>K7</ram:ID><ram:Name>Atelier Brun</ram:Name></ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
 <ram:ApplicableHeaderTradeSettlement><ram:OrderCurrencyCode>EUR</ram:OrderCurrencyCode></ram:ApplicableHeaderTradeSettlement>
 </rsm:SupplyChainTradeTransaction></rsm:SCRDMCCBDACIOMessageStructure>"""

OPENTRANS = """<ORDER xmlns="http://www.opentrans.org/XMLSchema/2.1" xmlns:b="http://www.bmecat.org/bmecat/2005" version="2.1" type="express">
 <ORDER_HEADER><ORDER_INFO><ORDER_ID>OT-1</ORDER_ID><ORDER_DATE>2026-09-14T10:00:00</ORDER_DATE><PARTIES>
 <PARTY><b:PARTY_ID type="buyer_specific">10</b:PARTY_ID><ADDRESS><b:NAME>Werk Eins</b:NAME></ADDRESS></PARTY>
 <PARTY><b:PARTY_ID>20</b:PARTY_ID><PARTY_ROLE>delivery</PARTY_ROLE><ADDRESS><b:NAME>Tor 3</b:NAME><b:STREET>Weg 1</b:STREET><b:ZIP>10115</b:ZIP><b:CITY>Berlin</b:CITY></ADDRESS></PARTY>
 </PARTIES><CUSTOMER_ORDER_REFERENCE><ORDER_ID>not ours</ORDER_ID></CUSTOMER_ORDER_REFERENCE>
 <ORDER_PARTIES_REFERENCE><b:BUYER_IDREF>10</b:BUYER_IDREF></ORDER_PARTIES_REFERENCE><b:CURRENCY>EUR</b:CURRENCY></ORDER_INFO></ORDER_HEADER>
 <ORDER_ITEM_LIST><ORDER_ITEM><LINE_ITEM_ID>1</LINE_ITEM_ID><PRODUCT_ID><b:SUPPLIER_PID>007</b:SUPPLIER_PID><b:INTERNATIONAL_PID type="shop">x9</b:INTERNATIONAL_PID></PRODUCT_ID>
 <QUANTITY>6</QUANTITY><b:ORDER_UNIT>PK</b:ORDER_UNIT><PRODUCT_PRICE_FIX><b:PRICE_AMOUNT>9.00</b:PRICE_AMOUNT><b:PRICE_QUANTITY>1</b:PRICE_QUANTITY></PRODUCT_PRICE_FIX></ORDER_ITEM></ORDER_ITEM_LIST></ORDER>"""


def read(text: str) -> EdiReading:
    reading = read_any(text.encode(), 4)
    assert reading is not None
    return reading


def order(text: str) -> ReadOrder:
    [found] = read(text).orders
    return found


def values(fields: dict[str, object]) -> dict[str, str]:
    return {name: found.value for name, found in fields.items()}  # type: ignore[attr-defined]


def codes(reading: EdiReading) -> set[str]:
    return {f.code for f in reading.findings}


def test_ubl() -> None:
    found = order(UBL)
    assert values(found.fields) == {
        "purpose": "220",
        "po_number": "FJ-300",
        "order_date": "2026-09-14",
        "currency": "NOK",
        "notes": "Ring the bell",
        "payment_terms": "30 days net",
        "subtotal": "50.00",
        "total": "62.50",
        "buyer_name": "Fjordkraft Verksted AS",
        "buyer_id": "987654325",
        "buyer_contact": "Liv Haug",
        "buyer_email": "liv@fjord.example",
        "ship_to_name": "Lager vest",
        "ship_to_id": "7080001",
        "ship_to": "Lager vest, 4 Kaigata, 5003 Bergen, NO",
        "requested_date": "2026-10-01",
    }
    assert values(found.lines[0]) == {
        "line_no": "1",
        "quantity": "400",
        "uom": "H87",
        "buyer_sku": "00771",
        "supplier_sku": "WX-8",
        "gtin": "4006381333931",
        "description": "Skive M8",
        "amount": "50.00",
        "unit_price": "12.50",
        "price_basis": "100",
    }
    assert codes(read(UBL)) == {"edi-price-basis", "edi-delivery-window"}


def test_evidence_is_a_path_without_prefixes() -> None:
    found = order(UBL).lines[0]["uom"].evidence
    assert (found.part, found.at, found.text) == (
        4,
        "/Order/OrderLine/LineItem/Quantity/@unitCode",
        "H87",
    )


def test_cxml_keeps_the_local_day_and_never_the_secret() -> None:
    reading = read(CXML)
    assert values(reading.orders[0].fields) == {
        "purpose": "new",
        "po_number": "CX 12",
        "order_date": "2026-09-14",
        "currency": "USD",
        "notes": "Leave at gate",
        "total": "30.00",
        "buyer_id": "AN01",
        "ship_to_name": "Depot four",
        "ship_to_id": "D4",
        "ship_to": "Depot four, Al, 1 Elm, Troy NY 12180, United States",
    }
    assert values(reading.orders[0].lines[0]) == {
        "line_no": "1",
        "quantity": "3",
        "uom": "EA",
        "supplier_sku": "S-1",
        "buyer_sku": "B-1",
        "manufacturer_sku": "M-1",
        "description": "Pump & hose",
        "requested_date": "2026-10-01",
        "unit_price": "100.00",
        "price_basis": "10",
    }
    assert "hush-hush" not in repr(reading) + repr(reading.messages)
    assert {"xml-doctype", "edi-attachment", "edi-price-basis"} == codes(reading)


def test_order_x() -> None:
    reading = read(CII)
    assert values(reading.orders[0].fields) == {
        "purpose": "9", "po_number": "OX-5", "order_date": "2026-09-14", "currency": "EUR", "buyer_name": "Atelier Brun",
        "buyer_id": "K7",
    }  # fmt: skip
    assert values(reading.orders[0].lines[0]) == {
        "line_no": "1", "quantity": "2", "uom": "C62", "supplier_sku": "S9", "description": "Colle", "unit_price": "5.10",
    }  # fmt: skip
    assert "edi-test" in codes(reading)
    assert reading.interchanges[0].test


def test_opentrans_parties_by_role_and_by_reference() -> None:
    found = order(OPENTRANS)
    assert values(found.fields) == {
        "purpose": "express", "po_number": "OT-1", "order_date": "2026-09-14", "currency": "EUR", "buyer_name": "Werk Eins",
        "buyer_id": "10", "ship_to_name": "Tor 3", "ship_to_id": "20", "ship_to": "Tor 3, Weg 1, 10115 Berlin",
    }  # fmt: skip
    assert values(found.lines[0]) == {
        "line_no": "1", "quantity": "6", "uom": "PK", "supplier_sku": "007", "unit_price": "9.00",
    }  # fmt: skip
    assert "edi-end-customer" in codes(read(OPENTRANS))


@pytest.mark.parametrize(
    ("text", "form", "lane"),
    [
        (UBL.replace('type="new"', ""), "ubl/Order", "order"),
        (
            UBL.replace("Order-2", "OrderChange-2").replace("o:Order", "o:OrderChange"),
            "ubl/OrderChange",
            "change",
        ),
        (CXML.replace('type="new"', 'type="delete"'), "cxml/OrderRequest", "cancellation"),
        (CXML.replace('type="new"', 'type="update"'), "cxml/OrderRequest", "change"),
        (CII.replace(">220<", ">230<"), "cii/Order", "change"),
        (CII.replace("PurposeCode>9", "PurposeCode>1"), "cii/Order", "cancellation"),
    ],
)
def test_kind_and_purpose_decide_the_lane(text: str, form: str, lane: str) -> None:
    reading = read(text)
    assert (reading.format, reading.lane) == (form, lane)
    assert len(reading.orders) == 1


@pytest.mark.parametrize(
    ("text", "form", "lane"),
    [
        ('<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><ID>1</ID></Invoice>', "ubl/Invoice", "other"),
        ('<Catalogue xmlns="urn:oasis:names:specification:ubl:schema:xsd:Catalogue-2"><ID>1</ID></Catalogue>', "ubl/Catalogue", "other"),
        ('<cXML payloadID="1"><Message><PunchOutOrderMessage><ItemIn quantity="3"/></PunchOutOrderMessage></Message></cXML>', "cxml/PunchOutOrderMessage", "other"),
        ("<BMECAT version='2005'><HEADER/><T_NEW_CATALOG/></BMECAT>", "bmecat/catalogue", "other"),
        ('<rsm:CrossIndustryInvoice xmlns:rsm="u"><a/></rsm:CrossIndustryInvoice>', "cii/Invoice", "other"),
        ('<RequestForQuotation xmlns="urn:oasis:names:specification:ubl:schema:xsd:RequestForQuotation-2"><ID>1</ID></RequestForQuotation>', "ubl/RequestForQuotation", "quote_request"),
    ],
)  # fmt: skip
def test_what_is_no_order_never_becomes_one(text: str, form: str, lane: str) -> None:
    reading = read(text)
    assert (reading.format, reading.lane, reading.orders) == (form, lane, ())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda t: t.replace("o:", "").replace("xmlns:o", "xmlns").replace(":o=", "="),
            id="default namespace",
        ),
        pytest.param(
            lambda t: "\ufeff\r\n" + t.replace('<?xml version="1.0" encoding="UTF-8"?>', ""),
            id="mark before",
        ),
        pytest.param(lambda t: "\n \n" + t, id="blank before the declaration"),
        pytest.param(lambda t: t.replace("<c:ID>FJ", "<!-- note --><c:ID>FJ"), id="comment"),
        pytest.param(
            lambda t: t.replace('encoding="UTF-8"', 'encoding="no-such"'), id="encoding unknown"
        ),
    ],
)
def test_unusual_xml_reads_the_same(change) -> None:  # type: ignore[no-untyped-def]
    assert values(order(change(UBL)).fields) == values(order(UBL).fields)


def test_utf16_and_a_lying_declaration() -> None:
    named = UBL.replace("Fjordkraft", "Fjørd")
    for content in (
        named.encode("utf-16"),
        named.encode("cp1252"),
        named.replace("UTF-8", "iso-8859-1").encode("latin-1"),
    ):
        reading = read_any(content, 1)
        assert reading is not None
        assert reading.orders[0].fields["buyer_name"].value == "Fjørd Verksted AS"


def test_entities_are_neither_fetched_nor_expanded() -> None:
    bomb = "<!ENTITY e0 'ha'>" + "".join(
        f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12)
    )
    doctype = f'<!DOCTYPE Order [<!ENTITY x SYSTEM "file:///etc/hostname">{bomb}]>'
    text = UBL.replace("<o:Order", doctype + "<o:Order", 1).replace("Ring the bell", "&x;&e11;")
    reading = read(text)
    assert "xml-entities" in codes(reading)
    assert "notes" not in reading.orders[0].fields


def test_broken_xml_is_read_as_far_as_it_goes_or_refused() -> None:
    reading = read(UBL[: UBL.index("<a:AnticipatedMonetaryTotal")])
    assert "xml-repaired" in codes(reading)
    assert reading.orders[0].fields["po_number"].value == "FJ-300"
    with pytest.raises(Unreadable) as error:
        read_any(b"<cXML", 1) or read_any(b"<cXML></", 1)
    assert error.value.code == "xml-broken"


def test_sniffing_leaves_other_xml_alone() -> None:
    assert sniff(b"<html><body>Order</body></html>") is None
    assert sniff(b"<!-- ORDER --><?xml version='1.0'?><svg/>") is None
    found = sniff(OPENTRANS.encode())
    assert found is not None and found.reasons == (
        "Its root element is ORDER: an openTRANS order.",
    )


def test_a_change_or_cancellation_is_known_by_the_orders_number() -> None:
    reference = "<a:OrderReference><c:ID>FJ-299</c:ID></a:OrderReference><c:IssueDate"
    change = UBL.replace("Order-2", "OrderChange-2").replace("o:Order", "o:OrderChange")
    found = order(change.replace("<c:IssueDate", reference, 1))
    assert found.fields["po_number"].value == "FJ-299"
    cancel = UBL.replace("Order-2", "OrderCancellation-2").replace("o:Order", "o:OrderCancellation")
    reading = read(cancel.replace("<c:IssueDate", reference, 1))
    assert (reading.lane, reading.format) == ("cancellation", "ubl/OrderCancellation")
    assert reading.orders[0].fields["po_number"].value == "FJ-299"


def test_an_order_inside_a_standard_business_document() -> None:
    declaration, _, body = UBL.partition("?>")
    header = "<StandardBusinessDocumentHeader><HeaderVersion>1.0</HeaderVersion></StandardBusinessDocumentHeader>"
    space = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
    text = f'{declaration}?><StandardBusinessDocument xmlns="{space}">{header}{body}</StandardBusinessDocument>'
    assert values(order(text).fields) == values(order(UBL).fields)
    found = sniff(text.encode())
    assert found is not None and found.format == "ubl/Order"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (CII.replace(">220<", ">231<"), "cii/OrderResponse"),
        ("<ORDERRESPONSE version='1.0'><ORDERRESPONSE_HEADER/></ORDERRESPONSE>", "opentrans/ORDERRESPONSE"),
        ('<cXML payloadID="1"><Request><ConfirmationRequest><ConfirmationHeader type="accept"/></ConfirmationRequest></Request></cXML>', "cxml/ConfirmationRequest"),
        ('<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"><ID>1</ID></ApplicationResponse>', "ubl/ApplicationResponse"),
    ],
)  # fmt: skip
def test_answers_to_orders_are_none(text: str, form: str) -> None:
    reading = read(text)
    assert (reading.format, reading.orders) == (form, ())
    [told] = [f.text for f in reading.findings if f.code == "edi-not-an-order"]
    assert form in told


def test_deliveries_of_a_line_are_values_with_their_places() -> None:
    def delivery(quantity: str, day: str, place: str) -> str:
        return (
            f'<a:Delivery><c:Quantity unitCode="H87">{quantity}</c:Quantity>'
            f"<a:DeliveryLocation><c:ID>{place}</c:ID></a:DeliveryLocation>"
            f"<a:RequestedDeliveryPeriod><c:StartDate>{day}</c:StartDate></a:RequestedDeliveryPeriod></a:Delivery>"
        )

    two = delivery("100", "2026-10-01", "A") + delivery("300", "2026-11-01", "B")
    start, end = UBL.index("<a:Delivery>", UBL.index("LineItem")), UBL.rindex("</a:Delivery>")
    [found] = read(UBL[:start] + two + UBL[end + len("</a:Delivery>") :]).orders
    assert [(s.quantity, s.uom, s.requested_date, s.ship_to) for s in found.schedules[0]] == [
        ("100", "H87", "2026-10-01", "A"),
        ("300", "H87", "2026-11-01", "B"),
    ]
    assert "requested_date" not in found.lines[0]
    one = UBL[:start] + delivery("400", "2026-10-01", "A") + UBL[end + len("</a:Delivery>") :]
    assert "edi-line-ship-to" in codes(read(one))
