"""Wanted days against the calendar, the place's days and the promise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.typed import day


def days_are_possible(case: Case) -> Found:
    header = case.draft.requested_date
    if case.draft.kind == "cancellation":
        return
    if header is not None and header < case.today:
        facts = {"requested": header.isoformat()}
        yield ProblemFound("requested-date-past", "requested_date", facts=facts)
    for line in case.lines:
        wanted = case.wish(line)
        own = day(case.text("requested_date", line))
        if own is not None and own < case.today:
            facts = {"requested": own.isoformat()}
            yield ProblemFound("requested-date-past", "requested_date", line.id, facts=facts)
            continue
        promised = case.answer.last_date(line.id)
        if (
            wanted is not None
            and wanted >= case.today
            and promised is not None
            and promised > wanted
        ):
            facts = {"requested": wanted.isoformat(), "promised": promised.isoformat()}
            yield ProblemFound("requested-before-lead-time", "requested_date", line.id, facts)


def day_is_taken_in(case: Case) -> Found:
    """The place takes goods in on that day: a holiday or a closed weekday is one thing, its own window another."""
    place = case.ship_to()
    if case.draft.kind == "cancellation" or place is None:
        return
    for line_id, wanted in _wanted(case):
        if wanted < case.today or case.known.taking.works(wanted):
            continue
        facts = {
            "requested": wanted.isoformat(),
            "next": case.known.taking.on_or_after(wanted).isoformat(),
            "name": place.name,
        }
        in_week = wanted.isoweekday() in case.known.taking.working_days
        window = bool(place.receiving_days) and not in_week
        code = "requested-outside-window" if window else "requested-day-closed"
        yield ProblemFound(code, "requested_date", line_id, facts)


def day_is_near(case: Case) -> Found:
    """A day so far away that a year was mistyped."""
    limit = case.today + timedelta(days=int(case.limit("requested-date-far", "days")))
    for line_id, wanted in _wanted(case) if case.draft.kind != "cancellation" else ():
        if wanted > limit:
            facts = {"requested": wanted.isoformat()}
            yield ProblemFound("requested-date-far", "requested_date", line_id, facts)


def _wanted(case: Case) -> Iterator[tuple[int | None, date]]:
    """Each wanted day once, at the header or at the line that names another."""
    header = case.draft.requested_date
    if header is not None:
        yield None, header
    for line in case.lines:
        if line.requested_date is not None and line.requested_date != header:
            yield line.id, line.requested_date
