"""A long file as a document: what a person may see while it is read, and what became of it as a whole."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.exchange.kept import kept
from core.exchange.tables import ExchangeInterchange, ExchangeMessage
from core.inbound.lanes import close, quarantine
from core.inbound.tables import InboundDocument, Part

TYPES = {"x12": "application/edi-x12", "edifact": "application/edifact"}
MOST_FINDINGS = 200


def begin(session: Session, document: InboundDocument) -> None:
    """Its one part, so that drafts of it have something to point at."""
    known = session.scalar(select(Part.id).where(Part.document_id == document.id))
    if known is None:
        document.subject_line = document.source_name
        session.add(
            Part(
                document_id=document.id,
                number=1,
                kind="attachment",
                content_type="application/edi",
                filename=document.source_name,
                size=document.size,
                sha256=document.raw_sha256,
            )
        )
        session.flush()


def end(
    session: Session,
    document: InboundDocument,
    form: str,
    findings: list[dict[str, Any]],
    *,
    act: Act,
) -> None:
    """The file was read to its end: it is done with, set aside whole, or in its lane."""
    taken = journal.done_under(session, document, "read", act.key)
    if taken is not None:
        return
    journal.check(document, "read")
    rows = _counted(session, document)
    orders, lane = _orders(session, document)
    document.lane = lane or document.lane or "other"
    document.findings = kept(findings[:MOST_FINDINGS])
    document.read_at = act.at
    document.reason = document.reason_text = ""
    document.lane_reasons = [f"The file holds {orders} order(s) in {rows['all']} interchange(s)."]
    document.reading = {"lane": document.lane, "format": form, "orders": []}
    part = session.scalars(select(Part).where(Part.document_id == document.id)).first()
    if part is not None:
        part.content_type = TYPES.get(form.partition("/")[0], part.content_type)
    if rows["aside"] and rows["aside"] == rows["all"] and not orders:
        quarantine(session, document, *_first_reason(session, document), act=act)
        return
    facts = {"lane": document.lane, "orders": orders, "format": form}
    journal.advance(session, document, "read", act=act, facts=facts)
    if rows["all"] and rows["copies"] == rows["all"]:
        close(session, document, "the same interchange was received before", act=act)
    elif rows["all"] and rows["tests"] == rows["all"] and not rows["aside"]:
        close(session, document, "a test: nothing live was opened", act=act)


def _counted(session: Session, document: InboundDocument) -> dict[str, int]:
    def many(rule: Any) -> Any:
        return func.coalesce(func.sum(case((rule, 1), else_=0)), 0)

    found = session.execute(
        select(
            func.count(),
            many(ExchangeInterchange.status == "quarantined"),
            many(ExchangeInterchange.status == "copy"),
            many(ExchangeInterchange.test.is_(True)),
        ).where(ExchangeInterchange.document_id == document.id)
    ).one()
    return dict(zip(("all", "aside", "copies", "tests"), map(int, found), strict=True))


def _orders(session: Session, document: InboundDocument) -> tuple[int, str]:
    """How many went on, and the lane of the first."""
    ours = (
        select(ExchangeMessage)
        .join(ExchangeInterchange, ExchangeInterchange.id == ExchangeMessage.interchange_id)
        .where(
            ExchangeInterchange.document_id == document.id,
            ExchangeInterchange.verdict != "rejected",
            ExchangeMessage.order_ordinal > 0,
        )
    )
    count = session.scalar(select(func.count()).select_from(ours.subquery())) or 0
    first = session.scalar(ours.order_by(ExchangeMessage.order_ordinal).limit(1))
    return count, first.lane if first else ""


def _first_reason(session: Session, document: InboundDocument) -> tuple[str, str]:
    """Code and place for which the first of its interchanges was set aside."""
    row = session.scalar(
        select(ExchangeInterchange)
        .where(
            ExchangeInterchange.document_id == document.id,
            ExchangeInterchange.status == "quarantined",
        )
        .order_by(ExchangeInterchange.ordinal)
        .limit(1)
    )
    assert row is not None
    for event in reversed(journal.history(session, "interchange", row.id)):
        if event.verb == "quarantine":
            return str(event.facts.get("reason", "")), str(event.facts.get("place", ""))
    return "edi-refused", ""
