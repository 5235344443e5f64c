"""Partners: kept by their profile, found by how a file names them."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput, NotFound, Stale
from core.exchange.formats import family
from core.exchange.profile import read_profile
from core.exchange.profile_values import Profile
from core.exchange.tables import ExchangeInterchange, Partner, PartnerIdentity
from core.inbound.envelopes import Endpoint
from core.journal import Event
from core.parties.tables import Customer


def save(session: Session, code: str, text: str, *, version: int | None = None, act: Act) -> Event:
    """Keeps the profile of a new partner, or a new profile of the one with this code ("" takes the profile's own).

    Raises BadInput with every problem, Stale when somebody saved since `version`. Messages sent before stay as they are.
    """
    profile, problems = read_profile(text)
    if profile is None:
        raise BadInput("\n".join(map(str, problems)), "profile_text")
    partner = _for_change(session, code or profile.code)
    if code and profile.code != code:
        raise BadInput(f"code: is {profile.code!r}; it must stay {code!r}.", "profile_text")
    if partner is None:
        partner = Partner(code=profile.code, name=profile.name)
    else:
        done = journal.done_under(session, partner, "save", act.key)
        if done is not None:
            return done
        if version is not None and partner.version != version:
            raise Stale()
    before = partner.profile_text or ""
    partner.name = profile.name
    partner.customer_id = _customer_id(session, profile)
    partner.profile_text, partner.profile = text, profile.as_json()
    partner.enabled = profile.enabled
    session.add(partner)
    session.flush()
    _name(session, partner, profile)
    facts = {"partner": partner.name, "code": partner.code}
    changes = {"profile": [before, text]} if before != text else {}
    return journal.advance(session, partner, "save", act=act, changes=changes, facts=facts)


def _for_change(session: Session, code: str) -> Partner | None:
    return session.scalar(select(Partner).where(Partner.code == code).with_for_update())


def _customer_id(session: Session, profile: Profile) -> int | None:
    if not profile.customer:
        return None
    found = session.scalar(select(Customer.id).where(Customer.number == profile.customer))
    if found is None:
        raise BadInput(
            f"customer: there is no customer {profile.customer!r}; right would be a customer's number.",
            "profile_text",
        )
    return found


def _name(session: Session, partner: Partner, profile: Profile) -> None:
    """The identities of the profile, none of which another partner may have."""
    session.execute(delete(PartnerIdentity).where(PartnerIdentity.partner_id == partner.id))
    for one in profile.identities:
        other = session.scalar(
            select(Partner.code)
            .join(PartnerIdentity, PartnerIdentity.partner_id == Partner.id)
            .where(
                PartnerIdentity.standard == one.standard,
                PartnerIdentity.qualifier == one.qualifier,
                PartnerIdentity.identifier == one.id,
            )
        )
        if other is not None:
            raise BadInput(
                f"identity: {one.standard} {one.id!r} belongs to the partner {other!r} already.",
                "profile_text",
            )
        session.add(
            PartnerIdentity(
                partner_id=partner.id,
                standard=one.standard,
                qualifier=one.qualifier,
                identifier=one.id,
            )
        )
        session.flush()


def partner_coded(session: Session, code: str) -> Partner:
    found = session.scalar(select(Partner).where(Partner.code == code))
    if found is None:
        raise NotFound(
            f"There is no partner {code!r}; `orderclerk partner list` shows those there are."
        )
    return found


def partner_of(session: Session, standard: str, end: Endpoint) -> Partner | None:
    """Whom an envelope's end names. A profile without a qualifier takes any; one that has it must be met exactly.

    An end without a qualifier (XML rarely has one) names a partner when only one has that identifier.
    """
    if not end.id.strip():
        return None
    qualifier = end.qualifier.strip()
    rows = session.execute(
        select(Partner, PartnerIdentity.qualifier)
        .join(PartnerIdentity, PartnerIdentity.partner_id == Partner.id)
        .where(
            PartnerIdentity.standard == family(standard),
            PartnerIdentity.identifier == end.id.strip(),
            *([PartnerIdentity.qualifier.in_((qualifier, ""))] if qualifier else []),
            Partner.enabled.is_(True),
        )
        .order_by(PartnerIdentity.qualifier.desc())
    ).all()
    if not qualifier and len({partner.id for partner, _ in rows}) > 1:
        return None
    return rows[0][0] if rows else None


def partner_of_customer(session: Session, customer_id: int) -> Partner | None:
    """The enabled partner whose profile names this customer, the first of several."""
    return session.scalar(
        select(Partner)
        .where(Partner.customer_id == customer_id, Partner.enabled.is_(True))
        .order_by(Partner.id)
        .limit(1)
    )


def partner_of_document(session: Session, document_id: int) -> Partner | None:
    """The one partner that all interchanges of a document come from; None for a stranger, or several."""
    found = session.scalars(
        select(ExchangeInterchange.partner_id)
        .where(ExchangeInterchange.document_id == document_id)
        .distinct()
    ).all()
    return session.get(Partner, found[0]) if len(found) == 1 and found[0] else None


def wants_invoice(session: Session, customer_id: int) -> bool:
    """Whether this customer's profile asks for invoices as messages."""
    profile = profile_of(partner_of_customer(session, customer_id))
    return bool(profile and profile.answers.invoice)


def profile_of(partner: Partner | None) -> Profile | None:
    return Profile.of_json(partner.profile) if partner is not None else None


def partners(session: Session) -> list[Partner]:
    return list(session.scalars(select(Partner).order_by(Partner.code)))
