"""What extraction hands over: candidates for order fields, each with evidence and confidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.inbound.envelopes import Envelopes
from core.inbound.values import Finding
from core.values import Box

LANES = (
    "order",
    "change",
    "cancellation",
    "quote_request",
    "status_question",
    "return_request",
    "automatic",
    "other",
)

HEADER_FIELDS = (
    "po_number",
    "order_date",
    "currency",
    "buyer_name",
    "buyer_contact",
    "buyer_email",
    "buyer_id",
    "ship_to",
    "ship_to_name",
    "ship_to_id",
    "bill_to",
    "requested_date",
    "payment_terms",
    "incoterms",
    "ship_via",
    "subtotal",
    "tax",
    "freight",
    "total",
    "purpose",
    "notes",
    "quote_number",
    "contract_number",
    "discount",
)

LINE_FIELDS = (
    "line_no",
    "buyer_sku",
    "supplier_sku",
    "gtin",
    "manufacturer_sku",
    "description",
    "quantity",
    "uom",
    "unit_price",
    "price_basis",
    "amount",
    "requested_date",
    "revision",
    "configuration",
)
"""price_basis: how many units the unit_price as printed buys, when an electronic order says so; else it is for one."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value was read: part number, page from 1 with box, or span in the part's text, or an EDI/XML place."""

    part: int = 0
    page: int = 0
    box: Box | None = None
    span: tuple[int, int] | None = None
    at: str = ""
    text: str = ""

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"part": self.part}
        if self.page:
            found["page"] = self.page
        if self.box:
            found["box"] = [
                round(v, 2) for v in (self.box.x0, self.box.top, self.box.x1, self.box.bottom)
            ]
        if self.span:
            found["span"] = list(self.span)
        if self.at:
            found["at"] = self.at
        if self.text:
            found["text"] = self.text
        return found

    @staticmethod
    def of_json(found: dict[str, Any]) -> Evidence:
        box, span = found.get("box"), found.get("span")
        return Evidence(
            part=int(found.get("part", 0)),
            page=int(found.get("page", 0)),
            box=Box(*map(float, box)) if box else None,
            span=(int(span[0]), int(span[1])) if span else None,
            at=str(found.get("at", "")),
            text=str(found.get("text", "")),
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible value of one field.

    value: normalised text (plain decimal, ISO day, code or address rows joined with ", ").
    confidence: 0.0 to 1.0. source: which reader found it ("table", "label", "ner", "edi", "sender", ...).
    alternatives: what lost against it, best first. seconded: other readers that found the same value.
    """

    value: str
    confidence: float
    evidence: Evidence = Evidence()
    source: str = ""
    alternatives: tuple[Candidate, ...] = ()
    seconded: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "value": self.value,
            "confidence": round(self.confidence, 4),
            "evidence": self.evidence.as_json(),
        }
        if self.source:
            found["source"] = self.source
        if self.alternatives:
            found["alternatives"] = [c.as_json() for c in self.alternatives]
        if self.seconded:
            found["seconded"] = list(self.seconded)
        return found

    @staticmethod
    def of_json(found: dict[str, Any]) -> Candidate:
        return Candidate(
            value=str(found["value"]),
            confidence=float(found.get("confidence", 0)),
            evidence=Evidence.of_json(found.get("evidence", {})),
            source=str(found.get("source", "")),
            alternatives=tuple(Candidate.of_json(c) for c in found.get("alternatives", ())),
            seconded=tuple(str(name) for name in found.get("seconded", ())),
        )


@dataclass(frozen=True, slots=True)
class EarlierChange:
    """What differs from the earlier order: "20 instead of 10", "without the brackets".

    action: "set" (this quantity) or "drop". goods: words or a code that name the line, "" when none do.
    line_no: its number, when told. quantity, was: plain decimals; uom as printed; "" when not told. text: the words.
    """

    action: str
    goods: str = ""
    line_no: str = ""
    quantity: str = ""
    was: str = ""
    uom: str = ""
    text: str = ""

    def as_json(self) -> dict[str, str]:
        return {name: value for name in _CHANGE_NAMES if (value := str(getattr(self, name)))}

    @staticmethod
    def of_json(found: dict[str, Any]) -> EarlierChange:
        return EarlierChange(**{name: str(found.get(name, "")) for name in _CHANGE_NAMES})


_CHANGE_NAMES = ("action", "goods", "line_no", "quantity", "was", "uom", "text")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An order told by another: "same again", "the usual", "repeat PO 4711", "as on 3 March".

    kind: "last", "usual", "number" or "date"; number as written; day: ISO; times: plain decimal ("2" for twice).
    unclear: what stands behind "but" and was not understood.
    """

    kind: str
    number: str = ""
    day: str = ""
    times: str = "1"
    changes: tuple[EarlierChange, ...] = ()
    unclear: str = ""
    evidence: Evidence = Evidence()

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "number": self.number,
            "day": self.day,
            "times": self.times,
            "changes": [change.as_json() for change in self.changes],
            "unclear": self.unclear,
            "evidence": self.evidence.as_json(),
        }

    @staticmethod
    def of_json(found: dict[str, Any]) -> Earlier:
        return Earlier(
            kind=str(found["kind"]),
            number=str(found.get("number", "")),
            day=str(found.get("day", "")),
            times=str(found.get("times", "1")),
            changes=tuple(EarlierChange.of_json(c) for c in found.get("changes", ())),
            unclear=str(found.get("unclear", "")),
            evidence=Evidence.of_json(found.get("evidence", {})),
        )


