"""The settings of checks by their screens: list, lab, keeping, listed parties, duties, and letting a problem pass."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from core.agreements.tables import CheckRule
from core.catalogue.tables import Item
from core.database import Database
from core.drafts.assess import assess
from core.drafts.confirm import confirm
from core.drafts.tables import Draft, Problem
from core.outbox import OutboxItem
from core.parties.tables import Customer
from core.people.tables import User
from core.screening.tables import PartyList, ScreeningRun
from core.values import utc_now
from tests.builders import an_act
from tests.review_app.firm import SKUS, Firm, an_order_mail

Browsers = Callable[[str], Any]


def test_a_change_is_tried_then_kept_and_drafts_are_checked_again(
    browser: Browsers, sqlite_database: Database
) -> None:
    admin = browser("admin")
    assert "Over credit limit" in admin.get("/settings/checks").get_data(as_text=True)
    page = "/settings/checks/value-over-limit"
    form = {"severity": "blocking", "limit-value": "1", "roles": "sales", "expires_hours": "24"}
    tried = admin.get(page, query_string={**form, "days": "365"}).get_data(as_text=True)
    assert "■ stopped" in tried and "a second person has to look" in tried
    assert "In the end nobody decided yet." in tried
    with sqlite_database.read() as session:
        assert session.scalars(select(CheckRule)).all() == []
    assert admin.post(page, form).status_code == 303
    with sqlite_database.read() as session:
        row = session.scalars(select(CheckRule)).one()
        assert (row.severity, row.roles, row.expires_hours, row.limits) == (
            "blocking",
            ["sales"],
            24,
            {"value": "1"},
        )
        assert "recheck-drafts" in session.scalars(select(OutboxItem.task)).all()


def test_a_rule_of_one_customer_is_kept_beside_the_companys(
    browser: Browsers, firm: Firm, sqlite_database: Database
) -> None:
    admin = browser("admin")
    form = {"severity": "off", "roles": ["clerk"], "customer": "Northgate Foods"}
    admin.post("/settings/checks/ship-to-new", form)
    with sqlite_database.read() as session:
        row = session.scalars(select(CheckRule)).one()
        assert (row.customer_id, row.severity) == (firm.customer_id, "off")
    assert "For single customers" in admin.get("/settings/checks").get_data(as_text=True)


def test_what_stays_and_what_is_wrong_is_refused(browser: Browsers) -> None:
    admin = browser("admin")
    assert admin.post("/settings/checks/item-unknown", {"severity": "off"}).status_code == 422
    bad = {"severity": "blocking", "limit-value": "much"}
    assert admin.post("/settings/checks/value-over-limit", bad).status_code == 422
    assert admin.get("/settings/checks/no-such-check").status_code == 404
    assert (
        browser("clerk").post("/settings/checks/ship-to-new", {"severity": "off"}).status_code
        == 403
    )


def test_the_log_of_looks_says_what_was_decided(
    browser: Browsers, sqlite_database: Database, firm: Firm
) -> None:
    hit = {"what": "customer", "name": "Northgate", "listed": "Northgate OOO", "list": "EU"}
    with sqlite_database.begin() as session:
        for number, score in enumerate(("0.95", "0.5", "")):
            session.add(
                ScreeningRun(
                    subject="draft",
                    subject_id=firm.draft_id,
                    screen="list",
                    asked_key=f"k{number}",
                    asked=[{"what": "customer", "name": f"Asked {number}", "country": ""}],
                    hits=[{**hit, "score": score}] if score else [],
                    best_score=Decimal(score or 0),
                    at=utc_now(),
                    actor="system:x",
                )
            )
    page = browser("planner").get("/settings/parties").get_data(as_text=True)
    assert "95 %" in page and ">open<" in page and "not alike enough" in page
    assert "Asked 2" not in page
    every = browser("planner").get("/settings/parties?looks=all").get_data(as_text=True)
    assert "Asked 2" in every and "nothing like it" in every


def test_a_list_of_parties_is_loaded(browser: Browsers, sqlite_database: Database) -> None:
    admin = browser("admin")
    assert "nobody is looked up" in admin.get("/settings/parties").get_data(as_text=True)
    file = (io.BytesIO(b"name\tcountries\nZebra Forge\tXX\n"), "list.tsv")
    admin.post(
        "/settings/parties", {"name": "EU", "file": file}, content_type="multipart/form-data"
    )
    assert "1 entry" in admin.get("/settings/parties").get_data(as_text=True)
    with sqlite_database.read() as session:
        assert session.scalars(select(PartyList.name)).all() == ["EU"]


def test_duties_are_given_and_let_a_problem_pass(
    browser: Browsers, firm: Firm, sqlite_database: Database
) -> None:
    with sqlite_database.begin() as session:
        customer = session.get_one(Customer, firm.customer_id)
        customer.blocked, customer.blocked_reason = True, "unpaid"
        draft = session.get_one(Draft, firm.draft_id)
        assess(session, draft, act=an_act(at=utc_now()))
        problem = session.scalars(
            select(Problem).where(Problem.draft_id == draft.id, Problem.code == "customer-blocked")
        ).one()
        planner = session.scalars(select(User).where(User.login == "planner")).one()
    url = f"/draft/{firm.draft_id}/problem/{problem.id}/accept"
    form = {f"reason-{problem.id}": "They paid today", f"until-{problem.id}": "2099-01-01"}
    page = browser("planner").get(f"/draft/{firm.draft_id}").get_data(as_text=True)
    assert "Only a person with credit duty or an admin may let it pass." in page
    assert browser("planner").post(url, form).status_code == 403
    browser("admin").post(f"/settings/users/{planner.id}/duties", {"duty": "credit"})
    assert browser("planner").post(url, form).status_code == 303
    with sqlite_database.read() as session:
        kept = session.get_one(Problem, problem.id)
        assert (kept.accepted_by, kept.accepted_reason) == (f"user:{planner.id}", "They paid today")
        assert kept.accepted_until is not None and kept.accepted_until < utc_now().replace(
            year=2098
        )
    page = browser("planner").get(f"/draft/{firm.draft_id}").get_data(as_text=True)
    assert "They paid today, until" in page


def test_a_mapping_is_tried_on_past_drafts(
    browser: Browsers, firm: Firm, sqlite_database: Database
) -> None:
    clerk, page = browser("clerk"), "/settings/mapping-lab"
    for table in ("part-numbers", "units", "price-agreements", "addresses", "contacts"):
        empty = clerk.get(page, query_string={"table": table}).get_data(as_text=True)
        assert "Fill in the mapping" in empty
    asked = {"customer": "Northgate Foods", "customer_sku": "nothing-like-it", "item": "no-such"}
    assert clerk.get(page, query_string=asked).status_code == 422
    with sqlite_database.read() as session:
        asked["item"] = session.get_one(Item, firm.item_ids[0]).number
    found = clerk.get(page, query_string=asked).get_data(as_text=True)
    assert "it would have changed nothing" in found
    assert "customer_sku=nothing-like-it" in found
    wrong = {"table": "units", "item": asked["item"], "unit": "PF", "numerator": "many"}
    assert clerk.get(page, query_string=wrong).status_code == 422


def test_the_lab_goes_on_and_can_be_stopped(browser: Browsers) -> None:
    admin = browser("admin")
    asked = {"severity": "off", "days": "365", "so_far": "1760000000.40.20.3.1.2.0.1.7.1.0.0.0.0.0"}
    page = "/settings/checks/price-differs/under"
    more = admin.get(page, query_string=asked, headers={"HX-Request": "true"})
    assert 'hx-swap-oob="beforeend:#would"' in more.get_data(as_text=True)
    stop = {"query_string": {**asked, "stop": "yes"}, "headers": {"HX-Request": "true"}}
    stopped = admin.get(page, **stop).get_data(as_text=True)
    assert "20 of 40" in " ".join(stopped.split()).replace("</progress> ", "")
    assert "stopped" in stopped
    assert "hx-get" not in stopped


def test_without_a_script_the_lab_goes_on_by_a_link(
    browser: Browsers, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page is whole: the frame, the proposal, the sums so far, the next drafts."""
    monkeypatch.setattr("review_app.settings.checks.A_PAGE", 1)
    with sqlite_database.begin() as session:
        an_order_mail(session, po="NG-5001")
        an_order_mail(session, po="NG-5002")
    admin, page = browser("admin"), "/settings/checks/price-differs/under"
    shown = admin.get(page, query_string={"severity": "off", "days": "365"}).text
    for looked in (1, 2):
        assert f"{looked} of 3" in " ".join(shown.split()).replace("</progress> ", "")
        assert '<nav id="nav"' in shown and 'value="off" checked' in shown
        (onward,) = re.findall(r'nojs" href="([^"]+)"', shown)
        shown = admin.get(onward.replace("&amp;", "&")).text
    assert "3 drafts since" in " ".join(shown.split()) and 'nojs" href' not in shown


