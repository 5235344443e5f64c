"""Labels on the page: where they stand and which words stand behind, beside or below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extraction.fields import framed
from extraction.fields.frames import Frames
from extraction.segments import Canvas, Row, Segment
from extraction.vocabulary import Match, Meaning, fold, matches, meanings, tokens

GROUPS = frozenset({"labels", "decoys", "parties"})
_BEFORE = re.compile(r"(^|[|:;,.•·*()\[\]/>-]\s*|\d\s+|\s[-–]\s*)$")
_COLON = re.compile(
    r"\s*[.…_]*\s*(\([^)]{0,14}\))?\s*[:=：]+[-–]?\s*|\s*\.{2,}\s*[:=]?\s*|\s*(?:[._]\s){3,}\s*|\s+[-–—]\s+(?=\S)|\s+(?:is|ist|est|es|è):?\s+(?=\S)"
)
_FILLER = re.compile(
    r"\s*(#|no\.?|nr\.?|n[°º]|number|num\.?)?(?:\s*\([^)\d]{0,14}\))?\s*[#:=.\-–]*\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Label:
    """A label found: its meanings, its place, and the words behind it in its own segment (`tail`).

    colon: a colon follows. alone: nothing else stands in its segment.
    """

    meanings: tuple[Meaning, ...]
    row: int
    index: int
    segment: Segment
    head: Segment
    tail: Segment | None
    colon: bool
    alone: bool
    phrase: str
    rows: int = 1

    def named(self, group: str, name: str) -> Meaning | None:
        return next((m for m in self.meanings if m.group == group and m.name == name), None)


@dataclass(frozen=True)
class Value:
    """Words that may be a label's value. where: "behind", "right" or "below"."""

    segment: Segment
    where: str
    more: tuple[Segment, ...] = ()


