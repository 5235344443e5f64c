"""Which technical answers an interchange is owed (X12 TA1 and 997, EDIFACT CONTRL). Pure.

X12.56 and the implementation guides: a 997 for each functional group but those of acknowledgements, a TA1 when ISA14 asks
for one or the envelope is at fault. ISO 9735-4: a CONTRL when UNB 0031 asks for one; here for every interchange, since a sender who is
told nothing cannot know that it came, unless the profile wants it only when asked (then also for what is at fault). XML
has none of its own (a cXML Response goes in the same call).
"""

from __future__ import annotations

from collections.abc import Collection

from core.inbound.envelopes import Envelopes

ANSWER = "answer"
TA1, GROUP, CONTRL = "x12/TA1", "x12/997", "edifact/CONTRL"


def owed(tree: Envelopes, technical: str = "") -> tuple[str, ...]:
    """Formats of the answers to the one interchange of `tree`.

    technical: "always", "when-asked" or "never" as the partner's profile says, "" without a profile. An answer is never
    answered.
    """
    (interchange,) = tree.interchanges
    if technical == "never" or _only_answers([m.lane for m in tree.messages]):
        return ()
    if not (interchange.control or interchange.sender.id):
        return ()  # nobody to tell, and no number to tell about
    if interchange.standard == "x12":
        return _x12(tree)
    if interchange.standard == "edifact":
        asked = interchange.wants_answer or technical != "when-asked"
        return (CONTRL,) if asked or _faulty(tree) else ()
    return ()


def _x12(tree: Envelopes) -> tuple[str, ...]:
    (interchange,) = tree.interchanges
    found = [TA1] if interchange.wants_answer or interchange.faults else []
    if any(group.kind != "FA" for group in tree.groups):
        found.append(GROUP)
    return tuple(found)


def _only_answers(lanes: Collection[str]) -> bool:
    return bool(lanes) and all(lane == ANSWER for lane in lanes)


def _faulty(tree: Envelopes) -> bool:
    return any(each.verdict != "accepted" for each in tree.levels())
