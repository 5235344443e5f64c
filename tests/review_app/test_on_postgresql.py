"""Every page opens on PostgreSQL too, with an order in every state."""

from __future__ import annotations

from core.config import settings
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.tables import Draft
from review_app import create_app
from review_app.routes import ROUTES
from tests.builders import an_act
from tests.review_app.conftest import PASSWORD, Browser
from tests.review_app.firm import a_firm, an_order_mail
from tests.review_app.test_every_route import path_of
from tests.steps import delivered


def test_every_page_opens(postgres_database: Database) -> None:
    with postgres_database.begin() as session:
        firm = a_firm(session, PASSWORD)
        draft = session.get_one(Draft, firm.draft_id)
        delivered(session, confirm(session, draft, version=draft.version, act=an_act("user:1")))
        an_order_mail(session, po="NG-2", drawn="")
    app = create_app(
        settings({"ORDERCLERK_SECRET_KEY": "test " * 8, "ORDERCLERK_INSECURE_HTTP": "1"}),
        postgres_database,
    )
    admin = Browser(app.test_client()).sign_in("admin")
    for route in ROUTES:
        if route.method == "GET":
            answer = admin.get(path_of(app, route, firm))
            by_token = route.rule.startswith("/api/v1/") and not route.rule.endswith(".json")
            right = (401,) if by_token else (200, 302, 404)
            assert answer.status_code in right, (route, answer.status_code)
    for query in (
        "text=NG&sort=value",
        "reason=price-differs",
        "claimed=free",
        "age=1h",
        "lane=change",
    ):
        assert admin.get(f"/queue?{query}").status_code == 200, query
    assert admin.get("/search?q=ng").status_code == 200
    assert admin.get("/orders?view=all&text=n").status_code == 200
