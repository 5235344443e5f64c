"""Lines as shown, with their promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item, ItemUnit
from core.company.policy import Policy
from core.drafts.bench.choices import choice
from core.drafts.bench.fields import Fields, Marks, field_view, text_of
from core.drafts.matching.catalogue import item_label
from core.drafts.panes import Choice, LineView, Option, PegView, PromiseView
from core.drafts.prices import line_amount
from core.drafts.reasons import match_sentence
from core.drafts.remember import can_remember
from core.drafts.tables import Draft, DraftLine
from core.inbound.reading import LINE_FIELDS
from core.promising.sentences import peg_sentence, promise_sentence
from core.supply.tables import Site
from core.values import plain


def line_views(
    session: Session,
    draft: Draft,
    lines: list[DraftLine],
    fields: Fields,
    marks: Marks,
    policy: Policy,
    wishes: Mapping[int, date | None],
) -> tuple[LineView, ...]:
    ids = {i for line in lines for i in (line.item_id, line.ordered_item_id) if i is not None}
    items = {i.id: i for i in session.scalars(select(Item).where(Item.id.in_(ids)))}
    units: dict[int, list[str]] = {i.id: [i.stock_unit] for i in items.values()}
    for item_id, unit in session.execute(
        select(ItemUnit.item_id, ItemUnit.unit)
        .where(ItemUnit.item_id.in_(ids))
        .order_by(ItemUnit.id)
    ):
        if unit not in units[item_id]:
            units[item_id].append(unit)
    sites = {row.id: row.code for row in session.execute(select(Site.id, Site.code))}
    return tuple(
        replace(
            _line(
                draft,
                line,
                items.get(line.item_id or 0),
                units,
                sites,
                fields,
                marks,
                policy,
                wishes.get(line.id),
            ),
            group=line.group_name,
            taken=str(draft.choices.get(str(line.id), {}).get("words", "")),
            ordered_as=items[line.ordered_item_id].number if line.ordered_item_id else "",
        )
        for line in lines
    )


def _line(
    draft: Draft,
    line: DraftLine,
    item: Item | None,
    units: dict[int, list[str]],
    sites: dict[int, str],
    fields: Fields,
    marks: Marks,
    policy: Policy,
    wanted: date | None,
) -> LineView:
    stock_unit = item.stock_unit if item else ""
    number = item.number if item else ""

    def shown(kind: str) -> tuple[PromiseView, ...]:
        parts = draft.promise.get(kind, {}).get(str(line.id), ())
        return tuple(_promise(p, number, stock_unit, sites, wanted) for p in parts)

    return LineView(
        id=line.id,
        position=line.position,
        removed=line.removed,
        fields={
            name: field_view(
                fields.get((line.id, name)), name, policy, marks.get((line.id, name), ())
            )
            for name in LINE_FIELDS
        },
        item=choice(line.item_id, item_label(item) if item else "", line.item_reason),
        unit=_unit(line, units.get(line.item_id or 0, [])),
        unit_sentence=_conversion(line, stock_unit),
        quantity=line.quantity,
        stock_quantity=line.stock_quantity,
        stock_unit=stock_unit,
        unit_price=line.unit_price,
        agreed_price=line.agreed_price,
        price_sentence=match_sentence(line.price_reason),
        amount=line_amount(line),
        requested_date=wanted,
        promises=shown("lines"),
        missed=shown("missed"),
        problem_ids=tuple(
            i for (line_id, _), ids in marks.items() if line_id == line.id for i in ids
        ),
        can_remember=can_remember(line, text_of(fields, "buyer_sku", line.id)),
    )


def _unit(line: DraftLine, units: list[str]) -> Choice:
    """Units have no ids of their own: an option's id is its place in the list, its label the code to send back."""
    options = tuple(Option(n, unit) for n, unit in enumerate(units))
    reason = line.unit_reason
    return Choice(None, line.unit, reason.get("code", ""), match_sentence(reason), options)


def _conversion(line: DraftLine, stock_unit: str) -> str:
    """ "3 CS = 36 EA"; "" when the ordered unit is the stock unit or the sum is not known."""
    if line.quantity is None or line.stock_quantity is None or line.unit in ("", stock_unit):
        return ""
    return f"{plain(line.quantity)} {line.unit} = {plain(line.stock_quantity)} {stock_unit}"


def _promise(
    part: dict[str, Any], item: str, unit: str, sites: dict[int, str], wanted: date | None
) -> PromiseView:
    promised = date.fromisoformat(part["promised_date"])
    return PromiseView(
        quantity=Decimal(part["quantity"]),
        unit=unit,
        promised_date=promised,
        ship_date=date.fromisoformat(part["ship_date"]),
        site=sites.get(part["site_id"], ""),
        late_days=max((promised - wanted).days, 0) if wanted else 0,
        sentence=promise_sentence(part["reason"]),
        pegs=tuple(_peg(peg, item) for peg in part["pegging"]),
    )


def _peg(peg: dict[str, Any], item: str) -> PegView:
    ends = date.fromisoformat(peg["due_date"])
    begins = date.fromisoformat(peg["begins_on"]) if peg.get("begins_on") else ends
    words = peg_sentence(peg, item)
    level, number = peg.get("level", 0) or 1, str(peg.get("number") or "")
    return PegView(peg["kind"], words, begins, ends, level, peg["late"], number)
