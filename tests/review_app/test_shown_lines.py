"""An answer leaves out the lines that the browser shows already as they are."""

from __future__ import annotations

import re

from sqlalchemy import select

from core.database import Database
from core.drafts.tables import Draft, DraftLine
from tests.review_app.conftest import Browser
from tests.review_app.firm import Firm

HTMX = {"HX-Request": "true"}
LINE = re.compile(r'<tbody class="line".*?</tbody>', re.S)


def lines_in(page: str) -> dict[str, tuple[str, str]]:
    """By line id: (mark, its rows)."""
    found = {}
    for rows in LINE.findall(page):
        number = re.search(r'data-line="(\d+)" data-mark="(\w+)"', rows)
        assert number
        found[number[1]] = number[2], rows
    return found


def shown(lines: dict[str, tuple[str, str]], *ids: str) -> str:
    return " ".join(f"{i}:{lines[i][0]}" for i in ids)


def save(
    clerk: Browser, database: Database, firm: Firm, edit: dict[str, str], marks: str = ""
) -> str:
    with database.read() as session:
        version = session.get_one(Draft, firm.draft_id).version
    form: dict[str, object] = {**edit, "version": version, "shown": marks}
    path = f"/draft/{firm.draft_id}/save"
    return clerk.post(path, form, headers=HTMX, buffered=True).get_data(as_text=True)


def line_ids(database: Database, firm: Firm) -> list[str]:
    with database.read() as session:
        rows = session.scalars(
            select(DraftLine.id)
            .where(DraftLine.draft_id == firm.draft_id)
            .order_by(DraftLine.position)
        )
        return [str(i) for i in rows]


def test_a_correction_draws_the_line_that_it_changes(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    first, second = line_ids(sqlite_database, firm)
    save(clerk, sqlite_database, firm, {"h.notes": "Handle with care"})
    before = lines_in(clerk.get(f"/draft/{firm.draft_id}").get_data(as_text=True))
    edit = {f"l.{first}.quantity": "13"}
    answer = save(clerk, sqlite_database, firm, edit, shown(before, first, second))
    assert list(lines_in(answer)) == [first]
    assert f'<tbody id="line-{second}" data-same></tbody>' in answer


def test_what_is_left_out_is_what_would_have_been_drawn(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    first, second = line_ids(sqlite_database, firm)
    save(clerk, sqlite_database, firm, {"h.notes": "Handle with care"})
    before = lines_in(clerk.get(f"/draft/{firm.draft_id}").get_data(as_text=True))
    after = lines_in(save(clerk, sqlite_database, firm, {f"l.{first}.quantity": "13"}))
    assert after[first] != before[first]
    assert after[second] == before[second]


def test_a_line_that_somebody_types_into_or_knows_otherwise_is_drawn(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    first, second = line_ids(sqlite_database, firm)
    before = lines_in(clerk.get(f"/draft/{firm.draft_id}").get_data(as_text=True))
    edit = {"h.notes": "Handle with care"}
    marks = f"{shown(before, first)} {second}:0123456789ab"
    assert second in lines_in(save(clerk, sqlite_database, firm, edit, marks))


def test_a_line_that_goes_or_comes_back_is_never_called_the_same(
    sqlite_database: Database, firm: Firm, clerk: Browser
) -> None:
    first, second = line_ids(sqlite_database, firm)
    before = lines_in(clerk.get(f"/draft/{firm.draft_id}").get_data(as_text=True))
    form: dict[str, object] = {"shown": shown(before, first, second)}
    gone = clerk.post(
        f"/draft/{firm.draft_id}/line/{second}/remove", form, headers=HTMX, buffered=True
    ).get_data(as_text=True)
    assert f'id="line-{second}"' not in gone
    form = {"shown": shown(before, first)}
    back = clerk.post(f"/draft/{firm.draft_id}/undo", form, headers=HTMX, buffered=True).get_data(
        as_text=True
    )
    assert second in lines_in(back)
