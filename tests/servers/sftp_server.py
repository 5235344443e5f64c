"""An SFTP server over one folder, in threads of this process: a password account, a host key of its own."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path
from types import TracebackType

import paramiko


class _Account(paramiko.ServerInterface):
    def __init__(self, user: str, password: str) -> None:
        self._account = (user, password)

    def check_auth_password(self, username: str, password: str) -> int:
        right = (username, password) == self._account
        return paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED

    def get_allowed_auths(self, username: str) -> str:
        return "password"


class _Handle(paramiko.SFTPHandle):
    def stat(self) -> paramiko.SFTPAttributes:
        return paramiko.SFTPAttributes.from_stat(os.fstat(self.readfile.fileno()))  # type: ignore[attr-defined]


class _Folder(paramiko.SFTPServerInterface):
    ROOT = Path()
    POSIX_RENAME = True

    def _path(self, path: str) -> Path:
        return self.ROOT / path.lstrip("/").removeprefix("./")

    def list_folder(self, path: str) -> list[paramiko.SFTPAttributes] | int:
        found = []
        try:
            for one in self._path(path).iterdir():
                row = paramiko.SFTPAttributes.from_stat(one.lstat())
                row.filename = one.name
                found.append(row)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        return found

    def stat(self, path: str) -> paramiko.SFTPAttributes | int:
        try:
            return paramiko.SFTPAttributes.from_stat(self._path(path).stat())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    lstat = stat

    def open(self, path: str, flags: int, attr: paramiko.SFTPAttributes) -> _Handle | int:
        writes = flags & (os.O_WRONLY | os.O_RDWR)
        try:
            file = self._path(path).open("wb" if writes else "rb")
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        handle = _Handle(flags)
        handle.readfile = handle.writefile = file  # type: ignore[attr-defined]
        handle.filename = str(path)  # type: ignore[attr-defined]
        return handle

    def _do(self, work: object) -> int:
        try:
            work()  # type: ignore[operator]
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        return paramiko.SFTP_OK

    def remove(self, path: str) -> int:
        return self._do(lambda: self._path(path).unlink())

    def rename(self, oldpath: str, newpath: str) -> int:
        if self._path(newpath).exists():
            return paramiko.SFTP_FAILURE
        return self._do(lambda: self._path(oldpath).rename(self._path(newpath)))

    def posix_rename(self, oldpath: str, newpath: str) -> int:
        if not self.POSIX_RENAME:
            return paramiko.SFTP_OP_UNSUPPORTED
        return self._do(lambda: self._path(oldpath).rename(self._path(newpath)))

    def mkdir(self, path: str, attr: paramiko.SFTPAttributes) -> int:
        return self._do(lambda: self._path(path).mkdir())


class SftpServer:
    """with SftpServer(folder) as server: server.port, server.known_hosts(path)."""

    USER, PASSWORD = "probe", "hush"

    def __init__(self, folder: Path, *, posix_rename: bool = True) -> None:
        self._key = paramiko.ECDSAKey.generate()
        self._interface = type("_Root", (_Folder,), {"ROOT": folder, "POSIX_RENAME": posix_rename})
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._transports: list[paramiko.Transport] = []
        self.port: int = self._socket.getsockname()[1]

    def known_hosts(self, path: Path, key: paramiko.PKey | None = None) -> Path:
        shown = key or self._key
        path.write_text(f"[127.0.0.1]:{self.port} {shown.get_name()} {shown.get_base64()}\n")
        return path

    def __enter__(self) -> SftpServer:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()
        for transport in self._transports:
            transport.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            transport = paramiko.Transport(client)
            transport.add_server_key(self._key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, self._interface)
            self._transports.append(transport)
            try:
                transport.start_server(server=_Account(self.USER, self.PASSWORD))
            except (paramiko.SSHException, OSError, EOFError):
                continue
