"""cXML both ways in one story: the order is posted to us, our confirmation is posted to them over TLS."""

from __future__ import annotations

import datetime
import http.server
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import select

from core import outbox
from core.config import Settings
from core.database import Database
from core.exchange.partners import partner_coded, save
from core.exchange.secrets import set_secret
from core.exchange.tables import ExchangeInterchange
from core.inbound.blobs import load_blob
from core.orders.acknowledge import acknowledge
from core.values import utc_now
from tests.builders import a_company, a_customer, an_act
from tests.exchanged import an_electronic_order
from tests.faults.given import tools_for
from workers import jobs

RESPONSE = b'<cXML><Response><Status code="%d" text="said">%s</Status></Response></cXML>'


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, secret


@contextmanager
def _partner_server(certificate: Path, key: Path, code: int) -> Iterator[tuple[str, list[bytes]]]:
    got: list[bytes] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(RESPONSE % (code, b"we know"))

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"https://127.0.0.1:{server.server_port}/cxml", got
    finally:
        server.shutdown()
        server.server_close()


def _work(database: Database, settings: Settings) -> None:
    jobs.bind(tools_for(database, settings))
    for _ in range(5):
        with database.read() as session:
            due = [i for i, _, _ in outbox.due(session, utc_now())]
        for item_id in due:
            jobs.perform({"v": 1, "id": item_id})


@pytest.mark.parametrize(
    ("code", "status", "state"), [(200, "sent", "accepted"), (406, "unsent", "rejected")]
)
def test_our_confirmation_is_posted_with_the_secret_on_the_wire_only(
    database: Database,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    status: str,
    state: str,
) -> None:
    certificate, key = _certificate(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with _partner_server(certificate, key, code) as (url, got):
        with database.begin() as session:
            a_company(session)
            customer = a_customer(session, number="C1")
            text = (
                'code = "works"\nname = "Works"\ncustomer = "C1"\n[[identity]]\nstandard = "cxml"\n'
                f'qualifier = "DUNS"\nid = "ACMEWORKS"\n[carrier]\nkind = "https"\nurl = "{url}"\n'
            )
            save(session, "", text, act=an_act())
            set_secret(
                session, partner_coded(session, "works"), "cxml-secret-out", "open & sesame",
                secret_key=settings.secret_key, act=an_act(),
            )  # fmt: skip
            came = an_electronic_order(
                session, "cxml/OrderRequest", customer=customer, channel="api",
                control="1@works.example",
            )  # fmt: skip
            acknowledge(session, came.order, act=an_act())
        _work(database, settings)
    (posted,) = got
    assert b"<SharedSecret>open &amp; sesame</SharedSecret>" in posted
    assert b'domain="DUNS"' in posted and b"ConfirmationRequest" in posted
    assert b"1@works.example" in posted
    with database.read() as session:
        (row,) = session.scalars(
            select(ExchangeInterchange).where(ExchangeInterchange.direction == "out")
        ).all()
        assert (row.status, row.answer_state, row.carrier) == (status, state, "https")
        assert b"sesame" not in load_blob(session, row.sha256)


def test_nothing_is_posted_to_a_server_whose_certificate_is_not_trusted(
    sqlite_database: Database, settings: Settings, tmp_path: Path
) -> None:
    certificate, key = _certificate(tmp_path)
    with _partner_server(certificate, key, 200) as (url, got):
        with sqlite_database.begin() as session:
            a_company(session)
            text = (
                'code = "works"\nname = "Works"\n[[identity]]\nstandard = "cxml"\nid = "ACMEWORKS"\n'
                f'[carrier]\nkind = "https"\nurl = "{url}"\n'
            )
            save(session, "", text, act=an_act())
            came = an_electronic_order(session, "cxml/OrderRequest", channel="api")
            acknowledge(session, came.order, act=an_act())
        jobs.bind(tools_for(sqlite_database, settings))
        for _ in range(2):
            with sqlite_database.read() as session:
                due = [i for i, _, _ in outbox.due(session, utc_now())]
            for item_id in due:
                jobs.perform({"v": 1, "id": item_id})
    assert got == []
    with sqlite_database.read() as session:
        (row,) = session.scalars(
            select(ExchangeInterchange).where(ExchangeInterchange.direction == "out")
        ).all()
        assert row.status == "written"
