"""A person takes the better figure of the lead-time report: one master-data edit, kept in its history."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.act import Act
from core.errors import Stale
from core.insight.lead_times import missed_lead_times
from core.masterdata.every import table_named
from core.masterdata.plan import Plan
from core.masterdata.put import SCREEN, put_one


def take_better_figure(session: Session, key: str, better: int, *, act: Act) -> Plan:
    """key, better: as the report showed them; raises Stale when it says something else by now."""
    found = next((m for m in missed_lead_times(session, now=act.at) if m.key == key), None)
    if found is None or found.fix is None or found.fix.better != better:
        raise Stale("The report says something else by now; nothing was changed. Look again.")
    values = {**found.fix.key, found.fix.column: found.fix.better}
    return put_one(session, table_named(found.fix.table), values, door=SCREEN, act=act)
