"""A change is judged by what it changes: what stays as it was agreed is not checked anew, and stands in nobody's way."""

from __future__ import annotations

from core.drafts.case import Case
from core.drafts.checks.values import ProblemFound
from core.drafts.tables import DraftLine
from core.orders.revise import terms_of

NEW, MORE, LESS, PRICE, DAY, PLACE = "new", "more", "less", "price", "day", "place"
SOLD = frozenset({NEW, MORE})
SENT = frozenset({NEW, MORE, PLACE})
COUNTED = frozenset({NEW, MORE, LESS})
DATED = frozenset({NEW, DAY})
TAKEN_IN = frozenset({NEW, DAY, PLACE})
PROMISED = frozenset({NEW, MORE, DAY, PLACE})

CONCERNS: dict[str, frozenset[str]] = {
    "customer-blocked": frozenset({NEW, MORE, PRICE, DAY, PLACE}),
    "restricted-party": SENT,
    "screening-missing": SENT,
    "ship-to-new": frozenset({PLACE}),
    "address-implausible": frozenset({PLACE}),
    "quote-not-valid": frozenset({NEW, MORE, PRICE}),
    "quote-lacks-item": SOLD,
    "blanket-not-valid": SOLD,
    "blanket-lacks-item": SOLD,
    "blanket-exceeded": SOLD,
    "price-differs": frozenset({NEW, PRICE}),
    "price-missing": frozenset({NEW, PRICE}),
    "item-blocked": SOLD,
    "item-superseded": SOLD,
    "item-not-approved": SOLD,
    "revision-differs": SOLD,
    "revision-not-released": SOLD,
    "configuration-incomplete": SOLD,
    "unit-assumed": COUNTED,
    "unit-doubted": COUNTED,
    "pack-content-differs": COUNTED,
    "quantity-below-minimum": COUNTED,
    "quantity-not-pack-multiple": COUNTED,
    "quantity-unusual": COUNTED,
    "requested-date-past": DATED,
    "requested-date-far": DATED,
    "requested-day-closed": TAKEN_IN,
    "requested-outside-window": TAKEN_IN,
    "requested-before-lead-time": PROMISED,
    "beyond-latest": PROMISED,
    "paper-missing": SENT,
    "export-forbidden": SENT,
    "export-licence-missing": SENT,
    "hazard-data-missing": SENT,
    "hazard-carrier": SENT,
    "hazard-site": PROMISED,
}
"""By code what a change must change for the check to count; a code that is not here always does."""


def concerns(case: Case, found: ProblemFound) -> bool:
    """Whether the problem comes from this draft; of a new order every one does."""
    wanted = CONCERNS.get(found.code)
    if case.draft.kind != "change" or case.revised is None or wanted is None:
        return True
    moved = {PLACE} if case.moved else set()
    lines = [line for line in case.lines if found.line_id in (None, line.id)]
    changed = moved.union(*(changes_of(case, line) for line in lines))
    if found.line_id is None and _header_day(case):
        changed.add(DAY)
    return bool(changed & wanted)


def asks_days(case: Case, line: DraftLine) -> bool:
    """Whether the line's promise is made anew: of a change that leaves quantity and day alone it is not."""
    if case.draft.kind != "change" or case.revised is None:
        return True
    return case.moved or bool(changes_of(case, line) & PROMISED)


def changes_of(case: Case, line: DraftLine) -> set[str]:
    """What the line changes of the order's, of NEW, MORE, LESS, PRICE and DAY."""
    ours = case.ours.get(line.id)
    if ours is None or ours.item_id != line.item_id:
        return {NEW}
    agreed, found = terms_of(ours), set[str]()
    if line.stock_quantity is not None and line.stock_quantity != agreed.stock_quantity:
        found.add(MORE if line.stock_quantity > agreed.stock_quantity else LESS)
    if line.quantity is None or line.unit != agreed.unit:
        found.add(LESS)
    if line.unit_price is not None and line.unit_price != agreed.price:
        found.add(PRICE)
    if line.revision and line.revision != ours.revision:
        found.add(NEW)
    wanted = line.requested_date or (case.draft.requested_date if _header_day(case) else None)
    if wanted is not None and wanted != agreed.requested_date:
        found.add(DAY)
    return found


def _header_day(case: Case) -> bool:
    """The change names a day for all that is not the one that is agreed."""
    wanted = case.draft.requested_date
    return wanted is not None and case.revised is not None and wanted != case.revised.requested_date
