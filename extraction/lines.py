"""Records of a table into order lines: the texts of the cells become values of line fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from core.inbound.reading import Candidate
from extraction.clues import Clue
from extraction.document import Document
from extraction.fields import dates, numbers
from extraction.fields.header import READERS, read_words
from extraction.fields.units import is_unit
from extraction.layout import Word
from extraction.segments import Segment, evidence_of
from extraction.tables import Record, Table
from extraction.vocabulary import is_known_word, matches, tokens

Line = dict[str, Candidate]
BASE = 0.85
MONEY = ("unit_price", "amount")
_PRICE_PER = re.compile(
    r"(?:/|\bper\b|\bpro\b|\bpar\b|\bje\b|\bpor\b)\s*(\d[\d.,]*)?\s*([A-Za-zäöü]{0,8})",
    re.IGNORECASE,
)
_LEADING_CODE = re.compile(r"(?=[^\s]*\d)(?=[A-Z0-9])[A-Z0-9][A-Z0-9._/#-]{4,}(?=\s|$)")
_BRACKET_CODE = re.compile(r"^\s*[\[*(]([A-Za-z0-9][\w./-]{2,})[\]*)]\s*")
_TRAILING_CODE = re.compile(
    r"\s[-–—:]\s*([A-Z0-9][A-Z0-9./-]{4,})$|\s\(([A-Z0-9][A-Z0-9./-]{3,})\)$"
)
_NO_CODE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d+([.,]\d+)?(mm|cm|m|kg|g|ml|l|in|ft|x\d+.*)?|M\d+([.,]\d+)?X\d+.*", re.IGNORECASE
)


@dataclass(frozen=True)
class Cell:
    """All words of one column in one record."""

    role: str
    part: int
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        return " ".join(s.text for s in self.segments)

    @property
    def words(self) -> list[Word]:
        return [w for s in self.segments for w in s.words]

    def candidate(self, value: str, confidence: float = BASE) -> Candidate:
        return Candidate(value, confidence, evidence_of(self.part, self.words), "table")


def lines_of(table: Table, document: Document) -> tuple[list[Line], list[Clue]]:
    """Order lines of a table, in order, and clues from columns that repeat a header field on every line."""
    roles = _roles(table, document)
    lines = [_line(record, roles, document) for record in table.records]
    return [line for line in lines if _is_line(line)], list(_column_clues(table, roles, document))


COLUMN_READERS = {**READERS, "ship_to": read_words, "bill_to": read_words, "buyer": read_words}


def _column_clues(table: Table, roles: list[str], document: Document) -> Iterator[Clue]:
    """A header field in a column of its own ("PO number" on every row), when all rows agree."""
    for i, role in enumerate(roles):
        name = role.removeprefix("@")
        reader = (
            READERS.get(name)
            if role.startswith("@")
            or (
                role == "requested_date"
                and document.canvas.kind == "sheet"
                and len(table.records) > 1
            )
            else None
        )
        if reader is None:
            continue
        values = {" ".join(r.texts(i)) for r in table.records if r.texts(i)}
        found = reader(next(iter(values)), document) if len(values) == 1 else None
        if found:
            segment = next(r.cells[i][0] for r in table.records if i in r.cells)
            name = "buyer_name" if name == "buyer" else name
            yield Clue(name, found[0], 0.8, "column", segment.evidence(), table.page)


def _is_line(line: Line) -> bool:
    has_goods = bool(
        {"description", "buyer_sku", "supplier_sku", "gtin", "manufacturer_sku"} & line.keys()
    )
    return has_goods and bool({"quantity", "amount", "unit_price"} & line.keys())


# What the columns hold, by their values --------------------------------------------------------------------------


def _roles(table: Table, document: Document) -> list[str]:
    """The role of each column: by its head, corrected by what stands in it."""
    roles = [c.role for c in table.columns]
    filled = [[t for r in table.records if (t := " ".join(r.texts(i)))] for i in range(len(roles))]
    roles = [role if filled[i] else "" for i, role in enumerate(roles)]
    _settle_items(roles, filled, document)
    _settle_units(roles, filled, document)
    _settle_uoms(roles)
    _settle_doubles(roles, filled, table, document)
    _settle_owner(roles, filled, table, document)
    return roles


def _share(texts: list[str], test: object) -> float:
    return sum(bool(test(t)) for t in texts) / len(texts) if texts and callable(test) else 0.0


def _is_number(document: Document) -> object:
    return lambda t: _quantity_parts(t, document)[0] is not None


def _settle_items(roles: list[str], filled: list[list[str]], document: Document) -> None:
    """A column headed "Item" or "Material" counts lines, holds codes or names goods."""
    for i, role in enumerate(roles):
        if role != "item":
            continue
        texts = filled[i]
        firsts = [t.split()[0] for t in texts if t.split()]
        counted = (
            bool(texts) and all(re.fullmatch(r"\d{1,5}\.?", f) for f in firsts) and _rises(firsts)
        )
        if counted and "line_no" not in roles:
            roles[i] = "line_no"
        elif (
            _share(
                texts,
                lambda t: _looks_like_code(t.split("\n")[0].split(" ")[0]) and len(t.split()) <= 2,
            )
            >= 0.5
        ) or (
            "description" in roles
            and "sku" not in roles
            and _share(texts, lambda t: bool(re.search(r"\d", t))) > 0.5
        ):
            roles[i] = "sku"
        else:
            roles[i] = "description" if "description" not in roles else "decoy"


def _rises(texts: list[str]) -> bool:
    values = [int(t.rstrip(".")) for t in texts]
    small = len(values) > 1 or values[0] <= 100 or (texts[0].startswith("0") and values[0] <= 1000)
    return small and all(a < b for a, b in zip(values, values[1:], strict=False))


def _settle_uoms(roles: list[str]) -> None:
    """Of several unit columns the one nearest to the quantity counts."""
    places = [i for i, r in enumerate(roles) if r == "uom"]
    if len(places) > 1 and "quantity" in roles:
        near = min(places, key=lambda i: abs(i - roles.index("quantity")))
        for i in places:
            if i != near:
                roles[i] = "decoy"


def _settle_units(roles: list[str], filled: list[list[str]], document: Document) -> None:
    """A column headed "Unit" that holds figures is the quantity, or the price when a quantity is there."""
    number = _is_number(document)
    if "uom" not in roles:
        units = [i for i, r in enumerate(roles) if r in ("", "decoy", "per") and _share(filled[i], is_unit) > 0.6]
        for i in units[:1]:
            roles[i] = "uom"
    for i, role in enumerate(roles):
        if role == "per" and "unit_price" not in roles and filled[i] and _share(filled[i], number) > 0.6:
            roles[i] = "unit_price"
        if role == "uom" and filled[i] and _share(filled[i], number) > 0.6:
            if "quantity" not in roles:
                roles[i] = "quantity"
            elif "unit_price" not in roles:
                roles[i] = "unit_price"
        if (
            role == "quantity"
            and filled[i]
            and _share(filled[i], is_unit) > 0.6
            and roles.count("quantity") > 1
        ):
            roles[i] = "uom"
        if (
            role in ("sku", "line_no")
            and filled[i]
            and role == "line_no"
            and _share(filled[i], lambda t: len(t) > 5) > 0.6
        ):
            roles[i] = "sku"


def _settle_doubles(
    roles: list[str], filled: list[list[str]], table: Table, document: Document
) -> None:
    """Two columns of one kind: arithmetic tells price from amount, else the first counts."""
    if "amount" not in roles and roles.count("unit_price") > 1:
        last = max(i for i, r in enumerate(roles) if r == "unit_price")
        roles[last] = "amount"
    if not {"quantity", "unit_price", "amount"} <= set(roles):
        _find_missing(roles, filled, table, document)
    for role in ("quantity", "unit_price", "amount"):
        while roles.count(role) > 1:
            places = [i for i, r in enumerate(roles) if r == role]
            keep = _best_double(role, places, roles, table, document)
            for i in places:
                if i != keep:
                    roles[i] = "decoy"
    if roles.count("requested_date") > 1:
        places = [i for i, r in enumerate(roles) if r == "requested_date"]
        dated = [
            i for i in places if _share(filled[i], lambda t: dates.find(t, document.near)) > 0.5
        ]
        for i in places:
            if i != (dated or places)[0]:
                roles[i] = "decoy"


def _find_missing(
    roles: list[str], filled: list[list[str]], table: Table, document: Document
) -> None:
    """The one of quantity, price and amount whose head did not tell, found by quantity times price."""
    missing = [r for r in ("quantity", "unit_price", "amount") if r not in roles]
    if len(missing) != 1:
        return
    spare = [i for i, r in enumerate(roles) if r in ("tax", "decoy", "", "uom", "line_no", *MONEY) and filled[i]]
    for i in spare:
        if roles.count(roles[i]) == 1 and roles[i] in MONEY:
            continue
        trial = list(roles)
        trial[i] = missing[0]
        if _agreement(trial, table, document) >= 0.75:
            roles[i] = missing[0]
            return


def _best_double(
    role: str, places: list[int], roles: list[str], table: Table, document: Document
) -> int:
    scored = []
    for i in places:
        trial = ["decoy" if r == role and j != i else r for j, r in enumerate(roles)]
        filled = sum(1 for record in table.records if record.texts(i))
        order = places.index(i) if role != "amount" else -places.index(i)
        scored.append(
            (
                round(_agreement(trial, table, document), 2),
                filled > 0.5 * len(table.records),
                -order,
                i,
            )
        )
    return max(scored)[3]


def _agreement(roles: list[str], table: Table, document: Document) -> float:
    """Share of records in which quantity times price is the amount."""
    right = tried = 0
    for record in table.records[:60]:
        line = _amounts(record, roles, document)
        if len(line) == 3:
            tried += 1
            right += fits(line["quantity"], line["unit_price"], line["amount"])
    return right / tried if tried else 0.0


def fits(quantity: Decimal, price: Decimal, amount: Decimal) -> bool:
    """Whether quantity times price is the amount, to a cent or half a percent of rounding in the price."""
    product = quantity * price
    return abs(product - amount) <= max(Decimal("0.011"), abs(amount) * Decimal("0.003"))


def _amounts(record: Record, roles: list[str], document: Document) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for i, role in enumerate(roles):
        texts = record.texts(i)
        if role in ("quantity", "unit_price", "amount") and texts:
            value = _quantity_parts(texts[0], document)[0]
            if value is not None:
                found[role] = value
    return found


# The values of one line ------------------------------------------------------------------------------------------


def _line(record: Record, roles: list[str], document: Document) -> Line:
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
    _put_labelled(line, cells, record, document)
    _put_line_no(line, cells)
    _put_quantity(line, cells, document)
    _put_price(line, cells, document)
    _put_amount(line, cells, document)
    _put_date(line, cells, document)
    _put_codes(line, cells, document)
    _put_description(line, cells, document)
    _settle_price(line, cells, document)
    return line


_SUB_LABEL = re.compile(
    r"^\W*(?P<label>[^\W\d_][\w .'/-]{0,28}?)\s*(?P<mark>[:#=]+)\s*(?P<value>\S.*)?$"
)
_SUB_GROUPS = frozenset({"columns", "labels", "decoys", "parties"})


def _put_labelled(line: Line, cells: dict[str, Cell], record: Record, document: Document) -> None:
    """Rows under a line that say "label: value": values of the line, or remarks that are no description."""
    for role in ("description", "sku", "buyer_sku", "supplier_sku", "decoy"):
        cell = cells.get(role)
        if not cell:
            continue
        kept = [
            s
            for at, s in enumerate(cell.segments)
            if not at or not _labelled(line, s, cell.part, document)
        ]
        cells[role] = Cell(role, cell.part, tuple(kept))
    strays = (s for c in cells.values() for at, s in enumerate(c.segments) if at or c.role in ("quantity", "uom", "unit_price", "amount"))
    for segment in (*record.notes, *strays):
        _labelled(line, segment, document.canvas.part, document)
    if "requested_date" not in line and "requested_date" not in cells:
        _put_split_date(line, record, document)


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
    opening = [m for m in matches(text, _SUB_GROUPS) if m.start <= 2]
    if _put_named_codes(line, segment, part):
        return True
    names = {m.name for m in opening[0].meanings} if opening else set()
    rest = text[opening[0].end :].strip(" :#.=-") if opening else ""
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


_NAMED = re.compile(
    r"\b(?:(?P<ours>unsere?|our|notre|nos|nuestr[ao]|nostro|ns|ons|onze|customer|kunden|client|cliente)|(?P<yours>ihre?|your|votre|vos|su|vostro|vs|uw|vendor|supplier|lieferanten\w*|fournisseur|proveedor|fornitore|leverancier)|(?P<maker>mfg|mfr|manufacturer|hersteller|fabricant|fabricante|mpn))"
    r"\.?\s*(?:(?:art|artikel|item|part|material|mat|ref|réf|référence|referencia|reference|code|cod|codice|código|product|prod|stock|catalog|cat|sku|p/?n|teile|sach|artikelnummer|materialnummer|artikelnr|item)[\w-]*\.?\s*-?\s*){0,2}(?:nr|no|num|number|nummer|n°|nº|#)?\s*[.:#]*\s*(?P<code>(?=[\w./-]*\d)[A-Za-z0-9][\w./-]+)",
    re.IGNORECASE,
)


def _put_named_codes(line: Line, segment: Segment, part: int) -> bool:
    """ "Your item no. A-1 / our 4711": part numbers whose owner is named; False when none opens the row."""
    found = list(_NAMED.finditer(segment.text))
    if not found or found[0].start() > 3:
        return False
    for match in found:
        role = "buyer_sku" if match["ours"] else "supplier_sku" if match["yours"] else "manufacturer_sku"
        place = segment.cut(match.start("code"), match.end("code"))
        if place:
            line.setdefault(role, Cell(role, part, (place,)).candidate(match["code"].rstrip("."), 0.88))
    return True


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
                and _looks_like_code(rest.split(" ")[0])
                and len(rest.split()) <= 2
            ):
                words = cell.words[1:]
                cells["sku"] = Cell("sku", cell.part, (Segment(cell.part, tuple(words)),))


def _quantity_parts(text: str, document: Document) -> tuple[Decimal | None, str, str]:
    """(number, its printed text, the words beside it) of a cell like "30000.00 NOS" or "EA 5"."""
    value = numbers.parse(text, document.number_style)
    if value is not None:
        return value, text, ""
    spaced = re.sub(r"(?<=\d)(?=[A-Za-z])", " ", text)
    found = numbers.find(spaced, document.number_style)
    if not found:
        return None, "", text
    value, start, end = found[0]
    rest = f"{spaced[:start]} {spaced[end:]}".strip()
    if start > 12 or len(re.sub(r"[^\w]", "", spaced[:start])) > 8:
        return None, "", text
    return value, spaced[start:end], rest


def _put_quantity(line: Line, cells: dict[str, Cell], document: Document) -> None:
    cell = cells.get("quantity")
    if cell:
        for segment in _level_first(cell, cells):
            value, _, rest = _quantity_parts(segment.text, document)
            if value is not None and "quantity" not in line:
                one = Cell("quantity", cell.part, (segment,))
                line["quantity"] = one.candidate(numbers.printed(value))
                unit = re.sub(r"[()]", "", rest).strip(" .,/-")
                if unit and is_unit(unit.split()[0]):
                    line["uom"] = one.candidate(unit.split()[0])
            elif "uom" not in line and is_unit(segment.text):
                line["uom"] = Cell("uom", cell.part, (segment,)).candidate(segment.text.strip())
    unit_cell = cells.get("uom")
    if unit_cell:
        text = unit_cell.segments[0].text.strip()
        if text and len(text) <= 16 and re.search(r"[^\W\d_]", text):
            line["uom"] = Cell("uom", unit_cell.part, unit_cell.segments[:1]).candidate(text)


def _level_first(cell: Cell, cells: dict[str, Cell]) -> list[Segment]:
    """Of several rows in the quantity column those level with a price or amount come first."""
    money = [s.box.top for role in ("amount", "unit_price") if role in cells for s in cells[role].segments[:1]]
    return sorted(cell.segments, key=lambda s: min((abs(s.box.top - top) > 4 for top in money), default=False))


def _put_price(line: Line, cells: dict[str, Cell], document: Document) -> None:
    cell = cells.get("unit_price")
    if not cell:
        return
    for segment in cell.segments:
        text = segment.text
        cut = _PRICE_PER.search(text)
        value = _quantity_parts(text[: cut.start()] if cut and cut.start() else text, document)[0]
        if value is None:
            continue
        one = Cell("unit_price", cell.part, (segment,))
        per = numbers.parse(cut[1], document.number_style) if cut and cut[1] else None
        if per is None:
            per = _per(cells, document)
        line["unit_price"] = one.candidate(numbers.printed(_divided(value, per)))
        if cut and cut[2] and is_unit(cut[2]) and "uom" not in line:
            line["uom"] = one.candidate(cut[2])
        return


def _per(cells: dict[str, Cell], document: Document) -> Decimal | None:
    cell = cells.get("per")
    return _quantity_parts(cell.segments[0].text, document)[0] if cell else None


def _divided(value: Decimal, per: Decimal | None) -> Decimal:
    return value if not per or per <= 1 else (value / per).normalize() + Decimal(0)


def _put_amount(line: Line, cells: dict[str, Cell], document: Document) -> None:
    cell = cells.get("amount")
    if not cell:
        return
    for segment in cell.segments:
        value = _quantity_parts(segment.text, document)[0]
        if value is not None:
            line["amount"] = Cell("amount", cell.part, (segment,)).candidate(numbers.printed(value))
            return


def _put_date(line: Line, cells: dict[str, Cell], document: Document) -> None:
    cell = cells.get("requested_date")
    if not cell:
        return
    days = dates.find(cell.text, document.near)
    if days:
        line["requested_date"] = cell.candidate(
            dates.choose(days[0], document.day_style).isoformat()
        )


def _settle_price(line: Line, cells: dict[str, Cell], document: Document) -> None:
    """Arithmetic over one line: prices per 10, 100 or 1,000; ambiguous marks; then confidence."""
    if not {"quantity", "unit_price", "amount"} <= line.keys():
        return
    q, p, a = (Decimal(line[k].value) for k in ("quantity", "unit_price", "amount"))
    if fits(q, p, a):
        for name in ("quantity", "unit_price", "amount"):
            line[name] = replace(line[name], confidence=0.97)
        return
    for per in (Decimal(10), Decimal(100), Decimal(1000)):
        if p and fits(q, p / per, a) and "discount" not in cells:
            line["unit_price"] = replace(
                line["unit_price"], value=numbers.printed(_divided(p, per)), confidence=0.9
            )
            return
    for name in ("quantity", "unit_price", "amount"):
        other = numbers.other_reading(line[name].evidence.text, document.number_style)
        if other is None:
            continue
        trial = {"quantity": q, "unit_price": p, "amount": a, name: other}
        if fits(trial["quantity"], trial["unit_price"], trial["amount"]):
            line[name] = replace(line[name], value=numbers.printed(other), confidence=0.93)
            return


# Codes and descriptions ------------------------------------------------------------------------------------------


def _looks_like_code(text: str) -> bool:
    bare = text.strip(".,:;()[]*")
    if len(bare) < 3 or (_NO_CODE.fullmatch(bare) and not re.fullmatch(r"\d{4,}", bare)):
        return False
    return bool(re.search(r"\d", bare)) or (bare.isupper() and len(bare) >= 5 and bare.isalnum())


def _put_codes(line: Line, cells: dict[str, Cell], document: Document) -> None:
    for role in ("buyer_sku", "supplier_sku", "manufacturer_sku", "gtin"):
        cell = cells.get(role)
        if cell and cell.text.strip(" -"):
            line[role] = cell.candidate(_code_text(cell))
    for role in ("sku", "sku2"):
        cell = cells.get(role)
        if not cell or not cell.text.strip(" -"):
            continue
        value = _code_text(cell)
        if not re.search(r"\w", value) or len(value) > 40:
            continue
        owner = owner_of(value, document)
        if owner not in line:
            line[owner] = cell.candidate(value)


def _code_text(cell: Cell) -> str:
    """A code in one row, or broken over two where the first row ends in a hyphen or the second is a rest."""
    first = cell.segments[0].text.strip()
    for segment in cell.segments[1:3]:
        rest = segment.text.strip()
        if first.endswith(("-", "/", "_")) or (
            len(rest) <= 4 and re.fullmatch(r"[A-Z0-9-]+", rest) and " " not in first
        ):
            first += rest
        else:
            break
    return first


def _settle_owner(
    roles: list[str], filled: list[list[str]], table: Table, document: Document
) -> None:
    """Whose numbers a column of part numbers holds: by a name in its head, else by most of its values."""
    for i, role in enumerate(roles):
        if role != "sku" or not filled[i]:
            continue
        owners = [owner_of(t.split(" ")[0], document) for t in filled[i]]
        if _names_an_owner(table.columns[i].title):
            roles[i] = "buyer_sku" if "buyer_sku" not in roles else "sku"
        elif document.context.known_skus or document.sells:
            continue
        elif owners.count("supplier_sku") > 0.5 * len(owners) and "supplier_sku" not in roles:
            roles[i] = "supplier_sku"
        elif "buyer_sku" not in roles:
            roles[i] = "buyer_sku"


def _names_an_owner(title: str) -> bool:
    """ "ACME Item #": a word that no head uses stands before the kind of number."""
    words = tokens(title)
    return (
        len(words) >= 2
        and len(words[0].text) >= 3
        and words[0].text.isalpha()
        and not is_known_word(words[0].text)
    )


def owner_of(code: str, document: Document) -> str:
    """Whose number a code with no owner named is: ours when we know it or it is built like a catalogue's."""
    known = document.context.known_skus
    if known:
        return "supplier_sku" if code in known else "buyer_sku"
    if document.sells:
        return "supplier_sku"
    groups = [g for g in re.split(r"[-_]", code) if re.search(r"[A-Za-z]", g)]
    return "supplier_sku" if len(groups) >= 2 and len(re.split(r"[-_]", code)) >= 3 else "buyer_sku"


