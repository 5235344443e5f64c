"""Whatever a program sends, it is kept or refused with a reason; nothing breaks, and what is kept comes back."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from core.database import Database
from core.masterdata.every import TABLES
from core.people import tokens
from review_app.api import door
from review_app.api.limits import Limiter
from tests.api.test_rest import a_program, an_app
from tests.builders import a_customer, a_site, an_item

TEXTS = st.sampled_from(
    ["", " ", "EA", "C1", "IT-1", "MAIN", "EUR", "DE", "0", "1.5", "-1", "1e9", "NaN", "999999999999",
     "2026-11-22", "2026-02-30", "14:00", "*", "\x00", "=1+1", "a,b", "ä/=", "x" * 300, "released"]
) | st.text(max_size=8)  # fmt: skip
VALUES = (
    TEXTS
    | st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.lists(TEXTS | st.integers(0, 9), max_size=3)
    | st.dictionaries(TEXTS, TEXTS, max_size=2)
)


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    table = draw(st.sampled_from(sorted(TABLES)))
    names = [c.name for c in TABLES[table].columns]
    return table, {name: draw(VALUES) for name in names if draw(st.booleans())}


def test_any_body_is_kept_or_refused(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_customer(session, number="C1")
        an_item(session, number="IT-1")
        a_site(session, code="MAIN")
    app = an_app(sqlite_database)
    app.extensions[door.EXTENSION] = Limiter(burst=10**6)
    erp = a_program(sqlite_database, app, *tokens.SCOPES)

    @settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
    @drawn(rows())
    def ask(sent: tuple[str, dict[str, Any]]) -> None:
        table, row = sent
        path = f"/api/v1/{table}"
        answer = erp.client.put(
            path,
            data=json.dumps({"rows": [row], "mode": "valid"}),
            headers={"Authorization": f"Bearer {erp.token}"},
        )
        assert answer.status_code == 200, (sent, answer.text)
        (result,) = answer.get_json()["results"]
        assert (result["outcome"] == "refused") == bool(result["problems"]), sent
        if result["outcome"] != "refused":
            assert erp.ask("GET", f"{path}/{result['key']}").status_code == 200, sent

    ask()
