"""Tokens from a sign-in server: kept until shortly before their end, refusals in words."""

from __future__ import annotations

import base64
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from core.errors import Misconfigured, Unavailable
from intake.mailbox import MailboxAccount, connect
from intake.oauth import OAuth, Tokens


class SignIn(ThreadingHTTPServer):
    """Answers with `reply` (status, object) and keeps the forms it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply: tuple[int, object] = (200, {"access_token": "t1", "expires_in": 3600})
        self.forms: list[dict[str, str]] = []

    def oauth(self, **changes: str) -> OAuth:
        settings = {
            "token_url": f"http://127.0.0.1:{self.server_port}/token",
            "client_id": "c",
            "client_secret": "s",
            "scope": "imap",
            "refresh_token": "r1",
        }
        return OAuth(**(settings | changes))


class _Handler(BaseHTTPRequestHandler):
    server: SignIn

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.forms.append({k: v[0] for k, v in parse_qs(body).items()})
        status, found = self.server.reply
        self.send_response(status)
        self.end_headers()
        self.wfile.write(found if isinstance(found, bytes) else json.dumps(found).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def sign_in() -> Iterator[SignIn]:
    with SignIn() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def test_a_token_is_kept_until_it_is_used_up(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("intake.oauth.time.monotonic", lambda: now[0])
    tokens, oauth = Tokens(), sign_in.oauth()
    assert tokens.access_token(oauth) == "t1"
    sign_in.reply = (200, {"access_token": "t2", "expires_in": 3600})
    now[0] += 3400
    assert tokens.access_token(oauth) == "t1"
    now[0] += 100  # two minutes before its end it counts as used up
    assert tokens.access_token(oauth) == "t2"
    tokens.forget(oauth)
    tokens.access_token(oauth)
    assert len(sign_in.forms) == 3
    assert sign_in.forms[0] == {
        "grant_type": "refresh_token",
        "client_id": "c",
        "client_secret": "s",
        "scope": "imap",
        "refresh_token": "r1",
    }


def test_client_credentials_send_no_refresh_token(sign_in: SignIn) -> None:
    Tokens().access_token(sign_in.oauth(grant="client_credentials"))
    assert sign_in.forms[0]["grant_type"] == "client_credentials"
    assert "refresh_token" not in sign_in.forms[0]


def test_a_newer_refresh_token_is_used_and_told(sign_in: SignIn) -> None:
    tokens, oauth = Tokens(), sign_in.oauth()
    assert tokens.rotated(oauth) == ""
    sign_in.reply = (200, {"access_token": "t", "refresh_token": "r2"})
    tokens.access_token(oauth)
    assert tokens.rotated(oauth) == "r2"
    tokens.forget(oauth)
    tokens.access_token(oauth)
    assert sign_in.forms[1]["refresh_token"] == "r2"


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (
            (400, {"error": "invalid_grant", "error_description": "expired"}),
            Misconfigured,
            "expired.*sign the mailbox in again",
        ),
        ((401, {"error": "invalid_client"}), Misconfigured, "Client id or client secret is wrong"),
        ((400, {"error": "invalid_scope"}), Misconfigured, "scope is wrong"),
        ((400, {}), Misconfigured, "400"),
        ((200, {}), Misconfigured, "refused"),
        ((200, b"<html>"), Misconfigured, "not the token address"),
        ((200, [1]), Misconfigured, "not the token address"),
        ((302, b""), Misconfigured, "not the token address"),
        ((503, b""), Unavailable, "answered 503"),
        ((429, b""), Unavailable, "answered 429"),
    ],
)
def test_refusals_say_what_to_do(
    sign_in: SignIn, reply: tuple[int, object], error: type[Exception], words: str
) -> None:
    sign_in.reply = reply
    with pytest.raises(error, match=words):
        Tokens().access_token(sign_in.oauth())


def test_addresses_that_lead_nowhere(sign_in: SignIn) -> None:
    with pytest.raises(Misconfigured, match="not the token address"):
        Tokens().access_token(sign_in.oauth(token_url="login.example/token"))
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        with pytest.raises(Unavailable, match="does not answer"):
            Tokens().access_token(sign_in.oauth(token_url=nowhere))


def test_secrets_are_not_shown(sign_in: SignIn) -> None:
    shown = repr(sign_in.oauth(client_secret="hush", refresh_token="hush"))
    assert "hush" not in shown


class TokenMail:
    """Just enough IMAP to sign in with XOAUTH2; takes the tokens in `good`."""

    def __init__(self, good: set[str]) -> None:
        self.good = good
        self.shown: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        with client, client.makefile("rwb", buffering=0) as lines:
            lines.write(b"* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready\r\n")
            while line := lines.readline():
                tag, command = line.split()[:2]
                if command.upper() == b"AUTHENTICATE":
                    lines.write(b"+ \r\n")
                    told = base64.b64decode(lines.readline()).decode()
                    token = told.split("Bearer ")[1].split("\x01")[0]
                    self.shown.append(told)
                    if token not in self.good:
                        lines.write(b"+ eyJzdGF0dXMiOiI0MDAifQ==\r\n")
                        assert lines.readline() == b"\r\n"
                        lines.write(tag + b" NO AUTHENTICATE failed.\r\n")
                        continue
                    lines.write(tag + b" OK done\r\n")
                elif command.upper() == b"SELECT":
                    lines.write(b"* 0 EXISTS\r\n* 0 RECENT\r\n* FLAGS ()\r\n")
                    lines.write(b"* OK [UIDVALIDITY 7] ok\r\n" + tag + b" OK [READ-WRITE] done\r\n")
                elif command.upper() == b"LOGOUT":
                    lines.write(b"* BYE\r\n" + tag + b" OK bye\r\n")
                    return
                else:
                    lines.write(tag + b" OK done\r\n")

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def mail() -> Iterator[TokenMail]:
    server = TokenMail({"t1"})
    yield server
    server.close()


def test_signing_in_with_a_token(sign_in: SignIn, mail: TokenMail) -> None:
    account = MailboxAccount(
        1, "orders", "127.0.0.1", mail.port, "none", "o@d.example", oauth=sign_in.oauth()
    )
    with connect(account) as box:
        assert box.uid_validity == 7
    assert mail.shown == ["user=o@d.example\x01auth=Bearer t1\x01\x01"]


def test_a_token_withdrawn_before_its_end_is_fetched_anew(sign_in: SignIn, mail: TokenMail) -> None:
    account = MailboxAccount(
        1, "orders", "127.0.0.1", mail.port, "none", "o@d.example", oauth=sign_in.oauth()
    )
    tokens = Tokens()
    with connect(account, tokens):
        pass
    mail.good = {"t2"}
    sign_in.reply = (200, {"access_token": "t2"})
    with connect(account, tokens):
        pass
    assert len(sign_in.forms) == 2


def test_a_token_that_the_mail_server_refuses(sign_in: SignIn, mail: TokenMail) -> None:
    mail.good = set()
    account = MailboxAccount(
        1, "orders", "127.0.0.1", mail.port, "none", "o@d.example", oauth=sign_in.oauth()
    )
    with pytest.raises(Misconfigured, match="refused the sign-in of o@d"), connect(account):
        pass
