"""`orderclerk import` and `orderclerk export`: master data from and to files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from core.act import Act
from core.errors import BadInput
from core.masterdata.apply import Report, apply_all, apply_lots, check_rows
from core.masterdata.described import Table
from core.masterdata.every import TABLES, table_named
from core.masterdata.heads import remembered
from core.masterdata.plan import ACTIONS
from core.masterdata.put import COMMAND_LINE
from core.masterdata.select import by_key, fetch, searched, shape_of, typed_filters
from core.masterdata.sheets import csv_rows, xlsx
from workers.entry import found_settings, open_database
from workers.imports.sheet import Chosen, read, rows_of

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
    All rows are kept, or none when one is refused.
    """
    chosen = table_named(table)
    if columns or file is None:
        click.echo(f"{chosen.title}: {chosen.help} Columns:")
        for row in _columns(chosen):
            click.echo(f"  {row}")
        ctx.exit(0 if columns else 2)
        return
    database = open_database(found_settings())
    with database.read() as session:
        known = remembered(session, chosen)
    wanted = Chosen(delimiter, encoding, decimal or "", columns=known)
    sheet = read(chosen, file.name, file.read_bytes(), wanted)
    rows = rows_of(chosen, sheet)
    act = Act("system:import")
    report = check_rows(database, chosen, rows)
    if not dry_run and (valid_rows or not report.refused):
        how = apply_lots if valid_rows else apply_all
        report = how(database, chosen, rows, door=COMMAND_LINE, act=act)
    for plan in report.refused:
        for problem in plan.problems:
            where = f", {problem.column}" if problem.column else ""
            click.echo(f"row {plan.number}{where}: {problem.sentence}")
    click.echo(_summary(report, dry_run))
    ctx.exit(1 if report.refused else 0)


def _summary(report: Report, dry_run: bool) -> str:
    counts = report.counts()
    said = ", ".join(f"{counts.get(action, 0)} {action}" for action in ACTIONS)
    text = f"{len(report.plans)} rows: {said}."
    if report.applied:
        return f"{text} Kept."
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
