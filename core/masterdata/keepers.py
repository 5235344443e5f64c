"""Who is master of a table: both sides, we here, or the ERP; the other doors are told why they are shut."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput
from core.masterdata.described import Table
from core.masterdata.note import ERP
from core.masterdata.proposals import settle_all
from core.masterdata.tables import MasterKeeper

BOTH, HERE = "both", "here"
KEEPERS = {
    BOTH: "Both: whoever comes last is right",
    HERE: "Here: other programs only read",
    ERP: "The ERP: people here only read",
}
SHUT = {HERE: ("rest",), ERP: ("screen", "import")}


def keeper_of(session: Session, table: Table) -> str:
    row = session.get(MasterKeeper, table.name)
    return row.keeper if row else BOTH


def keepers(session: Session) -> dict[str, str]:
    """By table name; tables that nobody decided about are absent."""
    return {row.table_name: row.keeper for row in session.scalars(select(MasterKeeper))}


def set_keeper(session: Session, table: Table, keeper: str, *, act: Act) -> None:
    if keeper not in KEEPERS:
        raise BadInput(f"Choose one of {', '.join(KEEPERS)}.", "keeper")
    row = session.get(MasterKeeper, table.name)
    if keeper != ERP:
        settle_all(session, table, act=act)
    if row is None:
        row = MasterKeeper(table_name=table.name)
        session.add(row)
    row.keeper, row.actor, row.at = keeper, act.actor, act.at
    session.flush()


def refusal(session: Session, table: Table, door: str) -> str:
    """Why nothing may be changed through this door; "" when it may."""
    keeper = keeper_of(session, table)
    if door not in SHUT.get(keeper, ()):
        return ""
    if keeper == ERP:
        return (
            f"{table.title} are kept in the ERP and come from there by REST, so they are only read here. Nothing was "
            "changed; change them in the ERP, or ask an administrator to make Orderclerk their master."
        )
    return (
        f"{table.title} are kept in Orderclerk, so other programs only read them. Nothing was changed; an administrator "
        "can make the ERP their master under Settings."
    )
