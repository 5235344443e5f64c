"""A real IMAP server (pymap, mails in memory) on a free loopback port, in a thread of this process.

    with PymapServer({"orders@demo.example": "secret"}) as server:
        server.deliver("orders@demo.example", raw)      # into INBOX
        server.messages("orders@demo.example", "INBOX")  # raw bytes of all mails there
        server.host, server.port                          # for a MailboxAccount with tls="none"

`forget_uids(user, folder)` makes a folder come back with another UIDVALIDITY and new UIDs, as after a restore.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from argparse import Namespace
from contextlib import AsyncExitStack

from imapclient import IMAPClient
from pymap.backend.dict import Config, DictBackend
from pymap.imap import IMAPService
from pymap.user import Passwords, UserMetadata
from pysasl.hashing import BuiltinHash


class PymapServer:
    host = "127.0.0.1"

    def __init__(self, users: dict[str, str], port: int = 0) -> None:
        self.users = users
        self.port = port or free_port()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._started = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="pymap", daemon=True)

    def start(self) -> PymapServer:
        self._thread.start()
        self._started.wait(20)
        if self._failure is not None:
            raise self._failure
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def __enter__(self) -> PymapServer:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def deliver(self, user: str, raw: bytes, folder: str = "INBOX") -> None:
        with self._client(user) as client:
            client.append(folder, raw)

    def messages(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """Raw bytes of every mail in the folder, in its order; [] when there is no such folder."""
        with self._client(user) as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search("ALL"), ["BODY.PEEK[]"])
            return [bytes(found[uid][b"BODY[]"]) for uid in sorted(found)]

    def forget_uids(self, user: str, folder: str = "INBOX") -> None:
        kept = self.messages(user, folder)
        with self._client(user) as client:
            if folder == "INBOX":  # renaming INBOX leaves a new, empty one behind (RFC 3501 6.3.5)
                client.rename_folder(folder, "before")
                client.delete_folder("before")
            else:
                client.delete_folder(folder)
                client.create_folder(folder)
        for raw in kept:
            self.deliver(user, raw, folder)

    def _client(self, user: str) -> IMAPClient:
        client = IMAPClient(self.host, self.port, ssl=False, timeout=20)
        client.login(user, self.users[user])
        return client

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        except BaseException as error:
            self._failure = error
            self._started.set()
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        backend, config = await DictBackend.init(
            self._arguments(), secure_auth=False, hash_context=BuiltinHash(rounds=1)
        )
        for user, password in self.users.items():
            await _add_user(backend, config, user, password)
        config.apply_context()
        async with AsyncExitStack() as stack:
            await backend.start(stack)
            await IMAPService(backend, config).start(stack)
            self._started.set()
            await self._stop.wait()

    def _arguments(self) -> Namespace:
        user, password = next(iter(self.users.items()))
        return Namespace(
            host=self.host,
            port=str(self.port),
            cert=None,
            key=None,
            tls=False,
            debug=False,
            demo_data=False,
            demo_user=user,
            demo_password=password,
            proxy_protocol=None,
            inherited_sockets=None,
            passlib_cfg=None,
        )


async def _add_user(backend: DictBackend, config: Config, user: str, password: str) -> None:
    hashed = await Passwords(config).hash_password(password)
    backend.login.users_dict[user] = UserMetadata(config, user, password=hashed)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
