"""Keys, typed values and sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.drafts import reasons, words
from core.drafts.keys import code_key, content_key, gtin_digits, name_words, po_key
from core.drafts.typed import as_entered, number
from core.promising.sentences import promise_sentence
from core.units import UNITS, unit_codes


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("PO 4500-107186", "4500107186"),
        ("P.O. #0045", "45"),
        ("Bestellnr.: 77/12", "7712"),
        ("Purchase Order No. A-1", "A1"),
        ("POLAR-7", "POLAR7"),
        ("PO 4711 Rev. 2", "4711"),
        ("4711 (Revision B)", "4711"),
        ("4711/Nachtrag 1", "4711"),
        ("REV-4711", "REV4711"),
        ("", ""),
    ],
)
def test_po_keys(text: str, key: str) -> None:
    assert po_key(text) == key


def test_content_does_not_depend_on_the_order_of_lines() -> None:
    a, b = ("1", "5", "2026-01-01"), ("2", "7", "")
    assert content_key([a, b]) == content_key([b, a]) != content_key([a])
    assert content_key([]) == ""


def test_names_and_numbers() -> None:
    assert name_words("Müller & Söhne GmbH & Co. KG") == {"muller", "sohne"}
    assert code_key("hb-06.020 a2") == "HB06020A2"
    assert gtin_digits("4006381333931") and not gtin_digits("4006381333930")


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("unit_price", "1.234,50", "1234.5"),
        ("unit_price", "1,234.50", "1234.5"),
        ("unit_price", "12,5", "12.5"),
        ("quantity", "1 000", "1000"),
        ("quantity", "1,234,567", "1234567"),
        ("quantity", "ten", None),
        ("requested_date", "3.12.2026", "2026-12-03"),
        ("requested_date", "2026-12-03", "2026-12-03"),
        ("requested_date", "soon", None),
        ("notes", "  two   words ", "two words"),
        ("quantity", "", ""),
    ],
)
def test_what_a_person_types(name: str, typed: str, kept: str | None) -> None:
    assert as_entered(name, typed) == kept


@given(st.text(max_size=30))
def test_typed_values_never_raise(text: str) -> None:
    number(text)
    as_entered("quantity", text)
    as_entered("order_date", text)
    po_key(text)
    unit_codes(text)


def test_every_unit_is_found_by_its_codes() -> None:
    for unit in UNITS:
        for text in (unit.code, unit.unece, unit.code.lower()):
            assert unit.code in unit_codes(text), (unit, text)


def test_every_problem_has_its_sentence_and_its_label() -> None:
    checks = Path(reasons.__file__).parent / "checks"
    raised = {
        code
        for path in checks.glob("*.py")
        for code in re.findall(r'ProblemFound\(\s*"([a-z-]+)"', path.read_text("utf-8"))
    }
    assert raised <= set(reasons.PROBLEMS)
    assert set(reasons.PROBLEMS) == set(words.REASONS)
    for code in reasons.PROBLEMS:
        assert "{" not in reasons.problem_sentence(code, {"name": "N", "reason": "R"})
        assert "{" not in reasons.question_sentence(code, {})


def test_sentences_are_for_people() -> None:
    facts = {
        "ours": "4.24",
        "theirs": "4.1",
        "percent": "3.3",
        "direction": "under",
        "source": "agreement",
        "valid_to": "2026-12-31",
    }
    assert reasons.problem_sentence("price-differs", facts) == (
        "Customer's price 4.10 is 3.3 % under the agreement (4.24 until Thu 31 Dec 2026)."
    )
    promise = {
        "code": "from-receipt",
        "facts": {
            "quantity": "5",
            "unit": "EA",
            "item": "X",
            "due": "2026-05-12",
            "number": "PO881",
        },
    }
    assert promise_sentence(promise) == "Waits for 5 EA of X, due Tue 12 May 2026 on PO881."


def test_prices_are_written_with_their_cents() -> None:
    def sentence(price: str) -> str:
        return reasons.match_sentence({"code": "list", "facts": {"price": price, "unit": "EA"}})

    assert sentence("9.5") == "List price: 9.50 per EA."
    assert sentence("12") == "List price: 12.00 per EA."
    assert sentence("0.0425") == "List price: 0.0425 per EA."
    assert sentence("149843.2") == "List price: 149,843.20 per EA."


@pytest.mark.parametrize(
    ("days", "told"),
    [("1", "1 working day to"), ("21", "21 working days"), ("0.1", "0.1 working days")],
)
def test_one_of_a_thing_is_told_in_the_singular(days: str, told: str) -> None:
    facts = {"item": "X", "days": days}
    assert told in promise_sentence({"code": "lead-time-bought", "facts": facts})
