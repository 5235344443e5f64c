"""The screens of the exchange with partners."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from core import journal
from core.act import Act
from core.database import Database
from core.exchange.profile import read_profile
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage, Partner
from core.inbound.blobs import PIECE_BYTES, load_blob, store_blob, store_piece, store_pieced
from core.inbound.envelopes import Fault
from core.inbound.receive import Arrival, receive
from core.inbound.tables import InboundDocument
from core.values import utc_now
from review_app.exchange import partners
from tests.review_app.conftest import Browser

X12 = (
    b"ISA*00*          *00*          *ZZ*ACMEBUY        *ZZ*OURS           *261122*0915*U*00401*000000077*1*P*>~"
    b"GS*PO*ACMEBUY*OURS*20261122*0915*5*X*004010~ST*850*0001~BEG*00*SA*77-<b>120**20261122~"
    b"PO1*1*twelve*EA*2.5*PE*BP*A-1~CTT*1~SE*9*0001~GE*1*5~IEA*1*000000077~"
)
COUNT = Fault("message", "AK502", "4", "edi-message-count", 7, "9", "SE", 5)


@pytest.fixture
def came(sqlite_database: Database) -> int:
    with sqlite_database.begin() as session:
        partner = Partner(code="ACME", name="Acme Pumps")
        sha256 = store_blob(session, X12)
        document = InboundDocument(
            channel="drop",
            raw_sha256=sha256,
            size=len(X12),
            findings=[
                {
                    "code": "edi-message-count",
                    "severity": "warning",
                    "place": "part 1, segment 7",
                    "text": "SE counts 9 segments, there are 5 [AK502 code 4].",
                }
            ],
        )
        session.add_all([partner, document])
        session.flush()
        row = ExchangeInterchange(
            direction="in",
            status="received",
            partner_id=partner.id,
            document_id=document.id,
            standard="x12",
            sender_id="ACMEBUY",
            sender_qualifier="ZZ",
            receiver_id="OURS",
            control="000000077",
            verdict="accepted-with-faults",
            wants_answer=True,
            size=len(X12),
            file_name="orders-77.edi",
        )
        session.add(row)
        session.flush()
        group = ExchangeGroup(interchange_id=row.id, ordinal=0, kind="PO", control="5")
        session.add(group)
        session.flush()
        session.add(
            ExchangeMessage(
                interchange_id=row.id,
                group_id=group.id,
                ordinal=0,
                format="x12/850",
                control="0001",
                verdict="accepted-with-faults",
                faults=[asdict(COUNT)],
            )
        )
        return row.id


def test_the_list_says_who_sent_what_under_which_number(
    came: int, browser: Callable[[str], Browser]
) -> None:
    text = browser("clerk").client.get("/exchange").get_data(as_text=True)
    assert "Acme Pumps" in text and "000000077" in text and "850, a purchase order" in text
    assert "orders-77.edi" in text and "accepted with faults" in text
    nothing = browser("clerk").client.get("/exchange?q=4711").get_data(as_text=True)
    assert "000000077" not in nothing and "Nothing like that" in nothing
    assert 'hx-trigger="every 10s"' in text and 'hx-trigger="every 10s"' not in nothing


def test_one_shows_its_tree_and_each_finding_at_its_place(
    came: int, browser: Callable[[str], Browser]
) -> None:
    text = browser("clerk").client.get(f"/exchange/{came}").get_data(as_text=True)
    assert "Group PO 5" in text
    assert text.count("SE counts 9 segments, there are 5") == 2  # in the tree and at its segment
    assert 'id="s-7" class="faulty"' in text
    assert "order number" in text and "Start of the purchase order" in text
    assert "77-&lt;b&gt;120" in text and "77-<b>120" not in text


def test_the_original_comes_back_byte_by_byte(came: int, browser: Callable[[str], Browser]) -> None:
    answer = browser("clerk").client.get(f"/exchange/{came}/original")
    assert answer.data == X12
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "filename=orders-77.edi" in answer.headers["Content-Disposition"]


def test_an_unknown_interchange_is_said_so(browser: Callable[[str], Browser]) -> None:
    answer = browser("clerk").client.get("/exchange/99")
    assert answer.status_code == 404
    assert "There is no interchange 99" in answer.get_data(as_text=True)


SAMPLE = Path(partners.__file__).with_name("new_partner.toml")


def test_the_sample_profile_is_a_valid_one() -> None:
    profile, problems = read_profile(SAMPLE.read_text(encoding="utf-8"))
    assert problems == () and profile is not None


def test_an_administrator_keeps_a_profile_and_sees_what_is_wrong_with_another(
    browser: Callable[[str], Browser],
) -> None:
    admin = browser("admin")
    text = admin.get("/exchange/partners/new").get_data(as_text=True)
    assert "ACMEBUY" in text
    sample = SAMPLE.read_text(encoding="utf-8")
    wrong = sample.replace('technical = "always"', 'technical = "perhaps"')
    answer = admin.post("/exchange/partners/new", {"profile_text": wrong, "version": "0"})
    said = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "answers.technical" in said and "perhaps" in said and "ACMEBUY" in said
    kept = admin.post("/exchange/partners/new", {"profile_text": sample, "version": "0"})
    assert kept.headers["Location"].endswith("/exchange/partners/acme")
    listed = admin.get("/exchange/partners").get_data(as_text=True)
    assert "Acme Pumps" in listed and "ACMEBUY" in listed and "test" in listed


def test_a_clerk_may_look_at_profiles_and_not_change_them(
    browser: Callable[[str], Browser],
) -> None:
    clerk = browser("clerk")
    assert clerk.get("/exchange/partners").status_code == 200
    answer = clerk.post("/exchange/partners/new", {"profile_text": "", "version": "0"})
    assert answer.status_code == 403


def test_a_secret_is_kept_and_never_shown(browser: Callable[[str], Browser]) -> None:
    admin = browser("admin")
    sample = SAMPLE.read_text(encoding="utf-8")
    admin.post("/exchange/partners/new", {"profile_text": sample, "version": "0"})
    secret = {"name": "sftp-password", "value": "tell nobody"}
    admin.post("/exchange/partners/acme/secret", secret)
    text = admin.get("/exchange/partners/acme").get_data(as_text=True)
    assert "Sftp password (kept)" in text and "tell nobody" not in text


def test_what_came_in_cannot_be_sent_again(came: int, browser: Callable[[str], Browser]) -> None:
    answer = browser("clerk").post(f"/exchange/{came}/resend", {"reason": "lost"})
    assert answer.status_code == 409
    assert "only what we sent" in answer.get_data(as_text=True)


def test_what_was_set_aside_is_closed_with_a_word(
    came: int, sqlite_database: Database, browser: Callable[[str], Browser]
) -> None:
    with sqlite_database.begin() as session:
        row = session.get_one(ExchangeInterchange, came)
        quarantine = Act("system:test", key="q")
        journal.advance(session, row, "quarantine", act=quarantine, facts={"reason": "edi-cut"})
    clerk = browser("clerk")
    text = clerk.get(f"/exchange/{came}").get_data(as_text=True)
    assert "Take it on all the same" in text and "Send again" not in text
    answer = clerk.post(f"/exchange/{came}/close", {"reason": "They sent it again"})
    assert answer.status_code == 303
    assert "They sent it again" in clerk.get(f"/exchange/{came}").get_data(as_text=True)


def test_a_long_original_comes_piece_by_piece(
    sqlite_database: Database, browser: Callable[[str], Browser]
) -> None:
    content = X12 + b"\n" * 3_000_000
    with sqlite_database.begin() as session:
        sha256 = hashlib.sha256(content).hexdigest()
        pieces = [content[n : n + PIECE_BYTES] for n in range(0, len(content), PIECE_BYTES)]
        for n, piece in enumerate(pieces):
            store_piece(session, sha256, n, piece)
        store_pieced(session, sha256, len(content), len(pieces))
        arrival = Arrival(
            "drop", b"", utc_now(), source_name="long.edi", stored=(sha256, len(content))
        )
        document_id = receive(session, arrival, act=Act("system:intake")).document_id
    answer = browser("clerk").client.get(f"/raw/{document_id}")
    assert answer.is_streamed and answer.data == content


def test_of_very_many_messages_the_refused_ones_are_shown_first(
    sqlite_database: Database, browser: Callable[[str], Browser]
) -> None:
    with sqlite_database.begin() as session:
        row = ExchangeInterchange(direction="in", standard="x12", control="5", status="received")
        session.add(row)
        session.flush()
        session.add_all(
            ExchangeMessage(
                interchange_id=row.id, ordinal=n, format="x12/850", control=f"{n:04}",
                verdict="rejected" if n == 640 else "accepted",
            )
            for n in range(650)
        )  # fmt: skip
        interchange_id = row.id
    text = browser("clerk").client.get(f"/exchange/{interchange_id}").text
    assert "0640" in text and "0649" not in text
    assert "150 more messages in it." in text


def test_a_text_is_corrected_and_read_again_and_the_original_stays(
    came: int, sqlite_database: Database, browser: Callable[[str], Browser]
) -> None:
    clerk = browser("clerk")
    with sqlite_database.begin() as session:
        row = session.get_one(ExchangeInterchange, came)
        document = session.get_one(InboundDocument, row.document_id)
        journal.advance(session, document, "receive", act=Act("system:test", key="r"))
        quarantine = Act("system:test", key="q")
        journal.advance(session, document, "quarantine", act=quarantine, facts={"reason": "x"})
    text = clerk.get(f"/exchange/{came}").get_data(as_text=True)
    assert "Correct the text and read it again" in text
    corrected = X12.decode().replace("SE*9*", "SE*5*")
    form = {"text": corrected, "charset": "utf-8", "ends": "lf"}
    assert clerk.post(f"/exchange/{came}/text", form).status_code == 303
    with sqlite_database.read() as session:
        row = session.get_one(ExchangeInterchange, came)
        document = session.get_one(InboundDocument, row.document_id)
        assert document.status == "received"
        assert load_blob(session, document.edits["1"]) == corrected.encode()
        assert load_blob(session, document.raw_sha256) == X12
    unchanged = clerk.post(f"/exchange/{came}/text", {**form, "charset": "ebcdic"})
    assert unchanged.status_code == 422


def _went(database: Database, came: int) -> int:
    with database.begin() as session:
        raw = X12.replace(b"ST*850", b"ST*855")
        row = ExchangeInterchange(
            direction="out",
            status="sent",
            standard="x12",
            sender_id="OURS",
            receiver_id="ACMEBUY",
            control="000000009",
            sha256=store_blob(session, raw),
            size=len(raw),
            answers_id=came,
            answer_state="rejected",
            carrier="drop",
            file_name="../855:9.edi",
            partner_id=1,
        )
        session.add(row)
        session.flush()
        session.add(ExchangeMessage(interchange_id=row.id, ordinal=0, format="x12/855"))
        return row.id


def test_what_went_goes_again_with_a_reason_that_is_kept(
    came: int, sqlite_database: Database, browser: Callable[[str], Browser]
) -> None:
    went, clerk = _went(sqlite_database, came), browser("clerk")
    answer = clerk.post(f"/exchange/{went}/resend")
    assert answer.status_code == 422 and "Say why it goes again" in answer.get_data(as_text=True)
    clerk.post(f"/exchange/{went}/resend", {"reason": "their mailbox was full"})
    said = clerk.get(f"/exchange/{went}").get_data(as_text=True)
    assert "It is sent once more under number 000000009: their mailbox was full" in said


def test_the_list_is_narrowed_and_taken_along(
    came: int, sqlite_database: Database, browser: Callable[[str], Browser]
) -> None:
    _went(sqlite_database, came)
    clerk = browser("clerk")
    shown = clerk.get("/exchange?answer=rejected&days=7").get_data(as_text=True)
    assert "000000009" in shown and "000000077" not in shown
    assert "/exchange/interchanges.csv?answer=rejected&amp;days=7" in shown
    taken = clerk.get("/exchange/interchanges.csv?verdict=accepted-with-faults")
    assert taken.headers["Content-Type"] == "text/csv; charset=utf-8"
    head, row = taken.data.decode("utf-8-sig").splitlines()
    assert head.startswith("id,direction,at,partner") and "000000077" in row and "x12/850" in row
    assert "000000009" not in row


def test_one_is_packed_with_its_answers_and_what_happened(
    came: int, sqlite_database: Database, browser: Callable[[str], Browser]
) -> None:
    went = _went(sqlite_database, came)
    clerk = browser("clerk")
    clerk.post(f"/exchange/{went}/resend", {"reason": "lost"})
    with zipfile.ZipFile(io.BytesIO(clerk.get(f"/exchange/{came}/all.zip").data)) as pack:
        assert pack.testzip() is None
        names = pack.namelist()
        assert names == [f"{came}-orders-77.edi", f"answered-by/{went}-8559.edi", "about.json"]
        assert pack.read(names[0]) == X12
        about = json.loads(pack.read("about.json"))
    assert about["groups"][0]["messages"][0]["faults"][0]["code"] == "4"
    with zipfile.ZipFile(io.BytesIO(clerk.get(f"/exchange/{went}/all.zip").data)) as pack:
        (event,) = json.loads(pack.read("about.json"))["events"]
    assert event["event"] == "interchange.resent" and event["text"].endswith(": lost")
    assert clerk.get("/exchange/999/all.zip").status_code == 404


def test_a_partner_s_page_says_how_it_goes(
    came: int, sqlite_database: Database, browser: Callable[[str], Browser]
) -> None:
    _went(sqlite_database, came)
    profile, _ = read_profile(SAMPLE.read_text(encoding="utf-8"))
    assert profile is not None
    with sqlite_database.begin() as session:
        session.get_one(Partner, 1).profile = profile.as_json()
    text = browser("clerk").client.get("/exchange/partners/ACME").get_data(as_text=True)
    assert "850, a purchase order" in text and "855, a purchase order acknowledgement" in text
    assert "1 ×" in text and "edi-message-count" in text
    assert "becomes a live order" in text  # the sample's mode is test
