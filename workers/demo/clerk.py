"""A clerk and a warehouse by script: the same verbs that the screens call, each under a key so that a second run of
the script changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.database import Database
from core.drafts.assess import assess
from core.drafts.confirm import confirm
from core.drafts.gate import open_problems
from core.drafts.leaving import look_over
from core.drafts.tables import Draft
from core.errors import OrderclerkError
from core.execution.allocate import allocate
from core.execution.release import release
from core.orders.tables import Order, OrderLine
from core.people.tables import User
from core.returns.authorise import ReturnAsk, authorise
from core.returns.close import close
from core.returns.dispose import dispose
from core.returns.inspect import inspect
from core.returns.receive import receive
from core.returns.tables import ReturnAuthorization, ReturnLine
from core.shipping.deliver import deliver
from core.shipping.pack import in_one_package, pack
from core.shipping.pick import pick
from core.shipping.rows import pick_lines
from core.shipping.ship import ship
from core.shipping.tables import Shipment

CARRIER = "Hansa Parcel"


@dataclass(frozen=True, slots=True)
class Script:
    """One person's acts; their keys are the same in every run."""

    database: Database
    actor: str

    def act(self, what: str) -> Act:
        return Act(self.actor, key=f"demo-once:{what}")


def script_for(database: Database, login: str) -> Script:
    with database.read() as session:
        number = session.scalar(select(User.id).where(User.login == login))
    return Script(database, f"user:{number}")


def confirm_all(clerk: Script) -> Iterator[tuple[int, str]]:
    """Confirms every open order draft without a blocking problem; yields (draft, "" or what stood in the way)."""
    with clerk.database.read() as session:
        waiting = session.scalars(
            select(Draft.id).where(Draft.status == "open", Draft.kind == "order").order_by(Draft.id)
        ).all()
    for draft_id in waiting:
        try:
            if clerk.database.run(lambda session, d=draft_id: _looked_at(session, clerk, d)):  # type: ignore[misc]
                clerk.database.run(lambda session, d=draft_id: _confirm(session, clerk, d))  # type: ignore[misc]
                yield draft_id, ""
        except OrderclerkError as error:
            yield draft_id, error.sentence


def _looked_at(session: Session, clerk: Script, draft_id: int) -> bool:
    """As when a clerk opens it: checks and promise are made anew. True when nothing blocks."""
    draft = session.get_one(Draft, draft_id)
    by = Act(clerk.actor)
    assess(session, draft, act=by)
    return not open_problems(session, draft, by.at)


def _confirm(session: Session, clerk: Script, draft_id: int) -> None:
    draft = session.get_one(Draft, draft_id)
    confirm(session, draft, version=draft.version, act=clerk.act(f"confirm:{draft_id}"))


def ship_one(warehouse: Script) -> Shipment | None:
    """Allocates every order, then takes the first that is allocated whole to the customer's door."""
    with warehouse.database.read() as session:
        orders = session.scalars(
            select(Order.id).where(Order.status == "booked").order_by(Order.id)
        ).all()
        begun = session.scalar(select(Shipment.order_id).order_by(Shipment.id).limit(1))
    for order_id in orders:
        warehouse.database.run(lambda session, o=order_id: _allocate(session, warehouse, o))  # type: ignore[misc]
    for order_id in [begun] if begun else orders:
        warehouse.database.run(lambda session, o=order_id: _look(session, warehouse, o))  # type: ignore[misc]
        try:
            return warehouse.database.run(lambda session, o=order_id: _ship(session, warehouse, o))  # type: ignore[misc]
        except OrderclerkError:
            continue  # not allocated whole, or held: the next one then
    return None


def _allocate(session: Session, warehouse: Script, order_id: int) -> None:
    allocate(session, session.get_one(Order, order_id), act=warehouse.act(f"allocate:{order_id}"))


def _look(session: Session, warehouse: Script, order_id: int) -> None:
    look_over(session, session.get_one(Order, order_id), act=warehouse.act(f"look:{order_id}"))


def _ship(session: Session, warehouse: Script, order_id: int) -> Shipment:
    order = session.get_one(Order, order_id)
    (shipment,) = release(session, order, act=warehouse.act(f"release:{order_id}"))
    rows = pick_lines(session, shipment)
    taken = {row.id: (row.quantity, "") for row in rows}
    step = f":{shipment.id}"
    pick(session, shipment, taken, act=warehouse.act("pick" + step))
    pack(session, shipment, in_one_package(rows), act=warehouse.act("pack" + step))
    ship(session, shipment, CARRIER, f"HP{shipment.id:09d}", act=warehouse.act("ship" + step))
    deliver(session, shipment, "Goods inward", act=warehouse.act("deliver" + step))
    return shipment


def return_one(clerk: Script, order_id: int) -> ReturnAuthorization:
    """One line of the order comes back, is found good, goes back to stock and is credited."""
    return clerk.database.run(lambda session: _return(session, clerk, order_id))


def _return(session: Session, clerk: Script, order_id: int) -> ReturnAuthorization:
    order = session.get_one(Order, order_id)
    line = session.scalars(
        select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.position)
    ).first()
    assert line is not None
    quantity = min(line.stock_quantity, Decimal(1))
    reason = "One more than needed"
    made = authorise(
        session, order, (ReturnAsk(line.id, quantity),), reason, act=clerk.act(f"return:{order_id}")
    )
    back = session.scalars(select(ReturnLine).where(ReturnLine.return_id == made.id)).one()
    step = f":{made.id}"
    receive(session, made, {back.id: (quantity, "unopened", "")}, act=clerk.act("receive" + step))
    inspect(session, made, {back.id: ("accepted", "")}, act=clerk.act("inspect" + step))
    dispose(session, made, back.id, "restock", quantity, act=clerk.act("dispose" + step))
    close(session, made, act=clerk.act("close" + step))
    return made
