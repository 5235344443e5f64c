"""A simulated clerk: puts right what was read of a generated document, confirms it, and the machine learns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from core.inbound.reading import ReadOrder
from extraction.context import Context
from extraction.extract import read
from extraction.memory.learn import Corrected, learn_from
from extraction.memory.lesson import Lesson
from extraction.training.compare import aligned, part_read
from extraction.training.documents import Document
from extraction.training.tally import Judged, judged


@dataclass
class Clerk:
    """What was learned of one customer so far, with how often it held."""

    lessons: dict[str, Lesson] = field(default_factory=dict)

    def takes(self, document: Document) -> list[Judged]:
        """Reads one document by what is known, judges every field, corrects it all and learns."""
        context = Context(lessons=tuple(self.lessons.values()))
        work = read(document.message, context)
        order = work.orders[0] if work.orders else ReadOrder()
        verdict = list(judged(document.truth, document.lines, document.lenient, order))
        taught = learn_from(work, [corrected(document, order)])
        for key in (k for k in taught.confirmed if k in self.lessons):
            one = self.lessons[key]
            self.lessons[key] = replace(one, confirmed=one.confirmed + 1)
        for key in (k for k in taught.contradicted if k in self.lessons):
            one = self.lessons[key]
            self.lessons[key] = replace(one, contradicted=one.contradicted + 1)
        self.lessons.update({k.key: k for k in taught.lessons if k.key not in self.lessons})
        return verdict


def corrected(document: Document, order: ReadOrder) -> Corrected:
    """The order with every wrong field put right; what the truth leaves open stays as read."""
    fields = {name: c.value for name, c in order.fields.items()}
    for one in judged(document.truth, (), document.lenient, ReadOrder(order.fields)):
        _put(fields, one, one.name)
    lines = []
    for wanted, given in aligned(document.lines, order.lines):
        if not wanted:
            continue
        line = {name: c.value for name, c in given.items()}
        alone = ReadOrder({}, (dict(given),) if given else ())
        for one in judged({}, (wanted,), document.lenient, alone):
            name = one.name.removeprefix("line ")
            _put(line, one, part_read(wanted, given) or "buyer_sku" if name == "sku" else name)
        lines.append({"buyer_sku" if n == "sku" else n: v for n, v in line.items()})
    return Corrected(fields, tuple(lines))


def _put(values: dict[str, str], one: Judged, name: str) -> None:
    """What the truth says, also where a reading that says it in other words counts as right."""
    values.pop(name, None)
    if one.wanted:
        values[name] = one.wanted
