"""An SMTP server that does as it is told at each step, in a thread, on a free loopback port.

    with ScriptedSmtp({"rcpt": "450 later"}) as server: ...
    server.url, server.accepted   # mails whose final dot it answered with 250, or took before dropping the line

A step ("greeting", "ehlo", "mail", "rcpt", "data", "dot") answers as usual unless the script names it: a reply line,
"hang" (no answer), "drop" (the connection ends), or, for "dot", "take-and-drop" (the mail is taken, no answer comes).
"""

from __future__ import annotations

import socket
import threading

USUAL = {
    "greeting": "220 scripted",
    "ehlo": "250 scripted",
    "mail": "250 fine",
    "rcpt": "250 fine",
    "data": "354 go on",
    "dot": "250 taken",
    "rset": "250 fine",
    "quit": "221 bye",
}


class ScriptedSmtp:
    def __init__(self, script: dict[str, str] | None = None) -> None:
        self.script = script or {}
        self.accepted: list[bytes] = []
        self.conversations = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"smtp+plain://127.0.0.1:{self.port}"
        self._open: list[socket.socket] = []

    def __enter__(self) -> ScriptedSmtp:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(
            socket.SHUT_RDWR
        )  # closing alone would not wake the listening thread
        self._listener.close()
        for connection in self._open:
            connection.close()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            threading.Thread(target=self._converse, args=(connection,), daemon=True).start()

    def _converse(self, connection: socket.socket) -> None:
        self.conversations += 1
        lines = connection.makefile("rb")
        try:
            if not self._answer(connection, "greeting"):
                return
            for line in lines:
                step = line[:4].decode().strip().lower()
                if not self._answer(connection, {"helo": "ehlo"}.get(step, step)):
                    return
                if step == "data" and "data" not in self.script:
                    mail = b""
                    for row in lines:
                        if row == b".\r\n":
                            break
                        mail += row[1:] if row.startswith(b".") else row
                    else:
                        return
                    reply = self.script.get("dot", USUAL["dot"])
                    if reply.startswith("250") or reply == "take-and-drop":
                        self.accepted.append(mail)
                    if not self._answer(connection, "dot"):
                        return
        except OSError:
            pass
        finally:
            lines.close()

    def _answer(self, connection: socket.socket, step: str) -> bool:
        reply = self.script.get(step, USUAL.get(step, "500 what?"))
        if reply == "hang":
            threading.Event().wait(30)
            return False
        if reply in ("drop", "take-and-drop"):
            connection.shutdown(socket.SHUT_RDWR)
            connection.close()
            return False
        connection.sendall(reply.encode() + b"\r\n")
        return not reply.startswith("421")
