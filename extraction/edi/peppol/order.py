"""Rules of the Peppol Order (T01) and of its changes (T114), which are the same but for names."""

from __future__ import annotations

from dataclasses import replace

from extraction.edi.peppol import amounts, prices
from extraction.edi.peppol.process import customization_starts, profile_is
from extraction.edi.peppol.rule import FATAL, WARNING, Check, Rule, rules

Row = tuple[str, str, str, Check]

ROWS: tuple[Row, ...] = (
    ("R001", FATAL, "Each line needs a number that no other line has.", prices.line_numbers_repeat),
    ("R002", WARNING, "The order should say until when it is valid.", prices.no_validity),
    ("R003", FATAL, "All amounts must be in the order's own currency.", amounts.other_currencies),
    ("R004", FATAL, "The ordered quantity must be given and not be negative.", prices.negative_quantity),
    ("R005", FATAL, "The price must be given and not be negative.", prices.negative_price),
    ("R006", FATAL, "The amount to pay must be given and not be negative.", amounts.negative_payable),
    ("R007", FATAL, "The sum of the lines must be given and not be negative.", amounts.negative_line_sum),
    ("R008", FATAL, "The sum of the lines is not what the lines add up to.", amounts.line_sum_differs),
    ("R009", FATAL, "The sum of allowances is not what they add up to.", amounts.allowance_sum_differs),
    ("R010", FATAL, "The sum of charges is not what they add up to.", amounts.charge_sum_differs),
    ("R011", FATAL, "The total before tax is not lines less allowances plus charges.", amounts.before_tax_differs),
    ("R013", WARNING, "Each line should have a quantity.", prices.no_quantity),
    ("R014", FATAL, "Who wants the goods needs a name or an identifier.", prices.originator_without_name),
    ("R016", FATAL, "The amount to pay is not the total with tax less what is paid, plus rounding.", amounts.payable_differs),
    ("R017", FATAL, "The total with tax is not the total before tax plus tax.", amounts.with_tax_differs),
    ("R019", FATAL, "The net price is not the gross price less its allowance.", prices.gross_less_allowance_differs),
    ("R020", FATAL, "An allowance or charge in percent needs the amount it is of.", amounts.percentage_without_base),
    ("R021", FATAL, "An allowance or charge with a base amount needs its percentage.", amounts.base_without_percentage),
    ("R022", FATAL, "An allowance or charge is not its percentage of its base.", amounts.percentage_differs),
    ("R023", FATAL, "An allowance or charge needs a reason, in words or as a code.", amounts.no_reason),
    ("R024", FATAL, "The line's amount is not quantity times price with its allowances and charges.", prices.line_amount_differs),
    ("R025", FATAL, "The quantity that a price is for must be above zero.", prices.basis_not_positive),
    ("R026", FATAL, "A VAT number begins with its country.", amounts.vat_number_without_country),
    ("R027", FATAL, "The gross price must not be negative.", prices.negative_gross_price),
    ("R028", FATAL, "Amounts have two decimals at most; only prices may have more.", amounts.too_many_decimals),
    ("R029", FATAL, "A tax category needs its rate, unless it is outside tax (O).", amounts.rate_missing),
    ("R030", FATAL, "The rate of the standard category (S) must be above zero.", amounts.standard_rate_zero),
    ("R032", FATAL, "An allowance or charge must be given and not be negative.", amounts.negative_allowance),
    ("R033", FATAL, "The allowance on a price must not be negative.", prices.negative_price_allowance),
    ("CL001", FATAL, "The reason of an allowance is not on the list (UNCL 5189).", amounts.unknown_allowance_reason),
    ("CL002", FATAL, "The reason of a charge is not on the list (UNCL 7161).", amounts.unknown_charge_reason),
)  # fmt: skip

_ORDER_PROFILES = profile_is("order_only:3", "ordering:3", "advanced_ordering:3")
"""Advanced ordering begins with the same Order; the published test knows the first two only."""

T01 = rules(
    "T01",
    (
        *ROWS,
        ("R031", FATAL, "An order belongs to order only, ordering or advanced ordering.", _ORDER_PROFILES),
        ("R034", FATAL, "The message's identifier is not that of a Peppol order.", customization_starts("order:3")),
    ),
)  # fmt: skip


def _as_published(rule: Rule) -> Rule:
    """T114 borrows this one rule from T01 under its old name."""
    is_borrowed = rule.id == "PEPPOL-T114-R028"
    return replace(rule, id="PEPPOL-T01-R028") if is_borrowed else rule


T114 = tuple(
    _as_published(rule)
    for rule in rules(
        "T114",
        (
            *ROWS,
            ("R031", FATAL, "A change belongs to advanced ordering.", profile_is("advanced_ordering:3")),
            ("R034", FATAL, "The message's identifier is not that of a Peppol order change.", customization_starts("order_change:3")),
        ),
    )
)  # fmt: skip

T115 = rules(
    "T115",
    (
        ("R031", FATAL, "A cancellation belongs to advanced ordering.", profile_is("advanced_ordering:3")),
        ("R034", FATAL, "The message's identifier is not that of a Peppol order cancellation.", customization_starts("order_cancellation:3")),
    ),
)  # fmt: skip
