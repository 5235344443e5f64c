"""A TCP proxy that misbehaves on the way from server to client."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable


class Proxy:
    """change: gets each chunk from the server, returns what the client gets.

    cut_after: bytes from the server after which the connection is closed.
    stall_after: bytes after which nothing more comes, while the connection stays open.
    """

    host = "127.0.0.1"

    def __init__(
        self,
        port: int,
        *,
        change: Callable[[bytes], bytes] = bytes,
        cut_after: int | None = None,
        stall_after: int | None = None,
    ) -> None:
        self._target = port
        self._change = change
        self._cut_after = cut_after
        self._stall_after = stall_after
        self._open: list[socket.socket] = []
        self._listener = socket.create_server((self.host, 0))
        self.port = int(self._listener.getsockname()[1])

    def __enter__(self) -> Proxy:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for each in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection((self.host, self._target))
                self._open += [client, server]
                threading.Thread(target=self._up, args=(client, server), daemon=True).start()
                threading.Thread(target=self._down, args=(server, client), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while chunk := client.recv(65536):
                server.sendall(chunk)
            server.shutdown(socket.SHUT_WR)

    def _down(self, server: socket.socket, client: socket.socket) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while chunk := server.recv(65536):
                if self._stall_after is not None and passed + len(chunk) > self._stall_after:
                    client.sendall(chunk[: max(0, self._stall_after - passed)])
                    return
                if self._cut_after is not None and passed + len(chunk) > self._cut_after:
                    client.sendall(chunk[: max(0, self._cut_after - passed)])
                    break
                passed += len(chunk)
                client.sendall(self._change(chunk))
            client.shutdown(socket.SHUT_RDWR)
