"""Lesson 5 in EDIFACT, Peppol and cXML: our answer is an offer, a change that restates it the customer's yes, and the next
answer says accepted; a change with another figure waits for a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.agreements.tables import CheckRule
from core.config import Settings
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.tables import Draft, Problem
from core.inbound.receive import Arrival, receive
from core.orders.tables import Hold, Order
from core.parties.tables import Customer
from core.values import utc_now
from tests.builders import an_act
from tests.journeys.test_xml_orders_answered import CXML, _work, _world
from tests.workers.conftest import settings_in

SOON = (utc_now() + timedelta(days=1)).date().isoformat()
LINES = (("1", "BX-40", "10", "4.10"), ("2", "BX-60", "9000", "2.00"))


def _edifact(kind: str, control: int, day: str, quantity: str) -> str:
    """ORDERS K-9, or a change of it."""
    is_change = kind == "ORDCHG"
    head = [f"BGM+230+CH-{control}+4" if is_change else "BGM+220+K-9+9"]
    head += ["DTM+137:20260302:102", *(["RFF+ON:K-9"] if is_change else []), "CUX+2:EUR:9"]
    lines = []
    for number, sku, wanted, price in LINES:
        lines += [
            f"LIN+{number}+{'3' if is_change else ''}+{sku}:SA",
            f"QTY+21:{quantity if number == '2' else wanted}:PCE",
            f"DTM+2:{day.replace('-', '')}:102",
            f"PRI+AAA:{price}",
        ]
    body = [*head, *lines, "UNS+S", "CNT+2:2"]
    rows = [
        "UNA:+.? ",
        f"UNB+UNOC:3+7080001000004:14+5390001000006:14+260302:0900+{control}",
        f"UNH+1+{kind}:D:96A:UN:EAN008",
        *body,
        f"UNT+{len(body) + 2}+1",
        f"UNZ+1+{control}",
    ]
    return "'".join(rows) + "'"


_END = """<cac:Party><cbc:EndpointID schemeID="{}">{}</cbc:EndpointID><cac:PartyLegalEntity><cbc:RegistrationName>{}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>"""


def _ubl(kind: str, control: int, day: str, quantity: str) -> str:
    is_change = kind == "OrderChange"
    process = ("order_change:3", "advanced_ordering:3") if is_change else ("order:3", "ordering:3")
    number = f"<cbc:ID>{f'K-9-{control}' if is_change else 'K-9'}</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate>"
    number += f"<cbc:SequenceNumberID>{control}</cbc:SequenceNumberID>" if is_change else ""
    refers = "<cac:OrderReference><cbc:ID>K-9</cbc:ID></cac:OrderReference>" if is_change else ""
    lines = "".join(
        f"""<cac:OrderLine><cac:LineItem><cbc:ID>{n}</cbc:ID>{"<cbc:LineStatusCode>3</cbc:LineStatusCode>" if is_change else ""}
        <cbc:Quantity unitCode="H87">{quantity if n == "2" else wanted}</cbc:Quantity>
        <cac:Delivery><cac:RequestedDeliveryPeriod><cbc:StartDate>{day}</cbc:StartDate><cbc:EndDate>{day}</cbc:EndDate></cac:RequestedDeliveryPeriod></cac:Delivery>
        <cac:Price><cbc:PriceAmount currencyID="EUR">{price}</cbc:PriceAmount></cac:Price>
        <cac:Item><cbc:Name>Box</cbc:Name><cac:SellersItemIdentification><cbc:ID>{sku}</cbc:ID></cac:SellersItemIdentification></cac:Item></cac:LineItem></cac:OrderLine>"""
        for n, sku, wanted, price in LINES
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?><{kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{kind}-2"
      xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
      <cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:{process[0]}</cbc:CustomizationID><cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:{process[1]}</cbc:ProfileID>
      {number}<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{refers}
      <cac:BuyerCustomerParty>{_END.format("0192", "987654325", "Acme")}</cac:BuyerCustomerParty>
      <cac:SellerSupplierParty>{_END.format("0088", "5390001000006", "We")}</cac:SellerSupplierParty>{lines}</{kind}>"""


