"""A profile forgives, notes or refuses what a file has wrong."""

from __future__ import annotations

from core.exchange.profile_values import Profile
from core.exchange.tolerance import judged, verdict_for
from core.inbound.envelopes import Envelopes, Fault, Interchange

COUNT = Fault("interchange", "TA105", "021", "edi-interchange-count")
CUT = Fault("interchange", "TA105", "023", "edi-cut")


def test_without_a_profile_the_house_judges() -> None:
    assert verdict_for([], None) == "accepted"
    assert verdict_for([COUNT], None) == "accepted-with-faults"
    assert verdict_for([COUNT, CUT], None) == "rejected"


def test_the_profile_forgives_notes_and_refuses() -> None:
    def rules(**word: str) -> Profile:
        return Profile("acme", tolerance={k.replace("_", "-"): v for k, v in word.items()})

    assert verdict_for([COUNT], rules(edi_interchange_count="forgive")) == "accepted"
    assert verdict_for([COUNT], rules(edi_interchange_count="reject")) == "rejected"
    assert verdict_for([CUT], rules(edi_cut="note")) == "accepted-with-faults"
    assert verdict_for([CUT, COUNT], rules(edi_interchange_count="forgive")) == "rejected"


def test_an_answer_names_nothing_that_is_forgiven() -> None:
    tree = Envelopes((Interchange("x12", faults=(COUNT, CUT)),))
    profile = Profile("acme", tolerance={"edi-interchange-count": "forgive", "edi-cut": "note"})
    (found,) = judged(tree, profile).interchanges
    assert [fault.finding for fault in found.faults] == ["edi-cut"]
