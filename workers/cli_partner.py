"""`orderclerk partner ...`: whom we exchange electronic messages with."""

from __future__ import annotations

import json
from pathlib import Path

import click

from core.act import Act
from core.exchange import partners
from core.exchange.profile import read_profile
from core.exchange.profile_values import Carrier, Profile
from core.exchange.secrets import NAMES, set_secret
from workers.entry import found_settings, open_database

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def partner() -> None:
    """Partners of electronic orders: each is a profile in TOML and sample files."""


@partner.command("add")
@click.argument("profile", type=FILE)
def partner_add(profile: Path) -> None:
    """Keeps a PROFILE, of a new partner or in place of the one with its code."""
    found = _read(profile)
    with open_database(found_settings()).begin() as session:
        partners.save(session, "", profile.read_text("utf-8"), act=Act("user:console"))
    click.echo(f"The profile of {found.name} ({found.code}) is kept.")


@partner.command("check")
@click.argument("profile", type=FILE)
@click.argument("files", nargs=-1, type=FILE)
@click.option(
    "--write",
    is_flag=True,
    help="Writes FILE.json of samples that have none, to be looked through.",
)
@click.pass_context
def partner_check(ctx: click.Context, profile: Path, files: tuple[Path, ...], write: bool) -> None:
    """Checks a PROFILE, and reads sample FILES with it; nothing is kept.

    Beside each FILE stands FILE.json, the expected reading as `orderclerk extract --json` prints it (values may be bare
    texts). What differs is printed as "- expected" and "+ read"; the status is 1 when anything does.
    """
    from workers.check_partner import check, told, unknown_codes, values_of

    found = _read(profile)
    click.echo(f"{profile}: {found.name} ({found.code}), {_way(found.carrier)}")
    bad = 0
    for code in unknown_codes(found):
        click.echo(f"  tolerance.{code}: no reader gives this code")
        bad += 1
    for file in files:
        checked = check(found, file)
        beside = file.with_name(file.name + ".json")
        if checked.reading is not None and write and not checked.expected:
            text = json.dumps(values_of(checked.reading), ensure_ascii=False, indent=1)
            beside.write_text(text + "\n", "utf-8")
        click.echo(
            f"{file}: {'as expected' if checked.right else checked.trouble or 'NOT as expected'}"
        )
        if checked.reading is not None and not checked.identified:
            click.echo("  its sender is none of the profile's identities")
        if not checked.expected and not checked.trouble:
            click.echo(
                f"  {beside.name} {'was written; look it through' if write else 'is missing'}"
            )
        for row in checked.differences:
            click.echo(f"  {row}")
        for row in told(checked.reading.findings if checked.reading else ()):
            click.echo(row)
        bad += not checked.right
    ctx.exit(1 if bad else 0)


@partner.command("list")
def partner_list() -> None:
    """Lists the partners."""
    with open_database(found_settings()).read() as session:
        rows = partners.partners(session)
        for row in rows:
            profile = Profile.of_json(row.profile)
            state = "" if row.enabled else ", switched off"
            trouble = f"; last error: {row.last_error}" if row.last_error else ""
            click.echo(f"{row.code}: {row.name}, {_way(profile.carrier)}{state}{trouble}")
    if not rows:
        click.echo("No partner yet; `orderclerk partner add PROFILE` adds one.")


@partner.command("show")
@click.argument("code")
def partner_show(code: str) -> None:
    """Prints a partner's profile as it was written."""
    with open_database(found_settings()).read() as session:
        click.echo(partners.partner_coded(session, code).profile_text, nl=False)


@partner.command("secret")
@click.argument("code")
@click.argument("name", type=click.Choice(NAMES))
@click.password_option("--value", help="Asked for when not given; empty forgets it.")
def partner_secret(code: str, name: str, value: str) -> None:
    """Keeps a partner's password or shared secret, sealed."""
    settings = found_settings()
    with open_database(settings).begin() as session:
        row = partners.partner_coded(session, code)
        set_secret(
            session, row, name, value, secret_key=settings.secret_key, act=Act("user:console")
        )
    click.echo(f"{name} of {code} is kept." if value else f"{name} of {code} is forgotten.")


def _read(path: Path) -> Profile:
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path} is no text in UTF-8.") from error
    profile, problems = read_profile(text)
    if profile is None:
        rows = "\n".join(f"  {problem}" for problem in problems)
        raise click.ClickException(
            f"{path} has {len(problems)} mistake(s); nothing was kept.\n{rows}"
        )
    return profile


def _way(carrier: Carrier) -> str:
    place = {
        "drop": carrier.folder,
        "exchange": carrier.folder,
        "sftp": f"{carrier.user}@{carrier.host}:{carrier.path}",
        "mail": carrier.to,
        "https": carrier.url,
    }.get(carrier.kind, "")
    return f"answers by {carrier.kind} to {place}" if carrier.kind else "answers as orders come"
