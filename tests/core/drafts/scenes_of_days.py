"""Days, papers, what may leave, and how sure the reading is."""

from __future__ import annotations

from datetime import date

from core.agreements.tables import ExportControl, RequiredPaper
from core.catalogue.tables import ItemHazard
from core.drafts.tables import Draft
from core.inbound.reading import Candidate, Extraction, ReadOrder
from core.inbound.tables import InboundDocument
from core.screening.load import load_list
from tests import builders as make
from tests.core.drafts.checked import NAME, Desk
from tests.core.drafts.scenes import DAY, Scenes, add, line, read
from tests.core.drafts.test_offer_restated import changed, offered, our_day

scene = Scenes()


def too_late(desk: Desk) -> Draft:
    """More is wanted than there is, in two days."""
    return desk.draft(line(quantity="20000"), requested_date=(make.TODAY + 2 * DAY).isoformat())


@scene("requested-date-past")
def _past(desk: Desk) -> Draft:
    return desk.draft(requested_date=(make.TODAY - DAY).isoformat())


@scene("requested-before-lead-time")
def _too_soon(desk: Desk) -> Draft:
    return too_late(desk)


@scene("requested-day-closed")
def _closed(desk: Desk) -> Draft:
    return desk.draft(requested_date=date(2026, 3, 21).isoformat())


@scene("requested-outside-window")
def _window(desk: Desk) -> Draft:
    desk.place.receiving_days = [2, 4]
    return desk.draft(requested_date="2026-03-20")


@scene("requested-date-far")
def _far(desk: Desk) -> Draft:
    return desk.draft(requested_date="2062-03-20")


@scene("beyond-latest")
def _latest(desk: Desk) -> Draft:
    desk.customer.latest_days = 1
    return too_late(desk)


@scene("acceptance-differs")
def _answer(desk: Desk) -> Draft:
    desk.rule("acceptance-differs", "warning")
    return too_late(desk)


@scene("offer-answered/some")
def _other_figures(desk: Desk) -> Draft:
    """Our answer was an offer; they want less than that."""
    desk.rule("acceptance-differs", "hold")
    order, _ = offered(desk)
    wanted = {**line(line_no="1", quantity="11999"), "requested_date": our_day(desk, order)}
    return changed(desk, wanted)


@scene("paper-missing/shipment")
def _paper(desk: Desk) -> Draft:
    add(desk, RequiredPaper(item_id=desk.item.id, kind="EN 10204 3.1"))
    return desk.draft()


@scene("restricted-party")
def _listed(desk: Desk) -> Draft:
    load_list(desk.session, "L", "l.csv", b"name\nNordlicht Pumpen\n", act=make.an_act())
    return desk.draft()


@scene("screening-missing")
def _not_screened(desk: Desk) -> Draft:
    desk.rule("screening-missing", "warning")
    return desk.draft()


def control(desk: Desk, need: str) -> None:
    desk.item.export_code = "2B001"
    add(desk, ExportControl(export_code="2B001", country="*", need=need))


@scene("export-forbidden")
def _forbidden(desk: Desk) -> Draft:
    control(desk, "forbidden")
    return desk.draft()


@scene("export-licence-missing")
def _licence(desk: Desk) -> Draft:
    control(desk, "licence")
    return desk.draft()


def hazard(desk: Desk, **facts: object) -> None:
    desk.item.hazardous = True
    declared = {
        "un_number": "UN1263",
        "hazard_class": "3",
        "packing_group": "II",
        "data_sheet": "S",
    }
    add(desk, ItemHazard(item_id=desk.item.id, **{**declared, **facts}))


@scene("hazard-data-missing")
def _undeclared(desk: Desk) -> Draft:
    desk.item.hazardous = True
    return desk.draft()


@scene("hazard-carrier")
def _carrier(desk: Desk) -> Draft:
    hazard(desk, carriers=["Hansa Gefahrgut"])
    return desk.draft(ship_via="Any Parcel")


@scene("hazard-site")
def _site(desk: Desk) -> Draft:
    hazard(desk, site_codes=["EAST"])
    return desk.draft()


@scene("field-doubtful")
def _doubt(desk: Desk) -> Draft:
    head = {"po_number": Candidate("4711", 0.4), "buyer_name": Candidate(NAME, 0.97)}
    order = ReadOrder(head, read(line()))
    return desk.reads(Extraction("order", 0.9, orders=(order,)))


@scene("reader-finding")
def _remark(desk: Desk) -> Draft:
    draft = desk.draft()
    document = desk.session.get_one(InboundDocument, draft.document_id)
    text = "One page could not be read."
    document.findings = [{"code": "page-unreadable", "severity": "warning", "text": text}]
    desk.again(draft)
    return draft
