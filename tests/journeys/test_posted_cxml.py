"""cXML over HTTPS: proven by its shared secret, stored once before the answer, the secret nowhere."""

from __future__ import annotations

import base64
import logging
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import etree
from sqlalchemy import select

from core.database import Database
from core.exchange.partners import partner_coded, save
from core.exchange.secrets import set_secret
from core.inbound.blobs import load_blob
from core.inbound.tables import InboundDocument
from core.outbox import OutboxItem
from extraction.context import Context
from extraction.extract import extract
from intake.cxml_post import head_of
from intake.edi_message import from_drop
from review_app import create_app
from tests.builders import an_act
from tests.workers.conftest import settings_in

SECRET = "open & sesame"
PROFILE = """
code = "works"
name = "Works"
[[identity]]
standard = "cxml"
qualifier = "NetworkId"
id = "AN01"
"""
ORDER = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">
<cXML payloadID="1@works.example" timestamp="2026-03-02T09:00:00+00:00">
<Header><From><Credential domain="NetworkId"><Identity>AN01</Identity></Credential></From>
<To><Credential domain="DUNS"><Identity>999999999</Identity></Credential></To>
<Sender><Credential domain="NetworkId"><Identity>AN01</Identity><SharedSecret>open &amp; sesame</SharedSecret></Credential>
<UserAgent>Works</UserAgent></Sender></Header>
<Request deploymentMode="production"><OrderRequest><OrderRequestHeader orderID="PO-1" orderDate="2026-03-02" type="new"/>
</OrderRequest></Request></cXML>"""


@pytest.fixture
def client(database: Database, tmp_path: Path) -> FlaskClient:
    settings = settings_in(tmp_path)
    with database.begin() as session:
        save(session, "", PROFILE, act=an_act())
        partner = partner_coded(session, "works")
        set_secret(
            session, partner, "cxml-secret-in", SECRET, secret_key=settings.secret_key, act=an_act()
        )
    return create_app(settings, database).test_client()


def _post(client: FlaskClient, text: str) -> tuple[int, str]:
    answer = client.post("/cxml", data=text.encode(), content_type="text/xml")
    root = etree.fromstring(answer.data)
    status = root.find("Response/Status")
    assert status is not None and status.get("code") == str(answer.status_code)
    return answer.status_code, answer.get_data(as_text=True)


def _documents(database: Database) -> list[InboundDocument]:
    with database.read() as session:
        rows = list(session.scalars(select(InboundDocument)))
        session.expunge_all()
    return rows


def test_an_order_is_stored_once_and_answered_again(
    database: Database, client: FlaskClient
) -> None:
    assert [_post(client, ORDER)[0] for _ in range(2)] == [200, 200]
    (document,) = _documents(database)
    assert (document.channel, document.status) == ("api", "received")
    assert document.source_name == "1@works.example.xml"
    with database.read() as session:
        assert session.scalars(select(OutboxItem.task)).all() == ["read-document"]
        kept = load_blob(session, document.raw_sha256)
    assert b"sesame" not in kept and len(kept) == len(ORDER.encode())
    assert head_of(kept).payload_id == "1@works.example"


@pytest.mark.parametrize(
    "change",
    [
        ("open &amp; sesame", "open sesame"),
        ("<SharedSecret>open &amp; sesame</SharedSecret>", ""),
        ("AN01", "AN02"),
        ('domain="NetworkId"', 'domain="DUNS"'),
    ],
)
def test_who_is_not_proven_is_refused_without_a_reason(
    database: Database,
    client: FlaskClient,
    change: tuple[str, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        code, text = _post(client, ORDER.replace(*change))
    assert code == 401 and "not known" in text
    assert _documents(database) == []
    assert "sesame" not in caplog.text and "AN0" not in caplog.text


def test_a_partner_without_a_secret_cannot_post(
    database: Database, client: FlaskClient, tmp_path: Path
) -> None:
    with database.begin() as session:
        partner = partner_coded(session, "works")
        set_secret(session, partner, "cxml-secret-in", "", secret_key="k" * 32, act=an_act())
    assert _post(client, ORDER.replace("open &amp; sesame", ""))[0] == 401


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no xml", 400),
        ("<html/>", 400),
        ("<cXML><Header>", 400),
        (ORDER.replace("OrderRequest>", "PunchOutSetupRequest>"), 450),
        (
            ORDER.replace('<Request deploymentMode="production">', "<Message>").replace(
                "</Request>", "</Message>"
            ),
            450,
        ),
    ],
)
def test_what_is_not_taken_says_so(
    database: Database, client: FlaskClient, text: str, code: int
) -> None:
    assert _post(client, text)[0] == code
    assert _documents(database) == []


def test_a_profile_request_is_told_what_is_taken(client: FlaskClient) -> None:
    text = ORDER[: ORDER.index("<OrderRequest>")] + "<ProfileRequest/></Request></cXML>"
    code, said = _post(client, text)
    assert code == 200 and 'requestName="OrderRequest"' in said and "/cxml" in said


def test_entities_are_not_expanded(client: FlaskClient) -> None:
    bomb = ORDER.replace(
        '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">',
        '<!DOCTYPE cXML [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY secret "open &#38; sesame">]>',
    ).replace("open &amp; sesame", "&secret;")
    assert _post(client, bomb)[0] in (400, 401)


def test_too_large_is_refused(client: FlaskClient) -> None:
    assert _post(client, ORDER + " " * (11 * 1024 * 1024))[0] == 413


def test_utf_16_is_refused_since_the_secret_would_be_kept(
    database: Database, client: FlaskClient
) -> None:
    answer = client.post("/cxml", data=ORDER.replace("UTF-8", "UTF-16").encode("utf-16"))
    assert answer.status_code == 400 and _documents(database) == []


MULTIPART = (
    b"--edge\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-ID: <part1@works.example>\r\n%s\r\n\r\n%s\r\n"
    b"--edge\r\nContent-Type: text/plain; name=drawing.txt\r\nContent-Disposition: attachment; filename=drawing.txt\r\n"
    b"Content-ID: <part2@works.example>\r\n\r\nFlange facing up\r\n--edge--\r\n"
)
RELATED = 'multipart/related; boundary=edge; type="text/xml"; start="<part1@works.example>"'


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        (b"Content-Transfer-Encoding: 8bit", ORDER.encode()),
        (b"Content-Transfer-Encoding: base64", base64.encodebytes(ORDER.encode())),
    ],
    ids=["8bit", "base64"],
)
def test_an_order_brings_its_attachments_along(
    database: Database, client: FlaskClient, encoding: bytes, body: bytes
) -> None:
    raw = MULTIPART % (encoding, body)
    codes = [client.post("/cxml", data=raw, content_type=RELATED).status_code for _ in range(2)]
    assert codes == [200, 200]
    (document,) = _documents(database)
    assert document.source_name == "1@works.example.eml"
    with database.read() as session:
        kept = load_blob(session, document.raw_sha256)
    message = from_drop(kept, document.source_name, channel="api")
    xml, drawing = message.parts
    assert (drawing.filename, drawing.content.strip()) == ("drawing.txt", b"Flange facing up")
    assert b"sesame" not in xml.content and head_of(xml.content).payload_id == "1@works.example"
    read = extract(message, Context())
    assert (read.format, read.orders[0].fields["po_number"].value) == ("cxml/OrderRequest", "PO-1")
    assert SECRET.encode() not in kept and base64.b64encode(b"sesame")[:6] not in kept


@pytest.mark.parametrize(
    "raw", [b"", b"--edge\r\n\r\nno xml\r\n--edge--", b"--other\r\n\r\n--other--"]
)
def test_a_multipart_without_a_document_is_refused(
    database: Database, client: FlaskClient, raw: bytes
) -> None:
    assert client.post("/cxml", data=raw, content_type=RELATED).status_code == 400
    assert _documents(database) == []


def test_a_multipart_of_a_stranger_is_refused(database: Database, client: FlaskClient) -> None:
    raw = MULTIPART % (b"X-Any: 1", ORDER.replace("sesame", "poppy").encode())
    assert client.post("/cxml", data=raw, content_type=RELATED).status_code == 401
    assert _documents(database) == []
