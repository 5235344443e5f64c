"""Promises keep to the terms of delivery: groups, least parts, latest days, numbers of days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.company.calendar import Calendar
from core.promising.ask import (
    Answer,
    Ask,
    AskLine,
    Bucket,
    Group,
    Promised,
    SiteFacts,
    Source,
    Supply,
)
from core.promising.terms import Terms, answer_in_groups, group_of, under

MONDAY = date(2026, 3, 2)
SITE = SiteFacts(1, "NORTH", 1, 0, MONDAY)
SOURCES = {n: Source(f"IT-{n}", "EA", "bought", 20) for n in range(1, 4)}


def supply(*comes: tuple[int, int, int]) -> Supply:
    """comes: (item, quantity, days from Monday)."""
    buckets = tuple(
        Bucket(
            "receipt",
            n,
            f"PO{n}",
            item,
            1,
            Decimal(quantity),
            MONDAY + timedelta(days),
            MONDAY + timedelta(days),
        )
        for n, (item, quantity, days) in enumerate(comes, 1)
    )
    return Supply(Calendar(frozenset(), frozenset()), (SITE,), buckets, (), SOURCES)


def line(key: int, quantity: int, wish: int = 0, **more: object) -> AskLine:
    asked = AskLine(key, key, Decimal(quantity), MONDAY + timedelta(wish), key)
    return replace(asked, **more)  # type: ignore[arg-type]


def told(parts: tuple[Promised, ...]) -> list[tuple[int, int]]:
    return [(int(p.quantity), (p.promised_date - MONDAY).days) for p in parts]


def ask(
    found: Supply, *lines: AskLine, groups: tuple[Group, ...] = (), policy: str = "partial"
) -> Answer:
    return answer_in_groups(Ask(lines, MONDAY, policy, 0, groups), found)


def test_one_late_line_moves_its_group_and_no_other_line() -> None:
    found = ask(
        supply((1, 5, 0), (2, 5, 6), (3, 5, 0)),
        line(1, 5, group="A"),
        line(2, 5, group="A"),
        line(3, 5),
        groups=(Group("A", complete=True),),
    )
    assert {key: told(parts) for key, parts in found.lines.items()} == {
        1: [(5, 6)],
        2: [(5, 6)],
        3: [(5, 0)],
    }
    reason = found.lines[1][0].reason
    assert reason.code == "waits-for-line"
    assert (reason.facts["position"], reason.facts["waits"]) == ("2", "6")


def test_two_groups_never_share_the_same_goods() -> None:
    one = replace(line(1, 4), key=10, group="A")
    two = replace(line(1, 4), key=11, group="B")
    groups = (Group("A", complete=True), Group("B"))
    found = ask(supply((1, 5, 0), (1, 5, 3)), one, two, groups=groups)
    assert told(found.lines[10]) == [(4, 0)]
    assert told(found.lines[11]) == [(1, 0), (3, 3)]


def test_no_part_is_smaller_than_the_customer_takes_nor_is_the_rest() -> None:
    comes = supply((1, 3, 0), (1, 4, 2), (1, 50, 9))
    assert told(ask(comes, line(1, 10, least=Decimal(5))).lines[1]) == [(5, 2), (5, 9)]
    assert told(ask(comes, line(1, 8, least=Decimal(5))).lines[1]) == [(8, 9)]
    assert told(ask(comes, line(1, 2, least=Decimal(5))).lines[1]) == [(2, 0)]


def test_whole_packs_and_a_least_part_go_together() -> None:
    comes = supply((1, 8, 0), (1, 50, 9))
    found = ask(comes, line(1, 10, least=Decimal(3), multiple=Decimal(2)))
    assert told(found.lines[1]) == [(6, 0), (4, 9)]


def test_a_line_comes_on_so_many_days_and_no_more() -> None:
    comes = supply((1, 2, 0), (1, 2, 1), (1, 2, 2), (1, 50, 3))
    assert told(ask(comes, line(1, 8, most_parts=2)).lines[1]) == [(2, 0), (6, 3)]
    assert told(ask(comes, line(1, 8, most_parts=1)).lines[1]) == [(8, 3)]


def test_what_comes_after_the_latest_day_is_missed_and_not_promised() -> None:
    latest = MONDAY + timedelta(2)
    found = ask(supply((1, 6, 0), (1, 6, 5)), line(1, 10, latest_date=latest))
    assert told(found.lines[1]) == [(6, 0)]
    assert told(found.missed[1]) == [(4, 5)]
    assert found.missed[1][0].reason.code == "beyond-latest"
    assert found.missed[1][0].reason.facts["latest"] == latest.isoformat()


def test_a_complete_delivery_is_missed_as_a_whole() -> None:
    latest = MONDAY + timedelta(2)
    found = ask(
        supply((1, 5, 0), (2, 5, 6)),
        line(1, 5, latest_date=latest),
        line(2, 5, latest_date=latest),
        policy="complete",
    )
    assert found.lines == {1: (), 2: ()}
    assert {key: told(parts) for key, parts in found.missed.items()} == {1: [(5, 6)], 2: [(5, 6)]}


def test_a_delivery_that_is_worth_too_little_waits_for_the_next() -> None:
    worth = {"unit_value": Decimal(10)}
    group = Group("", least_value=Decimal(60))
    comes = supply((1, 5, 0), (2, 2, 1), (2, 8, 4))
    found = ask(comes, line(1, 5, **worth), line(2, 9, **worth), groups=(group,))
    assert told(found.lines[1]) == [(5, 1)]
    assert found.lines[1][0].reason.code == "waits-for-value"
    assert told(found.lines[2]) == [(2, 1), (7, 4)]


def test_a_rest_that_is_worth_too_little_makes_the_one_before_wait() -> None:
    worth = {"unit_value": Decimal(10)}
    group = Group("", least_value=Decimal(60))
    found = ask(supply((1, 8, 0), (1, 8, 4)), line(1, 10, **worth), groups=(group,))
    assert told(found.lines[1]) == [(10, 4)]


def test_what_would_expire_while_it_waits_comes_from_what_lasts() -> None:
    worth = {"unit_value": Decimal(10)}
    group = Group("", least_value=Decimal(60))
    comes = supply((1, 5, 0), (1, 8, 4))
    comes = replace(comes, buckets=(replace(comes.buckets[0], until=MONDAY), comes.buckets[1]))
    found = ask(comes, line(1, 6, **worth), groups=(group,))
    assert told(found.lines[1]) == [(6, 4)]
    assert {peg.number for peg in found.lines[1][0].pegging} == {"PO2"}


def test_terms_say_how_a_line_is_asked() -> None:
    terms = Terms(part_quantity=Decimal(5), most_dates=2)
    asked = under(line(1, 9), terms, MONDAY)
    assert (asked.most_parts, asked.least, asked.latest_date) == (2, 5, MONDAY)
    assert under(line(1, 9), Terms(complete=True), None).most_parts == 1
    assert group_of("A", Terms(complete=True)) == Group("A", True)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 2), st.integers(1, 9), st.integers(0, 6)), max_size=6),
    st.lists(
        st.tuples(st.integers(1, 2), st.integers(1, 12), st.sampled_from(["", "A", "B"])),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
    st.integers(0, 4),
    st.integers(0, 80),
)
def test_no_terms_ever_promise_more_than_there_is(
    comes: list[tuple[int, int, int]],
    wanted: list[tuple[int, int, str]],
    complete: bool,
    least: int,
    value: int,
) -> None:
    picture = supply(*comes)
    lines = tuple(
        AskLine(
            n,
            item,
            Decimal(quantity),
            MONDAY,
            n,
            group=group,
            least=Decimal(least),
            unit_value=Decimal(10),
        )
        for n, (item, quantity, group) in enumerate(wanted)
    )
    groups = (Group("A", complete), Group("B", least_value=Decimal(value)))
    found = answer_in_groups(Ask(lines, MONDAY, "partial", 0, groups), picture)
    for asked in lines:
        assert sum(p.quantity for p in found.lines[asked.key]) == asked.quantity
    used: dict[int, Decimal] = {}
    for parts in found.lines.values():
        for part in parts:
            for peg in part.pegging:
                if peg.kind == "receipt":
                    bucket = next(b for b in picture.buckets if b.id == peg.id)
                    assert bucket.ready_date <= part.ship_date
                    used[peg.id] = used.get(peg.id, Decimal(0)) + peg.quantity
    assert all(
        total <= next(b.quantity for b in picture.buckets if b.id == n) for n, total in used.items()
    )
