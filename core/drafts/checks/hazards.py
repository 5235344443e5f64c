"""Dangerous goods: what the papers of transport need, and who may carry them from where.

UN number, class and packing group are what every transport document names (ADR 5.4.1.1, IMDG 5.4.1.4, IATA DGR 8.1).
"""

from __future__ import annotations

from core.catalogue.tables import ItemHazard
from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.keys import plain_text
from core.drafts.tables import DraftLine

WITHOUT_GROUP = ("1", "2", "6.2", "7")
"""Classes that know no packing groups: explosives, gases, infectious and radioactive substances."""


def hazards_are_declared(case: Case) -> Found:
    for line in _hazardous(case):
        row = case.known.hazards.get(line.item_id or 0)
        missing = _missing(row, case)
        if missing:
            facts = {"number": case.items[line.item_id or 0].number, "missing": ", ".join(missing)}
            yield ProblemFound("hazard-data-missing", "item_id", line.id, facts)


def _missing(row: ItemHazard | None, case: Case) -> list[str]:
    if row is None:
        return ["UN number", "class", "packing group", "safety data sheet"]
    grouped = not row.hazard_class.startswith(WITHOUT_GROUP)
    found = [
        name
        for name, there in (
            ("UN number", row.un_number),
            ("class", row.hazard_class),
            ("packing group", row.packing_group or not grouped),
            ("safety data sheet", row.data_sheet),
        )
        if not there
    ]
    if row.data_sheet and row.data_sheet_until is not None and row.data_sheet_until < case.today:
        found.append("safety data sheet (the one there has ended)")
    return found


def carrier_takes_hazards(case: Case) -> Found:
    """The carrier that the customer names must be one that may carry it."""
    carrier = case.text("ship_via")
    for line in _hazardous(case) if carrier else ():
        row = case.known.hazards.get(line.item_id or 0)
        if row is None or not row.carriers:
            continue
        if not any(plain_text(str(c)) in plain_text(carrier) for c in row.carriers):
            allowed = ", ".join(map(str, row.carriers))
            facts = {"number": case.items[row.item_id].number, "carrier": carrier}
            told = {**facts, "un_number": row.un_number, "allowed": allowed}
            yield ProblemFound("hazard-carrier", "ship_via", line.id, told)


def site_ships_hazards(case: Case) -> Found:
    """A promise from a site that may not ship it is none."""
    for line in _hazardous(case):
        row = case.known.hazards.get(line.item_id or 0)
        if row is None or not row.site_codes:
            continue
        parts = case.answer.lines.get(line.id, ())
        sites = {case.known.sites.get(p.site_id, "") for p in parts} - set(map(str, row.site_codes))
        if sites:
            facts = {
                "number": case.items[row.item_id].number,
                "un_number": row.un_number,
                "site": ", ".join(sorted(sites)),
                "allowed": ", ".join(map(str, row.site_codes)),
            }
            yield ProblemFound("hazard-site", "item_id", line.id, facts)


def _hazardous(case: Case) -> list[DraftLine]:
    if case.draft.kind == "cancellation":
        return []
    return [x for x in case.lines if x.item_id is not None and case.items[x.item_id].hazardous]
