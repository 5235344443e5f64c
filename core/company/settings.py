"""An administrator changes what the company is called, where it is, when it works and which limits it keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Session

from core.act import Act
from core.company.policy import Policy
from core.company.tables import Company
from core.errors import BadInput
from core.masterdata.note import note_change
from core.values import exact, plain

TEXTS = (
    "street",
    "postal_code",
    "city",
    "region",
    "gln",
    "phone",
    "website",
    "bank",
    "mail_from_name",
)


def update_company(session: Session, values: Mapping[str, str], *, act: Act) -> Company:
    """Sets what `values` names, in the form a person types it; makes the row when there is none.

    Lists (tax_ids, mail_domains, working_days, holidays) have their parts between commas or line ends; days of the
    week are 1 (Monday) to 7; policy limits are named "policy.<name>". Raises BadInput with the field; then nothing is
    changed.
    """
    unknown = [n for n in values if n not in _PARSERS and not n.startswith("policy.")]
    if unknown:
        raise BadInput(f"There is no setting {unknown[0]!r}.", unknown[0])
    found = {n: _PARSERS[n](n, v.strip()) for n, v in values.items() if n in _PARSERS}
    limits = {n.removeprefix("policy."): v for n, v in values.items() if n.startswith("policy.")}
    policy = {name: _limit(name, text.strip()) for name, text in limits.items()}
    company = session.get(Company, 1)
    if company is None:
        company = Company(id=1, name="", policy={})
        session.add(company)
    changes = {
        name: [getattr(company, name, None), value]
        for name, value in found.items()
        if getattr(company, name, None) != value
    }
    limited = company.policy or {}
    changes |= {
        f"limit_{name}": [limited.get(name), value]
        for name, value in policy.items()
        if limited.get(name) != value
    }
    for name, value in found.items():
        setattr(company, name, value)
    company.policy = {**limited, **policy}
    if not company.name:
        raise BadInput("The company needs a name.", "name")
    session.flush()
    note_change(session, "company", 1, (), "changed", changes, act=act, door="screen")
    return company


def _text(_name: str, text: str) -> str:
    return text


def _needed(name: str, text: str) -> str:
    if not text:
        raise BadInput("This may not be empty.", name)
    return text


def _address(name: str, text: str) -> str:
    if text and (text.count("@") != 1 or " " in text or "." not in text.rpartition("@")[2]):
        raise BadInput(f"“{text}” is no mail address.", name)
    return text


def _letters(size: int) -> Callable[[str, str], str]:
    def parse(name: str, text: str) -> str:
        if text and not (len(text) == size and text.isascii() and text.isalpha()):
            raise BadInput(f"“{text}” is no code of {size} letters.", name)
        return text.upper()

    return parse


def _zone(name: str, text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(f"“{text}” is no time zone, like Europe/Berlin.", name) from None


def _language(name: str, text: str) -> str:
    if text not in ("en", "de"):
        raise BadInput(f"There are no templates in “{text}”; choose en or de.", name)
    return text


def _parts(text: str) -> list[str]:
    return [p.strip() for p in text.replace("\n", ",").replace(";", ",").split(",") if p.strip()]


def _list(_name: str, text: str) -> list[str]:
    return _parts(text)


def _domains(_name: str, text: str) -> list[str]:
    return [d.lower().removeprefix("@") for d in _parts(text)]


def _week(name: str, text: str) -> list[int]:
    days = sorted({int(p) for p in _parts(text) if p in "1234567" and len(p) == 1})
    if not days or len(days) != len(set(_parts(text))):
        raise BadInput("Give the working days as numbers: 1 is Monday, 7 is Sunday.", name)
    return days


def _holidays(name: str, text: str) -> list[str]:
    try:
        return sorted({date.fromisoformat(p).isoformat() for p in _parts(text)})
    except ValueError:
        raise BadInput("Give holidays as 2026-12-25, one after the other.", name) from None


def _limit(name: str, text: str) -> Any:
    default = {f.name: getattr(Policy(), f.name) for f in fields(Policy)}.get(name)
    field = f"policy.{name}"
    if default is None:
        raise BadInput(f"There is no limit {name!r}.", field)
    if isinstance(default, bool):
        if text not in ("yes", "no", "true", "false", "1", "0", ""):
            raise BadInput("Answer yes or no.", field)
        return text in ("yes", "true", "1")
    try:
        number = exact(text)
    except ValueError:
        raise BadInput(f"“{text}” is no number.", field) from None
    if number < 0 or (isinstance(default, int) and number != int(number)):
        raise BadInput(
            "This needs a whole number that is not negative."
            if isinstance(default, int)
            else "This cannot be negative.",
            field,
        )
    return int(number) if isinstance(default, int) else plain(number)


_PARSERS: dict[str, Callable[[str, str], Any]] = {
    **dict.fromkeys(TEXTS, _text),
    "name": _needed,
    "country": _letters(2),
    "currency": _letters(3),
    "language": _language,
    "time_zone": _zone,
    "mail_from": _address,
    "bounce_address": _address,
    "tax_ids": _list,
    "mail_domains": _domains,
    "working_days": _week,
    "holidays": _holidays,
}