def _put_description(line: Line, cells: dict[str, Cell], document: Document) -> None:
    cell = cells.get("description")
    has_code = bool({"buyer_sku", "supplier_sku"} & line.keys())
    if cell is None:
        sku = cells.get("sku") or cells.get("buyer_sku") or cells.get("supplier_sku")
        if sku and len(sku.segments) > 1:
            cell = Cell("description", sku.part, sku.segments[1:])
        else:
            return
    segments = _until_instruction([s for s in cell.segments if s.text.strip()])
    cell = Cell("description", cell.part, tuple(segments))
    text = " ".join(s.text for s in segments).strip()
    if not has_code:
        code, text = _code_in(text)
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


def _code_in(text: str) -> tuple[str, str]:
    """A part number at the start or end of a description, and the description without it."""
    bracket = _BRACKET_CODE.match(text)
    if bracket:
        return bracket[1], text[bracket.end() :].strip()
    leading = _LEADING_CODE.match(text)
    if leading and _is_part_number(leading[0]) and len(text) > leading.end():
        return leading[0], text[leading.end() :].strip(" -–:,")
    trailing = _TRAILING_CODE.search(text)
    if trailing and _is_part_number(trailing[1] or trailing[2]):
        return trailing[1] or trailing[2], text[: trailing.start()].strip(" -–:,")
    return "", text


def _is_part_number(text: str) -> bool:
    return (sum(c.isdigit() for c in text) >= 3 and not _NO_CODE.fullmatch(text)) or bool(
        re.fullmatch(r"\d{5,}", text)
    )
