"""May this mail go out? Ordered checks, each with a reason code; the first that objects decides (RFC 3834)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.company.policy import Policy
from core.drafts.tables import Draft, Problem
from core.inbound.tables import InboundDocument
from core.messages.facts import Recipient, Sender
from core.outbox import OutboxItem
from core.parties.tables import Contact, Customer


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Why a mail stays here; a clerk sees it in the outbox and may send it all the same."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What the checks look at. by_person: somebody pressed send for this very mail."""

    session: Session
    item: OutboxItem
    sender: Sender
    recipient: Recipient
    customer: Customer | None
    document: InboundDocument | None
    draft: Draft | None
    policy: Policy
    now: datetime
    by_person: bool


def _no_address(letter: Letter) -> Suppressed | None:
    if "@" in letter.recipient.email:
        return None
    return Suppressed(
        "no-address", "No mail address of the customer is known. Add a contact, then send again."
    )


def _own_address(letter: Letter) -> Suppressed | None:
    if letter.recipient.email.casefold() != letter.sender.mail_from.casefold():
        return None
    return Suppressed("own-address", "This mail would go to ourselves, which starts a loop.")


def _automatic_sender(letter: Letter) -> Suppressed | None:
    document = letter.document
    if document is None or not document.automatic or letter.item.task != "receipt-note":
        return None
    return Suppressed(
        "automatic-sender",
        f"The customer's mail was sent by a machine ({document.automatic}); machines are not answered by themselves.",
    )


def _receipt_not_wanted(letter: Letter) -> Suppressed | None:
    if letter.item.task != "receipt-note" or letter.by_person:
        return None
    if letter.document and letter.document.channel != "mail":
        return Suppressed(
            "not-by-mail", "The order did not come by mail, so no mail says it arrived."
        )
    if not letter.policy.auto_receipt:
        return Suppressed("receipts-off", "Receipt notes are switched off in the settings.")
    if letter.customer and not letter.customer.receipt_notes:
        return Suppressed("receipts-off-customer", "This customer does not want receipt notes.")
    return None


def _sender_not_verified(letter: Letter) -> Suppressed | None:
    """A receipt note needs both: a known contact, and a sender whose authentication passed. Others wait for the clerk."""
    if letter.by_person or letter.document is None:
        return None
    verified = letter.document.authentication == "pass" or letter.document.channel != "mail"
    known = _is_known_contact(letter)
    if letter.item.task == "receipt-note":
        fine = known and verified
    else:
        fine = known or verified or _accepted_sender(letter)
    if fine:
        return None
    return Suppressed(
        "sender-not-verified",
        "The sender is not verified or not a known contact, so nothing was sent. A clerk decides.",
    )


def _is_known_contact(letter: Letter) -> bool:
    if letter.customer is None:
        return False
    return bool(
        letter.session.scalar(
            select(Contact.id).where(
                Contact.customer_id == letter.customer.id,
                func.lower(Contact.email) == letter.recipient.email.casefold(),
                Contact.known.is_(True),
            )
        )
    )


def _accepted_sender(letter: Letter) -> bool:
    if letter.draft is None:
        return False
    return bool(
        letter.session.scalar(
            select(Problem.id).where(
                Problem.draft_id == letter.draft.id,
                Problem.code == "sender-not-verified",
                Problem.accepted_by != "",
            )
        )
    )


def _too_many(letter: Letter) -> Suppressed | None:
    """The last fuse against loops: receipt notes per recipient and hour or day."""
    if letter.item.task != "receipt-note" or letter.by_person:
        return None
    for hours, most in ((1, letter.policy.ack_per_hour), (24, letter.policy.ack_per_day)):
        sent = letter.session.scalar(
            select(func.count()).where(
                OutboxItem.task == "receipt-note",
                OutboxItem.recipient == letter.recipient.email,
                OutboxItem.state == "done",
                OutboxItem.settled_at > letter.now - timedelta(hours=hours),
            )
        )
        if (sent or 0) >= most:
            return Suppressed(
                "too-many",
                f"{letter.recipient.email} got {sent} notes within {hours} h already; this one waits for a clerk.",
            )
    return None


CHECKS: tuple[Callable[[Letter], Suppressed | None], ...] = (
    _no_address,
    _own_address,
    _automatic_sender,
    _receipt_not_wanted,
    _sender_not_verified,
    _too_many,
)


def objection(letter: Letter) -> Suppressed | None:
    return next((found for check in CHECKS if (found := check(letter))), None)


def overtaken(session: Session, item: OutboxItem) -> Suppressed | None:
    """Newest version wins: an acknowledgement that a later one replaces is not sent any more."""
    if item.task != "order-acknowledgement":
        return None
    newest = session.scalar(
        select(func.max(OutboxItem.id)).where(
            OutboxItem.task == item.task,
            OutboxItem.subject == item.subject,
            OutboxItem.subject_id == item.subject_id,
        )
    )
    if newest == item.id:
        return None
    return Suppressed("overtaken", "A newer acknowledgement of the same order replaces this one.")
