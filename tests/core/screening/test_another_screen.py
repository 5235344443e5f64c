"""A second screen that is installed beside the one that ships: as README shows it."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from sqlalchemy import select

from core.database import Database
from core.screening import look
from core.screening.tables import ScreeningRun
from tests.core.drafts.checked import Desk

README = Path(__file__).parents[3] / "README.md"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The example of README as a module, named by an entry point."""
    (code,) = re.findall(r"```python\n(.*?class OwnScreen.*?)```", README.read_text("utf-8"), re.S)
    module = types.ModuleType("own_screen")
    monkeypatch.setitem(sys.modules, "own_screen", module)
    exec(compile(code, "README.md", "exec"), module.__dict__)
    point = EntryPoint("own", "own_screen:OwnScreen", look.GROUP)
    monkeypatch.setattr(look, "entry_points", lambda group: [point] if group == look.GROUP else [])
    look.screens.cache_clear()
    yield
    look.screens.cache_clear()


@pytest.mark.usefixtures("installed")
def test_its_hits_wait_for_a_person_and_its_looks_are_logged(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        assert "restricted-party" not in desk.codes(desk.draft())
        draft = desk.draft(buyer_contact="Mallory Blocked")
        assert desk.codes(draft)["restricted-party"] == "blocking"
        said = desk.says(draft, "restricted-party")
        assert "“Mallory Blocked” is 100 % like “mallory blocked” on the list “own”" in said
        desk.again(draft)
        query = select(ScreeningRun).where(ScreeningRun.subject_id == draft.id)
        (run,) = session.scalars(query)
        assert (run.screen, run.lists) == ("own", [{"name": "own", "version": "1"}])
        assert draft.blocking_count >= 1
