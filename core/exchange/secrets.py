"""Passwords and shared secrets of partners, sealed with the installation's secret key; never in a profile or a log."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput
from core.exchange.tables import Partner
from core.inbound.mailboxes import seal, unseal
from core.journal import Event

NAMES = ("sftp-password", "sftp-key-passphrase", "cxml-secret-in", "cxml-secret-out")
"""in: the shared secret that they prove themselves with; out: the one that we prove ourselves with."""


def secrets_of(partner: Partner, secret_key: str) -> dict[str, str]:
    """By name; raises Misconfigured when the installation's key is not the one that sealed."""
    return unseal(partner.secrets, secret_key)


def set_secret(
    session: Session, partner: Partner, name: str, value: str, *, secret_key: str, act: Act
) -> Event:
    """Keeps one secret; "" forgets it. The journal says which, never what."""
    if name not in NAMES:
        raise BadInput(f"There is no secret {name!r}; possible are {', '.join(NAMES)}.", "name")
    kept = {**secrets_of(partner, secret_key), name: value}
    partner.secrets = seal({n: v for n, v in kept.items() if v}, secret_key)
    session.flush()
    return journal.note(session, partner, "partner.secret_kept", act=act, facts={"name": name})
