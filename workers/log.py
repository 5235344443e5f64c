"""One form of log line for every process: instant, process, level, text; further rows stand behind a bar."""

from __future__ import annotations

import logging
import sys
import time

CHATTY = ("rq.worker", "rq", "alembic", "waitress.queue", "pdfminer", "imapclient", "urllib3")


class _OneLine(logging.Formatter):
    converter = staticmethod(time.gmtime)

    def __init__(self, process: str) -> None:
        super().__init__(
            f"%(asctime)s.%(msecs)03dZ {process:<10} %(levelname)-7s %(message)s",
            "%Y-%m-%dT%H:%M:%S",
        )

    def format(self, record: logging.LogRecord) -> str:
        # What a mail says may reach a log line; it must not be able to forge a second one or drive a terminal.
        first, *more = super().format(record).splitlines()
        return "\n".join((_harmless(first), *(f"    | {_harmless(row)}" for row in more)))


def _harmless(text: str) -> str:
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def begin(process: str, level: int = logging.INFO) -> None:
    """Sends every logger of this process to stderr in the house's form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine(process))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # It tells every broken connection with a traceback; what became of it is told by whoever connected.
    logging.getLogger("paramiko").setLevel(logging.CRITICAL)
