"""The worker's side of the fork server: start it, hand it a document, take the result back within limits."""

from __future__ import annotations

import json
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from core.errors import Unavailable
from workers.reader import limits, walked
from workers.reader.results import (
    checked,
    examples,
    learned,
    own_words,
    pictures,
    result,
    sender,
)
from workers.reader.values import Hints, Learned, Picture, ReadFailure, ReadResult, Sender

log = logging.getLogger(__name__)

START_SECONDS = 60
ANSWER_SECONDS = limits.PICTURE_WALL_SECONDS + 10
DOCUMENTS = 200  # then the fork server is replaced


class Reader:
    """One fork server and what it made so far; for one thread. Starts by itself, and again when it died."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._served = 0
        self._ready = False
        self._size = 0

    def start(self) -> None:
        """Starts the fork server without waiting until it has loaded."""
        self._scratch.mkdir(parents=True, exist_ok=True)
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "workers.reader.zygote"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env=_environment(),
                cwd=self._scratch,
            )
        ours.settimeout(ANSWER_SECONDS)
        self._socket, self._served, self._ready = ours, 0, False

    def warm(self) -> int:
        """Starts it if need be and waits until it has loaded; its address space in bytes, 0 where not told."""
        self._make_ready()
        return self._size

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            try:
                self._process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._socket = self._process = None

    def read_document(
        self, raw: bytes, channel: str, filename: str, hints: Hints
    ) -> ReadResult | ReadFailure:
        """Reads one document in a child of its own. Raises Unavailable when the fork server itself does not work."""
        with self._folder(raw) as folder:
            failure = self._ask(
                folder,
                {"op": "read", "channel": channel, "filename": filename, "hints": hints.as_json()},
            )
            return failure or checked(result, folder)

    @contextmanager
    def walk(
        self, content: Iterable[bytes], known: int, closed: int
    ) -> Iterator[Iterator[dict[str, Any]]]:
        """A long electronic file, message by message as the child reads it (workers.reader.streaming).

        The lines end with {"failed": {"code", "detail"}} when reading it broke off. Leaving the block ends the child.
        Raises Unavailable as read_document does, and ValueError on lines that are none.
        """
        with self._folder(b"") as folder:
            with (folder / "input").open("wb") as file:
                for piece in content:
                    file.write(piece)
            os.mkfifo(folder / "lines", 0o600)
            pipe = os.open(folder / "lines", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                self._make_ready()
                self._served += 1
                assert self._socket is not None
                asked = {"op": "stream", "known": known, "closed": closed, "dir": str(folder)}
                self._say(asked)
                yield walked.lines(pipe, self._socket.fileno())
            finally:
                os.close(pipe)
                self._last_word()

    def _last_word(self) -> None:
        """The fork server's answer about a child that was walked with, so that the next request finds it free."""
        if self._socket is not None:
            self._answer()

    def sender_of(
        self, raw: bytes, channel: str, filename: str, hints: Hints
    ) -> Sender | ReadFailure:
        """Who a document comes from, told in a child of its own without reading the rest."""
        with self._folder(raw) as folder:
            failure = self._ask(
                folder,
                {
                    "op": "sender",
                    "channel": channel,
                    "filename": filename,
                    "hints": hints.as_json(),
                },
            )
            return failure or checked(sender, folder)

    def learn(
        self,
        raw: bytes,
        channel: str,
        filename: str,
        hints: Hints,
        orders: tuple[dict[str, Any], ...],
    ) -> Learned | ReadFailure:
        """What a document teaches whose orders were confirmed as `orders` (Corrected as JSON)."""
        with self._folder(raw) as folder:
            request = {"op": "learn", "channel": channel, "filename": filename}
            failure = self._ask(
                folder, {**request, "hints": hints.as_json(), "orders": list(orders)}
            )
            return failure or checked(learned, folder)

    def label(
        self,
        raw: bytes,
        channel: str,
        filename: str,
        hints: Hints,
        orders: tuple[dict[str, Any], ...],
        document: str,
    ) -> tuple[str, ...] | ReadFailure:
        """Labelled examples for training, one JSON line each, of a document whose orders were confirmed."""
        with self._folder(raw) as folder:
            request = {"op": "label", "channel": channel, "filename": filename}
            told = {"hints": hints.as_json(), "orders": list(orders), "document": document}
            failure = self._ask(folder, {**request, **told})
            return failure or checked(examples, folder)

    def render_pages(
        self, content: bytes, pages: tuple[int, ...]
    ) -> tuple[Picture, ...] | ReadFailure:
        """Pages (from 1) of a PDF as pictures; those drawn before a limit was hit are still returned."""
        with self._folder(content) as folder:
            failure = self._ask(folder, {"op": "render", "pages": list(pages)})
            drawn = checked(lambda f: tuple(pictures(f, pages)), folder)
            return failure if failure and not drawn else drawn

    def render_page(self, content: bytes, page: int) -> bytes | ReadFailure:
        """One page as PNG."""
        drawn = self.render_pages(content, (page,))
        return drawn if isinstance(drawn, ReadFailure) else drawn[0].png

    @contextmanager
    def _folder(self, content: bytes) -> Iterator[Path]:
        self._scratch.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="doc-", dir=self._scratch))
        try:
            (folder / "input").write_bytes(content)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _ask(self, folder: Path, request: dict[str, Any]) -> ReadFailure | None:
        self._make_ready()
        self._served += 1
        answer = self._exchange({**request, "dir": str(folder)})
        if not answer["code"]:
            return None
        if answer["code"] == "failed":
            return own_words(folder) or ReadFailure("reader-failed", str(answer["detail"]))
        return ReadFailure(str(answer["code"]), str(answer["detail"]))

    def _make_ready(self) -> None:
        if self._process is not None and (
            self._process.poll() is not None or self._served >= DOCUMENTS
        ):
            self.close()
        if self._process is None:
            self.start()
        if not self._ready:
            assert self._socket is not None
            self._socket.settimeout(START_SECONDS)
            self._size = int(self._exchange(None)["ready"])
            self._socket.settimeout(ANSWER_SECONDS)
            self._ready = True

    def _exchange(self, request: dict[str, Any] | None) -> dict[str, Any]:
        if request is not None:
            self._say(request)
        return self._answer()

    def _say(self, request: dict[str, Any]) -> None:
        assert self._socket is not None
        try:
            self._socket.sendall(json.dumps(request).encode() + b"\n")
        except OSError as error:
            self._lost(error)

    def _lost(self, error: OSError) -> NoReturn:
        if self._process is not None:
            self._process.kill()
        self.close()
        raise Unavailable(f"The document reader does not answer: {error}.") from error

    def _answer(self) -> dict[str, Any]:
        assert self._socket is not None
        try:
            line = b""
            while not line.endswith(b"\n"):
                more = self._socket.recv(65536)
                if not more:
                    raise ConnectionError("it ended")
                line += more
        except OSError as error:
            self._lost(error)
        answer: dict[str, Any] = json.loads(line)
        return answer


def _environment() -> dict[str, str]:
    """Next to nothing: no secret of ours is ever where a document is read."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {"LC_ALL": "C.UTF-8", "PATH": os.defpath, **threads}
