"""The quick recogniser: it finds what the trained component itself finds."""

from __future__ import annotations

import pytest

from extraction.learned.entities import STRETCH, Recogniser
from extraction.learned.nlp import load
from extraction.training.generate import samples

ODD = [
    "\n \n",
    "PO-88123",
    "Ship to: Harwell Supply Co., 12 Mill Road, Torfield",
    "please send 40 pcs of " + "very long steel plates " * STRETCH,
    "\n\n\n  40 pcs\n\n  steel plates\n",
]


@pytest.mark.parametrize("texts", [ODD, [s.text for s in samples(60, 11, held_out=True)]])
def test_the_same_entities_as_step_by_step(texts: list[str]) -> None:
    recogniser, vectors = Recogniser(load().get_pipe("ner")), load().get_pipe("tok2vec")
    found = 0
    for text in texts:
        doc = vectors(load().make_doc(text))
        quick = [(e.start, e.end, e.label_) for e in recogniser.entities(doc)]
        slow = load().get_pipe("ner")(doc)
        assert quick == [(e.start, e.end, e.label_) for e in slow.ents]
        found += len(quick)
    assert found


def test_a_text_without_words_has_none() -> None:
    assert Recogniser(load().get_pipe("ner")).entities(load().make_doc("")) == []
