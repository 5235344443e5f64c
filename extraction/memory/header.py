"""Header fields: what a correction teaches about where they stand, and the clues that lessons give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.inbound.reading import HEADER_FIELDS, Evidence
from extraction.document import Document
from extraction.fields.header.readers import READERS
from extraction.memory.anchors import Anchor, Found, anchors_of, at_anchor, said
from extraction.memory.layout import ENOUGH, similarity
from extraction.memory.lesson import Lesson, is_memory
from extraction.memory.spots import ASIDE, Spot, agrees, spots
from extraction.page.segments import Row, Segment, evidence_of
from extraction.vocabulary import tokens
from extraction.weighing.clues import Clue

TAUGHT = tuple(f for f in HEADER_FIELDS if f not in ("purpose", "notes"))
BLOCKS = frozenset({"ship_to", "bill_to"})
STEADY = frozenset({"buyer_name", "buyer_id", "currency", "payment_terms", "incoterms", "ship_via", "bill_to"})  # fmt: skip
UNSEEN = 0.62
MAX_ROWS = 10
EDGE = 6.0
Taken = frozenset[tuple[int, int]]


# What lessons say about a document ------------------------------------------------------------------------------


def clues(document: Document, marks: Sequence[str], lessons: Sequence[Lesson]) -> Iterator[Clue]:
    """A clue for each lesson about a place on the page whose place holds a value of its field."""
    for lesson in lessons:
        if lesson.asleep or lesson.kind not in ("label", "place"):
            continue
        alike = similarity(lesson.layout, marks)
        if lesson.kind == "place" and alike < ENOUGH:
            continue
        found = _read(document, lesson)
        if found:
            value, rows = found
            evidence = evidence_of(document.canvas.part, [w for s in rows for w in s.words])
            score = lesson.strength * (1.0 if alike >= ENOUGH else 0.8)
            yield Clue(
                lesson.field, value, score, lesson.source, evidence, rows[0].page, tag(lesson)
            )


def constants(documents: Sequence[Document], lessons: Sequence[Lesson]) -> Iterator[Clue]:
    """What this sender's orders always say: surer where the page says it too."""
    for lesson in lessons:
        if lesson.asleep or lesson.kind != "constant":
            continue
        seen = next((s for d in documents[:6] for s in spots(d, lesson.field, lesson.value)), None)
        if seen is not None:
            words = [w for s in seen.rows for w in s.words]
            evidence, score = evidence_of(seen.rows[0].part, words), lesson.strength * 0.99
        else:
            evidence = Evidence(at=f"lesson {lesson.id}" if lesson.id else "lesson")
            score = lesson.strength * min(UNSEEN + 0.06 * lesson.confirmed, 0.9)
        yield Clue(lesson.field, lesson.value, score, lesson.source, evidence, 0, tag(lesson))


def tag(lesson: Lesson) -> str:
    """The label of a clue that comes from this lesson."""
    return f"lesson {lesson.key}"


def kept(clues: Sequence[Clue], lessons: Sequence[Lesson]) -> list[Clue]:
    """Clues without those that a lesson says are never this field."""
    never = {(k.field, k.where, k.words) for k in lessons if k.kind == "never" and not k.asleep}
    return [c for c in clues if (c.field, c.source, said(c.label)) not in never]


def _read(document: Document, lesson: Lesson) -> tuple[str, list[Segment]] | None:
    """The value at the lesson's place, and its words."""
    rows = document.canvas.rows
    if lesson.kind == "label":
        found = list(at_anchor(rows, Anchor(lesson.words, lesson.where)))
        found.sort(key=lambda f: _away(f, lesson))
    else:
        found = list(_at_box(document, lesson))
    for place in found[:20]:
        block = _block(rows, place, lesson)
        value = _value(document, lesson, block)
        if value:
            return value, block
    return None


def _away(found: Found, lesson: Lesson) -> float:
    """How far from where it stood: tells apart labels that are printed twice."""
    if lesson.box == (0.0, 0.0, 0.0, 0.0):
        return 0.0
    pages = abs(found.segment.page - lesson.page) * 2000.0
    sideways = abs(found.segment.box.x0 - lesson.box[0])
    return pages + 3.0 * min(sideways, 300.0) + abs(found.segment.box.top - lesson.box[1])


def _at_box(document: Document, lesson: Lesson) -> Iterator[Found]:
    x0, top, x1, bottom = lesson.box
    height = max(bottom - top, 4.0)
    for number, row in enumerate(document.canvas.rows):
        if row.page != lesson.page or abs(row.box.top - top) > 0.8 * height:
            continue
        for index, segment in enumerate(row.segments):
            box = segment.box
            edges = (abs(box.x0 - x0), abs(box.x1 - x1), abs(box.x0 + box.x1 - x0 - x1) / 2)
            if min(edges) < EDGE:
                yield Found(segment, number, index)


