"""When each line of a draft can arrive."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from core.drafts.case import Case
from core.drafts.change.revised import order_lines
from core.drafts.change.stays import stays
from core.drafts.tables import Draft, DraftLine
from core.promising.agreed import of_customer, terms_of, with_changes
from core.promising.alternatives import giving_way
from core.promising.ask import ZERO, Answer, Ask, AskLine, Promised, Supply
from core.promising.picture import picture
from core.promising.promise import answer_as_json, promise_lines, with_ways
from core.promising.stand_in import IN_PARTS
from core.promising.terms import Terms, group_of, under
from core.values import Parameters


def ask_of(case: Case) -> Ask:
    """The lines that are clear enough to be promised, each under its terms of delivery."""
    place = case.ship_to()
    clear = [line for line in case.lines if _is_clear(line)]
    terms = {name: group_terms(case, name) for name in dict.fromkeys(x.group_name for x in clear)}
    return Ask(
        lines=tuple(_chosen(case, line, _ask_line(case, line, terms)) for line in clear),
        today=case.today,
        transit_days=place.transit_days if place else 1,
        customer_id=case.customer.id if case.customer else 0,
        ship_to_id=place.id if place else None,
        ship_via=case.text("ship_via"),
        groups=(*(group_of(name, found) for name, found in terms.items()), IN_PARTS),
    )


def group_terms(case: Case, group: str) -> Terms:
    """Of a change: as its order was agreed, unless the draft says otherwise."""
    own, revised = of_customer(case.customer), case.revised
    if revised is not None:
        own = terms_of(group, own, revised.delivery)
    return terms_of(group, own, case.draft.delivery)


def substitutes_of(case: Case, line: DraftLine) -> str:
    """One of core.promising.terms.SUBSTITUTES. What was said for this order counts before what the customer wants of the
    item, and that before what they want in general."""
    said = [case.draft.delivery.get(name, {}).get("terms", {}) for name in (line.group_name, "")]
    if case.revised is not None:
        kept = case.revised.delivery
        said += [kept.get(name, {}).get("said", {}) for name in (line.group_name, "")]
    word = next((terms["substitutes"] for terms in said if "substitutes" in terms), "")
    own = group_terms(case, line.group_name)
    if word:
        return with_changes(own, {"substitutes": word}).substitutes
    item_id = line.ordered_item_id or line.item_id or 0
    return case.known.substitutes.get(item_id, own.substitutes)


def _is_clear(line: DraftLine) -> bool:
    return line.item_id is not None and line.stock_quantity is not None and line.stock_quantity > 0


def _ask_line(case: Case, line: DraftLine, terms: dict[str, Terms]) -> AskLine:
    assert line.item_id is not None and line.stock_quantity is not None
    packed = line.factor_denominator == 1 and line.factor_numerator > 1
    own = terms[line.group_name]
    wish = case.wish(line)
    asked = AskLine(
        key=line.id,
        item_id=line.item_id,
        quantity=line.stock_quantity,
        requested_date=wish,
        position=line.position,
        multiple=Decimal(line.factor_numerator) if packed else ZERO,
        group=line.group_name,
        unit_value=_unit_value(line),
    )
    return under(asked, own, _last_day(wish, own))


def _last_day(wish: date | None, terms: Terms) -> date | None:
    if wish is None or terms.latest_days is None:
        return None
    return wish + timedelta(days=terms.latest_days)


def _unit_value(line: DraftLine) -> Decimal:
    """Money for one stock unit, to six places."""
    price = line.unit_price if line.unit_price is not None else line.agreed_price
    if price is None:
        return ZERO
    each = Fraction(price) * line.factor_denominator / line.factor_numerator
    return Decimal(round(each * 10**6)).scaleb(-6)


def _chosen(case: Case, line: DraftLine, asked: AskLine) -> AskLine:
    """The line as the alternative wants it that a person took."""
    choice = case.choices.get(str(line.id), {})
    if choice.get("kind") == "complete":
        return replace(asked, most_parts=1)
    if choice.get("kind") == "split":
        return replace(asked, group=IN_PARTS.name, most_parts=0)
    if choice.get("kind") == "site":
        return replace(asked, site_id=int(choice["site_id"]))
    return asked


def answer_case(session: Session, case: Case, *, lock: bool = False) -> Answer:
    """The answer to what the case asks now; the order lines that a change replaces do not count against it, and those that
    keep their promise are not asked."""
    ask = ask_of(case)
    if not ask.lines or case.draft.kind == "cancellation":
        return Answer()
    kept = stays(session, case)
    asked = tuple(
        replace(line, quantity=kept[line.key].more) if line.key in kept else line
        for line in ask.lines
        if line.key not in kept or kept[line.key].more > 0
    )
    replaced = {ours.id for key, ours in order_lines(session, case).items() if key not in kept}
    found = promise_lines(
        session,
        replace(ask, lines=asked),
        now=case.now,
        leave_out_line_ids=replaced,
        draft_id=case.draft.id,
        give_way=give_way_of(case),
        lock=lock,
    )
    lines = found.lines | {
        line.key: (*kept[line.key].parts, *found.lines.get(line.key, ()))
        for line in ask.lines
        if line.key in kept
    }
    return Answer(_with_ordered(case, lines), _with_ordered(case, found.missed))


Parts = dict[int, tuple[Promised, ...]]


def _with_ordered(case: Case, parts: Parts) -> Parts:
    """The reason of a substitute says instead of what it goes, and when that would be there."""
    found = dict(parts)
    for line in case.lines:
        choice = case.choices.get(str(line.id), {})
        ordered = case.items.get(line.ordered_item_id or 0)
        if ordered is None or line.id not in found:
            continue
        facts = {"instead_of": ordered.number, "ordered_date": str(choice.get("ordered_date", ""))}
        found[line.id] = tuple(
            replace(part, reason=Parameters(part.reason.code, part.reason.facts | facts))
            for part in found[line.id]
        )
    return found


def supply_of(
    session: Session, case: Case, ask: Ask, more: Collection[int], *, lock: bool = False
) -> Supply:
    """The picture against which the case is answered, with what is known of `more` items."""
    found = picture(
        session,
        {line.item_id for line in ask.lines}.union(more),
        now=case.now,
        leave_out_line_ids={ours.id for ours in order_lines(session, case).values()},
        draft_id=case.draft.id,
        lock=lock,
    )
    return giving_way(with_ways(session, ask, found, case.now), give_way_of(case))


def choices_of(case: Case) -> list[dict[str, Any]]:
    """The other ways that were taken for lines that still count."""
    kept = case.choices
    return [kept[str(line.id)] for line in case.lines if str(line.id) in kept]


def give_way_of(case: Case) -> dict[int, date]:
    """By schedule line the day on which it leaves instead, so that a line of this draft is served first."""
    return later_by(choices_of(case))


def later_by(choices: Iterable[dict[str, Any]]) -> dict[int, date]:
    """By schedule line the day on which it leaves when these ways are taken."""
    found: dict[int, date] = {}
    for choice in choices:
        for row_id, day in choice.get("slips", ()):
            found[row_id] = max(date.fromisoformat(day), found.get(row_id, date.min))
    return found


def asked_for(case: Case) -> set[int]:
    """Rows of what was asked for sooner (core.promising.tables.Expedite)."""
    return {int(row) for choice in choices_of(case) for row in choice.get("rows", ())}


def keep(draft: Draft, answer: Answer, at: datetime) -> None:
    """Shows this answer; the instant moves only when the answer does, so that an unchanged draft stays unchanged."""
    found = answer_as_json(answer)
    if found != draft.promise or draft.promised_at is None:
        draft.promise, draft.promised_at = found, at
