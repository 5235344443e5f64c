"""What we would answer against what was ordered: for some customers an answer that differs is an offer (lesson 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.tables import DraftLine
from core.drafts.typed import day, number
from core.messages.facts import Asked, Line, Part
from core.messages.offer import as_text
from core.messages.outcome import outcome
from core.orders.restated_words import told
from core.values import as_decimal


def offer_is_answered(case: Case) -> Found:
    """A change of an order for whose offer we await the customer's word: line by line, whether it is that."""
    if case.restated is not None:
        which = "all" if case.restated.agrees else "some"
        yield ProblemFound("offer-answered", facts={"told": told(case.restated)}, case=which)


def answer_is_as_ordered(case: Case) -> Found:
    """One problem for all lines, so that the customer's one word answers it."""
    if case.draft.kind == "cancellation":
        return
    booked = list(_differing(case))
    differing = [*((name, codes) for _, name, codes in booked), *_not_taken(case)]
    if differing:
        ids = as_text((str(line_id), codes) for line_id, _, codes in booked)
        yield ProblemFound("acceptance-differs", facts={"lines": as_text(differing), "ids": ids})


def _differing(case: Case) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Id, name and codes of each line that would be booked otherwise."""
    for line in case.lines:
        if line.id not in case.answer.lines and line.id not in case.answer.missed:
            continue  # nothing can be promised, and that is a problem of its own
        ours = _line(case, line)
        codes = tuple(c for c in outcome(ours).all_codes if c != "accepted")
        if not _is_late(ours):
            codes = tuple(c for c in codes if c != "date-changed")
        if codes:
            yield line.id, _name(case.text("line_no", line) or str(line.position)), codes


def _not_taken(case: Case) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Lines of the document that a clerk took off."""
    if case.draft.kind != "order":
        return
    live = {line.id for line in case.lines}
    by_line: dict[int, dict[str, str]] = {line_id: {} for line_id in live}
    for (line_id, name), found in case.fields.items():
        if line_id is not None:
            by_line.setdefault(line_id, {})[name] = found.read_value
    for place, (line_id, read) in enumerate(sorted(by_line.items()), start=1):
        if line_id not in live and any(read.values()):
            yield _name(read.get("line_no") or str(place)), ("rejected",)


def _line(case: Case, line: DraftLine) -> Line:
    """The line in stock units, asked as the document says it and answered as it would be booked."""
    factor = Fraction(line.factor_numerator, line.factor_denominator)
    stock = line.stock_quantity or Decimal(0)
    written, price = number(_written(case, line, "quantity")), line.unit_price
    asked = stock if written is None else as_decimal(Fraction(written) * factor) or written
    theirs = number(_written(case, line, "unit_price"))
    parts = case.answer.lines.get(line.id, ())
    return Line(
        number=str(line.position),
        item="",
        description="",
        asked=Asked(asked, "", price if theirs is None else theirs, _wished(case, line)),
        parts=tuple(Part(part.quantity, part.promised_date) for part in parts),
        price=price if theirs is None else number(case.text("unit_price", line)),
        substituted=line.ordered_item_id is not None,
    )


def _wished(case: Case, line: DraftLine) -> date | None:
    own = day(_written(case, line, "requested_date")) or line.requested_date
    return own or day(_written(case, None, "requested_date")) or case.draft.requested_date


def _written(case: Case, line: DraftLine | None, name: str) -> str:
    """What the document says where a person changed it; "" when they did not, or mended what was read unsurely."""
    field = case.fields.get((line.id if line else None, name))
    if field is None or not field.corrected or field.confidence < case.policy.doubt_threshold:
        return ""
    return field.read_value


def _is_late(line: Line) -> bool:
    wish = line.asked.requested_date
    return wish is not None and any(p.promised_date and p.promised_date > wish for p in line.parts)


def _name(text: str) -> str:
    return re.sub(r"[:;,\s]+", " ", text).strip()
