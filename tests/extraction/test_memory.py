"""One correction is enough: the next document of the same sender is read by it, and nobody else's is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.inbound.reading import ReadOrder
from core.inbound.values import Message, Part
from extraction.context import Context
from extraction.extract import extract
from extraction.memory.learn import Corrected, Taught, learn
from extraction.memory.lesson import Lesson
from tests.extraction.reading import Piece, fields, lines, pdf

Row = tuple[str, str, str, str, str]
HEADS = ("Ding", "Worum es geht", "Wieviel", "Stk-Art", "Euro")
STOPS = (40, 130, 330, 400, 470)


def zettel(number: str, *rows: Row, day: str = "21.03.2026", label: str = "Zettel") -> Message:
    """A paper whose wording no vocabulary has: "Zettel" is the order's number, "Wieviel" the quantity."""
    pieces: list[Piece] = [
        (40, 40, "Huber Werkzeuge GmbH"),
        (40, 110, label),
        (130, 110, number),
        (40, 126, "Tag"),
        (130, 126, day),
        (40, 142, "Vorgang"),
        (130, 142, "V-88123"),
        (40, 158, "Kennung"),
        (130, 158, "K/770-01"),
    ]
    pieces += [(x, 220, head) for x, head in zip(STOPS, HEADS, strict=True)]
    for n, row in enumerate(rows):
        pieces += [(x, 240 + 16 * n, text) for x, text in zip(STOPS, row, strict=True)]
    return attached(pdf(pieces))


def attached(content: bytes) -> Message:
    part = Part(1, "attachment", "application/pdf", "order.pdf", content)
    return Message("upload", parts=(part,))


FIRST = zettel(
    "ZT/55-1",
    ("KL-200", "Klammer verzinkt", "40", "Beutel", "1,25"),
    ("RT-35", "Ratsche klein", "6", "Stk", "18,90"),
)
FIRST_RIGHT = Corrected(
    {"po_number": "ZT/55-1", "order_date": "2026-03-21", "buyer_name": "Huber Werkzeuge GmbH"},
    (
        {"buyer_sku": "KL-200", "description": "Klammer verzinkt", "quantity": "40", "uom": "Beutel", "unit_price": "1.25"},
        {"buyer_sku": "RT-35", "description": "Ratsche klein", "quantity": "6", "uom": "Stk", "unit_price": "18.90"},
    ),
)  # fmt: skip
SECOND = zettel(
    "ZT/58-9",
    ("NV-7", "Nietenzieher", "12", "Stk", "7,40"),
    ("KL-210", "Klammer lang", "1000", "Beutel", "0,99"),
    ("SP-1", "Spule", "3", "Stk", "120,00"),
    day="04.05.2026",
)


def read(message: Message, *lessons: Lesson) -> ReadOrder:
    orders = extract(message, Context(lessons=lessons)).orders
    return orders[0] if orders else ReadOrder()


@pytest.fixture(scope="module")
def taught() -> Taught:
    return learn(FIRST, [FIRST_RIGHT], Context())


def test_the_paper_is_misread_at_first() -> None:
    order = read(SECOND)
    assert fields(order).get("po_number") != "ZT/58-9"
    assert [line.get("quantity") for line in lines(order)] != ["12", "1000", "3"]


def test_after_one_correction_the_next_paper_is_read_right(taught: Taught) -> None:
    order = read(SECOND, *taught.lessons)
    assert fields(order)["po_number"] == "ZT/58-9"
    assert fields(order)["order_date"] == "2026-05-04"
    assert fields(order)["buyer_name"] == "Huber Werkzeuge GmbH"
    assert [(line["buyer_sku"], line["quantity"], line["uom"], line["unit_price"]) for line in lines(order)] == [
        ("NV-7", "12", "Stk", "7.40"),
        ("KL-210", "1000", "Beutel", "0.99"),
        ("SP-1", "3", "Stk", "120.00"),
    ]  # fmt: skip


def test_values_from_memory_say_so_and_show_their_place(taught: Taught) -> None:
    stored = [replace(lesson, id=n) for n, lesson in enumerate(taught.lessons, start=1)]
    number = read(SECOND, *stored).fields["po_number"]
    assert number.source.startswith("memory:")
    assert (number.evidence.page, number.evidence.text) == (1, "ZT/58-9")
    assert number.confidence > 0.8


def test_a_lesson_that_is_not_handed_over_does_not_act(taught: Taught) -> None:
    rest = [lesson for lesson in taught.lessons if lesson.field != "po_number"]
    assert fields(read(SECOND, *rest)).get("po_number") != "ZT/58-9"


def test_lessons_do_no_harm_to_a_paper_of_another_look(taught: Taught) -> None:
    other = attached(
        pdf(
            [
                (40, 40, "Ferngate Stores Ltd"),
                (300, 40, "PURCHASE ORDER"),
                (300, 60, "PO Number: F-2210"),
                (300, 76, "Date: 3 June 2026"),
                (40, 160, "Item"), (140, 160, "Description"), (330, 160, "Qty"), (400, 160, "Price"),
                (40, 180, "AX-12"), (140, 180, "Valve"), (330, 180, "5"), (400, 180, "9.50"),
            ]
        )
    )  # fmt: skip
    lessons = [k for k in taught.lessons if k.kind != "constant"]
    assert fields(read(other, *lessons)) == fields(read(other))
    assert lines(read(other, *lessons)) == lines(read(other))


