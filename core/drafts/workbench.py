"""The workbench as a read model: one draft with everything its screen shows (values in core.drafts.panes)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import lifecycle
from core.company.policy import policy_of
from core.company.tables import Company
from core.drafts.bench.choices import choice, place_choice, places_of
from core.drafts.bench.confirming import confirm_sentence, why_not
from core.drafts.bench.delivery import terms_views
from core.drafts.bench.fields import Fields, beside, field_view, text_of
from core.drafts.bench.giving_way import given_way, slips
from core.drafts.bench.lines import line_views
from core.drafts.bench.parts import claim_view, document_pane, order_link, revised_link, siblings
from core.drafts.bench.problems import problem_views
from core.drafts.bench.talk import conversation
from core.drafts.change.revised import wishes
from core.drafts.correct import last_correction
from core.drafts.onlookers import onlookers
from core.drafts.panes import LineView, Workbench
from core.drafts.queue import neighbours
from core.drafts.queue_values import DEFAULT, QueueFilter
from core.drafts.tables import Draft, DraftField, DraftLine, Problem
from core.errors import NotFound
from core.inbound.reading import HEADER_FIELDS
from core.lifecycle import LIVE_DRAFT
from core.parties.tables import Contact, Customer
from core.promising.offers import held_until
from core.values import utc_now


def workbench(
    session: Session,
    draft_id: int,
    user_id: int | None = None,
    *,
    filter: QueueFilter = DEFAULT,
    now: datetime | None = None,
) -> Workbench:
    """Everything about one draft; a fixed number of queries, however many lines. Raises NotFound."""
    draft = session.get(Draft, draft_id)
    if draft is None:
        raise NotFound(f"There is no draft {draft_id}.")
    policy = policy_of(session.scalars(select(Company)).first())
    rows = session.scalars(select(DraftField).where(DraftField.draft_id == draft.id))
    fields: Fields = {(f.line_id, f.name): f for f in rows}
    lines = list(
        session.scalars(
            select(DraftLine).where(DraftLine.draft_id == draft.id).order_by(DraftLine.position)
        )
    )
    problem_rows = list(
        session.scalars(select(Problem).where(Problem.draft_id == draft.id).order_by(Problem.id))
    )
    marks = beside(problem_rows)
    customer = session.get(Customer, draft.customer_id) if draft.customer_id else None
    places = places_of(session, draft)
    contact = session.get(Contact, draft.contact_id) if draft.contact_id else None
    document = document_pane(session, draft.document_id)
    line_panes = line_views(
        session, draft, lines, fields, marks, policy, wishes(session, draft, lines)
    )
    problems = problem_views(session, draft, problem_rows, lines, user_id)
    later = given_way(draft, line_panes)
    before, after, place, length = neighbours(session, draft.id, filter, user_id)
    return Workbench(
        draft_id=draft.id,
        version=draft.version,
        status=draft.status,
        kind=draft.kind,
        ordinal=draft.ordinal,
        created_at=draft.created_at,
        document=document,
        siblings=siblings(session, draft),
        customer=choice(
            draft.customer_id,
            f"{customer.name} ({customer.number})" if customer else "",
            draft.customer_reason,
        ),
        ship_to=place_choice(draft.ship_to_id, draft.ship_to_reason, places, "ship_to"),
        bill_to=place_choice(draft.bill_to_id, {"code": "by-default"}, places, "bill_to"),
        contact=contact.name if contact else text_of(fields, "buyer_contact"),
        reply_to=contact.email if contact else (document.sender_address if document else ""),
        po_number=draft.po_number,
        currency=draft.currency,
        order_date=draft.order_date,
        requested_date=draft.requested_date,
        fields={
            name: field_view(fields.get((None, name)), name, policy, marks.get((None, name), ()))
            for name in HEADER_FIELDS
        },
        lines=line_panes,
        problems=problems,
        total=_total(line_panes),
        promised_at=draft.promised_at,
        duplicate_of=order_link(session, draft.duplicate_of_id),
        revision_of=revised_link(session, draft, later, now or utc_now()),
        order=order_link(session, draft.order_id),
        conversation=conversation(session, draft),
        claim=claim_view(session, draft, user_id),
        onlookers=onlookers(session, draft.id, besides=user_id),
        parked_until=draft.parked_until,
        legal_verbs=lifecycle.legal_verbs("draft", draft.status),
        confirm_sentence=confirm_sentence(draft, line_panes, problems),
        why_not=why_not(draft, problems, line_panes),
        can_undo=last_correction(session, draft.id) is not None,
        doubtful_count=draft.doubtful_count,
        previous_id=before,
        next_id=after,
        place=place,
        queue_length=length,
        terms=terms_views(session, draft, customer, line_panes),
        held_until=held_until(session, draft.id, now or utc_now()),
        slips=slips(session, later) if draft.status in LIVE_DRAFT else (),
    )


def _total(lines: tuple[LineView, ...]) -> Decimal | None:
    """The sum of the lines that count; None while one of them has no amount."""
    amounts = [line.amount for line in lines if not line.removed]
    if not amounts or any(a is None for a in amounts):
        return None
    return sum((a for a in amounts if a is not None), Decimal(0))
