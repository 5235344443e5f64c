"""XML bytes -> every order in it as a ReadMessage, by the path map of its format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from lxml import etree

from core.errors import Unreadable
from core.inbound.envelopes import Fault
from core.inbound.values import Finding
from extraction.edi import figures
from extraction.edi.findings import Findings
from extraction.edi.order import OrderBuilder, Row
from extraction.edi.peppol import broken, is_peppol
from extraction.edi.peppol.rule import FATAL
from extraction.edi.values import Ledger, ReadMessage
from extraction.edi.xml import paths
from extraction.edi.xml.envelope import TEST_MARKS, interchange_of
from extraction.edi.xml.families import Family, family_of, payload_of
from extraction.edi.xml.maps import Field, OrderMap, Party, Window
from extraction.edi.xml.parse import MAX_BYTES, is_cut, parse

MAX_LINES = 100_000
CHANGE = "change"
_SHIP_TO = ("ship_to", "ship_to_name", "ship_to_id")


def messages(
    blocks: Iterable[bytes], part: int, findings: Findings, ledger: Ledger
) -> Iterator[ReadMessage]:
    """Each order of the file. Raises Unreadable("xml-too-large" | "xml-broken")."""
    content = _whole(blocks)
    whole = parse(content, findings)
    root = payload_of(whole)
    family = family_of(root)
    form = family.format if family else "xml/unknown"
    ledger.open_interchange(interchange_of(whole, root, form, content))
    if ledger.interchanges[-1].test:
        findings.add("edi-test", mark=TEST_MARKS.get(form.partition("/")[0], "test"))
    read = list(read_root(root, family, part, findings))
    faults: tuple[Fault, ...] = ()
    if is_cut(content, whole):
        findings.add("xml-cut")
        faults = (Fault("interchange", "", "", "edi-cut"),)
    ledger.close_interchange(counted=len(read), faults=faults)
    yield from read


def read_root(
    root: etree._Element, family: Family | None, part: int, findings: Findings
) -> Iterator[ReadMessage]:
    """Each order below a parsed root."""
    if family is None:
        yield ReadMessage("xml/unknown", "other")
    elif family.map is None:
        yield ReadMessage(family.format, family.lane, place=paths.place(root))
    else:
        faults = tuple(_held_to_peppol(root, findings)) if is_peppol(root) else ()
        for element in paths.elements(root, family.map.order) or [root]:
            found = _message(element, family, family.map, part, findings)
            yield replace(found, faults=(*faults, *found.faults))


def _held_to_peppol(root: etree._Element, findings: Findings) -> Iterator[Fault]:
    """What the sender's own rules say against the message; it is read all the same, unless a profile refuses it."""
    for found in broken(root):
        rule, place = found.rule, paths.place(found.element)
        more = f" ({found.count} times)" if found.count > 1 else ""
        severity = "warning" if rule.severity == FATAL else "info"
        findings.put(Finding(rule.id, severity, f"{rule.sentence.removesuffix('.')}{more}.", place))
        if rule.severity == FATAL:
            yield Fault("message", "Peppol", rule.id, rule.id, value=place)


def _whole(blocks: Iterable[bytes]) -> bytes:
    whole = bytearray()
    for block in blocks:
        whole += block
        if len(whole) > MAX_BYTES:
            raise Unreadable("xml-too-large", "The XML file is larger than can be read.")
    return bytes(whole)


def _message(
    element: etree._Element, family: Family, by: OrderMap, part: int, findings: Findings
) -> ReadMessage:
    place = paths.place(element)
    kind = paths.text(element, *by.kinds)
    if kind in by.answers:
        return ReadMessage(f"{family.format}Response", "other", kind, place=place)
    order = OrderBuilder(part, findings)
    for line in paths.elements(element, by.lines)[:MAX_LINES]:
        _line(order.line(paths.place(line)), line, by)
    if CHANGE in (family.lane, (by.purposes or {}).get(kind, ("",))[0]):
        _of_change(order, by, element)
    for field in by.header:
        _put(order.head, field, element)
    for party in by.parties:
        _party(order.head, party, element, by)
    if by.line_place and not any(order.head.has(f) for f in _SHIP_TO):
        _place_of_lines(order.head, by.line_place, element, by)
    if by.requested:
        _requested(order.head, by.requested, element)
    if by.extra:
        by.extra(order, element)
    lane = _lane(family.lane, order, by, kind, place)
    purpose = order.head.value("purpose")
    read = order.close(place, by.number_at)
    unnumbered = Fault("message", "", "", "edi-po-number-missing", value=by.number_at)
    faults = () if order.head.has("po_number") else (unnumbered,)
    return ReadMessage(
        family.format, lane, purpose, "", 0, place, read, faults=faults, quoted=order.quoted
    )


