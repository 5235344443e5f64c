"""REST for an ERP, held against its own OpenAPI document, on both databases."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from sqlalchemy import select, update

from core.catalogue.tables import Item
from core.config import settings
from core.database import Database
from core.journal import Event
from core.masterdata.every import TABLES, table_named
from core.masterdata.keepers import HERE, set_keeper
from core.masterdata.note import ERP as KEPT_BY_ERP
from core.masterdata.note import note_change
from core.masterdata.tables import MasterChange
from core.orders.tables import Order
from core.parties.tables import Contact
from core.people import tokens
from core.people.tables import ApiToken
from core.values import utc_now
from fixtures.load import load
from review_app import create_app
from review_app.api import door
from review_app.api.limits import Limiter
from review_app.api.openapi import described
from tests.builders import NOW, TODAY, Wanted, a_customer, an_act, an_item, an_order
from tests.steps import a_shop, order_for, shipped

ITEM = {"description": "Bolt", "stock_unit": "EA", "weight_kg": "0.25"}


@dataclass
class Erp:
    """A program with a token; each answer is held against the document."""

    client: FlaskClient
    token: str

    def ask(self, method: str, path: str, body: Any = None, **headers: str):  # type: ignore[no-untyped-def]
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.open(
            path,
            method=method,
            data=None if body is None else json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}", **names},
        )
        fits(method, path, answer)
        return answer


def fits(method: str, path: str, answer: Any) -> None:
    """The answer is one that the document tells of, and of the shape it tells."""
    parts = path.partition("?")[0].split("/")[3:]
    template = f"/api/v1/{parts[0]}" + ("" if len(parts) == 1 else "/{number}" if parts[0] in ("orders", "proposals") else "/{key}")  # fmt: skip
    document = described()
    operation = document["paths"].get(template, {}).get(method.lower())
    if operation is None:
        assert answer.status_code in (401, 404, 405)
        return
    told = operation["responses"][str(answer.status_code)]
    if "$ref" in told:
        told = document["components"]["responses"]["Refused"]
    if "content" not in told:
        assert answer.data == b""
        return
    schema = told["content"][answer.content_type]["schema"]
    whole = {**schema, "components": document["components"]}
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(
        answer.get_json(force=True)
    )


def an_app(database: Database) -> Flask:
    options = settings({"ORDERCLERK_SECRET_KEY": "test " * 8, "ORDERCLERK_INSECURE_HTTP": "1"})
    return create_app(options, database)


Program = Callable[..., Erp]


def a_program(database: Database, app: Flask, *scopes: str, days: int | None = None) -> Erp:
    with database.begin() as session:
        count = len(session.scalars(select(ApiToken.id)).all())
        act = an_act(at=utc_now())
        _, text = tokens.add_token(session, f"ERP {count}", scopes, days, act=act)
    return Erp(app.test_client(), text)


@pytest.fixture
def erp(database: Database) -> Erp:
    return a_program(database, an_app(database), *tokens.SCOPES)


def test_the_document_is_valid() -> None:
    validate(described())


def test_every_row_of_every_table_fits_and_can_be_put_again(sqlite_database: Database) -> None:
    load(sqlite_database, TODAY)
    erp = a_program(sqlite_database, an_app(sqlite_database), *tokens.SCOPES)
    erp.client.application.extensions[door.EXTENSION] = Limiter(burst=10**6)
    for table in TABLES.values():
        page = erp.ask("GET", f"/api/v1/{table.name}?limit=3").get_json()
        for row in page["rows"]:
            path = f"/api/v1/{table.name}/{row['key']}"
            assert erp.ask("GET", path).get_json() == row
            again = erp.ask("PUT", path, row, If_Match=f'"{row["version"]}"')
            assert (again.status_code, again.get_json()) == (200, row), table.name
        if page["rows"]:
            done = erp.ask("PUT", f"/api/v1/{table.name}", {"rows": page["rows"]}).get_json()
            assert {r["outcome"] for r in done["results"]} == {"unchanged"}


def test_made_seen_changed_and_deleted(erp: Erp, database: Database) -> None:
    made = erp.ask("PUT", "/api/v1/items/A=2F1", ITEM)
    assert made.status_code == 201
    assert made.get_json()["number"] == "A/1"
    version = made.headers["ETag"]
    assert erp.ask("GET", "/api/v1/items/A=2F1", If_None_Match=version).status_code == 304
    changed = erp.ask("PATCH", "/api/v1/items/A=2F1", {"weight_kg": "0.5"}, If_Match=version)
    assert changed.get_json()["weight_kg"] == "0.5"
    assert changed.get_json()["description"] == "Bolt"
    stale = erp.ask("PATCH", "/api/v1/items/A=2F1", {"weight_kg": "1"}, If_Match=version)
    assert stale.status_code == 412
    assert erp.ask("PUT", "/api/v1/items/A=2F1", ITEM, If_None_Match="*").status_code == 422
    assert erp.ask("DELETE", "/api/v1/items/A=2F1").get_json() == {"outcome": "deleted"}
    assert erp.ask("DELETE", "/api/v1/items/A=2F1").status_code == 404
    assert erp.ask("PATCH", "/api/v1/items/A=2F1", ITEM).status_code == 404
    with database.read() as session:
        rows = session.execute(select(MasterChange.action, MasterChange.door, MasterChange.actor))
        assert [tuple(row) for row in rows] == [
            (action, "rest", "token:ERP 0") for action in ("created", "changed", "deleted")
        ]


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ({**ITEM, "weight_kg": 0.25}, "weight_kg"),
        ({**ITEM, "colour": "red"}, "colour"),
        ({**ITEM, "superseded_by": "NONE"}, "superseded_by"),
        ({"stock_unit": "EA"}, "description"),
        ({**ITEM, "number": "B"}, "number"),
        ({**ITEM, "hazardous": "yes"}, "hazardous"),
    ],
)
def test_a_refusal_names_its_column(erp: Erp, body: dict[str, Any], column: str) -> None:
    answer = erp.ask("PUT", "/api/v1/items/A", body)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert column in [p["column"] for p in answer.get_json()["problems"]]


def test_many_at_once(erp: Erp, database: Database) -> None:
    rows = [{"number": "A", **ITEM}, {"number": "B"}]
    refused = erp.ask("PUT", "/api/v1/items", {"rows": rows})
    assert refused.status_code == 422
    assert [r["outcome"] for r in refused.get_json()["results"]] == ["created", "refused"]
    with database.read() as session:
        assert session.scalars(select(Item.id)).all() == []
    kept = erp.ask("PUT", "/api/v1/items", {"rows": rows, "mode": "valid"}).get_json()["results"]
    assert [r["outcome"] for r in kept] == ["created", "refused"]
    assert kept[1]["problems"][0]["column"] == "description"
    for bad in ({}, {"rows": []}, {"rows": [1]}, {"rows": rows, "mode": "some"}):
        assert erp.ask("PUT", "/api/v1/items", bad).status_code == 422


def test_pages_and_what_changed_since(erp: Erp) -> None:
    rows = [{"number": f"N{n}", **ITEM} for n in range(5)]
    erp.ask("PUT", "/api/v1/items", {"rows": rows})
    seen, path = [], "/api/v1/items?limit=2"
    while path:
        page = erp.ask("GET", path).get_json()
        seen += [row["number"] for row in page["rows"]]
        path = f"/api/v1/items?limit=2&cursor={page['next']}" if page["next"] else ""
    assert seen == [f"N{n}" for n in range(5)]
    since = utc_now().isoformat().replace("+00:00", "Z")
    erp.ask("PATCH", "/api/v1/items/N3", {"description": "Nut"})
    found = erp.ask("GET", f"/api/v1/items?changed_since={since}").get_json()["rows"]
    assert [row["number"] for row in found] == ["N3"]
    assert len(erp.ask("GET", "/api/v1/items?q=nut").get_json()["rows"]) == 1
    for bad in ("limit=0", "limit=x", "cursor=y", "changed_since=now", "colour=red"):
        assert erp.ask("GET", f"/api/v1/items?{bad}").status_code == 422, bad


def test_the_same_call_again_does_nothing(erp: Erp, database: Database) -> None:
    first = erp.ask("PUT", "/api/v1/items/A", ITEM, Idempotency_Key="k1")
    again = erp.ask("PUT", "/api/v1/items/A", ITEM, Idempotency_Key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.get_json() == first.get_json()
    other = erp.ask("PUT", "/api/v1/items/A", {**ITEM, "description": "x"}, Idempotency_Key="k1")
    assert other.status_code == 422
    with database.read() as session:
        assert len(session.scalars(select(MasterChange.id)).all()) == 1


def test_tokens_count_for_their_scopes_and_their_time(database: Database) -> None:
    app = an_app(database)
    reader = a_program(database, app, "read:catalogue")
    assert reader.ask("GET", "/api/v1/items").status_code == 200
    assert reader.ask("PUT", "/api/v1/items/A", ITEM).status_code == 403
    assert reader.ask("GET", "/api/v1/customers").status_code == 403
    assert reader.ask("GET", "/api/v1/orders").status_code == 403
    writer = a_program(database, app, "write:catalogue")
    assert writer.ask("GET", "/api/v1/items").status_code == 200
    with database.begin() as session:
        rows = {row.name: row for row in session.scalars(select(ApiToken))}
        assert rows["ERP 0"].last_used_at is not None
        assert reader.token not in str(rows["ERP 0"].__dict__)
        rows["ERP 0"].expires_at = utc_now() - timedelta(seconds=1)
        tokens.revoke_token(session, "ERP 1", act=an_act())
    for gone in (reader, writer, Erp(app.test_client(), "oc_guess"), Erp(app.test_client(), "")):
        answer = gone.ask("GET", "/api/v1/items")
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_no_call_without_a_token(database: Database) -> None:
    client = an_app(database).test_client()
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        assert client.open("/api/v1/items/A", method=method, data="{}").status_code == 401
    for path in ("/api/v1/items", "/api/v1/orders", "/api/v1/orders/1", "/api/v1/events"):
        assert client.get(path).status_code == 401
    assert client.get("/api/v1/openapi.json").get_json() == described()


def test_too_often_is_told_with_when(database: Database) -> None:
    app = an_app(database)
    app.extensions[door.EXTENSION] = Limiter(per_minute=60, burst=2)
    erp = a_program(database, app, "read:catalogue")
    codes = [erp.ask("GET", "/api/v1/items").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert erp.ask("GET", "/api/v1/items").headers["Retry-After"] == "1"


def test_a_bucket_fills_again() -> None:
    limiter = Limiter(per_minute=60, burst=1)
    assert [limiter.wait("a", at) for at in (0.0, 0.5, 1.5, 2.0)] == [0.0, 0.5, 0.0, 0.5]
    assert limiter.wait("b", 2.0) == 0.0


def test_who_follows_hears_of_deletions_too(erp: Erp, database: Database) -> None:
    erp.ask("PUT", "/api/v1/items/A", ITEM)
    erp.ask("PUT", "/api/v1/customers/C1", {"name": "Probe"})
    erp.ask("DELETE", "/api/v1/items/A")
    told = erp.ask("GET", "/api/v1/changes").get_json()
    assert [(c["table"], c["key"], c["action"]) for c in told["changes"]] == [
        ("items", "A", "created"),
        ("customers", "C1", "created"),
        ("items", "A", "deleted"),
    ]
    assert erp.ask("GET", f"/api/v1/changes?cursor={told['cursor']}").get_json()["changes"] == []
    reader = a_program(database, erp.client.application, "read:parties")
    (seen,) = reader.ask("GET", "/api/v1/changes").get_json()["changes"]
    assert seen["table"] == "customers"
    nobody = a_program(database, erp.client.application, "read:orders")
    assert nobody.ask("GET", "/api/v1/changes").status_code == 403


def test_what_is_kept_here_is_only_read(erp: Erp, database: Database) -> None:
    with database.begin() as session:
        set_keeper(session, table_named("items"), HERE, act=an_act())
    answer = erp.ask("PUT", "/api/v1/items/A", ITEM)
    assert answer.status_code == 403
    assert "kept in Orderclerk" in answer.get_json()["detail"]
    assert erp.ask("GET", "/api/v1/items").status_code == 200


def test_what_is_no_json_or_nowhere_is_told(erp: Erp) -> None:
    head = {"Authorization": f"Bearer {erp.token}"}
    for data in ("no", "[1]", '"x"', "{", "[" * 100_000):
        answer = erp.client.put("/api/v1/items/A", data=data, headers=head)
        assert answer.status_code == 422
    assert erp.ask("GET", "/api/v1/colours").status_code == 404
    assert erp.ask("GET", "/api/v1/items/A/b").content_type == "application/problem+json"
    assert erp.client.post("/api/v1/items", headers=head).content_type == "application/problem+json"


def test_orders_with_their_dates_and_what_happened(erp: Erp, database: Database) -> None:
    with database.begin() as session:
        customer, item = a_customer(session), an_item(session)
        order = an_order(session, customer, [Wanted(item, "5")])
        number, name = order.number, customer.number
        now = utc_now()
        for n, sequence in ((2, 12), (4, 14)):  # 3 is a transaction that has not ended
            session.add(
                Event(
                    id=n, subject="order", subject_id=order.id, sequence=sequence, verb="x",
                    name="order.closed", at=now, actor="user:1", key=str(n), from_status="booked",
                    to_status="booked", facts={"number": number},
                )
            )  # fmt: skip
    (found,) = erp.ask("GET", f"/api/v1/orders?customer={name}").get_json()["rows"]
    assert found == erp.ask("GET", f"/api/v1/orders/{number}").get_json()
    (line,) = found["lines"]
    assert (line["item"], line["quantity"]) == (_number(database), "5")
    assert erp.ask("GET", "/api/v1/orders/none").status_code == 404
    events = erp.ask("GET", "/api/v1/events").get_json()
    assert [e["id"] for e in events["events"]] == [1, 2]
    assert events["cursor"] == "2"
    assert number in events["events"][1]["sentence"]
    with database.begin() as session:
        for event in session.scalars(select(Event)):
            event.at = now - timedelta(minutes=3)
    later = erp.ask("GET", "/api/v1/events?cursor=2").get_json()
    assert [e["id"] for e in later["events"]] == [4]


def _number(database: Database) -> str:
    with database.read() as session:
        return str(session.scalars(select(Item.number)).one())


def test_many_programs_make_the_same_row_at_once(database: Database) -> None:
    """One makes it, the others find it there; nobody is sent away."""
    app = an_app(database)
    erp = a_program(database, app, "write:catalogue")
    codes: list[int] = []

    def ask() -> None:
        codes.append(
            Erp(app.test_client(), erp.token).ask("PUT", "/api/v1/items/A", ITEM).status_code
        )

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200] * 7 + [201]


def test_the_same_call_at_once_is_done_once(database: Database) -> None:
    app = an_app(database)
    erp = a_program(database, app, "write:catalogue")
    codes: list[tuple[int, bool]] = []

    def ask() -> None:
        program = Erp(app.test_client(), erp.token)
        found = program.ask("PUT", "/api/v1/items/A", ITEM, Idempotency_Key="one")
        codes.append((found.status_code, "Idempotency-Replayed" in found.headers))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [(201, False), *[(201, True)] * 5]
    with database.read() as session:
        assert len(session.scalars(select(MasterChange.id)).all()) == 1


def test_an_order_whose_goods_left_has_changed(erp: Erp, database: Database) -> None:
    with database.begin() as session:
        order = order_for(session, a_shop(session), 5)
        shipped(session, order)
        session.flush()
        session.execute(update(Order).values(changed_at=NOW))
        session.execute(update(Event).values(at=NOW))
    since = (NOW + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    assert erp.ask("GET", f"/api/v1/orders?changed_since={since}").get_json()["rows"] == []
    with database.begin() as session:
        query = select(Event).where(Event.name == "shipment.shipped")
        session.scalars(query).one().at = NOW + timedelta(hours=2)
    (found,) = erp.ask("GET", f"/api/v1/orders?changed_since={since}").get_json()["rows"]
    assert found["lines"][0]["shipped_quantity"] == "5"


def test_the_erp_works_off_what_people_added_to_its_tables(erp: Erp, database: Database) -> None:
    with database.begin() as session:
        set_keeper(session, table_named("contacts"), KEPT_BY_ERP, act=an_act())
        customer = a_customer(session)
        for name in ("ann", "ben"):
            row = Contact(customer_id=customer.id, email=f"{name}@there.example", name=name)
            session.add(row)
            session.flush()
            changes = {"name": [None, name]}
            key = (customer.number, row.email)
            note_change(session, "contacts", row.id, key, "created", changes, act=an_act())
    first, second = erp.ask("GET", "/api/v1/proposals").get_json()["rows"]
    assert (first["table"], first["state"], first["values"]["name"]) == ("contacts", "open", "ann")
    page = erp.ask("GET", "/api/v1/proposals?limit=1").get_json()
    after = erp.ask("GET", f"/api/v1/proposals?cursor={page['next']}").get_json()
    assert [r["id"] for r in after["rows"]] == [second["id"]]
    assert erp.ask("PUT", f"/api/v1/contacts/{first['key']}", {"name": "Ann"}).status_code == 200
    path = f"/api/v1/proposals/{second['id']}"
    assert erp.ask("PATCH", path, {"state": "refused"}).status_code == 422
    assert erp.ask("PATCH", path, {"state": "gone"}).status_code == 422
    said = {"state": "refused", "reason": "Ben left the firm."}
    assert erp.ask("PATCH", path, said).get_json() == {"id": second["id"], "state": "refused"}
    (left,) = erp.ask("GET", "/api/v1/proposals").get_json()["rows"]
    assert (left["state"], left["reason"]) == ("refused", "Ben left the firm.")
    assert erp.ask("PATCH", path, {"state": "taken"}).status_code == 200
    assert erp.ask("PATCH", path, said).status_code == 409
    assert erp.ask("PATCH", "/api/v1/proposals/999", said).status_code == 404
    assert erp.ask("GET", "/api/v1/proposals").get_json()["rows"] == []


def test_a_row_as_it_was(erp: Erp) -> None:
    assert erp.ask("PUT", "/api/v1/items/A", ITEM).status_code == 201
    between = utc_now().isoformat().replace("+00:00", "Z")
    erp.ask("PATCH", "/api/v1/items/A", {"weight_kg": "9"})
    assert erp.ask("GET", "/api/v1/items/A").get_json()["weight_kg"] == "9"
    then = erp.ask("GET", f"/api/v1/items/A?as_of={between}").get_json()
    assert then["weight_kg"] == "0.25"
    assert erp.ask("GET", "/api/v1/items/A?as_of=2001-01-01T00:00:00Z").status_code == 404
    assert erp.ask("GET", "/api/v1/items/A?as_of=soon").status_code == 422
