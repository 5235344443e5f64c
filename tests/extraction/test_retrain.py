"""Corrections of clerks as training texts: written and read again, found in pages, and taught to the model."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from core.inbound.reading import Evidence
from core.inbound.values import Part
from core.values import Box
from extraction.learned import nlp
from extraction.readers.registry import read_part
from extraction.training import labelled, retrain
from extraction.training.knobs import Knobs
from extraction.training.paper.compose import made_paper
from extraction.training.printed_values import find, find_line
from extraction.training.surface import pdf_of

MAIL = """Hello,
please send 12 boxes of safety glasses (SG-20) and 1.250 pcs hex bolts, HB-7.
Order 4711-A of 3 March 2027, total 1.499,50 EUR
Ship to:
Harwell Supply Co.
12 Mill Road
Torfield, OH 44101
"""
PLACE = "Harwell Supply Co., 12 Mill Road, Torfield, OH 44101"


def confirmed(number: int) -> str:
    knobs = Knobs(Random(number))
    made = made_paper(knobs.r, "en", False, knobs)
    reading = read_part(Part(1, "attachment", "application/pdf", "a.pdf", pdf_of(made.surface)))
    assert reading is not None
    truth = {name: value for name, value in made.truth.items() if name not in made.lenient}
    return labelled.of(reading, truth, made.lines, language="en", document=str(number))


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("examples") / "corrections.jsonl"
    path.write_text("\n".join(confirmed(n) for n in range(12)) + "\n", "utf-8")
    return path


def test_confirmed_values_are_found_again_on_their_pages(examples: Path) -> None:
    documents, problems = labelled.read(examples)
    assert len(documents) == 12 and not problems
    found: Counter[bool] = Counter()
    for one in documents:
        made, missing = labelled.sample_of(one)
        names = [name for name in labelled.ENTITIES if one.fields.get(name)]
        lost = [name for name in missing if not name.startswith("line")]
        found.update({True: len(names) - len(lost), False: len(lost)})
        ends = sorted((a, b) for a, b, _ in made.entities)
        assert all(end <= start for (_, end), (start, _) in pairwise(ends))
        marked = {(made.text[a:b], label) for a, b, label in made.entities}
        assert (one.fields["po_number"], "PO_NUMBER") in marked
        assert made.looks
    assert found[True] / found.total() > 0.93


def test_unusable_lines_are_named_and_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    good = {"text": MAIL, "fields": {"po_number": "4711-A"}}
    bad = [{"fields": {}}, {"text": MAIL, "fields": {}, "lane": "nonsense"}]
    path.write_text("\n".join(map(json.dumps, [good, *bad])) + "\nno json\n", "utf-8")
    documents, problems = labelled.read(path)
    assert len(documents) == 1
    assert [p.split(" is ")[0] for p in problems] == ["Line 2", "Line 3", "Line 4"]


@pytest.mark.parametrize(
    ("name", "value", "printed"),
    [
        ("order_date", "2027-03-03", "3 March 2027"),
        ("total", "1499.50", "1.499,50"),
        ("po_number", "4711-A", "4711-A"),
        ("ship_to", PLACE, "Harwell Supply Co.|12 Mill Road|Torfield, OH 44101"),
        ("subtotal", "77.00", ""),
    ],
)
def test_values_are_found_in_their_printed_form(name: str, value: str, printed: str) -> None:
    assert "|".join(MAIL[a:b] for a, b in find(MAIL, name, value, [])) == printed


def test_the_cells_of_a_line_stand_near_each_other() -> None:
    wanted = {"buyer_sku": "HB-7", "quantity": "1250", "uom": "pcs", "description": "hex bolts"}
    found = find_line(MAIL, wanted, 0, [])
    assert {name: MAIL[a:b] for name, (a, b) in found.items()} == {**wanted, "quantity": "1.250"}
    assert find_line(MAIL, {"buyer_sku": "ZZ-1", "quantity": "12"}, 0, []) == {}


def test_a_place_goes_before_what_is_looked_for() -> None:
    reading = read_part(Part(1, "body-text", "text/plain", "", MAIL.encode(), MAIL))
    assert reading is not None
    second = MAIL.index("SG-20"), MAIL.index("SG-20") + 5
    line = labelled.of(
        reading, {"po_number": "4711-A"}, [], places={"po_number": Evidence(1, span=second)}
    )
    assert json.loads(line)["places"] == {"po_number": list(second)}
    boxed = Evidence(1, 2, Box(1.0, 2.0, 3.0, 4.0))
    line = labelled.of(reading, {}, [], places={"total": boxed})
    assert json.loads(line)["places"] == {"total": [2, 1.0, 2.0, 3.0, 4.0]}


def test_a_tiny_run_teaches_and_says_what_it_was_worth(examples: Path) -> None:
    documents, _ = labelled.read(examples)
    model = nlp.load.__wrapped__()
    outcome = retrain.retrained(model, documents[:5], steps=1, judges=12)
    assert outcome.documents == 5
    for before, after in (outcome.kept_back, outcome.generated):
        assert 0 < before <= 1 and 0 < after <= 1
    assert outcome.generated[0] != outcome.generated[1]
    assert model.pipe_names == nlp.load().pipe_names


def test_only_a_model_that_is_no_worse_is_kept() -> None:
    kept = retrain.Outcome(5, (), (0.5, 0.6), (0.90, 0.895))
    assert kept.better
    assert not retrain.Outcome(5, (), (0.5, 0.6), (0.90, 0.80)).better
    assert not retrain.Outcome(5, (), (0.6, 0.5), (0.90, 0.90)).better


def test_nothing_to_learn_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "none.jsonl"
    empty.write_text("", "utf-8")
    assert retrain.main([str(empty), "--model", str(tmp_path)]) == 1
    assert "nothing was changed" in capsys.readouterr().out
    assert not (tmp_path / "pipeline").exists()
