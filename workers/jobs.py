"""What RQ calls: one outbox row, by id. Safe to run twice, since each handler claims the row first."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from core.outbox import OutboxItem
from workers import (
    check_promises,
    deliver,
    export_master_data,
    extract_document,
    import_master_data,
    learn_from_draft,
    queues,
    recheck,
    render_pages,
    send_interchange,
)
from workers.tools import Tools

log = logging.getLogger(__name__)

HANDLERS: dict[str, Callable[[Tools, int], None]] = {
    "read-document": extract_document.run,
    "render-pages": render_pages.run,
    "send-interchange": send_interchange.run,
    "learn-from-draft": learn_from_draft.run,
    "check-promises": check_promises.run,
    "recheck-drafts": recheck.run,
    "import-master-data": import_master_data.run,
    "export-master-data": export_master_data.run,
}

_tools: list[Tools] = []


def bind(tools: Tools) -> None:
    """Gives this process its tools before RQ's loop begins."""
    _tools[:] = [tools]


def perform(job: dict[str, Any]) -> None:
    """job: {"v": 1, "id": outbox row}. Other versions are left to the relay, which enqueues the row anew."""
    if job.get("v") != queues.PAYLOAD_VERSION:
        log.warning("job of version %s left alone", job.get("v"))
        return
    (tools,) = _tools
    item_id = int(job["id"])
    with tools.database.read() as session:
        task = session.scalar(select(OutboxItem.task).where(OutboxItem.id == item_id))
    if task is not None:
        HANDLERS.get(task, deliver.run)(tools, item_id)
