"""What their interchange is told by return: that it came, and what was wrong with it (TA1, 997, CONTRL)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.correspondence.electronic.channel import carrier_of
from core.correspondence.electronic.route import route_to, style_for
from core.correspondence.electronic.source import Source
from core.correspondence.gate import Suppressed
from core.exchange.envelopes_of import envelopes_of
from core.exchange.formats import TECHNICAL_ANSWERS, family
from core.exchange.outgoing import Written, file_name, store
from core.exchange.partners import partner_of, profile_of
from core.exchange.profile_values import Carrier, Profile
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, Partner
from core.exchange.tolerance import judged
from core.inbound.envelopes import Endpoint, Envelopes
from core.inbound.tables import InboundDocument
from core.messages.electronic.owed import technical_answers
from core.messages.electronic.problems import NothingToAnswer
from core.messages.electronic.write import write_technical
from core.messages.electronic.x12.technical import answered_groups, groups_needed

UNNAMED = "UNKNOWN"
"""For an end that a broken envelope does not name: the answer lies where the file came from, and says what is wrong."""


def technical_answer(
    session: Session,
    interchange: ExchangeInterchange,
    kinds: tuple[str, ...] | None = None,
    *,
    act: Act,
) -> tuple[ExchangeInterchange, ...] | Suppressed:
    """Stores the answers and owes sending them, or says why none is due. kinds: formats that were owed when it came."""
    partner = _partner(session, interchange)
    profile = profile_of(partner)
    refused = _objection(interchange, profile, decided=kinds is not None)
    if refused is not None:
        return refused
    document = (
        session.get(InboundDocument, interchange.document_id) if interchange.document_id else None
    )
    source = Source(document=document, interchange=interchange)
    carrier = carrier_of(source, profile)
    if not carrier:
        return Suppressed(
            "no-way-back",
            "The file was handed in by a person, and no profile says how the partner gets answers.",
        )
    tree = judged(envelopes_of(session, interchange), profile)
    written = tuple(
        row
        for format in (technical_answers(tree, 0) if kinds is None else kinds)
        if (row := _write(session, source, tree, format, carrier, partner, profile, act))
        is not None
    )
    if not written:
        return Suppressed("nothing-to-answer", NothingToAnswer().sentence)
    return written


def _partner(session: Session, row: ExchangeInterchange) -> Partner | None:
    if row.partner_id is not None:
        return session.get(Partner, row.partner_id)
    return partner_of(session, row.standard, Endpoint(row.sender_id, row.sender_qualifier))


def _objection(
    row: ExchangeInterchange, profile: Profile | None, *, decided: bool
) -> Suppressed | None:
    """decided: what is owed was settled when it came, with what was asked for."""
    if family(row.standard) not in TECHNICAL_ANSWERS:
        return Suppressed("no-such-answer", "This standard has no technical answer.")
    wish = profile.answers.technical if profile else "always"
    if wish == "never" or (wish == "when-asked" and not decided and not row.wants_answer):
        return Suppressed("not-wanted", "The partner's profile wants no technical answer.")
    return None


def _write(
    session: Session,
    source: Source,
    tree: Envelopes,
    format: str,
    carrier: str,
    partner: Partner | None,
    profile: Profile | None,
    act: Act,
) -> ExchangeInterchange | None:
    came = source.interchange
    assert came is not None
    group = _first_group(session, came)
    source = Source(document=source.document, interchange=came, group=group)
    try:
        with session.begin_nested():  # numbers of a message that is not written are given back
            groups, sets = _needed(tree, format)
            route = route_to(
                session,
                source,
                profile,
                format,
                at=act.at,
                groups=groups,
                messages=sets,
                unnamed=UNNAMED,
            )
            style = style_for(source, profile, format)
            raw = write_technical(tree, 0, route, style, format)
            return store(
                session,
                Written(
                    format=format,
                    raw=raw,
                    sender=route.sender,
                    receiver=route.receiver,
                    control=route.control,
                    group_control=route.group_control,
                    message_control=route.message_control,
                    about="interchange",
                    about_id=came.id,
                    carrier=carrier,
                    file_name=file_name(
                        profile.carrier.name if profile else Carrier().name,
                        format,
                        route.control,
                        partner.code if partner else route.receiver.id,
                    ),
                    version=style.version,
                    syntax=style.syntax,
                    separators=style.separators,
                    group_sender=route.group_sender,
                    group_receiver=route.group_receiver,
                    test=route.test,
                    partner=partner,
                    answers=came,
                ),
                act=act.under(format),
            )
    except NothingToAnswer:
        return None


def _needed(tree: Envelopes, format: str) -> tuple[int, int]:
    """How many group numbers and set numbers the answer takes: one group FA for each version, one 997 for each group."""
    if format != "x12/997":
        return 1, 1
    groups = groups_needed(tree, 0)
    return max(groups, 1), max(len(answered_groups(tree, 0)) - groups + 1, 1)


def _first_group(session: Session, row: ExchangeInterchange) -> ExchangeGroup | None:
    return session.scalar(
        select(ExchangeGroup)
        .where(ExchangeGroup.interchange_id == row.id)
        .order_by(ExchangeGroup.ordinal)
        .limit(1)
    )
