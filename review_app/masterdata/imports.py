"""Files of master data: brought, looked at row by row, then kept or dropped."""

from __future__ import annotations

from flask import Response, flash, make_response, request

from core.errors import BadInput, NotAllowed, NotFound
from core.masterdata import imports
from core.masterdata.described import Table
from core.masterdata.every import table_named
from core.masterdata.imports import RunView
from core.masterdata.sheets import report_csv
from review_app.forms import words
from review_app.fragments import go, page
from review_app.here import act, database, page_number
from review_app.masterdata.lists import may_edit, shut

DELIMITERS = {"": "Found out", ",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Bar"}
ENCODINGS = {"": "Found out", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows 1252"}
DECIMALS = {"": "Found out", ".": "Point: 1,234.50", ",": "Comma: 1.234,50"}
DAYS = {"": "Found out", "day": "31/12/2026", "month": "12/31/2026"}
SAID = {
    "waiting": "Waits for a worker",
    "reading": "Is being looked at",
    "heads": "Say what these columns are; nothing is changed yet",
    "checked": "Looked at; nothing is changed yet",
    "applying": "Is being kept",
    "applied": "Kept",
    "failed": "Could not be used",
    "dropped": "Dropped",
}


def start(table: str) -> Response:
    chosen = table_named(table)
    with database().read() as session:
        why = shut(session, chosen)
        return page(
            "md_import.html",
            table=chosen,
            why=why,
            may_edit=may_edit(chosen) and not why,
            runs=imports.runs_of(session, chosen),
            said=SAID,
            delimiters=DELIMITERS,
            encodings=ENCODINGS,
            decimals=DECIMALS,
            days=DAYS,
        )


def bring(table: str) -> Response:
    chosen = table_named(table)
    _require(chosen)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise BadInput("Choose a CSV or XLSX file.", "file")
    options = {
        "delimiter": _one_of("delimiter", DELIMITERS),
        "encoding": _one_of("encoding", ENCODINGS),
        "decimal": _one_of("decimal", DECIMALS),
        "days": _one_of("days", DAYS),
    }
    raw, name, by = file.read(), file.filename, act()
    run = database().run(lambda session: imports.begin(session, chosen, name, raw, options, act=by))
    return go("imports.show", table=chosen.name, run_id=run.id)


def show(table: str, run_id: int) -> Response:
    chosen = table_named(table)
    action = request.args.get("action", "")
    action = action if action in imports.OUTCOMES else ""
    with database().read() as session:
        found = _ours(chosen, imports.run_view(session, run_id, action, page_number()))
        back = imports.back_of(session, run_id)
        undone = imports.run_of(session, found.run.takes_back) if found.run.takes_back else None
        why = shut(session, chosen)
        return page(
            "md_run.html",
            block="report",
            table=chosen,
            run=found.run,
            rows=found.rows,
            total=found.total,
            page=page_number(),
            pages=max(1, -(-found.total // imports.ROWS_SHOWN)),
            action=action,
            actions=imports.OUTCOMES,
            back=back,
            undone=undone,
            busy=found.run.state in imports.BUSY,
            said=SAID,
            delimiters=DELIMITERS,
            may_edit=may_edit(chosen) and not why,
            why=why,
        )


def report(table: str, run_id: int) -> Response:
    """Every row that is not unchanged, with its reason, to correct the file by."""
    chosen = table_named(table)
    with database().read() as session:
        found = _ours(chosen, imports.run_view(session, run_id))
        name = f"{chosen.name}-{found.run.id}-report.csv"
        text = report_csv(imports.report_rows(session, run_id))
    answer = make_response(text)
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def step(table: str, run_id: int, verb: str) -> Response:
    chosen = table_named(table)
    _require(chosen)
    by = act()
    if verb == "apply":
        mode = words("mode", 10)
        database().run(lambda session: imports.apply_run(session, run_id, mode, act=by))
    elif verb == "heads":
        columns, sheet = _columns(), words("sheet", 100)
        options = {"sheet": sheet} if sheet else {}
        database().run(lambda s: imports.say_heads(s, run_id, columns, options, act=by))
    elif verb == "back":
        run_id = database().run(lambda s: imports.take_back_run(s, run_id, act=by)).id
    elif verb == "drop":
        database().run(lambda session: imports.drop_run(session, run_id, act=by))
        flash("Dropped: nothing of the file was kept.", "done")
    else:
        raise NotFound("There is no such step.")
    return go("imports.show", table=chosen.name, run_id=run_id)


def _columns() -> dict[str, str]:
    """Chosen columns by folded head, as far as somebody chose: "-" leaves a column out."""
    found = zip(request.form.getlist("head"), request.form.getlist("column"), strict=False)
    return {
        head[:255]: "" if column == "-" else column for head, column in found if head and column
    }


def _ours(table: Table, found: RunView) -> RunView:
    if found.run.table_name != table.name:
        raise NotFound("There is no such import.")
    return found


def _one_of(name: str, allowed: dict[str, str]) -> str:
    value = request.form.get(name, "")
    return value if value in allowed else ""


def _require(table: Table) -> None:
    if not may_edit(table):
        raise NotAllowed(
            f"Your role does not change {table.title.lower()}; ask an administrator. Nothing was changed."
        )
