"""A Message as JSON without its contents, and back; contents travel as files beside it."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from core.inbound.values import Authentication, Finding, Mailbox, Message, Part

WITHOUT = ("headers", "parts")


def message_as_json(message: Message) -> dict[str, Any]:
    found = {name: value for name, value in asdict(_bare(message)).items() if name not in WITHOUT}
    found["date"] = message.date.isoformat() if message.date else None
    found["headers"] = [list(h) for h in message.headers]
    found["parts"] = [_part_as_json(p) for p in message.parts]
    return found


def message_of_json(found: dict[str, Any], contents: dict[int, bytes]) -> Message:
    """contents: part number -> bytes. Raises KeyError, TypeError or ValueError on a form it does not know."""
    return Message(
        channel=str(found["channel"]),
        subject=str(found["subject"]),
        sender=_mailbox(found["sender"]),
        senders=_mailboxes(found["senders"]),
        reply_to=_mailboxes(found["reply_to"]),
        to=_mailboxes(found["to"]),
        cc=_mailboxes(found["cc"]),
        date=datetime.fromisoformat(found["date"]) if found["date"] else None,
        message_id=str(found["message_id"]),
        in_reply_to=str(found["in_reply_to"]),
        references=tuple(str(r) for r in found["references"]),
        language=str(found["language"]),
        automatic=str(found["automatic"]),
        bounce_of=str(found["bounce_of"]),
        own_token=str(found["own_token"]),
        authentication=Authentication(**found["authentication"]),
        parts=tuple(_part(p, contents) for p in found["parts"]),
        findings=tuple(Finding(**f) for f in found["findings"]),
        headers=tuple((str(name), str(value)) for name, value in found["headers"]),
    )


def _bare(message: Message) -> Message:
    return replace(message, parts=(), headers=())


def _part_as_json(part: Part) -> dict[str, Any]:
    return {
        "number": part.number,
        "kind": part.kind,
        "content_type": part.content_type,
        "filename": part.filename,
        "text": part.text,
        "charset": part.charset,
        "content_id": part.content_id,
        "parent": part.parent,
    }


def _part(found: dict[str, Any], contents: dict[int, bytes]) -> Part:
    number = int(found["number"])
    return Part(
        number=number,
        kind=str(found["kind"]),
        content_type=str(found["content_type"]),
        filename=str(found["filename"]),
        content=contents[number],
        text=None if found["text"] is None else str(found["text"]),
        charset=str(found["charset"]),
        content_id=str(found["content_id"]),
        parent=int(found["parent"]),
    )


def _mailbox(found: dict[str, Any]) -> Mailbox:
    return Mailbox(str(found["name"]), str(found["address"]))


def _mailboxes(found: list[dict[str, Any]]) -> tuple[Mailbox, ...]:
    return tuple(_mailbox(m) for m in found)
