"""Column heads: finding the rows that head a table by what they mean, and what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extraction.code_labels import code_label
from extraction.fields import dates
from extraction.fields.units import is_unit
from extraction.head_cells import COLUMNS, cells, parted
from extraction.segments import PlacedWord, Row, Segment
from extraction.vocabulary import clipped_role, fold, is_column_word, matches, meanings, tokens

MAX_HEAD_ROWS = 5
MAX_HEADS = 200
BODY_ROWS = 10
CORE = {"quantity", "unit_price", "amount"}
NAMING = {
    "description",
    "item",
    "sku",
    "buyer_sku",
    "supplier_sku",
    "manufacturer_sku",
    "gtin",
    "line_no",
}
_CODES = {"item", "sku", "buyer_sku", "supplier_sku"}
SUMS = {
    "total": "amount",
    "subtotal": "amount",
    "tax": "tax",
    "tax_part": "tax",
    "freight": "decoy",
}
LEAST_TITLES = 4
_FIGURE = re.compile(r"[€$£]? ?\d[\d.,' ]*%?")
_COUNTED = re.compile(r"\(\d{1,2}\)")
_ASIDE = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|\b(?:in )?(?:usd|eur|gbp|inr|rs|cad|chf|sek|nok|dkk|czk|k[cč]|pln|z[lł]|huf|aud|nzd|jpy|cny|rmb|brl)\b|[€$£₹*:]"
    r"|\b(?:excl|exkl|ex|exc|excluding|hors|ohne|zzgl|sans|senza|sin|bez|ekskl|eks|uten|w/?o)\.? *(?:of )?(?:vat|tax|taxes|gst|hst|tva|btw|iva|moms|mva|dph|mwst|ust)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Column:
    """One kind of value under a head: role by meaning, its place, and its layer when heads are stacked.

    taught: a lesson told the role, which what stands in the column does not change.
    """

    role: str
    title: str
    x0: float
    x1: float
    layer: int = 0
    layers: int = 1
    taught: bool = False


@dataclass(frozen=True)
class Head:
    """The head rows first..last (row numbers of the canvas) and the columns they name, left to right.

    layered: every head row names columns of its own for one row of each line; `columns` are then in order of layers.
    bare: there is no row of titles; first and last name the row above the first line, which is no part of the table.
    """

    first: int
    last: int
    columns: tuple[Column, ...]
    layered: bool = False
    bare: bool = False

    @property
    def roles(self) -> set[str]:
        return {c.role for c in self.columns}

    @property
    def has_sizes(self) -> bool:
        """Whether columns of sizes stand where others have one quantity."""
        titles = [c.title for c in self.columns if not c.role]
        return _rise([int(t) for t in titles if re.fullmatch(r"\d{1,3}", t)]) > 0


_MONEY = re.compile(r"[€$£₹]|\b(?:EUR|USD|GBP|CHF)\b")


def role_of(title: str) -> str:
    """The role a head's wording speaks for, "@field" for a header field in a column of its own, "" when unknown."""
    role = _named_first(title) or _role_of(title)
    apart = parted(title)
    if role == "line_no" and _MONEY.search(title):
        return "amount"
    return role or (_role_of(apart) if apart != title else "")


def _named_first(title: str) -> str:
    """Goods beside their part number in one head ("Description/Part No.") are named before they are numbered."""
    roles = [_role_of(piece) for piece in title.split("/")]
    both = len(roles) == 2 and roles[0] == "description" and roles[1] in _CODES
    return "description" if both else ""


def _role_of(title: str) -> str:
    for text in (title, _ASIDE.sub(" ", title)):
        exact = next((m for m in meanings(text) if m.group == "columns"), None)
        header = next(
            (m for m in meanings(text) if m.group in ("labels", "parties") and m.weight == 1.0),
            None,
        )
        if exact and not (exact.name == "decoy" and header):
            return exact.name
        if header:
            return SUMS.get(header.name, f"@{header.name}")
    shared = _per_unit(title)
    if shared:
        return shared
    code = code_label(title)
    if code and not title[code.end :].strip(" .:#)*"):
        return code.role
    clipped = clipped_role(title)
    if clipped:
        return clipped
    found = matches(_ASIDE.sub(" ", title), COLUMNS)
    if not found:
        return ""
    names = {m.meanings[0].name for m in found}
    if {"quantity", "uom"} <= names:
        return "quantity"
    if names == {"unit_price", "uom"} and found[0].meanings[0].name == "unit_price":
        return "unit_price"
    longest = max(found, key=lambda m: (len(m.phrase.split()), m.end))
    return longest.meanings[0].name


