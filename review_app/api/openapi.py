"""The description of the REST interface, made from the descriptions of the tables: OpenAPI 3.1 and a page to read."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version

from flask import Response, make_response

from core.masterdata.described import Column, Table
from core.masterdata.every import GROUPS, TABLES
from core.people.tokens import SCOPES
from review_app.api.schemas import Json, common_schemas, page_of, ref, schema_name, schema_of
from review_app.api.tables import MOST, MOST_ROWS, PAGE
from review_app.fragments import page

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
    schemas: Json = dict(common_schemas())
    for table in TABLES.values():
        name = schema_name(table)
        schemas[name] = schema_of(table, outward=True)
        schemas[f"{name}Input"] = schema_of(table, outward=False)
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
                    "content": {"application/problem+json": {"schema": ref("Problem")}},
                }
            },
        },
    }


def _collection(table: Table) -> Json:
    name, tag = schema_name(table), GROUPS[table.group]
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
                "200": _json_of("A page", page_of(ref(name))),
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
                        "rows": {"type": "array", "minItems": 1, "maxItems": MOST_ROWS, "items": ref(f"{name}Input")},
                        "mode": {"type": "string", "enum": ["all", "valid"], "default": "all"},
                    },
                }
            ),
            "responses": {
                "200": _json_of("What became of each row", ref("Results")),
                "422": {
                    "description": "Nothing was changed: what is wrong with each row, or with the call",
                    "content": {
                        "application/json": {"schema": ref("Results")},
                        "application/problem+json": {"schema": ref("Problem")},
                    },
                },
                **_refusals("401", "403", "429"),
            },
        },
    }  # fmt: skip


def _member(table: Table) -> Json:
    name, tag = schema_name(table), GROUPS[table.group]
    parts = ", ".join(table.key) or "always “own”"
    key = {
        "name": "key",
        "in": "path",
        "required": True,
        "description": f"Parts: {parts}.",
        "schema": {"type": "string"},
    }
    row = {**_json_of("The row", ref(name)), "headers": {"ETag": {"schema": {"type": "string"}}}}
    made = {**row, "description": "The row, which is new"}
    change = {
        "tags": [tag],
        "parameters": [key, _header("If-Match"), _header("Idempotency-Key")],
        "requestBody": _body(ref(f"{name}Input")),
    }
    return {
        "get": {
            "operationId": f"get{name}",
            "summary": f"One {table.one}",
            "tags": [tag],
            "parameters": [
                key,
                _header("If-None-Match"),
                _query("as_of", "The row as it was then.", {"type": "string", "format": "date-time"}),
            ],
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
                "200": _json_of("What was done", ref("Removed")),
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
                "responses": {"200": _json_of("A page", page_of(ref("Order"))), **_refusals("401", "403", "422", "429")},
            }
        },
        "/api/v1/orders/{number}": {
            "get": {
                "operationId": "getOrder",
                "summary": "One order",
                "tags": ["Orders"],
                "parameters": [number],
                "responses": {"200": _json_of("The order", ref("Order")), **_refusals("401", "403", "404", "429")},
            }
        },
        "/api/v1/changes": {
            "get": {
                "operationId": "listChanges",
                "summary": "What changed in the master data that the token may read, deletions too, since a cursor",
                "tags": ["Orders"],
                "parameters": _paging(),
                "responses": {"200": _json_of("Changes", ref("Changes")), **_refusals("401", "403", "422", "429")},
            }
        },
        "/api/v1/proposals": {
            "get": {
                "operationId": "listProposals",
                "summary": "Rows that people added to tables of the ERP and that the ERP has not sent yet",
                "tags": ["Orders"],
                "parameters": _paging(),
                "responses": {"200": _json_of("A page", page_of(ref("Proposal"))), **_refusals("401", "403", "422", "429")},
            }
        },
        "/api/v1/proposals/{number}": {
            "patch": {
                "operationId": "settleProposal",
                "summary": "Says that the ERP has the row under its own name, or why it will not have it",
                "tags": ["Orders"],
                "parameters": [
                    {"name": "number", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}},
                    _header("Idempotency-Key"),
                ],
                "requestBody": _body(
                    {
                        "type": "object",
                        "required": ["state"],
                        "properties": {"state": {"type": "string", "enum": ["taken", "refused"]}, "reason": {"type": "string", "maxLength": 500}},
                    }
                ),
                "responses": {"200": _json_of("How it stands now", ref("Settled")), **_refusals("401", "403", "404", "409", "422", "429")},
            }
        },
        "/api/v1/events": {
            "get": {
                "operationId": "listEvents",
                "summary": "What happened since a cursor, oldest first; keep the cursor of the answer for the next call",
                "tags": ["Orders"],
                "parameters": _paging(),
                "responses": {"200": _json_of("Events", ref("Events")), **_refusals("401", "403", "422", "429")},
            }
        },
    }  # fmt: skip


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
