"""Every address of the desk on one page, with who may use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask

from review_app import choosing, health, layout, outbox, papers, raw, search, sign_in
from review_app.api import followed, openapi, tables
from review_app.desk import (
    ahead,
    claiming,
    decisions,
    document,
    history,
    lanes,
    picking,
    promising,
    queue,
    workbench,
)
from review_app.exchange import cxml, edit, exchange, files, partners
from review_app.insight import insight
from review_app.masterdata import imports, learned, lists, masterdata, proposals, row
from review_app.orders import orders, own_change
from review_app.returns import returns
from review_app.roles import ADMIN, CLERK, DESK, EVERYONE, FLOOR, PLANNER, PUBLIC, allow
from review_app.settings import (
    api,
    checks,
    hold_kinds,
    letters,
    mailboxes,
    mapping,
    screening,
    settings,
)
from review_app.warehouse import warehouse
from review_app.watch import lead_times, mails, scarce, watch

View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Route:
    """The endpoint is the module's and the function's name: "queue.show"."""

    method: str
    rule: str
    view: View
    roles: frozenset[str]

    @property
    def endpoint(self) -> str:
        return f"{self.view.__module__.rpartition('.')[2]}.{self.view.__name__}"


ROUTES: tuple[Route, ...] = (
    Route("GET", "/healthz", health.show, PUBLIC),
    Route("GET", "/sign-in", sign_in.show, PUBLIC),
    Route("POST", "/sign-in", sign_in.enter, PUBLIC),
    Route("POST", "/sign-out", sign_in.leave, EVERYONE),
    Route("GET", "/", sign_in.home, EVERYONE),
    Route("GET", "/counters", layout.counters, EVERYONE),
    Route("GET", "/search", search.show, DESK),
    # The desk
    Route("GET", "/queue", queue.show, DESK),
    Route("GET", "/queue/again", queue.again, DESK),
    Route("GET", "/lane/<lane>", lanes.show, DESK),
    Route("GET", "/document/<int:document_id>", document.show, DESK),
    Route("POST", "/document/<int:document_id>/lane", document.relane, CLERK),
    Route("POST", "/document/<int:document_id>/close", document.close, CLERK),
    Route("POST", "/document/<int:document_id>/reopen", document.reopen, CLERK),
    Route("POST", "/document/<int:document_id>/replay", document.replay, CLERK),
    Route("POST", "/document/<int:document_id>/draft", document.make_draft, CLERK),
    Route("GET", "/raw/<int:document_id>", raw.original, DESK),
    Route("GET", "/raw/<int:document_id>/<int:number>", raw.part, DESK),
    Route("GET", "/raw/<int:document_id>/<int:number>/html", raw.mail_html, DESK),
    Route("GET", "/page/<int:part_id>/<int:number>", raw.page_image, DESK),
    Route("GET", "/words/<int:part_id>/<int:number>", picking.words, DESK),
    Route("POST", "/draft", decisions.new_draft, CLERK),
    Route("GET", "/ahead", ahead.rules, DESK),
    Route("GET", "/draft/<int:draft_id>", workbench.show, DESK),
    Route("POST", "/draft/<int:draft_id>/save", workbench.save, CLERK),
    Route("GET", "/draft/<int:draft_id>/choose/<name>", workbench.choose, DESK),
    Route("POST", "/draft/<int:draft_id>/look", claiming.look, DESK),
    Route("GET", "/draft/<int:draft_id>/news", claiming.news, DESK),
    Route("POST", "/draft/<int:draft_id>/claim", claiming.claim, CLERK),
    Route("POST", "/draft/<int:draft_id>/release-claim", claiming.release_claim, CLERK),
    Route("POST", "/draft/<int:draft_id>/field/<int:field_id>/take/<int:number>", picking.take, CLERK),
    Route("POST", "/draft/<int:draft_id>/pick", picking.pick, CLERK),
    Route("POST", "/draft/<int:draft_id>/accept", workbench.accept, CLERK),
    Route("POST", "/draft/<int:draft_id>/problem/<int:problem_id>/accept", workbench.accept_reason, DESK),
    Route("POST", "/draft/<int:draft_id>/problem/<int:problem_id>/fix/<int:number>", workbench.fix, CLERK),
    Route("POST", "/draft/<int:draft_id>/line", workbench.add, CLERK),
    Route("POST", "/draft/<int:draft_id>/line/<int:line_id>/remove", workbench.remove, CLERK),
    Route("GET", "/draft/<int:draft_id>/line/<int:line_id>/item", workbench.find_item, CLERK),
    Route("POST", "/draft/<int:draft_id>/line/<int:line_id>/item", workbench.choose_item, CLERK),
    Route("POST", "/draft/<int:draft_id>/line/<int:line_id>/remember", workbench.remember, CLERK),
    Route("GET", "/draft/<int:draft_id>/line/<int:line_id>/ways", promising.other_ways, DESK),
    Route("POST", "/draft/<int:draft_id>/line/<int:line_id>/way/<kind>/<int:way_id>", promising.take_way, CLERK),
    Route("POST", "/draft/<int:draft_id>/delivery", promising.set_terms, CLERK),
    Route("POST", "/draft/<int:draft_id>/hold", promising.hold, CLERK),
    Route("POST", "/draft/<int:draft_id>/undo", workbench.undo_last, CLERK),
    Route("GET", "/draft/<int:draft_id>/history", history.show, DESK),
    Route("GET", "/draft/<int:draft_id>/preview", decisions.preview, DESK),
    Route("POST", "/draft/<int:draft_id>/confirm", decisions.confirm_draft, CLERK),
    Route("POST", "/draft/<int:draft_id>/park", decisions.park_draft, CLERK),
    Route("POST", "/draft/<int:draft_id>/resume", decisions.resume_draft, CLERK),
    Route("POST", "/draft/<int:draft_id>/ask", decisions.ask_customer, CLERK),
    Route("POST", "/draft/<int:draft_id>/reject", decisions.reject_draft, CLERK),
    Route("POST", "/draft/<int:draft_id>/withdraw", decisions.withdraw_draft, CLERK),
    Route("POST", "/draft/<int:draft_id>/restore", decisions.restore_draft, CLERK),
    # Orders
    Route("GET", "/orders", orders.show, DESK),
    Route("GET", "/order/<int:order_id>", orders.order, DESK),
    Route("GET", "/order/<int:order_id>/ahead", orders.ahead, DESK),
    Route("GET", "/order/<int:order_id>/terms-ahead", orders.terms_ahead, DESK),
    Route("POST", "/order/<int:order_id>/change", own_change.change, CLERK),
    Route("POST", "/order/<int:order_id>/open-change", own_change.open_whole, CLERK),
    Route("POST", "/order/<int:order_id>/<verb>", orders.step, DESK),
    Route("GET", "/order/<int:order_id>/acknowledgement.pdf", papers.acknowledgement, DESK),
    # Promise watch
    Route("GET", "/promises", watch.show, DESK),
    Route("POST", "/promises/slip/<int:slip_id>/<verb>", watch.step, DESK),
    Route("POST", "/promises/cause", watch.accept_cause, DESK),
    Route("POST", "/promises/mails", mails.send_batch, CLERK),
    Route("GET", "/promises/mail/<int:notice_id>", mails.show, DESK),
    Route("POST", "/promises/mail/<int:notice_id>/<verb>", mails.step, CLERK),
    Route("GET", "/promises/lead-times", lead_times.show, DESK),
    Route("POST", "/promises/lead-times", lead_times.take, PLANNER),
    Route("GET", "/promises/scarce", scarce.show, DESK),
    Route("GET", "/promises/scarce/<int:item_id>/<int:site_id>", scarce.proposal, DESK),
    Route("POST", "/promises/scarce/<int:item_id>/<int:site_id>", scarce.apply, PLANNER),
    # Warehouse
    Route("GET", "/warehouse", warehouse.show, FLOOR | CLERK),
    Route("GET", "/warehouse/backorders", warehouse.waiting, FLOOR | CLERK),
    Route("POST", "/warehouse/release/<int:order_id>", warehouse.release, FLOOR),
    Route("GET", "/shipment/<int:shipment_id>", warehouse.shipment, FLOOR | CLERK),
    Route("POST", "/shipment/<int:shipment_id>/<verb>", warehouse.step, FLOOR),
    Route("GET", "/shipment/<int:shipment_id>/<paper>.pdf", papers.shipment_paper, FLOOR | CLERK),
    Route("GET", "/shipment/<int:shipment_id>/label/<int:number>.pdf", papers.label, FLOOR | CLERK),
    # Returns
    Route("GET", "/returns", returns.show, EVERYONE),
    Route("GET", "/returns/new", returns.start, DESK),
    Route("POST", "/returns/new/<int:order_id>", returns.create, CLERK),
    Route("GET", "/return/<int:return_id>", returns.view, EVERYONE),
    Route("POST", "/return/<int:return_id>/<verb>", returns.step, EVERYONE),
    # The rest
    Route("GET", "/outbox", outbox.show, DESK),
    Route("GET", "/outbox/<int:item_id>", outbox.mail, DESK),
    Route("POST", "/outbox/<int:item_id>/<verb>", outbox.step, CLERK),
    Route("POST", "/cxml", cxml.post, PUBLIC),
    Route("GET", "/exchange", exchange.show, DESK),
    Route("GET", "/exchange/interchanges.csv", files.listed, DESK),
    Route("GET", "/exchange/<int:interchange_id>", exchange.one, DESK),
    Route("GET", "/exchange/<int:interchange_id>/all.zip", files.pack, DESK),
    Route("POST", "/exchange/<int:interchange_id>/text", edit.save, CLERK),
    Route("POST", "/exchange/<int:interchange_id>/<verb>", exchange.step, CLERK),
    Route("GET", "/exchange/partners", partners.show, DESK),
    Route("GET", "/exchange/partners/<code>", partners.edit, DESK),
    Route("POST", "/exchange/partners/<code>", partners.save, ADMIN),
    Route("POST", "/exchange/partners/<code>/secret", partners.keep_secret, ADMIN),
    Route("GET", "/exchange/<int:interchange_id>/original", exchange.download, DESK),
    Route("GET", "/insight", insight.show, DESK),
    Route("GET", "/insight/causes.csv", insight.causes_csv, DESK),
    Route("GET", "/customers", masterdata.customers, DESK),
    Route("GET", "/customer/<int:customer_id>", masterdata.customer, DESK),
    Route("GET", "/items", masterdata.items, EVERYONE),
    Route("GET", "/item/<int:item_id>", masterdata.item, EVERYONE),
    Route("GET", "/stock", masterdata.stock, EVERYONE),
    Route("GET", "/master", lists.index, DESK),
    Route("GET", "/master/changes", lists.all_changes, DESK),
    Route("GET", "/master/proposals", proposals.show, DESK),
    Route("POST", "/master/proposals/<int:number>", proposals.close, DESK),
    Route("GET", "/master/<table>", lists.show, DESK),
    Route("GET", "/master/<table>/changes", lists.changes, DESK),
    Route("GET", "/master/<table>/export.<form>", lists.export, DESK),
    Route("GET", "/master/<table>/file/<int:run_id>", lists.file, DESK),
    Route("GET", "/master/<table>/file/<int:run_id>/fetch", lists.fetch_file, DESK),
    Route("GET", "/master/<table>/suggest/<column>", lists.suggest, DESK),
    Route("GET", "/choose/customer", choosing.customers, DESK),
    Route("GET", "/master/<table>/import", imports.start, DESK),
    Route("POST", "/master/<table>/import", imports.bring, DESK),
    Route("GET", "/master/<table>/import/<int:run_id>", imports.show, DESK),
    Route("GET", "/master/<table>/import/<int:run_id>/report.csv", imports.report, DESK),
    Route("POST", "/master/<table>/import/<int:run_id>/<verb>", imports.step, DESK),
    Route("GET", "/master/<table>/new", row.new, DESK),
    Route("POST", "/master/<table>/new", row.create, DESK),
    Route("GET", "/master/<table>/row/<key>", row.show, DESK),
    Route("POST", "/master/<table>/row/<key>", row.save, DESK),
    Route("POST", "/master/<table>/row/<key>/remove", row.remove, DESK),
    Route("GET", "/learned", learned.show, DESK),
    Route("POST", "/learned/<int:lesson_id>/<verb>", learned.step, CLERK),
    Route("POST", "/learned/number/<int:event_id>/<verb>", learned.number, CLERK),
    Route("GET", "/settings", settings.show, ADMIN),
    Route("GET", "/settings/checks", checks.show, DESK),
    Route("GET", "/settings/checks/<path:code>", checks.one, DESK),
    Route("POST", "/settings/checks/<path:code>", checks.save, ADMIN),
    Route("GET", "/settings/holds", hold_kinds.show, DESK),
    Route("GET", "/settings/holds/<kind>", hold_kinds.one, DESK),
    Route("POST", "/settings/holds/<kind>", hold_kinds.save, ADMIN),
    Route("GET", "/settings/mapping-lab", mapping.show, DESK),
    Route("GET", "/settings/parties", screening.show, DESK),
    Route("POST", "/settings/parties", screening.load, ADMIN),
    Route("GET", "/settings/mails", letters.show, ADMIN),
    Route("GET", "/settings/mails/html", letters.html, ADMIN),
    Route("GET", "/settings/api", api.show, ADMIN),
    Route("POST", "/settings/api/token", api.add, ADMIN),
    Route("POST", "/settings/api/token/<int:token_id>/revoke", api.revoke, ADMIN),
    Route("POST", "/settings/api/keepers", api.keep, ADMIN),
    Route("GET", "/settings/mailboxes", mailboxes.show, ADMIN),
    Route("GET", "/settings/mailboxes/<int:mailbox_id>", mailboxes.edit, ADMIN),
    Route("POST", "/settings/mailboxes/<int:mailbox_id>", mailboxes.save, ADMIN),
    Route("POST", "/settings/mailboxes/<int:mailbox_id>/enabled", mailboxes.set_enabled, ADMIN),
    Route("POST", "/settings/mailboxes/<int:mailbox_id>/rules", mailboxes.add_rule, ADMIN),
    Route("POST", "/settings/mailboxes/<int:mailbox_id>/rules/<int:number>/<verb>", mailboxes.move_rule, ADMIN),
    Route("POST", "/settings/users", settings.add_user, ADMIN),
    Route("POST", "/settings/users/<int:user_id>/password", settings.set_password, ADMIN),
    Route("POST", "/settings/users/<int:user_id>/active", settings.set_active, ADMIN),
    Route("POST", "/settings/users/<int:user_id>/duties", settings.set_duties, ADMIN),
    # Other programs: a token proves who asks
    Route("GET", "/api", openapi.readable, EVERYONE),
    Route("GET", "/api/v1/openapi.json", openapi.document, PUBLIC),
    Route("GET", "/api/v1/orders", followed.rows, PUBLIC),
    Route("GET", "/api/v1/orders/<number>", followed.one, PUBLIC),
    Route("GET", "/api/v1/events", followed.events, PUBLIC),
    Route("GET", "/api/v1/changes", followed.changes, PUBLIC),
    Route("GET", "/api/v1/proposals", followed.proposed, PUBLIC),
    Route("PATCH", "/api/v1/proposals/<int:number>", followed.settled, PUBLIC),
    Route("GET", "/api/v1/<table>", tables.rows, PUBLIC),
    Route("PUT", "/api/v1/<table>", tables.put_many, PUBLIC),
    Route("GET", "/api/v1/<table>/<key>", tables.one, PUBLIC),
    Route("PUT", "/api/v1/<table>/<key>", tables.put, PUBLIC),
    Route("PATCH", "/api/v1/<table>/<key>", tables.patch, PUBLIC),
    Route("DELETE", "/api/v1/<table>/<key>", tables.delete, PUBLIC),
)  # fmt: skip


def add_routes(app: Flask) -> None:
    for route in ROUTES:
        app.add_url_rule(route.rule, route.endpoint, route.view, methods=[route.method])
        allow(route.endpoint, route.roles)
