"""Counts in mails: before sizes, by size, at the end of rows, and figures that count nothing."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from extraction.context import Context
from extraction.extract import extract
from extraction.goods.sizes import sized
from workers.extract_file import message_of


def told(body: str) -> list[tuple[str, str]]:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Ida Holm <ida@holm.example>", "orders@us.example"
    mail["Subject"], mail["Date"] = "Order", "Tue, 17 Nov 2026 09:12:00 +0000"
    mail.set_content(body)
    found = extract(message_of("order.eml", mail.as_bytes()), Context())
    return [
        (line["quantity"].value, line["description"].value if "description" in line else "")
        for order in found.orders
        for line in order.lines
    ]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (
            "Please send 8x 15mm brass elbows, 12 22mm couplings and 4 x 10mm clips.",
            [("8", "15mm brass elbows"), ("12", "22mm couplings"), ("4", "10mm clips")],
        ),
        (
            "Can I have four bags of plaster, 3 tubes of caulk in white and 2 in grey?",
            [("4", "plaster"), ("3", "caulk in white"), ("2", "caulk in grey")],
        ),
        (
            "Please order four boxes of paper and one HP 304 ink cartridge.",
            [("4", "paper"), ("1", "HP 304 ink cartridge")],
        ),
        (
            "Please order 3 lever arch files in red and 5 in blue.",
            [("3", "lever arch files in red"), ("5", "lever arch files in blue")],
        ),
        (
            "Please send:\n- Joists @ 4.8m - 6\n- Ale yeast 500g - 10 bricks\n",
            [("6", "Joists @ 4.8m"), ("10", "Ale yeast 500g")],
        ),
        (
            "Need:\nPolo navy: 5 x M, 12 x L\nBoots black: size 8 x 2, size 9 x 4\n",
            [("5", "Polo navy M"), ("12", "Polo navy L"), ("2", "Boots black size 8"), ("4", "Boots black size 9")],
        ),
        (
            "Wir brauchen 20 Sack Mehl und 3 Eimer Senf. Den Senf bitte nicht wieder in 50 kg, da waren 4 kaputt.",
            [("20", "Mehl"), ("3", "Senf")],
        ),
    ],
)  # fmt: skip
def test_counts(body: str, lines: list[tuple[str, str]]) -> None:
    assert told(body) == lines


def test_litres_are_no_sizes() -> None:
    assert sized("Oil: 5 L, 20 L") == []
    assert sized("Total: 12 L") == []