def _block(rows: Sequence[Row], place: Found, lesson: Lesson) -> list[Segment]:
    """The rows of a value: one, a number of rows, or (rows 0) all that stand together under the first."""
    block = [place.segment]
    steady = {m.partition(" ")[2] for m in lesson.layout}
    limit = lesson.rows or MAX_ROWS
    at = place.row
    while len(block) < limit:
        below = _next_row(rows, at, block[0], block[-1])
        if below is None:
            break
        at, segment = below
        words = said(segment.text)
        if not lesson.rows and (words in steady or words == lesson.until):
            break
        block.append(segment)
    return block


def _next_row(
    rows: Sequence[Row], at: int, first: Segment, last: Segment
) -> tuple[int, Segment] | None:
    height = max(last.box.bottom - last.box.top, 4.0)
    for number in range(at + 1, min(at + 4, len(rows))):
        row = rows[number]
        if row.page != last.page or row.box.top - last.box.bottom > 1.3 * height:
            return None
        for segment in row.segments:
            middle = abs(segment.box.x0 + segment.box.x1 - first.box.x0 - first.box.x1) / 2
            if abs(segment.box.x0 - first.box.x0) < ASIDE or middle < 6:
                return number, segment
    return None


def _value(document: Document, lesson: Lesson, block: Sequence[Segment]) -> str:
    text = _until(block[0].text, lesson.until)
    reader = READERS.get(lesson.field)
    if lesson.value == "read" and reader:
        found = reader(text.strip(" :"), document)
        return found[0] if found else ""
    texts = [text, *(s.text for s in block[1:])]
    printed = [" ".join(t.split()).strip(" :;|*–-,") for t in texts]
    joined = (", " if lesson.field in BLOCKS else " ").join(p for p in printed if p)
    if lesson.field in ("order_date", "requested_date", "total", "subtotal", "tax", "freight"):
        return ""
    return joined if 0 < len(joined) <= 400 else ""


def _until(text: str, words: str) -> str:
    """The text up to the words that follow the value."""
    wanted = words.split()
    if not wanted:
        return text
    found = tokens(text)
    for at in range(1, len(found) - len(wanted) + 1):
        if [t.text for t in found[at : at + len(wanted)]] == wanted:
            return text[: found[at].start]
    return text


# What a correction teaches --------------------------------------------------------------------------------------


def taught(
    documents: Sequence[Document],
    name: str,
    value: str,
    taken: Mapping[int, Taken],
    marks: Sequence[tuple[str, ...]],
) -> Iterator[Lesson]:
    """The first lesson that would have read this value here; a constant where the field is steady. taken, marks: by document."""
    place = _placed(documents, name, value, taken, marks)
    if place is not None:
        yield place
    if name in STEADY and (place is None or name in ("buyer_name", "currency")):
        yield Lesson("constant", name, value=value)


def _placed(
    documents: Sequence[Document],
    name: str,
    value: str,
    taken: Mapping[int, Taken],
    marks: Sequence[tuple[str, ...]],
) -> Lesson | None:
    for number, document in enumerate(documents):
        for spot in _likely(document, name, value):
            for lesson in _options(document, name, spot, taken[number], marks[number]):
                found = _read(document, lesson)
                if found and agrees(name, value, found[0]):
                    return lesson
    return None


def _likely(document: Document, name: str, value: str) -> list[Spot]:
    return spots(document, name, value)[:8]


def _options(
    document: Document, name: str, spot: Spot, taken: Taken, marks: tuple[str, ...]
) -> Iterator[Lesson]:
    """Lessons that might find this spot again, the most telling first."""
    rows = document.canvas.rows
    segment = rows[spot.row].segments[spot.index]
    box = spot.rows[0].box
    place = (box.x0, box.top, box.x1, box.bottom)
    counts = (1,) if len(spot.rows) == 1 and name not in BLOCKS else (0, len(spot.rows))
    until = said(segment.text[spot.end :]).split()
    ends = ["", " ".join(until[:2])] if until else [""]
    for anchor in anchors_of(rows, spot, taken - {(spot.row, spot.index)}):
        for end in ends:
            for count in counts:
                for how in ("read", "raw"):
                    yield Lesson(
                        "label", name, anchor.words, anchor.where, end, count, how,
                        segment.page, place, layout=marks,
                    )  # fmt: skip
    if document.canvas.pages and segment.page <= 2:
        for count in counts:
            for how in ("read", "raw"):
                yield Lesson(
                    "place", name, "", "", "", count, how, segment.page, place, layout=marks
                )


def never(name: str, wrong: Sequence[Clue], marks: tuple[str, ...]) -> Iterator[Lesson]:
    """What announced a value that is not there: it never does on this sender's documents."""
    told = {(c.source, said(c.label)) for c in wrong if not is_memory(c.source)}
    for source, words in sorted(told):
        yield Lesson("never", name, words, source, layout=marks)