def test_learning_again_from_what_is_right_teaches_nothing_new(taught: Taught) -> None:
    again = learn(FIRST, [FIRST_RIGHT], Context(lessons=taught.lessons))
    assert again.lessons == ()
    assert again.contradicted == ()
    assert set(again.confirmed) <= {lesson.key for lesson in taught.lessons}
    assert again.confirmed


def test_a_wrong_correction_fades() -> None:
    """The clerk once took the code of the case for the order's; two right corrections later it is asleep."""
    slip = Corrected({**FIRST_RIGHT.fields, "po_number": "K/770-01"}, FIRST_RIGHT.lines)
    known = {k.key: k for k in learn(FIRST, [slip], Context()).lessons}
    assert fields(read(SECOND, *known.values()))["po_number"] == "K/770-01"
    for message, number in ((SECOND, "ZT/58-9"), (FIRST, "ZT/55-1")):
        right = Corrected({"po_number": number}, ())
        found = learn(message, [right], Context(lessons=tuple(known.values())))
        known.update({k.key: k for k in found.lessons if k.key not in known})
        for key in found.contradicted:
            known[key] = replace(known[key], contradicted=known[key].contradicted + 1)
    slept = [k for k in known.values() if k.asleep and k.field == "po_number"]
    assert "kennung" in {k.words for k in slept}
    assert fields(read(SECOND, *known.values()))["po_number"] == "ZT/58-9"


def test_a_value_that_is_nowhere_on_the_paper_teaches_a_constant_or_nothing() -> None:
    told = Corrected(
        {**FIRST_RIGHT.fields, "requested_date": "2026-07-01", "payment_terms": "45 days net"},
        FIRST_RIGHT.lines,
    )
    found = {(k.kind, k.field, k.value) for k in learn(FIRST, [told], Context()).lessons}
    assert ("constant", "payment_terms", "45 days net") in found
    assert not {k for k in found if k[1] == "requested_date"}


def test_what_was_cleared_is_not_read_again() -> None:
    paper = [
        (40, 40, "Ferngate Stores Ltd"),
        (300, 60, "PO Number: F-2210"),
        (300, 76, "Terms: see our portal"),
        (40, 160, "Item"), (140, 160, "Description"), (330, 160, "Qty"), (400, 160, "Price"),
        (40, 180, "AX-12"), (140, 180, "Valve"), (330, 180, "5"), (400, 180, "9.50"),
    ]  # fmt: skip
    before = read(attached(pdf(paper)))
    assert "payment_terms" in before.fields
    right = Corrected(
        {k: v for k, v in fields(before).items() if k != "payment_terms"}, tuple(lines(before))
    )
    found = learn(attached(pdf(paper)), [right], Context())
    after = read(attached(pdf(paper)), *found.lessons)
    assert fields(after) == {k: v for k, v in fields(before).items() if k != "payment_terms"}


def test_days_are_read_as_this_sender_writes_them() -> None:
    def dated(day: str) -> Message:
        return attached(pdf([(40, 40, "Ferngate Stores Ltd"), (300, 60, "PO Number: F-2210"), (300, 76, f"PO Date: {day}"),
                             (40, 160, "Item"), (140, 160, "Description"), (330, 160, "Qty"), (40, 180, "AX-12"), (140, 180, "Valve"), (330, 180, "5")]))  # fmt: skip

    american = Context(day_first=True)
    assert extract(dated("03/04/2026"), american).orders[0].fields["order_date"].value == "2026-04-03"  # fmt: skip
    right = Corrected({"po_number": "F-2210", "order_date": "2026-03-04"})
    (style,) = [k for k in learn(dated("03/04/2026"), [right], american).lessons if k.kind == "style"]  # fmt: skip
    assert style.value == "month first"
    after = extract(dated("05/06/2026"), replace(american, lessons=(style,)))
    assert after.orders[0].fields["order_date"].value == "2026-05-06"


def test_a_unit_that_was_confirmed_as_another_word_is_meant_that_way() -> None:
    right = Corrected(
        FIRST_RIGHT.fields, tuple({**line, "uom": "EA"} if line["uom"] == "Stk" else line for line in FIRST_RIGHT.lines)
    )  # fmt: skip
    found = learn(FIRST, [FIRST_RIGHT], Context())
    more = learn(FIRST, [right], Context(lessons=found.lessons))
    (unit,) = [k for k in more.lessons if k.kind == "unit"]
    assert (unit.words, unit.value) == ("stk", "EA")
    order = read(SECOND, *found.lessons, unit)
    assert [line["uom"] for line in lines(order)] == ["EA", "Beutel", "EA"]


def test_a_lesson_travels_as_json(taught: Taught) -> None:
    for lesson in taught.lessons:
        assert Lesson.of_json(lesson.as_json()) == lesson
    with pytest.raises(ValueError):
        Lesson.of_json({**taught.lessons[0].as_json(), "kind": "spell"})


def test_strength_grows_and_shrinks() -> None:
    new = Lesson("constant", "currency", value="EUR")
    proven = replace(new, confirmed=5)
    doubted = replace(new, contradicted=1)
    assert proven.strength > new.strength > doubted.strength
    assert not doubted.asleep and replace(new, contradicted=2).asleep
    assert not replace(new, confirmed=40, contradicted=2).asleep
