"""Other ways to promise a line, over random books: nobody pays for them but who is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.company.calendar import Calendar
from core.promising.alternatives import alternatives, giving_way
from core.promising.ask import Ask, AskLine, Bucket, Demand, Group, SiteFacts, Source, Supply
from core.promising.question import Alternative
from core.promising.slips import covered, slips
from core.promising.sooner import Rush
from core.promising.stand_in import StandIn
from core.promising.taken import less, settled
from core.promising.terms import answer_in_groups

MONDAY = date(2026, 3, 2)
SITES = (SiteFacts(1, "NORTH", 1, 0, MONDAY), SiteFacts(2, "SOUTH", 2, 0, MONDAY))
SOURCES = {n: Source(f"IT-{n}", "EA", "bought", 20) for n in range(1, 4)}


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def supply(comes: list[tuple[int, int, int, int]], owed: list[tuple[int, int, int, int]]) -> Supply:
    """comes: (item, site, quantity, day); owed: (item, site, quantity, ship day), first promised first."""
    buckets = tuple(
        Bucket("receipt", n, f"PO{n}", item, site, Decimal(quantity), day(when), day(when))
        for n, (item, site, quantity, when) in enumerate(comes, 1)
    )
    demands = tuple(
        Demand(item, site, Decimal(quantity), day(when), n, n)
        for n, (item, site, quantity, when) in enumerate(owed, 1)
    )
    return Supply(Calendar(frozenset(), frozenset()), SITES, buckets, demands, SOURCES)


GOODS = st.tuples(st.integers(1, 3), st.integers(1, 2), st.integers(1, 9), st.integers(0, 9))
LINES = st.lists(
    st.tuples(st.integers(1, 2), st.integers(1, 12), st.integers(0, 8), st.sampled_from(["", "A"])),
    min_size=1,
    max_size=3,
)


@settings(max_examples=120, deadline=None)
@given(st.lists(GOODS, max_size=7), st.lists(GOODS, max_size=4), LINES, st.booleans())
def test_only_who_is_named_pays_and_what_is_shown_is_what_is_answered(
    comes: list[tuple[int, int, int, int]],
    owed: list[tuple[int, int, int, int]],
    wanted: list[tuple[int, int, int, str]],
    complete: bool,
) -> None:
    known = supply(comes, owed)
    lines = tuple(
        AskLine(n, item, Decimal(quantity), day(wish), n, group=group)
        for n, (item, quantity, wish, group) in enumerate(wanted, 1)
    )
    ask = Ask(lines, MONDAY, "partial", 0, (Group("A", complete),))
    told(ask, known)


@settings(max_examples=80, deadline=None)
@given(
    st.integers(1, 9),
    st.integers(1, 6),
    st.lists(st.integers(1, 5), min_size=1, max_size=3),
    st.integers(1, 9),
)
def test_who_is_served_first_costs_exactly_those_who_are_named(
    there: int, later: int, owed: list[int], wanted: int
) -> None:
    assume(sum(owed) <= there)  # earlier promises can be kept as things stand
    known = supply([(1, 1, there, 0), (1, 1, 40, later)], [(1, 1, n, 0) for n in owed])
    ask = Ask((AskLine(1, 1, Decimal(wanted), day(0), 1),), MONDAY)
    found = {way.kind: way for way in told(ask, known)}
    free = there - sum(owed)
    assert ("first" in found) == (free < wanted <= there)


def told(ask: Ask, known: Supply) -> tuple[Alternative, ...]:
    """The ways, each held to what it says."""
    before = answer_in_groups(ask, known)
    rushes = tuple(Rush(bucket.id) for bucket in known.buckets[:3])
    ways = alternatives(ask, known, 1, stand_ins=(StandIn(3, 2, 1),), rushes=rushes)
    for way in ways:
        picture = known
        if way.kind == "first":
            assert way.slips
            later = {s.schedule_line_id: s.to_date for s in way.slips if s.to_date}
            assert len(later) == len(way.slips)
            picture = giving_way(known, later)
            assert answer_in_groups(ask, picture).lines[1] == way.answer.lines[1]
            on_time = covered(picture)
            for slip in way.slips:
                assert on_time[slip.schedule_line_id] <= slip.to_date  # type: ignore[operator]
        elif way.kind == "expedite":
            assert way.days > 0 and way.due_date is not None
            sooner = tuple(
                replace(b, due_date=way.due_date, ready_date=way.due_date) if b.id == way.id else b
                for b in known.buckets
            )
            picture = replace(known, buckets=sooner)
            assert way.slips == ()
        parts = [part for found in way.answer.lines.values() for part in found]
        used: dict[int, Decimal] = {}
        for part in parts:
            for peg in part.pegging:
                if peg.kind == "receipt":
                    used[peg.id] = used.get(peg.id, Decimal(0)) + peg.quantity
        left = {b.id: b.quantity for b in settled(picture).buckets}
        assert all(quantity <= left.get(n, Decimal(0)) for n, quantity in used.items())
        assert slips(picture, less(picture, parts)) == ()
        if way.kind in ("substitute", "expedite", "first"):
            assert way.answer.last_date(1) < before.last_date(1)  # type: ignore[operator]
    return ways


def test_who_is_late_already_is_not_made_later_by_a_way() -> None:
    known = supply([(1, 1, 5, 0), (1, 1, 5, 6)], [(1, 1, 8, 0)])
    ask = Ask((AskLine(1, 1, Decimal(2), day(0), 1),), MONDAY)
    for way in alternatives(ask, known, 1, rushes=(Rush(2),)):
        assert way.kind != "first" or all(slip.to_date for slip in way.slips)


def test_a_line_that_shares_nothing_is_not_asked_again() -> None:
    known = supply([(1, 1, 5, 3), (2, 1, 5, 0)], [])
    lines = (AskLine(1, 1, Decimal(5), day(0), 1), AskLine(2, 2, Decimal(5), day(0), 2))
    (way,) = alternatives(Ask(lines, MONDAY, "partial", 0), known, 1, rushes=(Rush(1),))
    assert set(way.answer.lines) == {1}
