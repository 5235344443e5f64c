"""An interchange goes out once more: under its number, or under a new one with everything else as it was."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput, IllegalStep
from core.exchange import control
from core.exchange.outgoing import Written, file_name, store
from core.exchange.partners import profile_of
from core.exchange.profile_values import Carrier
from core.exchange.renumber import renumbered
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage, Partner
from core.inbound.blobs import load_blob
from core.inbound.envelopes import Endpoint
from core.journal import Event


def resend(
    session: Session,
    interchange: ExchangeInterchange,
    *,
    same_number: bool,
    reason: str = "",
    act: Act,
) -> Event:
    """Owes the carrier the same bytes again, or a new interchange with the next number.

    same_number: the partner lost the file. A new number: the partner took the number and refused or lost what was in
    it. reason: what they said, kept in the history. Raises IllegalStep for what came in, or waits to be sent; BadInput for a document without an envelope.
    """
    if interchange.direction != "out":
        raise IllegalStep("This interchange came in; only what we sent can be sent again.")
    if same_number:
        facts = {"control": interchange.control, "reason": reason.strip()}
        return journal.advance(session, interchange, "resend", act=act, facts=facts)
    journal.check(interchange, "resend")
    return _under_a_new_number(session, interchange, reason.strip(), act)


def _under_a_new_number(session: Session, old: ExchangeInterchange, reason: str, act: Act) -> Event:
    message = session.scalars(
        select(ExchangeMessage)
        .where(ExchangeMessage.interchange_id == old.id)
        .order_by(ExchangeMessage.ordinal)
    ).one()
    taken = journal.done_under(session, old, "interchange.renumbered", act.key)
    if taken is not None:
        return taken
    partner = session.get(Partner, old.partner_id) if old.partner_id else None
    sender = Endpoint(old.sender_id, old.sender_qualifier)
    receiver = Endpoint(old.receiver_id, old.receiver_qualifier)
    group = session.scalar(
        select(ExchangeGroup.control).where(ExchangeGroup.interchange_id == old.id)
    )
    raw = load_blob(session, old.sha256)
    numbers = control.take(session, old.standard, sender, receiver, levels=("interchange",))
    again = renumbered(raw, old.standard, numbers.interchange)
    if again is None:
        raise BadInput("This message has no envelope with a number; send it as it is.")
    profile = profile_of(partner)
    template = (profile.carrier if profile else Carrier()).name
    name = file_name(
        template,
        message.format,
        numbers.interchange,
        partner.code if partner else receiver.id,
    )
    answers = session.get(ExchangeInterchange, old.answers_id) if old.answers_id else None
    row = store(
        session,
        Written(
            format=message.format,
            raw=again,
            sender=sender,
            receiver=receiver,
            control=numbers.interchange,
            group_control=int(group or 1),
            message_control=int(message.control or 1),
            about=message.subject,
            about_id=message.subject_id or 0,
            carrier=old.carrier,
            file_name=name,
            number=str(message.told.get("number", "")),
            version=message.message_version,
            syntax=old.syntax,
            separators=old.separators,
            test=old.test,
            wants_answer=old.wants_answer,
            overdue_hours=profile.answers.overdue_hours if profile and old.answer_due_at else 0,
            partner=partner,
            answers=answers,
        ),
        act=act.under("written"),
    )
    old.answer_state = "" if old.answer_state in ("waiting", "overdue") else old.answer_state
    facts = {"control": row.control, "interchange_id": row.id, "reason": reason}
    return journal.note(session, old, "interchange.renumbered", act=act, facts=facts)
