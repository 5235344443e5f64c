"""Units in XML: every unit of ours has a code of Recommendation 20; theirs is kept while it is still right."""

from core.messages.electronic.facts import Echo, EchoLine
from core.messages.electronic.xml.units import UNECE, unece
from core.units import UNITS
from extraction.edi.peppol.lists import codes


def test_every_unit_of_ours_is_on_the_list():
    assert {unit.code for unit in UNITS} == set(UNECE)
    assert set(UNECE.values()) <= codes("unece")


def test_their_code_is_kept_while_it_means_our_unit():
    assert unece("EA", Echo("ubl/Order"), EchoLine(uom="H87")) == "H87"
    assert unece("BX", Echo("ubl/Order"), EchoLine(uom="H87")) == "XBX"
    assert unece("EA", Echo("x12/850"), EchoLine(uom="EA")) == "C62"
    assert unece("??", Echo(), EchoLine()) == "??"
