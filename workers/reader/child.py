"""What happens in the throw-away child: one document is read, or some of its pages are drawn, into files."""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import time
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from core.errors import Unreadable
from core.inbound.values import Message, Part
from extraction.context import Context
from extraction.extract import extract
from extraction.memory.learn import Corrected, learn
from extraction.origin import sender_of
from extraction.page import pictures
from extraction.readers import scan
from intake import mime
from intake.edi_message import from_drop
from workers.reader import limits, streaming, wire
from workers.reader.values import Hints

FAILED = 3

WARMING = (
    (
        "body-text",
        "text/plain",
        "Purchase order 4711\nPlease send 10 pcs of A-1 at 2.50 EUR by 1 March.\n",
    ),
    ("body-html", "text/html", "<table><tr><th>Item<th>Qty<tr><td>A-1<td>10</table>"),
    ("attachment", "text/csv", "item,quantity,unit\nA-1,10,EA\n"),
)
_TEXT = b"BT /F 12 Tf 50 700 Td (Purchase order 4711) Tj 0 -20 Td (A-1 10 pcs 2.50) Tj ET"
WARMING_PDF = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F"
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
    % (len(_TEXT), _TEXT)
)
LIBRARIES = ("pdfplumber", "pypdfium2", "openpyxl", "lxml.etree", "PIL.PngImagePlugin")


def main(request: dict[str, Any]) -> NoReturn:
    """request: {"op": "read", "stream", "render" ..., "dir": where input lies and output goes, ...}. Ends the process."""
    code = FAILED
    try:
        os.chdir(request["dir"])
        started = time.monotonic()
        scan.start_helper()  # after this no more threads
        scan.allowance.set(lambda: limits.allow_pictures(Path(), started))
        limits.apply(is_long=request["op"] == "stream")
        OPERATIONS[request["op"]](request)
        code = 0
    except Unreadable as error:
        _failed(error.code, error.sentence)
    except MemoryError:
        _failed("memory-limit", "It needed more memory than a document may have.")
    except RecursionError:
        _failed("too-complex", "It is nested too deeply.")
    except BaseException:
        _failed("reader-failed", traceback.format_exc()[-4000:])
    finally:
        os._exit(code)


def warm() -> None:
    """Loads what is loaded lazily, once, by reading an order in every common form, so that every child has it."""
    context = Context()
    parts = [Part(1, k, t, "", text.encode(), text) for k, t, text in WARMING]
    for part in (*parts, Part(1, "attachment", "application/pdf", "order.pdf", WARMING_PDF)):
        extract(Message("mail", subject="Order 1", parts=(part,)), context)
    pictures.render(WARMING_PDF, 1)
    scan.preload()
    for name in LIBRARIES:
        importlib.import_module(name)
    _settle()


def _settle() -> None:
    """What is loaded stays: no child looks through it again for what may be given back, which takes a tenth of its time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _read(request: dict[str, Any]) -> None:
    hints = Hints.of_json(request["hints"])
    raw = Path("input").read_bytes()
    message = _message(raw, request["channel"], request["filename"], hints)
    extraction = extract(message, hints.context)
    for part in message.parts:
        Path(f"part-{part.number}").write_bytes(part.content)
    _write("words.json", {"pages": [page.as_json() for page in extraction.words]})
    _write(
        "result.json",
        {"message": wire.message_as_json(message), "extraction": extraction.as_json()},
    )


def _sender(request: dict[str, Any]) -> None:
    hints = Hints.of_json(request["hints"])
    message = _message(Path("input").read_bytes(), request["channel"], request["filename"], hints)
    address = sender_of(message, hints.context).address
    found = {"address": address, "authentication": message.authentication.verdict}
    _write("sender.json", found)


def _learn(request: dict[str, Any]) -> None:
    hints = Hints.of_json(request["hints"])
    message = _message(Path("input").read_bytes(), request["channel"], request["filename"], hints)
    orders = [Corrected.of_json(order) for order in request["orders"]]
    taught = learn(message, orders, hints.context)
    found = {
        "sender": sender_of(message, hints.context).address,
        "lessons": [lesson.as_json() for lesson in taught.lessons],
        "confirmed": list(taught.confirmed),
        "contradicted": list(taught.contradicted),
    }
    _write("learned.json", found)


def _label(request: dict[str, Any]) -> None:
    from extraction.memory.examples import examples  # training code, loaded only for this

    hints = Hints.of_json(request["hints"])
    message = _message(Path("input").read_bytes(), request["channel"], request["filename"], hints)
    orders = [Corrected.of_json(order) for order in request["orders"]]
    found = examples(message, orders, hints.context, request["document"])
    _write("examples.json", {"examples": list(found)})


def _message(raw: bytes, channel: str, filename: str, hints: Hints) -> Message:
    if channel == "mail":
        message = mime.parse(
            raw,
            channel=channel,
            own_addresses=hints.own_addresses,
            authserv_ids=hints.authserv_ids,
        )
    else:
        message = from_drop(raw, filename, channel=channel, own_addresses=hints.own_addresses)
    return edited(message, hints.edits)


def edited(message: Message, edits: dict[int, bytes]) -> Message:
    """The message with what a person put in place of some parts."""
    return replace(message, parts=tuple(_edited(p, edits.get(p.number)) for p in message.parts))


def _edited(part: Part, content: bytes | None) -> Part:
    if content is None:
        return part
    text = None if part.text is None else content.decode("utf-8", "replace")
    return replace(part, content=content, text=text)


def _render(request: dict[str, Any]) -> None:
    content = Path("input").read_bytes()
    for page in request["pages"]:
        Path(f"page-{int(page)}.png").write_bytes(pictures.render(content, int(page)))


def _write(name: str, found: dict[str, Any]) -> None:
    Path(name).write_text(json.dumps(found, ensure_ascii=False), "utf-8", errors="replace")


def _failed(code: str, detail: str) -> None:
    with contextlib.suppress(OSError, MemoryError):  # the exit code alone then says "reader-failed"
        _write("failure.json", {"code": code, "detail": detail})


OPERATIONS = {
    "read": _read,
    "stream": streaming.stream,
    "render": _render,
    "sender": _sender,
    "learn": _learn,
    "label": _label,
}
