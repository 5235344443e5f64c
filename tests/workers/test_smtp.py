"""Every way a mail server can answer, and what it says about the mail's fate."""

from __future__ import annotations

import pytest

from core.errors import Misconfigured
from tests.servers.scripted_smtp import ScriptedSmtp
from workers import smtp

RAW = b"Subject: x\r\n\r\n.leading dot\nbare line end\r\n"


def _send(script: dict[str, str]) -> tuple[smtp.Outcome, list[str], list[bytes]]:
    phases: list[str] = []
    with ScriptedSmtp(script) as server:
        outcome = smtp.send(server.url, "us@a.example", ("you@b.example",), RAW, phases.append)
        return outcome, phases, server.accepted


def test_a_taken_mail_arrives_as_it_was() -> None:
    outcome, phases, accepted = _send({})
    assert outcome.kind == "sent"
    assert phases == ["connected", "mail", "rcpt", "data", "dot"]
    assert accepted == [b"Subject: x\r\n\r\n.leading dot\r\nbare line end\r\n"]


@pytest.mark.parametrize(
    ("step", "reply", "kind"),
    [
        ("greeting", "421 busy", "later"),
        ("greeting", "554 not now", "later"),
        ("mail", "451 later", "later"),
        ("mail", "550 never", "refused"),
        ("rcpt", "450 greylisted", "later"),
        ("rcpt", "550 no such user", "refused"),
        ("data", "452 full", "later"),
        ("data", "554 no", "refused"),
        ("dot", "451 later", "later"),
        ("dot", "552 too large", "refused"),
        ("mail", "drop", "later"),
        ("rcpt", "drop", "later"),
        ("data", "drop", "later"),
        ("dot", "drop", "unknown"),
        ("dot", "take-and-drop", "unknown"),
    ],
)
def test_each_answer_at_each_step(step: str, reply: str, kind: str) -> None:
    outcome, _, _ = _send({step: reply})
    assert outcome.kind == kind


def test_silence_after_the_dot_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.3)
    assert _send({"dot": "hang"})[0].kind == "unknown"


def test_silence_before_the_dot_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "STEP_SECONDS", 0.3)
    assert _send({"rcpt": "hang"})[0].kind == "later"


def test_a_wrong_password_is_our_matter_not_the_mails() -> None:
    with ScriptedSmtp({"ehlo": "250-x\r\n250 AUTH PLAIN", "auth": "535 wrong"}) as server:
        url = server.url.replace("//", "//user:p%40ss@")
        outcome = smtp.send(url, "us@a.example", ("you@b.example",), RAW, lambda _: None)
    assert (outcome.kind, outcome.reason) == ("later", "sign-in-refused")


def test_nobody_listens() -> None:
    with ScriptedSmtp() as server:
        pass
    outcome = smtp.send(server.url, "us@a.example", ("you@b.example",), RAW, lambda _: None)
    assert (outcome.kind, outcome.reason) == ("later", "mail-server-away")


def test_what_enter_raises_stops_before_the_step() -> None:
    def enter(phase: str) -> None:
        if phase == "dot":
            raise RuntimeError("somebody else has it")

    with ScriptedSmtp() as server:
        with pytest.raises(RuntimeError):
            smtp.send(server.url, "us@a.example", ("you@b.example",), RAW, enter)
        assert server.accepted == []


def test_an_unusable_url_names_the_setting() -> None:
    with pytest.raises(Misconfigured, match="ORDERCLERK_SMTP_URL"):
        smtp.send("http://x", "a@b.example", ("c@d.example",), RAW, lambda _: None)
