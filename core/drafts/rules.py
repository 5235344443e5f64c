"""The checks of a draft in the order in which a person would ask."""

from __future__ import annotations

from collections.abc import Callable

from core.drafts.case import Case
from core.drafts.change.concern import concerns
from core.drafts.checks.agreement import credit_is_enough, currency_is_agreed, terms_are_agreed
from core.drafts.checks.approvals import items_are_approved
from core.drafts.checks.charges import (
    discount_is_agreed,
    exemption_is_valid,
    freight_is_agreed,
    tax_is_right,
    value_is_worth_it,
)
from core.drafts.checks.configuration import configuration_is_complete
from core.drafts.checks.consent import answer_is_as_ordered, offer_is_answered
from core.drafts.checks.days import day_is_near, day_is_taken_in, days_are_possible
from core.drafts.checks.earlier import earlier_order_is_looked_at
from core.drafts.checks.export import goods_may_leave, parties_are_clear
from core.drafts.checks.fraud import account_is_not_changed, domain_is_genuine
from core.drafts.checks.goods import (
    items_are_known,
    quantities_fit,
    there_are_lines,
    units_are_known,
)
from core.drafts.checks.habits import quantity_is_usual
from core.drafts.checks.hazards import (
    carrier_takes_hazards,
    hazards_are_declared,
    site_ships_hazards,
)
from core.drafts.checks.instead import substitutes_are_agreed
from core.drafts.checks.latest import nothing_is_too_late
from core.drafts.checks.limits import margin_is_enough, value_is_small_enough
from core.drafts.checks.money import (
    agreement_goes_on,
    amounts_add_up,
    prices_agree,
    totals_add_up,
)
from core.drafts.checks.number import change_has_its_order, number_is_there, order_is_new
from core.drafts.checks.packs import pack_content_agrees, unit_fits_price
from core.drafts.checks.papers import papers_are_there
from core.drafts.checks.parties import customer_is_known, place_is_known, sender_is_verified
from core.drafts.checks.places import address_is_plausible, place_is_used
from core.drafts.checks.quotes import blanket_holds, quote_holds
from core.drafts.checks.reading import reader_was_content, reading_is_sure
from core.drafts.checks.revisions import revision_is_released
from core.drafts.checks.signs import order_is_usual
from core.drafts.checks.values import Found, ProblemFound

Rule = Callable[[Case], Found]

RULES: tuple[Rule, ...] = (
    customer_is_known,
    sender_is_verified,
    domain_is_genuine,
    account_is_not_changed,
    order_is_usual,
    parties_are_clear,
    order_is_new,
    change_has_its_order,
    number_is_there,
    place_is_known,
    place_is_used,
    address_is_plausible,
    currency_is_agreed,
    terms_are_agreed,
    quote_holds,
    blanket_holds,
    there_are_lines,
    earlier_order_is_looked_at,
    items_are_known,
    items_are_approved,
    revision_is_released,
    configuration_is_complete,
    units_are_known,
    pack_content_agrees,
    quantities_fit,
    quantity_is_usual,
    unit_fits_price,
    prices_agree,
    agreement_goes_on,
    amounts_add_up,
    totals_add_up,
    discount_is_agreed,
    freight_is_agreed,
    tax_is_right,
    exemption_is_valid,
    value_is_worth_it,
    value_is_small_enough,
    margin_is_enough,
    days_are_possible,
    nothing_is_too_late,
    substitutes_are_agreed,
    answer_is_as_ordered,
    offer_is_answered,
    day_is_taken_in,
    day_is_near,
    papers_are_there,
    goods_may_leave,
    hazards_are_declared,
    carrier_takes_hazards,
    site_ships_hazards,
    credit_is_enough,
    reading_is_sure,
    reader_was_content,
)


def check(case: Case) -> list[ProblemFound]:
    """One problem per code and place; of a change only what it changes."""
    found = (problem for rule in RULES for problem in rule(case) if concerns(case, problem))
    return list({(p.code, p.line_id, p.field): p for p in found}.values())
