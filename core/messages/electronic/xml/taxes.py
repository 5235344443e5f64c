"""The sums of an invoice by tax rate, as EN 16931 wants them: stored sums, never computed anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from core.messages.electronic.billed import billed
from core.messages.electronic.facts import InvoiceAnswer
from core.messages.electronic.problems import CannotWrite
from core.messages.electronic.xml.identifiers import vat

CENT = Decimal("0.01")

EUROPEAN_UNION = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
        "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Category:
    """code: UN/CEFACT 5305, the subset of EN 16931. reason: why no tax is asked, with its VATEX code."""

    code: str
    percent: Decimal
    reason: str = ""
    reason_code: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """What one rate is asked on: net amounts of lines and freight, and the tax."""

    category: Category
    taxable: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Sums:
    """lines: net of all lines; freight on top; net without tax; shares: one per rate, adding up to tax."""

    lines: Decimal
    freight: Decimal
    net: Decimal
    tax: Decimal
    total: Decimal
    shares: tuple[Share, ...]
    freight_category: Category

    @property
    def is_outside_tax(self) -> bool:
        return any(share.category.code == "O" for share in self.shares)


def positive(answer: InvoiceAnswer) -> InvoiceAnswer:
    """The same invoice with positive figures: that it is a credit is said by its kind, not by a sign."""
    found = billed(answer)
    return replace(
        answer,
        lines=found.lines,
        net=found.net,
        tax=found.tax,
        total=found.total,
        freight=found.freight,
    )


def require(answer: InvoiceAnswer) -> None:
    """What EN 16931 refuses an invoice without, and what no default can stand for."""
    for term, value in (
        ("BT-5", answer.currency),
        ("BT-40", answer.parties.supplier.address.country),
        ("BT-55", answer.parties.buyer.address.country),
    ):
        if not value:
            raise CannotWrite(term, "it is missing")


def category(answer: InvoiceAnswer, percent: Decimal) -> Category:
    """Standard rate above zero; at zero why, as far as countries and tax numbers tell; else zero rated."""
    if percent > 0:
        return Category("S", percent)
    supplier, buyer = answer.parties.supplier, answer.parties.buyer
    ours = supplier.address.country
    theirs = answer.parties.ship_to.address.country or buyer.address.country
    if not vat(supplier):
        return Category("O", Decimal(0), "Not subject to VAT", "VATEX-EU-O")
    if ours in EUROPEAN_UNION and theirs in EUROPEAN_UNION - {ours} and vat(buyer):
        return Category("K", Decimal(0), "Intra-community supply", "VATEX-EU-IC")
    if ours in EUROPEAN_UNION and theirs and theirs not in EUROPEAN_UNION:
        return Category("G", Decimal(0), "Export outside the EU", "VATEX-EU-G")
    return Category("Z", Decimal(0))


def sums(answer: InvoiceAnswer) -> Sums:
    """Raises CannotWrite when what is stored does not add up; an invoice that does not foot is refused anyway."""
    lines = sum((line.amount for line in answer.lines), Decimal(0))
    net = lines + answer.freight
    if net + answer.tax != answer.total:
        raise CannotWrite("BT-112", f"{net} and {answer.tax} of tax are not {answer.total}")
    taxable: dict[Decimal, Decimal] = {}
    for line in answer.lines:
        taxable[line.tax_percent] = taxable.get(line.tax_percent, Decimal(0)) + line.amount
    rate = _freight_rate(taxable, answer)
    if answer.freight:
        taxable[rate] = taxable.get(rate, Decimal(0)) + answer.freight
    return Sums(
        lines,
        answer.freight,
        net,
        answer.tax,
        answer.total,
        _shares(taxable, answer),
        category(answer, rate),
    )


def _tax(amount: Decimal, percent: Decimal) -> Decimal:
    return (amount * percent / 100).quantize(CENT, ROUND_HALF_UP)


def _freight_rate(taxable: dict[Decimal, Decimal], answer: InvoiceAnswer) -> Decimal:
    """The rate at which the stored tax comes out closest: freight follows the goods."""
    rates = sorted(taxable, reverse=True) or [Decimal(0)]

    def off(rate: Decimal) -> Decimal:
        whole = {**taxable, rate: taxable.get(rate, Decimal(0)) + answer.freight}
        return abs(sum((_tax(a, p) for p, a in whole.items()), Decimal(0)) - answer.tax)

    return min(rates, key=off)


def _shares(taxable: dict[Decimal, Decimal], answer: InvoiceAnswer) -> tuple[Share, ...]:
    """Tax was rounded line by line; what the rates' own rounding leaves goes to the largest share."""
    ordered = sorted(taxable, reverse=True)
    taxes = {percent: _tax(taxable[percent], percent) for percent in ordered}
    left = answer.tax - sum(taxes.values(), Decimal(0))
    if left:
        largest = max(taxes, key=lambda percent: taxes[percent])
        if abs(left) >= 1 or not taxes[largest]:
            raise CannotWrite("BT-110", f"the tax {answer.tax} does not follow from its rates")
        taxes[largest] += left
    return tuple(
        Share(category(answer, percent), taxable[percent], taxes[percent]) for percent in ordered
    )
