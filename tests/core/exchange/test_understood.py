"""What a profile makes of a reading: their units, places, price basis and currency; what the file says stays beside it."""

from __future__ import annotations

from core.exchange.profile_values import Profile
from core.exchange.understood import understood
from core.inbound.reading import Candidate, Extraction, ReadOrder, Schedule
from core.inbound.values import Finding


def _reading(**line: str) -> Extraction:
    return Extraction(
        "order",
        orders=(
            ReadOrder(
                {"po_number": Candidate("PO-1", 0.99), "ship_to_id": Candidate("0815", 0.99)},
                ({name: Candidate(value, 0.99) for name, value in line.items()},),
                schedules={0: (Schedule("5", "STK", "2026-03-02", "0815"),)},
            ),
        ),
        findings=(
            Finding("edi-currency-missing", "info", "No currency is given."),
            Finding("edi-message-count", "warning", "UNT counts 7."),
            Finding("edi-ship-date", "info", "The day asked for is that of shipment."),
        ),
    )


PROFILE = Profile(
    "acme",
    currency="EUR",
    price_per=100,
    units={"STK": "EA"},
    ship_to={"0815": "MAIN"},
    tolerance={"edi-message-count": "forgive", "edi-ship-date": "reject"},
)


def test_values_change_and_keep_what_the_file_says() -> None:
    (order,) = understood(_reading(uom="STK", unit_price="12.50"), PROFILE).orders
    (line,) = order.lines
    assert (line["uom"].value, line["uom"].source) == ("EA", "profile")
    assert line["uom"].alternatives[0].value == "STK"
    assert (line["unit_price"].value, line["price_basis"].value) == ("12.50", "100")
    assert order.fields["currency"].value == "EUR"
    assert order.fields["ship_to_id"].value == "MAIN"
    (part,) = order.schedules[0]
    assert (part.uom, part.ship_to) == ("EA", "MAIN")


def test_what_the_file_says_itself_stays() -> None:
    (order,) = understood(_reading(uom="KGM", unit_price="1", price_basis="1000"), PROFILE).orders
    assert order.lines[0]["uom"].value == "KGM"
    assert order.lines[0]["price_basis"].value == "1000"


def test_findings_are_forgiven_settled_or_made_heavier() -> None:
    found = understood(_reading(uom="STK"), PROFILE).findings
    assert [(one.code, one.severity) for one in found] == [("edi-ship-date", "error")]


def test_without_a_profile_nothing_changes() -> None:
    reading = _reading(uom="STK")
    assert understood(reading, None) is reading
