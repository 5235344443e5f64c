"""A mailbox over IMAP: which mails are there, their bytes, and the mark that one is done.

Order of things for the caller: fetch, store and commit, and only then mark_done.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from imapclient import DELETED, IMAPClient
from imapclient.exceptions import IMAPClientError

from core.errors import Misconfigured, NotFound, Unavailable
from intake import limits
from intake.connection import MailboxAccount, leave, open_client, sign_in
from intake.oauth import Tokens
from intake.refusals import told

__all__ = ["FetchedMail", "MailboxAccount", "OpenMailbox", "connect", "unseen_by_ledger"]

_LONGEST_WAIT = 290.0  # servers and firewalls forget a quiet connection after some minutes
_DEAF = 8.0


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """One mail's bytes; `is_whole` is False for those above the limit, of which only the header block came."""

    uid: int
    raw: bytes = field(repr=False)
    size: int
    internal_date: datetime
    is_whole: bool = True


def unseen_by_ledger(all_uids: Collection[int], known_uids: Collection[int]) -> list[int]:
    """The UIDs that were never taken, oldest first; flags play no part, since other clients change them."""
    return sorted(set(all_uids) - set(known_uids))


@contextlib.contextmanager
def connect(account: MailboxAccount, tokens: Tokens | None = None) -> Iterator[OpenMailbox]:
    """The mailbox, signed in and with its folder open; closed at the end whatever happens.

    Raises Misconfigured when a person must change something, Unavailable when trying again will do.
    """
    with told(account.server, account.username):
        client = open_client(account)
    try:
        with told(account.server, account.username):
            sign_in(client, account, tokens or Tokens())
        yield OpenMailbox(client, account)
    finally:
        leave(client)