class Labels:
    """All labels of a canvas. pairs: what stands beside a label counts before what stands below it."""

    pairs = False

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.frames = Frames(canvas)
        self.found: list[Label] = []
        self.by_row: dict[int, list[Label]] = {}
        for number, row in enumerate(canvas.rows):
            labels = [label for i, s in enumerate(row.segments) for label in _labels(number, i, s)]
            labels = [k for k in labels if k.colon or not _is_value(k, row, labels)]
            labels.extend(self._stacked(number, row, labels))
            labels.extend(self._framed(number, row, labels))
            labels.sort(key=lambda found: found.head.box.x0)
            self.by_row[number] = labels
        for number, row in enumerate(canvas.rows):
            echoes = [k for k in self.by_row[number] if self._is_echo(k, row)]
            for echo in echoes:
                self.by_row[number].remove(echo)
            self.found.extend(self.by_row[number])

    def _stacked(self, number: int, row: Row, known: list[Label]) -> Iterator[Label]:
        """Labels broken over two rows: "Payment" above "Terms:"; the value may stand beside either row."""
        if number + 1 >= len(self.canvas.rows):
            return
        below = self.canvas.rows[number + 1]
        if below.page != row.page or below.box.top - row.box.bottom > row.height:
            return
        for index, upper in enumerate(row.segments):
            if len(tokens(upper.text)) > 3 or upper.text.rstrip().endswith(":"):
                continue
            lower = next((s for s in below.segments if abs(s.box.x0 - upper.box.x0) < 3), None)
            if lower is None or len(tokens(lower.text)) > 3:
                continue
            joined = meanings(f"{upper.text} {lower.text.rstrip(' :')}")
            wanted = tuple(m for m in joined if m.group in GROUPS)
            if wanted and _both_valued(row, below, upper, lower):
                continue
            if wanted and (lower.text.rstrip().endswith(":") or not meanings(upper.text)):
                for label in [k for k in known if k.segment is upper]:
                    known.remove(label)
                yield Label(
                    wanted,
                    number,
                    index,
                    upper,
                    upper,
                    None,
                    True,
                    True,
                    f"{upper.text} {lower.text}",
                    2,
                )

    def _framed(self, number: int, row: Row, known: list[Label]) -> Iterator[Label]:
        """Captions that fill a drawn box with several rows."""
        for index, segment in enumerate(row.segments):
            found = framed.caption(self.frames, segment, GROUPS)
            if found is None:
                continue
            whole, meant, rows = found
            for label in [k for k in known if k.segment is segment]:
                known.remove(label)
            yield Label(
                meant, number, index, segment, whole, None, True, True, whole.text.lower(), rows
            )

    def _is_echo(self, label: Label, row: Row) -> bool:
        """Whether a label is the value of a label for the same field: "Carrier" beside or under "Ship via"."""
        names = _as_value(label.phrase, label.meanings)
        if not label.alone or label.colon or not names or self._heads_columns(label.row):
            return False
        before = row.segments[label.index - 1] if label.index else None
        for other in self.by_row[label.row]:
            beside = other.segment is before and (other.colon or other.alone)
            if beside and _named(other, names):
                return not self._heads(label, other)
        return any(
            self._stands_at(other, label)
            for other in self.by_row.get(label.row - 1, ())
            if _named(other, names)
        ) or any(
            self._stands_at(other, label, True)
            for other in self.by_row.get(label.row + 1, ())
            if _named(other, names)
        )

    def _heads(self, label: Label, other: Label) -> bool:
        """Whether two labels side by side both have words of no label under them, as heads of columns do."""
        if label.row + 1 >= len(self.canvas.rows):
            return False
        below = self.canvas.rows[label.row + 1].segments
        return all(
            any(abs(s.box.x0 - k.head.box.x0) < 3 and not meanings(s.text) for s in below)
            for k in (label, other)
        )

    def _stands_at(self, other: Label, label: Label, under: bool = False) -> bool:
        """Whether a label stands over the value `label`, or in small type under it."""
        level = (
            abs(other.head.box.x0 - label.head.box.x0) < 3 and other.head.page == label.head.page
        )
        near = abs(other.head.box.top - label.head.box.top) < 2.6 * (
            label.head.box.bottom - label.head.box.top
        )
        small = other.head.size < label.head.size - 0.8
        return level and near and other.alone and small == under

    def on_row(self, row: int) -> list[Label]:
        return self.by_row.get(row, [])

    def values(self, label: Label) -> Iterator[Value]:
        """Places where the value of a label may stand, the likeliest first."""
        if label.tail is not None:
            yield Value(label.tail, "behind")
            return
        run_on = any(m.name in framed.RUN_ON for m in label.meanings)
        names = {m.name for m in label.meanings}
        others = [
            k.segment
            for k in self.found
            if k is not label
            and (k.colon or k.tail is None)
            and not (k.row != label.row and names & _as_value(k.phrase, k.meanings))
        ]
        told = framed.values(self.frames, label.head, label.segment, others, run_on)
        if told is None:
            yield from self._near(label)
            return
        yield from (Value(segment, where) for segment, where in told)

    def _near(self, label: Label) -> Iterator[Value]:
        """Values beside, below or above a label whose own segment holds none, whatever is drawn between."""
        right, below = self._right(label), self._below(label)
        if label.alone and not label.colon and self._is_caption(label, below):
            above = self._above(label)
            if above and (not right or self._among_captions(label, right, above)):
                yield above
                return
        first_right = right is not None and (
            label.colon or below is None or self._row_of_pairs(label)
        )
        if first_right and right:
            yield right
        if below:
            yield below
        if right and not first_right:
            yield right
        if label.alone and not label.colon and not below and not right:
            above = self._above(label)
            if above:
                yield above

    def _row_of_pairs(self, label: Label) -> bool:
        """Whether a label without a colon has its value beside it: the next segment is no label and not far off."""
        row = self.canvas.rows[label.row]
        follower = row.segments[label.index + 1]
        party = any(m.group == "parties" for m in label.meanings)
        heads = sum(k.alone and not k.colon for k in self.on_row(label.row))
        if heads > 1 and heads >= 0.6 * len(row.segments):
            return False
        if self._heads_columns(label.row):
            return False
        labelled = any(
            k.segment is follower
            and k.head.box.x0 - follower.box.x0 < 2
            and (party or k.alone or k.colon or any(_strongly(m) for m in k.meanings))
            for k in self.on_row(label.row)
        )
        return not labelled and follower.box.x0 - label.head.box.x1 < 12 * row.height

    def _heads_columns(self, number: int) -> bool:
        """Whether a row captions the row below it: three or more texts, each with one under it, none of them a label."""
        rows = self.canvas.rows
        row, below = rows[number], rows[number + 1] if number + 1 < len(rows) else None
        if below is None or below.page != row.page or len(row.segments) < 3:
            return False
        if below.box.top - row.box.bottom > 1.6 * row.height or any(
            k.colon or (k.alone and any(_strongly(m) and m.group == "labels" for m in k.meanings))
            for k in self.on_row(number + 1)
        ):
            return False
        level = [
            any(
                abs(s.box.x0 - head.box.x0) < 4
                or abs(s.box.x0 + s.box.x1 - head.box.x0 - head.box.x1) < 8
                for s in below.segments
            )
            for head in row.segments
        ]
        capitals = all(s.text[:1].isupper() and not re.search(r"\d", s.text) for s in row.segments)
        return capitals and sum(level) >= max(3, 0.75 * len(level))

    def _right(self, label: Label) -> Value | None:
        row = self.canvas.rows[label.row]
        if label.index + 1 >= len(row.segments):
            return None
        follower = row.segments[label.index + 1]
        if _BOX_NUMBER.match(label.segment.text) and _BOX_NUMBER.match(follower.text):
            return None
        if follower.text.rstrip().endswith(":") and len(follower.words) < 5:
            return None
        starts = [k for k in self.on_row(label.row) if k.segment is follower]
        party = any(m.group == "parties" for m in label.meanings)
        care = bool(starts) and party and starts[0].tail is not None and starts[0].phrase in _CARE
        if (
            starts
            and not care
            and starts[0].head.box.x0 - follower.box.x0 < 2
            and (starts[0].colon or starts[0].alone)
        ):
            return None
        if starts and not care:
            cut = follower.text.find(starts[0].head.text)
            shorter = follower.cut(0, cut) if cut > 0 and starts[0].colon else follower
            follower = shorter or follower
        return Value(follower, "right")

    def _below(self, label: Label) -> Value | None:
        rows = self.canvas.rows
        left, right = self._bounds(label)
        for number in range(label.row + label.rows, min(label.row + 4, len(rows))):
            row = rows[number]
            if (
                row.page != label.head.page
                or row.box.top - label.head.box.bottom > 2.6 * rows[label.row].height
            ):
                return None
            segment = self._under(label, row, left, right)
            if segment is not None and self._elsewhere(label, segment, number):
                continue
            if (
                segment is not None
                and segment.text.rstrip().endswith(":")
                and len(segment.words) < 5
            ):
                return None
            if segment is not None:
                opening = [
                    k
                    for k in self.on_row(number)
                    if k.head.box.x0 - segment.box.x0 < 2 and k.segment.box.x0 == segment.box.x0
                ]
                names = {m.name for m in label.meanings}
                party = any(m.group == "parties" for m in label.meanings)
                if any(
                    (k.alone or k.colon)
                    and not names & ({m.name for m in k.meanings} | _as_value(k.phrase, k.meanings))
                    and not (party and k.tail is not None and k.phrase in _CARE)
                    for k in opening
                ):
                    return None
                return Value(self._with_rest(segment, number), "below")
        return None

    def _with_rest(self, segment: Segment, number: int) -> Segment:
        """A value in a narrow cell that ends in a comma, with the row it runs on in."""
        if not segment.text.rstrip().endswith(",") or number + 1 >= len(self.canvas.rows):
            return segment
        lower = self.canvas.rows[number + 1]
        rest = next((s for s in lower.segments if abs(s.box.x0 - segment.box.x0) < 3), None)
        near = lower.page == segment.page and lower.box.top - segment.box.bottom < lower.height
        if rest is None or not near or len(rest.words) > 6:
            return segment
        return Segment(segment.part, (*segment.words, *rest.words))

    def _elsewhere(self, label: Label, segment: Segment, row: int) -> bool:
        """Whether a segment is a label of a neighbouring column that only begins on a row between."""
        apart = segment.box.x0 > label.head.box.x1 + 20
        return apart and any(k.segment.box.x0 == segment.box.x0 for k in self.on_row(row))

    def _is_caption(self, label: Label, below: Value | None) -> bool:
        """Whether small words stand right under a value and well over what comes below, as captions on forms do."""
        above = self._above(label)
        if above is None or label.head.size > above.segment.size + 0.1:
            return False
        over = label.head.box.top - above.segment.box.bottom
        under = below.segment.box.top - label.head.box.bottom if below else 1e9
        smaller = label.head.size < above.segment.size - 0.8
        return over < (0.75 if smaller else 0.35) * under

    def _among_captions(self, label: Label, right: Value, above: Value) -> bool:
        """Whether what stands beside a caption is a caption too, in small type under a value of its own."""
        number = next(
            (n for n, row in enumerate(self.canvas.rows) if right.segment in row.segments), 0
        )
        over = self.canvas.rows[number - 1].segments if number else ()
        box = right.segment.box
        under = any(s.box.x0 < box.x1 and s.box.x1 > box.x0 for s in over)
        small = max(right.segment.size, label.head.size) < above.segment.size - 0.8
        alike = abs(right.segment.size - label.head.size) < 0.3
        gap = label.head.box.top - above.segment.box.bottom
        near = gap < 0.6 * (label.head.box.bottom - label.head.box.top)
        return under and small and alike and near

    def _above(self, label: Label) -> Value | None:
        """What stands over a caption, where forms put the caption under the line to write on."""
        for number in range(label.row - 1, max(label.row - 2, -1), -1):
            row = self.canvas.rows[number]
            gap = label.head.box.top - row.box.bottom
            labelled = any(k.alone or k.colon for k in self.on_row(number))
            if row.page != label.head.page or gap > 1.2 * row.height or labelled:
                return None
            for segment in row.segments:
                if segment.box.x0 < label.head.box.x1 and segment.box.x1 > label.head.box.x0:
                    known = {m.name for m in meanings(segment.text)}
                    echo = known & ECHOED & {m.name for m in label.meanings}
                    if (known and not echo) or segment.text.rstrip().endswith(":"):
                        return None
                    return Value(segment, "above")
        return None

    def _under(self, label: Label, row: Row, left: float, right: float) -> Segment | None:
        """The segment of a lower row that stands under this label rather than under a neighbour."""
        choices = []
        for segment in row.segments:
            if segment.box.x1 <= left or segment.box.x0 >= right:
                continue
            if segment.box.x1 > right + 1 or segment.box.x0 < label.head.box.x0 - 60:
                clipped = _clip(segment, left, right) or segment
                if label.head.size > segment.size + 1 and clipped.box.x0 > segment.box.x0:
                    continue
                segment = clipped
            distance = _distance(segment, label.head)
            rivals = [k for k in self.on_row(label.row) if k is not label and k.alone]
            if all(distance <= _distance(segment, k.head) for k in rivals):
                choices.append((distance, segment.box.x0, segment))
        return min(choices, key=lambda c: c[:2])[2] if choices else None

    def _bounds(self, label: Label) -> tuple[float, float]:
        """How far left and right a value below the label may reach: up to the neighbouring labels."""
        box = label.head.box
        row = self.canvas.rows[label.row]
        following = [s.box.x0 for s in row.segments if s.box.x0 > box.x1 + 1]
        before = [s.box.x1 for s in row.segments if s.box.x1 < box.x0 - 1]
        right = min(following) if following else box.x1 + 160
        left = max(max(before) if before else box.x0 - 60, box.x0 - 60)
        return left, right


