"""The entities of a mail as numbered parts: bodies, attachments, inline images, nested mails."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from mimetypes import guess_type

from core.inbound.values import Finding, Part
from intake import limits, signed, tnef
from intake.charsets import decode
from intake.display import body, file_name
from intake.headers import decoded
from intake.parameters import parameters, token
from intake.structure import Budget, Entity, read
from intake.transfer import decoded_body

_CID = re.compile(r"""cid:([^"'\s<>)]{1,300})""", re.IGNORECASE)
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
_SMIME = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_ENCRYPTED = ("encrypted", "error", "This mail is encrypted; ask the sender for a plain one.")
_SIGNED = ("signed", "info", "This mail is signed; the signature was not checked.")
_HTML = ("text/html", "application/xhtml+xml")
_ALSO_TEXT = (
    "application/xhtml+xml",
    "message/delivery-status",
    "message/disposition-notification",
)


@dataclass(slots=True)
class Taken:
    """What one walk through a mail collects."""

    budget: Budget
    parts: list[Part] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def note(self, code: str, severity: str, text: str, place: str = "") -> None:
        finding = Finding(code, severity, text, place)
        if finding not in self.findings:
            self.findings.append(finding)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the tree: nesting for the limit, how many mails deep, the part number of the mail around."""

    depth: int = 0
    mails: int = 0
    parent: int = 0
    related: bool = False


def take(mail: Entity, budget: Budget) -> Taken:
    """All parts of the mail, in order, with findings. Raises Unreadable beyond the limits."""
    taken = Taken(budget)
    _walk(mail, _Place(), taken)
    taken.parts = _with_body(_with_inline_images(taken.parts))
    return taken


def _walk(entity: Entity, place: _Place, taken: Taken) -> None:
    for sentence in entity.damaged:
        taken.note("mime-damaged", "warning", f"In this mail {sentence}.", entity.content_type)
    _note_protection(entity, taken)
    inside = replace(
        place, depth=place.depth + 1, related=entity.content_type == "multipart/related"
    )
    for child in entity.children:
        _walk(child, inside, taken)
    if entity.children:
        return
    content, whole = decoded_body(entity.body, token(entity.first("content-transfer-encoding")))
    if not whole:
        taken.note("mime-damaged", "warning", "An encoded part is broken.", entity.content_type)
    inner = _opened_signature(entity, content, taken)
    if inner is not None:
        _walk(read(inner, taken.budget, place.depth + 1), inside, taken)
    elif _is_mail(entity, content):
        _nested(entity, content, place, taken)
    elif place.mails <= limits.OPENED_MESSAGES:
        _leaf(entity, content, place, taken)


def _note_protection(entity: Entity, taken: Taken) -> None:
    if entity.content_type == "multipart/encrypted":
        taken.note(*_ENCRYPTED)
    elif entity.content_type == "multipart/signed":
        taken.note(*_SIGNED)
    elif entity.content_type in ("message/partial", "message/external-body"):
        taken.note("mail-incomplete", "warning", "Only a piece or a pointer came, not the whole.")


def _opened_signature(entity: Entity, content: bytes, taken: Taken) -> bytes | None:
    """The mail inside an opaque signature; what is not signed is encrypted, and said so."""
    if entity.content_type not in _SMIME:
        return None
    found = signed.content(content)
    smime = parameters(entity.first("content-type")).get("smime-type", "").lower()
    if found is not None:
        taken.note(*_SIGNED)
    elif smime == "signed-data":
        taken.note(
            "signed-opaque", "warning", "The text of this mail is inside a signature, not readable."
        )
    elif smime != "certs-only":
        taken.note(*_ENCRYPTED)
    return found


def _is_mail(entity: Entity, content: bytes) -> bool:
    if entity.content_type in ("message/rfc822", "message/global"):
        return True
    name = _file_name(entity).lower()
    return name.endswith(".eml") and b":" in content[:200]


def _nested(entity: Entity, content: bytes, place: _Place, taken: Taken) -> None:
    if place.mails <= limits.OPENED_MESSAGES:
        number = _add(entity, "message", content, place, taken)
    else:
        number = place.parent
    if place.mails == limits.OPENED_MESSAGES:
        taken.note(
            "nested-too-deep",
            "info",
            f"Mails nested more than {limits.OPENED_MESSAGES} deep were not opened.",
        )
    inner = read(content, taken.budget, place.depth + 1)
    _walk(inner, _Place(place.depth + 1, place.mails + 1, number), taken)


def _leaf(entity: Entity, content: bytes, place: _Place, taken: Taken) -> None:
    number = _add(entity, _kind(entity, place), content, place, taken)
    if entity.content_type in _TNEF or _file_name(entity).lower() == "winmail.dat":
        _unpack(number, content, place, taken)


def _unpack(number: int, content: bytes, place: _Place, taken: Taken) -> None:
    """Files that Outlook packed for its own kind follow their winmail.dat as attachments."""
    files, whole = tnef.unpack(content)
    if not whole:
        taken.note(
            "tnef-unread",
            "warning",
            "Outlook packed attachments into winmail.dat in a way that is not read.",
            f"part {number}",
        )
    for file in files:
        taken.budget.take(place.depth)
        taken.parts.append(
            Part(
                len(taken.parts) + 1,
                "attachment",
                file.media_type or guess_type(file.name)[0] or "application/octet-stream",
                file.name,
                file.content or b"",
                content_id=file.content_id,
                parent=place.parent,
            )
        )


def _kind(entity: Entity, place: _Place) -> str:
    disposition = token(entity.first("content-disposition"))
    name = _file_name(entity)
    main, _, _ = entity.content_type.partition("/")
    if entity.content_type == "text/plain" and disposition != "attachment" and not name:
        return "body-text"
    if entity.content_type in _HTML and disposition != "attachment" and not name:
        return "body-html"
    if main == "image" and disposition != "attachment":
        embedded = place.related and bool(entity.first("content-id"))
        if embedded or (disposition == "inline" and not name):
            return "inline-image"
    return "attachment"


def _add(entity: Entity, kind: str, content: bytes, place: _Place, taken: Taken) -> int:
    number = len(taken.parts) + 1
    name = _file_name(entity)
    text, charset = _text(entity, content, number, taken)
    if kind == "body-text" and text and "-----BEGIN PGP MESSAGE-----" in text:
        taken.note(*_ENCRYPTED)
    content_id = entity.first("content-id").decode("latin-1").strip().strip("<>")[:300]
    taken.parts.append(
        Part(
            number,
            kind,
            entity.content_type,
            name,
            content,
            text,
            charset,
            file_name(content_id) if content_id else "",
            place.parent,
        )
    )
    return number


def _text(entity: Entity, content: bytes, number: int, taken: Taken) -> tuple[str | None, str]:
    if not entity.content_type.startswith("text/") and entity.content_type not in _ALSO_TEXT:
        return None, ""
    declared = parameters(entity.first("content-type")).get("charset", "")
    found = decode(content, declared)
    if found.guessed:
        taken.note(
            "charset-guessed",
            "warning",
            f"The character set was guessed as {found.charset}; check names and umlauts.",
            f"part {number}",
        )
    return body(found.text), found.charset


def _file_name(entity: Entity) -> str:
    """The display name of a part, "" when it has none."""
    for header, name in (("content-disposition", "filename"), ("content-type", "name")):
        value = entity.first(header)
        found = parameters(value).get(name, "") if value else ""
        if found:
            return file_name(decoded(found.encode("utf-8", "replace"))[0])
    return ""


def _with_inline_images(parts: list[Part]) -> list[Part]:
    """Images that the HTML of the same mail shows belong to it, whatever their disposition says."""
    shown = {
        (p.parent, cid.lower())
        for p in parts
        if p.kind == "body-html" and p.text
        for cid in _CID.findall(p.text)[: limits.PARTS]
    }
    return [
        replace(p, kind="inline-image")
        if p.content_type.startswith("image/") and (p.parent, p.content_id.lower()) in shown
        else p
        for p in parts
    ]


def _with_body(parts: list[Part]) -> list[Part]:
    """A mail whose only text carries a file name still has a body."""
    own = [p for p in parts if p.parent == 0]
    if any(p.kind.startswith("body-") for p in own):
        return parts
    if len(own) == 1 and own[0].content_type in ("text/plain", "text/html"):
        kind = "body-html" if own[0].content_type == "text/html" else "body-text"
        return [replace(p, kind=kind) if p is own[0] else p for p in parts]
    return parts
