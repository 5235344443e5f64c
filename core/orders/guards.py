"""The first promise of a schedule line is kept for ever (lesson 9): the database itself refuses to change it."""

from __future__ import annotations

from sqlalchemy import DDL, Table, event

KEPT = "the first promise of a schedule line is kept for ever"

SQLITE = f"""
CREATE TRIGGER first_promise_stays BEFORE UPDATE OF first_promised_date ON schedule_line
WHEN OLD.first_promised_date IS NOT NULL AND NEW.first_promised_date IS NOT OLD.first_promised_date
BEGIN SELECT RAISE(ABORT, '{KEPT}'); END
"""

POSTGRES = (
    f"""
CREATE FUNCTION first_promise_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{KEPT}'; END $$
""",
    """
CREATE TRIGGER first_promise_stays BEFORE UPDATE OF first_promised_date ON schedule_line FOR EACH ROW
WHEN (OLD.first_promised_date IS NOT NULL AND NEW.first_promised_date IS DISTINCT FROM OLD.first_promised_date)
EXECUTE FUNCTION first_promise_stays()
""",
)


def guard_first_promises(schedule_line: Table) -> None:
    """Creates the triggers whenever the table is created; databases that are there get them by migration."""
    for dialect, statements in (("sqlite", (SQLITE,)), ("postgresql", POSTGRES)):
        for statement in statements:
            trigger = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(schedule_line, "after_create", trigger.execute_if(dialect=dialect))
