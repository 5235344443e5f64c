"""`python -m extraction.training.score [--fit] [COUNT] [SEED]`: reads freshly generated orders as the product would and scores the readings.

PDF pages of random layouts and mails, with wordings held out from training. Printed as one JSON object: header and line F1,
share read exactly, F1 by field and by knob of the generator, expected calibration error, and the reliability curve.
With --fit the confidence that readings state is fitted to how often they are right, into extraction/trust.json.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from random import Random
from typing import Any

from core.inbound.reading import Candidate, ReadOrder
from core.inbound.values import Mailbox, Message, Part
from extraction import trust
from extraction.context import Context
from extraction.extract import extract
from extraction.training.calibrate import calibration_error, isotonic
from extraction.training.papers import Letter, Paper, letter, paper
from extraction.training.words import LANGUAGES

SKUS = ("buyer_sku", "supplier_sku", "manufacturer_sku")
SCORED = ("po_number", "order_date", "currency", "buyer_name", "buyer_contact", "ship_to", "bill_to", "requested_date", "payment_terms", "incoterms", "ship_via", "subtotal", "tax", "freight", "total")  # fmt: skip
LINE = ("sku", "description", "quantity", "uom", "unit_price", "amount")
PAPER_SHARE = 0.7
Line = Mapping[str, str]
Read = Mapping[str, Candidate]
ENOUGH, CAUTION = 60, 4.0


@dataclass
class Tally:
    """hits, misses and false alarms by name; (confidence, right) of every value given."""

    hits: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)
    stated: list[tuple[float, bool]] = field(default_factory=list)
    by_source: dict[str, list[tuple[float, bool]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    documents: int = 0
    exact: int = 0

    def f1(self, name: str) -> float:
        hits = self.hits[name]
        return round(2 * hits / max(2 * hits + self.missed[name] + self.invented[name], 1), 4)


def main(arguments: Sequence[str]) -> int:
    numbers = [int(a) for a in arguments if a.isdigit()]
    count = numbers[0] if numbers else 200
    seed = numbers[1] if len(numbers) > 1 else 1_000
    if "--fit" in arguments:
        fit(count, seed + 1)
    print(json.dumps(report(tally(count, seed)), indent=1))
    return 0


def fit(count: int, seed: int) -> None:
    """Measures what readings state without the present table, and writes the table anew."""
    trust.TABLE.write_text("{}\n", "utf-8")
    trust.reload()
    found = tally(count, seed).by_source
    by_source: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for name, pairs in found.items():
        by_source[name.partition(" ")[0]].extend(pairs)
    table = {
        name: isotonic(pairs, CAUTION)
        for name, pairs in sorted((found | by_source).items())
        if len(pairs) >= ENOUGH
    }
    rows = ",\n".join(f"{json.dumps(name)}: {json.dumps(steps)}" for name, steps in table.items())
    trust.TABLE.write_text("{\n" + rows + "\n}\n", "utf-8")
    trust.reload()


def documents(count: int, seed: int) -> Iterator[Paper | Letter]:
    for number in range(count):
        r = Random(f"score:{seed}:{number}")
        yield (paper if r.random() < PAPER_SHARE else letter)(r, r.choice(LANGUAGES), True)


def tally(count: int, seed: int) -> Tally:
    """Everything counted over `count` documents of a seed."""
    found = Tally()
    for document in documents(count, seed):
        reading = extract(message_of(document), Context())
        order = reading.orders[0] if reading.orders else ReadOrder()
        before = found.missed.total() + found.invented.total()
        names = ("header", *document.knobs, f"language {document.language}")
        for name in SCORED:
            _count(found, name, document.truth.get(name, ""), order.fields.get(name), names)
        _count_lines(found, document, order)
        found.documents += 1
        found.exact += before == found.missed.total() + found.invented.total()
    return found


def message_of(document: Paper | Letter) -> Message:
    """As intake hands it over: an upload of a PDF, or a mail of a stranger."""
    if isinstance(document, Paper):
        return Message(
            "upload",
            parts=(Part(1, "attachment", "application/pdf", "order.pdf", document.content),),
        )
    text = Part(1, "body-text", "text/plain", "", document.text.encode(), document.text)
    return Message("mail", document.subject, Mailbox(*document.sender), parts=(text,))


def _count_lines(found: Tally, document: Paper | Letter, order: ReadOrder) -> None:
    """Missing and surplus lines count with all their cells."""
    names = ("line", *(f"lines: {knob}" for knob in document.knobs))
    for wanted, read in aligned(document.lines, order.lines):
        for name in LINE:
            if name == "amount" and name not in wanted:
                continue
            field_name = next((n for n in SKUS if n in read), name) if name == "sku" else name
            given = read.get(field_name)
            _count(found, f"line {name}", wanted.get(name, ""), given, names, f"line {field_name}")


def aligned(wanted: Sequence[Line], read: Sequence[Read]) -> Iterator[tuple[Line, Read]]:
    """Pairs in order so that most cells agree; what has no partner stands against an empty line."""
    rows, columns = len(wanted), len(read)
    gain = [[_agreeing(w, r) for r in read] for w in wanted] if rows != columns else []
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows if gain else 0)):
        for j in reversed(range(columns)):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + gain[i][j])
    i = j = 0
    while i < rows or j < columns:
        both = i < rows and j < columns
        if both and (not gain or (gain[i][j] and best[i][j] == best[i + 1][j + 1] + gain[i][j])):
            yield wanted[i], read[j]
            i, j = i + 1, j + 1
        elif i < rows and (j == columns or best[i][j] == best[i + 1][j]):
            yield wanted[i], {}
            i += 1
        else:
            yield {}, read[j]
            j += 1


def _agreeing(wanted: Line, read: Read) -> int:
    return sum(
        name in read and same(name, value, read[name].value) for name, value in wanted.items()
    )


def _count(
    found: Tally,
    name: str,
    wanted: str,
    given: Candidate | None,
    groups: Sequence[str],
    field_name: str = "",
) -> None:
    if not wanted and name == "currency":  # a sign or country may tell it where the page does not
        return
    right = given is not None and bool(wanted) and same(name, wanted, given.value)
    if given is not None:
        found.stated.append((given.confidence, right))
        found.by_source[f"{given.source} {field_name or name}"].append((given.confidence, right))
    for group in (name, *groups):
        found.hits[group] += right
        found.missed[group] += bool(wanted) and not right
        found.invented[group] += given is not None and not right


def same(name: str, wanted: str, given: str) -> bool:
    """Numbers by value, other texts by their letters and figures."""
    try:
        return Decimal(wanted) == Decimal(given)
    except InvalidOperation:
        return _folded(wanted) == _folded(given)


def _folded(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "", plain.casefold())


def report(found: Tally) -> dict[str, Any]:
    """The figures as plain JSON."""
    fields = {name: found.f1(name) for name in (*SCORED, *(f"line {n}" for n in LINE))}
    groups = sorted(n for n in found.hits if n not in fields and n not in ("header", "line"))
    return {
        "documents": found.documents,
        "header_f1": found.f1("header"),
        "line_f1": found.f1("line"),
        "exact": round(found.exact / max(found.documents, 1), 4),
        "calibration_error": round(calibration_error(found.stated), 4),
        "reliability": reliability(found.stated),
        "fields": fields,
        "groups": {name: found.f1(name) for name in groups},
    }


def reliability(stated: Sequence[tuple[float, bool]]) -> dict[str, dict[str, float]]:
    """By tenth of stated confidence: how many values, and the share that is right."""
    groups: dict[int, list[bool]] = defaultdict(list)
    for confidence, right in stated:
        groups[min(int(confidence * 10), 9)].append(right)
    return {
        f"{n / 10:.1f}": {"values": len(g), "right": round(sum(g) / len(g), 4)}
        for n, g in sorted(groups.items())
    }


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
