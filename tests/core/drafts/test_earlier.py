"""Orders told by an earlier one: which order is meant, what is changed, and that a person looks at it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.accept import accept_problem
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, correct
from core.drafts.earlier.fill import apply_changes
from core.drafts.earlier.orders import Row
from core.drafts.open import open_drafts
from core.drafts.tables import Draft, DraftField, DraftLine, Problem
from core.drafts.workbench import workbench
from core.errors import Blocked
from core.inbound.reading import Candidate, Earlier, EarlierChange, Evidence, Extraction, ReadOrder
from core.parties.tables import Customer
from tests import builders as make
from tests.builders import Wanted

WORDS = Evidence(1, span=(0, 17), text="Same as last time")


def a_shop(session: Session) -> dict[str, object]:
    """A customer with three items that they order."""
    make.a_company(session)
    customer = make.a_customer(session, name="Nordlicht Pumpen GmbH", domains=["nordlicht.example"])
    make.an_address(session, customer, code="W1")
    make.a_contact(session, customer, email="einkauf@nordlicht.example")
    site = make.a_site(session)
    items = [
        make.an_item(session, number=number, description=text, description_de=german)
        for number, text, german in (
            ("GL-20", "Work gloves, leather", "Arbeitshandschuhe, Leder"),
            ("BR-11", "Wall bracket, galvanised", "Wandhalter, verzinkt"),
            ("HO-04", "Air hose 10 m", "Druckluftschlauch 10 m"),
        )
    ]
    for item in items:
        make.a_list_price(session, item, "10")
        make.a_lot(session, site, item, 500)
    return {"customer": customer, "items": items, "site": site}


def ordered(
    session: Session, shop: dict[str, object], *quantities: int, days: int = 30, **facts: object
) -> object:
    lines = [Wanted(i, q) for i, q in zip(shop["items"], quantities, strict=False) if q]  # type: ignore[call-overload]
    booked = make.NOW - timedelta(days=days)
    return make.an_order(session, shop["customer"], lines, booked_at=booked, **facts)  # type: ignore[arg-type]


def said(
    session: Session,
    earlier: Earlier,
    *lines: dict[str, str],
    sender: str = "einkauf@nordlicht.example",
) -> Draft:
    document = make.a_document(session, sender_address=sender, authentication="pass")
    read = tuple({k: Candidate(v, 0.97, source="prose") for k, v in line.items()} for line in lines)
    number = {"po_number": Candidate("PO-900", 0.97, source="subject")}
    extraction = Extraction("order", 0.9, orders=(ReadOrder(number, read, earlier),))
    (draft,) = open_drafts(session, document, extraction, act=make.an_act())
    return draft


def wanted(session: Session, draft: Draft) -> dict[str, str]:
    """Quantity by our number, or by the words of a line that has none."""
    rows = session.scalars(
        select(DraftLine).where(DraftLine.draft_id == draft.id, DraftLine.removed.is_(False))
    )
    texts = {
        (f.line_id, f.name): f.value
        for f in session.scalars(select(DraftField).where(DraftField.draft_id == draft.id))
    }
    return {
        texts.get((r.id, "supplier_sku")) or texts.get((r.id, "description"), ""): texts.get(
            (r.id, "quantity"), ""
        )
        for r in rows
    }


def problem(session: Session, draft: Draft, code: str) -> Problem:
    return session.scalars(
        select(Problem).where(Problem.draft_id == draft.id, Problem.code == code)
    ).one()


def test_the_last_order_with_a_change_waits_for_a_person(database: Database) -> None:
    with database.begin() as session:
        make.a_user(session)
        shop = a_shop(session)
        ordered(session, shop, 99, days=60)
        last = ordered(session, shop, 10, 4)
        change = EarlierChange("set", "gloves", "", "20", "10", text="20 gloves instead of 10")
        draft = said(session, Earlier("last", changes=(change,), evidence=WORDS))
        assert wanted(session, draft) == {"GL-20": "20", "BR-11": "4"}
        with pytest.raises(Blocked, match="Same as last time"):
            confirm(session, draft, version=draft.version, act=make.an_act())
        found = problem(session, draft, "earlier-order")
        accept_problem(session, draft, found.id, "checked", act=make.an_act())
        order = confirm(session, draft, version=draft.version, act=make.an_act())
        assert order.po_number == "PO-900"
    with database.read() as session:
        (shown,) = [p for p in workbench(session, draft.id).problems if p.code == "earlier-order"]
        assert shown.sentence == (
            f"“Same as last time”: the lines are taken from order {last.number} of Sat 31 Jan 2026; check them."  # type: ignore[attr-defined]
        )
        sources = {
            f.source
            for line in workbench(session, draft.id).lines
            for f in line.fields.values()
            if f.id
        }
        assert sources == {"earlier order"}


def test_the_screen_leads_to_the_order_and_asks_the_customer(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        shop = a_shop(session)
        last = ordered(session, shop, 10, po_number="PO-800")
        draft = said(session, Earlier("last", evidence=WORDS))
    with sqlite_database.read() as session:
        shown = next(p for p in workbench(session, draft.id).problems if p.code == "earlier-order")
    assert [(f.kind, f.label) for f in shown.fixes] == [
        ("link", f"See {last.number}"),  # type: ignore[attr-defined]
        ("accept", "The lines are right"),
        ("ask", "Ask the customer"),
    ]
    assert shown.question == (
        "You wrote “Same as last time”. We take that to be your order PO-800 of Sat 31 Jan 2026. Is that right?"
    )


@pytest.mark.parametrize(
    ("kind", "facts", "expected"),
    [
        ("number", {"number": "PO 4711"}, {"GL-20": "7"}),
        ("number", {"number": "so-1"}, {"BR-11": "3"}),
        ("date", {"day": "2025-12-03"}, {"BR-11": "3"}),
        ("last", {}, {"HO-04": "9"}),
        ("last", {"times": "2"}, {"HO-04": "18"}),
        ("last", {"times": "0.5"}, {"HO-04": "4.5"}),
    ],
)
def test_which_order_is_meant(
    sqlite_database: Database, kind: str, facts: dict[str, str], expected: dict[str, str]
) -> None:
    with sqlite_database.begin() as session:
        shop = a_shop(session)
        ordered(session, shop, 7, days=200, po_number="4711", po_key="4711")
        ordered(session, shop, 0, 3, days=80, number="SO-1", order_date=date(2025, 12, 3))
        ordered(session, shop, 0, 0, 9, days=2)
        draft = said(session, Earlier(kind, evidence=WORDS, **facts))
        assert wanted(session, draft) == expected


def test_the_usual_is_what_repeats(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        shop = a_shop(session)
        for days, quantities in ((90, (10, 4)), (60, (10, 5)), (30, (12, 4)), (5, (10, 0, 50))):
            ordered(session, shop, *quantities, days=days)
        draft = said(session, Earlier("usual", evidence=WORDS))
        assert wanted(session, draft) == {"GL-20": "10", "BR-11": "4"}
        assert problem(session, draft, "earlier-order").facts["orders"] == "4"


def test_the_usual_of_one_order_is_that_order(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        shop = a_shop(session)
        ordered(session, shop, 10, 4)
        assert wanted(session, said(session, Earlier("usual", evidence=WORDS))) == {
            "GL-20": "10",
            "BR-11": "4",
        }


def test_what_comes_on_top_is_kept(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        shop = a_shop(session)
        ordered(session, shop, 10)
        draft = said(
            session, Earlier("last", evidence=WORDS), {"supplier_sku": "HO-04", "quantity": "2"}
        )
        assert wanted(session, draft) == {"HO-04": "2", "GL-20": "10"}


@pytest.mark.parametrize(
    ("earlier", "why"),
    [
        (Earlier("last", evidence=WORDS), "this customer has none"),
        (Earlier("number", "4711", evidence=WORDS), "this customer has none with number 4711"),
        (
            Earlier("date", day="2025-12-03", evidence=WORDS),
            "this customer placed none on Wed 3 Dec 2025",
        ),
    ],
)
def test_without_an_earlier_order_the_draft_says_why(
    sqlite_database: Database, earlier: Earlier, why: str
) -> None:
    with sqlite_database.begin() as session:
        a_shop(session)
        draft = said(session, earlier)
        assert wanted(session, draft) == {}
    with sqlite_database.read() as session:
        shown = next(
            p for p in workbench(session, draft.id).problems if p.code == "earlier-order-missing"
        )
    assert shown.sentence == f"“Same as last time” speaks of an earlier order, but {why}."
    assert shown.question.endswith("Which articles do you want, and how many of each?")


def test_the_lines_wait_for_the_customer_and_follow_a_better_choice(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        ordered(session, shop, 10)
        other = make.a_customer(session, name="Other Ltd")
        make.an_order(session, other, [Wanted(shop["items"][2], 3)])  # type: ignore[index]
        draft = said(session, Earlier("last", evidence=WORDS), sender="who@unknown.example")
        assert problem(session, draft, "earlier-order-missing").facts["why"] == "customer"
        choose(session, draft, other)
        assert wanted(session, draft) == {"HO-04": "3"}
        choose(session, draft, shop["customer"])  # type: ignore[arg-type]
        assert wanted(session, draft) == {"GL-20": "10"}


def choose(session: Session, draft: Draft, customer: Customer) -> None:
    edit = Edit(None, "customer_id", str(customer.id))
    correct(session, draft, (edit,), version=draft.version, act=make.an_act())


def test_a_correction_outlives_later_checks(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        shop = a_shop(session)
        ordered(session, shop, 10)
        draft = said(session, Earlier("last", evidence=WORDS))
        line = session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id)).one()
        correct(
            session,
            draft,
            (Edit(line.id, "quantity", "15"),),
            version=draft.version,
            act=make.an_act(),
        )
        correct(
            session, draft, (Edit(None, "notes", "x"),), version=draft.version, act=make.an_act()
        )
        assert wanted(session, draft) == {"GL-20": "15"}


ROWS = (
    Row(
        1,
        "GL-20",
        ("Work gloves, leather", "Arbeitshandschuhe, Leder"),
        Decimal(10),
        "EA",
        "",
        ("GL-20", "77-1"),
    ),
    Row(
        2,
        "BR-11",
        ("Wall bracket, galvanised", "Wandhalter, verzinkt"),
        Decimal(4),
        "EA",
        "",
        ("BR-11",),
    ),
    Row(
        3,
        "BR-12",
        ("Wall bracket, painted", "Wandhalter, lackiert"),
        Decimal(6),
        "EA",
        "",
        ("BR-12",),
    ),
)


@pytest.mark.parametrize(
    ("change", "quantities", "missed"),
    [
        (EarlierChange("set", quantity="20", was="10"), {"GL-20": 20, "BR-11": 4, "BR-12": 6}, 0),
        (
            EarlierChange("set", "Handschuhe", quantity="20"),
            {"GL-20": 20, "BR-11": 4, "BR-12": 6},
            0,
        ),
        (
            EarlierChange("set", "work gloves", quantity="20"),
            {"GL-20": 20, "BR-11": 4, "BR-12": 6},
            0,
        ),
        (EarlierChange("set", "77-1", quantity="20"), {"GL-20": 20, "BR-11": 4, "BR-12": 6}, 0),
        (
            EarlierChange("set", "tape", quantity="2"),
            {"GL-20": 10, "BR-11": 4, "BR-12": 6, "": 2},
            0,
        ),
        (EarlierChange("set", line_no="2", quantity="5"), {"GL-20": 10, "BR-11": 5, "BR-12": 6}, 0),
        (
            EarlierChange("set", "brackets", quantity="9", was="6"),
            {"GL-20": 10, "BR-11": 4, "BR-12": 9},
            0,
        ),
        (EarlierChange("drop", "painted bracket"), {"GL-20": 10, "BR-11": 4}, 0),
        (
            EarlierChange("drop", "brackets", text="no brackets"),
            {"GL-20": 10, "BR-11": 4, "BR-12": 6},
            1,
        ),
        (EarlierChange("set", quantity="3", text="3"), {"GL-20": 10, "BR-11": 4, "BR-12": 6}, 1),
        (
            EarlierChange("drop", "ladders", text="no ladders"),
            {"GL-20": 10, "BR-11": 4, "BR-12": 6},
            1,
        ),
    ],
)
def test_changes(change: EarlierChange, quantities: dict[str, int], missed: int) -> None:
    wished = apply_changes(ROWS, Earlier("last", changes=(change,)))
    assert {row.sku: int(row.quantity) for row in wished.rows} == quantities
    assert len(wished.missed) == missed
