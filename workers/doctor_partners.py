"""What the doctor sees at partners: folders, known hosts, keys, secrets, and whether a server lets us in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from core.config import Settings
from core.errors import OrderclerkError
from core.exchange.partners import profile_of
from core.exchange.profile_values import Carrier, Inbox, Profile
from core.exchange.secrets import secrets_of
from core.exchange.tables import Partner
from workers.carriers import sftp


def troubles(settings: Settings, partner: Partner) -> Iterator[str]:
    """Sentences; none when files can travel both ways."""
    profile = profile_of(partner)
    if profile is None or not partner.enabled:
        return
    try:
        secrets = secrets_of(partner, settings.secret_key)
    except OrderclerkError as error:
        yield error.sentence
        return
    yield from _folder(profile.carrier)
    yield from _posting(profile, secrets)
    for place in (profile.carrier if profile.carrier.kind == "sftp" else None, profile.inbox):
        if place is not None:
            yield from _server(place, secrets)


def _folder(carrier: Carrier) -> Iterator[str]:
    if carrier.kind not in ("drop", "exchange"):
        return
    folder = Path(carrier.folder)
    if not folder.is_dir():
        yield f"The folder {folder} is missing; create it or mount it."
    elif not os.access(folder, os.W_OK | os.X_OK):
        yield f"The folder {folder} cannot be written; check its owner and rights."


def _posting(profile: Profile, secrets: dict[str, str]) -> Iterator[str]:
    if profile.carrier.kind == "https" and not secrets.get("cxml-secret-out"):
        yield (
            "No shared secret to post with is kept; "
            f"`orderclerk partner secret {profile.code} cxml-secret-out` keeps it."
        )


def _server(place: Carrier | Inbox, secrets: dict[str, str]) -> Iterator[str]:
    try:
        with sftp.connected(place, secrets) as client:
            client.listdir(place.path)
    except OrderclerkError as error:
        yield error.sentence
