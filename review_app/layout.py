"""The frame of every page: sections with their counters, the person, the company's clock."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import Flask, Response, g, request
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.company.tables import Company
from core.drafts.tables import Draft
from core.exchange.listing import troubled_count
from core.outbox import OutboxItem
from core.returns.tables import ReturnAuthorization
from core.shipping.tables import Shipment
from core.watch.page import counted
from review_app.fragments import page
from review_app.here import database
from review_app.queue_words import words_here
from review_app.roles import allows

RULES = ("checks", "mapping", "screening")
OWN = ("company", "limits")
"""Tables of one row, which stand among the settings."""
QUEUE = ("lanes", "document", "workbench", "decisions", "history")


@dataclass(frozen=True, slots=True)
class Section:
    """key: pressed after g. alert: the count wants a person. beside: modules of its other screens."""

    label: str
    endpoint: str
    key: str
    count: int | None = None
    alert: bool = False
    beside: tuple[str, ...] = ()

    @property
    def is_here(self) -> bool:
        """Whether the screen that is asked for belongs to it."""
        module = here().split(".")[0]
        return module in (self.endpoint.split(".")[0], *self.beside)


def here() -> str:
    """The endpoint of the screen that the frame stands around; the counters are asked for on its behalf."""
    endpoint = request.endpoint or ""
    if endpoint == "layout.counters":
        return request.args.get("here", "")[:60]
    table = (request.view_args or {}).get("table", "")
    return f"company.{table}" if table in OWN else endpoint


def _waiting() -> dict[str, int]:
    """How much waits in each section; nothing is asked for where a step has just gone wrong."""
    if g.get("uncounted"):
        return {}
    with database().read() as session:
        watched = counted(session)
        return {
            "drafts": _count(session, Draft.status, ("open", "waiting")),
            "shipments": _count(session, Shipment.status, ("released", "picked", "packed")),
            "returns": _count(
                session, ReturnAuthorization.status, ("requested", "authorised", "received")
            ),
            "stuck": _count(session, OutboxItem.state, ("uncertain", "failed")),
            "troubled": troubled_count(session),
            "slips": watched["slips"],
            "mails": watched["mails"],
        }


def _count(session: Session, column: InstrumentedAttribute[str], among: tuple[str, ...]) -> int:
    return session.scalar(select(func.count()).where(column.in_(among))) or 0


def sections() -> tuple[Section, ...]:
    """The sections that this person may open, with what waits in them."""
    found = _waiting()
    stuck, troubled, slips = (found.get(n, 0) for n in ("stuck", "troubled", "slips"))
    every = (
        Section("Queue", "queue.show", "q", found.get("drafts"), beside=QUEUE),
        Section("Orders", "orders.show", "o"),
        Section(
            "Promises",
            "watch.show",
            "p",
            slips + found.get("mails", 0) or None,
            bool(slips),
            beside=("mails", "lead_times", "scarce"),
        ),
        Section("Warehouse", "warehouse.show", "w", found.get("shipments")),
        Section("Returns", "returns.show", "r", found.get("returns")),
        Section("Outbox", "outbox.show", "x", stuck or None, bool(stuck)),
        Section(
            "Exchange", "exchange.show", "e", troubled or None, bool(troubled), beside=("partners",)
        ),
        Section("Insight", "insight.show", "i"),
        Section(
            "Master data",
            "masterdata.customers",
            "m",
            beside=("learned", "lists", "row", "imports"),
        ),
        Section(
            "Settings",
            "settings.show",
            "s",
            beside=("company", "letters", "mailboxes", "api", "openapi", *RULES),
        ),
    )
    mine = tuple(s for s in every if may(s.endpoint))
    # Who may not set things up still reads the rules; who may not see customers still looks up stock.
    if may("checks.show") and not may("settings.show"):
        mine = (*mine, Section("Checks", "checks.show", "s", beside=RULES))
    return (
        mine if may("masterdata.customers") else (*mine, Section("Stock", "masterdata.stock", "m"))
    )


def may(endpoint: str) -> bool:
    """Whether the person may open this address."""
    return g.get("user") is not None and allows(endpoint, g.user.role)


def counters() -> Response:
    """The sections alone, asked for every few seconds."""
    return page("nav.html")


def add_frame(app: Flask) -> None:
    app.before_request(_clock)
    app.add_template_global(sections)
    app.add_template_global(may)
    app.add_template_global(here)
    app.add_template_global(words_here)
    app.context_processor(lambda: {"user": g.get("user")})


def _clock() -> None:
    with database().read() as session:
        row = session.execute(select(Company.name, Company.time_zone)).first()
    g.company_name = row.name if row else ""
    try:
        g.zone = ZoneInfo(row.time_zone if row else "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        g.zone = ZoneInfo("UTC")
