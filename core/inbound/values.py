"""What intake hands over: a message taken apart into parts, immutable."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Name and address as one header gave them; the address is lower case, "" when unreadable."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Part:
    """One body or attachment.

    number: 1, 2, ... in the order of the message, nested messages included (stable for one raw message).
    kind: "body-text", "body-html", "attachment", "inline-image", "message" (a nested or forwarded mail).
    content_type: declared type, lower case; `filename` for display only, control characters removed.
    text: decoded text of text/* parts (charset guessed when unknown), else None.
    content: decoded bytes (for "message": the nested raw mail).
    parent: number of the "message" part this one stands in, 0 for the mail itself.
    """

    number: int
    kind: str
    content_type: str
    filename: str
    content: bytes
    text: str | None = None
    charset: str = ""
    content_id: str = ""
    parent: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed on the way, with its fixed code, severity "info"|"warning"|"error", place, and a sentence."""

    code: str
    severity: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Authentication:
    """What the trusted server stamped (RFC 8601): spf, dkim, dmarc are "pass"|"fail"|"none"|... lower case.

    verdict: "pass" when DMARC passed or an aligned SPF or DKIM did; "fail" when checked and failed; "none" when no
    trusted header is there.
    """

    verdict: str = "none"
    spf: str = ""
    dkim: str = ""
    dmarc: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A mail or dropped file read into values; never raises on bad input, `findings` say what was off.

    channel: "mail", "drop", "upload", "api".
    automatic: "" or why it counts as machine-sent and must never be answered ("auto-submitted", "bounce",
    "list", "null-return-path", "own-mail", "noreply").
    bounce_of: Message-ID that a delivery report (RFC 3464) is about, "".
    own_token: value of our own X-Orderclerk-Token header when present (our mail coming back).
    """

    channel: str
    subject: str = ""
    sender: Mailbox = Mailbox("", "")
    senders: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    date: datetime | None = None
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    language: str = ""
    automatic: str = ""
    bounce_of: str = ""
    own_token: str = ""
    authentication: Authentication = Authentication()
    parts: tuple[Part, ...] = ()
    findings: tuple[Finding, ...] = ()
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def part(self, number: int) -> Part | None:
        return next((p for p in self.parts if p.number == number), None)
