"""The steps of a shipment: name -> (parse the form, call the verb, say what was done)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from flask import request
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput
from core.shipping.deliver import deliver
from core.shipping.pack import PackageSpec, pack
from core.shipping.pick import pick
from core.shipping.ship import ship
from core.shipping.tables import Shipment
from core.shipping.void import void
from review_app.forms import amount, sentence, words

Step = Callable[[Session, Shipment, Act], str]


def _pick(session: Session, shipment: Shipment, by: Act) -> str:
    """Inputs "took.<pick line>", beside each "reason.<pick line>" and the person's own words."""
    taken = {
        line_id: (amount(f"took.{line_id}", "quantity"), words(f"reason.{line_id}"))
        for line_id in _numbers("took.")
    }
    pick(session, shipment, taken, act=by)
    return f"{shipment.number} is picked."


def _pack(session: Session, shipment: Shipment, by: Act) -> str:
    """Inputs "in.<package>.<pick line>" and "weight.<package>"; empty packages are left out."""
    contents: dict[int, dict[int, Decimal]] = {}
    for name in request.form:
        parts = name.split(".")
        if len(parts) == 3 and parts[0] == "in" and parts[1].isdigit() and parts[2].isdigit():
            if not request.form[name].strip():
                continue
            quantity = amount(name, "quantity")
            if quantity:
                contents.setdefault(int(parts[1]), {})[int(parts[2])] = quantity
    packages = tuple(
        PackageSpec(inside, _weight(number)) for number, inside in sorted(contents.items())
    )
    if not packages:
        raise BadInput("Put something into a package.", "in")
    pack(session, shipment, packages, act=by)
    return f"{shipment.number} is packed into {len(packages)} package{'s'[: len(packages) > 1]}."


def _weight(number: int) -> Decimal | None:
    name = f"weight.{number}"
    return amount(name, "weight") if request.form.get(name, "").strip() else None


def _ship(session: Session, shipment: Shipment, by: Act) -> str:
    carrier = sentence("carrier", "Say who carries it.")
    ship(session, shipment, carrier[:255], words("tracking_number"), act=by)
    return f"{shipment.number} has left; the customer gets the ship notice."


def _deliver(session: Session, shipment: Shipment, by: Act) -> str:
    deliver(session, shipment, words("received_by"), act=by)
    return f"{shipment.number} is delivered."


def _void(session: Session, shipment: Shipment, by: Act) -> str:
    void(session, shipment, sentence("reason", "Say why the shipment is void."), act=by)
    return f"{shipment.number} is void; its goods are free again for the order."


def _numbers(prefix: str) -> list[int]:
    return [
        int(name.removeprefix(prefix))
        for name in request.form
        if name.startswith(prefix) and name.removeprefix(prefix).isdigit()
    ]


STEPS: dict[str, Step] = {
    "pick": _pick,
    "pack": _pack,
    "ship": _ship,
    "deliver": _deliver,
    "void": _void,
}
