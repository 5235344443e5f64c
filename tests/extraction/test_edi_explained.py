"""Raw segments with the names of their parts."""

from extraction.edi.explained import explain

X12 = (
    b"ISA*00*          *00*          *ZZ*ACMEBUY        *ZZ*OURS           *261122*0915*U*00401*000000077*1*T*>~"
    b"GS*PO*ACMEBUY*OURS*20261122*0915*5*X*004010~ST*850*0001~BEG*00*SA*77-120**20261122~"
    b"N1*ST*Depot North*92*D7~PO1*1*12*EA*2.5*PE*BP*A-1*VP*ZZ-9~CTT*1~SE*6*0001~GE*1*5~IEA*1*000000077~"
)
EDIFACT = (
    b"UNB+UNOC:3+BUYER:14+OURS:14+261122:0915+42++ORDERS'UNH+1+ORDERS:D:96A:UN'BGM+220+O?+7+9'"
    b"DTM+2:20261201:102'NAD+DP+2999999000011::9'LIN+1++2012345678900:EN'QTY+21:5:PCE'UNS+S'UNT+8+1'UNZ+1+42'"
)


def _part(segments, at):
    return next(p for s in segments for p in s.parts if p.at == at)


def test_elements_of_x12_have_names_and_codes_have_meanings():
    found = explain(X12)
    assert [s.tag for s in found][:4] == ["ISA", "GS", "ST", "BEG"]
    assert found[3].number == 4 and found[3].name == "Start of the purchase order"
    assert (_part(found, "BEG03").label, _part(found, "BEG03").value) == ("order number", "77-120")
    assert _part(found, "BEG01").meaning == "original"
    assert _part(found, "ISA15").meaning == "test"
    assert _part(found, "N103").meaning == "buyer's number"
    assert _part(found, "PO108").meaning == "vendor's part"
    assert "PO104" in {p.at for p in found[5].parts}


def test_components_of_edifact_have_names_and_released_signs_are_shown_plain():
    found = explain(EDIFACT)
    number = _part(found, "BGM 2")
    assert (number.label, number.value) == ("number", "O+7")
    assert _part(found, "DTM 1:1").meaning == "delivery wanted"
    assert _part(found, "NAD 2:3").meaning == "GS1"
    assert _part(found, "LIN 3:2").meaning == "GTIN"
    assert _part(found, "QTY 1:1").meaning == "ordered"


def test_a_window_of_a_long_file_keeps_the_numbers():
    found = explain(X12, first=4, most=2)
    assert [(s.number, s.tag) for s in found] == [(4, "BEG"), (5, "N1")]


def test_what_is_no_segmented_file_has_no_segments():
    assert explain(b"<Order/>") == ()
    assert explain(b"ISA*00") == ()
