"""`orderclerk token ...`: keys of other programs."""

from __future__ import annotations

import click

from core.act import Act
from core.people import tokens
from core.values import utc_now
from workers.entry import found_settings, open_database


@click.group()
def token() -> None:
    """Keys by which other programs ask over REST."""


@token.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice(tokens.SCOPES),
    help="What it may; may be given often.",
)
@click.option("--days", type=int, default=365, show_default=True, help="0: until it is revoked.")
def add(name: str, scopes: tuple[str, ...], days: int) -> None:
    """Makes a token for the program NAME and prints it: this one time."""
    database = open_database(found_settings())
    act = Act("system:command line")
    _, text = database.run(
        lambda session: tokens.add_token(session, name, scopes, days or None, act=act)
    )
    click.echo(text)


@token.command("list")
def list_() -> None:
    """All tokens, with when they were last used."""
    now = utc_now()
    with open_database(found_settings()).read() as session:
        for row in tokens.tokens(session):
            over = row.expires_at is not None and row.expires_at <= now
            state = "revoked" if row.revoked_at else "over" if over else "counts"
            until = f"until {row.expires_at:%Y-%m-%d}" if row.expires_at else "without end"
            used = f"used {row.last_used_at:%Y-%m-%d %H:%M}" if row.last_used_at else "never used"
            click.echo(f"{row.name:<20} {state:<8} {until}, {used}: {', '.join(row.scopes)}")


@token.command()
@click.argument("name")
def revoke(name: str) -> None:
    """The token of NAME counts no more."""
    database = open_database(found_settings())
    act = Act("system:command line")
    database.run(lambda session: tokens.revoke_token(session, name, act=act))
    click.echo(f"The token of {name} counts no more.")
