"""Generated documents of every kind: the same again for a seed, their truth on them, and how they are read and counted."""

from __future__ import annotations

from random import Random

import pypdfium2
import pytest

from core.inbound.reading import Candidate, Extraction, ReadOrder
from core.inbound.values import Message
from extraction.training.compare import aligned, same
from extraction.training.documents import KINDS, MAKERS, Document, document, documents
from extraction.training.knobs import Knobs
from extraction.training.logistic import fitted, line
from extraction.training.paper.compose import made_paper
from extraction.training.reliability import (
    accepted_before_first_wrong,
    calibration_error,
    curve,
    untouched,
)
from extraction.training.score import report
from extraction.training.surface import pdf_of, reading_of
from extraction.training.tally import Marked, counted, judged, knobs_apart, marked
from extraction.training.words import LANGUAGES


@pytest.fixture(scope="module")
def some() -> list[Document]:
    return list(documents(60, 11))


def test_a_seed_gives_the_same_documents() -> None:
    for kind in sorted(KINDS):
        one, two = (document(Random(5), kind, True) for _ in range(2))
        assert (one.truth, one.lines, one.knobs) == (two.truth, two.lines, two.knobs)
        if kind != "xlsx":
            assert one.message == two.message


def test_every_kind_has_its_truth_and_names_its_knobs(some: list[Document]) -> None:
    assert set(MAKERS) >= set(KINDS)
    for made in some:
        assert any(knob.startswith("language: ") for knob in made.knobs)
        assert bool(made.lines) == (made.order or "blank form" not in made.knobs)
        assert all("quantity" in cells and "description" in cells for cells in made.lines)
    assert {made.kind for made in some} >= {"pdf", "mail", "html", "xlsx", "csv"}


@pytest.mark.parametrize("number", range(24))
def test_what_a_page_should_give_is_printed_on_it(number: int) -> None:
    knobs = Knobs(Random(number))
    made = made_paper(knobs.r, LANGUAGES[number % 6], False, knobs)
    pages = pypdfium2.PdfDocument(pdf_of(made.surface))
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    folded = "".join(text.split())
    for name in ("po_number", "buyer_name", "payment_terms"):
        if name in made.truth and name not in made.lenient:
            assert "".join(made.truth[name].split()) in folded
    for cells in made.lines:
        assert "".join(cells.get("sku", "").split()) in folded
    assert len(made.lines) == len(made.order.items)


def test_pieces_are_words_with_their_meaning() -> None:
    knobs = Knobs(Random(3))
    made = made_paper(knobs.r, "en", False, knobs)
    reading, labels = reading_of(made.surface)
    words = [w for page in reading.pages for w in page.words]
    numbers = {w.text for w in words if labels[w.page, w.box.x0, w.box.top] == "PO_NUMBER"}
    assert " ".join(sorted(numbers)) == " ".join(sorted(made.facts.po.split()))


def test_values_are_compared_by_meaning() -> None:
    assert same("total", "1200.00", "1200")
    assert same("ship_to", "Ünal GmbH, Weg 1, 4711 Ort", "UNAL GMBH Weg 1, 4711 Ort")
    assert same("description", "hex bolts", "hex bolts, zinc")
    assert not same("po_number", "4711", "4712")
    assert not same("uom", "pcs", "box")


def test_lines_find_their_partners_and_surplus_ones_stand_alone() -> None:
    read = [
        {"quantity": Candidate(q, 0.9), "description": Candidate(g, 0.9)}
        for q, g in (("9", "junk"), ("2", "bolts"), ("3", "nuts"))
    ]
    wanted = [{"quantity": "2", "description": "bolts"}, {"quantity": "3", "description": "nuts"}]
    assert [(w.get("quantity"), r["quantity"].value) for w, r in aligned(wanted, read)] == [
        (None, "9"),
        ("2", "2"),
        ("3", "3"),
    ]


def marked_by_hand(right: bool, confidence: float, knobs: frozenset[str] = frozenset()) -> Marked:
    made = Document(
        Message("x"), {"po_number": "1"}, ({"quantity": "5"},), frozenset(), "pdf", knobs
    )
    order = ReadOrder(
        {"po_number": Candidate("1" if right else "2", confidence)},
        ({"quantity": Candidate("5", confidence)},),
    )
    fields = tuple(judged(made.truth, made.lines, (), order))
    return Marked(made, fields, "order", Extraction("order", orders=(order,)))


def test_misses_false_alarms_and_knobs_are_counted() -> None:
    found = [
        marked_by_hand(n % 2 == 0, 0.9, frozenset({"odd"} if n % 2 else ())) for n in range(12)
    ]
    tally = counted(found)
    assert (tally.hits["po_number"], tally.missed["po_number"], tally.invented["po_number"]) == (
        6,
        6,
        6,
    )
    assert knobs_apart(found)["odd"] == {
        "documents": 6,
        "header": 0.0,
        "header_without": 1.0,
        "line": 1.0,
        "line_without": 1.0,
    }


def test_what_may_pass_untouched_is_counted_with_its_wrong_values() -> None:
    found = [
        *(marked_by_hand(True, 0.96) for _ in range(8)),
        marked_by_hand(False, 0.995),
        marked_by_hand(True, 0.5),
    ]
    assert untouched(found)["0.95"] == {
        "share": 0.9,
        "passed": 9,
        "with a wrong value": 1,
        "with a missing value": 0,
    }
    assert untouched(found)["0.99"]["passed"] == 1
    pairs = [(0.99, True), (0.98, True), (0.97, False), (0.5, True)]
    assert accepted_before_first_wrong(pairs) == 2
    assert sum(row["count"] for row in curve(pairs)) == 4


def test_a_fitted_model_states_the_share_that_is_right() -> None:
    r = Random(1)
    cases = [
        ({"x": x, "noise": r.random()}, r.random() < 1 / (1 + 2.718 ** -(3 * x - 1)), 1.0)
        for x in (r.random() for _ in range(4_000))
    ]
    model = fitted(cases)
    assert abs(model.weights["x"] - 3) < 0.4 and abs(model.weights["noise"]) < 0.3
    stated = [(1 / (1 + 2.718 ** -model.odds(signals)), right) for signals, right, _ in cases]
    assert calibration_error(stated) < 0.03
    slope, shift = line(
        [2.0] * 500 + [-2.0] * 500,
        [n % 10 < 7 for n in range(500)] + [n % 10 < 3 for n in range(500)],
        [1.0] * 1000,
    )
    assert slope < 0.6 and abs(shift) < 0.1


def test_fresh_documents_are_read_well() -> None:
    found = report(list(marked(documents(24, 7_777))))
    assert found["documents"] == 24
    assert found["header_f1"] > 0.8
    assert found["line_f1"] > 0.8
