"""A long electronic file: read in the child message by message, its drafts committed in batches as they come.

A slice of some time is one job, so that other documents are read in between; how far it came stands on the outbox row, and
a worker that is killed loses a batch at most, which the next one does again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import crash, outbox
from core.act import Act
from core.drafts.open import open_drafts
from core.drafts.tables import Draft
from core.drafts.withdraw import restore, withdraw
from core.exchange.closed import close_some, orders_taken_back
from core.exchange.repeat import repeat
from core.exchange.streamed import Come, Known, take_some
from core.exchange.tables import ExchangeInterchange
from core.exchange.whole import begin, end
from core.inbound.blobs import blob_pieces, blob_start
from core.inbound.envelopes import Interchange, MessageGroup
from core.inbound.reading import Extraction
from core.inbound.tables import InboundDocument
from core.outbox import OutboxItem
from core.values import utc_now
from workers.reader.values import ReadFailure
from workers.tools import Tools

log = logging.getLogger(__name__)

LONG_BYTES = 128 * 1024
"""Above this an electronic file is read so: the drafts of fifty orders take seconds in one transaction."""
NOT_ELECTRONIC = "not-electronic"
STARTS = (b"ISA", b"UNA", b"UNB", b"STX=")
ORDERS_AT_ONCE = 20
LINES_AT_ONCE = 250
BATCH_SECONDS = 2.0
SLICE_SECONDS = 100.0
LEASE = timedelta(seconds=120)
TAKEN_BACK_AT_ONCE = 50


class _Lost(Exception):
    """Our lease ran out and somebody else reads the document."""


class Claim(NamedTuple):
    """attempt: the row's counter as it was claimed, which tells this claim from any other."""

    item_id: int
    attempt: int
    key: str
    document_id: int


@dataclass(slots=True)
class _Batch:
    """Lines of the child that are kept in one transaction."""

    lines: list[dict[str, Any]]
    since: float
    orders: int = 0

    def add(self, line: dict[str, Any]) -> bool:
        """Whether it is full now."""
        self.lines.append(line)
        self.orders += bool(line.get("message", {}).get("order"))
        return (
            "end" in line
            or "failed" in line
            or self.orders >= ORDERS_AT_ONCE
            or len(self.lines) >= LINES_AT_ONCE
            or time.monotonic() - self.since > BATCH_SECONDS
        )


def is_long(session: Session, document: InboundDocument) -> bool:
    """An electronic file of its own that is to be read message by message."""
    if document.size <= LONG_BYTES or document.channel == "mail" or document.edits:
        return False
    start = blob_start(session, document.raw_sha256, 1000)[:1000]
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(STARTS)


def read(tools: Tools, claim: Claim) -> ReadFailure | None:
    """One slice of the file. None when it came on, or is done; the failure for the caller to settle otherwise.

    With the code NOT_ELECTRONIC it is to be read as any other document.
    """
    try:
        return _slice(tools, claim)
    except _Lost:
        log.warning("document %s is read by another worker", claim.document_id)
        return None
    except (ValueError, KeyError, TypeError) as error:
        return ReadFailure("bad-result", f"The reader's result is not as it should be: {error!r}")


def _slice(tools: Tools, claim: Claim) -> ReadFailure | None:
    known, closed = tools.database.run(lambda session: _progress(session, claim))
    _take_all_back(tools, claim)
    seen, until = Known(), time.monotonic() + SLICE_SECONDS
    with ExitStack() as stack:
        with tools.database.read() as session:
            document = session.get_one(InboundDocument, claim.document_id)
            pieces = blob_pieces(session, document.raw_sha256)
            lines = stack.enter_context(tools.reader.walk(pieces, known, closed))
        for batch in _batches(lines):
            failure = next((line["failed"] for line in batch if "failed" in line), None)
            is_end = "end" in batch[-1]
            if is_end and not batch[-1]["end"]["electronic"]:
                return ReadFailure(NOT_ELECTRONIC, "It only begins like an electronic message.")
            _keep(tools, claim, [line for line in batch if "failed" not in line], seen)
            crash.point("long.batch-committed")
            if failure is not None:
                return ReadFailure(str(failure["code"])[:60], str(failure["detail"])[:4000])
            if is_end:
                return None
            if time.monotonic() > until:
                tools.database.run(lambda session: _go_on_later(session, claim))
                return None
    return None


