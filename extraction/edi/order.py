"""Builds one ReadOrder field by field, each value with its place in the file."""

from __future__ import annotations

import re
from decimal import Decimal

from core.inbound.reading import Candidate, Evidence, ReadOrder, Schedule
from core.values import plain
from extraction.edi import figures
from extraction.edi.findings import Findings

SOURCE = "edi"
SURE = 0.99
DOUBTFUL = 0.6
_PLACEHOLDER = re.compile(
    r"<[^<>]{1,60}>|\[[^\[\]]{1,60}\]|\{[^{}]{1,60}\}|(?:PO|ORDER)[ _-]?NUMBER", re.IGNORECASE
)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def tidy(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _where(at: str) -> str:
    """A place as findings name it: segments by number, XML by path."""
    return f"segment {at}" if at.isdigit() else at


class Row:
    """The fields of one header or one line; the first value given to a field stays, unless told otherwise.

    Every method ignores empty text, so that absent stays absent. `at` and `raw` become the evidence.
    """

    def __init__(self, part: int, findings: Findings, place: str = "") -> None:
        self.part = part
        self.findings = findings
        self.place = place
        self.fields: dict[str, Candidate] = {}
        self.schedules: list[Schedule] = []

    def has(self, name: str) -> bool:
        return name in self.fields

    def value(self, name: str) -> str:
        return self.fields[name].value if name in self.fields else ""

    def text(self, name: str, value: str, at: str, raw: str = "", confidence: float = SURE) -> bool:
        """Put a code or a text; True when it was taken."""
        value = tidy(value)
        if not value or name in self.fields:
            return False
        if _PLACEHOLDER.fullmatch(value):
            self.findings.add("edi-placeholder", _where(at), field=name, value=value)
            return False
        if "\ufffd" in value:
            self.findings.add("edi-characters-lost", _where(at), field=name, value=value)
        self.fields[name] = self._candidate(value, at, raw or value, confidence)
        return True

    def number(self, name: str, value: str, at: str, raw: str = "") -> bool:
        if not value.strip() or name in self.fields:
            return False
        figure = figures.number(value)
        if figure is None:
            self.findings.add("edi-number", _where(at), field=name, value=value)
            return False
        self.fields[name] = self._candidate(figure, at, raw or value)
        return True

    def day(
        self,
        name: str,
        day: str | None,
        value: str,
        at: str,
        raw: str = "",
        confidence: float = SURE,
    ) -> bool:
        """Put a day already normalised (None when it could not be), with the text it came from."""
        if not value.strip() or name in self.fields:
            return False
        if day is None:
            self.findings.add("edi-date", _where(at), field=name, value=value)
            return False
        self.fields[name] = self._candidate(day, at, raw or value, confidence)
        return True

    def rows(self, name: str, rows: list[str], at: str, raw: str = "") -> bool:
        """Put an address as its rows."""
        return self.text(name, ", ".join(t for t in map(tidy, rows) if t), at, raw)

    def append(self, name: str, value: str, at: str, raw: str = "", between: str = " ") -> None:
        """Put a text, or add it behind what is there."""
        before = self.fields.get(name)
        value = tidy(value)
        if before is None:
            self.text(name, value, at, raw)
        elif value and value not in before.value and len(before.value) < 20_000:
            self.fields[name] = Candidate(
                before.value + between + value, before.confidence, before.evidence, SOURCE
            )

    def price(self, value: str, at: str, raw: str, basis: Decimal, basis_text: str) -> None:
        """Put the price as printed, where `value` buys `basis` units, and the basis when it is not one."""
        if not self.number("unit_price", value, at, raw) or basis == 1:
            return
        given = self.fields["unit_price"]
        self.fields["price_basis"] = self._candidate(plain(basis), at, given.evidence.text)
        one = figures.shared(given.value, basis)
        self.findings.add(
            "edi-price-basis", _where(at), price=given.value, basis=basis_text, unit_price=one
        )

    def schedule(
        self, quantity: str, uom: str, day: str, ship_to: str, at: str, raw: str = ""
    ) -> None:
        """Note one delivery of the line."""
        evidence = Evidence(part=self.part, at=at, text=raw[:300])
        figure = figures.number(quantity) or ""
        self.schedules.append(Schedule(figure, uom, day, tidy(ship_to), evidence))

    def gtin(self, value: str, at: str, raw: str) -> None:
        """Put a global article number, saying so when it cannot be one."""
        if not self.text("gtin", value, at, raw):
            return
        code = self.value("gtin")
        if figures.isbn10_is_valid(code):
            self.findings.add("edi-isbn", _where(at), value=code)
        elif not figures.gtin_is_valid(code):
            self.findings.add("edi-gtin-check-digit", _where(at), value=code)

    def _candidate(self, value: str, at: str, raw: str, confidence: float = SURE) -> Candidate:
        return Candidate(value, confidence, Evidence(part=self.part, at=at, text=raw[:300]), SOURCE)


class OrderBuilder:
    """A header row and line rows, closed with the checks that hold for every format."""

    def __init__(self, part: int, findings: Findings) -> None:
        self.part = part
        self.findings = findings
        self.head = Row(part, findings)
        self.lines: list[Row] = []
        self.quoted: dict[str, str] = {}

    def quote(self, name: str, number: str) -> None:
        """A number that an answer repeats and no field keeps: "change_number", "release"."""
        if number:
            self.quoted[name] = number

    def line(self, place: str) -> Row:
        self.lines.append(Row(self.part, self.findings, place))
        return self.lines[-1]

    def window(self, first: str, last: str, at: str) -> None:
        """A delivery window: one day is the requested date, several are none."""
        if first == last:
            self.head.day("requested_date", first, first, at)
        else:
            self.findings.add("edi-delivery-window", _where(at), first=first, last=last)

    def close(self, place: str, number_at: str) -> ReadOrder:
        if not self.head.has("po_number"):
            self.findings.add("edi-po-number-missing", place, where=number_at)
        self.quote("number", self.head.value("po_number") if self.head.has("po_number") else "")
        if not self.lines:
            self.findings.add("edi-no-lines", place)
        if not self.head.has("currency"):
            self.findings.add("edi-currency-missing", place)
        for line in self.lines:
            _check_line(line)
        _check_same_item(self.lines, self.findings, place)
        return ReadOrder(
            self.head.fields,
            tuple(line.fields for line in self.lines),
            schedules={
                n: tuple(line.schedules)
                for n, line in enumerate(self.lines)
                if len(line.schedules) > 1
            },
        )


def _check_line(line: Row) -> None:
    if not line.has("quantity"):
        line.findings.add("edi-quantity-missing", line.place)
        return
    if not (line.has("unit_price") and line.has("amount")):
        return
    basis = Decimal(line.value("price_basis") or 1)
    computed = Decimal(line.value("quantity")) * Decimal(line.value("unit_price")) / basis
    stated = Decimal(line.value("amount"))
    if abs(computed - stated) > Decimal("0.01") + abs(stated) / 1000:
        line.findings.add(
            "edi-amount-mismatch",
            line.place,
            computed=f"{computed:.6f}".rstrip("0").rstrip("."),
            stated=f"{stated:f}",
        )


def _check_same_item(lines: list[Row], findings: Findings, place: str) -> None:
    prices: dict[str, list[str]] = {}
    for line in lines:
        item = line.value("supplier_sku") or line.value("buyer_sku") or line.value("gtin")
        if item:
            prices.setdefault(item, []).append(line.value("unit_price"))
    for item, found in prices.items():
        if len(set(found)) > 1:
            findings.add("edi-same-item", place, count=len(found), value=item)
