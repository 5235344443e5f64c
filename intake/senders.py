"""Who a mail says it is from, and when that is not one clear answer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from core.inbound.values import Finding, Mailbox
from intake import headers
from intake.authentication import is_aligned
from intake.structure import Entity

_ADDRESS = re.compile(r"[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")


@dataclass(frozen=True, slots=True)
class Senders:
    """sender: the first From mailbox. domain: of the only From address, "" when there is none or several."""

    sender: Mailbox
    senders: tuple[Mailbox, ...]
    reply_to: tuple[Mailbox, ...]
    domain: str
    findings: tuple[Finding, ...]


def read(mail: Entity) -> Senders:
    lines = mail.all("from")
    named = tuple(m for value in lines[:20] for m in headers.mailboxes(value))
    reply_to = tuple(m for v in mail.all("reply-to")[:20] for m in headers.mailboxes(v))
    first = next((m for m in named if m.address), named[0] if named else Mailbox("", ""))
    reasons = tuple(_reasons(mail, lines, named, reply_to))
    is_one = len(lines) == 1 and len(named) == 1
    return Senders(
        sender=first,
        senders=named,
        reply_to=reply_to,
        domain=_domain(first) if is_one else "",
        findings=tuple(Finding("sender-ambiguous", "warning", r, "from") for r in reasons),
    )


def _reasons(
    mail: Entity,
    lines: tuple[bytes, ...],
    named: tuple[Mailbox, ...],
    reply_to: tuple[Mailbox, ...],
) -> list[str]:
    found: list[str] = []
    if len(lines) > 1:
        found.append("The mail has more than one From line.")
    if not any(m.address for m in named):
        found.append("The sender has no usable address.")
    if len(named) > 1 and len(lines) == 1:
        found.append("From names more than one sender.")
    domain = _domain(named[0]) if named else ""
    if named and _other_address(named[0], domain):
        found.append("The sender's name shows another address than the mail came from.")
    if any(headers.text(line).hides for line in lines):
        found.append("The sender's name held hidden control characters.")
    if domain and _looks_alike(domain):
        found.append("The sender's domain mixes alphabets and may imitate another.")
    written_by = [m for v in mail.all("sender") for m in headers.mailboxes(v)]
    if domain and any(m.address and not is_aligned(_domain(m), domain) for m in written_by):
        found.append("Another domain sent this mail on behalf of the sender.")
    if domain and any(m.address and not is_aligned(_domain(m), domain) for m in reply_to):
        found.append("Replies are asked to another domain than the sender's.")
    return found


def _domain(mailbox: Mailbox) -> str:
    return mailbox.address.rpartition("@")[2].rstrip(".")


def _other_address(mailbox: Mailbox, domain: str) -> bool:
    shown = _ADDRESS.search(mailbox.name.lower())
    return shown is not None and not is_aligned(shown[1], domain)


def _looks_alike(domain: str) -> bool:
    return any(len(_alphabets(_unicode(label))) > 1 for label in domain.split("."))


def _unicode(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def _alphabets(label: str) -> set[str]:
    """First words of the letters' names: LATIN, CYRILLIC, GREEK ..."""
    return {unicodedata.name(c, "?").split()[0] for c in label if c.isalpha()}
