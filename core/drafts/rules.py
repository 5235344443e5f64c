"""The checks of a draft in the order in which a person would ask."""

from __future__ import annotations

from collections.abc import Callable

from core.drafts.case import Case
from core.drafts.checks.agreement import credit_is_enough, currency_is_agreed, terms_are_agreed
from core.drafts.checks.days import days_are_possible
from core.drafts.checks.earlier import earlier_order_is_looked_at
from core.drafts.checks.goods import (
    items_are_known,
    quantities_fit,
    there_are_lines,
    units_are_known,
)
from core.drafts.checks.latest import nothing_is_too_late
from core.drafts.checks.money import amounts_add_up, prices_agree, totals_add_up
from core.drafts.checks.number import change_has_its_order, number_is_there, order_is_new
from core.drafts.checks.parties import customer_is_known, place_is_known, sender_is_verified
from core.drafts.checks.reading import reader_was_content, reading_is_sure
from core.drafts.checks.values import Found, ProblemFound

Rule = Callable[[Case], Found]

RULES: tuple[Rule, ...] = (
    customer_is_known,
    sender_is_verified,
    order_is_new,
    change_has_its_order,
    number_is_there,
    place_is_known,
    currency_is_agreed,
    terms_are_agreed,
    there_are_lines,
    earlier_order_is_looked_at,
    items_are_known,
    units_are_known,
    quantities_fit,
    prices_agree,
    amounts_add_up,
    totals_add_up,
    days_are_possible,
    nothing_is_too_late,
    credit_is_enough,
    reading_is_sure,
    reader_was_content,
)


def check(case: Case) -> list[ProblemFound]:
    """One problem per code and place."""
    found = (problem for rule in RULES for problem in rule(case))
    return list({(p.code, p.line_id, p.field): p for p in found}.values())
