"""Numbers of an order that no field keeps and that an answer repeats: of a change, of a release."""

from __future__ import annotations

import pytest

from extraction.edi.read import read_any
from extraction.edi.tree import entry_of

X12 = (
    b"ISA*00*          *00*          *ZZ*LOOMWORKS      *ZZ*OURS           *261122*0915*U*00401*000000031*0*P*>~"
    b"GS*PC*LOOMWORKS*OURS*20261122*0915*31*X*004010~ST*860*0001~BCH*04*SA*LW-20*R3*7*20261120~"
    b"POC*1*QI*5*2*EA*4.5*PE*BP*LW-1~CTT*1~SE*5*0001~GE*1*31~IEA*1*000000031~"
)
EDIFACT = (
    b"UNB+UNOC:3+LOOMWORKS+OURS+261122:0915+31'UNH+1+ORDCHG:D:96A:UN'BGM+230+CH-7+4'DTM+137:20261122:102'"
    b"RFF+ON:LW-20'LIN+1++LW-1:SA'QTY+21:5'UNS+S'UNT+8+1'UNZ+1+31'"
)
NAMED = EDIFACT.replace(b"RFF+ON:LW-20'", b"RFF+ON:LW-20'RFF+PP:7'").replace(b"UNT+8", b"UNT+9")
UBL = (
    b'<OrderChange xmlns="urn:oasis:names:specification:ubl:schema:xsd:OrderChange-2"'
    b' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
    b' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">'
    b"<cbc:ID>CH-7</cbc:ID><cac:OrderReference><cbc:ID>LW-20</cbc:ID></cac:OrderReference></OrderChange>"
)
CII = (
    b'<rsm:SCRDMCCBDACIOMessageStructure xmlns:rsm="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100"'
    b' xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:128">'
    b"<rsm:ExchangedDocument><ram:ID>CH-7</ram:ID><ram:TypeCode>%s</ram:TypeCode></rsm:ExchangedDocument>"
    b"<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement><ram:BuyerOrderReferencedDocument>"
    b"<ram:IssuerAssignedID>LW-20</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>"
    b"</ram:ApplicableHeaderTradeAgreement></rsm:SupplyChainTradeTransaction></rsm:SCRDMCCBDACIOMessageStructure>"
)
OPENTRANS = (
    b'<ORDERCHANGE xmlns="http://www.opentrans.org/XMLSchema/2.1" version="2.1"><ORDERCHANGE_HEADER><ORDERCHANGE_INFO>'
    b"<ORDER_ID>LW-20</ORDER_ID><ORDERCHANGE_SEQUENCE_ID>7</ORDERCHANGE_SEQUENCE_ID>"
    b"</ORDERCHANGE_INFO></ORDERCHANGE_HEADER></ORDERCHANGE>"
)


@pytest.mark.parametrize(
    ("raw", "quoted"),
    [
        (X12, {"number": "LW-20", "change_number": "7", "release": "R3"}),
        (EDIFACT, {"number": "LW-20", "change_number": "CH-7"}),
        (NAMED, {"number": "LW-20", "change_number": "7"}),
        (UBL, {"number": "LW-20", "change_number": "CH-7"}),
        (CII % b"230", {"number": "LW-20", "change_number": "CH-7"}),
        (CII % b"220", {"number": "CH-7"}),
        (OPENTRANS, {"number": "LW-20", "change_number": "7"}),
    ],
    ids=["860", "ORDCHG", "ORDCHG with its number", "UBL", "change", "order", "openTRANS"],
)
def test_a_change_keeps_its_own_number_beside_that_of_the_order(
    raw: bytes, quoted: dict[str, str]
) -> None:
    (message,) = read_any(raw, 1).messages
    assert message.order is not None
    assert message.order.fields["po_number"].value == quoted["number"]
    assert entry_of(message).told == quoted
