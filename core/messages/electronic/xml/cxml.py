"""The envelope of cXML 1.2 requests: payload id, credentials, whom it is about (cXML User's Guide)."""

from __future__ import annotations

from datetime import date, datetime, timezone

from core.inbound.envelopes import Endpoint
from core.messages.electronic.facts import Business, Route, Style
from core.messages.electronic.xml.tree import Element, Maker, document

E = Maker({})

VERSION = "1.2.050"
LANGUAGE = "en"
NETWORK = "NetworkId"


def request(
    content: Element | None, route: Route, style: Style, ours: Business, kind: str
) -> bytes:
    """A request of the module Fulfill. The shared secret is left empty: whoever posts it fills it in on the wire."""
    root = E.always(
        "cXML",
        E(
            "Header",
            E("From", _credential(route.sender)),
            E("To", _credential(route.receiver)),
            E("Sender", _credential(route.sender, secret=True), E("UserAgent", "Orderclerk")),
        ),
        E("Request", content, deploymentMode="test" if route.test else "production"),
        payloadID=payload_id(route, ours, kind),
        timestamp=instant(route.at),
        version=_version(style),
        lang=LANGUAGE,
    )
    return document(root, style, _doctype(style, "Fulfill"))


def payload_id(route: Route, ours: Business, kind: str) -> str:
    """Unique for ever, and the same whenever this interchange is sent again."""
    host = ours.contact_email.rpartition("@")[2] or "orderclerk.invalid"
    return f"{_stamp(route.at)}.{route.control}.{kind}@{host}"


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(timezone.utc):%Y%m%d%H%M%S}"


def instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def noon(day: date | None) -> str:
    """A day as an instant that is the same day in every inhabited zone but the last few."""
    return f"{day.isoformat()}T12:00:00+00:00" if day else ""


def _credential(end: Endpoint, *, secret: bool = False) -> Element | None:
    return E(
        "Credential",
        E("Identity", end.id),
        E.always("SharedSecret") if secret else None,
        domain=end.qualifier or NETWORK,
    )


def _version(style: Style) -> str:
    return style.version if style.version.startswith("1.") else VERSION


def _doctype(style: Style, module: str) -> str:
    address = f"http://xml.cxml.org/schemas/cXML/{_version(style)}/{module}.dtd"
    return f'<!DOCTYPE cXML SYSTEM "{address}">'


def order_reference(order_number: str, payload: str) -> Element:
    """The order with the payload id under which it came; the attribute stands even when none is known."""
    referred = E.always("DocumentReference")
    referred.set("payloadID", payload)
    return E.always("OrderReference", referred, orderID=order_number)


def comments(text: str) -> Element | None:
    return E("Comments", text, lang=LANGUAGE)
