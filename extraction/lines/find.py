"""Records of a table into order lines: the texts of the cells become values of line fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from extraction.code_labels import code_label
from extraction.codes import code_in, code_text, looks_like_code, owner_of
from extraction.document import Document
from extraction.fields import dates, numbers
from extraction.fields.currencies import CURRENCIES
from extraction.fields.units import is_unit
from extraction.lines import goods_codes
from extraction.lines.cells import Cell, Line, quantity_parts
from extraction.lines.prices import put_amount, put_net, put_price, settle_price
from extraction.lines.sublabels import put_labelled
from extraction.page.segments import Segment
from extraction.roles.find import roles_of
from extraction.shapes import flat, matrix
from extraction.tables.values import Record, Table
from extraction.weighing.clues import Clue


def lines_of(
    table: Table, document: Document, amend: Callable[[Record, Line], Line] | None = None
) -> tuple[list[Line], list[Clue]]:
    """Order lines of a table, in order, and clues from columns that repeat a header field on every line.

    amend: what is known better about the line of a record.
    """
    roles = roles_of(table, document)
    place = goods_codes.place_of(table.records, roles)
    lines = [_line(record, roles, document, place) for record in table.records]
    _put_second_codes(table, lines, document)
    if amend is not None:
        lines = [amend(r, line) for r, line in zip(table.records, lines, strict=True)]
    spread = matrix.spread_of(table, document)
    if spread is not None:
        lines = matrix.lines(table, lines, spread, roles, document)
    lines = _ordered([line for line in lines if _is_line(line)])
    lines = flat.lifted(table, roles, lines, document)
    return lines, list(flat.clues(table, roles, document))


_CODE_ALONE = re.compile(r"(?=.*\d)[\w./-]+(?: [\w./-]+){0,2}|[A-Z]+(?:-[A-Z]+)+")


def _put_second_codes(table: Table, lines: list[Line], document: Document) -> None:
    """Under "Material / Your material" a second number below the first is the one that the head names second."""
    for i, column in enumerate(table.columns):
        _, _, second = column.title.partition("/")
        named = code_label(second.strip()) if second.strip() else None
        if named is None or named.role == column.role:
            continue
        for record, line in zip(table.records, lines, strict=True):
            below = record.cells.get(i, ())[1:2]
            if below and _CODE_ALONE.fullmatch(below[0].text):
                cell = Cell(named.role, document.canvas.part, tuple(below))
                line.setdefault(named.role, cell.candidate(below[0].text, 0.88))


def _ordered(lines: list[Line]) -> list[Line]:
    """Lines that count something, where others do: an order form or price list leaves the rest empty or at zero."""
    counted = [line for line in lines if "quantity" in line and Decimal(line["quantity"].value)]
    if not counted:
        return lines
    return [line for line in lines if line in counted or not _is_offered(line)]


def _is_offered(line: Line) -> bool:
    """Whether a line has a price but neither a quantity nor an amount to pay."""
    amount = Decimal(line["amount"].value) if "amount" in line else Decimal(0)
    zero = "quantity" in line and not Decimal(line["quantity"].value)
    return not amount and (zero or ("quantity" not in line and "unit_price" in line))


def _is_line(line: Line) -> bool:
    has_goods = bool(
        {"description", "buyer_sku", "supplier_sku", "gtin", "manufacturer_sku"} & line.keys()
    )
    return has_goods and bool({"quantity", "amount", "unit_price"} & line.keys())


def _line(
    record: Record, roles: list[str], document: Document, place: goods_codes.Place | None = None
) -> Line:
    cells: dict[str, Cell] = {}
    part = document.canvas.part
    for i, segments in sorted(record.cells.items()):
        role = roles[i]
        if role in cells and role not in ("description", "sku"):
            continue
        before = cells[role].segments if role in cells and role == "description" else ()
        if role == "sku" and role in cells:
            role = "sku2"
        cells[role] = Cell(role, part, (*before, *segments))
    line: Line = {}
    put_labelled(line, cells, record, document)
    _put_line_no(line, cells)
    _put_quantity(line, cells, document)
    put_price(line, cells, document)
    put_net(line, cells, document)
    put_amount(line, cells, document)
    _put_date(line, cells, document)
    if place is not None and not _CODES & line.keys():
        _part_goods(cells, place)
    _put_codes(line, cells, document)
    _put_description(line, cells, document)
    settle_price(line, cells, document)
    return line


_CODES = {"buyer_sku", "supplier_sku"}


def _part_goods(cells: dict[str, Cell], place: goods_codes.Place) -> None:
    """The part number taken out of the goods, where every line of the table has one at the same place."""
    parted = place.parted(cells["description"]) if "description" in cells else None
    if parted is not None:
        cells["sku"], cells["description"] = parted


def _put_line_no(line: Line, cells: dict[str, Cell]) -> None:
    cell = cells.get("line_no")
    if cell:
        found = re.match(r"#?(\d{1,5}(\.\d{1,3})?)[.):]?(\s|$)", cell.text)
        if found:
            line["line_no"] = cell.candidate(found[1])
            rest = cell.text[found.end() :].strip()
            if (
                rest
                and "sku" not in cells
                and looks_like_code(rest.split(" ")[0])
                and len(rest.split()) <= 2
            ):
                words = cell.words[1:]
                cells["sku"] = Cell("sku", cell.part, (Segment(cell.part, tuple(words)),))


def _put_quantity(line: Line, cells: dict[str, Cell], document: Document) -> None:
    cell = cells.get("quantity")
    if cell:
        for segment in _level_first(cell, cells):
            value, _, rest = quantity_parts(segment.text, document)
            if value is not None and "quantity" not in line:
                one = Cell("quantity", cell.part, (segment,))
                line["quantity"] = one.candidate(numbers.printed(value))
                unit = re.sub(r"[()]", "", rest).strip(" .,/-")
                if unit and is_unit(unit.split()[0]):
                    line["uom"] = one.candidate(unit.split()[0])
            elif "uom" not in line and is_unit(segment.text.strip(" ()")):
                line["uom"] = Cell("uom", cell.part, (segment,)).candidate(
                    segment.text.strip(" ()")
                )
    unit_cell = cells.get("uom")
    if unit_cell:
        text = unit_cell.segments[0].text.strip(" ()")
        named = bool(re.search(r"[^\W\d_]", text)) and text.lower() not in CURRENCIES
        packed = "uom" in line and not is_unit(text)
        if len(text) <= 16 and named and not packed:
            line["uom"] = Cell("uom", unit_cell.part, unit_cell.segments[:1]).candidate(text)


def _level_first(cell: Cell, cells: dict[str, Cell]) -> list[Segment]:
    """Of several rows in the quantity column those level with a price or amount come first."""
    money = [
        s.box.top
        for role in ("amount", "unit_price")
        if role in cells
        for s in cells[role].segments[:1]
    ]
    return sorted(
        cell.segments, key=lambda s: min((abs(s.box.top - top) > 4 for top in money), default=False)
    )


def _put_date(line: Line, cells: dict[str, Cell], document: Document) -> None:
    cell = cells.get("requested_date")
    if not cell or "requested_date" in line:
        return
    days = dates.find(cell.text, document.near)
    if days:
        line["requested_date"] = cell.candidate(
            dates.choose(days[0], document.day_style).isoformat()
        )


def _put_codes(line: Line, cells: dict[str, Cell], document: Document) -> None:
    for role in ("buyer_sku", "supplier_sku", "manufacturer_sku", "gtin"):
        cell = cells.get(role)
        if cell and cell.text.strip(" -"):
            line[role] = cell.candidate(code_text(cell))
    for role in ("sku", "sku2"):
        cell = cells.get(role)
        if not cell or not cell.text.strip(" -"):
            continue
        value = code_text(cell)
        if not re.search(r"\w", value) or len(value) > 40:
            continue
        owner = owner_of(value, document)
        if owner not in line:
            line[owner] = cell.candidate(value)


def _put_description(line: Line, cells: dict[str, Cell], document: Document) -> None:
    cell = cells.get("description")
    has_code = bool(_CODES & line.keys())
    if cell is None:
        codes = [cells[role] for role in ("sku", "buyer_sku", "supplier_sku") if role in cells]
        sku = next((c for c in codes if len(c.segments) > 1), None)
        if sku:
            cell = Cell("description", sku.part, sku.segments[1:])
        else:
            return
    segments = _until_instruction([s for s in cell.segments if s.text.strip()])
    cell = Cell("description", cell.part, tuple(segments))
    text = " ".join(s.text for s in segments).strip()
    alone = "buyer_sku" not in line and len(segments) > 1 and code_in(text)[0] == segments[0].text
    if not has_code or alone:
        code, text = code_in(text)
        if code:
            line[owner_of(code, document)] = cell.candidate(code, 0.75)
    if text:
        line["description"] = cell.candidate(text)


_INSTRUCTION = re.compile(
    r"\b(please|must|shall|will be|be|ensure|note|bitte|muss|müssen|veuillez|doit|debe|deve|moet|should|appointment|carrier|deliver|confirm)\b",
    re.IGNORECASE,
)


def _until_instruction(segments: list[Segment]) -> list[Segment]:
    """Rows of a description up to the first that reads as an instruction to somebody."""
    kept: list[Segment] = []
    for segment in segments:
        if kept and (_INSTRUCTION.search(segment.text) and len(segment.text.split()) >= 4):
            break
        kept.append(segment)
    return kept
