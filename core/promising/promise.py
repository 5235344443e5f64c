"""Answers an ask from the database; orders and drafts call it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from core.company.policy import company_zone
from core.company.tables import Company
from core.promising.alternatives import giving_way
from core.promising.ask import Answer, Ask, Claim, Peg, Promised, Supply
from core.promising.picture import picture
from core.promising.promised_before import shelf_days
from core.promising.terms import answer_in_groups
from core.promising.ways import delivery_of, roads_of
from core.values import Parameters, plain


def promise_lines(
    session: Session,
    ask: Ask,
    *,
    now: datetime,
    leave_out_line_ids: Collection[int] = (),
    draft_id: int | None = None,
    offers: bool = True,
    give_way: Mapping[int, date] | None = None,
    lock: bool = False,
) -> Answer:
    """Promises all lines of the ask; what is left out is asked anew, so its old promise does not count.

    draft_id, offers: as in core.promising.picture. give_way: earlier promises (by schedule line) that leave on a later
    day instead. lock: for a promise that is kept at once (confirm, change, hold).
    """
    item_ids = {line.item_id for line in ask.lines}
    supply = picture(
        session,
        item_ids,
        now=now,
        leave_out_line_ids=leave_out_line_ids,
        draft_id=draft_id,
        offers=offers,
        lock=lock,
    )
    supply = with_ways(session, ask, supply, now)
    return answer_in_groups(ask, giving_way(supply, give_way) if give_way else supply)


def with_ways(session: Session, ask: Ask, supply: Supply, now: datetime) -> Supply:
    """The picture with what it holds for this customer and address only."""
    local = now.astimezone(company_zone(session.get(Company, 1)))
    customer = {ask.customer_id} if ask.customer_id else set()
    shelf = shelf_days(session, customer, {line.item_id for line in ask.lines})
    return replace(
        supply,
        delivery=delivery_of(roads_of(session, (ask,)), ask, supply.sites, supply.calendar, local),
        shelf_days={item_id: days for (_, item_id), days in shelf.items()},
    )


def answer_as_json(found: Answer) -> dict[str, Any]:
    """{"lines": {key: [part, ...]}} with plain texts, as drafts keep it; "missed" likewise when there is any."""
    lines = {str(k): [_part_as_json(p) for p in parts] for k, parts in found.lines.items()}
    missed = {str(k): [_part_as_json(p) for p in parts] for k, parts in found.missed.items()}
    return {"lines": lines, "missed": missed} if missed else {"lines": lines}


def _part_as_json(part: Promised) -> dict[str, Any]:
    return {
        "quantity": plain(part.quantity),
        "promised_date": part.promised_date.isoformat(),
        "ship_date": part.ship_date.isoformat(),
        "site_id": part.site_id,
        "reason": {"code": part.reason.code, "facts": part.reason.facts},
        "pegging": [peg_as_json(p) for p in part.pegging],
        **({"claims": [_claim_as_json(c) for c in part.claims]} if part.claims else {}),
    }


def peg_as_json(peg: Peg) -> dict[str, Any]:
    return {
        "kind": peg.kind,
        "id": peg.id,
        "number": peg.number,
        "quantity": plain(peg.quantity),
        "due_date": peg.due_date.isoformat(),
        "late": peg.late,
        **({"level": peg.level} if peg.level else {}),
        **({"begins_on": peg.begins_on.isoformat()} if peg.begins_on else {}),
        **({"item": peg.item} if peg.item else {}),
        **({"from_site": peg.from_site} if peg.from_site else {}),
        **({"inspected": peg.inspected.isoformat()} if peg.inspected else {}),
    }


def _claim_as_json(claim: Claim) -> dict[str, Any]:
    return {
        "kind": claim.kind,
        "day": claim.day.isoformat(),
        "amount": plain(claim.amount),
        "item_id": claim.item_id,
        "centre_id": claim.centre_id,
        "of_quantity": plain(claim.of_quantity),
        "for_item_id": claim.for_item_id,
        "site_id": claim.site_id,
    }


def answer_of_json(found: dict[str, Any]) -> Answer:
    lines, missed = found.get("lines", {}), found.get("missed", {})
    return Answer(_parts_of_json(lines), _parts_of_json(missed))


def _parts_of_json(lines: dict[str, Any]) -> dict[int, tuple[Promised, ...]]:
    return {int(k): tuple(_part_of_json(p) for p in parts) for k, parts in lines.items()}


def _part_of_json(part: dict[str, Any]) -> Promised:
    return Promised(
        Decimal(part["quantity"]),
        date.fromisoformat(part["promised_date"]),
        date.fromisoformat(part["ship_date"]),
        part["site_id"],
        Parameters(part["reason"]["code"], part["reason"]["facts"]),
        tuple(peg_of_json(p) for p in part["pegging"]),
        tuple(
            Claim(
                c["kind"],
                date.fromisoformat(c["day"]),
                Decimal(c["amount"]),
                c["item_id"],
                c["centre_id"],
                Decimal(c["of_quantity"]),
                c.get("for_item_id", 0),
                c.get("site_id", 0),
            )
            for c in part.get("claims", ())
        ),
    )


def peg_of_json(peg: dict[str, Any]) -> Peg:
    begins, inspected = peg.get("begins_on"), peg.get("inspected")
    return Peg(
        peg["kind"],
        peg["id"],
        peg["number"],
        Decimal(peg["quantity"]),
        date.fromisoformat(peg["due_date"]),
        peg["late"],
        int(peg.get("level", 0)),
        date.fromisoformat(begins) if begins else None,
        str(peg.get("item", "")),
        str(peg.get("from_site", "")),
        date.fromisoformat(inspected) if inspected else None,
    )
