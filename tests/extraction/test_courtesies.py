"""Greetings and closing words, which name neither goods nor firms."""

from __future__ import annotations

import pytest

from extraction.fields.courtesies import greets, is_sign_off, signer_of
from extraction.fields.people import is_person
from extraction.mail.text import new_text


@pytest.mark.parametrize(
    "row",
    ["Best regards,", "Rgds", "Thanks & Regards,", "All the best", "Mit bestem Gruß", "Danke und viele Grüße", "Merci d'avance et bonne soirée,",
     "Gracias y un saludo,", "Distinti saluti", "Met vriendelijke groet / Best regards", "Med vänlig hälsning", "S pozdravem", "Groetjes Anna"],
)  # fmt: skip
def test_rows_that_take_leave(row: str) -> None:
    assert is_sign_off(row)


@pytest.mark.parametrize(
    "row",
    ["Best price please", "Merci de livrer 10 kg", "Thanks for the quote, go ahead", "Send 5"],
)
def test_rows_that_say_more(row: str) -> None:
    assert not is_sign_off(row)


def test_the_name_behind_the_closing_words() -> None:
    assert signer_of("Gruß Petra") == "Petra"
    assert signer_of("Kind regards,") == ""


@pytest.mark.parametrize(
    "row", ["Bonsoir Yann,", "Madame, Monsieur,", "Dear Sir", "Spett.le Rossi"]
)
def test_greetings_are_nobody(row: str) -> None:
    assert greets(row) and not is_person(row.strip(","))


def test_thanks_in_the_first_row_open_a_mail() -> None:
    found = new_text("Thanks Ben,\n\nplease send 4 boxes of clips.\n\nThanks\nJo Hale\n")
    assert "4 boxes" in found.new and "Jo Hale" in found.signature
