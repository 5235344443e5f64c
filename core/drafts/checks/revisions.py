"""Which drawing revision is ordered, and whether that is the one that is delivered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from core.catalogue.tables import ItemRevision
from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.keys import code_key
from core.drafts.tables import DraftLine

_WRITTEN = re.compile(
    r"\b(?:rev(?:ision|\.)?|index|ausgabe|issue|änderungsstand|zeichnungsstand|stand)\b[.:\s#-]*([A-Z]{1,2}\d?|\d{1,3}(?:\.\d{1,2})?)\b",
    re.IGNORECASE,
)


def ordered_revision(case: Case, line: DraftLine) -> str:
    """The revision that the line names, in its own field or in the words about the goods; "" when it names none."""
    own = case.text("revision", line)
    if own:
        return own[:64]
    if line.item_id is None or not case.known.revisions.get(line.item_id):
        return ""
    found = _WRITTEN.search(case.text("description", line))
    return found[1].upper() if found else ""


def revision_is_released(case: Case) -> Found:
    """What is ordered must be released and be the newest released one; without a word of it the newest is meant."""
    for line in case.lines if case.draft.kind != "cancellation" else ():
        rows = case.known.revisions.get(line.item_id or 0, [])
        if line.item_id is None or not rows:
            continue
        newest = newest_released(rows, case.today)
        facts = {"number": case.items[line.item_id].number, "ordered": line.revision}
        if newest is None:
            yield ProblemFound("revision-not-released", "revision", line.id, facts)
            continue
        facts["released"] = newest.revision
        asked = next((r for r in rows if code_key(r.revision) == code_key(line.revision)), None)
        if not line.revision or asked is newest:
            continue
        if asked is not None and asked.state != "released":
            facts["state"] = asked.state
            yield ProblemFound("revision-not-released", "revision", line.id, facts)
        else:
            yield ProblemFound("revision-differs", "revision", line.id, facts)


def newest_released(rows: Sequence[ItemRevision], today: date) -> ItemRevision | None:
    live = [
        row
        for row in rows
        if row.state == "released" and (row.effective_from is None or row.effective_from <= today)
    ]
    return max(live, key=lambda row: (row.effective_from or date.min, row.id), default=None)
