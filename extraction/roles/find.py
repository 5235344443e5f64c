"""What each column of a table holds: by its head, corrected by what stands in it and by arithmetic."""

from __future__ import annotations

from extraction.document import Document
from extraction.fields import dates
from extraction.roles import codes, list_price, sums, units, unnamed
from extraction.roles.share import share
from extraction.tables.values import Table


def roles_of(table: Table, document: Document) -> list[str]:
    """The role of each column: by its head, corrected by what stands in it."""
    roles = [c.role for c in table.columns]
    filled = [[t for r in table.records if (t := " ".join(r.texts(i)))] for i in range(len(roles))]
    roles = [role if filled[i] else "" for i, role in enumerate(roles)]
    unnamed.name_first(roles, filled, [c.title for c in table.columns])
    codes.settle_named(roles, filled)
    codes.settle_numbered_below(roles, table)
    codes.settle_items(roles, filled, document)
    units.settle_units(roles, filled, document)
    units.settle_packs(roles, filled, table, document)
    units.settle_uoms(roles, filled)
    units.settle_bases(roles, filled, document)
    sums.settle_net(roles)
    sums.settle_doubles(roles, filled, table, document)
    _settle_days(roles, filled, document)
    unnamed.settle(roles, filled, [c.title for c in table.columns], document)
    list_price.prefer_list_price(roles, table, document)
    codes.settle_owner(roles, filled, table, document)
    return _as_taught(roles, table)


def _as_taught(roles: list[str], table: Table) -> list[str]:
    """What was taught about a column stands, and no other column is taken for the same."""
    taught = {c.role for c in table.columns if c.taught}
    return [
        c.role if c.taught else "decoy" if role in taught else role
        for role, c in zip(roles, table.columns, strict=True)
    ]


def _settle_days(roles: list[str], filled: list[list[str]], document: Document) -> None:
    """Days that differ from line to line under a head of the header, or under one that nobody knows, are the lines'."""
    if "requested_date" in roles:
        return
    for i, role in enumerate(roles):
        own = role == "@requested_date" and document.canvas.kind != "sheet"
        if (own or not role) and share(filled[i], lambda t: _is_day(t, document)) > 0.8:
            roles[i] = "requested_date"
            return


def _is_day(text: str, document: Document) -> bool:
    days = dates.find(text, document.near)
    return bool(days) and days[0].start == 0 and days[0].end == len(text)
