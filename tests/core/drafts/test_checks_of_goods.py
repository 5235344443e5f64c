"""Checks of what is ordered: revisions, configurations, approvals, amounts, packs, hazards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from core.agreements.tables import ItemApproval
from core.catalogue.tables import ItemFeature, ItemHazard, ItemRevision
from core.database import Database
from core.drafts.checks.habits import is_unusual, usual
from core.drafts.correct import Edit, correct
from core.errors import NotAllowed
from tests import builders as make
from tests.core.drafts.checked import Desk

DAY = timedelta(days=1)


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    with sqlite_database.begin() as session:
        yield Desk(session)


def a_line(**texts: str) -> dict[str, str]:
    return {"buyer_sku": "77120", "quantity": "3", "uom": "EA", "unit_price": "4.10", **texts}


def revisions(desk: Desk, **states: str) -> None:
    desk.session.add_all(
        ItemRevision(item_id=desk.item.id, revision=name, state=state)
        for name, state in states.items()
    )
    desk.session.flush()


def test_an_order_without_anything_odd_has_no_problem(desk: Desk) -> None:
    assert desk.codes(desk.draft()) == {}


def test_the_released_revision_passes_and_no_word_means_it(desk: Desk) -> None:
    revisions(desk, A="released", B="released", C="in work")
    assert desk.codes(desk.draft(a_line(description="Bracket Rev. B"))) == {}
    draft = desk.draft(a_line())
    assert desk.codes(draft) == {}
    assert desk.line(draft).revision == ""


def test_another_revision_stops_for_quality_and_can_be_taken(desk: Desk) -> None:
    revisions(desk, A="released", B="released", C="in work")
    draft = desk.draft(a_line(description="Bracket, revision A"))
    assert desk.codes(draft) == {"revision-differs": "blocking"}
    assert "Revision A of BX-40 is ordered; the released one is B." in desk.says(
        draft, "revision-differs"
    )
    with pytest.raises(NotAllowed, match="quality duty"):
        desk.accept(draft, "revision-differs", desk.clerk)
    line = desk.line(draft)
    correct(
        desk.session,
        draft,
        (Edit(line.id, "revision", "B"),),
        version=draft.version,
        act=make.an_act(),
    )
    assert desk.codes(draft) == {}


def test_a_revision_that_is_not_released_is_told_so(desk: Desk) -> None:
    revisions(desk, A="released", C="in work")
    draft = desk.draft(a_line(revision="c"))
    assert "is in work" in desk.says(draft, "revision-not-released")


def test_an_override_of_a_revision_holds_for_that_revision_only(desk: Desk) -> None:
    revisions(desk, A="released", B="released", X="in work")
    draft = desk.draft(a_line(revision="A"))
    desk.accept(draft, "revision-differs")
    assert draft.blocking_count == 0
    line = desk.line(draft)
    correct(
        desk.session,
        draft,
        (Edit(line.id, "revision", "Z"),),
        version=draft.version,
        act=make.an_act(),
    )
    assert draft.blocking_count == 1
    assert desk.problem(draft, "revision-differs").accepted_by == ""


def features(desk: Desk) -> None:
    choices = [{"code": "24 V", "words": ["24V", "24 volt"]}, {"code": "230 V", "words": ["230V"]}]
    colours = [{"code": "red", "words": ["rot"]}, {"code": "blue", "words": ["blau"]}]
    desk.session.add_all(
        [
            ItemFeature(item_id=desk.item.id, code="voltage", name="voltage", choices=choices),
            ItemFeature(
                item_id=desk.item.id, code="colour", name="colour", required=False, choices=colours
            ),
        ]
    )
    desk.session.flush()


def test_a_configuration_is_read_from_the_words_and_asked_for_when_missing(desk: Desk) -> None:
    features(desk)
    draft = desk.draft(a_line(description="Drive 24V, rot"))
    assert desk.codes(draft) == {}
    assert desk.line(draft).configuration == {"voltage": "24 V", "colour": "red"}
    bare = desk.draft(a_line(description="Drive"))
    assert desk.says(bare, "configuration-incomplete").endswith("voltage (24 V, 230 V).")
    assert "configuration-incomplete" in desk.codes(desk.draft(a_line(description="24V or 230V")))


def test_only_approved_items_for_who_wants_it(desk: Desk) -> None:
    desk.customer.approved_items_only = True
    assert "none of them" in desk.says(desk.draft(), "item-not-approved")
    row = ItemApproval(customer_id=desk.customer.id, item_id=desk.item.id, valid_to=make.TODAY)
    desk.session.add(row)
    assert desk.codes(desk.draft()) == {}
    row.valid_to = make.TODAY - DAY
    assert "until Sun 1 Mar 2026" in desk.says(desk.draft(), "item-not-approved")
    row.valid_from, row.valid_to = make.TODAY + DAY, None
    assert "not valid yet" in desk.says(desk.draft(), "item-not-approved")


def test_an_approval_of_one_revision_is_none_of_another(desk: Desk) -> None:
    revisions(desk, A="released")
    desk.customer.approved_items_only = True
    desk.session.add(ItemApproval(customer_id=desk.customer.id, item_id=desk.item.id, revision="0"))
    assert "approved BX-40 in revision 0" in desk.says(
        desk.draft(a_line(revision="A")), "item-not-approved"
    )


def test_few_orders_say_nothing_of_a_habit(desk: Desk) -> None:
    desk.ordered(10, 10)
    assert desk.codes(desk.draft(a_line(quantity="900"))) == {}


def test_an_unusual_quantity_says_the_usual_one(desk: Desk) -> None:
    desk.ordered(10, 12, 10, 11, 400)
    draft = desk.draft(a_line(quantity="9000"))
    assert desk.codes(draft) == {"quantity-unusual": "warning"}
    assert "orders 11 (10 to 400 in 5 orders)" in desk.says(draft, "quantity-unusual")
    assert desk.codes(desk.draft(a_line(quantity="40"))) == {}


def test_habits_are_robust_and_of_the_same_measure() -> None:
    steady = usual([Decimal(x) for x in (10, 10, 10, 10)])
    wild = usual([Decimal(x) for x in (1, 10, 100, 1000)])
    assert steady and wild
    assert is_unusual(Decimal(100), steady, Decimal(5))
    assert not is_unusual(Decimal(49), steady, Decimal(5))
    assert is_unusual(Decimal(1), steady, Decimal(5))
    assert not is_unusual(Decimal(3000), wild, Decimal(5))
    assert usual([Decimal(0)]) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bolts, case of 24", "hold 24 EA, ours holds 12: 3 CS are 36 EA and not 72"),
        ("Bolts 24/case", "hold 24 EA"),
        ("Schrauben, Karton à 10", "hold 10 EA"),
        ("Bolts 24 pcs per case", "hold 24 EA"),
    ],
)
def test_a_case_that_holds_another_amount_for_the_customer(
    desk: Desk, text: str, told: str
) -> None:
    draft = desk.draft(a_line(uom="case", unit_price="49.2", description=text))
    assert desk.codes(draft)["pack-content-differs"] == "blocking"
    assert told in desk.says(draft, "pack-content-differs")


@pytest.mark.parametrize("text", ["Bolts, case of 12", "Bolts M6/12", "12 per case", "Bolts"])
def test_a_case_as_it_is_passes(desk: Desk, text: str) -> None:
    draft = desk.draft(a_line(uom="case", unit_price="49.2", description=text))
    assert "pack-content-differs" not in desk.codes(draft)


def test_a_price_of_another_unit_doubts_the_unit(desk: Desk) -> None:
    draft = desk.draft(a_line(uom="case", unit_price="4.10"))
    found = desk.codes(draft)
    assert found["unit-doubted"] == "blocking"
    assert "3 CS are 36 EA. Were 3 EA meant?" in desk.says(draft, "unit-doubted")
    assert "unit-doubted" not in desk.codes(desk.draft(a_line(uom="case", unit_price="40")))


def hazard(desk: Desk, **facts: object) -> ItemHazard:
    desk.item.hazardous = True
    row = ItemHazard(
        item_id=desk.item.id,
        **{
            "un_number": "UN1263",
            "hazard_class": "3",
            "packing_group": "II",
            "data_sheet": "SDS 4",
            **facts,
        },
    )
    desk.session.add(row)
    desk.session.flush()
    return row


def test_hazardous_goods_without_their_data_are_held(desk: Desk) -> None:
    desk.item.hazardous = True
    draft = desk.draft()
    assert desk.codes(draft) == {"hazard-data-missing": "hold"}
    assert draft.blocking_count == 0
    row = hazard(desk, data_sheet_until=make.TODAY)
    assert desk.codes(desk.draft()) == {}
    row.data_sheet_until = make.TODAY - DAY
    assert "has ended" in desk.says(desk.draft(), "hazard-data-missing")


def test_gases_need_no_packing_group_and_liquids_do(desk: Desk) -> None:
    row = hazard(desk, packing_group="", hazard_class="2.1")
    assert desk.codes(desk.draft()) == {}
    row.hazard_class = "3"
    assert "lacks: packing group" in desk.says(desk.draft(), "hazard-data-missing")


def test_carrier_and_site_must_be_allowed(desk: Desk) -> None:
    hazard(desk, carriers=["Hansa Gefahrgut"], site_codes=["EAST"])
    draft = desk.draft(ship_via="Any Parcel")
    assert desk.codes(draft) == {"hazard-carrier": "hold", "hazard-site": "hold"}
    assert "promised from MAIN" in desk.says(draft, "hazard-site")
    assert desk.codes(desk.draft(ship_via="hansa gefahrgut express")) == {"hazard-site": "hold"}
