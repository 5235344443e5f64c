"""How sure the machine was."""

from __future__ import annotations

from decimal import Decimal

from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.tables import DraftField
from core.values import plain

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
        keys = KEY_FIELDS if line_id is None else KEY_LINE_FIELDS
        if name in keys and is_doubtful(row, case.policy.doubt_threshold) and line_id in live:
            facts = {
                "value": row.value,
                "percent": plain((row.confidence * 100).quantize(Decimal(1))),
            }
            yield ProblemFound("field-doubtful", name, line_id, False, facts)


def is_doubtful(row: DraftField, threshold: Decimal) -> bool:
    read = bool(row.value) and not (row.accepted or row.corrected)
    return read and row.confidence < threshold


def reader_was_content(case: Case) -> Found:
    for finding in case.document.findings if case.document else ():
        if finding.get("severity") in ("warning", "error"):
            facts = {"text": str(finding.get("text", "")), "finding": str(finding.get("code", ""))}
            yield ProblemFound(
                "reader-finding", f"finding:{finding.get('code', '')}"[:64], None, False, facts
            )
