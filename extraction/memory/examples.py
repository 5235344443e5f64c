"""Confirmed documents as labelled examples, from which the language model learns (`make retrain`)."""

from __future__ import annotations

from collections.abc import Sequence

from core.inbound.reading import HEADER_FIELDS
from core.inbound.values import Message
from extraction.context import Context
from extraction.extract import read
from extraction.memory.learn import Corrected, matched
from extraction.memory.spots import agrees
from extraction.parts.find import carriers_of
from extraction.training import labelled


def examples(
    message: Message, corrected: Sequence[Corrected], context: Context, document: str
) -> tuple[str, ...]:
    """One line of JSON for each confirmed order, about the part that carried it; none for electronic messages."""
    work = read(message, context)
    if any(reading.orders for reading in work.edi):
        return ()
    carriers = carriers_of(work.sources)
    lines = []
    for number, order in matched(work, corrected):
        if number >= len(carriers):
            continue
        carrier = carriers[number]
        given = work.orders[number].fields if number < len(work.orders) else {}
        wanted = {name: order.fields.get(name, "") for name in HEADER_FIELDS}
        places = {
            name: candidate.evidence
            for name, candidate in given.items()
            if candidate.evidence.part == carrier.part.number
            and agrees(name, wanted.get(name, ""), candidate.value)
        }
        lines.append(
            labelled.of(
                carrier.reading,
                wanted,
                order.lines,
                language=carrier.language,
                document=document,
                places=places,
            )
        )
    return tuple(lines)
