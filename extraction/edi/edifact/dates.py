"""DTM segments -> days, by the format code 2379."""

from __future__ import annotations

import re

from extraction.edi import figures
from extraction.edi.edifact.codes import DATE_LIMITS, DELIVERY, SHIPMENT
from extraction.edi.edifact.segments import Segment
from extraction.edi.order import DOUBTFUL, SURE, Row

_ZONE = re.compile(r"(?:[A-Z]{1,5}|[+-][0-9]{2}(?::?[0-9]{2})?)$")
"""Formats 301, 303 and 304 end with the name of the time zone, or with how far it is from UTC."""


def day(s: Segment) -> str | None:
    """The day of a DTM, None when it names none; of a period its first day."""
    value, form = s.get(1, 2), s.get(1, 3)
    if form == "616":
        return figures.week(value)
    if form == "201":
        return figures.compact_day(value[:6])
    if form in ("718", "719", "711"):
        return period(s)[0]
    if form == "2" and len(value) == 6:
        return figures.compact_day(value[4:] + value[2:4] + value[:2])
    if form in ("301", "303", "304"):
        value = _ZONE.sub("", value)
    return figures.any_day(value)


def period(s: Segment) -> tuple[str | None, str | None]:
    """First and last day of a period (formats 718, 719, 711: both ends one behind the other)."""
    value = s.get(1, 2).replace("-", "")
    half = len(value) // 2
    return figures.compact_day(value[:half]), figures.compact_day(value[half:])


def put_requested(row: Row, dates: list[Segment]) -> None:
    """The requested date by preference of its kind; periods and limits become findings."""
    for kind in DELIVERY:
        for s in dates:
            if s.get(1) != kind:
                continue
            first, last = period(s) if s.get(1, 3) == "718" else (None, None)
            if first and last and first != last:
                row.findings.add("edi-delivery-window", s.place, first=first, last=last)
            else:
                _put(row, s)
    _window(row, dates)
    for s in dates:
        found = day(s)
        if s.get(1) in DATE_LIMITS and found:
            row.findings.add("edi-not-after", s.place, what=DATE_LIMITS[s.get(1)], day=found)


def _put(row: Row, s: Segment) -> None:
    ships = s.get(1) == SHIPMENT
    confidence = DOUBTFUL if ships else SURE
    taken = row.day("requested_date", day(s), s.get(1, 2), str(s.number), s.raw, confidence)
    if taken and ships:
        row.findings.add("edi-ship-date", s.place, day=day(s))


def _window(row: Row, dates: list[Segment]) -> None:
    """64 earliest and 63 latest delivery."""
    earliest = next((s for s in dates if s.get(1) == "64"), None)
    latest = next((s for s in dates if s.get(1) == "63"), None)
    if earliest and latest:
        first, last = day(earliest), day(latest)
        if first and first == last:
            row.day("requested_date", first, first, str(earliest.number), earliest.raw)
        elif first and last:
            row.findings.add("edi-delivery-window", earliest.place, first=first, last=last)
    elif latest and day(latest) and not row.has("requested_date"):
        row.findings.add("edi-not-after", latest.place, what="Deliver not after", day=day(latest))
    elif earliest and day(earliest) and not row.has("requested_date"):
        row.findings.add(
            "edi-not-after", earliest.place, what="Deliver not before", day=day(earliest)
        )
