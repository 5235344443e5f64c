"""The doctor says of each partner whether files can travel, before the first one waits."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from core.config import Settings
from core.database import Database
from core.exchange.secrets import set_secret
from core.exchange.tables import Partner
from tests.builders import an_act
from tests.exchanged import a_partner
from tests.servers.sftp_server import SftpServer
from workers.doctor_partners import troubles


@pytest.fixture
def session(sqlite_database: Database) -> Session:
    with sqlite_database.begin() as session:
        yield session  # type: ignore[misc]


def _kept(session: Session, settings: Settings, partner: Partner, **secrets: str) -> None:
    for name, value in secrets.items():
        set_secret(
            session, partner, name.replace("_", "-"), value,
            secret_key=settings.secret_key, act=an_act(),
        )  # fmt: skip


def test_a_partner_who_is_answered_as_orders_come_has_no_trouble(
    session: Session, settings: Settings
) -> None:
    assert list(troubles(settings, a_partner(session))) == []


def test_folders(session: Session, settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "out"
    partner = a_partner(session, more=f'[carrier]\nkind = "exchange"\nfolder = "{out}"\n')
    (said,) = troubles(settings, partner)
    assert "is missing" in said
    out.mkdir()
    assert list(troubles(settings, partner)) == []


def test_sftp(session: Session, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with SftpServer(tmp_path) as server:
        hosts = server.known_hosts(tmp_path / "hosts")
        partner = a_partner(
            session,
            more=f'[carrier]\nkind = "sftp"\nhost = "127.0.0.1"\nport = {server.port}\nuser = "{server.USER}"\n'
            f'known_hosts = "{hosts}"\npath = "in"\n',
        )
        (said,) = troubles(settings, partner)
        assert "127.0.0.1" in said
        _kept(session, settings, partner, sftp_password=server.PASSWORD)
        assert list(troubles(settings, partner)) == []


def test_posting_needs_a_secret_and_sealed_secrets_their_key(
    session: Session, settings: Settings
) -> None:
    partner = a_partner(
        session, more='[carrier]\nkind = "https"\nurl = "https://acme.example/cxml"\n'
    )
    (said,) = troubles(settings, partner)
    assert "partner secret acme cxml-secret-out" in said
    _kept(session, settings, partner, cxml_secret_out="x")
    assert list(troubles(settings, partner)) == []
    other = type(settings)(
        **{**{f: getattr(settings, f) for f in settings.__slots__}, "secret_key": "other" * 8}
    )
    (said,) = troubles(other, partner)
    assert "ORDERCLERK_SECRET_KEY" in said
