"""What people order in mails, line by line, in six languages."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from extraction.context import Context
from tests.extraction.reading import lines, read_mail
from tests.extraction.told_goods import GOODS, Row

MONDAY = Context(received=datetime(2026, 4, 20, 9, tzinfo=timezone.utc))


@pytest.mark.parametrize(("name", "text", "wanted"), GOODS, ids=[name for name, _, _ in GOODS])
def test_goods(name: str, text: str, wanted: tuple[Row, ...]) -> None:
    orders = read_mail(text, context=MONDAY).orders
    found = lines(orders[0]) if orders else []
    assert len(found) == len(wanted), found
    for line, want in zip(found, wanted, strict=True):
        assert line.get("quantity", "") == want["q"]
        assert want.get("d", "").lower() in line.get("description", "").lower()
        assert line.get("uom", "").strip(".").lower() == want["u"].lower() if "u" in want else True
        codes = {line.get("supplier_sku"), line.get("buyer_sku")}
        assert want.get("c") in codes if "c" in want else True


def test_a_corrected_quantity_keeps_the_first_one_beside_it() -> None:
    (order,) = read_mail("Please send 10 rolls of tape.\n\nSorry, make that 12.").orders
    quantity = order.lines[0]["quantity"]
    assert (quantity.value, [c.value for c in quantity.alternatives]) == ("12", ["10"])
    assert quantity.confidence < 0.8
