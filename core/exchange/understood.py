"""Pure: a reading as the partner's profile understands it: their units, places, prices and currency, what is forgiven.

Every value that the profile changes keeps what the file says as its first alternative, so that answers give the
partner's own words back and a person sees both.
"""

from __future__ import annotations

from dataclasses import replace

from core.exchange.profile_values import Profile
from core.inbound.reading import Candidate, Extraction, ReadOrder
from core.inbound.values import Finding

SOURCE = "profile"
SEVERITY = {"note": "warning", "reject": "error"}
ANSWERED = {"currency": "edi-currency-missing", "price_per": "edi-price-basis-unknown"}
"""What a profile says -> the finding that is settled by it."""


def understood(reading: Extraction, profile: Profile | None) -> Extraction:
    if profile is None:
        return reading
    return replace(
        reading,
        orders=tuple(_order(order, profile) for order in reading.orders),
        findings=findings_for(reading.findings, profile),
    )


def findings_for(found: tuple[Finding, ...], profile: Profile) -> tuple[Finding, ...]:
    """Without what is forgiven or settled by the profile; the rest with the weight that it gives them."""
    settled = {code for name, code in ANSWERED.items() if getattr(profile, name)}
    return tuple(
        replace(one, severity=SEVERITY.get(profile.tolerance.get(one.code, ""), one.severity))
        for one in found
        if one.code not in settled and profile.tolerance.get(one.code) != "forgive"
    )


def _order(order: ReadOrder, profile: Profile) -> ReadOrder:
    fields = dict(order.fields)
    if profile.currency and "currency" not in fields and order.lines:
        fields["currency"] = Candidate(profile.currency, 1.0, source=SOURCE)
    _translate(fields, "ship_to_id", profile.ship_to)
    return replace(
        order,
        fields=fields,
        lines=tuple(_line(line, profile) for line in order.lines),
        schedules={
            number: tuple(
                replace(
                    one,
                    uom=profile.units.get(one.uom, one.uom),
                    ship_to=profile.ship_to.get(one.ship_to, one.ship_to),
                )
                for one in parts
            )
            for number, parts in order.schedules.items()
        },
    )


def _line(line: dict[str, Candidate], profile: Profile) -> dict[str, Candidate]:
    found = dict(line)
    _translate(found, "uom", profile.units)
    price = found.get("unit_price")
    if profile.price_per > 1 and price is not None and "price_basis" not in found:
        found["price_basis"] = Candidate(
            str(profile.price_per), price.confidence, price.evidence, SOURCE
        )
    return found


def _translate(fields: dict[str, Candidate], name: str, words: dict[str, str]) -> None:
    theirs = fields.get(name)
    if theirs is not None and theirs.value in words:
        fields[name] = replace(
            theirs,
            value=words[theirs.value],
            source=SOURCE,
            alternatives=(theirs, *theirs.alternatives),
        )
