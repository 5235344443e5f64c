"""`orderclerk import` and `orderclerk export`: master data from and to files."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import click

from core.act import Act
from core.database import Database
from core.errors import BadInput
from core.masterdata import imports
from core.masterdata.described import Table
from core.masterdata.every import TABLES, table_named
from core.masterdata.plan import ACTIONS, REFUSED
from core.masterdata.put import COMMAND_LINE
from core.masterdata.select import by_key, fetch, searched, shape_of, typed_filters
from core.masterdata.sheets import csv_rows, xlsx
from core.masterdata.tables import ImportRow, ImportRun
from workers.entry import found_settings, open_database
from workers.import_here import Here, refused_file, refused_rows, worked_off
from workers.imports.sheet import Chosen, read

SAID_EVERY = 1.0
"""Seconds."""
MOST_TOLD = 20
"""Refused rows on the screen; all of them are in the file."""
NAMES = click.Choice(tuple(TABLES))
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _columns(table: Table) -> Iterator[str]:
    for column in table.columns:
        need = "required" if column.required else "optional"
        unit = f" ({column.unit})" if column.unit else ""
        choices = f" One of {', '.join(column.type.choices)}." if column.type.choices else ""
        yield f"{column.name:<26} {need:<9} {column.help}{unit}{choices}".rstrip()


@click.command("import")
@click.argument("table", type=NAMES)
@click.argument("file", required=False, type=FILE)
@click.option("--dry-run", is_flag=True, help="Tells what would be done; nothing is changed.")
@click.option("--valid-rows", is_flag=True, help="Keeps the good rows when others are refused.")
@click.option("--columns", is_flag=True, help="Lists the columns of TABLE and ends.")
@click.option("--delimiter", default="", help="Between the cells of a CSV file; else found out.")
@click.option("--encoding", default="", help="Of a CSV file, such as cp1252; else found out.")
@click.option("--decimal", type=click.Choice((".", ",")), help="Decimal mark; else found out.")
@click.pass_context
def import_(
    ctx: click.Context,
    table: str,
    file: Path | None,
    dry_run: bool,
    valid_rows: bool,
    columns: bool,
    delimiter: str,
    encoding: str,
    decimal: str | None,
) -> None:
    """Imports a CSV or XLSX FILE with a header row into TABLE; columns that it lacks stay as they are.

    Rows that are there already are changed, or left alone when they say the same, so that it is safe to run twice.
    All rows are kept, or none when one is refused. A long file is kept in lots, so that others can work meanwhile.
    Refused rows are written to a file beside FILE. Ends with 0 when no row was refused.
    """
    chosen = table_named(table)
    if columns or file is None:
        click.echo(f"{chosen.title}: {chosen.help} Columns:")
        for row in _columns(chosen):
            click.echo(f"  {row}")
        ctx.exit(0 if columns else 2)
        return
    database = open_database(found_settings())
    raw = file.read_bytes()
    options = {"delimiter": delimiter, "encoding": encoding, "decimal": decimal or ""}
    act = Act("system:import")
    run = database.run(
        lambda s: imports.begin(s, chosen, file.name, raw, options, act=act, door=COMMAND_LINE)
    )
    here, tell = Here(database, f"import-{socket.gethostname()}-{os.getpid()}"), _Progress()
    run = worked_off(here, run.id, tell)
    may_keep = valid_rows or not run.counts.get(REFUSED)
    if run.state == imports.CHECKED and may_keep and not dry_run:
        mode = "valid" if valid_rows else "all"
        database.run(lambda s: imports.apply_run(s, run.id, mode, act=act))
        run = worked_off(here, run.id, tell)
    for line in _outcome(database, run, file, raw, dry_run):
        click.echo(line)
    if run.state not in (imports.APPLIED, imports.FAILED) and (
        dry_run or run.state != imports.HEADS
    ):
        database.run(lambda s: imports.drop_run(s, run.id, act=act))
    good = run.state in (imports.APPLIED, imports.CHECKED) and not run.counts.get(REFUSED)
    ctx.exit(0 if good and not run.sentence else 1)


class _Progress:
    """Says once a second how far a long file is."""

    def __init__(self) -> None:
        self._said, self._at = "", time.monotonic()

    def __call__(self, run: ImportRun) -> None:
        doing = {imports.READING: "looked at", imports.APPLYING: "kept"}.get(run.state)
        said = f"{run.done_rows:,} of {run.total_rows:,} rows {doing}"
        if doing and said != self._said and time.monotonic() > self._at + SAID_EVERY:
            self._said, self._at = said, time.monotonic()
            click.echo(said)


def _outcome(
    database: Database, run: ImportRun, file: Path, raw: bytes, dry_run: bool
) -> Iterator[str]:
    if run.state == imports.HEADS:
        heads = ", ".join(repr(h["written"]) for h in run.found["heads"] if h["column"] is None)
        yield f"Nobody knows yet which columns are meant by {heads}; nothing was kept."
        yield "Name them as --columns lists them, or say it once on the screen of this file (Master data, Import)."
        return
    refused = refused_rows(database, run.id)
    for row in refused[:MOST_TOLD]:
        for column, sentence in row.problems:
            yield f"row {row.number}{f', {column}' if column else ''}: {sentence}"
    if refused:
        yield from _set_aside(run, file, raw, refused)
    yield _summary(run, dry_run)


def _set_aside(run: ImportRun, file: Path, raw: bytes, refused: list[ImportRow]) -> Iterator[str]:
    """The refused rows go to a file of their own."""
    table = table_named(run.table_name)
    sheet = read(table, file.name, raw, Chosen(**run.options, asks=True))
    aside = file.with_name(f"{file.stem}.refused.csv")
    aside.write_bytes(refused_file(sheet, refused))
    mark = f" --decimal {sheet.decimal}" if sheet.decimal else ""
    yield f"{len(refused):,} refused rows are in {aside}, with why in their last column."
    yield f"When they are corrected: orderclerk import {table.name} {aside}{mark}"


def _summary(run: ImportRun, dry_run: bool) -> str:
    said = ", ".join(f"{run.counts.get(action, 0)} {action}" for action in ACTIONS)
    text = f"{run.total_rows} rows: {said}."
    if run.state == imports.APPLIED:
        return f"{text} Kept; Master data, Import {run.id} takes it back."
    if run.sentence:
        return run.sentence
    if dry_run:
        return f"{text} This was a dry run; nothing was changed."
    return f"{text} Nothing was kept; correct these rows, or keep the others with --valid-rows."


@click.command("export")
@click.argument("table", type=NAMES)
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--search", default="", help="Words that stand in a row.")
@click.option("--filter", "filters", multiple=True, help="COLUMN=VALUE; may be given often.")
@click.option("--template", is_flag=True, help="Only the header row.")
def export(
    table: str, file: Path | None, search: str, filters: tuple[str, ...], template: bool
) -> None:
    """Writes TABLE as CSV to the standard output, or to FILE (.csv or .xlsx)."""
    chosen = table_named(table)
    wanted = {}
    for text in filters:
        name, mark, value = text.partition("=")
        if not mark:
            raise BadInput(f"Write a filter as COLUMN=VALUE, not {text!r}.")
        wanted[name] = value
    database = open_database(found_settings())
    shape = shape_of(chosen)
    where = searched(shape, search, typed_filters(chosen, wanted))
    with database.read() as session:
        rows = [] if template else fetch(session, chosen, *where, shape=shape, order=by_key(shape))
    if file is None:
        for piece in csv_rows(chosen, rows):
            click.echo(piece.removeprefix("\ufeff").replace("\r\n", "\n"), nl=False)
    elif file.suffix.lower() == ".xlsx":
        file.write_bytes(xlsx(chosen, rows))
    else:
        file.write_bytes("".join(csv_rows(chosen, rows)).encode("utf-8"))
    if file is not None:
        click.echo(f"{len(rows)} rows of {chosen.title.lower()} are in {file.name}.")
