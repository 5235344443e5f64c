"""What speaks for or against a value that was read, beyond how sure its reader was: rivals, sums that close, its shape."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from math import log

from core.inbound.reading import Candidate, ReadOrder

CENT = Decimal("0.02")
DAYS = frozenset({"order_date", "requested_date"})
SUMS = frozenset({"subtotal", "tax", "freight", "total"})
COUNTED = frozenset({"quantity", "unit_price", "amount"})
Line = Mapping[str, Candidate]
Signals = dict[str, float]


@dataclass(frozen=True)
class Whole:
    """An order as a whole. lines_close: whether its lines add up to a sum printed; sums_close: whether the sums add up; None: cannot be told."""

    order: ReadOrder
    lines_close: bool | None
    sums_close: bool | None

    @staticmethod
    def of(order: ReadOrder) -> Whole:
        return Whole(order, _lines_close(order), _sums_close(order))

    @cached_property
    def filled(self) -> Counter[str]:
        """How many lines have each field."""
        return Counter(name for line in self.order.lines for name in line)

    @cached_property
    def _closing(self) -> dict[int, bool | None]:
        return {id(line): _closes(line) for line in self.order.lines}

    def closes(self, line: Line) -> bool | None:
        """Whether quantity times price is the amount; worked out once for each line of the order."""
        return self._closing[id(line)] if id(line) in self._closing else _closes(line)

    @cached_property
    def fullest(self) -> int:
        """How many fields the line with the most has."""
        return max(len(line) for line in self.order.lines)


def of_field(name: str, value: Candidate, whole: Whole) -> Signals:
    """Signals of a header field."""
    found = _common(value)
    fields = whole.order.fields
    if name in SUMS:
        found["sums close"] = _told(whole.sums_close)
        found["lines close"] = _told(whole.lines_close)
    found["shape"] = SHAPES.get(name, _always)(value.value)
    found["words"] = log(1 + len(value.value.split()))
    found["fields"] = min(len(fields), 12) / 12
    if name in DAYS:
        found["in order"] = _told(_in_order(fields))
    if name == "buyer_name":
        found["in an address"] = float(
            any(
                value.value.casefold() in fields[n].value.casefold()
                for n in ("ship_to", "bill_to")
                if n in fields
            )
        )
    found["seen twice"] = float(_twice(name, value, whole.order))
    return found


def of_cell(name: str, value: Candidate, line: Line, whole: Whole) -> Signals:
    """Signals of a field of a line."""
    found = _common(value)
    lines = whole.order.lines
    found["amount closes"] = _told(whole.closes(line))
    found["lines close"] = _told(whole.lines_close)
    found["others have it"] = whole.filled[name] / len(lines)
    found["as full as others"] = len(line) / whole.fullest
    found["kinds"] = min(len(line), 7) / 7
    found["lines"] = log(len(lines))
    found["shape"] = SHAPES.get(f"line {name}", _always)(value.value)
    found["words"] = log(1 + len(value.value.split()))
    found["goods"] = float("description" in line)
    return found


def _common(value: Candidate) -> Signals:
    sure = min(max(value.confidence, 0.02), 0.985)
    rivals = [other.confidence for other in value.alternatives]
    found = {
        "stated": log(sure / (1 - sure)),
        f"from {value.source}": 1.0,
        "rivals": min(len(rivals), 3) / 3,
    }
    for name in value.seconded:
        found[f"seconded by {name}"] = 1.0
    if any(other.source == "ner" for other in value.alternatives):
        found["model differs"] = 1.0
    if rivals:
        found["rival"] = max(rivals) / max(value.confidence, 0.05)
    return found


def _told(answer: bool | None) -> float:
    return 0.0 if answer is None else 1.0 if answer else -1.0


def _number(value: Candidate | None) -> Decimal | None:
    try:
        return Decimal(value.value) if value else None
    except InvalidOperation:
        return None


def _closes(line: Line) -> bool | None:
    """Whether quantity times price is the amount."""
    quantity, price, amount = (
        _number(line.get(name)) for name in ("quantity", "unit_price", "amount")
    )
    if quantity is None or price is None or amount is None:
        return None
    return abs(quantity * price - amount) <= max(CENT, abs(amount) / 500)


def _lines_close(order: ReadOrder) -> bool | None:
    amounts = [_number(line.get("amount")) for line in order.lines]
    sums = [
        n for name in ("subtotal", "total") if (n := _number(order.fields.get(name))) is not None
    ]
    if not amounts or not sums or any(a is None for a in amounts):
        return None
    whole = sum((a for a in amounts if a is not None), Decimal(0))
    return any(abs(whole - one) <= CENT for one in sums)


def _sums_close(order: ReadOrder) -> bool | None:
    subtotal, total = (_number(order.fields.get(name)) for name in ("subtotal", "total"))
    if subtotal is None or total is None:
        return None
    more = [_number(order.fields.get(name)) or Decimal(0) for name in ("tax", "freight")]
    return abs(subtotal + sum(more, Decimal(0)) - total) <= CENT


def _in_order(fields: Mapping[str, Candidate]) -> bool | None:
    """Whether the goods are wanted after they were ordered, and within a year."""
    if not fields.keys() >= DAYS:
        return None
    try:
        ordered, wanted = (
            date.fromisoformat(fields[name].value[:10]) for name in ("order_date", "requested_date")
        )
    except ValueError:
        return False
    return 0 <= (wanted - ordered).days <= 366


def _twice(name: str, value: Candidate, order: ReadOrder) -> bool:
    """Whether another field holds the same text: one of the two is then doubtful."""
    folded = value.value.casefold()
    return name not in SUMS and any(
        other != name and found.value.casefold() == folded for other, found in order.fields.items()
    )


def _always(text: str) -> float:
    return 0.0


def _matching(pattern: str) -> Callable[[str], float]:
    fits = re.compile(pattern, re.IGNORECASE).search
    return lambda text: 1.0 if fits(text) else -1.0


def _as_name(text: str) -> float:
    """A person's name: two to four words of letters."""
    return 1.0 if re.fullmatch(r"[^\W\d_][\w.,'-]*(?: [^\W\d_][\w.,'-]*){1,3}", text) else -1.0


SHAPES: Mapping[str, Callable[[str], float]] = {
    "po_number": _matching(r"^(?=.*\d.*\d.*\d)\S+$"),
    "buyer_contact": _as_name,
    "buyer_name": _matching(
        r"\b(inc|llc|ltd|limited|gmbh|ag|kg|se|s\.?a\.?s?|s\.?r\.?l|s\.?l|b\.?v|n\.?v|corp|company|co|group|university|city|county|school)\b\.?"
    ),
    "ship_to": _matching(r",.*\d"),
    "bill_to": _matching(r",.*\d"),
    "payment_terms": _matching(
        r"\d|\bnet\b|cod|prepa|receipt|contado|comptant|vooruit|anticip|kasse|avance|advance"
    ),
    "incoterms": _matching(r"\b(exw|fca|fob|cif|cfr|cpt|cip|dap|dpu|ddp|fas|f\.o\.b)\b"),
    "line description": _matching(r"[^\W\d_]{3}"),
    "line buyer_sku": _matching(r"\d\S*\d"),
    "line supplier_sku": _matching(r"\d\S*\d"),
    "line uom": _matching(r"^[^\W\d_.]{1,8}\.?$"),
    "line quantity": _matching(r"^\d{1,5}(?:\.0+)?$"),
}
