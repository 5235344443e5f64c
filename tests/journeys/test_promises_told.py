"""Rules of the trade about promises, each told as a story from the customer's mail to ours."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from core.agreements.tables import CheckRule
from core.catalogue.tables import Item, Substitute
from core.database import Database
from core.insight.on_time import on_time_to_promised
from core.orders.tables import Hold, Order, OrderLine, ScheduleLine
from core.shipping.tables import PickLine
from core.supply.tables import Receipt, Site, StockLot
from core.values import Period
from core.watch.tables import PromiseNotice
from tests.builders import a_lot, a_receipt
from tests.journeys.front_door import FrontDoor, day, front_door, in_order, words


def stock(door: FrontDoor, letter: str, quantity: int) -> None:
    with door.database.begin() as session:
        item = session.get_one(Item, door.items[letter])
        a_lot(session, session.get_one(Site, door.site_id), item, quantity)


def comes(door: FrontDoor, letter: str, quantity: int, offset: int, number: str) -> None:
    with door.database.begin() as session:
        item, site = session.get_one(Item, door.items[letter]), session.get_one(Site, door.site_id)
        a_receipt(session, site, item, quantity, day(offset), number=number)


def schedule(door: FrontDoor, order_id: int) -> list[tuple[int, int, object, object]]:
    """(line, quantity, first promised, promised) of each part."""
    with door.database.read() as session:
        rows = session.execute(
            select(
                OrderLine.position,
                ScheduleLine.quantity,
                ScheduleLine.first_promised_date,
                ScheduleLine.promised_date,
            )
            .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
            .where(OrderLine.order_id == order_id, ScheduleLine.quantity > 0)
            .order_by(OrderLine.position, ScheduleLine.position)
        )
        return [(p, int(q), first, now) for p, q, first, now in rows]


def test_lesson_5_receipt_acceptance_and_changed_acceptance_are_three_messages(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path) as door:
        stock(door, "A", 100)
        draft = door.order_mail("NG-5", ("A", 40, 3))
        ((subject, text),) = door.mails()
        assert "NG-5" in subject and "we confirm" not in text
        assert words(day(3)) not in text
        order = door.confirm(draft)
        ((_, text),) = door.mails()
        assert "we confirm your order NG-5" in text and words(day(3)) in text
        assert "Everything is confirmed as you asked" in text
        with database.read() as session:
            line = session.scalars(select(OrderLine.id)).one()
        door.press(
            f"/order/{order}/change", **{f"quantity.{line}": "60", "reason": "Ana, by phone"}
        )
        ((_, text),) = door.mails()
        assert "revision 2" in text and "60 EA" in text


def wants_consent(door: FrontDoor) -> None:
    with door.database.begin() as session:
        rule = CheckRule(code="acceptance-differs", severity="hold", roles=["clerk", "admin"])
        rule.customer_id = door.customer_id
        session.add(rule)


def test_lesson_5_an_answer_that_differs_is_an_offer_until_the_customer_agrees(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path) as door:
        wants_consent(door)
        stock(door, "A", 100)
        comes(door, "B", 100, 9, "PO-B")
        draft = door.order_mail("NG-51", ("A", 10, 3), ("B", 20, 3), ("A", 5, 3))
        door.mails()
        door.at_desk(draft, f"line/{door.line(draft, 3)}/remove")
        differs = "line 2: date changed; line 3: not accepted"
        told = door.page(f"/draft/{draft}")
        assert f"Our answer differs from the order: {differs}." in told
        order = door.confirm(draft)
        ((subject, text),) = door.mails()
        assert "Offer SO000001" in subject and "we confirm" not in text.lower()
        assert f"Our answer differs from your order: {differs}." in text
        assert "This is our offer; we deliver when you agree." in text
        door.press(f"/order/{order}/allocate")
        assert "Consent hold" in door.press(f"/order/{order}/release")
        told = door.page(f"/order/{order}")
        assert "No answer of the customer's yet." in told

        answer = door.reply("Dear all, that is fine with us. Kind regards, Ana")
        told = door.page(f"/order/{order}")
        assert "Re: your answer of buyer@north.example" in told and "Customer agrees y" in told
        with database.read() as session:
            hold = session.scalars(select(Hold.id)).one()
        ours = door.press(f"/order/{order}/agree", hold_id=hold, document_id=answer - 1)
        assert "does not answer what the hold waits for" in ours
        told = door.press(f"/order/{order}/agree", hold_id=hold, document_id=answer)
        assert "The customer agrees: “Re: your answer” of buyer@north.example" in told
        with database.read() as session:
            kept = session.get_one(Hold, hold)
            assert (kept.status, kept.facts["document_id"]) == ("released", answer)
        assert "Released to the warehouse" in door.press(f"/order/{order}/release")
        door.press(f"/order/{order}/acknowledge")
        ((_, text),) = door.mails()
        assert "we confirm your order NG-51" in text and "our offer" not in text


def test_lesson_5_an_answer_as_ordered_binds_at_once_and_a_refused_one_is_cancelled(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path) as door:
        wants_consent(door)
        stock(door, "A", 15)
        door.confirm(door.order_mail("NG-52", ("A", 10, 3)))
        assert "we confirm your order NG-52" in door.mails()[-1][1]
        order = door.confirm(door.order_mail("NG-53", ("A", 20, 3)))
        assert "our offer" in door.mails()[-1][1]
        door.reply("No, then we do not want them.")
        told = door.press(f"/order/{order}/cancel", reason="you did not agree")
        assert "cancelled" in told
        ((subject, text),) = door.mails()
        assert "Cancellation" in subject and "our offer" not in text


def test_lesson_6_every_line_is_answered_with_all_that_differs_also_one_that_is_not_taken(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path, substitutes="in-time") as door:
        stock(door, "A", 100)
        stock(door, "B", 30)
        stock(door, "D", 100)
        comes(door, "B", 100, 9, "PO-B")
        with database.begin() as session:
            session.add(Substitute(item_id=door.items["C"], substitute_id=door.items["D"]))
        draft = door.order_mail("NG-6", ("A", 10, 3), ("B", 50, 3), ("C", 20, 3), ("A", 5, 3))
        door.mails()
        told = door.page(f"/draft/{draft}")
        assert "IT-D instead" in told and "ordered: IT-C" in told
        assert "It goes instead of IT-C, which would be there on" in told
        door.at_desk(draft, f"line/{door.line(draft, 4)}/remove")
        door.confirm(draft)
        ((_, text),) = door.mails()
        assert in_order(
            text,
            (
                "IT-A",
                "We confirm: 10 EA",
                "* 2 IT-B",
                f"30 EA, {words(day(3))}; 20 EA, {words(day(10))}",
                "in several deliveries, date changed",
                "* 3 IT-D",
                "You asked: 20 EA of IT-C",
                "substituted",
                "* 4 IT-A",
                "We confirm: nothing",
                "not accepted, quantity changed: this line is not delivered",
            ),
        ), text


def test_lesson_7_one_ordered_line_is_promised_in_parts_and_each_part_keeps_its_day(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path) as door:
        stock(door, "A", 50)
        comes(door, "A", 500, 14, "PO-A")
        draft = door.order_mail("NG-7", ("A", 250, 2))
        door.mails()
        told = door.page(f"/draft/{draft}")
        assert "Books 1 line, 1 in parts" in told
        order = door.confirm(draft)
        assert schedule(door, order) == [
            (1, 50, day(2), day(2)),
            (1, 200, day(15), day(15)),
        ]
        ((_, text),) = door.mails()
        assert "You asked: 250 EA" in text
        assert f"50 EA, {words(day(2))}; 200 EA, {words(day(15))}" in text
        told = door.page(f"/order/{order}")
        assert "Waits for 200 EA of IT-A" in told and "PO-A" in told


def test_lesson_7_a_customer_who_takes_one_delivery_gets_one(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path, most_dates=1) as door:
        stock(door, "A", 50)
        comes(door, "A", 500, 14, "PO-A")
        order = door.confirm(door.order_mail("NG-71", ("A", 250, 2)))
        assert schedule(door, order) == [(1, 250, day(15), day(15))]


def test_lesson_8_no_line_takes_its_day_from_another_nor_from_what_needs_no_time(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path) as door:
        stock(door, "A", 100)
        comes(door, "B", 100, 5, "PO-B")
        stock(door, "D", 1)
        draft = door.order_mail("NG-8", ("A", 10, 20), ("B", 10, 2), ("D", 1, 1))
        order = door.confirm(draft)
        assert schedule(door, order) == [
            (1, 10, day(20), day(20)),
            (2, 10, day(6), day(6)),
            (3, 1, day(1), day(1)),
        ]
        with database.read() as session:
            lines = session.scalars(select(OrderLine).order_by(OrderLine.position)).all()
            assert [line.requested_date for line in lines] == [day(20), day(2), day(1)]
        _, (_, text) = door.mails()
        assert in_order(text, (words(day(20)), words(day(6)), words(day(1)))), text


def test_lesson_9_the_first_promise_is_kept_for_ever_and_measures_us(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path) as door:
        comes(door, "A", 100, 4, "PO-A")
        order = door.confirm(door.order_mail("NG-9", ("A", 40, 5)))
        for later, said in ((9, "ship is late"), (12, "customs")):
            with database.begin() as session:
                session.scalars(select(Receipt)).one().expected_date = day(later)
            door.press(f"/order/{order}/repromise")
            assert schedule(door, order) == [(1, 40, day(5), day(later + 1))], said
        told = door.page(f"/order/{order}")
        assert "3 versions" in told
        with database.begin() as session:
            row = session.scalars(select(ScheduleLine)).one()
            row.actual_date = row.promised_date
        with database.read() as session:
            figure = on_time_to_promised(session, Period(day(0), day(30)))
        assert (figure.value, figure.of) == (0, "0 of 1 lines")


def test_lesson_13_one_late_line_moves_the_whole_delivery_and_the_clerk_sees_why_and_by_how_much(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path, delivery_policy="complete") as door:
        stock(door, "A", 100)
        comes(door, "B", 100, 9, "PO-B")
        draft = door.order_mail("NG-13", ("A", 10, 2), ("B", 10, 2))
        told = door.page(f"/draft/{draft}")
        assert "All together." in told
        assert "All of it waits for line 2 (IT-B)" in told and "8 days later" in told
        order = door.confirm(draft)
        assert {now for *_, now in schedule(door, order)} == {day(10)}
        door.press(f"/order/{order}/allocate")
        told = door.press(f"/order/{order}/release")
        assert "wants everything together, and line 2 is not allocated in full" in told
        with database.read() as session:
            assert session.scalars(select(StockLot.on_hand_quantity)).one() == 100


def test_lesson_13_the_customer_agrees_to_parts_and_only_that_order_comes_so(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path, delivery_policy="complete") as door:
        stock(door, "A", 100)
        comes(door, "B", 100, 9, "PO-B")
        first = door.order_mail("NG-14", ("A", 10, 2), ("B", 10, 2))
        other = door.order_mail("NG-15", ("A", 10, 2), ("B", 10, 2))
        told = door.at_desk(first, "delivery", complete="no", reason="Ana needs IT-A now")
        assert "In parts. Agreed by Mara: Ana needs IT-A now" in told
        order = door.confirm(first)
        assert [now for *_, now in schedule(door, order)] == [day(2), day(10)]
        waits = door.confirm(other)
        assert {now for *_, now in schedule(door, waits)} == {day(10)}
        with database.read() as session:
            kept = session.get_one(Order, order).delivery[""]
            assert (kept["terms"]["complete"], kept["reason"]) == ("no", "Ana needs IT-A now")
        door.press(f"/order/{order}/allocate")
        assert "Released to the warehouse" in door.press(f"/order/{order}/release")


def test_a_promise_that_changed_meanwhile_is_told_and_nothing_is_booked(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path) as door:
        stock(door, "A", 50)
        comes(door, "A", 500, 14, "PO-A")
        slow, quick = (door.order_mail(po, ("A", 50, 2)) for po in ("NG-20", "NG-21"))
        assert "all there by" in door.page(f"/draft/{slow}")
        door.confirm(quick)
        told = door.at_desk(slow, "confirm")
        assert "other orders took supply in the meantime" in told and "Nothing was booked" in told
        with database.read() as session:
            assert session.scalar(select(Order.id).where(Order.draft_id == slow)) is None
        order = door.confirm(slow)
        assert schedule(door, order) == [(1, 50, day(15), day(15))]


def test_who_is_served_first_gets_the_day_and_who_gives_way_is_told(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path) as door:
        stock(door, "A", 50)
        comes(door, "A", 50, 6, "PO-A")
        early = door.confirm(door.order_mail("NG-30", ("A", 50, 2)))
        door.mails()
        urgent = door.order_mail("NG-31", ("A", 50, 2))
        line = door.line(urgent, 1)
        told = door.page(f"/draft/{urgent}/line/{line}/ways")
        assert "Serve it before earlier promises" in told
        assert "SO000001 line 1 (North Works) slips 5 d" in told
        told = door.at_desk(urgent, f"line/{line}/way/first/0")
        assert "1 earlier promise gives way" in told and "held until" in told
        order = door.confirm(urgent)
        assert schedule(door, order) == [(1, 50, day(2), day(2))]
        assert schedule(door, early) == [(1, 50, day(2), day(7))]
        told = door.page(f"/order/{early}")
        assert "SO000002 was served first" in told
        door.mails()
        with database.read() as session:
            notice = session.scalars(select(PromiseNotice.id)).one()
        door.press(f"/promises/mail/{notice}/send")
        ((_, text),) = door.mails()
        assert "SO000001" in text and words(day(7)) in text and words(day(2)) in text


def test_two_clerks_cannot_offer_the_same_goods_and_an_offer_that_is_given_up_is_free_again(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path) as door:
        stock(door, "A", 50)
        first, second = (door.order_mail(po, ("A", 50, 2)) for po in ("NG-40", "NG-41"))
        assert "held until" in door.at_desk(first, "hold")
        told = door.at_desk(second, "hold")
        assert "No supply is planned for IT-A" in told
        door.at_desk(first, "park", reason="waits for the budget")
        door.at_desk(second, "hold")
        assert schedule(door, door.confirm(second)) == [(1, 50, day(2), day(2))]


def test_lesson_13_a_group_waits_for_its_own_and_the_rest_of_the_order_leaves(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path) as door:
        stock(door, "A", 100)
        stock(door, "C", 100)
        comes(door, "B", 100, 9, "PO-B")
        draft = door.order_mail("NG-16", ("A", 10, 2), ("B", 10, 2), ("C", 10, 2))
        kit = [door.line(draft, 1), door.line(draft, 2)]
        told = door.at_desk(
            draft, "delivery", group="Kit", complete="yes", line_id=kit, reason="one stand"
        )
        assert "Group Kit lines 1, 2 : All together." in told and "8 days later" in told
        order = door.confirm(draft)
        assert [now for *_, now in schedule(door, order)] == [day(10), day(10), day(2)]
        door.press(f"/order/{order}/allocate")
        assert "Released to the warehouse" in door.press(f"/order/{order}/release")
        with database.read() as session:
            leaves = session.scalars(
                select(OrderLine.position).join(PickLine, PickLine.order_line_id == OrderLine.id)
            ).all()
        assert leaves == [3]
        told = door.press(f"/order/{order}/release")
        assert "line 2 is not allocated in full" in told


def test_lesson_13_lines_are_grouped_after_booking_and_the_days_are_seen_first(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path) as door:
        stock(door, "A", 100)
        stock(door, "C", 100)
        comes(door, "B", 100, 9, "PO-B")
        order = door.confirm(door.order_mail("NG-17", ("A", 10, 2), ("B", 10, 2), ("C", 10, 2)))
        alone = [day(2), day(10), day(2)]
        assert [now for *_, now in schedule(door, order)] == alone
        with database.read() as session:
            a, b, _ = session.scalars(select(OrderLine.id).order_by(OrderLine.position)).all()
        told = door.page(f"/order/{order}/terms-ahead?group=Kit&line_id={a}&line_id={b}")
        assert told.count("+8 d") == 1 and told.count("as now") == 2
        assert [now for *_, now in schedule(door, order)] == alone
        wish = {"group": "Kit", "line_id": [a, b]}
        told = door.press(f"/order/{order}/set_delivery", **wish, reason="one stand")
        assert "the order has new dates" in told and "group Kit" in told
        assert "Terms of delivery of group Kit (lines 1, 2): All together." in told
        assert [now for *_, now in schedule(door, order)] == [day(10), day(10), day(2)]
        assert [first for *_, first, _ in schedule(door, order)] == alone
        told = door.page(f"/order/{order}/terms-ahead?group=Kat&dissolve=yes")
        assert "Name the group that is dissolved." in told
        door.press(f"/order/{order}/set_delivery", group="Kit", dissolve="yes", reason="not needed")
        assert [now for *_, now in schedule(door, order)] == alone
        assert "3 versions" in door.page(f"/order/{order}")


def test_lesson_5_a_mailed_change_that_restates_our_offer_is_the_customers_yes(
    database: Database, tmp_path: Path
) -> None:
    with front_door(database, tmp_path) as door:
        wants_consent(door)
        stock(door, "A", 100)
        comes(door, "B", 100, 9, "PO-B")
        order = door.confirm(door.order_mail("NG-54", ("A", 10, 3), ("B", 20, 3)))
        door.mails()
        please = "please change our order {po} as attached."
        change = door.order_mail(
            "NG-54", ("A", 10, 3), ("B", 30, 10), subject="Order change", says=please
        )
        told = door.page(f"/draft/{change}")
        assert "They answer our offer. Line 2 differs: wants 30, we offered 20." in told
        assert "line 2 differs: wants 30" in door.page(f"/order/{order}")
        door.at_desk(change, "withdraw", reason="they wrote again")
        door.order_mail(
            "NG-54", ("A", 10, 3), ("B", 20, 10), subject="Corrected order change", says=please
        )
        told = door.page(f"/order/{order}")
        assert "The customer agreed to our offer for order SO000001" in told
        assert "Line 2 agrees to our offer" in told
        ((subject, text),) = door.mails()[-1:]
        assert "Order acknowledgement" in subject and "our offer" not in text
        assert "Everything is confirmed as you asked" in text
        door.press(f"/order/{order}/allocate")
        assert "Released to the warehouse" in door.press(f"/order/{order}/release")