def _batches(lines: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch = _Batch([], time.monotonic())
    for line in lines:
        if batch.add(line):
            yield batch.lines
            batch = _Batch([], time.monotonic())


def _progress(session: Session, claim: Claim) -> tuple[int, int]:
    """Messages kept before, interchanges closed before."""
    item = _ours(session, claim)
    begin(session, session.get_one(InboundDocument, claim.document_id))
    return int(item.facts.get("messages", 0)), int(item.facts.get("closed", 0))


def _ours(session: Session, claim: Claim) -> OutboxItem:
    """The row, with a new lease. Raises _Lost when the claim is not ours any more."""
    item = session.get_one(OutboxItem, claim.item_id)
    if item.state != "claimed" or item.attempts != claim.attempt:
        raise _Lost
    item.lease_until = utc_now() + LEASE
    return item


def _keep(tools: Tools, claim: Claim, lines: list[dict[str, Any]], seen: Known) -> None:
    """Keeps a batch; orders of refused interchanges are taken back before the file is done."""

    def take(session: Session) -> Known:
        met = seen.copy()  # what a rolled back transaction met was not met
        _take(session, claim, lines, met)
        return met

    seen.take(tools.database.run(take))
    _take_all_back(tools, claim)
    if lines and "end" in lines[-1]:
        crash.point("long.before-end")
        tools.database.run(lambda session: _end(session, claim, lines[-1]["end"]))


def _take_all_back(tools: Tools, claim: Claim) -> None:
    while tools.database.run(lambda session: _take_back(session, claim)):
        crash.point("long.taken-back")


def _take(session: Session, claim: Claim, lines: list[dict[str, Any]], seen: Known) -> None:
    """Messages and ends of interchanges in the order in which they came."""
    item = _ours(session, claim)
    document = session.get_one(InboundDocument, claim.document_id)
    act = Act("system:reader", key=f"{claim.key}/{item.facts.get('messages', 0)}")
    facts = {**item.facts, "good": claim.attempt}
    waiting: list[Come] = []
    back: list[int] = list(item.facts.get("back", ()))
    for line in lines:
        if "message" in line:
            waiting.append(Come.of_json(line["message"]))
            facts["messages"] = int(line["message"]["number"]) + 1
        elif "closed" in line:
            _open(session, document, waiting, seen, act)
            waiting = []
            back += _close(session, document, line["closed"], facts, act)
    _open(session, document, waiting, seen, act)
    item.facts = {**facts, "back": back}
    crash.point("long.before-commit")


def _open(
    session: Session, document: InboundDocument, come: list[Come], seen: Known, act: Act
) -> None:
    orders = take_some(session, document, come, seen, act=act) if come else []
    for one in orders:
        reading = Extraction(one.admitted.lane, orders=(one.order,))
        step = act.under(f"order-{one.admitted.ordinal}")
        for draft in open_drafts(session, document, reading, admitted=[one.admitted], act=step):
            if one.is_back and draft.status == "withdrawn":
                restore(session, draft, act=step)
    if orders:
        document.lane = document.lane or orders[0].admitted.lane


def _close(
    session: Session,
    document: InboundDocument,
    closed: dict[str, Any],
    facts: dict[str, Any],
    act: Act,
) -> list[int]:
    interchanges = [(int(n), Interchange.of_json(one)) for n, one in closed["interchanges"]]
    groups = [(int(n), MessageGroup.of_json(one)) for n, one in closed["groups"]]
    if interchanges:
        facts["closed"] = max(n for n, _ in interchanges) + 1
    return close_some(session, document, interchanges, groups, act=act)


def _take_back(session: Session, claim: Claim) -> bool:
    """Withdraws some drafts of an interchange that was refused; whether there is more to do."""
    item = _ours(session, claim)
    back = list(item.facts.get("back", ()))
    if not back:
        return False
    row = session.get_one(ExchangeInterchange, int(back[0]))
    drafts = session.scalars(
        select(Draft)
        .where(
            Draft.document_id == claim.document_id,
            Draft.ordinal.in_(orders_taken_back(row)),
            Draft.status.in_(("open", "parked", "waiting")),
        )
        .order_by(Draft.id)
        .limit(TAKEN_BACK_AT_ONCE)
    ).all()
    act = Act("system:reader", key=f"{claim.key}/back-{row.id}")
    for draft in drafts:
        reason = "the file that it came in was refused"
        withdraw(session, draft, reason, act=act.under(str(draft.id)))
    if not drafts:
        item.facts = {**item.facts, "back": back[1:]}
    return True


def _end(session: Session, claim: Claim, told: dict[str, Any]) -> None:
    item = _ours(session, claim)
    document = session.get_one(InboundDocument, claim.document_id)
    act = Act("system:reader", key=claim.key)
    end(session, document, str(told["format"])[:64], list(told["findings"]), act=act)
    repeat(session, document, act=act)
    outbox.settle(item, "done", utc_now())
    crash.point("long.before-done")


def _go_on_later(session: Session, claim: Claim) -> None:
    item = _ours(session, claim)
    outbox.settle(item, "due", utc_now(), reason="goes-on", reason_text="The rest is read next.")
