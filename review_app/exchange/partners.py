"""Partners of the exchange: their profiles as text that is checked, their secrets, and how they are doing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import Response, flash, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import BadInput
from core.events import sentence
from core.exchange import partners as kept
from core.exchange.profile import read_profile
from core.exchange.profile_keys import ProfileProblem
from core.exchange.profile_values import Profile
from core.exchange.search import TROUBLED
from core.exchange.secrets import NAMES, secrets_of, set_secret
from core.exchange.standing import FaultStanding, Standing, standing
from core.exchange.tables import ExchangeInterchange, Partner
from core.journal import history
from core.parties.tables import Customer
from core.values import utc_now
from review_app.exchange.exchange import findings_of, form_words
from review_app.exchange.raw_text import said_of
from review_app.forms import words
from review_app.fragments import go, page
from review_app.here import act, database, settings, whole_number

NEW = "new"
SAMPLE = Path(__file__).with_name("new_partner.toml")
LONGEST = 60_000
STANDING_DAYS = 30


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """came, went: their last interchange and our last; troubled: interchanges that somebody should look at."""

    id: int
    code: str
    name: str
    enabled: bool
    profile: Profile
    customer: str
    customer_id: int | None
    came: datetime | None
    went: datetime | None
    troubled: int


def show() -> Response:
    with database().read() as session:
        rows = [_row(session, partner) for partner in kept.partners(session)]
    return page("partners.html", block="rows", rows=rows)


def edit(code: str) -> Response:
    """One partner's profile; "new" is a sample to begin with."""
    with database().read() as session:
        if code == NEW:
            return _form(NEW, SAMPLE.read_text(encoding="utf-8"), 0)
        partner = kept.partner_coded(session, code)
        return _form(code, partner.profile_text, partner.version, session=session, partner=partner)


def save(code: str) -> Response:
    """Keeps the profile when nothing is wrong with it; else the text stays as typed, with every problem."""
    text = request.form.get("profile_text", "").replace("\r\n", "\n")[:LONGEST]
    version = whole_number("version")
    profile, problems = read_profile(text)
    if profile is None:
        answer = _form(code, text, version, problems=problems)
        answer.status_code = 422
        return answer
    by = act()
    database().run(
        lambda session: kept.save(
            session,
            "" if code == NEW else code,
            text,
            version=None if code == NEW else version,
            act=by,
        )
    )
    flash(f"The profile of {profile.name} is kept and counts from the next file on.", "done")
    return go("partners.edit", code=profile.code)


def keep_secret(code: str) -> Response:
    name, value = words("name"), request.form.get("value", "")[:1000]
    if not value and request.form.get("forget") != "yes":
        raise BadInput("Enter the secret, or press “Forget it”.", "value")
    by = act()

    def work(session: Session) -> None:
        partner = kept.partner_coded(session, code)
        set_secret(session, partner, name, value, secret_key=settings().secret_key, act=by)

    database().run(work)
    flash(f"{name} is kept." if value else f"{name} is forgotten.", "done")
    return go("partners.edit", code=code)


def _row(session: Session, partner: Partner) -> PartnerRow:
    last = {
        row[0]: row[1]
        for row in session.execute(
            select(ExchangeInterchange.direction, func.max(ExchangeInterchange.created_at))
            .where(ExchangeInterchange.partner_id == partner.id)
            .group_by(ExchangeInterchange.direction)
        )
    }
    troubled = session.scalar(
        select(func.count())
        .select_from(ExchangeInterchange)
        .where(ExchangeInterchange.partner_id == partner.id, TROUBLED)
    )
    customer = session.get(Customer, partner.customer_id) if partner.customer_id else None
    return PartnerRow(
        partner.id,
        partner.code,
        partner.name,
        partner.enabled,
        Profile.of_json(partner.profile),
        customer.name if customer else "",
        partner.customer_id,
        last.get("in"),
        last.get("out"),
        troubled or 0,
    )


def _said(session: Session, fault: FaultStanding) -> str:
    """Its newest example in words."""
    row = session.get_one(ExchangeInterchange, fault.interchange_id)
    return said_of(fault.example, findings_of(session, row.document_id))


def _form(
    code: str,
    text: str,
    version: int,
    *,
    session: Session | None = None,
    partner: Partner | None = None,
    problems: tuple[ProfileProblem, ...] = (),
) -> Response:
    events: list[tuple[datetime, str, str]] = []
    known: tuple[str, ...] = ()
    goes: Standing | None = None
    said: list[str] = []
    if session is not None and partner is not None:
        events = [
            (event.at, sentence(event.name, event.facts), event.actor)
            for event in reversed(history(session, "partner", partner.id))
        ]
        known = tuple(secrets_of(partner, settings().secret_key))
        goes = standing(session, partner.id, since=utc_now() - timedelta(days=STANDING_DAYS))
        said = [_said(session, each) for each in goes.faults]
    return page(
        "partner.html",
        code=code,
        is_new=code == NEW,
        text=text,
        version=version,
        problems=problems,
        partner=partner,
        events=events,
        secret_names=NAMES,
        known_secrets=known,
        goes=goes,
        standing_days=STANDING_DAYS,
        said=said,
        form_words=form_words,
        is_test=(profile := kept.profile_of(partner)) is not None and profile.mode == "test",
    )
