"""A mailbox's rows as intake wants them: its account with unsealed secrets, and its rules in order."""

from __future__ import annotations

from core.inbound.mailboxes import unseal
from core.inbound.tables import Mailbox
from intake.mailbox import MailboxAccount, connect
from intake.oauth import OAuth
from intake.rules import Rule


def rules_of(mailbox: Mailbox | None) -> tuple[Rule, ...]:
    """Rules as {"name", "from", "to", "subject", "attachment", "lane", "stop"}; absent conditions always hold."""
    return tuple(
        Rule(
            name=str(found.get("name", "")),
            from_contains=str(found.get("from", "")),
            to_contains=str(found.get("to", "")),
            subject_contains=str(found.get("subject", "")),
            attachment_name=str(found.get("attachment", "")),
            lane=found.get("lane") or None,
            stop=bool(found.get("stop", True)),
        )
        for found in (mailbox.rules if mailbox else ())
    )


def account_of(mailbox: Mailbox, secret_key: str) -> MailboxAccount:
    """Raises Misconfigured when the secrets cannot be opened."""
    secrets = unseal(mailbox.secrets, secret_key)
    return MailboxAccount(
        id=mailbox.id,
        name=mailbox.name,
        host=mailbox.host,
        port=mailbox.port,
        tls=mailbox.tls,
        username=mailbox.username,
        password=secrets.get("password", ""),
        oauth=_oauth(mailbox, secrets),
        folder=mailbox.folder,
        after=mailbox.after,
        processed_folder=mailbox.processed_folder,
        keyword=mailbox.keyword,
        rules=rules_of(mailbox),
    )


def _oauth(mailbox: Mailbox, secrets: dict[str, str]) -> OAuth | None:
    if not mailbox.oauth:
        return None
    return OAuth(
        token_url=str(mailbox.oauth["token_url"]),
        client_id=str(mailbox.oauth["client_id"]),
        client_secret=secrets.get("client_secret", ""),
        scope=str(mailbox.oauth.get("scope", "")),
        grant=str(mailbox.oauth.get("grant", "refresh_token")),
        refresh_token=secrets.get("refresh_token", ""),
    )


def try_mailbox(mailbox: Mailbox, secret_key: str) -> str:
    """Signs in and looks; a sentence on what is there. Raises Misconfigured or Unavailable."""
    account = account_of(mailbox, secret_key)
    with connect(account) as box:
        number = len(box.list_uids())
    return f"{account.username} at {account.server}: signed in, {number} mails in {account.folder}."
