"""Raw bytes of a mail to an immutable Message; odd input becomes findings, only the limits raise."""

from __future__ import annotations

from core.errors import Unreadable
from core.inbound.values import Finding, Mailbox, Message
from intake import authentication, automatic, bounces, headers, limits, parts, senders, structure
from intake.display import one_line
from intake.structure import Entity


def parse(
    raw: bytes,
    *,
    channel: str = "mail",
    own_addresses: frozenset[str] = frozenset(),
    authserv_ids: tuple[str, ...] = (),
) -> Message:
    """The mail as values.

    own_addresses: lower-case addresses this installation sends from and reads at.
    authserv_ids: names with which our own mail server signs Authentication-Results ("-": without a name).
    Raises Unreadable with code "too-complex" or "too-large", nothing else.
    """
    if len(raw) > limits.MAIL_BYTES:
        raise limits.too_large(len(raw))
    budget = structure.Budget()
    mail = structure.read(raw, budget)
    taken = parts.take(mail, budget)
    return _message(mail, channel, own_addresses, authserv_ids, taken)


def head(raw: bytes, *, channel: str = "mail") -> Message:
    """Only the top headers, for mails that parse() refuses; never raises, empty when even they are too much."""
    try:
        mail = structure.read_head(raw)
    except Unreadable:
        return Message(channel)
    return _message(mail, channel, frozenset(), (), parts.Taken(structure.Budget()))


def _message(
    mail: Entity,
    channel: str,
    own_addresses: frozenset[str],
    authserv_ids: tuple[str, ...],
    taken: parts.Taken,
) -> Message:
    subject = headers.text(mail.first("subject"))
    named = senders.read(mail)
    reason = automatic.reason(mail, named.sender, subject, own_addresses)
    bounce_of, reported = bounces.about(mail, reason)
    message_id = headers.message_id(mail.first("message-id"))
    findings = (
        *named.findings,
        *_findings(mail, subject, message_id),
        *reported,
        *taken.findings,
    )
    return Message(
        channel=channel,
        subject=subject.text,
        sender=named.sender,
        senders=named.senders,
        reply_to=named.reply_to,
        to=_mailboxes(mail, "to"),
        cc=_mailboxes(mail, "cc"),
        date=headers.instant(mail.first("date")),
        message_id=message_id,
        in_reply_to=headers.message_id(mail.first("in-reply-to")),
        references=headers.message_ids(mail.first("references")),
        language=headers.language(mail.first("content-language")),
        automatic=reason,
        bounce_of=bounce_of,
        own_token=one_line(mail.first(automatic.OWN_TOKEN).decode("latin-1"), 200),
        authentication=authentication.read(
            mail.all("authentication-results"), named.domain, authserv_ids
        ),
        parts=tuple(taken.parts),
        findings=findings,
        headers=tuple((name, headers.text(value).text) for name, value in mail.fields),
    )


def _mailboxes(mail: Entity, name: str) -> tuple[Mailbox, ...]:
    return tuple(m for value in mail.all(name)[:20] for m in headers.mailboxes(value))


def _findings(mail: Entity, subject: headers.Read, message_id: str) -> tuple[Finding, ...]:
    found: list[Finding] = []
    ids = mail.all("message-id")
    if not message_id:
        found.append(Finding("message-id-missing", "info", "The mail has no usable Message-ID."))
    if len(ids) > 1:
        found.append(Finding("message-id-repeated", "info", "The mail has several Message-IDs."))
    if subject.guessed:
        found.append(
            Finding(
                "charset-guessed", "info", "The subject's character set was guessed.", "subject"
            )
        )
    if subject.hides:
        found.append(
            Finding(
                "hidden-characters",
                "warning",
                "The subject held hidden control characters; they were taken out.",
                "subject",
            )
        )
    if mail.first("date").strip() and headers.instant(mail.first("date")) is None:
        found.append(Finding("date-unreadable", "info", "The Date header is unreadable.", "date"))
    return tuple(found)