def test_places_of_a_mapping_come_in_pages(
    browser: Browsers, firm: Firm, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_app.settings.mapping.SHOWN", 1)
    with sqlite_database.begin() as session:
        an_order_mail(session, po="NG-5001")
        item = session.get_one(Item, firm.item_ids[0]).number
        customer = session.get_one(Customer, firm.customer_id).number
    asked = {"customer": customer, "customer_sku": SKUS[0], "item": item}
    clerk, page = browser("clerk"), "/settings/mapping-lab"
    first = clerk.get(page, query_string=asked).text
    assert "2 places in past drafts" in first and "1 of 2" in first and "NG-5001" in first
    second = clerk.get(page, query_string={**asked, "page": "2"}).text
    assert "2 of 2" in second and "NG-5001" not in second


def test_a_check_goes_back_to_what_it_comes_with_and_tells_who_changed_it(
    browser: Browsers, sqlite_database: Database
) -> None:
    admin = browser("admin")
    page = "/settings/checks/unusual-order"
    assert "As it comes</button>" not in admin.get(page).text
    assert admin.post(page, {"severity": "off", "limit-signals": "11"}).status_code == 422
    assert admin.post(page, {"severity": "off", "limit-signals": "5"}).status_code == 303
    shown = admin.get(page).text
    assert "As it comes</button>" in shown and "1 to 10 signs; it comes with 3." in shown
    assert admin.post(page, {"back": "yes"}).status_code == 303
    with sqlite_database.read() as session:
        assert session.scalars(select(CheckRule)).all() == []
    shown = admin.get(page).text
    assert "<b>created</b>" in shown and "<b>deleted</b>" in shown


def test_who_places_and_lifts_holds_is_set_by_the_admin_and_kept_by_the_server(
    browser: Browsers, firm: Firm, sqlite_database: Database
) -> None:
    admin, clerk = browser("admin"), browser("clerk")
    assert "Credit" in clerk.get("/settings/holds").get_data(as_text=True)
    page = "/settings/holds/manual"
    assert clerk.post(page, {"place": ["clerk"], "lift": ["clerk"]}).status_code == 403
    assert admin.post(page, {"place": ["admin"], "lift": []}).status_code == 422
    assert admin.post(page, {"place": ["admin"], "lift": ["admin", "sales"]}).status_code == 303
    shown = clerk.get(page).get_data(as_text=True)
    assert "An administrator changes this." in shown
    listed = clerk.get("/settings/holds").get_data(as_text=True)
    assert "changed" in listed and "a person with sales duty" in listed
    with sqlite_database.begin() as session:
        draft = session.get_one(Draft, firm.draft_id)
        order = confirm(session, draft, version=draft.version, act=an_act("user:1")).id
    assert 'value="manual"' not in clerk.get(f"/order/{order}").get_data(as_text=True)
    assert 'value="credit"' in clerk.get(f"/order/{order}").get_data(as_text=True)
    form = {"kind": "manual", "reason": "Wait"}
    assert clerk.post(f"/order/{order}/hold", form).status_code == 403
    assert admin.post(f"/order/{order}/hold", form).status_code == 303
    assert admin.post(page, {"back": "yes"}).status_code == 303
    assert clerk.post(f"/order/{order}/hold", form).status_code == 303
