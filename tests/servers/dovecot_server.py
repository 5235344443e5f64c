"""Dovecot on free loopback ports with its own folder and certificate; for tests marked `dovecot`.

with DovecotServer("secret") as server:   # any user name, this password
    server.host, server.port, server.tls_port, server.ca_file
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from imapclient import IMAPClient

from tests.servers.pymap_server import free_port

PROGRAM = "/usr/sbin/dovecot"

_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
instance_name = {name}
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:{folder}/mail/%u
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
{namespace}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
first_valid_uid = 1
"""


def is_installed() -> bool:
    return Path(PROGRAM).exists() and shutil.which("openssl") is not None


class DovecotServer:
    host = "127.0.0.1"

    def __init__(self, password: str, prefix: str = "") -> None:
        """prefix: of the personal namespace, such as "INBOX."."""
        self.password = password
        self.port, self.tls_port = free_port(), free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="ocdc"))
        self.ca_file = str(self._folder / "certificate.pem")
        self._config = self._folder / "dovecot.conf"
        self._prefix = prefix
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> DovecotServer:
        self._folder.chmod(0o755)
        mail_user = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        for name in ("mail", "home", "run", "state"):
            (self._folder / name).mkdir()
            if os.getuid() == 0 and name in ("mail", "home"):
                os.chown(self._folder / name, mail_user.pw_uid, mail_user.pw_gid)
        self._make_certificate()
        self._config.write_text(self._settings(mail_user))
        self._process = subprocess.Popen([PROGRAM, "-F", "-c", str(self._config)])
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
        shutil.rmtree(self._folder, ignore_errors=True)

    def client(self, user: str) -> IMAPClient:
        client = IMAPClient(self.host, self.port, ssl=False, timeout=20)
        client.login(user, self.password)
        return client

    def deliver(self, user: str, raw: bytes, folder: str = "INBOX") -> None:
        with self.client(user) as client:
            client.append(folder, raw)

    def messages(self, user: str, folder: str = "INBOX") -> list[bytes]:
        with self.client(user) as client:
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search("ALL"), ["BODY.PEEK[]"])
            return [bytes(found[uid][b"BODY[]"]) for uid in sorted(found)]

    def forget_uids(self, user: str) -> None:
        """As after a restore from backup: the list of UIDs is lost."""
        for found in (self._folder / "mail" / user).glob("dovecot*"):
            found.unlink()

    def _settings(self, mail_user: pwd.struct_passwd) -> str:
        is_root = os.getuid() == 0
        own = pwd.getpwuid(os.getuid())
        namespace = (
            f"namespace inbox {{\n  inbox = yes\n  separator = .\n  prefix = {self._prefix}\n}}"
        )
        return _CONFIG.format(
            folder=self._folder,
            name=self._folder.name,
            internal="dovecot" if is_root else own.pw_name,
            internal_group="dovecot" if is_root else own.pw_gid,
            login="dovenull" if is_root else own.pw_name,
            namespace=namespace,
            password=self.password,
            uid=mail_user.pw_uid,
            gid=mail_user.pw_gid,
            port=self.port,
            tls_port=self.tls_port,
        )

    def _make_certificate(self) -> None:
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
                *("-subj", "/CN=localhost"),
                *("-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"),
                *("-keyout", str(self._folder / "key.pem"), "-out", self.ca_file),
            ],
            check=True,
            capture_output=True,
        )

    def _wait(self) -> None:
        for _ in range(100):
            try:
                with socket.create_connection((self.host, self.port), timeout=1) as probe:
                    if probe.recv(100).startswith(b"* OK"):
                        return
            except OSError:
                time.sleep(0.1)
        log = self._folder / "log"
        raise RuntimeError(f"Dovecot did not start: {log.read_text() if log.exists() else ''}")
