"""Rows under an order line that name what they hold: "Delivery date: ...", "Your item no. A-1 / our 4711"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from core.inbound.reading import Candidate
from extraction.code_labels import CodeLabel, code_label, plain_code_label
from extraction.codes import looks_like_code, owner_of
from extraction.document import Document
from extraction.fields import dates
from extraction.lines.cells import BASE, Cell, Line
from extraction.page.segments import Segment, evidence_of
from extraction.tables.values import Record
from extraction.vocabulary import matches

_SUB_LABEL = re.compile(
    r"^\W*(?P<label>[^\W\d_][\w .'/-]{0,28}?)\s*(?P<mark>[:#=]+)\s*(?P<value>\S.*)?$"
)


_SUB_GROUPS = frozenset({"columns", "labels", "decoys", "parties"})


def put_labelled(line: Line, cells: dict[str, Cell], record: Record, document: Document) -> None:
    """Rows under a line that say "label: value": values of the line, or remarks that are no description."""
    for role in ("description", "sku", "buyer_sku", "supplier_sku", "decoy"):
        cell = cells.get(role)
        if cell:
            kept = tuple(_unlabelled(line, cell, cells.keys(), document))
            cells[role] = Cell(role, cell.part, kept)
    strays = (
        s
        for c in cells.values()
        for at, s in enumerate(c.segments)
        if at or c.role in ("quantity", "uom", "unit_price", "amount")
    )
    for segment in (*record.notes, *strays):
        _labelled(line, segment, document.canvas.part, document)
    if "requested_date" not in line and "requested_date" not in cells:
        _put_split_date(line, record, document)


def _unlabelled(
    line: Line, cell: Cell, roles: Collection[str], document: Document
) -> Iterator[Segment]:
    """The rows of a cell that are no remarks: its first row, and what follows up to the first labelled row but one
    that only names a number."""
    ended = False
    awaited = ""
    for at, segment in enumerate(cell.segments):
        if not at:
            yield segment
            continue
        if awaited and _CODE_ALONE.fullmatch(segment.text):
            line.setdefault(awaited, Cell(awaited, cell.part, (segment,)).candidate(segment.text))
            awaited = ""
            continue
        label = code_label(segment.text) or _unowned(line, roles, segment, document)
        awaited = ""
        if label and not segment.text[label.end :].strip(" .:#=-"):
            awaited = label.role
        elif label and _put_code(line, label, segment, cell.part):
            _put_named_codes(line, segment, cell.part)
        elif _labelled(line, segment, cell.part, document):
            ended = True
        elif not ended:
            yield segment


_OWN_CODES = frozenset({"sku", "buyer_sku", "supplier_sku"})


def _unowned(
    line: Line, roles: Collection[str], segment: Segment, document: Document
) -> CodeLabel | None:
    """ "P/N: A-4711" where no column and no other row has a part number: its label with the owner it is taken for."""
    end = plain_code_label(segment.text)
    value = segment.text[end:].strip(" .:#=-") if end else ""
    if not value or " " in value or not looks_like_code(value) or not re.search(r"\d{2}", value):
        return None
    if _OWN_CODES & (line.keys() | set(roles)):
        return None
    return CodeLabel(owner_of(value, document), end)


_CODE_ALONE = re.compile(r"(?=.*\d)[\w./-]+(?: [\w./-]+){0,2}|[A-Z]{2,}(?:-[A-Z]+)+")


def _put_code(line: Line, label: CodeLabel, segment: Segment, part: int) -> bool:
    """The part number behind its label; False when nothing like one stands there."""
    rest = segment.text[label.end :]
    start = label.end + len(rest) - len(rest.lstrip(" .:#=-"))
    value = re.split(r"[,;(]|\s/\s|\s[-–]\s", segment.text[start:], maxsplit=1)[0].strip()
    if not _CODE_ALONE.fullmatch(value):
        first = re.match(r"(?=[\w./-]*\d)[\w./-]+", value)
        value = first[0] if first else ""
    place = segment.cut(start, start + len(value)) if value else None
    if place is None:
        return False
    line.setdefault(label.role, Cell(label.role, part, (place,)).candidate(value.rstrip("."), 0.88))
    return True


def _put_split_date(line: Line, record: Record, document: Document) -> None:
    """ "Required Date:" in one column and its day in the next, as narrow tables print it."""
    rows: dict[float, list[Segment]] = {}
    for segments in record.cells.values():
        for segment in segments[1:]:
            rows.setdefault(round(segment.box.top), []).append(segment)
    for found in rows.values():
        ordered = sorted(found, key=lambda s: s.box.x0)
        text = " ".join(s.text for s in ordered)
        for match in matches(text, frozenset({"labels"})):
            day = (
                dates.find(text[match.end :]) if match.meanings[0].name == "requested_date" else []
            )
            if day and day[0].start < 6:
                value = dates.choose(day[0], document.day_style).isoformat()
                words = [w for s in ordered for w in s.words]
                line["requested_date"] = Candidate(
                    value, BASE, evidence_of(document.canvas.part, words), "table"
                )
                return


def _labelled(line: Line, segment: Segment, part: int, document: Document) -> bool:
    """Whether a row is a labelled remark; its value goes into the line when a field is meant."""
    text = segment.text
    found = _SUB_LABEL.match(text)
    measured = found and found["mark"] == "=" and len(found["label"]) < 4  # "t=8"
    pounds = found and found["mark"] == "#" and found["label"][-1].isdigit()  # "3500# axle"
    if measured or pounds:
        found = None  # a measure of the goods
    opening = [m for m in matches(text, _SUB_GROUPS) if m.start <= 2]
    if _put_named_codes(line, segment, part):
        return True
    names = {m.name for m in opening[0].meanings} if opening else set()
    rest = text[opening[0].end :].strip(" :#.=-") if opening else ""
    days = dates.find(rest, document.near) if "requested_date" in names else []
    if not found and days and days[0].start < 4 and len(text) < 60:
        day = dates.choose(days[0], document.day_style).isoformat()
        line.setdefault("requested_date", Cell("", part, (segment,)).candidate(day, 0.8))
        return True
    if not opening and not line.keys() & {"requested_date"}:
        dated = _UNKNOWN_DAY.fullmatch(text)
        days = dates.find(dated["day"], document.near) if dated else []
        if dated and days and days[0].start == 0 and days[0].end == len(dated["day"]):
            day = dates.choose(days[0], document.day_style).isoformat()
            line["requested_date"] = Cell("", part, (segment,)).candidate(day, 0.7)
            return True
    if not found and not (
        names & {"decoy"} and rest and re.match(r"\S*\d", rest) and len(text) < 60
    ):
        return False
    value = (found["value"] or "").strip() if found else rest
    if (
        found
        and opening
        and opening[0].end < found.end("label")
        and opening[0].end < found.start("mark") - 3
    ):
        names = set()
    cell = Cell("", part, (segment,))
    if "requested_date" in names and (days := dates.find(value, document.near)):
        line.setdefault(
            "requested_date",
            cell.candidate(dates.choose(days[0], document.day_style).isoformat(), 0.85),
        )
        return True
    for role in ("buyer_sku", "supplier_sku", "manufacturer_sku", "gtin"):
        code = value.split(" ")[0].strip(",;")
        if role in names and code and re.search(r"\d", code):
            line.setdefault(role, cell.candidate(code, 0.85))
            return True
    if names & {"description"}:
        return False
    return bool(found and (re.search(r"\d", value) or not value or opening)) or not found


_UNKNOWN_DAY = re.compile(r"[^\W\d_]{3,}(?: [^\W\d_]+){0,2}\s*[:.]?\s+(?P<day>\S*\d.*)")
""" "Plazo: 07/09/2026", "Uiterlijk 28 februari 2023": words that no list knows, and nothing but a day behind them."""

_NAMED = re.compile(
    r"\b(?:(?P<ours>unsere?|our|notre|nos|nuestr[ao]|nostro|ns|ons|onze|customer|kunden|client|cliente)|(?P<yours>ihre?|your|votre|vos|su|vostro|vs|uw|vendor|supplier|lieferanten\w*|fournisseur|proveedor|fornitore|leverancier)|(?P<maker>mfg|mfr|manufacturer|hersteller|fabricant|fabricante|mpn))"
    r"\.?\s*(?:(?:art|artikel|item|part|material|mat|ref|réf|référence|referencia|reference|code|cod|codice|código|product|prod|stock|catalog|cat|sku|p/?n|teile|sach|artikelnummer|materialnummer|artikelnr|item)[\w-]*\.?\s*-?\s*){0,2}(?:nr|no|num|number|nummer|n°|nº|#)?\s*[.:#]*\s*(?P<code>(?=[\w./-]*\d)[A-Za-z0-9][\w./-]+)",
    re.IGNORECASE,
)

_BARE_CODE = re.compile(r"\W*(?P<code>(?=[\w./-]*\d{3})[A-Z0-9][\w./-]{3,})\s+")


def _put_named_codes(line: Line, segment: Segment, part: int) -> bool:
    """ "Your item no. A-1 / our 4711": part numbers whose owner is named; False when none opens the row."""
    found = list(_NAMED.finditer(segment.text))
    bare = _BARE_CODE.match(segment.text)
    if not found or found[0].start() > max(3, bare.end() if bare else 0):
        return False
    for match in found:
        role = (
            "buyer_sku"
            if match["ours"]
            else "supplier_sku"
            if match["yours"]
            else "manufacturer_sku"
        )
        place = segment.cut(match.start("code"), match.end("code"))
        if place:
            line.setdefault(
                role, Cell(role, part, (place,)).candidate(match["code"].rstrip("."), 0.88)
            )
    place = segment.cut(*bare.span("code")) if bare else None
    if bare and place and "buyer_sku" not in line:
        line["buyer_sku"] = Cell("buyer_sku", part, (place,)).candidate(bare["code"], 0.8)
    return True
