"""Wanted days against the calendar and the promise."""

from __future__ import annotations

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
        wanted = line.requested_date or header
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
