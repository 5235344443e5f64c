"""Papers as PDF: acknowledgement, pick list, packing slip, labels."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, make_response
from sqlalchemy.orm import Session

from core.correspondence.not_taken import with_lines_not_taken
from core.correspondence.order_facts import order_facts
from core.correspondence.ours import sender_facts
from core.correspondence.shipment_facts import shipment_facts
from core.errors import NotFound
from core.messages import documents
from core.orders.view import order_view
from core.parties.read import customer_view
from core.shipping.view import shipment_view
from review_app.here import database

Paper = Callable[[Session, int, str], bytes]


def acknowledgement(order_id: int) -> Response:
    with database().read() as session:
        view = order_view(session, order_id)
        language = customer_view(session, view.customer_id).row.language
        facts = with_lines_not_taken(
            session, order_facts(session, order_id), view.draft_id, language
        )
        content = documents.order_acknowledgement(facts, sender_facts(session), language)
    return _pdf(content, f"{view.number}-acknowledgement.pdf")


def _pick_list(session: Session, shipment_id: int, language: str) -> bytes:
    return documents.pick_list(shipment_facts(session, shipment_id), sender_facts(session), "en")


def _packing_slip(session: Session, shipment_id: int, language: str) -> bytes:
    return documents.packing_slip(
        shipment_facts(session, shipment_id), sender_facts(session), language
    )


SHIPMENT_PAPERS: dict[str, Paper] = {"pick-list": _pick_list, "packing-slip": _packing_slip}


def shipment_paper(shipment_id: int, paper: str) -> Response:
    """paper: one of SHIPMENT_PAPERS. The pick list speaks our language, the packing slip the customer's."""
    written = SHIPMENT_PAPERS.get(paper)
    if written is None:
        raise NotFound("There is no such paper.")
    with database().read() as session:
        view = shipment_view(session, shipment_id)
        content = written(session, shipment_id, view.language)
    return _pdf(content, f"{view.number}-{paper}.pdf")


def label(shipment_id: int, number: int) -> Response:
    """The label of one package."""
    with database().read() as session:
        view = shipment_view(session, shipment_id)
        facts = shipment_facts(session, shipment_id)
        package = next((p for p in facts.packages if p.number == number), None)
        if package is None:
            raise NotFound("This shipment has no such package.")
        content = documents.label(facts, package, sender_facts(session), view.language)
    return _pdf(content, f"{view.number}-label-{number}.pdf")


def _pdf(content: bytes, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers.set("Content-Disposition", "inline", filename=name)
    return response