@dataclass(frozen=True, slots=True)
class Schedule:
    """One delivery that a line asks for: quantity as a plain decimal, ISO day, ship-to as an id or a name; "" when not told."""

    quantity: str = ""
    uom: str = ""
    requested_date: str = ""
    ship_to: str = ""
    evidence: Evidence = Evidence()

    def as_json(self) -> dict[str, Any]:
        told = {name: value for name in _SCHEDULE_NAMES if (value := str(getattr(self, name)))}
        return {**told, "evidence": self.evidence.as_json()}

    @staticmethod
    def of_json(found: dict[str, Any]) -> Schedule:
        told = {name: str(found.get(name, "")) for name in _SCHEDULE_NAMES}
        return Schedule(**told, evidence=Evidence.of_json(found.get("evidence", {})))


_SCHEDULE_NAMES = ("quantity", "uom", "requested_date", "ship_to")


@dataclass(frozen=True, slots=True)
class ReadOrder:
    """One order found in a message: `fields` by HEADER_FIELDS name, `lines` by LINE_FIELDS name; absent is absent.

    earlier: the order that this one repeats; `lines` are then what comes on top of it.
    schedules: place of a line in `lines` -> the deliveries it is split into, when it asks for more than one.
    """

    fields: dict[str, Candidate] = field(default_factory=dict)
    lines: tuple[dict[str, Candidate], ...] = ()
    earlier: Earlier | None = None
    schedules: dict[int, tuple[Schedule, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page as it is shown, in reading order: (x0, top, x1, bottom, text), places in points."""

    part: int
    page: int
    words: tuple[tuple[float, float, float, float, str], ...]

    def as_json(self) -> dict[str, Any]:
        return {"part": self.part, "page": self.page, "words": [list(w) for w in self.words]}

    @staticmethod
    def of_json(found: dict[str, Any]) -> PageWords:
        return PageWords(
            int(found["part"]),
            int(found["page"]),
            tuple(
                (float(x0), float(top), float(x1), float(bottom), str(text))
                for x0, top, x1, bottom, text in found["words"]
            ),
        )


@dataclass(frozen=True, slots=True)
class Extraction:
    """The machine's reading of one message.

    lane: one of LANES with `lane_confidence` and the reasons in words.
    format: media type or "x12/850", "edifact/ORDERS" ... of the part that carried the order.
    pages: for parts that have pages: (part number, page count, ((width, height) in points, ...)).
    words: of those pages, for a person to pick from; no part of the reading's JSON.
    texts: for parts that carry no text themselves and have no pages: (part number, what a person may look through).
    envelopes: the tree of its electronic parts; `order` of a message is its place in `orders`.
    """

    lane: str
    lane_confidence: float = 0.0
    lane_reasons: tuple[str, ...] = ()
    language: str = ""
    format: str = ""
    orders: tuple[ReadOrder, ...] = ()
    findings: tuple[Finding, ...] = ()
    pages: tuple[tuple[int, tuple[tuple[float, float], ...]], ...] = ()
    words: tuple[PageWords, ...] = ()
    texts: tuple[tuple[int, str], ...] = ()
    envelopes: Envelopes = Envelopes()  # noqa: RUF009 - frozen

    def as_json(self) -> dict[str, Any]:
        """The reading format that `orderclerk extract --json` prints."""
        return {
            "lane": self.lane,
            "lane_confidence": round(self.lane_confidence, 4),
            "lane_reasons": list(self.lane_reasons),
            "language": self.language,
            "format": self.format,
            "orders": [
                {
                    "fields": {k: c.as_json() for k, c in o.fields.items()},
                    "lines": [{k: c.as_json() for k, c in line.items()} for line in o.lines],
                    **({"earlier": o.earlier.as_json()} if o.earlier else {}),
                    **({"schedules": _schedules_json(o)} if o.schedules else {}),
                }
                for o in self.orders
            ],
            "findings": [
                {"code": f.code, "severity": f.severity, "place": f.place, "text": f.text}
                for f in self.findings
            ],
            "pages": [[part, [list(size) for size in sizes]] for part, sizes in self.pages],
            "texts": [list(text) for text in self.texts],
            **({"envelopes": self.envelopes.as_json()} if self.envelopes.interchanges else {}),
        }

    @staticmethod
    def of_json(found: dict[str, Any]) -> Extraction:
        return Extraction(
            lane=str(found["lane"]),
            lane_confidence=float(found.get("lane_confidence", 0)),
            lane_reasons=tuple(found.get("lane_reasons", ())),
            language=str(found.get("language", "")),
            format=str(found.get("format", "")),
            orders=tuple(
                ReadOrder(
                    fields={k: Candidate.of_json(c) for k, c in o["fields"].items()},
                    lines=tuple(
                        {k: Candidate.of_json(c) for k, c in line.items()} for line in o["lines"]
                    ),
                    earlier=Earlier.of_json(o["earlier"]) if o.get("earlier") else None,
                    schedules={
                        int(line): tuple(Schedule.of_json(one) for one in found)
                        for line, found in o.get("schedules", {}).items()
                    },
                )
                for o in found.get("orders", ())
            ),
            findings=tuple(
                Finding(f["code"], f["severity"], f["text"], f.get("place", ""))
                for f in found.get("findings", ())
            ),
            pages=tuple(
                (int(part), tuple((float(w), float(h)) for w, h in sizes))
                for part, sizes in found.get("pages", ())
            ),
            texts=tuple((int(part), str(text)) for part, text in found.get("texts", ())),
            envelopes=Envelopes.of_json(found.get("envelopes", {})),
        )


def _schedules_json(order: ReadOrder) -> dict[str, list[dict[str, Any]]]:
    return {str(line): [one.as_json() for one in found] for line, found in order.schedules.items()}
