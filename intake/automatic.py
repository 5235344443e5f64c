"""Whether a machine sent a mail, so that it is never answered (RFC 3834, 3464, 8098, RFC 2919, and habit).

An order may come from a machine too: the answer here forbids replies, it never drops anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from core.inbound.values import Mailbox
from intake.headers import Read
from intake.parameters import parameters, token
from intake.structure import Entity

OWN_TOKEN = "x-orderclerk-token"

_ROBOTS = re.compile(
    r"(?:mailer-?daemon|no-?_?\.?reply|do-?_?\.?not-?_?\.?reply|postmaster|nobody|bounces?|auto-?reply|autoresponder"
    r"|listserv|majordomo|mdaemon)(?:[-+.=_].*)?",
)
_AWAY = re.compile(
    r"\s*(?:auto(?:matic|mated)?[ -]?(?:reply|response|answer|antwort)|out of (?:the )?office|abwesen(?:d|heit)"
    r"|automatische (?:antwort|abwesenheit)|ooo:|r[ée]ponse automatique|absence du bureau|respuesta autom[áa]tica"
    r"|fuera de la oficina|risposta automatica|fuori sede|automatisch antwoord|afwezig|resposta autom[áa]tica"
    r"|autosvar|automatiskt svar|autom[áa]tick[áa] odpov|automatyczna odpowied|автоответ|自动回复|自動返信|vacation)",
    re.IGNORECASE,
)
_SUPPRESSED = ("all", "autoreply", "oof")
_AUTOMATIC_FIELDS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply-from",
    "x-autoreply-from",
    "x-mail-autoreply",
)
_PRECEDENCES = {"bulk": "list", "junk": "list", "list": "list", "auto_reply": "auto-submitted"}


def reason(mail: Entity, sender: Mailbox, subject: Read, own_addresses: frozenset[str]) -> str:
    """Why this mail must never be answered, "" when nothing forbids it; the strongest reason wins."""
    if mail.first(OWN_TOKEN) or sender.address in own_addresses:
        return "own-mail"
    for name, holds in _REASONS:
        if holds(mail, sender, subject):
            return name
    return ""


def _is_bounce(mail: Entity, sender: Mailbox, subject: Read) -> bool:
    return report_type(mail) == "delivery-status" or sender.address.startswith(
        ("mailer-daemon@", "mailer_daemon@", "maildaemon@")
    )


def report_type(mail: Entity) -> str:
    """ "delivery-status", "disposition-notification" ... of a multipart/report (RFC 6522), "" otherwise."""
    if mail.content_type != "multipart/report":
        return ""
    declared = parameters(mail.first("content-type")).get("report-type", "").lower()
    kinds = [c.content_type.removeprefix("message/") for c in mail.children]
    return declared or next((k for k in kinds if k.endswith(("status", "notification"))), "report")


def _is_auto_submitted(mail: Entity, sender: Mailbox, subject: Read) -> bool:
    marks = [re.split(rb"[;(\s]", v.strip().lower())[0] for v in mail.all("auto-submitted")]
    suppressed = b",".join(mail.all("x-auto-response-suppress")).decode("latin-1").lower()
    return (
        any(mark not in (b"", b"no") for mark in marks)
        or any(word.strip() in _SUPPRESSED for word in suppressed.split(","))
        or any(_is_set(name, value) for name, value in mail.fields)
        or _precedence(mail) == "auto-submitted"
        or report_type(mail) != ""
        or bool(_AWAY.match(subject.text))
    )


def _is_set(name: str, value: bytes) -> bool:
    return name.lower() in _AUTOMATIC_FIELDS and value.strip().lower() not in (b"", b"no", b"false")


def _has_null_return_path(mail: Entity, sender: Mailbox, subject: Read) -> bool:
    return any(v.replace(b" ", b"") == b"<>" for v in mail.all("return-path")[:1])


def _is_list_mail(mail: Entity, sender: Mailbox, subject: Read) -> bool:
    return _precedence(mail) == "list" or any(n.lower().startswith("list-") for n, _ in mail.fields)


def _precedence(mail: Entity) -> str:
    return _PRECEDENCES.get(token(mail.first("precedence")).replace("-", "_"), "")


def _is_robot(mail: Entity, sender: Mailbox, subject: Read) -> bool:
    return bool(_ROBOTS.fullmatch(sender.address.rpartition("@")[0]))


_REASONS: tuple[tuple[str, Callable[[Entity, Mailbox, Read], bool]], ...] = (
    ("bounce", _is_bounce),
    ("auto-submitted", _is_auto_submitted),
    ("null-return-path", _has_null_return_path),
    ("list", _is_list_mail),
    ("noreply", _is_robot),
)
