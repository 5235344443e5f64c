"""The description of the REST interface, made from the descriptions of the tables: OpenAPI 3.1 and a page to read."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from typing import Any

from flask import Response, make_response

from core.masterdata.described import Column, Table
from core.masterdata.every import GROUPS, TABLES
from core.people.tokens import SCOPES
from review_app.api.tables import MOST, MOST_ROWS, PAGE
from review_app.fragments import page

Json = dict[str, Any]
ABOUT = (
    "Natural keys stand for rows: the parts of a key with commas between, other marks than letters, digits and . _ - @ "
    "as =XX of their UTF-8 bytes (AB/12 is AB=2F12); every row carries its key. Decimals are strings, days ISO 8601. "
    "Columns that a body leaves out stay as they are; null is a column's default. A version changes with every change by "
    "any door: send it as If-Match to change only what you saw. With an Idempotency-Key the same call again gets the same "
    "answer and does nothing."
)
REFUSALS = {
    "400": "Not understood",
    "401": "No token that counts",
    "403": "The token lacks the scope, or the table is kept here",
    "422": "Refused: each problem with its column and what to do",
    "429": "Too often; Retry-After says when",
}


def document() -> Response:
    response = make_response(json.dumps(described(), ensure_ascii=False, indent=1))
    response.headers["Content-Type"] = "application/json"
    return response


def readable() -> Response:
    return page("api.html", groups=GROUPS, tables=TABLES.values(), about=ABOUT, schema=_cell)


@cache
def described() -> Json:
    """The whole document; the same for every caller."""
    paths: Json = {}
    schemas: Json = dict(_common())
    for table in TABLES.values():
        name = _name(table)
        schemas[name] = _schema(table, outward=True)
        schemas[f"{name}Input"] = _schema(table, outward=False)
        paths[f"/api/v1/{table.name}"] = _collection(table)
        paths[f"/api/v1/{table.name}/{{key}}"] = _member(table)
    paths.update(_orders())
    return {
        "openapi": "3.1.0",
        "info": {"title": "Orderclerk", "version": version("orderclerk"), "description": ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": [{"name": title} for title in (*GROUPS.values(), "Orders")],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": f"A token of Settings, API, with scopes of: {', '.join(SCOPES)}.",
                }
            },
            "schemas": schemas,
            "responses": {
                "Refused": {
                    "description": "A problem (RFC 9457)",
                    "content": {"application/problem+json": {"schema": _ref("Problem")}},
                }
            },
        },
    }


def _name(table: Table) -> str:
    return "".join(word.capitalize() for word in table.name.split("-"))


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _schema(table: Table, *, outward: bool) -> Json:
    properties = {c.name: _property(c, outward=outward) for c in table.columns}
    if not outward:
        required = [c.name for c in table.columns if c.required and c.name not in table.key]
        text = f"Required of a new row: {', '.join(required)}." if required else ""
        return {
            "type": "object",
            "additionalProperties": False,
            "description": f"{table.help} {text}".strip(),
            "properties": {
                **properties,
                "key": {"type": "string", "description": "Taken back and left aside."},
                "version": {"type": "string", "description": "Taken back and left aside."},
            },
        }
    properties["key"] = {
        "type": "string",
        "readOnly": True,
        "description": "The row's natural key.",
    }
    properties["version"] = {"type": "string", "readOnly": True, "description": "As in ETag."}
    return {
        "type": "object",
        "additionalProperties": False,
        "description": table.help,
        "required": list(properties),
        "properties": properties,
    }


def _property(column: Column, *, outward: bool) -> Json:
    words = column.help + (f" In {column.unit}." if column.unit else "")
    found = dict(column.type.schema)
    ways = [found]
    strict = {"pattern", "format", "enum"} & set(found)
    if not column.required and column.default == "" and strict:
        ways.append({"const": ""})
    if (column.default is None and not column.required) or (not outward and not column.required):
        ways.append({"type": "null"})
    schema: Json = found if len(ways) == 1 else {"anyOf": ways}
    if words.strip():
        schema = {**schema, "description": words.strip()}
    return schema


def _collection(table: Table) -> Json:
    name, tag = _name(table), GROUPS[table.group]
    filters = [
        _query(c.name, f"Only rows whose {c.label.lower()} is this.", {"type": "string"})
        for c in table.columns
        if c.name in (*table.filters, *table.key)
    ]
    return {
        "get": {
            "operationId": f"list{name}",
            "summary": f"{table.title}: a page of them",
            "description": table.help,
            "tags": [tag],
            "parameters": [
                *_paging(),
                _query("changed_since", "Only what was changed at this instant or later.", {"type": "string", "format": "date-time"}),
                _query("q", "Words that stand in the row.", {"type": "string"}),
                *filters,
            ],
            "responses": {
                "200": _json_of("A page", _page_of(_ref(name))),
                **_refusals("401", "403", "422", "429"),
            },
        },
        "put": {
            "operationId": f"putMany{name}",
            "summary": f"{table.title}: up to {MOST_ROWS} at once",
            "tags": [tag],
            "parameters": [_header("Idempotency-Key")],
            "requestBody": _body(
                {
                    "type": "object",
                    "required": ["rows"],
                    "properties": {
                        "rows": {"type": "array", "minItems": 1, "maxItems": MOST_ROWS, "items": _ref(f"{name}Input")},
                        "mode": {"type": "string", "enum": ["all", "valid"], "default": "all"},
                    },
                }
            ),
            "responses": {
                "200": _json_of("What became of each row", _ref("Results")),
                "422": {
                    "description": "Nothing was changed: what is wrong with each row, or with the call",
                    "content": {
                        "application/json": {"schema": _ref("Results")},
                        "application/problem+json": {"schema": _ref("Problem")},
                    },
                },
                **_refusals("401", "403", "429"),
            },
        },
    }  # fmt: skip


def _member(table: Table) -> Json:
    name, tag = _name(table), GROUPS[table.group]
    parts = ", ".join(table.key) or "always “own”"
    key = {
        "name": "key",
        "in": "path",
        "required": True,
        "description": f"Parts: {parts}.",
        "schema": {"type": "string"},
    }
    row = {**_json_of("The row", _ref(name)), "headers": {"ETag": {"schema": {"type": "string"}}}}
    made = {**row, "description": "The row, which is new"}
    change = {
        "tags": [tag],
        "parameters": [key, _header("If-Match"), _header("Idempotency-Key")],
        "requestBody": _body(_ref(f"{name}Input")),
    }
    return {
        "get": {
            "operationId": f"get{name}",
            "summary": f"One {table.one}",
            "tags": [tag],
            "parameters": [key, _header("If-None-Match")],
            "responses": {
                "200": row,
                "304": {"description": "It is the version that you have"},
                **_refusals("401", "403", "404", "422", "429"),
            },
        },
        "put": {
            "operationId": f"put{name}",
            "summary": f"Makes or changes one {table.one}",
            **change,
            "responses": {
                "200": row,
                "201": made,
                **_refusals("401", "403", "409", "412", "422", "429"),
            },
        },
        "patch": {
            "operationId": f"patch{name}",
            "summary": f"Changes one {table.one} that is there",
            **change,
            "responses": {"200": row, **_refusals("401", "403", "404", "409", "412", "422", "429")},
        },
        "delete": {
            "operationId": f"delete{name}",
            "summary": f"Deletes one {table.one}" + (f", or it is {table.off_words} when history hangs on it" if table.off else ", unless it is used"),
            "tags": [tag],
            "parameters": [key, _header("If-Match"), _header("Idempotency-Key")],
            "responses": {
                "200": _json_of("What was done", _ref("Removed")),
                **_refusals("401", "403", "404", "409", "412", "422", "429"),
            },
        },
    }  # fmt: skip


def _orders() -> Json:
    number = {"name": "number", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "/api/v1/orders": {
            "get": {
                "operationId": "listOrders",
                "summary": "Orders with their lines and promises",
                "tags": ["Orders"],
                "parameters": [
                    *_paging(),
                    _query("changed_since", "Only what was changed since.", {"type": "string", "format": "date-time"}),
                    _query("status", "booked, closed or cancelled.", {"type": "string"}),
                    _query("customer", "Number of the customer.", {"type": "string"}),
                ],
                "responses": {"200": _json_of("A page", _page_of(_ref("Order"))), **_refusals("401", "403", "422", "429")},
            }
        },
        "/api/v1/orders/{number}": {
            "get": {
                "operationId": "getOrder",
                "summary": "One order",
                "tags": ["Orders"],
                "parameters": [number],
                "responses": {"200": _json_of("The order", _ref("Order")), **_refusals("401", "403", "404", "429")},
            }
        },
        "/api/v1/events": {
            "get": {
                "operationId": "listEvents",
                "summary": "What happened since a cursor, oldest first; keep the cursor of the answer for the next call",
                "tags": ["Orders"],
                "parameters": _paging(),
                "responses": {"200": _json_of("Events", _ref("Events")), **_refusals("401", "403", "422", "429")},
            }
        },
    }  # fmt: skip


def _common() -> Json:
    day: Json = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
    text: Json = {"type": "string"}
    number: Json = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
    whole: Json = {"type": "integer"}
    instant: Json = {"type": "string", "format": "date-time"}
    problem = _object(column=text, sentence=text)
    result = _object(
        row=whole,
        key=text,
        outcome={"type": "string", "enum": ["created", "changed", "unchanged", "refused"]},
        problems={"type": "array", "items": _ref("RowProblem")},
    )
    scheduled = _object(
        position=whole, stock_quantity=number, shipped_quantity=number, site=text,
        requested_date=day, first_promised_date=day, promised_date=day, actual_date=day,
        ship_date=day, promise_version=whole,
    )  # fmt: skip
    line = _object(
        position=whole, customer_line=text, item=text, customer_sku=text, description=text,
        quantity=number, unit=text, price=number, stock_quantity=number, cancelled_quantity=number,
        shipped_quantity=number, invoiced_quantity=number, returned_quantity=number,
        schedule={"type": "array", "items": _ref("ScheduleLine")},
    )  # fmt: skip
    order = _object(
        number=text, revision=whole, status=text, customer=text, po_number=text, order_date=day,
        requested_date=day, booked_at=instant, changed_at=instant, currency=text,
        payment_terms=text, incoterms=text, delivery_policy=text, ship_to={"type": "object"},
        lines={"type": "array", "items": _ref("OrderLine")},
    )  # fmt: skip
    event = _object(id=whole, at=instant, name=text, subject=text, number=text, order=text, sentence=text)  # fmt: skip
    return {
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail"],
            "properties": {
                "type": text,
                "title": text,
                "status": whole,
                "detail": text,
                "problems": {"type": "array", "items": _ref("RowProblem")},
            },
        },
        "RowProblem": problem,
        "Results": _object(results={"type": "array", "items": result}),
        "Removed": _object(outcome={"type": "string", "enum": ["deleted", "deactivated"]}),
        "Order": order,
        "OrderLine": line,
        "ScheduleLine": scheduled,
        "Events": _object(events={"type": "array", "items": event}, cursor=text),
    }


def _object(**properties: Json) -> Json:
    return {"type": "object", "required": list(properties), "properties": properties}


def _page_of(row: Json) -> Json:
    following = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    return _object(rows={"type": "array", "items": row}, next=following)


def _paging() -> list[Json]:
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE}
    return [
        _query("limit", "Most rows of a page.", limit),
        _query("cursor", "“next” of the page before.", {"type": "string"}),
    ]


def _query(name: str, text: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "description": text, "schema": schema}


def _header(name: str) -> Json:
    return {"name": name, "in": "header", "schema": {"type": "string"}}


def _body(schema: Json) -> Json:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _json_of(text: str, schema: Json) -> Json:
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _refusals(*codes: str) -> Json:
    return {code: {"$ref": "#/components/responses/Refused"} for code in codes}


def _cell(column: Column) -> str:
    """A column's kind for the readable page."""
    if column.type.choices:
        return " | ".join(column.type.choices)
    names = {"yes_no": "true | false", "number": "decimal as a string", "whole": "whole number"}
    return names.get(column.type.name, "string")
