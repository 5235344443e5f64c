"""Customers who order again and again on one paper: layout and wording stay, what is ordered changes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

VARYING = frozenset({"day", "order_number", "price", "quantity", "sku", "goods"})
OWN_DRAWS = frozenset({"made_paper"})  # how many lines; what it calls is the customer's
DEPTH = 4


class Steady(Random):
    """Draws that are the same at the same place of the generator for one customer, whatever was drawn before.

    Only what a customer orders (numbers, days, goods, quantities, prices) is drawn anew for every document.
    """

    def __new__(cls, customer: str, document: int) -> Steady:
        return super().__new__(cls)

    def __init__(self, customer: str, document: int) -> None:
        super().__init__()
        self.customer = customer
        self.fresh = Random(f"{customer}:{document}")
        self.counted: Counter[str] = Counter()

    def random(self) -> float:
        return self._source().random()

    def getrandbits(self, k: int, /) -> int:
        return self._source().getrandbits(k)

    def _source(self) -> Random:
        """The stream of this place: of the document for what varies, else of the customer."""
        place, frame = [], sys._getframe(2)
        while frame is not None and len(place) < DEPTH:
            code = frame.f_code
            if "training" in code.co_filename:
                if code.co_name in VARYING or (not place and code.co_name in OWN_DRAWS):
                    return self.fresh
                place.append(f"{code.co_name}:{frame.f_lineno}")
            frame = frame.f_back  # type: ignore[assignment]
        key = "/".join(place)
        self.counted[key] += 1
        return Random(f"{self.customer}:{key}:{self.counted[key]}")

    def shuffle(self, x: Any) -> None:
        self._whole().shuffle(x)

    def sample(self, population: Sequence[Any], k: int, **more: Any) -> list[Any]:
        return self._whole().sample(population, k, **more)

    def _whole(self) -> Random:
        return Random(str(self.getrandbits(64)))
