"""Shapes of what REST takes and gives, as JSON Schema made from the descriptions of the tables."""

from __future__ import annotations

from typing import Any

from core.masterdata.described import Column, Table

Json = dict[str, Any]


def schema_name(table: Table) -> str:
    return "".join(word.capitalize() for word in table.name.split("-"))


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def schema_of(table: Table, *, outward: bool) -> Json:
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


def common_schemas() -> Json:
    day: Json = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
    text: Json = {"type": "string"}
    number: Json = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
    whole: Json = {"type": "integer"}
    instant: Json = {"type": "string", "format": "date-time"}
    problem = an_object(column=text, sentence=text)
    result = an_object(
        row=whole,
        key=text,
        outcome={"type": "string", "enum": ["created", "changed", "unchanged", "refused"]},
        problems={"type": "array", "items": ref("RowProblem")},
    )
    scheduled = an_object(
        position=whole, stock_quantity=number, shipped_quantity=number, site=text,
        requested_date=day, first_promised_date=day, promised_date=day, actual_date=day,
        ship_date=day, promise_version=whole,
    )  # fmt: skip
    line = an_object(
        position=whole, customer_line=text, item=text, customer_sku=text, description=text,
        quantity=number, unit=text, price=number, stock_quantity=number, cancelled_quantity=number,
        shipped_quantity=number, invoiced_quantity=number, returned_quantity=number,
        schedule={"type": "array", "items": ref("ScheduleLine")},
    )  # fmt: skip
    order = an_object(
        number=text, revision=whole, status=text, customer=text, po_number=text, order_date=day,
        requested_date=day, booked_at=instant, changed_at=instant, currency=text,
        payment_terms=text, incoterms=text, delivery_policy=text, ship_to={"type": "object"},
        lines={"type": "array", "items": ref("OrderLine")},
    )  # fmt: skip
    event = an_object(id=whole, at=instant, name=text, subject=text, number=text, order=text, sentence=text)  # fmt: skip
    change = an_object(
        id=whole, at=instant, table=text, key=text, action=text, door=text,
        columns={"type": "array", "items": text},
    )  # fmt: skip
    proposal = an_object(
        id=whole, table=text, key=text, action=text, state=text, at=instant, who=text, reason=text,
        values={"anyOf": [{"type": "object"}, {"type": "null"}]},
    )  # fmt: skip
    return {
        "Proposal": proposal,
        "Settled": an_object(id=whole, state=text),
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail"],
            "properties": {
                "type": text,
                "title": text,
                "status": whole,
                "detail": text,
                "problems": {"type": "array", "items": ref("RowProblem")},
            },
        },
        "RowProblem": problem,
        "Results": an_object(results={"type": "array", "items": result}),
        "Removed": an_object(outcome={"type": "string", "enum": ["deleted", "deactivated"]}),
        "Order": order,
        "OrderLine": line,
        "ScheduleLine": scheduled,
        "Changes": an_object(changes={"type": "array", "items": change}, cursor=text),
        "Events": an_object(events={"type": "array", "items": event}, cursor=text),
    }


def an_object(**properties: Json) -> Json:
    return {"type": "object", "required": list(properties), "properties": properties}


def page_of(row: Json) -> Json:
    following = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    return an_object(rows={"type": "array", "items": row}, next=following)
