"""What may not leave the country, or not without a licence, and to whom nothing may go."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.drafts.case import Case
from core.drafts.change.whole import sent_there
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.keys import plain_text
from core.values import exact, plain

LICENCE = "export licence"


def goods_may_leave(case: Case) -> Found:
    place = case.ship_to()
    if place is None or case.company is None or case.draft.kind == "cancellation":
        return
    if not case.known.controls or place.country == case.company.country:
        return
    for sent in sent_there(case):
        item = case.items.get(sent.item_id)
        if item is None or not item.export_code:
            continue
        needs = {
            control.need
            for control in case.known.controls
            if control.export_code == item.export_code and control.country in ("*", place.country)
        }
        facts = {"number": item.number, "export_code": item.export_code, "country": place.country}
        if "forbidden" in needs:
            yield ProblemFound("export-forbidden", sent.field, sent.line_id, facts)
        elif "licence" in needs and not _licensed(case, item.id, place.country):
            yield ProblemFound("export-licence-missing", sent.field, sent.line_id, facts)


def _licensed(case: Case, item_id: int, country: str) -> bool:
    customer_id = case.customer.id if case.customer else None
    return any(
        plain_text(c.kind) == LICENCE
        and c.item_id in (None, item_id)
        and c.customer_id in (None, customer_id)
        and c.country in ("", country)
        and (c.valid_from or date.min) <= case.today <= (c.valid_to or date.max)
        for c in case.known.certificates
    )


def parties_are_clear(case: Case) -> Found:
    """Hits of the screen, each with how sure it is; one problem for each party that was asked about."""
    if case.draft.kind == "cancellation":
        return
    if not case.known.screened and case.customer is not None:
        yield ProblemFound("screening-missing", "customer_id")
    worst: dict[str, dict[str, str]] = {}
    for hit in case.known.hits:
        name = str(hit["name"])
        if name not in worst or str(hit["score"]) > worst[name]["score"]:
            worst[name] = {
                "name": name,
                "what": str(hit["what"]),
                "listed": str(hit["listed"]),
                "list": str(hit["list"]),
                "reference": str(hit.get("reference", "")),
                "score": str(hit["score"]),
                "percent": plain((exact(str(hit["score"])) * 100).quantize(Decimal(1))),
            }
    for found in worst.values():
        yield ProblemFound("restricted-party", f"party:{found['what']}"[:64], None, found)
