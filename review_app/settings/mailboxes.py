"""Mailboxes from which orders are taken: add, change, pause, and the rules that sort their mail."""

from __future__ import annotations

from flask import Response, flash, request
from sqlalchemy.orm import Session

from core.errors import BadInput, NotFound
from core.inbound import mailboxes as boxes
from core.inbound.mailboxes import AFTER_WAYS, TLS_WAYS
from core.inbound.reading import LANES
from core.inbound.tables import Mailbox
from review_app.forms import words
from review_app.fragments import go, page
from review_app.here import database, settings, whole_number

CONDITIONS = (
    ("from", "Sender has"),
    ("to", "Sent to has"),
    ("subject", "Subject has"),
    ("attachment", "Attachment like"),
)
KEPT = ("host", "username", "folder", "processed_folder", "authserv_id")
SECRETS = ("password", "client_secret", "refresh_token")
WHERE = ("host", "port", "tls", "username")
MOST_RULES = 200


def show() -> Response:
    """Every mailbox with its last success and error; the worker tries them, so this page only looks."""
    with database().read() as session:
        return page("mailboxes.html", block="boxes", boxes=boxes.mailboxes(session))


def edit(mailbox_id: int) -> Response:
    """One mailbox with its rules; 0 is a new one."""
    with database().read() as session:
        box = _box(session, mailbox_id) if mailbox_id else Mailbox(name="", rules=[], oauth={})
        return page(
            "mailbox.html",
            box=box,
            tls_ways=TLS_WAYS,
            after_ways=AFTER_WAYS,
            lanes=LANES,
            conditions=CONDITIONS,
        )


def save(mailbox_id: int) -> Response:
    """Keeps a mailbox; secrets that are left empty stay as they are, unless they would go to another server."""
    secrets = {name: text for name in SECRETS if (text := request.form.get(name, ""))}
    kept: dict[str, object] = {name: words(name) for name in KEPT}
    kept |= {"port": whole_number("port"), "tls": words("tls"), "after": words("after")}
    kept["own_addresses"] = [a.strip().lower() for a in words("addresses").split(",") if a.strip()]
    kept["oauth"] = _oauth(secrets)
    key = settings().secret_key

    def work(session: Session) -> str:
        name = _box(session, mailbox_id).name if mailbox_id else _new_name(session)
        if not secrets and (not mailbox_id or _is_elsewhere(_box(session, mailbox_id), kept)):
            raise BadInput(
                "Enter the password too; it is never sent to another server.", "password"
            )
        return boxes.set_mailbox(session, name, secrets=secrets, secret_key=key, **kept).name

    name = database().run(work)
    flash(
        f"{name} is kept; it is tried within seconds, and this page says what came of it.", "done"
    )
    return go("mailboxes.show")


def set_enabled(mailbox_id: int) -> Response:
    enabled = request.form.get("enabled") == "yes"

    def work(session: Session) -> str:
        box = _box(session, mailbox_id)
        key = settings().secret_key
        return boxes.set_mailbox(
            session, box.name, secrets={}, secret_key=key, enabled=enabled
        ).name

    name = database().run(work)
    flash(f"{name} is watched again." if enabled else f"{name} is paused.", "done")
    return go("mailboxes.show")


def add_rule(mailbox_id: int) -> Response:
    rule: dict[str, object] = {name: words(name) for name, _ in CONDITIONS if words(name)}
    if not rule:
        raise BadInput("A rule needs at least one condition.", "from")
    rule |= {"name": words("name"), "lane": words("lane"), "stop": words("stop") == "yes"}

    def work(session: Session) -> None:
        box = _box(session, mailbox_id)
        if len(box.rules) >= MOST_RULES:
            raise BadInput(f"A mailbox has at most {MOST_RULES} rules.", "name")
        boxes.set_rules(session, box.name, [*box.rules, rule])

    database().run(work)
    return go("mailboxes.edit", mailbox_id=mailbox_id)


def move_rule(mailbox_id: int, number: int, verb: str) -> Response:
    """Removes rule `number` (from 1), or has it tried one place earlier."""
    if verb not in ("remove", "earlier"):
        raise NotFound("There is no such step.")

    def work(session: Session) -> None:
        box = _box(session, mailbox_id)
        rules = list(box.rules)
        if not 1 <= number <= len(rules):
            raise NotFound("This rule is gone already.")
        rule = rules.pop(number - 1)
        if verb == "earlier":
            rules.insert(max(number - 2, 0), rule)
        boxes.set_rules(session, box.name, rules)

    database().run(work)
    return go("mailboxes.edit", mailbox_id=mailbox_id)


def _box(session: Session, mailbox_id: int) -> Mailbox:
    found = session.get(Mailbox, mailbox_id)
    if found is None:
        raise NotFound("There is no such mailbox.")
    return found


def _new_name(session: Session) -> str:
    name = words("name")
    if not name:
        raise BadInput("Give the mailbox a name.", "name")
    if any(box.name == name for box in boxes.mailboxes(session)):
        raise BadInput(f"There is a mailbox {name} already.", "name")
    return name


def _oauth(secrets: dict[str, str]) -> dict[str, str]:
    """{} for a password; the grant follows from which secret there is."""
    url = words("token_url")
    if not url:
        return {}
    if not url.startswith("https://"):
        raise BadInput("The token address must begin with https://.", "token_url")
    grant = words("grant") or "client_credentials"
    grant = "refresh_token" if "refresh_token" in secrets else grant
    return {"token_url": url, "client_id": words("client_id"), "scope": words("scope"), "grant": grant}  # fmt: skip


def _is_elsewhere(box: Mailbox, kept: dict[str, object]) -> bool:
    token_url = dict(box.oauth).get("token_url", "")
    there = dict(kept["oauth"]) if isinstance(kept["oauth"], dict) else {}
    return there.get("token_url", "") != token_url or any(
        getattr(box, name) != kept[name] for name in WHERE
    )
