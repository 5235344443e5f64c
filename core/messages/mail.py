"""An outgoing mail as bytes: reply headers, RFC 3834 marks, our own token against loops."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from core.messages.facts import Recipient, Sender, Thread
from core.messages.render import Rendered

TOKEN_HEADER = "X-Orderclerk-Token"
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    filename: str
    content_type: str
    content: bytes


def one_row(text: str) -> str:
    """Text that may stand in a header: no line breaks, no control or direction marks."""
    return _CONTROL.sub(" ", text).strip()


def token(message_id: str, secret_key: str) -> str:
    """Proves that a mail coming back is our own, even when a relay rewrote its Message-ID."""
    return hmac.new(secret_key.encode(), message_id.encode(), hashlib.sha256).hexdigest()[:32]


def message_id(outbox_id: int, domain: str, secret_key: str) -> str:
    """Fixed for one outbox row, so that a resend is recognised as the same mail."""
    mark = hmac.new(secret_key.encode(), f"outbox {outbox_id}".encode(), hashlib.sha256)
    return f"<orderclerk.{outbox_id}.{mark.hexdigest()[:16]}@{domain}>"


def subject_for(rendered: Rendered, thread: Thread) -> str:
    """Replies keep the customer's subject, so that mail programs thread them; ours follows in brackets."""
    theirs = one_row(thread.subject)
    if not theirs:
        return one_row(rendered.subject)
    bare = re.sub(r"^\s*((re|aw|antw|sv|fwd?|wg)\s*:\s*)+", "", theirs, flags=re.IGNORECASE)
    return f"Re: {bare} [{one_row(rendered.subject)}]"


def build(
    rendered: Rendered,
    *,
    sender: Sender,
    recipient: Recipient,
    thread: Thread,
    message_id: str,
    secret_key: str,
    at: datetime,
    attachments: tuple[Attachment, ...] = (),
) -> bytes:
    """The mail exactly as it will be sent (RFC 5322, CRLF line ends)."""
    mail = EmailMessage()
    mail["From"] = formataddr((one_row(sender.mail_from_name or sender.name), sender.mail_from))
    mail["To"] = formataddr((one_row(recipient.name), recipient.email))
    mail["Subject"] = subject_for(rendered, thread)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id
    if _is_message_id(thread.message_id):
        mail["In-Reply-To"] = thread.message_id
        known = [r for r in thread.references if _is_message_id(r) and r != thread.message_id]
        mail["References"] = " ".join((*known[-20:], thread.message_id))
    mail["Auto-Submitted"] = "auto-replied" if thread.message_id else "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail[TOKEN_HEADER] = token(message_id, secret_key)
    mail.set_content(rendered.text)
    mail.add_alternative(rendered.html, subtype="html")
    for attachment in attachments:
        maintype, _, subtype = attachment.content_type.partition("/")
        mail.add_attachment(
            attachment.content, maintype=maintype, subtype=subtype, filename=attachment.filename
        )
    return mail.as_bytes(policy=mail.policy.clone(linesep="\r\n", cte_type="7bit"))


def _is_message_id(text: str) -> bool:
    return bool(re.fullmatch(r"<[!-;=?-~]{3,250}>", text)) and "@" in text
