"""Which technical answers an interchange is owed. Every one gets an answer, except those that only acknowledge."""

from __future__ import annotations

from core.inbound.envelopes import Envelopes, Fault, verdict
from core.messages.electronic.edifact import technical as edifact
from core.messages.electronic.x12 import technical as x12


def technical_answers(
    envelopes: Envelopes, ordinal: int, faults: tuple[Fault, ...] = ()
) -> tuple[str, ...]:
    """Formats for write_technical, in the order of sending; faults: of the interchange, found behind the reading.

    X12: a TA1 when it is asked for, when the envelope has faults, or when there is no group to answer; a 997 unless
    the interchange as such is rejected (X12.5: then its groups are not looked at). EDIFACT: a CONTRL.
    """
    standard = envelopes.interchanges[ordinal].standard
    return _OWED[standard](envelopes, ordinal, faults) if standard in _OWED else ()


def _x12(envelopes: Envelopes, ordinal: int, faults: tuple[Fault, ...]) -> tuple[str, ...]:
    found = envelopes.interchanges[ordinal]
    if x12.only_acknowledges(envelopes, ordinal):
        return ()
    noted = (*found.faults, *faults)
    groups = x12.answered_groups(envelopes, ordinal) if verdict(noted) != "rejected" else []
    answers = ("x12/TA1",) if noted or found.wants_answer or not groups else ()
    return (*answers, "x12/997") if groups else answers


def _edifact(envelopes: Envelopes, ordinal: int, faults: tuple[Fault, ...]) -> tuple[str, ...]:
    any_message = any(m.interchange == ordinal for m in envelopes.messages)
    owed = not any_message or edifact.answered_messages(envelopes, ordinal)
    return (edifact.CONTRL,) if owed else ()


_OWED = {"x12": _x12, "edifact": _edifact}
