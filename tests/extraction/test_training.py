"""The generator of training texts, what is measured with it, and that its seeds give the same again."""

from __future__ import annotations

from random import Random

import pytest
import spacy

from core.inbound.reading import LANES
from extraction.learned.components import ENTITIES
from extraction.training.calibrate import isotonic
from extraction.training.generate import samples
from extraction.training.reader import example_of
from extraction.training.reliability import calibration_error
from extraction.training.sample import Sample
from extraction.training.wording import chosen, one_of, phrases
from extraction.training.words import LANGUAGES


@pytest.fixture(scope="module")
def some() -> list[Sample]:
    return list(samples(300, 11))


def test_marked_values_do_not_overlap_and_have_no_blank_ends(some: list[Sample]) -> None:
    for sample in some:
        last = 0
        for start, end, label in sample.entities:
            assert last <= start < end
            assert sample.text[start:end] == sample.text[start:end].strip()
            assert label in ENTITIES
            last = end


def test_all_languages_lanes_kinds_and_labels_occur(some: list[Sample]) -> None:
    assert {s.language for s in some} == set(LANGUAGES)
    assert {s.lane for s in some} == set(LANES)
    assert {s.kind for s in some} == {"mail", "page", "form"}
    assert {label for s in some for _, _, label in s.entities} == set(ENTITIES)


def test_a_seed_gives_the_same_texts() -> None:
    assert [s.text for s in samples(20, 5)] == [s.text for s in samples(20, 5)]
    assert [s.text for s in samples(20, 5)] != [s.text for s in samples(20, 6)]


def test_held_out_wordings_are_never_trained_on() -> None:
    for bank in phrases().values():
        for wordings in bank.values():
            trained = {one_of(Random(n), wordings, False) for n in range(200)}
            kept = {one_of(Random(n), wordings, True) for n in range(200)}
            assert not trained & kept


def test_choices_are_taken_and_closed_up() -> None:
    assert chosen(Random(1), "[a|a] b[ c| c].") == "a b c."
    assert chosen(Random(1), "Please [|] send") == "Please send"
    assert chosen(Random(1), "no choice") == "no choice"


def test_every_marked_value_becomes_an_entity_of_whole_tokens() -> None:
    from extraction.learned.components import code_tokenizer

    model = spacy.blank("xx")
    model.tokenizer = code_tokenizer()(model)
    marked = kept = 0
    for sample in samples(60, 12):
        example = example_of(model, sample)
        spans = {(e.start_char, e.end_char, e.label_) for e in example.reference.ents}
        marked += len(sample.entities)
        kept += len(spans & set(sample.entities))
    assert kept / marked > 0.97


def test_isotonic_steps_rise_and_learn_the_share() -> None:
    r = Random(3)
    pairs = [(p, r.random() < p * p) for p in (r.random() for _ in range(4_000))]
    steps = isotonic(pairs)
    assert [value for _, value in steps] == sorted(value for _, value in steps)
    learned = [([v for t, v in steps if t <= p] or [steps[0][1]])[-1] for p, _ in pairs]
    assert calibration_error(zip(learned, (right for _, right in pairs), strict=True)) < 0.03
    assert calibration_error(pairs) > 0.1