_PER = re.compile(
    r"^(?P<what>.+?)\s*(?:/|\b(?:per|pro|je|por|par)\b)\s*(?P<unit>[^/\s]+)$", re.IGNORECASE
)


def _per_unit(title: str) -> str:
    """ "Preis/Stück" heads a price, "Pcs per box" the size of a pack; "" for heads that have no unit behind such a word."""
    found = _PER.match(_ASIDE.sub(" ", title).strip(" ."))
    if found is None or not is_unit(found["unit"]):
        return ""
    if is_unit(found["what"]):
        return "decoy"
    return "unit_price" if _role_of(found["what"]) == "unit_price" else ""


_TOLD = re.compile(r"[\w.]\s?:\s*[\w./-]*\d{3}")  # "Order no.: OC-3310" tells a value


def is_head_row(row: Row) -> bool:
    """Whether most words of the row are words of column heads and hardly any is a figure."""
    if _is_sentence(row) or any(_TOLD.search(s.text) for s in row.segments):
        return False
    named = _undated(row)
    words = [t.text for s in named for t in tokens(_COUNTED.sub(" ", parted(s.text)))]
    in_cells = bool(words) and isinstance(row.segments[0].words[0], PlacedWord)
    if not words or (len(words) > 40 and not in_cells):
        return False
    figures = sum(any(c.isdigit() for c in w) and not is_column_word(w) for w in words)
    figures -= _counting(row)
    known = sum(is_column_word(w) for w in words)
    if figures == 0 and known < len(words):
        known += sum(_clipped(s) for s in row.segments)
    if figures > 0.2 * len(words) or (len(row.text) >= 260 and not in_cells):
        return False
    return known >= 0.6 * len(words) or _names_columns(row)


def _is_sentence(row: Row) -> bool:
    """One run of words with a full stop, "Same price as last time.", or a labelled part number, though words of it head columns."""
    if len(row.segments) > 1:
        return False
    text = row.segments[0].text
    label = code_label(text)
    named = label is not None and bool(re.search(r"\d{3}", text[label.end :]))
    return named or (text.endswith((".", "!", "?")) and len(text.split()) >= 4)


def _undated(row: Row) -> list[Segment]:
    """The segments of a row without the days that head columns of their own: three or more, beside other heads."""
    dated = [s for s in row.segments if len(s.text) <= 16 and dates.find(s.text)]
    if len(dated) < 3 or len(row.segments) - len(dated) < 2:
        return list(row.segments)
    return [s for s in row.segments if s not in dated]


def _counting(row: Row) -> int:
    """How many heads are sizes that rise from left to right, "36 38 40 42"; 0 for fewer than four."""
    return _rise([int(s.text) for s in row.segments if re.fullmatch(r"\d{1,3}", s.text)])


def _rise(sizes: list[int]) -> int:
    rising = len(sizes) >= 4 and all(0 < b - a <= 10 for a, b in pairwise(sizes))
    return len(sizes) if rising else 0


def _names_columns(row: Row) -> bool:
    """Whether a row of several short texts has enough exact heads among them, whatever the others are."""
    if len(row.segments) < 4 or any(len(s.words) > 5 for s in row.segments):
        return False
    roles = [role for s in row.segments if (role := _exact(s.text))]
    core, naming = set(roles) & CORE, set(roles) & NAMING
    return len(roles) >= 0.4 * len(row.segments) and len(core) + len(naming) >= 3 and bool(core)


def _exact(title: str) -> str:
    """The role of a head that is a known phrase as a whole, or an owner's part number."""
    for text in (title, _ASIDE.sub(" ", title), parted(title)):
        found = next((m.name for m in meanings(text) if m.group == "columns"), "")
        if found:
            return found
    code = code_label(title)
    return code.role if code else ""


def _clipped(segment: Segment) -> bool:
    words = tokens(segment.text)
    return bool(words) and not is_column_word(words[-1].text) and bool(clipped_role(segment.text))


def stands_over(rows: Sequence[Row], at: int) -> bool:
    """Whether short titles, one of a known kind, stand each over a column of the rows below, in which figures stand.

    What the words of the others mean is then told by what stands under them.
    """
    titles = rows[at].segments
    if not LEAST_TITLES <= len(titles) <= 20 or any(len(s.words) > 4 for s in titles):
        return False
    sizes = _counting(rows[at])
    if sum(any(c.isdigit() for c in s.text) for s in titles) - sizes > 1:
        return False
    roles = {role_of(s.text) for s in titles}
    if not roles & CORE or len(roles & (CORE | NAMING)) < 2:
        return False
    below = [r for r in rows[at + 1 : at + 5] if r.page == rows[at].page]
    level = [
        r
        for r in below
        if sum(any(_aligned(t, s) or _overlaps(t, s) for s in r.segments) for t in titles)
        >= 0.6 * len(titles)
        and sum(_FIGURE.fullmatch(s.text) is not None for s in r.segments) >= 2
    ]
    return len(level) >= 2 or (bool(level) and level[0] is below[0])


