"""Writes LIFECYCLE.md from the table: `python -m core.lifecycle_page` (with --check: only says whether it is fresh)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from core.events import EVENTS
from core.lifecycle import SAME, TABLE, TASKS, Row

PAGE = Path("LIFECYCLE.md")

SUBJECTS: dict[str, str] = {
    "document": "Inbound document: one mail or file as it arrived",
    "draft": "Draft: an order, change or cancellation under review",
    "order": "Order: what was agreed",
    "hold": "Hold: a typed block beside the order's status",
    "slip": "Slip: a promise that cannot be kept, or could be better",
    "notice": "Notice: one customer's new dates in one mail",
    "shipment": "Shipment: goods that leave one site together",
    "invoice": "Invoice",
    "credit_note": "Credit note",
    "partner": "Partner: whom we exchange electronic messages with",
    "interchange": "Interchange: one envelope of electronic messages, in or out",
    "return": "Return authorisation",
}

MODULES: dict[tuple[str, str], str] = {
    ("document", "receive"): "core.inbound.receive",
    ("document", "receive_copy"): "core.inbound.receive",
    ("document", "read"): "core.inbound.read",
    ("document", "quarantine"): "core.inbound.lanes",
    ("document", "replay"): "core.inbound.lanes",
    ("document", "edit"): "core.inbound.edit",
    ("document", "relane"): "core.inbound.lanes",
    ("document", "close"): "core.inbound.lanes",
    ("document", "reopen"): "core.inbound.lanes",
    ("draft", "open"): "core.drafts.open",
    ("draft", "correct"): "core.drafts.correct",
    ("draft", "undo"): "core.drafts.correct",
    ("draft", "accept_problem"): "core.drafts.accept",
    ("draft", "promise"): "core.drafts.promise",
    ("draft", "set_delivery"): "core.drafts.delivery",
    ("draft", "take_alternative"): "core.drafts.ways.take",
    ("draft", "park"): "core.drafts.park",
    ("draft", "resume"): "core.drafts.park",
    ("draft", "ask"): "core.drafts.ask",
    ("draft", "answer"): "core.drafts.answer",
    ("draft", "send_receipt"): "core.drafts.send_receipt",
    ("draft", "confirm"): "core.drafts.confirm",
    ("draft", "reject"): "core.drafts.reject",
    ("draft", "withdraw"): "core.drafts.withdraw",
    ("draft", "restore"): "core.drafts.withdraw",
    ("order", "book"): "core.orders.book",
    ("order", "change"): "core.orders.change",
    ("order", "agree"): "core.orders.agreed",
    ("order", "repromise"): "core.orders.repromise",
    ("order", "set_delivery"): "core.orders.delivery",
    ("order", "acknowledge"): "core.orders.acknowledge",
    ("order", "allocate"): "core.execution.allocate",
    ("order", "deallocate"): "core.execution.deallocate",
    ("order", "share_out"): "core.watch.share_out",
    ("order", "cancel_line"): "core.orders.cancel",
    ("order", "cancel"): "core.orders.cancel",
    ("order", "close"): "core.orders.close",
    ("order", "reopen"): "core.orders.close",
    ("hold", "place"): "core.orders.hold",
    ("hold", "release"): "core.orders.hold",
    ("hold", "lapse"): "core.orders.lapse",
    ("slip", "find"): "core.watch.keep",
    ("slip", "revise"): "core.watch.keep",
    ("slip", "vanish"): "core.watch.keep",
    ("slip", "accept"): "core.watch.decide",
    ("slip", "refuse"): "core.watch.decide",
    ("notice", "draft"): "core.watch.notice",
    ("notice", "edit"): "core.watch.notice",
    ("notice", "drop"): "core.watch.notice",
    ("notice", "send"): "core.correspondence.notices",
    ("shipment", "release"): "core.execution.release",
    ("shipment", "pick"): "core.shipping.pick",
    ("shipment", "pack"): "core.shipping.pack",
    ("shipment", "ship"): "core.shipping.ship",
    ("shipment", "deliver"): "core.shipping.deliver",
    ("shipment", "void"): "core.shipping.void",
    ("invoice", "issue"): "core.billing.invoice",
    ("credit_note", "issue"): "core.billing.credit",
    ("partner", "save"): "core.exchange.partners",
    ("interchange", "write"): "core.exchange.outgoing",
    ("interchange", "send"): "core.exchange.outgoing",
    ("interchange", "give_up"): "core.exchange.outgoing",
    ("interchange", "resend"): "core.exchange.resend",
    ("interchange", "receive"): "core.exchange.receive",
    ("interchange", "receive_copy"): "core.exchange.receive",
    ("interchange", "quarantine"): "core.exchange.receive",
    ("interchange", "reread"): "core.exchange.receive",
    ("interchange", "release"): "core.exchange.decide",
    ("interchange", "close"): "core.exchange.decide",
    ("interchange", "settle"): "core.exchange.decide",
    ("return", "request"): "core.returns.authorise",
    ("return", "authorise"): "core.returns.authorise",
    ("return", "refuse"): "core.returns.refuse",
    ("return", "receive"): "core.returns.receive",
    ("return", "inspect"): "core.returns.inspect",
    ("return", "dispose"): "core.returns.dispose",
    ("return", "close"): "core.returns.close",
    ("return", "cancel"): "core.returns.refuse",
}


def page() -> str:
    """The whole page."""
    parts = [
        "# Lifecycle",
        "Written by `python -m core.lifecycle_page` from the table in `core/lifecycle.py`; don't edit it by hand. "
        "A status is stored only where a person (or a rule in a person's place) decides. What follows from "
        "quantities, as “partly shipped”, is computed in `core/orders/progress.py`. A hold stands beside the "
        "status and is enforced in `core/orders/hold.py` for every path.",
    ]
    for subject, title in SUBJECTS.items():
        rows = [row for row in TABLE if row.subject == subject]
        parts += [f"## {title}", _diagram(rows), _table(rows)]
    parts += ["## Work owed to the outside", _tasks()]
    return "\n\n".join(parts) + "\n"


def _diagram(rows: Iterable[Row]) -> str:
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for status in row.from_statuses:
            ends = ("[*]" if status == "new" else status, row.to_status or status)
            arrows.setdefault(ends, []).append(row.verb)
    lines = [f"    {old} --> {new}: {', '.join(verbs)}" for (old, new), verbs in arrows.items()]
    return "\n".join(("```mermaid", "stateDiagram-v2", *lines, "```"))


def _table(rows: Iterable[Row]) -> str:
    head = (
        "| Verb | From | To | Event | Owed to the outside | Module |",
        "|---|---|---|---|---|---|",
    )
    return "\n".join((*head, *(_row(row) for row in rows)))


def _row(row: Row) -> str:
    to_status = "(same)" if row.to_status == SAME else row.to_status
    words = re.sub(r"[\[\]]", "", EVENTS[row.event].sentence)
    event = f"`{row.event}` {words}"
    module = f"`{MODULES[row.subject, row.verb]}`"
    cells = (row.verb, ", ".join(row.from_statuses), to_status, event, ", ".join(row.tasks), module)
    return f"| {' | '.join(cells)} |"


def _tasks() -> str:
    head = ("| Task | What is done |", "|---|---|")
    return "\n".join((*head, *(f"| {name} | {text} |" for name, text in TASKS.items())))


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        fresh = PAGE.is_file() and PAGE.read_text("utf-8") == page()
        print(f"{PAGE} is {'fresh' if fresh else 'stale: run python -m core.lifecycle_page'}")
        return 0 if fresh else 1
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
