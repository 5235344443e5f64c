"""What a key figure is: a value that says how it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.values import plain

SUFFIX = {"percent": " %", "count": ""}


def shown_hours(hours: Decimal) -> str:
    """ "4.25 h"; of less than an hour the minutes."""
    minutes = round(hours * 60)
    if minutes >= 60:
        return f"{plain(hours)} h"
    return f"{minutes} min" if minutes else "under 1 min"


@dataclass(frozen=True, slots=True)
class Share:
    """`good` of `all`, for one customer, field, reason ...; percent None when there was nothing to count."""

    label: str
    good: int
    all: int

    @property
    def percent(self) -> Decimal | None:
        if self.all == 0:
            return None
        return (Decimal(100 * self.good) / self.all).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Figure:
    """unit: "percent", "hours" or "count"; value None: nothing to count in the period.

    of: what was counted ("41 of 44 lines"). better: "higher" or "lower". parts: the same figure in parts, worst first.
    """

    code: str
    title: str
    value: Decimal | None
    unit: str
    of: str
    better: str
    definition: str
    parts: tuple[Share, ...] = ()

    @property
    def text(self) -> str:
        """As printed: "87.5 %", "4.25 h", "–" when there is nothing to count yet."""
        if self.value is None:
            return "–"
        if self.unit == "hours":
            return shown_hours(self.value)
        return f"{plain(self.value)}{SUFFIX[self.unit]}"


@dataclass(frozen=True, slots=True)
class Cause:
    """A problem code, on how many drafts it stood, and how often a person let it pass."""

    code: str
    drafts: int
    accepted: int


@dataclass(frozen=True, slots=True)
class CustomerReading:
    name: str
    drafts: int
    fields: int
    corrected_fields: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """The oldest thing of a kind that waits for somebody. link: kind and id; hours since it began to wait."""

    kind: str
    title: str
    count: int
    oldest_hours: Decimal | None
    link_kind: str
    link_id: int | None