def find_heads(rows: Sequence[Row]) -> list[Head]:
    """All heads of tables, top to bottom."""
    heads: list[Head] = []
    at = 0
    while at < len(rows) and len(heads) < MAX_HEADS:
        is_head = is_head_row(rows[at]) or (not heads and stands_over(rows, at))
        head = _head_at(rows, at) if is_head else None
        if head:
            heads.append(head)
            at = head.last + 1
        else:
            at += 1
    return heads


def _head_at(rows: Sequence[Row], first: int) -> Head | None:
    last = first
    while (
        last + 1 < len(rows)
        and last - first + 1 < MAX_HEAD_ROWS
        and _follows(rows[last], rows[last + 1])
    ):
        last += 1
    best: tuple[float, Head] | None = None
    for start in range(first, last + 1):
        for end in range(start, last + 1):
            columns = columns_of(rows[start : end + 1], rows[end + 1 : end + 1 + BODY_ROWS])
            if not _is_table(columns):
                continue
            named = sum(bool(c.role) for c in columns)
            score = (
                len({c.role for c in columns if c.role})
                + 0.1 * named
                - 0.5 * (len(columns) - named)
            )
            wider = best is not None and score > best[0] - 0.01 and best[1].last < end
            if best is None or score > best[0] + 0.01 or (wider and start <= best[1].first):
                best = (score, Head(start, end, columns))
    if best is None:
        return None
    head = best[1]
    layers = _layers(
        rows[head.first : head.last + 1], rows[head.last + 1 : head.last + 1 + BODY_ROWS]
    )
    return Head(head.first, head.last, layers, True) if layers else head


def _follows(upper: Row, lower: Row) -> bool:
    gap = lower.box.top - upper.box.bottom
    return (
        lower.page == upper.page
        and gap < 1.1 * max(upper.height, lower.height)
        and is_head_row(lower)
    )


def _is_table(columns: Sequence[Column]) -> bool:
    roles = {c.role for c in columns if c.role}
    core, naming = roles & CORE, roles & NAMING
    if len(columns) < 2 or not core:
        return False
    return (len(core) + len(naming) >= 3) or (
        "quantity" in core and bool(naming & (NAMING - {"line_no"}))
    )


def columns_of(rows: Sequence[Row], body: Sequence[Row]) -> tuple[Column, ...]:
    """The columns that head rows name, left to right; the rows below tell where a head is parted."""
    by_row = [
        [cell for s in row.segments for cell in cells(s, body, [r for r in rows if r is not row])]
        for row in rows
    ]
    base = max(range(len(rows)), key=lambda i: (len(by_row[i]), i))
    stacks: list[list[tuple[int, Segment]]] = [[(base, cell)] for cell in by_row[base]]
    for number, found in enumerate(by_row):
        if number != base:
            for cell in found:
                _put(stacks, number, cell)
    columns = [
        c for stack in stacks for c in _stack_columns(sorted(stack, key=lambda s: s[0]), body)
    ]
    return tuple(sorted(columns, key=lambda c: (c.x0, c.layer)))


def _layers(rows: Sequence[Row], body: Sequence[Row]) -> tuple[Column, ...]:
    """The columns of each head row where the rows stand apart from each other; empty when they stand in columns."""
    by_row = [[cell for s in row.segments for cell in cells(s, body)] for row in rows]
    if len(rows) != 2 or min(len(c) for c in by_row) < 2:
        return ()
    if any(not role_of(c.text) for found in by_row for c in found):
        return ()
    upper, lower = sorted(by_row, key=len, reverse=True)
    aligned = sum(any(_aligned(a, b) for b in upper) for a in lower)
    overlapping = sum(any(_overlaps(a, b) for b in upper) for a in lower)
    if aligned > 0.5 * len(lower) or overlapping < 0.3 * len(lower):
        return ()
    return tuple(
        Column(role_of(cell.text), cell.text, cell.box.x0, cell.box.x1, layer, len(rows))
        for layer, found in enumerate(by_row)
        for cell in found
    )