ECHOED = frozenset({"ship_via", "incoterms"})
SAID = {
    "prepaid": frozenset({"payment_terms", "incoterms", "ship_via"}),
    "destination": frozenset({"incoterms"}),
    "origin": frozenset({"incoterms"}),
}


def _as_value(phrase: str, known: Sequence[Meaning]) -> frozenset[str]:
    """The fields whose value a phrase that heads something may be."""
    return SAID.get(phrase) or frozenset(m.name for m in known) & ECHOED


def _strongly(meaning: Meaning) -> bool:
    return meaning.weight == 1.0 and meaning.group != "parties" and meaning.name not in ECHOED


def _named(label: Label, names: frozenset[str]) -> bool:
    return any(m.group == "labels" and m.name in names for m in label.meanings)


_CARE = frozenset({"attn", "att", "attention", "kind attn", "z hd", "c o", "contact"})


def _both_valued(row: Row, below: Row, upper: Segment, lower: Segment) -> bool:
    """Whether two rows each have a value of their own, beginning at one place, beside what could be one label."""
    beside = [s.box.x0 for s in row.segments if s.box.x0 > upper.box.x1]
    under = [s.box.x0 for s in below.segments if s.box.x0 > lower.box.x1]
    return bool(beside and under) and abs(beside[0] - under[0]) < 3 and bool(meanings(upper.text))


