"""What a second order is: every story comes as mails through the front door, and a clerk books the first one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.database import Database
from core.drafts.earlier.slips import is_slip
from core.drafts.keys import po_key
from core.drafts.reasons import problem_sentence
from core.drafts.tables import Problem
from core.orders.tables import Order
from core.values import utc_now
from tests.journeys.front_door import FrontDoor, front_door

Lines = tuple[tuple[str, int], ...]
A, AB = (("A", 0),), (("A", 0), ("B", 1))


@dataclass(frozen=True, slots=True)
class Story:
    """number, then: of both orders; lines: (item, more than the story's own quantity); days: the first was booked so
    long ago; wish: days from today of the second (the first wants 60); expects: the outcome, "" for a new order."""

    name: str
    number: str
    then: str
    expects: str
    lines: Lines = A
    more: Lines | None = None
    days: int = 0
    wish: int = 60
    cancelled: bool = False
    booked: bool = True


STORIES = (
    Story("sent once more", "4500010", "4500010", "same"),
    Story("sent once more, two lines turned round", "4500020", "4500020", "same", AB, (("B", 1), ("A", 0))),
    Story("with a prefix", "4500030", "PO 4500030", "same"),
    Story("with separators", "45-000-40", "4500040", "same"),
    Story("with leading zeros", "4500050", "004500050", "same"),
    Story("with a revision mark, nothing changed", "4500060", "4500060 Rev. B", "same"),
    Story("again after a month", "4500070", "4500070", "same", days=30),
    Story("again while the first still waits", "4500080", "4500080", "same", booked=False),
    Story("another quantity", "4500090", "4500090", "revision", A, (("A", 3),)),
    Story("another day", "4500100", "4500100", "revision", wish=75),
    Story("one line more", "4500110", "4500110", "revision", A, AB),
    Story("one line less", "4500120", "4500120", "revision", AB, A),
    Story("other goods soon after", "4500130", "4500130", "revision", A, (("B", 0),)),
    Story("a revision while the first waits", "4500140", "4500140", "revision", A, (("A", 5),), booked=False),
    Story("the rest of an order in a second mail", "4500150", "4500150", "revision", (("A", 0),), (("C", 2), ("D", 3))),
    Story("other goods next year", "4500160", "4500160", "reused-number", A, (("B", 0),), days=400),
    Story("the same goods next year", "4500170", "4500170", "revision", A, (("A", 9),), days=400),
    Story("cancelled and entered again", "4500180", "4500180", "", cancelled=True),
    Story("cancelled, entered with a change", "4500190", "4500190", "", A, (("A", 2),), cancelled=True),
    Story("the next number, other goods", "4500200", "4500201", "", A, (("B", 0),)),
    Story("the next number, same goods: a weekly order", "4500210", "4500211", ""),
    Story("ten numbers on, same goods", "4500220", "4500230", ""),
    Story("no telling number, same goods", "1", "1", "same-content"),
    Story("a month for a number, same goods", "Mai", "Mai", "same-content", (("C", 0),)),
    Story("a month for a number, other goods", "Juni", "Juni", "", (("C", 0),), (("D", 1),)),
    Story("by telephone, then in writing", "tel", "4500250", "same-content", (("D", 0),)),
    Story("no telling number, the same two months later", "2", "2", "", (("B", 0),), days=70),
    Story("neighbours swapped", "4507260", "4570260", "same-content"),
    Story("neighbours swapped, other goods", "4507270", "4570270", "", A, (("B", 0),)),
    Story("a figure left out", "4587280", "458780", "same-content"),
    Story("O for 0", "PX4500290", "PX45OO290", "same-content"),
    Story("a figure mistyped early on", "4500300", "4600300", "same-content"),
    Story("a figure mistyped, two months ago", "4500310", "4600310", "", days=70),
    Story("lower case", "nw-4500320-a", "NW-4500320-A", "same"),
    Story("slashes", "2026/4500330", "2026-4500330", "same"),
    Story("one part of a number", "4500340", "4500340-2", ""),
)  # fmt: skip


@pytest.fixture(scope="module")
def door(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    import shutil

    from core.database import connect

    folder = tmp_path_factory.mktemp("door")
    shutil.copyfile(sqlite_template, folder / "door.sqlite")
    database = Database(connect(f"sqlite:///{folder / 'door.sqlite'}"))
    with front_door(database, folder) as found:
        yield found
    database.engine.dispose()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_second_order_is_what_it_is(door: FrontDoor, story: Story) -> None:
    own = 100 + 20 * STORIES.index(story)
    first = door.order_mail(story.number, *((x, own + n, 60) for x, n in story.lines))
    if story.booked:
        order_id = _booked(door, first)
        with door.database.begin() as session:
            order = session.get_one(Order, order_id)
            order.booked_at = utc_now() - timedelta(days=story.days)
        if story.cancelled:
            door.press(f"/order/{order_id}/cancel", reason="entered wrongly")
            with door.database.read() as session:
                assert session.get_one(Order, order_id).status == "cancelled"
    more = story.more if story.more is not None else story.lines
    second = door.order_mail(story.then, *((x, own + n, story.wish) for x, n in more))
    with door.database.read() as session:
        query = select(Problem).where(
            Problem.draft_id == second,
            Problem.code.in_(("duplicate-order", "revision-of-order")),
        )
        found = session.scalars(query).all()
        assert [p.facts["outcome"] for p in found] == ([story.expects] if story.expects else [])
        if found and story.booked:
            assert {"same_number", "same_lines", "apart", "order"} <= {*found[0].facts}
            said = problem_sentence(found[0].code, found[0].facts)
            assert ("may be mistyped" in said) is is_slip(po_key(story.number), po_key(story.then))


def _booked(door: FrontDoor, draft_id: int) -> int:
    """Weak numbers and the like are let pass."""
    with door.database.read() as session:
        query = select(Problem.id).where(Problem.draft_id == draft_id, Problem.blocking)
        ids = session.scalars(query).all()
    for problem_id in ids:
        door.at_desk(draft_id, f"problem/{problem_id}/accept", **{f"reason-{problem_id}": "ok"})
    return door.confirm(draft_id)


@pytest.mark.parametrize(
    ("one", "two", "slip"),
    [
        ("4500123", "4500132", True), ("4500123", "4501023", True), ("4500123", "450123", True), ("4500123", "4600123", True),
        ("45O0123", "4500123", True), ("4500123", "4500124", False), ("4500123", "4500133", False), ("4500123", "4500123", False),
        ("4500123", "45001234", False), ("4500123", "4711", False), ("4512345", "4523456", False),
    ],
)  # fmt: skip
def test_slips_are_told_from_counting_on(one: str, two: str, slip: bool) -> None:
    assert is_slip(one, two) is slip
    assert is_slip(two, one) is slip