def _cxml(kind: str, control: int, day: str, quantity: str) -> str:
    text = CXML.replace('quantity="5" lineNumber="2"', f'quantity="{quantity}" lineNumber="2"')
    text = re.sub(r'(<ItemOut quantity="\d+")', rf'\1 requestedDeliveryDate="{day}"', text)
    text = text.replace('type="new"', f'type="{kind}" orderVersion="{control}"')
    text = re.sub("<Total>.*?</Total>", "", text)
    return text.replace("p9@acme", f"p{control}@acme").replace("CX-9", "K-9")


@dataclass(frozen=True, slots=True)
class Family:
    """offered, agreed: what the answer holds; day: how it says the promised day of line 2."""

    write: Callable[[str, int, str, str], str]
    first: str
    change: str
    offered: tuple[str, ...]
    agreed: tuple[str, ...]
    day: str


FAMILIES = {
    "edifact": Family(
        _edifact, "ORDERS", "ORDCHG",
        ("+4+CA'", "LIN+1+23'", "LIN+2+23'", "This is our offer"), ("+29'", "LIN+1+5'", "LIN+2+5'"),
        r"DTM\+69:(\d{8}):102",
    ),
    "ubl": Family(
        _ubl, "Order", "OrderChange",
        (">CA</", "Our offer, which counts when you agree"), (">AP</",),
        r"PromisedDeliveryPeriod>\s*<cbc:StartDate>([\d-]+)<",
    ),
    "cxml": Family(
        _cxml, "new", "update",
        ('type="detail"', "Our offer, which counts when you agree"), ('type="accept"',),
        r'deliveryDate="([\d-]+)T',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAMILIES)
def test_an_offer_is_agreed_by_a_change_that_restates_it(
    sqlite_database: Database, tmp_path: Path, name: str
) -> None:
    database, family = sqlite_database, FAMILIES[name]
    settings: Settings = settings_in(tmp_path)
    folder = _world(database, tmp_path, "4.10", "2.00")
    with database.begin() as session:
        session.scalars(select(Customer)).one().delivery_policy = "complete"
        session.add(CheckRule(code="acceptance-differs", severity="hold", roles=["clerk"]))

    def comes(kind: str, control: int, day: str, quantity: str) -> list[str]:
        """What went out for it."""
        out = tmp_path / "in" / "out"
        before = set(out.iterdir()) if out.exists() else set()
        with database.begin() as session:
            text = family.write(kind, control, day, quantity).encode()
            arrival = Arrival("drop", text, utc_now(), source_name="o.x", drop_folder_id=folder)
            receive(session, arrival, act=an_act("system:intake", at=utc_now()))
        _work(database, settings)
        return [path.read_text() for path in sorted(set(out.iterdir()) - before)] if out.exists() else []  # fmt: skip

    comes(family.first, 1, SOON, "9000")
    with database.begin() as session:
        draft = session.scalars(select(Draft)).one()
        confirm(session, draft, version=draft.version, act=an_act(at=utc_now()))
    before = set((tmp_path / "in" / "out").glob("*")) if (tmp_path / "in" / "out").exists() else set()  # fmt: skip
    _work(database, settings)
    (offer,) = [p.read_text() for p in (tmp_path / "in" / "out").iterdir() if p not in before]
    for text in family.offered:
        assert text in offer, offer
    digits = re.findall(family.day, offer)[-1].replace("-", "")
    day = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    assert day > SOON

    comes(family.change, 2, day, "8000")
    with database.read() as session:
        assert session.scalars(select(Hold.status)).all() == ["active"]
        told = session.scalars(select(Problem.facts).where(Problem.code == "offer-answered")).one()
        assert "Line 1 agrees to our offer; line 2 differs: wants 8000" in told["told"]
    answers = comes(family.change, 3, day, "9000")
    with database.read() as session:
        hold = session.scalars(select(Hold)).one()
        assert (hold.status, hold.released_by) == ("released", "policy:offer-restated")
        assert session.scalars(select(Order.revision)).one() == 2
    agreed = answers[-1] if name != "edifact" else next(a for a in answers if "ORDRSP" in a)
    for text in family.agreed:
        assert text in agreed, agreed
    assert "offer" not in agreed.lower()
