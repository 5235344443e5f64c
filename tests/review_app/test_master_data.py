"""Master data at the desk: lists, forms with each field's problem, history, files, and doors that are shut."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any, cast

import pytest
from sqlalchemy import select

from core.config import settings
from core.database import Database
from core.masterdata import exports
from core.masterdata.every import TABLES, table_named
from core.masterdata.keepers import ERP, set_keeper
from core.masterdata.keys import write_key
from core.masterdata.note import note_change
from core.masterdata.tables import MasterChange
from core.outbox import OutboxItem
from core.parties.tables import Contact, Customer
from core.people.tables import ApiToken
from core.supply.tables import Site
from tests.builders import an_act
from tests.review_app.conftest import Browser
from tests.review_app.firm import Firm
from workers import export_master_data, import_master_data
from workers.tools import Tools

Open = Callable[[str], Browser]
SITE = {"code": "NEW", "name": "North store", "cut_off": "9:30", "priority": "1"}


def _version(html: str) -> str:
    found = re.search(r'name="version" value="(\w*)"', html)
    assert found
    return found[1]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_its_screens(browser: Open, name: str) -> None:
    admin = browser("admin")
    shown = admin.get(f"/master/{name}", follow_redirects=True)
    assert shown.status_code == 200 and table_named(name).title in shown.text
    for path in ("/new", "/changes", "/export.csv", "/export.xlsx?template=1"):
        answer = admin.get(f"/master/{name}{path}")
        assert answer.status_code == 200, path
    assert (
        "Nothing fits" in admin.get(f"/master/{name}?text=zzzzzz").text or not table_named(name).key
    )


def test_made_changed_and_told_who(browser: Open, sqlite_database: Database) -> None:
    admin = browser("admin")
    assert admin.post("/master/sites/new", SITE).status_code == 303
    shown = admin.get("/master/sites/row/NEW").text
    assert 'value="09:30"' in shown
    form = {**SITE, "name": "Main store", "version": _version(shown)}
    assert admin.post("/master/sites/row/NEW", form).status_code == 303
    shown = admin.get("/master/sites/row/NEW").text
    assert "North store</del>" in shown and "Ada" in shown
    everywhere = admin.get("/master/changes").text
    assert "North store</del>" in everywhere and "/master/sites/row/NEW" in everywhere
    with sqlite_database.read() as session:
        doors = session.scalars(select(MasterChange.door)).all()
    assert doors == ["screen", "screen"]


def test_each_field_comes_back_with_its_own_problem(browser: Open) -> None:
    admin = browser("admin")
    answer = admin.post("/master/sites/new", {**SITE, "name": "", "cut_off": "noon"})
    assert answer.status_code == 422
    assert re.search(r'id="f-cut_off-problem">[^<]*a time of day', answer.text)
    assert 'value="noon"' in answer.text
    answer = admin.post("/master/sites/new", {**SITE, "name": ""})
    assert re.search(r'id="f-name-problem">Name is missing', answer.text)


def test_a_name_that_is_taken(browser: Open) -> None:
    admin = browser("admin")
    admin.post("/master/sites/new", SITE)
    again = admin.post("/master/sites/new", SITE)
    assert again.status_code == 422
    assert "already" in again.text


def test_who_comes_second_sees_what_changed(browser: Open, sqlite_database: Database) -> None:
    one, other = browser("admin"), browser("planner")
    one.post("/master/sites/new", SITE)
    version = _version(one.get("/master/sites/row/NEW").text)
    other.get("/master/sites/row/NEW")
    other.post("/master/sites/row/NEW", {**SITE, "name": "Theirs", "version": version})
    late = one.post("/master/sites/row/NEW", {**SITE, "name": "Mine", "version": version})
    assert late.status_code == 409
    assert "Now: Theirs" in late.text and 'value="Mine"' in late.text
    form = {**SITE, "name": "Mine", "version": _version(late.text)}
    assert one.post("/master/sites/row/NEW", form).status_code == 303
    with sqlite_database.read() as session:
        assert session.scalar(select(Site.name).where(Site.code == "NEW")) == "Mine"


def test_delete_or_take_out_of_use(browser: Open) -> None:
    admin = browser("admin")
    admin.post("/master/sites/new", SITE)
    version = _version(admin.get("/master/sites/row/NEW").text)
    gone = admin.post("/master/sites/row/NEW/remove", {"version": version})
    assert gone.status_code == 303
    assert admin.get("/master/sites/row/NEW").status_code == 404
    page = admin.get("/master/customers").text
    key = re.search(r"/master/customers/row/([^\"]+)", page)
    assert key
    shown = admin.get(f"/master/customers/row/{key[1]}").text
    assert "Take out of use" in shown
    admin.post(f"/master/customers/row/{key[1]}/remove", {"version": _version(shown)})
    assert "No longer a customer" in admin.get(f"/master/customers/row/{key[1]}").text


def test_roles_change_only_their_own(browser: Open) -> None:
    clerk, planner = browser("clerk"), browser("planner")
    assert clerk.post("/master/sites/new", SITE).status_code == 403
    assert planner.post("/master/sites/new", SITE).status_code == 303
    assert "data-main" not in clerk.get("/master/sites/row/NEW").text
    customer = {"number": "C9", "name": "x"}
    assert planner.post("/master/customers/new", customer).status_code == 403
    assert clerk.post("/master/customers/new", customer).status_code == 303


def test_what_the_erp_keeps_is_only_read(browser: Open, sqlite_database: Database) -> None:
    admin = browser("admin")
    admin.post("/master/sites/new", SITE)
    with sqlite_database.begin() as session:
        set_keeper(session, table_named("sites"), ERP, act=an_act())
    for path in ("", "/row/NEW"):
        shown = admin.get(f"/master/sites{path}").text
        assert "kept in the ERP" in shown and "data-main" not in shown
    answer = admin.post("/master/sites/new", {**SITE, "code": "B"})
    assert answer.status_code == 403
    assert "kept in the ERP" in answer.text


def test_the_list_goes_out_as_filtered(browser: Open) -> None:
    admin = browser("admin")
    admin.post("/master/sites/new", SITE)
    admin.post("/master/sites/new", {**SITE, "code": "B", "name": "=cmd", "country": "DE"})
    text = admin.get("/master/sites/export.csv?country=DE").get_data(as_text=True)
    assert "\r\nB,'=cmd," in text and "NEW" not in text
    assert admin.get("/master/sites/export.xlsx").get_data()[:2] == b"PK"
    assert admin.get("/master/sites/export.pdf").status_code == 404


def test_names_of_other_tables_are_offered(browser: Open) -> None:
    admin = browser("admin")
    shown = admin.get("/master/stock/suggest/item?of=item&item=box&list=f-item").text
    assert 'id="f-item-option-2" data-value="BX-60" aria-selected="false">BX-60 Box 60 mm' in shown
    assert "Nothing has these words" in admin.get("/master/stock/suggest/item?of=item&item=q9").text


def test_a_file_is_brought_looked_at_and_kept(browser: Open, sqlite_database: Database) -> None:
    admin = browser("admin")
    assert "Template XLSX" in admin.get("/master/sites/import").text
    file = (io.BytesIO(b"code,name,cut_off\nN1,North,9:00\nN2,,8:00\n"), "sites.csv")
    answer = admin.post("/master/sites/import", {"file": file, "decimal": "."})
    path = answer.headers["Location"]
    assert "Waits for a worker" in admin.get(path).text
    _work(sqlite_database)
    shown = admin.get(path).text
    assert "1 would be created" in shown and "Name is missing" in shown
    assert "Keep the good rows" in shown
    told = admin.get(f"{path}/report.csv").get_data(as_text=True)
    assert "3,N2,refused,name,Name is missing" in told and "2,N1,created,,,," in told
    assert admin.post(f"{path}/apply", {"mode": "valid"}).status_code == 303
    _work(sqlite_database)
    assert "Kept." in admin.get(path).text
    assert 'value="North"' in admin.get("/master/sites/row/N1").text
    assert browser("clerk").post("/master/sites/import", {}).status_code == 403
    assert admin.post("/master/sites/import", {}).status_code == 422
    assert admin.get(path.replace("sites", "items")).status_code == 404


def _work(database: Database) -> None:
    query = select(OutboxItem.id).where(
        OutboxItem.task == "import-master-data", OutboxItem.state == "due"
    )
    with database.read() as session:
        due = session.scalars(query).all()
    tools = Tools(settings({"ORDERCLERK_SECRET_KEY": "test " * 8}), database, cast(Any, None), "x")
    for item_id in due:
        import_master_data.run(tools, item_id)


def test_tokens_are_made_shown_once_and_revoked(browser: Open, sqlite_database: Database) -> None:
    admin = browser("admin")
    form = {"name": "ERP", "scope": ["read:catalogue", "write:catalogue"], "days": "30"}
    text = re.search(
        r"<code class=\"token\">(oc_[^<]+)", admin.post("/settings/api/token", form).text
    )
    assert text
    shown = admin.get("/settings/api").text
    assert text[1] not in shown and "read:catalogue, write:catalogue" in shown
    again = admin.post("/settings/api/token", form)
    assert again.status_code == 422
    head = {"Authorization": f"Bearer {text[1]}"}
    assert admin.client.get("/api/v1/items", headers=head).status_code == 200
    with sqlite_database.read() as session:
        token_id = session.scalars(select(ApiToken.id)).one()
    admin.post(f"/settings/api/token/{token_id}/revoke")
    assert admin.client.get("/api/v1/items", headers=head).status_code == 401
    assert "revoked" in admin.get("/settings/api").text


def test_an_administrator_says_who_is_master(browser: Open) -> None:
    admin = browser("admin")
    admin.post("/settings/api/keepers", {"keeper.sites": "erp", "keeper.items": "both"})
    assert "kept in the ERP" in admin.get("/master/sites").text
    assert "kept in the ERP" in admin.get("/master").text
    assert browser("clerk").get("/settings/api").status_code == 403
    assert "price-agreements" in browser("clerk").get("/api").text


def test_what_the_erp_does_not_have_is_a_list_to_work_off(
    browser: Open, firm: Firm, sqlite_database: Database
) -> None:
    with sqlite_database.begin() as session:
        set_keeper(session, table_named("contacts"), ERP, act=an_act())
        number = session.get_one(Customer, firm.customer_id).number
        row = Contact(customer_id=firm.customer_id, email="new@there.example", name="New Person")
        session.add(row)
        session.flush()
        key, changes = (number, row.email), {"name": [None, row.name]}
        note_change(session, "contacts", row.id, key, "created", changes, act=an_act("user:1"))
        path = f"/master/contacts/row/{write_key(key)}"
    clerk = browser("clerk")
    shown = clerk.get("/master/proposals").text
    assert "New Person" in shown and path in shown
    assert "not in the ERP yet" in clerk.get(path).text
    assert "not in the ERP yet" in clerk.get("/master/contacts").text
    lines = clerk.get("/master/contacts/export.csv?proposed=1").text.splitlines()
    assert len(lines) == 2 and "new@there.example" in lines[1]
    refused = {"state": "refused", "reason": "Unknown there"}
    assert browser("planner").post("/master/proposals/1", refused).status_code == 403
    assert clerk.post("/master/proposals/1", {"state": "refused"}).status_code == 422
    assert clerk.post("/master/proposals/1", refused).status_code == 303
    assert "Unknown there" in clerk.get(path).text
    assert clerk.post("/master/proposals/1", {"state": "taken"}).status_code == 303
    assert "The ERP has everything" in clerk.get("/master/proposals").text


def test_a_long_list_is_written_by_a_worker_and_fetched(
    browser: Open, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", {"csv": 1, "xlsx": 1})
    admin = browser("admin")
    for number in ("S1", "S2", "T3"):
        assert admin.post("/master/sites/new", {**SITE, "code": number}).status_code == 303
    asked = admin.get("/master/sites/export.csv?text=North")
    assert asked.status_code == 303
    path = asked.headers["Location"]
    assert "Waits for a worker" in admin.get(path).text
    assert admin.get(f"{path}/fetch").status_code == 404
    tools = Tools(settings({"ORDERCLERK_SECRET_KEY": "test " * 8}), sqlite_database, cast(Any, None), "t")  # fmt: skip
    for _ in range(2):  # twice is once
        with sqlite_database.read() as session:
            owed = session.scalars(
                select(OutboxItem.id).where(OutboxItem.task == exports.TASK)
            ).all()
        for item_id in owed:
            export_master_data.run(tools, item_id)
    assert "3 rows are written" in admin.get(path).text
    lines = admin.get(f"{path}/fetch").text.splitlines()
    assert [line.partition(",")[0] for line in lines[1:]] == ["S1", "S2", "T3"]
    assert admin.get("/master/sites/file/99").status_code == 404


def test_a_kept_file_is_taken_back_at_a_key(browser: Open, sqlite_database: Database) -> None:
    admin = browser("admin")
    file = {"file": (io.BytesIO(b"code,name\nS8,North\n"), "sites.csv")}
    path = admin.post("/master/sites/import", file).headers["Location"]
    _work(sqlite_database)
    admin.post(f"{path}/apply", {"mode": "all"})
    _work(sqlite_database)
    assert 'data-key="b"' in admin.get(path).text
    assert "/master/sites/import/" in admin.get("/master/sites/row/S8").text
    back = admin.post(f"{path}/back").headers["Location"]
    assert "Is being taken back" in admin.get(back).text
    _work(sqlite_database)
    shown = admin.get(back).text
    assert "Taken back" in shown and "1 deleted" in shown
    assert admin.get("/master/sites/row/S8").status_code == 404
    assert "taken back since" in admin.get(path).text and 'data-key="b"' not in admin.get(path).text


def test_a_row_and_a_table_as_they_were(browser: Open) -> None:
    admin = browser("admin")
    admin.post("/master/sites/new", SITE)
    today = date.today().isoformat()
    shown = admin.get(f"/master/sites/row/NEW?at={today}").text
    assert "As it was at the end of" in shown and 'value="09:30"' not in shown and "09:30" in shown
    assert admin.get("/master/sites/row/NEW?at=2001-01-01").status_code == 404
    assert admin.get("/master/sites/row/NEW?at=soon").status_code == 422
    assert "NEW" in admin.get(f"/master/sites/export.csv?at={today}").text
    assert "NEW" not in admin.get("/master/sites/export.csv?at=2001-01-01").text


def test_heads_are_said_at_the_desk_and_kept(browser: Open, sqlite_database: Database) -> None:
    admin = browser("admin")
    strange = b"Kuerzel;Haus;Farbe\nK1;North;red\n"
    file = {"file": (io.BytesIO(strange), "x.csv")}
    path = admin.post("/master/sites/import", file).headers["Location"]
    _work(sqlite_database)
    shown = admin.get(path).text
    assert "Say what these columns are" in shown and shown.count("not known") == 3
    twice = {"head": ["kuerzel", "haus"], "column": ["code", "code"]}
    assert admin.post(f"{path}/heads", twice).status_code == 422
    said = {"head": ["kuerzel", "haus", "farbe"], "column": ["code", "name", "-"]}
    assert browser("clerk").post(f"{path}/heads", said).status_code == 403
    assert admin.post(f"{path}/heads", said).status_code == 303
    _work(sqlite_database)
    shown = admin.get(path).text
    assert "1 would be created" in shown and "as chosen before" in shown
    file = {"file": (io.BytesIO(strange), "y.csv")}
    path = admin.post("/master/sites/import", file).headers["Location"]
    _work(sqlite_database)
    assert "1 would be created" in admin.get(path).text
