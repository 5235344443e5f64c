"""A promised part as bars."""

from datetime import timedelta
from decimal import Decimal

from flask import Flask

from core.drafts.panes import PegView, PromiseView
from review_app.desk.plan_bars import MOST_BARS, plan_bars
from review_app.show import today


def part(*pegs: PegView, offset: int = 9) -> PromiseView:
    day = today() + timedelta(days=offset)
    return PromiseView(Decimal(5), "EA", day, day, "MAIN", 0, "Because.", pegs)


def peg(kind: str, begins: int, ends: int, level: int = 1) -> PegView:
    now = today()
    return PegView(kind, kind, now + timedelta(days=begins), now + timedelta(days=ends), level)


def test_bars_span_from_today_to_the_last_day_and_mark_wish_and_promise(app: Flask) -> None:
    with app.test_request_context():
        wish = today() + timedelta(days=4)
        (bars,) = plan_bars([part(peg("make", 5, 9), peg("buy", 0, 4, 2))], wish)
    assert (bars.wish, bars.promise) == (40.0, 90.0)
    assert [(b.left, b.width) for b in bars.rows] == [(50.0, 50.0), (0.0, 50.0)]


def test_what_lives_from_nothing_that_has_a_name_has_no_bars(app: Flask) -> None:
    with app.test_request_context():
        assert plan_bars([part()], None) == ()
        assert len(plan_bars([part(peg("stock", 0, 0))], None)) == 1


def test_many_supplies_are_cut_and_counted(app: Flask) -> None:
    with app.test_request_context():
        (bars,) = plan_bars([part(*[peg("buy", 0, 3)] * (MOST_BARS + 2))], None)
    assert len(bars.rows) == MOST_BARS and bars.more == 2
