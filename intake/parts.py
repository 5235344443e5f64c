"""The entities of a mail as numbered parts: bodies, attachments, inline images, nested mails."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from mimetypes import guess_type

from core.inbound.values import Finding, Part
from intake import limits, outlook, signed, tnef, zipped
from intake.arranging import with_body, with_inline_images
from intake.charsets import decode
from intake.composing import File
from intake.display import body, file_name
from intake.headers import decoded
from intake.parameters import parameters, token
from intake.structure import Budget, Entity, read
from intake.transfer import decoded_body

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
    """Where in the tree: nesting for the limit, how many mails and parcels deep, the number of the mail around."""

    depth: int = 0
    mails: int = 0
    parcels: int = 0
    parent: int = 0
    related: bool = False


def take(mail: Entity, budget: Budget) -> Taken:
    """All parts of the mail, in order, with findings. Raises Unreadable beyond the limits."""
    taken = Taken(budget)
    _walk(mail, _Place(), taken)
    taken.parts = with_body(with_inline_images(taken.parts))
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
    elif (mail := _mail_in(entity.content_type, _file_name(entity), content)) is not None:
        _nested(entity, mail, place, taken)
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


def take_file(file: File, budget: Budget) -> Taken:
    """A file that came by itself, and what is in it when it is a parcel. Raises Unreadable beyond the limits."""
    taken = Taken(budget)
    _file(file, _Place(), taken)
    return taken


def _mail_in(content_type: str, name: str, content: bytes) -> bytes | None:
    """The mail that an attached file is, as MIME."""
    if content_type in ("message/rfc822", "message/global"):
        return content
    if outlook.is_outlook(content):
        return outlook.as_mail(content)
    return content if name.lower().endswith(".eml") and b":" in content[:200] else None


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
    _walk(inner, _Place(place.depth + 1, place.mails + 1, place.parcels, number), taken)


def _leaf(entity: Entity, content: bytes, place: _Place, taken: Taken) -> None:
    number = _add(entity, _kind(entity, place), content, place, taken)
    name = _file_name(entity)
    if entity.content_type in _TNEF or name.lower() == "winmail.dat":
        _open_tnef(number, content, place, taken)
    elif entity.content_type != "text/plain":
        _open_parcel(number, name, content, place, taken)


def _open_tnef(number: int, content: bytes, place: _Place, taken: Taken) -> None:
    """Body and files that Outlook packed for its own kind follow their winmail.dat."""
    found = tnef.unpack(content)
    if not found.whole:
        taken.note(
            "tnef-unread",
            "warning",
            "Outlook packed attachments into winmail.dat in a way that is not read.",
            f"part {number}",
        )
    told = {p.kind for p in taken.parts if p.parent == place.parent and (p.text or "").strip()}
    for kind, text in (("body-text", found.letter.text), ("body-html", found.letter.html)):
        if text.strip() and kind not in told:
            taken.budget.take(place.depth)
            media = "text/plain" if kind == "body-text" else "text/html"
            _keep(
                kind,
                File("", media, text.encode("utf-8", "replace")),
                body(text),
                "utf-8",
                place,
                taken,
            )
    packed = [File(f.name, f.media_type, f.content or b"", f.content_id) for f in found.files]
    for file in (*found.letter.files, *packed):
        _file(file, replace(place, depth=place.depth + 1), taken)


def _open_parcel(number: int, name: str, content: bytes, place: _Place, taken: Taken) -> None:
    """The files of a ZIP follow it as attachments."""
    if not zipped.is_parcel(content):
        return
    where = f"part {number}"
    if place.parcels >= limits.OPENED_PARCELS:
        taken.note(
            "archive-too-deep",
            "warning",
            f"{name} lies too deep in archives; it was not opened.",
            where,
        )
        return
    files, findings = zipped.unpack(content, name, where)
    for finding in findings:
        taken.note(finding.code, finding.severity, finding.text, finding.place)
    for file in files:
        _file(file, replace(place, depth=place.depth + 1, parcels=place.parcels + 1), taken)


def _file(file: File, place: _Place, taken: Taken) -> None:
    """A file that did not come as an entity of a mail."""
    kind = file.media_type or guess_type(file.name)[0] or "application/octet-stream"
    mail = _mail_in(kind, file.name, file.content)
    if mail is not None:
        named = file.name or "mail"
        entity = Entity(b"", (("content-disposition", _named(named)),), 0, 0, "message/rfc822")
        _nested(entity, mail, place, taken)
        return
    taken.budget.take(place.depth)
    text, charset = None, ""
    if kind.startswith("text/") and kind != "text/csv":
        decoded = decode(file.content, "")
        text, charset = body(decoded.text), decoded.charset
    number = _keep("attachment", replace(file, media_type=kind), text, charset, place, taken)
    _open_parcel(number, file.name, file.content, place, taken)


def _named(name: str) -> bytes:
    quoted = name.replace("\\", "").replace('"', "")
    return f'attachment; filename="{quoted}"'.encode("utf-8", "replace")


def _keep(
    kind: str, file: File, text: str | None, charset: str, place: _Place, taken: Taken
) -> int:
    number = len(taken.parts) + 1
    part = Part(
        number,
        kind,
        file.media_type,
        file.name,
        file.content,
        text,
        charset,
        file_name(file.content_id) if file.content_id else "",
        place.parent,
    )
    taken.parts.append(part)
    return number


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
    text, charset = _text(entity, content, len(taken.parts) + 1, taken)
    if kind == "body-text" and text and "-----BEGIN PGP MESSAGE-----" in text:
        taken.note(*_ENCRYPTED)
    content_id = entity.first("content-id").decode("latin-1").strip().strip("<>")[:300]
    file = File(_file_name(entity), entity.content_type, content, content_id)
    return _keep(kind, file, text, charset, place, taken)


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
