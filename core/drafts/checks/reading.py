"""How sure the machine was."""

from __future__ import annotations

from decimal import Decimal

from core.drafts.backing import is_backed
from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.tables import DraftField
from core.values import plain

DOUBT = "field-doubtful"
KEY_FIELDS = ("po_number", "requested_date", "ship_to", "currency")
KEY_LINE_FIELDS = (
    "buyer_sku",
    "supplier_sku",
    "gtin",
    "quantity",
    "uom",
    "unit_price",
    "requested_date",
)


def reading_is_sure(case: Case) -> Found:
    live = {None, *(line.id for line in case.lines)}
    for (line_id, name), row in case.fields.items():
        if line_id in live and is_doubtful(row, case.policy.doubt_threshold):
            percent = plain((row.confidence * 100).quantize(Decimal(1)))
            facts = {"value": row.value, "percent": percent}
            yield ProblemFound(DOUBT, name, line_id, facts)


def is_doubtful(row: DraftField, threshold: Decimal) -> bool:
    """A field that decides something, read unsurely, that neither a person nor our master data vouches for."""
    if row.name not in (KEY_FIELDS if row.line_id is None else KEY_LINE_FIELDS):
        return False
    vouched = row.accepted or row.corrected or is_backed(row)
    return bool(row.value) and not vouched and row.confidence < threshold


def reader_was_content(case: Case) -> Found:
    for finding in case.findings:
        if finding.get("severity") in ("warning", "error"):
            facts = {"text": str(finding.get("text", "")), "finding": str(finding.get("code", ""))}
            place = f"finding:{finding.get('code', '')}"[:64]
            yield ProblemFound("reader-finding", place, None, facts)
