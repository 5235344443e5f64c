"""Mailboxes and their secrets, sealed with the installation's secret key."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInput, Misconfigured, NotFound
from core.inbound.reading import LANES
from core.inbound.tables import Mailbox

TLS_WAYS = ("tls", "starttls", "none")
AFTER_WAYS = ("move", "keyword", "leave")


def _fernet(secret_key: str) -> Fernet:
    if not secret_key:
        raise Misconfigured(
            "ORDERCLERK_SECRET_KEY is not set, so passwords cannot be kept safely. Set it in .env and start again."
        )
    digest = hashlib.sha256(b"orderclerk mailbox secrets\0" + secret_key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def seal(secrets: dict[str, str], secret_key: str) -> str:
    """Secrets (password, client_secret, refresh_token) as one sealed text."""
    return _fernet(secret_key).encrypt(json.dumps(secrets).encode()).decode()


def unseal(sealed: str, secret_key: str) -> dict[str, str]:
    """Raises Misconfigured when the key is not the one that sealed."""
    if not sealed:
        return {}
    try:
        opened: dict[str, str] = json.loads(_fernet(secret_key).decrypt(sealed.encode()))
    except InvalidToken:
        raise Misconfigured(
            "The mailbox password was sealed with another ORDERCLERK_SECRET_KEY. "
            "Put the old key back, or set the password anew with `orderclerk mailbox add`."
        ) from None
    return opened


def set_mailbox(
    session: Session, name: str, *, secrets: dict[str, str], secret_key: str, **settings: Any
) -> Mailbox:
    """Adds a mailbox, or changes the one of this name."""
    for field, allowed in (("tls", TLS_WAYS), ("after", AFTER_WAYS)):
        if settings.get(field, allowed[0]) not in allowed:
            raise BadInput(f"{field} must be one of {', '.join(allowed)}.", field)
    mailbox = session.scalar(select(Mailbox).where(Mailbox.name == name))
    if mailbox is None:
        mailbox = Mailbox(name=name)
        session.add(mailbox)
    for field, value in settings.items():
        setattr(mailbox, field, value)
    if secrets:
        mailbox.secrets = seal(secrets, secret_key)
    session.flush()
    return mailbox


RULE_KEYS = ("name", "from", "to", "subject", "attachment", "lane", "stop")


def set_rules(session: Session, name: str, rules: list[dict[str, Any]]) -> Mailbox:
    """Replaces a mailbox's rules; their order is the order in which they are tried. Raises BadInput."""
    for number, rule in enumerate(rules, start=1):
        unknown = sorted(set(rule) - set(RULE_KEYS))
        if unknown:
            raise BadInput(
                f"Rule {number} has {', '.join(unknown)}; possible are {', '.join(RULE_KEYS)}. Nothing was changed."
            )
        if rule.get("lane") and rule["lane"] not in LANES:
            raise BadInput(
                f"Rule {number} names the lane {rule['lane']!r}; possible are {', '.join(LANES)}. Nothing was changed."
            )
        if not isinstance(rule.get("stop", True), bool):
            raise BadInput(f"Rule {number}: stop must be true or false. Nothing was changed.")
    mailbox = mailbox_named(session, name)
    mailbox.rules = rules
    session.flush()
    return mailbox


def mailboxes(session: Session, *, enabled_only: bool = False) -> list[Mailbox]:
    query = select(Mailbox).order_by(Mailbox.id)
    if enabled_only:
        query = query.where(Mailbox.enabled.is_(True))
    return list(session.scalars(query))


def mailbox_named(session: Session, name: str) -> Mailbox:
    found = session.scalar(select(Mailbox).where(Mailbox.name == name))
    if found is None:
        raise NotFound(
            f"There is no mailbox {name!r}; `orderclerk mailbox list` shows those there are."
        )
    return found