def _aligned(a: Segment, b: Segment) -> bool:
    left, right = abs(a.box.x0 - b.box.x0), abs(a.box.x1 - b.box.x1)
    middle = abs(a.box.x0 + a.box.x1 - b.box.x0 - b.box.x1) / 2
    return min(left, right, middle) < 4


def _overlaps(a: Segment, b: Segment) -> bool:
    return min(a.box.x1, b.box.x1) > max(a.box.x0, b.box.x0)


def _put(stacks: list[list[tuple[int, Segment]]], number: int, cell: Segment) -> None:
    """Put a head cell of another row over or under the cells its words stand at."""
    base = [stack[0][1] for stack in stacks]
    groups: dict[int, list[int]] = {}
    for at, word in enumerate(cell.words):
        groups.setdefault(_nearest(word.box.x0, word.box.x1, base, cell), []).append(at)
    for target, positions in groups.items():
        words = tuple(cell.words[i] for i in positions)
        part = Segment(cell.part, words)
        if target >= 0:
            stacks[target].append((number, part))
        else:
            stacks.append([(number, part)])


def _nearest(x0: float, x1: float, base: list[Segment], cell: Segment) -> int:
    """The base cell overlapped most; -1 when none is touched."""
    overlaps = [min(x1, b.box.x1) - max(x0, b.box.x0) for b in base]
    best = max(range(len(base)), key=lambda i: overlaps[i])
    if overlaps[best] > -2:
        return best
    whole = [min(cell.box.x1, b.box.x1) - max(cell.box.x0, b.box.x0) for b in base]
    near = max(range(len(base)), key=lambda i: whole[i])
    return near if whole[near] > 0 else -1


def _stack_columns(stack: list[tuple[int, Segment]], body: Sequence[Row]) -> list[Column]:
    """One column for a head broken over rows, several when heads stand above each other."""
    by_layer: dict[int, list[Segment]] = {}
    for number, cell in stack:
        by_layer.setdefault(number, []).append(cell)
    titles = [
        " ".join(s.text for s in sorted(c, key=lambda s: s.box.x0)) for c in by_layer.values()
    ]
    x0 = min(s.box.x0 for _, s in stack)
    x1 = max(s.box.x1 for _, s in stack)
    joined = " ".join(titles)
    whole = next((m.name for m in meanings(_ASIDE.sub(" ", joined)) if m.group == "columns"), "")
    roles = [role_of(t) for t in titles]
    if roles[0] and len(titles) > 1 and len(set(roles)) == 1:
        whole = roles[0]
    if whole == "line_no" and _MONEY.search(joined):
        whole = "amount"
    if whole == "decoy" and roles[0].startswith("@") and len(titles) == 1:
        whole = ""
    if len(titles) == 2 and roles[0] in _CODES and roles[1] == "description":
        named = roles[0] == "item" and not _begins_with_codes(x0, body)
        whole = "description" if named else ""
    if not whole and {r for r in roles if r} == {"quantity", "uom"}:
        whole = "quantity"
    if len(titles) == 1 or whole or len({r for r in roles if r}) < 2 or _is_qualified(titles):
        role = whole or (
            roles[0] if len(titles) == 1 else role_of(joined) or next((r for r in roles if r), "")
        )
        return [Column(role, joined, x0, x1)]
    return [
        Column(role, title, x0, x1, layer, len(titles))
        for layer, (role, title) in enumerate(zip(roles, titles, strict=True))
    ]


def _begins_with_codes(x0: float, body: Sequence[Row]) -> bool:
    """Whether the full rows under a head have single words with figures at its left edge: numbers, and no goods."""
    full = [row for row in body if len(row.segments) > 2]
    texts = [s.text for row in full for s in row.segments if abs(s.box.x0 - x0) < 4]
    coded = sum(" " not in t and any(c.isdigit() for c in t) for t in texts)
    return 2 * coded >= len(texts)


def _is_qualified(titles: list[str]) -> bool:
    """ "Ext" over "Price": a head of two rows rather than two heads, because one row is only a qualifier."""
    qualifiers = {
        "ext",
        "extended",
        "unit",
        "net",
        "total",
        "order",
        "ordered",
        "item",
        "line",
        "delivery",
        "due",
        "per",
        "each",
        "tax",
    }
    words = [fold(t).strip(" .:") for t in titles]
    return len(titles) == 2 and (
        words[0] in qualifiers
        and words[1]
        in {
            "price",
            "cost",
            "amount",
            "date",
            "qty",
            "quantity",
            "value",
            "no",
            "number",
            "code",
            "rate",
        }
    )
