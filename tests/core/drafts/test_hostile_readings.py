"""Whatever a reader hands over, a draft opens, shows and takes corrections."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.correct import Edit, correct
from core.drafts.open import open_drafts
from core.drafts.workbench import workbench
from core.inbound.reading import (
    HEADER_FIELDS,
    LINE_FIELDS,
    Candidate,
    Evidence,
    Extraction,
    ReadOrder,
)
from tests import builders as make
from tests.core.drafts.test_open import a_house

texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            "9" * 13,
            "-5",
            "0",
            "0.0000001",
            "1e9",
            "9999-12-31",
            "0001-01-01",
            "2026-02-30",
            "77120",
            "BX-40",
            "CS",
            "2500000000",
            "\x00",
            "\ud800",
            "%_'\"",
            "x" * 3000,
        ]
    ),
)
candidates = st.builds(
    Candidate,
    value=texts,
    confidence=st.floats(allow_nan=True, allow_infinity=True),
    evidence=st.builds(Evidence, text=texts),
    source=texts,
)
orders = st.builds(
    ReadOrder,
    fields=st.dictionaries(st.sampled_from(HEADER_FIELDS), candidates, max_size=8),
    lines=st.lists(
        st.dictionaries(st.sampled_from(LINE_FIELDS), candidates, max_size=8), max_size=4
    ).map(tuple),
)
SLOW = {
    "deadline": None,
    "phases": (Phase.explicit, Phase.reuse, Phase.generate),
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


def open_and_look(session: Session, read: Extraction) -> None:
    house: Any = a_house(session)
    house["document"].lane = read.lane
    for draft in open_drafts(session, house["document"], read, act=make.an_act()):
        bench = workbench(session, draft.id)
        assert len(bench.lines) == len(read.orders[0].lines if read.orders else ())
        edit = Edit(None, "notes", "looked at")
        correct(session, draft, (edit,), version=draft.version, act=make.an_act())


@settings(max_examples=25, **SLOW)  # type: ignore[arg-type]
@given(st.sampled_from(["order", "change", "cancellation"]), st.lists(orders, max_size=1))
def test_any_reading_opens_on_sqlite(
    sqlite_database: Database, lane: str, found: list[ReadOrder]
) -> None:
    with sqlite_database.read() as session:
        open_and_look(session, Extraction(lane, orders=tuple(found)))


@settings(max_examples=15, **SLOW)  # type: ignore[arg-type]
@given(st.lists(orders, min_size=1, max_size=1))
def test_any_reading_opens_on_postgresql(
    postgres_database: Database, found: list[ReadOrder]
) -> None:
    with postgres_database.read() as session:
        open_and_look(session, Extraction("order", orders=tuple(found)))
