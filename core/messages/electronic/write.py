"""The one door of the writers: facts and envelope -> the bytes of one interchange, by the format's name.

All are pure: the same facts, route and style give the same bytes. Raises UnknownFormat, or CannotWrite naming the place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from core.inbound.envelopes import Envelopes, Fault
from core.messages.electronic.edifact import formats as edifact
from core.messages.electronic.facts import (
    DespatchAnswer,
    InvoiceAnswer,
    OrderAnswer,
    Route,
    Style,
)
from core.messages.electronic.problems import UnknownFormat
from core.messages.electronic.x12 import formats as x12
from core.messages.electronic.xml import formats as xml

Writer = TypeVar("Writer")
OrderWriter = Callable[[OrderAnswer, Route, Style], bytes]
DespatchWriter = Callable[[DespatchAnswer, Route, Style], bytes]
InvoiceWriter = Callable[[InvoiceAnswer, Route, Style], bytes]
TechnicalWriter = Callable[[Envelopes, int, Route, Style, tuple[Fault, ...]], bytes]

ORDER_ANSWERS: dict[str, OrderWriter] = {
    **x12.ORDER_ANSWERS,
    **edifact.ORDER_ANSWERS,
    **xml.ORDER_ANSWERS,
}
DESPATCHES: dict[str, DespatchWriter] = {
    **x12.DESPATCHES,
    **edifact.DESPATCHES,
    **xml.DESPATCHES,
}
INVOICES: dict[str, InvoiceWriter] = {
    **x12.INVOICES,
    **edifact.INVOICES,
    **xml.INVOICES,
}
TECHNICAL: dict[str, TechnicalWriter] = {**x12.TECHNICAL, **edifact.TECHNICAL}


def write_order_answer(answer: OrderAnswer, route: Route, style: Style, format: str) -> bytes:
    """An acknowledgement of an order or of a change: "x12/855", "x12/865", "edifact/ORDRSP" ..."""
    return _writer(ORDER_ANSWERS, format)(answer, route, style)


def write_despatch(answer: DespatchAnswer, route: Route, style: Style, format: str) -> bytes:
    """An advance ship notice: "x12/856", "edifact/DESADV" ..."""
    return _writer(DESPATCHES, format)(answer, route, style)


def write_invoice(answer: InvoiceAnswer, route: Route, style: Style, format: str) -> bytes:
    """An invoice or credit note: "x12/810", "edifact/INVOIC" ..."""
    return _writer(INVOICES, format)(answer, route, style)


def write_technical(
    envelopes: Envelopes,
    ordinal: int,
    route: Route,
    style: Style,
    format: str,
    *,
    faults: tuple[Fault, ...] = (),
) -> bytes:
    """What we say about an interchange that arrived: "x12/TA1", "x12/997", "edifact/CONTRL".

    ordinal: its number in `envelopes`, from 0. faults: of the interchange, found behind the reading (a number that
    came before in another file, an unknown sender). route: already from us to them. Raises NothingToAnswer.
    """
    return _writer(TECHNICAL, format)(envelopes, ordinal, route, style, faults)


def formats() -> tuple[str, ...]:
    """Every format that can be written."""
    return tuple(sorted({*ORDER_ANSWERS, *DESPATCHES, *INVOICES, *TECHNICAL}))


def _writer(known: Mapping[str, Writer], format: str) -> Writer:
    if format not in known:
        raise UnknownFormat(f"No writer knows the format {format}.")
    return known[format]
