"""The demo's mail servers: IMAP over a folder of mails, and SMTP that keeps what it gets. Loopback only.

python -m workers.demo.servers imap FOLDER PORT USER PASSWORD
python -m workers.demo.servers smtp FOLDER PORT
"""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import Namespace
from contextlib import AsyncExitStack
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.controller import UnthreadedController
from pymap.backend.maildir import MaildirBackend
from pymap.backend.maildir.users import PasswordsFile, UsersFile
from pymap.imap import IMAPService
from pymap.user import Passwords

from core.values import utc_now

HOST = "127.0.0.1"
ENVELOPES = "envelopes.jsonl"


async def imap(folder: Path, port: int, user: str, password: str) -> None:
    """Serves one account whose mails, UIDs and UIDVALIDITY stay over restarts. Runs until cancelled."""
    folder.mkdir(parents=True, exist_ok=True)
    backend, config = await MaildirBackend.init(_arguments(folder, port), secure_auth=False)
    hashed = await Passwords(config).hash_password(password)
    async with (
        UsersFile.with_write(str(folder)) as users,
        PasswordsFile.with_write(str(folder)) as passwords,
    ):
        users.set(users.build_record(user, "mails"))
        passwords.set(passwords.build_record(user, hashed))
    config.apply_context()
    async with AsyncExitStack() as stack:
        await backend.start(stack)
        await IMAPService(backend, config).start(stack)
        await asyncio.Event().wait()


def _arguments(folder: Path, port: int) -> Namespace:
    return Namespace(
        base_dir=str(folder),
        concurrency=4,
        layout="++",
        colon=None,
        host=HOST,
        port=str(port),
        cert=None,
        key=None,
        tls=False,
        debug=False,
        proxy_protocol=None,
        inherited_sockets=None,
        passlib_cfg=None,
    )


class Sink:
    """Keeps every mail as <n>.eml and its envelope as a row of envelopes.jsonl."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._count = len(list(folder.glob("*.eml")))

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self._count += 1
        name = f"{self._count:05d}.eml"
        content = bytes(envelope.original_content or b"")
        (self._folder / name).write_bytes(content)
        row = {
            "file": name,
            "at": utc_now().isoformat(),
            "from": envelope.mail_from,
            "to": list(envelope.rcpt_tos),
            "message_id": str(message_from_bytes(content)["Message-ID"] or ""),
        }
        with (self._folder / ENVELOPES).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        return "250 kept"


def sent(folder: Path) -> list[dict[str, Any]]:
    """The envelopes of every mail that arrived at the sink, oldest first."""
    path = folder / ENVELOPES
    if not path.exists():
        return []
    return [json.loads(row) for row in path.read_text("utf-8").splitlines()]


async def smtp(folder: Path, port: int) -> None:
    controller = UnthreadedController(
        Sink(folder),
        hostname=HOST,
        port=port,
        loop=asyncio.get_running_loop(),
        data_size_limit=50 * 1024**2,
        decode_data=False,
    )
    server = await controller._create_server()
    async with server:
        await server.serve_forever()


def main() -> None:
    kind, folder, port, *account = sys.argv[1:]
    if kind == "imap":
        asyncio.run(imap(Path(folder), int(port), *account))
    else:
        asyncio.run(smtp(Path(folder), int(port)))


if __name__ == "__main__":
    main()
