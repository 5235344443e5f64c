"""The trained language model as the product uses it: what it finds in a text, how sure, how fast it starts."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
import spacy

from extraction.learned import nlp
from extraction.learned.components import ENTITIES, code_tokenizer, has_shape
from extraction.learned.layout_embed import runs_of
from extraction.learned.nlp import NlpReading, lanes_of, load, read

MAIL = """Purchase order PO-88123

Hello,

please send us 40 pcs of steel plates (KD-4471) and 12 boxes of safety glasses (SG-20).
Please deliver by 14 March 2027.
Ship to: Harwell Supply Co., 12 Mill Road, Torfield, OH 44101

Best regards,
Grace Wesford
Harwell Supply Co.
"""


@pytest.fixture(scope="module")
def reading() -> NlpReading:
    return read(MAIL, "en")


def values(reading: NlpReading, label: str) -> list[str]:
    return [e.text for e in reading.entities if e.label == label]


def test_entities_stand_where_they_say(reading: NlpReading) -> None:
    assert reading.entities
    for entity in reading.entities:
        assert MAIL[entity.start : entity.end] == entity.text
        assert entity.label in ENTITIES
        assert 0 <= entity.confidence <= 1


def test_a_mail_names_number_day_place_and_buyer(reading: NlpReading) -> None:
    assert "PO-88123" in values(reading, "PO_NUMBER")
    assert values(reading, "REQUESTED_DATE") == ["14 March 2027"]
    assert values(reading, "SHIP_TO") == ["Harwell Supply Co., 12 Mill Road, Torfield, OH 44101"]
    assert "Harwell Supply Co." in values(reading, "BUYER")
    assert "Grace Wesford" in values(reading, "CONTACT")


def test_lines_told_in_a_sentence_are_put_together(reading: NlpReading) -> None:
    told = [
        (line.quantity.text, line.unit and line.unit.text, line.sku and line.sku.text)
        for line in reading.lines
    ]
    assert told == [("40", "pcs", "KD-4471"), ("12", "boxes", "SG-20")]


@pytest.mark.parametrize(
    ("text", "lane"),
    [
        ("Cancel PO 4711\n\nPlease cancel our order 4711, we no longer need it.", "cancellation"),
        ("Angebot\n\nBitte um ein Angebot über 200 Handschuhe.", "quote_request"),
        ("Suivi\n\nQuand recevrons-nous la commande 90817 ?", "status_question"),
        ("Reso\n\nVorrei rendere 4 guanti, sono difettosi.", "return_request"),
        ("Pedido 5512\n\nPor favor envíen 30 cajas de guantes (GN-4).", "order"),
        ("Wijziging\n\nGraag order 7781 wijzigen: 20 in plaats van 12 van LM-3.", "change"),
    ],
)
def test_lanes_in_six_languages(text: str, lane: str) -> None:
    scores = lanes_of(text)
    assert sum(scores.values()) == pytest.approx(1, abs=0.01)
    assert max(scores, key=lambda name: scores[name]) == lane


def test_nothing_is_found_in_nothing() -> None:
    assert read("  \n ") == NlpReading()
    assert lanes_of("") == {}


def test_long_and_odd_texts_are_read_without_error() -> None:
    assert all(e.end <= nlp.MAX_LENGTH for e in read("x" * 90_000).entities)
    assert isinstance(read("\x00\ufeff\u200b 漢字 🙂 \t\t ||| ------ 1,2.3.4,5"), NlpReading)


def test_codes_stay_whole_and_counts_are_cut() -> None:
    tokenize = code_tokenizer()(spacy.blank("xx"))
    assert [t.text for t in tokenize("40x AB-12/3, PO:4711 (3.000,50€) 10kg")] == [
        "40", "x", "AB-12/3", ",", "PO", ":", "4711", "(", "3.000,50", "€", ")", "10", "kg",
    ]  # fmt: skip


def test_a_value_has_the_shape_of_its_label() -> None:
    assert has_shape("TOTAL", "1.200,00") and not has_shape("TOTAL", "net")
    assert has_shape("BUYER", "Zand B.V.") and not has_shape("BUYER", "4711")
    assert has_shape("QUANTITY", "twelve") and not has_shape("QUANTITY", "--")


def test_the_embedding_sees_what_stands_above_and_beside() -> None:
    doc = spacy.blank("xx").make_doc(
        "Ship to     Bill to\nAcorn Ltd   Birch Ltd\n1 Hill Rd   2 Dale Rd\n"
    )
    runs = {doc[run.first : run.last + 1].text: run for run in runs_of(doc)}
    assert runs["Birch Ltd"].above == "bill to"
    assert runs["2 Dale Rd"].head == "bill to"
    assert runs["Birch Ltd"].beside == "acorn ltd"


def test_it_is_small_and_starts_fast() -> None:
    size = sum(f.stat().st_size for f in nlp.MODEL.rglob("*") if f.is_file())
    assert size < 8_000_000
    started = time.process_time()
    load.__wrapped__()
    assert time.process_time() - started < 2


def test_reading_a_text_writes_nothing_and_needs_no_training_code() -> None:
    code = "import sys; from extraction.learned.nlp import read; read('10 x AB-1 gloves'); print(any(m.startswith('extraction.training') for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
