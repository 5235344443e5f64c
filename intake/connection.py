"""How to reach one mailbox: its account, an encrypted connection, and signing in."""

from __future__ import annotations

import contextlib
import ssl
from dataclasses import dataclass, field

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from intake.oauth import OAuth, Tokens
from intake.rules import Rule

_TIMEOUTS = SocketTimeout(connect=15, read=60)


@dataclass(frozen=True, slots=True)
class MailboxAccount:
    """One mailbox to read.

    tls: "tls", "starttls" or "none". after: "move" (to processed_folder), "keyword" or "leave".
    oauth: instead of a password. ca_file: a private certificate authority, "" for the system's.
    """

    id: int
    name: str
    host: str
    port: int = 993
    tls: str = "tls"
    username: str = ""
    password: str = field(default="", repr=False)
    oauth: OAuth | None = None
    folder: str = "INBOX"
    after: str = "move"
    processed_folder: str = "Orderclerk"
    keyword: str = "Orderclerk"
    rules: tuple[Rule, ...] = ()
    ca_file: str = ""

    @property
    def server(self) -> str:
        return f"{self.host}:{self.port}"


def open_client(account: MailboxAccount) -> IMAPClient:
    """A connection, encrypted as configured, with a time-out on every call."""
    context = None
    if account.tls != "none":
        context = ssl.create_default_context(cafile=account.ca_file or None)
    client = IMAPClient(
        account.host,
        account.port,
        ssl=account.tls == "tls",
        ssl_context=context if account.tls == "tls" else None,
        timeout=_TIMEOUTS,
    )
    client.normalise_times = False  # aware times as the server gave them
    if account.tls == "starttls":
        try:
            client.starttls(context)
        except BaseException:
            with contextlib.suppress(Exception):
                client.shutdown()
            raise
    return client


def sign_in(client: IMAPClient, account: MailboxAccount, tokens: Tokens) -> None:
    """By password or, with XOAUTH2, by access token."""
    if account.oauth is None:
        client.login(account.username, account.password)
        return
    try:
        _show_token(client, account, tokens.access_token(account.oauth))
    except LoginError:
        tokens.forget(account.oauth)  # it may have been withdrawn before its time
        _show_token(client, account, tokens.access_token(account.oauth))


def _show_token(client: IMAPClient, account: MailboxAccount, token: str) -> None:
    answers = iter((f"user={account.username}\x01auth=Bearer {token}\x01\x01",))
    client.sasl_login("XOAUTH2", lambda _challenge: next(answers, ""))


def leave(client: IMAPClient) -> None:
    """Sign out and close, whatever state the connection is in."""
    with contextlib.suppress(Exception):  # the work is done or lost already; nothing to add
        client.logout()
        return
    with contextlib.suppress(Exception):
        client.shutdown()
