"""Which messages a step owes the customer, and by which way: the profile decides; without one, as the order came."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from core.correspondence.electronic.source import Source
from core.exchange.formats import answer_format, family
from core.exchange.partners import partner_of, partner_of_customer, profile_of
from core.exchange.profile_values import MAIL, SAME, Answers, Profile
from core.exchange.tables import Partner
from core.inbound.envelopes import Endpoint
from core.inbound.tables import DropFolder

FOLDERS = ("drop", "exchange")


@dataclass(frozen=True, slots=True)
class Channel:
    """formats: electronic messages to write. by_mail: the mail goes too. agreed: the profile wants it, so a message
    that cannot be written is a failure that a person must see, and no reason to send a mail instead."""

    formats: tuple[str, ...]
    by_mail: bool
    carrier: str
    partner: Partner | None = None
    profile: Profile | None = None

    @property
    def encloses(self) -> bool:
        """Whether the messages are attachments of the mail that goes anyhow; an agreed address gets mails of its own."""
        own = self.profile is not None and self.profile.carrier.kind == "mail"
        return self.by_mail and self.carrier == "mail" and not own

    @property
    def agreed(self) -> bool:
        return self.profile is not None


def channel_of(session: Session, source: Source, customer_id: int | None, kind: str) -> Channel:
    """kind: one of core.exchange.formats.KINDS."""
    partner = _partner(session, source, customer_id)
    profile = profile_of(partner)
    wanted: tuple[str, ...] = getattr(profile.answers if profile else Answers(), kind)
    formats, by_mail = [], MAIL in wanted
    for one in wanted:
        if one == SAME:
            same = answer_format(source.format, kind) if source.message else ""
            formats += [same] if same else []
            by_mail = by_mail or (not same and kind != "invoice")
        elif one != MAIL:
            formats.append(one)
    carrier = carrier_of(source, profile)
    if formats and not carrier:
        return Channel((), kind != "invoice", "", partner, profile)
    if carrier == "mail" and source.document is not None and source.document.channel == "mail":
        by_mail = by_mail or bool(formats)
    return Channel(tuple(dict.fromkeys(formats)), by_mail, carrier, partner, profile)


def carrier_of(source: Source, profile: Profile | None) -> str:
    """ "" when there is no way back: the file was handed in by a person."""
    if profile is not None and profile.carrier.kind:
        return profile.carrier.kind
    document = source.document
    if document is None:
        return ""
    if document.channel == "drop" and document.drop_folder_id is None:
        return ""
    return {"mail": "mail", "drop": "drop"}.get(document.channel, "")


def _partner(session: Session, source: Source, customer_id: int | None) -> Partner | None:
    """Whoever sent it; for an order that came otherwise, the customer's own profile."""
    if source.interchange is not None:
        if source.interchange.partner_id is not None:
            return session.get(Partner, source.interchange.partner_id)
        sender = Endpoint(source.interchange.sender_id, source.interchange.sender_qualifier)
        found = partner_of(session, family(source.interchange.standard), sender)
        if found is not None:
            return found
    return partner_of_customer(session, customer_id) if customer_id else None


def answers_folder(folder: DropFolder) -> Path:
    """Where answers to senders without a profile go."""
    return Path(folder.answers_path) if folder.answers_path else Path(folder.path) / "out"