def _is_value(label: Label, row: Row, labels: list[Label]) -> bool:
    """Whether words that could be a label stand where the value of a label with a colon belongs."""
    if not label.index:
        return False
    before = row.segments[label.index - 1]
    return any(
        k.segment is before
        and k.colon
        and k.tail is None
        and all(m.group != "parties" for m in k.meanings)
        for k in labels
    ) and (label.segment.box.x0 - before.box.x1 < 8 * row.height)


def _distance(segment: Segment, head: Segment) -> float:
    """How far a value stands from right under a head: the nearest of left edges, middles and right edges."""
    left = abs(segment.box.x0 - head.box.x0)
    right = abs(segment.box.x1 - head.box.x1)
    middle = abs(segment.box.x0 + segment.box.x1 - head.box.x0 - head.box.x1) / 2
    overlap = min(segment.box.x1, head.box.x1) - max(segment.box.x0, head.box.x0)
    return min(left, right, middle) if overlap > 0 else min(left, right, middle) + 25


def _clip(segment: Segment, left: float, right: float) -> Segment | None:
    words = tuple(w for w in segment.words if left <= (w.box.x0 + w.box.x1) / 2 <= right)
    return Segment(segment.part, words) if words else None


_JOINED = re.compile(r"\s*(?:[/&+|,]|and|und|et|y|e|en)\s*", re.IGNORECASE)