class OpenMailbox:
    """A folder that is open on the server; every call has a time-out."""

    def __init__(self, client: IMAPClient, account: MailboxAccount) -> None:
        self._client = client
        self._account = account
        self._processed = ""
        self._newest = 0
        with told(account.server, account.username):
            selected = self._select(readonly=account.after == "leave")
        validity = selected.get(b"UIDVALIDITY")
        if not isinstance(validity, int):
            raise Misconfigured(
                f"{account.server} gives its folder {account.folder} no UIDVALIDITY, so mails cannot be told apart;"
                " choose another folder or server."
            )
        self.uid_validity: int = validity
        self._keeps: tuple[bytes, ...] = tuple(selected.get(b"PERMANENTFLAGS", ()))

    def list_uids(self) -> list[int]:
        """All UIDs in the folder, ascending."""
        with self._told():
            uids = sorted(int(uid) for uid in self._client.search("ALL"))
        self._newest = uids[-1] if uids else self._newest
        return uids

    def fetch(self, uid: int) -> FetchedMail:
        """The whole mail, without marking it read.

        Raises NotFound when it is gone, Unavailable when it did not arrive whole.
        """
        with self._told():
            facts = self._one(uid, ["RFC822.SIZE", "INTERNALDATE"])
            size = int(facts.get(b"RFC822.SIZE", 0))
            at = _utc(facts.get(b"INTERNALDATE"))
            if size > limits.MAIL_BYTES:
                return FetchedMail(uid, self._header_block(uid), size, at, is_whole=False)
            raw = _literal(self._one(uid, ["BODY.PEEK[]"]), b"BODY[]")
            if not raw or (len(raw) != size and not self._ends_at(uid, len(raw))):
                raise Unavailable(
                    f"Mail {uid} in {self._account.name} came with {len(raw or b'')} of {size} bytes;"
                    " it is fetched again."
                )
            return FetchedMail(uid, raw, size, at)

    def mark_done(self, uid: int) -> None:
        """Move or keyword the mail as configured; only after its bytes are committed. Repeating it is harmless."""
        with self._told():
            if self._account.after == "move":
                self._move(uid)
            elif self._account.after == "keyword":
                self._add_keyword(uid)

    def unmarked(self, uids: Collection[int]) -> list[int]:
        """Those of the given mails that mark_done has still to see to: all that stand here, or lack the keyword."""
        if not uids or self._account.after == "leave":
            return []
        with self._told():
            wanted = (
                "ALL" if self._account.after == "move" else ["UNKEYWORD", self._account.keyword]
            )
            return sorted(set(uids) & {int(uid) for uid in self._client.search(wanted)})

    def idle(self, timeout: float) -> bool:
        """Wait until there is mail newer than list_uids() last told (True), at most `timeout` seconds.

        Never longer than five minutes, and never deaf for longer than some seconds: what a server tells between
        two commands is easily lost, so the newest UID is asked for now and again.
        """
        until = time.monotonic() + min(timeout, _LONGEST_WAIT)
        with self._told():
            while not self._has_newer():
                left = until - time.monotonic()
                if left <= 0:
                    return False
                self._wait(min(left, _DEAF))
        return True

    def _has_newer(self) -> bool:
        self._client.noop()  # some servers search only what this connection was told of
        newest = f"{self._newest + 1}:*"  # servers answer with the last mail when none is newer
        return any(int(uid) > self._newest for uid in self._client.search(["UID", newest]))

    def _wait(self, seconds: float) -> None:
        if not self._client.has_capability("IDLE"):
            time.sleep(seconds)
            self._client.noop()
            return
        self._client.idle()
        try:
            self._client.idle_check(timeout=seconds)
        finally:
            self._client.idle_done()

    def _told(self) -> contextlib.AbstractContextManager[None]:
        return told(self._account.server, self._account.username)

    def _select(self, readonly: bool) -> dict[bytes, Any]:
        try:
            return dict(self._client.select_folder(self._account.folder, readonly=readonly))
        except IMAPClientError as error:
            if self._client.folder_exists(self._account.folder):
                raise
            raise Misconfigured(
                f"The mailbox {self._account.name} has no folder {self._account.folder}; create it or name another."
            ) from error

    def _one(self, uid: int, wanted: list[str]) -> dict[bytes, Any]:
        found = self._client.fetch([uid], wanted).get(uid)
        if not found or len(found) < 2:  # SEQ alone is what servers say of a mail just removed
            raise NotFound(f"Mail {uid} is no longer in {self._account.name}.")
        return dict(found)

    def _header_block(self, uid: int) -> bytes:
        most = limits.HEADER_BLOCK_BYTES
        found = self._one(uid, [f"BODY.PEEK[HEADER]<0.{most}>"])
        return _literal(found, b"BODY[HEADER]") or b""

    def _ends_at(self, uid: int, length: int) -> bool:
        """Some servers only estimate RFC822.SIZE: ask whether anything follows what came."""
        rest = self._one(uid, [f"BODY.PEEK[]<{length}.1024>"])
        return _literal(rest, b"BODY[]") == b""

    def _move(self, uid: int) -> None:
        folder = self._processed or self._processed_folder()
        if self._client.has_capability("MOVE"):
            self._client.move([uid], folder)
            return
        if not self._client.search(["UID", str(uid)]):
            return
        self._client.copy([uid], folder)
        self._client.add_flags([uid], [DELETED], silent=True)
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(
                [uid]
            )  # this one alone; a plain EXPUNGE would take others' too

    def _processed_folder(self) -> str:
        """The folder's name as this server wants it; made when it is missing."""
        for name in self._spellings(self._account.processed_folder):
            if self._client.folder_exists(name) or self._created(name):
                self._processed = name
                return name
        raise Misconfigured(
            f"The folder {self._account.processed_folder} cannot be made on {self._account.server}; create it by hand,"
            " or choose to mark mails with a keyword."
        )

    def _created(self, name: str) -> bool:
        try:
            self._client.create_folder(name)
        except IMAPClientError:
            return False
        with contextlib.suppress(IMAPClientError):
            self._client.subscribe_folder(name)
        return True

    def _spellings(self, name: str) -> list[str]:
        """As configured, and inside the personal namespace ("INBOX.Orderclerk"), where the server has one."""
        if not self._client.has_capability("NAMESPACE"):
            return [name]
        personal = self._client.namespace().personal or ()
        for prefix, separator in personal[:1]:
            inside = name.replace("/", separator) if separator else name
            return [inside] if inside.startswith(prefix) else [inside, f"{prefix}{inside}"]
        return [name]

    def _add_keyword(self, uid: int) -> None:
        keyword = self._account.keyword.encode("ascii", "replace")
        if b"\\*" not in self._keeps and keyword not in self._keeps:
            raise Misconfigured(
                f"{self._account.server} keeps no keywords in {self._account.folder}; let mails be moved instead."
            )
        self._client.add_flags([uid], [keyword], silent=True)


def _literal(found: dict[bytes, Any], name: bytes) -> bytes | None:
    """A literal of a FETCH answer, None when the server left it out; partial ones carry an offset in the name."""
    value = next((v for k, v in found.items() if k.startswith(name)), None)
    return value if isinstance(value, bytes) else None


def _utc(found: object) -> datetime:
    if isinstance(found, datetime) and found.tzinfo is not None:
        return found.astimezone(timezone.utc)
    return datetime.now(timezone.utc)
