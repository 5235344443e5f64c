"""What all readers of fields share about one document: its rows, and how it writes numbers and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extraction.context import Context
from extraction.fields import dates, numbers
from extraction.page.segments import Canvas


@dataclass(frozen=True)
class Document:
    """One canvas with what was settled for the whole of it; `near` is the day the message came, if known.

    sells: it is the seller's own paper, as an invoice is.
    """

    canvas: Canvas
    context: Context
    number_style: numbers.Style
    day_style: dates.DayStyle
    language: str
    near: date | None = None
    sells: bool = False