def _joined(text: str, found: Sequence[Match]) -> list[Match]:
    """Labels with number and day made one where they share a cell: "PO no. / Date: 4711 / 3 May 2026"."""
    kept: list[Match] = []
    for match in found:
        before = kept[-1] if kept else None
        number = before is not None and any(m.name == "po_number" for m in before.meanings)
        if (
            before is not None
            and number
            and any(m.name == "order_date" for m in match.meanings)
            and _JOINED.fullmatch(text[_FILLER_NO.match(text, before.end).end() : match.start])  # type: ignore[union-attr]
        ):
            own = tuple(m for m in before.meanings if m.name == "po_number")
            kept[-1] = Match(own, before.start, match.end, f"{before.phrase} / {match.phrase}")
        else:
            kept.append(match)
    return kept


def _double(text: str) -> Match | None:
    """Number and day whose labels a stroke parts, each known as a whole: "PO No. / Date Issued: ...", "... :" or alone."""
    found = re.match(r"(?P<number>[^/:]{1,30}?)\s*/\s*(?P<day>[^/:]{2,24}?)\s*(?=:|$)", text)
    if not found:
        return None
    number = tuple(m for m in meanings(found["number"]) if m.name == "po_number")
    day = any(m.name == "order_date" for m in meanings(found["day"]))
    if not number or not day:
        return None
    phrase = f"{fold(found['number']).strip()} / {fold(found['day']).strip()}"
    return Match(number, 0, found.end("day"), phrase)


_FILLER_NO = re.compile(r"\s*(?:#|no\.?|nr\.?|n[°º])?[.]?", re.IGNORECASE)


def _labels(row: int, index: int, segment: Segment) -> list[Label]:
    text = segment.text
    if len(text) > 400:
        return []
    double = _double(text)
    taken = [double] if double else _joined(text, _standing(text))
    listed = len(taken) > 1 and _nothing_else(text, taken)
    labels = []
    for number, match in enumerate(taken):
        colon = _COLON.match(text, match.end)
        start = colon.end() if colon else _FILLER.match(text, match.end).end()  # type: ignore[union-attr]
        party = match.meaning("parties") is not None
        if number and _echoes(text, taken[number - 1], match):
            continue
        enders = [
            m
            for m in taken[number + 1 :]
            if not (party and m.phrase in _INNER) and not _echoes(text, match, m)
        ]
        end = enders[0].start if enders else len(text)
        end = min(end, _next_caption(text, start, end) if colon else end)
        head = segment.cut(match.start, match.end)
        if head is None:
            continue
        tail = (
            segment.cut(start, end)
            if start < end and text[start:end].strip(" -–.:,;|/()[]")
            else None
        )
        alone = listed or (_opens(text[: match.start]) and not text[match.end :].strip(" :#.*()-"))
        labels.append(
            Label(match.meanings, row, index, segment, head, tail, bool(colon), alone, match.phrase)
        )
    return labels


def _echoes(text: str, label: Match, value: Match) -> bool:
    """Whether words that head a field elsewhere are all that stands behind a label for it ("Transport: Spedition")."""
    names = {m.name for m in label.meanings} & _as_value(value.phrase, value.meanings)
    between = text[label.end : value.start]
    return bool(names) and not between.strip(" .:=_-") and not text[value.end :].strip(" .,")


_BOX_NUMBER = re.compile(r"\(?\d{1,2}[a-zA-Z]?[.)]\s+[^\W\d_]{2}")
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,2}\s?(?:\(?[a-z]\)|[a-z])?|[a-hA-H])[.)]?)?")


