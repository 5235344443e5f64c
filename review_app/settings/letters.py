"""The mails that go out, shown with made-up facts, so that a changed template is seen before a customer sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Response, make_response, request
from jinja2 import TemplateError

from core.correspondence.ours import sender_facts
from core.errors import BadInput, NotFound
from core.messages.facts import (
    Asked,
    Line,
    MessageFacts,
    NewDate,
    NoticeFacts,
    OrderFacts,
    PackageFacts,
    Part,
    QuestionFacts,
    ReceiptFacts,
    Recipient,
    RejectionFacts,
    ReturnedLine,
    ReturnFacts,
    ShipmentFacts,
    ShippedLine,
)
from core.messages.render import Rendered, render
from core.values import Address, utc_now
from review_app.fragments import page
from review_app.here import database, settings
from review_app.security import LETTER_POLICY
from review_app.show import today

LANGUAGES = ("en", "de")
PLACE = Address("Sample Customer Ltd", ("1 Sample Street",), "12345", "Sampleton", "", "GB")


def _order(day: date) -> OrderFacts:
    late, twelve = day + timedelta(days=21), Decimal(12)
    lines = (
        Line("1", "BX-40", "Box 40 mm", Asked(twelve, "EA", Decimal("4.10"), day), (Part(twelve, day),), Decimal("4.10")),
        Line("2", "BX-60", "Box 60 mm", Asked(Decimal(300), "EA", Decimal("4.10"), day), (Part(Decimal(100), day), Part(Decimal(200), late)), Decimal("4.24")),
    )  # fmt: skip
    return OrderFacts("SO000123", 1, "PO-4711", day, "EUR", lines, PLACE, PLACE, "30 days net")


def _shipment(day: date) -> ShipmentFacts:
    line = ShippedLine(
        "1", "BX-40", "77120", "Box 40 mm", Decimal(12), "EA", Decimal(12), Decimal(0), "L1"
    )
    package = PackageFacts(1, "003456789012345675", Decimal("4.2"), (("BX-40", Decimal(12), "EA"),))
    return ShipmentFacts("SH000045", "SO000123", "PO-4711", PLACE, PLACE, (line,), (package,), "Parcel Co", "TRK-1", day, day + timedelta(days=1))  # fmt: skip


def _notice(day: date) -> NoticeFacts:
    box = ("BX-40", "c-1", "Box 40 mm")
    moved = NewDate(
        "SO000123", "PO-4711", "1", *box, Decimal(12), "EA", day, day + timedelta(days=5)
    )
    return NoticeFacts((moved, replace(moved, order_number="SO000124", po_number="PO-4712")))


def _return(day: date) -> ReturnFacts:
    line = ReturnedLine("BX-40", "Box 40 mm", Decimal(2), "EA")
    return ReturnFacts(
        "RMA000007", "SO000123", "PO-4711", (line,), PLACE, day, "Damaged in transport"
    )


SAMPLES: dict[str, Callable[[date], Any]] = {
    "receipt-note": lambda day: ReceiptFacts("PO-4711", utc_now()),
    "question": lambda day: QuestionFacts("PO-4711", ("Which unit is meant on line 2?",), "Thank you."),
    "order-acknowledgement": _order,
    "rejection": lambda day: RejectionFacts("PO-4711", "We do not deliver to this place."),
    "promise-notice": _notice,
    "ship-notice": _shipment,
    "send-interchange": lambda day: MessageFacts("997", "42", "4117", "997-000000042.edi"),
    "return-authorisation": _return,
    "return-refusal": _return,
}  # fmt: skip


def show() -> Response:
    """?letter= and ?language= choose one."""
    letter, language = _chosen()
    return page(
        "letters.html",
        letters=tuple(SAMPLES),
        letter=letter,
        languages=LANGUAGES,
        language=language,
        mail=_written(letter, language),
        own=own_templates(),
    )


def html() -> Response:
    """The same as HTML, for a sandboxed frame."""
    response = make_response(_written(*_chosen()).html)
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    return response


def own_templates() -> Path:
    return settings().data_dir / "templates"


def _chosen() -> tuple[str, str]:
    letter = request.args.get("letter", "order-acknowledgement")
    language = request.args.get("language", "en")
    if letter not in SAMPLES or language not in LANGUAGES:
        raise NotFound("There is no such mail.")
    return letter, language


def _written(letter: str, language: str) -> Rendered:
    own = own_templates()
    recipient = Recipient("Ana Byrne", "ana@customer.example", language, "Sample Customer Ltd")
    with database().read() as session:
        sender = sender_facts(session)
    try:
        return render(
            letter,
            SAMPLES[letter](today()),
            sender=sender,
            recipient=recipient,
            overrides=own if own.is_dir() else None,
        )
    except TemplateError as error:
        raise BadInput(f"Your own template of this mail is broken: {error}") from error
