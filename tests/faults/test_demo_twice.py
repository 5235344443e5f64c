"""`orderclerk demo --once` again and again: every mail, draft, order and answer stays the only one of its kind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core import every_table
from core.billing.tables import CreditNote, Invoice
from core.database import Database, connect
from core.drafts.tables import Draft
from core.inbound.tables import InboundDocument
from core.orders.tables import Order
from core.outbox import OutboxItem
from core.returns.tables import ReturnAuthorization
from core.shipping.tables import Shipment
from core.supply.tables import StockMovement
from workers.demo import servers

COUNTED = (
    InboundDocument,
    Draft,
    Order,
    Shipment,
    Invoice,
    ReturnAuthorization,
    CreditNote,
    StockMovement,
)

BY_THE_CLOCK = ("check-promises", "recheck-drafts")
"""Rounds that a later minute owes anew, for what moved after the last one; each has its own tests."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def folder() -> Iterator[Path]:
    found = Path(tempfile.mkdtemp(prefix="oconce"))
    yield found
    shutil.rmtree(found, ignore_errors=True)


def _run(folder: Path) -> str:
    return subprocess.run(
        [sys.executable, "-m", "workers.cli", "demo", "--once"],
        env={"PATH": os.defpath, "ORDERCLERK_DATA_DIR": str(folder)},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ).stdout


def _counts(folder: Path) -> dict[str, int]:
    assert every_table.METADATA.tables
    database = Database(connect(f"sqlite:///{folder / 'demo-once' / 'orderclerk.sqlite'}"))
    with database.read() as session:
        counted = {
            table.__name__: session.scalar(select(func.count()).select_from(table)) or 0
            for table in COUNTED
        }
        answers = select(func.count(OutboxItem.id)).where(OutboxItem.task.not_in(BY_THE_CLOCK))
        counted["OutboxItem"] = session.scalar(answers) or 0
    database.engine.dispose()
    return {**counted, "sent": len(servers.sent(folder / "demo-once" / "sent"))}


def test_three_times_is_once(folder: Path) -> None:
    first = _run(folder)
    once = _counts(folder)
    assert min(once.values()) > 0, first
    for _ in range(2):
        again = _run(folder)
        assert _counts(folder) == once, again
        assert again.splitlines()[-1] == first.splitlines()[-1], again
