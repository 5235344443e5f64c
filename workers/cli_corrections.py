"""`orderclerk corrections export FILE`: what clerks confirmed, for training."""

from __future__ import annotations

from pathlib import Path

import click

from workers.entry import found_settings, open_database


@click.group()
def corrections() -> None:
    """What clerks confirmed and corrected."""


@corrections.command()
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--corrected-only", is_flag=True, help="Only documents on which something was corrected.")  # fmt: skip
def export(file: Path, corrected_only: bool) -> None:
    """Writes every confirmed document as a labelled example, one JSON object a line.

    The file holds what customers wrote, so keep it as you keep their mail. `make retrain` reads it.
    """
    from workers.export_corrections import export as write

    file.parent.mkdir(parents=True, exist_ok=True)
    written, problems = write(open_database(found_settings()), file, corrected_only=corrected_only)
    for problem in problems:
        click.echo(problem)
    click.echo(f"{written} examples in {file}.")