def _opens(before: str) -> bool:
    """Whether nothing stands before a label, or only the number that a form gives its boxes ("12.", "17(h)", "a.")."""
    marks = before.strip(" *•-.:[]")
    return not marks.strip("()") or (
        before.endswith(" ") and bool(_NUMBERED.fullmatch(before.strip(" *•-:[]")))
    )


def _standing(text: str) -> list[Match]:
    """The labels of a text: those that stand alone, and in a chain of labels and values all that are capitalised."""
    every = _matches(text)
    if len(every) > 1 and _nothing_else(text, every):
        return list(every)
    alone = [m for m in every if _stands_alone(text, m)]
    chain = [m for m in every if _strong(m) and text[m.start].isupper() and _free(text, m)]
    if len(chain) < 3 or chain[0].start > 2 or len(alone) >= len(chain):
        return alone
    return sorted({m.start: m for m in (*alone, *chain)}.values(), key=lambda m: m.start)


def _nothing_else(text: str, found: Sequence[Match]) -> bool:
    """Whether captions that stand close together are all there is: "Freight Terms Ship Via"."""
    kept = text
    for match in found:
        kept = kept[: match.start] + " " * (match.end - match.start) + kept[match.end :]
    capital = all(text[m.start].isupper() and " " in m.phrase for m in found)
    return capital and ":" not in text and not kept.strip(" .#*")


def _strong(match: Match) -> bool:
    return len(match.phrase) > 3 and any(m.weight == 1.0 for m in match.meanings)


def _free(text: str, match: Match) -> bool:
    """Words on both sides, with a value behind: no part of a longer word or name."""
    before, after = text[: match.start], text[match.end :]
    return not before[-1:].strip() and bool(re.match(r"\s+[\w(+]", after))


_CAPTION = re.compile(
    r"(?<=[\w.%)])\s+(?=[^\W\d_a-zà-ÿ][\w.'’/-]*(?:\s[a-zà-ÿ][\w.'’/-]*){0,2}\s?:(?:\s|$))"
)


def _next_caption(text: str, start: int, end: int) -> int:
    """Where a further caption with a colon begins inside a value; `end` when none does."""
    found = _CAPTION.search(text, start, end)
    return found.start() if found and found.start() > start else end


@lru_cache(maxsize=4096)
def _matches(text: str) -> tuple[Match, ...]:
    found: list[Match] = []
    for match in matches(text, GROUPS):
        last = found[-1] if found else None
        if last and _SLASH.fullmatch(text, last.end, match.start):
            found[-1] = _both(last, match)
        else:
            found.append(match)
    return tuple(found)


_SLASH = re.compile(r"\s*(?:/\s*(?:in|r|n)\s*)?/\s*", re.IGNORECASE)


def _both(first: Match, second: Match) -> Match:
    """Two captions with a slash between as one: in two languages, or for two values ("Contact / Phone")."""
    parties = all(m.group == "parties" for m in (*first.meanings, *second.meanings))
    meant = first.meanings + second.meanings if parties else first.meanings
    return Match(tuple(dict.fromkeys(meant)), first.start, second.end, first.phrase)


_INNER = {
    "attn",
    "att",
    "attention",
    "po box",
    "contact",
    "a",
    "de",
    "an",
    "to",
    "von",
    "no",
    "land",
    "street",
    "city",
    "country",
}
_PLACES = {
    "po box",
    "city",
    "state",
    "zip",
    "country",
    "street",
    "province",
    "building",
    "land",
    "ort",
}


def _stands_alone(text: str, match: Match) -> bool:
    """A label begins its segment or follows a mark or a figure; inside a sentence only a colon makes it one."""
    before, after = text[: match.start], text[match.end :]
    if match.start and (text[match.start - 1].isalnum() or match.phrase in _PLACES):
        return False
    if re.match(r"[-/_]\w*\d", after):
        return False
    if _COLON.match(after):
        named = (
            len(before.split()) <= 3
            and before[:1].isupper()
            and text[match.start].isupper()
            and len(match.phrase) > 3
        )
        return not before.strip() or bool(_BEFORE.search(before)) or named
    if match.phrase == "via" and after.strip():
        return False
    if _opens(before):
        return True
    if not after.strip(" :#.") and _BEFORE.search(before) is None:
        return False
    return (
        bool(_BEFORE.search(before))
        and bool(re.match(r"\s*[#:]|\s+\S*\d|\s*$", after))
        and len(match.phrase) > 4
    )
