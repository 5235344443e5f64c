"""How strict each check is: the list, and one check with its lab, where a change is tried on past drafts before it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flask import Response, flash, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.defaults import ROWS
from core.agreements.limits import limit_named, out_of_range
from core.agreements.strictness import Rules, Strictness, rules_for
from core.agreements.tables import CheckRule
from core.agreements.values import SEVERITIES
from core.drafts.lab.replay import AT_ONCE, Replay, replay_rule
from core.drafts.lab.so_far import as_words, went_on
from core.drafts.reasons import label
from core.errors import BadInput, NotFound
from core.masterdata.every import table_named
from core.masterdata.history import changes_of
from core.masterdata.keys import write_key
from core.masterdata.put import SCREEN, put_one
from core.masterdata.remove import remove_one
from core.masterdata.select import of_key
from core.parties.named import Named
from core.parties.tables import Customer
from core.people.may import who
from core.people.tables import DUTIES, ROLES
from core.values import exact, plain, utc_now
from review_app.choosing import chosen_customer
from review_app.fragments import go, page
from review_app.here import act, database, is_fragment

RULES = "check-rules"
DAYS = (30, 90, 365, 1095)
SHOWN = 50
A_PAGE = 50
"""Drafts that are looked at for one page where no script asks for the next ones."""
WORDS = {
    "blocking": "stops the draft",
    "hold": "books with a hold",
    "warning": "only warns",
    "off": "is off",
}


@dataclass(frozen=True, slots=True)
class Row:
    """changed: not as it comes. who: may override it, in words."""

    rule: Strictness
    label: str
    case: str
    who: str
    changed: bool


def show() -> Response:
    with database().read() as session:
        rules = rules_for(session, None)
        customers = _of_customers(session)
    rows = tuple(_row(default, rules) for default in ROWS)
    return page("checks.html", rows=rows, words=WORDS, customers=customers)


def _row(default: Strictness, rules: Rules) -> Row:
    code, _, case = default.code.partition("/")
    rule = replace(rules.of(code, case), code=default.code)
    allowed = "" if rule.fixed else who(rule.roles)
    return Row(rule, label(code), case.replace("-", " "), allowed, default.code in rules.rows)


def _of_customers(session: Session) -> tuple[tuple[str, str, str], ...]:
    """(code, customer, severity) of rules that hold for one customer only."""
    rows = session.execute(
        select(CheckRule.code, Customer.name, CheckRule.severity)
        .join(Customer, Customer.id == CheckRule.customer_id)
        .order_by(CheckRule.code, Customer.name)
    )
    return tuple((row.code, row.name, row.severity) for row in rows)


def one(code: str) -> Response:
    """One check; with a proposal in the address, what that would have done to past drafts."""
    default = _default(code)
    found: Replay | None = None
    with database().read() as session:
        customer = _customer(session)
        name, _, case = code.partition("/")
        rule = replace(
            rules_for(session, customer.id if customer else None).of(name, case), code=code
        )
        proposal = _proposal(rule) if request.args.get("severity") else rule
        going = went_on(request.args.get("so_far", ""))
        stopped = going is not None and request.args.get("stop") == "yes"
        if stopped:
            found = going
        elif proposal != rule:
            found = replay_rule(
                session,
                proposal,
                customer_id=customer.id if customer else None,
                now=utc_now(),
                days=_days(),
                so_far=going,
                most=AT_ONCE if is_fragment() else A_PAGE,
            )
        key = _key(code, customer)
        chosen = bool(of_key(session, table_named(RULES), key))
        past = changes_of(
            session, table_named(RULES), row_key=write_key(p or "" for p in key), limit=12
        )
    appended = going is not None and is_fragment()
    already = going.drafts if going and appended else 0
    return page(
        "check_more.html" if appended else "check.html",
        block="" if appended else "lab",
        onward=_onward(code, found) if found and not stopped else "",
        stopped=stopped,
        rows=found.rows[: max(SHOWN - already, 0)] if found else (),
        shown=SHOWN,
        rule=rule,
        default=default,
        proposal=proposal,
        found=found,
        days=_days(),
        periods=DAYS,
        severities=SEVERITIES,
        words=WORDS,
        people=(*ROLES, *DUTIES),
        label=label(name),
        case=case.replace("-", " "),
        customer=customer.label if customer else "",
        plain=plain,
        figures={n: limit_named(code, n) for n in rule.limits},
        changes=past,
        chosen=chosen,
    )


def _onward(code: str, found: Replay) -> str:
    """Where the lab goes on with the next drafts; "" when all were looked at."""
    if found.after is None or found.looked >= found.total:
        return ""
    asked: dict[str, Any] = {
        n: request.args.getlist(n) for n in request.args if n not in ("so_far", "key")
    }
    return url_for("checks.one", code=code, so_far=as_words(found), **asked)


def save(code: str) -> Response:
    """Keeps the proposal, or goes back to what the program comes with; waiting drafts are checked again at once."""
    default = _default(code)
    if default.fixed:
        raise BadInput(f"This check stays as it is. {default.fixed}", "severity")
    by = act()

    def back(session: Session) -> None:
        key: list[object] = [*_key(code, _customer(session))]
        remove_one(session, table_named(RULES), key, door=SCREEN, act=by)

    def keep(session: Session) -> None:
        customer = _customer(session)
        name, _, case = code.partition("/")
        wanted = _proposal(
            replace(rules_for(session, customer.id if customer else None).of(name, case), code=code)
        )
        values = {
            "code": code,
            "customer": _key(code, customer)[1],
            "severity": wanted.severity,
            "roles": list(wanted.roles),
            "expires_hours": wanted.expires_hours,
            "limits": {limit: plain(value) for limit, value in wanted.limits.items()},
        }
        put_one(session, table_named(RULES), values, door=SCREEN, act=by)

    if request.form.get("back"):
        database().run(back)
        flash(
            "It is as strict as it comes again; drafts that wait are checked again by it.", "done"
        )
        return go("checks.one", code=code, customer=request.values.get("customer") or None)
    database().run(keep)
    flash("Kept; drafts that wait are checked again by it.", "done")
    return go("checks.one", code=code, customer=request.values.get("customer") or None)


def _default(code: str) -> Strictness:
    found = next((row for row in ROWS if row.code == code), None)
    if found is None:
        raise NotFound(f"There is no check {code!r}.")
    return found


def _customer(session: Session) -> Named | None:
    return chosen_customer(session, request.values.get("customer", ""))


def _key(code: str, customer: Named | None) -> tuple[str, str | None]:
    """The natural key of the rule of one customer, or of everybody."""
    return code, customer.number if customer else None


def _days() -> int:
    text = request.args.get("days", "90")
    return int(text) if text in map(str, DAYS) else 90


def _proposal(rule: Strictness) -> Strictness:
    """The rule as the form wants it; raises BadInput with the field."""
    severity = request.values.get("severity", rule.severity)
    if severity not in SEVERITIES:
        raise BadInput("Choose one of the list.", "severity")
    roles = tuple(r for r in request.values.getlist("roles") if r in (*ROLES, *DUTIES))
    hours = request.values.get("expires_hours", "").strip()
    if hours and not (hours.isascii() and hours.isdigit() and 0 < int(hours) <= 100_000):
        raise BadInput("Write whole hours, or nothing for ever.", "expires_hours")
    limits = {name: _limit(rule.code, name, value) for name, value in rule.limits.items()}
    expires = int(hours) if hours else None
    return replace(rule, severity=severity, roles=roles, expires_hours=expires, limits=limits)


def _limit(code: str, name: str, now: Decimal) -> Decimal:
    text = request.values.get(f"limit-{name}", plain(now)).strip().replace(",", ".")
    try:
        value = exact(text)
    except ValueError:
        raise BadInput(f"“{text}” is no number.", f"limit-{name}") from None
    wrong = out_of_range(code, name, value)
    if wrong:
        raise BadInput(wrong, f"limit-{name}")
    return value
