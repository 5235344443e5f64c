"""Whole mails in six languages: what a careful reader takes from each."""

from __future__ import annotations

import pytest

from extraction.context import Context
from extraction.extract import extract
from tests.extraction.reading import fields, lines
from tests.extraction.written_mails import FIRST, SECOND, Written
from workers.extract_file import message_of

MAILS = (*FIRST, *SECOND)
MISSED = {
    "dutch-chain",  # goods of the quotation that "stay as they are"
    "portuguese-free-goods-note",  # "of that shampoo throw in 3"
    "two-alternatives-price-words",  # "if you still have the magnum send 2"
    "markdown-like-table",  # "Requested: week 40" below a table of bars
    "polite-long",  # "une balance" counts by its article
}
"""Mails whose goods are not all told right yet."""


def read(mail: Written) -> tuple[dict[str, str], list[dict[str, str]]]:
    orders = extract(message_of("order.eml", mail.raw), Context()).orders
    return (fields(orders[0]), lines(orders[0])) if orders else ({}, [])


@pytest.mark.parametrize(
    "mail", [m for m in MAILS if m.name not in MISSED], ids=lambda mail: mail.name
)
def test_every_item_of_a_mail_has_its_quantity(mail: Written) -> None:
    _, found = read(mail)
    assert [line.get("quantity") for line in found] == [line["quantity"] for line in mail.lines]


def test_the_fields_of_mails_are_read() -> None:
    right = wrong = 0
    for mail in MAILS:
        told, _ = read(mail)
        for name, value in mail.told.items():
            if name in mail.open:
                continue
            same = value.casefold() in told.get(name, "").casefold()
            right, wrong = right + same, wrong + (not same)
    assert right / (right + wrong) > 0.93, (right, wrong)
