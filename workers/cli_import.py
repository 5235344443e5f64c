"""`orderclerk import KIND FILE`: a dry run that lists every row's problem, or the real thing with --apply."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from core.act import Act
from workers.entry import found_settings, open_database
from workers.imports.kinds import KINDS
from workers.imports.run import CHANGED, NEW, SAME, Kind, Report, import_rows
from workers.imports.sheet import read


def _columns(kind: Kind) -> Iterator[str]:
    for column in kind.columns:
        need = "required" if column.required else "optional"
        yield f"{column.name:<24} {need}" + (f"; {column.help}" if column.help else "")


@click.command("import")
@click.argument("kind", type=click.Choice(tuple(KINDS)))
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--apply", is_flag=True, help="Keep it. Without this nothing is changed.")
@click.option("--columns", is_flag=True, help="Lists the columns of this KIND and ends.")
@click.pass_context
def import_(ctx: click.Context, kind: str, file: Path | None, apply: bool, columns: bool) -> None:
    """Imports a CSV or XLSX FILE with a header row. Columns that the file lacks stay as they are.

    Without --apply every row is tried, every problem listed, and nothing kept. With --apply all rows are kept, or
    none when one has a problem.
    """
    chosen = KINDS[kind]
    if columns or file is None:
        click.echo(f"{chosen.help} Columns:")
        for row in _columns(chosen):
            click.echo(f"  {row}")
        ctx.exit(0 if columns else 2)
        return
    database = open_database(found_settings())
    report = import_rows(database, chosen, read(file), apply=apply, act=Act("system:import"))
    for bad in report.bad:
        click.echo(f"row {bad.number}: {'; '.join(bad.problems)}")
    click.echo(_summary(report, apply))
    ctx.exit(1 if report.bad else 0)


def _summary(report: Report, apply: bool) -> str:
    counts = ", ".join(f"{report.count(action)} {action}" for action in (NEW, CHANGED, SAME))
    text = f"{len(report.rows)} rows: {counts}, {len(report.bad)} with problems."
    if report.applied:
        return f"{text} Kept."
    if apply:
        return f"{text} Nothing was kept; correct these rows and import again."
    return f"{text} This was a dry run; add --apply to keep it."
