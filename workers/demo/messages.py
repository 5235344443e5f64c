"""The electronic answers to a sample: each went out once, lies in the partner's folder, and reads well."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.correspondence.electronic.channel import answers_folder
from core.errors import Unreadable
from core.exchange.tables import ExchangeInterchange, ExchangeMessage
from core.inbound.blobs import load_blob
from core.inbound.tables import DropFolder, InboundDocument
from extraction.edi.read import read_any


def answers_to(
    session: Session, document: InboundDocument, wanted: list[str], numbers: list[str]
) -> tuple[tuple[str, ...], list[str]]:
    """Format and file of each answer, and what differs. numbers: purchase order numbers that answers to orders must name."""
    rows = session.execute(
        select(ExchangeInterchange, ExchangeMessage.format)
        .join(ExchangeMessage, ExchangeMessage.interchange_id == ExchangeInterchange.id)
        .where(ExchangeInterchange.direction == "out")
        .where(
            ExchangeInterchange.answers_id.in_(
                select(ExchangeInterchange.id).where(
                    ExchangeInterchange.document_id == document.id,
                    ExchangeInterchange.direction == "in",
                )
            )
        )
        .order_by(ExchangeInterchange.id)
    ).all()
    found = Counter(format for _, format in rows)
    wrong = [
        f"{found[one]} {one} instead of {number}"
        for one, number in Counter(wanted).items()
        if found[one] != number
    ]
    folder = session.get(DropFolder, document.drop_folder_id) if document.drop_folder_id else None
    for row, format in rows:
        wrong += _look(session, row, format, answers_folder(folder) if folder else None, numbers)
    return tuple(f"{format.rpartition('/')[2]} {row.file_name}" for row, format in rows), wrong


def _look(
    session: Session,
    row: ExchangeInterchange,
    format: str,
    folder: Path | None,
    numbers: list[str],
) -> list[str]:
    kept = load_blob(session, row.sha256)
    if row.status != "sent":
        return [f"{format} is {row.status}"]
    if folder is None or not (folder / row.file_name).is_file():
        return [f"{format} is not in the partner's folder"]
    if (folder / row.file_name).read_bytes() != kept:
        return [f"{format} in the partner's folder is not what was kept"]
    return [f"{format} {what}" for what in _read_back(kept, format, numbers)]


def _read_back(raw: bytes, format: str, numbers: list[str]) -> list[str]:
    """With our own reader."""
    try:
        reading = read_any(raw, 1)
    except Unreadable as error:
        return [f"cannot be read back: {error.sentence}"]
    if reading is None or not reading.messages:
        return ["is no message that we know"]
    (message,) = reading.messages
    faults = [f.finding for one in reading.interchanges for f in one.faults]
    faults += [f.finding for f in message.faults]
    wrong = [f"reads back with {name}" for name in faults if name != "edi-not-supported"]
    if message.format != format:
        wrong.append(f"reads back as {message.format}")
    verdict = getattr(message.values, "verdict", "")
    if verdict not in ("", "accepted", "received"):
        wrong.append(f"says {verdict}")
    if not verdict and not any(number.encode() in raw for number in numbers):
        wrong.append(f"does not name {' or '.join(numbers)}")
    return wrong
