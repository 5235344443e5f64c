"""Which technical answers an interchange is owed, with the partner's word on it. Pure.

What the standards want is core.messages.electronic.owed. ISO 9735-4 has a CONTRL when UNB 0031 asks for one; here it
goes for every interchange, since a sender who is told nothing cannot know that it came, unless the profile wants it
only when asked (then also for what is at fault). XML has none of its own (a cXML Response goes in the same call).
"""

from __future__ import annotations

from collections.abc import Collection

from core.inbound.envelopes import Envelopes
from core.messages.electronic.owed import technical_answers

ANSWER = "answer"


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
    found = technical_answers(tree, 0)
    if interchange.standard == "edifact" and technical == "when-asked":
        return found if interchange.wants_answer or _faulty(tree) else ()
    return found


def _only_answers(lanes: Collection[str]) -> bool:
    return bool(lanes) and all(lane == ANSWER for lane in lanes)


def _faulty(tree: Envelopes) -> bool:
    return any(each.verdict != "accepted" for each in tree.levels())
