"""A firm whose drafts are checked: what every test of a check builds on."""

from __future__ import annotations

import itertools
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.tables import CheckRule
from core.drafts.accept import accept_problem
from core.drafts.again.hanging import hanging
from core.drafts.again.look import look_again
from core.drafts.assess import assess
from core.drafts.open import open_drafts
from core.drafts.reasons import problem_sentence
from core.drafts.tables import Draft, DraftLine, Problem
from core.inbound.reading import Extraction
from core.masterdata.tables import MasterChange
from core.orders.tables import Order
from tests import builders as make
from tests.core.drafts.test_open import reading

BUYER = "einkauf@nordlicht.example"
NAME = "Nordlicht Pumpen GmbH"


class Desk:
    """clerk, boss: users; the boss has every duty. The customer buys BX-40 (a case holds 12) at 4.10 from the list."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._numbers = itertools.count(1)
        self.company = make.a_company(session)
        self.clerk = make.a_user(session)
        self.boss = make.a_user(session, duties=["credit", "export", "quality", "sales", "finance"])
        self.customer = make.a_customer(
            session, name=NAME, domains=["nordlicht.example"], tax_percent=19
        )
        self.place = make.an_address(session, self.customer, code="W1", postal_code="26721")
        make.a_contact(session, self.customer, email=BUYER)
        self.item = make.an_item(session, number="BX-40", units=(("CS", 12, 1),), lead_days=10)
        make.a_customer_item(session, self.customer, self.item, "77120")
        make.a_list_price(session, self.item, "4.10")
        self.site = make.a_site(session, code="MAIN")
        make.a_lot(session, self.site, self.item, 10_000)

    def draft(self, *lines: dict[str, str], sender: str = BUYER, **fields: str) -> Draft:
        """An order by mail; without lines one of three pieces at our price."""
        rows = lines or (
            {"buyer_sku": "77120", "quantity": "3", "uom": "EA", "unit_price": "4.10"},
        )
        texts = {"po_number": f"PO-{next(self._numbers)}", "buyer_name": NAME, **fields}
        return self.reads(reading(*rows, **texts), sender)

    def reads(self, found: Extraction, sender: str = BUYER) -> Draft:
        """The draft of what was read in a mail."""
        document = make.a_document(self.session, sender_address=sender, authentication="pass")
        act = make.an_act("system:reader")
        (draft,) = open_drafts(self.session, document, found, act=act)
        return draft

    def again(self, draft: Draft, days: float = 0) -> None:
        """Looked at afresh, so many days later."""
        at = make.NOW + timedelta(days=days)
        assess(self.session, draft, act=make.an_act("system:refresh", at=at))

    def problem(self, draft: Draft, code: str) -> Problem:
        return self.session.scalars(
            select(Problem).where(Problem.draft_id == draft.id, Problem.code == code)
        ).one()

    def codes(self, draft: Draft) -> dict[str, str]:
        """Code -> severity of everything that is found."""
        return {
            p.code: p.severity
            for p in self.session.scalars(select(Problem).where(Problem.draft_id == draft.id))
        }

    def says(self, draft: Draft, code: str) -> str:
        found = self.problem(draft, code)
        return problem_sentence(found.code, found.facts)

    def line(self, draft: Draft) -> DraftLine:
        return self.session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id)).one()

    def accept(self, draft: Draft, code: str, by: Any = None, **more: Any) -> Problem:
        found = self.problem(draft, code)
        act = make.an_act(f"user:{(by or self.boss).id}")
        accept_problem(self.session, draft, found.id, "Looked into it", act=act, **more)
        return found

    def rule(self, code: str, severity: str, **changes: Any) -> CheckRule:
        facts = {"roles": ["clerk", "admin"], "limits": {}, "customer_id": None, **changes}
        row = CheckRule(code=code, severity=severity, **facts)
        self.session.add(row)
        self.session.flush()
        return row

    def ordered(self, *quantities: int, price: str = "4.10", **changes: Any) -> list[Order]:
        """Earlier orders of the customer, one for each quantity, to the usual place."""
        return [
            make.an_order(
                self.session,
                self.customer,
                [make.Wanted(self.item, Decimal(q), price)],
                **{"ship_to_id": self.place.id, **changes},
            )
            for q in quantities
        ]


def look_at_waiting(session: Session) -> int:
    """As the job does after the commit: every draft that hangs on a change is looked at; says how many."""
    session.flush()
    ids = hanging(session, session.scalars(select(MasterChange)).all())
    for draft_id in ids:
        look_again(session, draft_id, "master data changed", act=make.an_act("system:master-data"))
    return len(ids)
