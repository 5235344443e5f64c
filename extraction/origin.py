"""Who a message comes from: the sender, or the writer of a forwarded mail when a colleague sent it on."""

from __future__ import annotations

import email.parser
import email.policy
import email.utils
import re

from core.inbound.values import Mailbox, Message, Part
from extraction.context import Context
from extraction.mail.text import new_text
from extraction.readers import html

MAX_TEXT = 100_000
_FROM_ROW = re.compile(
    r"^[>\s*]*(?:from|von|de|da|van|från|fra|od)\*?\s{0,3}:\*?\s*(?P<who>\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)


def sender_of(message: Message, context: Context) -> Mailbox:
    """The mailbox that the order comes from; empty when unknown."""
    inner = _passed_on(message, context)
    if inner.address:
        return inner
    if not is_own(message.sender, context):
        return message.sender
    for part in message.parts:
        inner = _writer(part) if part.kind == "message" else Mailbox("", "")
        if inner.address and not is_own(inner, context):
            return inner
    return next((m for m in message.reply_to if not is_own(m, context)), message.sender)


def _passed_on(message: Message, context: Context) -> Mailbox:
    """Who wrote the mail that is forwarded in the text, when it is neither of the sender's firm nor of ours."""
    body = next((p for p in message.parts if p.kind in ("body-text", "body-html") and p.text), None)
    if body is None:
        return Mailbox("", "")
    text = body.text or ""
    text = html.plain_text(text) if body.kind == "body-html" else text
    header = new_text(text[:MAX_TEXT], message.subject).of("header")
    found = _FROM_ROW.search(header)
    name, address = email.utils.parseaddr(
        found["who"].replace("[mailto:", "<").replace("]", ">") if found else ""
    )
    inner = Mailbox(name.strip("'\" ")[:200], address.lower() if "@" in address else "")
    known = {_domain(m) for m in (message.sender, *message.to, *message.cc)}
    return inner if _domain(inner) not in known and not is_own(inner, context) else Mailbox("", "")


def _domain(mailbox: Mailbox) -> str:
    return mailbox.address.rpartition("@")[2].lower()


def is_own(mailbox: Mailbox, context: Context) -> bool:
    domain = mailbox.address.rpartition("@")[2].lower()
    return bool(domain) and domain in {d.lower() for d in context.own.mail_domains}


def _writer(part: Part) -> Mailbox:
    head = part.content[:65_536].split(b"\r\n\r\n")[0].split(b"\n\n")[0]
    parsed = email.parser.BytesHeaderParser(policy=email.policy.compat32).parsebytes(head)
    name, address = email.utils.parseaddr(str(parsed.get("From", "")))
    return Mailbox(name[:200], address.lower() if "@" in address else "")
