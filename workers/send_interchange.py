"""One stored interchange: claim, hand it to its carrier, settle; twice for the same row is the same file."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from core import crash, outbox
from core.act import Act
from core.correspondence.electronic.channel import answers_folder
from core.correspondence.electronic.enclosed import attachment
from core.correspondence.electronic.mailed import answered_document
from core.exchange.outgoing import give_up, mark_sent, note_reply
from core.exchange.partners import profile_of
from core.exchange.profile_values import Carrier
from core.exchange.secrets import secrets_of
from core.exchange.tables import ExchangeInterchange, Partner
from core.inbound.tables import DropFolder
from core.outbox import OutboxItem
from core.values import utc_now
from workers import deliver
from workers.carriers import folder, https, sftp
from workers.carriers.values import Handed, Parcel
from workers.retries import OUTAGES, wait_seconds
from workers.tools import Tools

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=180)
LONGEST_WAIT = 900.0
ATTEMPTS = 300
"""At a carrier that is away: about three days."""


@dataclass(frozen=True, slots=True)
class _Work:
    item_id: int
    attempt: int
    key: str
    interchange_id: int
    way: str
    carrier: Carrier
    folder: Path | None
    parcel: Parcel
    secrets: dict[str, str]


def run(tools: Tools, item_id: int) -> None:
    """Claims the outbox row "send-interchange" and does it; one that goes as a mail is a mail."""
    if _goes_by_mail(tools, item_id):
        deliver.run(tools, item_id)
        return
    work = tools.database.run(lambda session: _claim(session, tools, item_id))
    if work is None:
        return
    crash.point("send.claimed")
    try:
        handed = _hand_over(work)
    except OUTAGES as error:
        handed = Handed("later", "server-away", str(error))
    except Exception as error:
        log.exception("interchange %s was not handed over", work.interchange_id)
        handed = Handed("later", "not-handed-over", repr(error))
    crash.point("send.before-settle")
    tools.database.run(lambda session: _settle(session, work, handed))
    crash.point("send.settled")


def _goes_by_mail(tools: Tools, item_id: int) -> bool:
    with tools.database.read() as session:
        item = session.get_one(OutboxItem, item_id)
        return session.get_one(ExchangeInterchange, item.subject_id).carrier == "mail"


def _claim(session: Session, tools: Tools, item_id: int) -> _Work | None:
    item = outbox.claim(session, item_id, tools.owner, utc_now(), LEASE)
    if item is None:
        return None
    row = session.get_one(ExchangeInterchange, item.subject_id)
    partner = session.get(Partner, row.partner_id) if row.partner_id else None
    profile = profile_of(partner)
    carrier = profile.carrier if profile and profile.carrier.kind == row.carrier else Carrier()
    enclosed = attachment(session, row)
    item.recipient = (partner.name if partner else row.receiver_id)[:255]
    item.subject_line = f"{row.file_name} ({row.standard} {row.control})"
    return _Work(
        item_id=item.id,
        attempt=item.attempts,
        key=item.key,
        interchange_id=row.id,
        way=row.carrier,
        carrier=carrier,
        folder=_folder(session, row, carrier),
        parcel=Parcel(enclosed.filename, enclosed.content, enclosed.content_type),
        secrets=secrets_of(partner, tools.settings.secret_key)
        if partner and row.carrier in ("sftp", "https")
        else {},
    )


def _folder(session: Session, row: ExchangeInterchange, carrier: Carrier) -> Path | None:
    """The profile's folder; without one, the place for answers beside the folder that the file came from."""
    if carrier.folder:
        return Path(carrier.folder)
    document = answered_document(session, row)
    came = (
        session.get(DropFolder, document.drop_folder_id)
        if document and document.drop_folder_id
        else None
    )
    return answers_folder(came) if came else None


def _hand_over(work: _Work) -> Handed:
    if work.way in ("drop", "exchange"):
        if work.folder is None:
            return Handed("refused", "no-folder", "Nothing says into which folder the file goes.")
        return folder.put(work.folder, work.parcel, make=not work.carrier.folder)
    if work.way == "sftp":
        return sftp.put(work.carrier, work.parcel, work.secrets)
    if work.way == "https":
        return https.post(work.carrier, work.parcel, work.secrets)
    return Handed("refused", "no-carrier", f"There is no carrier {work.way!r}.")


def _settle(session: Session, work: _Work, handed: Handed) -> None:
    item = session.get_one(OutboxItem, work.item_id, with_for_update=True)
    if item.state != "claimed" or item.attempts != work.attempt:
        return
    now = utc_now()
    act = Act("system:exchange", now, f"{work.key}/{work.attempt}")
    row = session.get_one(ExchangeInterchange, work.interchange_id)
    if work.way == "https" and handed.kind != "later":
        note_reply(row, accepted=handed.kind == "sent", at=now)
    if handed.kind == "sent":
        mark_sent(session, row, handed.place or item.recipient, act=act)
        outbox.settle(item, "done", now, reason_text=handed.place)
    elif handed.kind == "refused" or work.attempt >= ATTEMPTS:
        give_up(session, row, handed.text, act=act)
        outbox.settle(item, "failed", now, reason=handed.reason, reason_text=handed.text)
    else:
        wait = wait_seconds(work.attempt, longest=LONGEST_WAIT)
        outbox.settle(
            item,
            "due",
            now,
            reason=handed.reason,
            reason_text=handed.text,
            due_at=now + timedelta(seconds=wait),
        )
    log.info("interchange %s: %s %s", work.interchange_id, handed.kind, handed.reason)
