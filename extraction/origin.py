"""Who a message comes from: the sender, or the writer of a forwarded mail when a colleague sent it on."""

from __future__ import annotations

import email.parser
import email.policy
import email.utils

from core.inbound.values import Mailbox, Message, Part
from extraction.context import Context


def sender_of(message: Message, context: Context) -> Mailbox:
    """The mailbox that the order comes from; empty when unknown."""
    if not is_own(message.sender, context):
        return message.sender
    for part in message.parts:
        inner = _writer(part) if part.kind == "message" else Mailbox("", "")
        if inner.address and not is_own(inner, context):
            return inner
    return next((m for m in message.reply_to if not is_own(m, context)), message.sender)


def is_own(mailbox: Mailbox, context: Context) -> bool:
    domain = mailbox.address.rpartition("@")[2].lower()
    return bool(domain) and domain in {d.lower() for d in context.own.mail_domains}


def _writer(part: Part) -> Mailbox:
    head = part.content[:65_536].split(b"\r\n\r\n")[0].split(b"\n\n")[0]
    parsed = email.parser.BytesHeaderParser(policy=email.policy.compat32).parsebytes(head)
    name, address = email.utils.parseaddr(str(parsed.get("From", "")))
    return Mailbox(name[:200], address.lower() if "@" in address else "")