def _of_change(order: OrderBuilder, by: OrderMap, element: etree._Element) -> None:
    """The order that is changed, where the document's own number is that of the change."""
    order.quote("change_number", paths.text(element, *by.change_number))
    changed = paths.first(element, *by.changed)
    if changed:
        order.head.text("po_number", changed.text, changed.at)


def _line(row: Row, element: etree._Element, by: OrderMap) -> None:
    for field in by.line:
        _put(row, field, element)
    found = paths.first(element, *by.price.amount)
    if found:
        basis = figures.number(paths.text(element, *by.price.basis)) or "1"
        unit = paths.text(element, *by.price.unit)
        factor = Decimal(basis) if Decimal(basis) > 0 else Decimal(1)
        row.price(found.text, found.at, found.text, factor, f"{basis} {unit}".strip())
        if unit and row.has("uom") and unit != row.value("uom"):
            row.findings.add("edi-price-basis-unit", row.place, basis=unit, unit=row.value("uom"))
    if by.line_requested:
        _requested(row, by.line_requested, element)
    if by.line_extra:
        by.line_extra(row, element)


def _put(row: Row, field: Field, element: etree._Element) -> None:
    if field.kind == "append":
        for path in field.paths:
            for each in paths.every(element, path):
                row.append(field.name, each.text, each.at, each.text, between="\n")
        return
    found = paths.first(element, *field.paths)
    if found is None:
        return
    if field.kind == "number":
        row.number(field.name, found.text, found.at)
    elif field.kind == "day":
        row.day(field.name, figures.iso_day(found.text), found.text, found.at)
    elif field.name == "gtin":
        row.gtin(found.text, found.at, found.text)
    else:
        row.text(field.name, found.text, found.at)


def _party(row: Row, party: Party, element: etree._Element, by: OrderMap) -> None:
    name = paths.first(element, *party.name)
    if name and party.role != "bill_to":
        row.text(f"{party.role}_name", name.text, name.at)
    singles = (("id", party.id), ("contact", party.contact), ("email", party.email))
    for suffix, where in singles:
        single = paths.first(element, *where)
        if single and party.role != "bill_to":
            row.text(f"{party.role}_{suffix}", single.text, single.at)
    if party.role == "buyer":
        return
    base = next((e for path in party.address for e in paths.elements(element, path)), None)
    rows = [name.text] if name else []
    if base is not None:
        rows += _rows(base, by.address_rows)
    at = paths.place(base) if base is not None else (name.at if name else "")
    unique = list(dict.fromkeys(rows))
    row.rows(party.role, unique, at, "\n".join(unique))


def _place_of_lines(row: Row, party: Party, element: etree._Element, by: OrderMap) -> None:
    lines = paths.elements(element, by.lines)[:MAX_LINES]
    ways = (*party.id, *party.name, *party.address)
    told = {tuple(paths.text(line, way) for way in ways) for line in lines}
    if len(told) == 1 and any(next(iter(told))):
        _party(row, party, lines[0], by)


def _rows(base: etree._Element, specs: tuple[str, ...]) -> list[str]:
    rows = []
    for spec in specs:
        if " " in spec:
            rows.append(" ".join(t for t in (paths.text(base, p) for p in spec.split()) if t))
        else:
            rows += [f.text for f in paths.every(base, spec)]
    return [r for r in rows if r]


def _requested(row: Row, window: Window, element: etree._Element) -> None:
    first = paths.first(element, *window.first)
    last = paths.first(element, *window.last)
    found = first or last
    if found is None or row.has("requested_date"):
        return
    days = [figures.iso_day(f.text) for f in (first, last) if f]
    if len(set(days)) == 2 and all(days):
        row.findings.add("edi-delivery-window", found.at, first=days[0], last=days[1])
    else:
        row.day("requested_date", figures.iso_day(found.text), found.text, found.at)


def _lane(lane: str, order: OrderBuilder, by: OrderMap, kind: str, place: str) -> str:
    """Purpose and kind codes decide between a new order, a change and a cancellation."""
    for code in (order.head.value("purpose"), kind):
        meant, words = (by.purposes or {}).get(code.lower(), (lane, ""))
        if words and code not in by.silent:
            order.findings.add("edi-purpose", place, meaning=words, code=code)
        if meant != lane and meant != "order":
            return meant
    return lane
