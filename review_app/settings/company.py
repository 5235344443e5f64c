"""The company's own facts, calendar and limits: one form, used by every document and mail."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response, flash, request

from core.company.policy import Policy, policy_of
from core.company.settings import update_company
from core.company.tables import Company
from core.errors import NotFound
from review_app.fragments import go, page
from review_app.here import act, database

FIELDS: tuple[tuple[str, str], ...] = (
    ("name", "Name"),
    ("street", "Street"),
    ("postal_code", "Postal code"),
    ("city", "City"),
    ("region", "Region"),
    ("country", "Country (two letters)"),
    ("phone", "Telephone"),
    ("website", "Website"),
    ("gln", "GLN"),
    ("tax_ids", "Tax numbers, with commas"),
    ("bank", "Bank"),
    ("mail_from", "Mails come from"),
    ("mail_from_name", "Name of the sender"),
    ("bounce_address", "Bounces go to"),
    ("mail_domains", "Own mail domains, with commas"),
    ("time_zone", "Time zone"),
    ("working_days", "Working days, 1 is Monday"),
    ("holidays", "Holidays, with commas"),
    ("currency", "Currency"),
    ("language", "Language"),
)


def show() -> Response:
    with database().read() as session:
        company = session.get(Company, 1)
        if company is None:
            raise NotFound("There is no company yet: `orderclerk company`.")
        values = {name: _typed(getattr(company, name)) for name, _ in FIELDS}
        limits = {name: _typed(value) for name, value in asdict(policy_of(company)).items()}
    return page("company.html", fields=FIELDS, values=values, limits=limits)


def save() -> Response:
    names = {name for name, _ in FIELDS} | {f"policy.{name}" for name in asdict(Policy())}
    values = {name: text for name, text in request.form.items() if name in names}
    by = act()
    database().run(lambda session: update_company(session, values, act=by))
    flash("Saved; documents and mails use it from now on.", "done")
    return go("company.show")


def _typed(value: object) -> str:
    """A value as a person would type it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(map(str, value))
    return str(value)
