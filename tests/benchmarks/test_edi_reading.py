"""Electronic orders per second with every envelope check on, beside pyx12 and pydifact, and memory over long files."""

from __future__ import annotations

import io
import time
import warnings
from collections.abc import Iterable
from pathlib import Path

import pytest

from extraction.edi import read_stream
from extraction.edi.edifact.envelope import Envelope as EdifactEnvelope
from extraction.edi.edifact.segments import batches as edifact_batches
from extraction.edi.findings import Findings
from extraction.edi.source import blocks, bytewise, decoded
from extraction.edi.values import Ledger
from extraction.edi.x12.envelope import Envelope as X12Envelope
from extraction.edi.x12.segments import batches as x12_batches
from tests.benchmarks.measure import in_turn, seconds, table
from tests.extraction.edi_orders import MAKERS, Growing

ORDERS = 300
LONG = 560_000_000


def x12_checked(file: io.RawIOBase) -> Iterable[object]:
    """Each set once its envelope is checked: separators, numbers, counts, versions, ids, repetitions."""
    return X12Envelope(Findings(), Ledger()).sets(x12_batches(decoded(blocks(file))))  # type: ignore[arg-type]


def edifact_checked(file: io.RawIOBase) -> Iterable[object]:
    return EdifactEnvelope(Findings(), Ledger()).messages(edifact_batches(bytewise(blocks(file))))  # type: ignore[arg-type]


CHECKED = {"x12": x12_checked, "edifact": edifact_checked}


def by_pyx12(content: bytes) -> int:
    """Segments alone; pyx12 knows no 850, so it can check no more than the envelope either."""
    x12file = pytest.importorskip("pyx12.x12file")
    return sum(1 for _ in x12file.X12Reader(io.StringIO(content.decode())))


def by_pydifact(content: bytes) -> int:
    collection = pytest.importorskip("pydifact.segmentcollection")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return sum(1 for _ in collection.Interchange.from_str(content.decode()).get_messages())


PEERS = {"x12": ("pyx12", by_pyx12), "edifact": ("pydifact", by_pydifact)}


@pytest.mark.benchmark
@pytest.mark.parametrize("family", ["x12", "edifact"])
def test_messages_per_second_against_the_others(family: str) -> None:
    content = b"".join(MAKERS[family](ORDERS))
    peer, read = PEERS[family]
    checked = CHECKED[family]
    assert sum(1 for _ in checked(io.BytesIO(content))) == ORDERS  # type: ignore[arg-type]
    ours, theirs = in_turn(
        lambda: sum(1 for _ in checked(io.BytesIO(content))),  # type: ignore[arg-type]
        lambda: read(content),
        repeats=3,
    )
    parted, _ = in_turn(
        lambda: sum(len(m.segments) for m in checked(io.BytesIO(content))),  # type: ignore[arg-type, attr-defined]
        lambda: None,
        repeats=3,
    )
    whole = seconds(lambda: sum(1 for _ in read_stream(io.BytesIO(content)) or ()), repeats=3)
    table(
        f"{ORDERS} {family} orders of 20 lines, {len(content) // 1024} KB",
        ("reader", "messages per second", "times as many"),
        [
            (peer, f"{ORDERS / theirs:.0f}", "1.0"),
            ("envelopes checked", f"{ORDERS / ours:.0f}", f"{theirs / ours:.1f}"),
            ("and every element parted", f"{ORDERS / parted:.0f}", f"{theirs / parted:.1f}"),
            ("read into orders", f"{ORDERS / whole:.0f}", f"{theirs / whole:.1f}"),
        ],
    )
    assert theirs / ours >= 10
    assert ORDERS / whole >= 300


@pytest.mark.benchmark
@pytest.mark.parametrize("family", ["x12", "edifact"])
def test_memory_stays_flat_over_half_a_gigabyte(family: str) -> None:
    one = len(b"".join(MAKERS[family](1)))
    file = Growing(MAKERS[family](LONG // one))
    started, count, early, most = time.perf_counter(), 0, 0, 0
    for _ in CHECKED[family](file):
        count += 1
        if count % 5_000 == 0:
            most = max(most, resident())
            early = early or most
    took = time.perf_counter() - started
    print(f"\n  {family}: {file.given / 1e6:.0f} MB, {count} messages in {took:.0f} s, memory {early} -> {most} KB")  # fmt: skip
    assert file.given >= 500_000_000
    assert most - early < 8_000


@pytest.mark.benchmark
@pytest.mark.parametrize("family", ["x12", "edifact"])
def test_memory_stays_flat_while_orders_are_read(family: str) -> None:
    file = Growing(MAKERS[family](6_000))
    stream = read_stream(file)  # type: ignore[arg-type]
    assert stream is not None
    first_at, early, most = 0, 0, 0
    for count, message in enumerate(stream, 1):
        assert message.order is not None and len(message.order.lines) == 20
        first_at = first_at or file.given
        if count % 500 == 0:
            most = max(most, resident())
            early = early or most
    print(f"\n  {family}: first order after {first_at} of {file.given} bytes, memory {early} -> {most} KB")  # fmt: skip
    assert first_at < 400_000 < file.given
    assert most - early < 8_000


def resident() -> int:
    """The memory that this process holds, in KB."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])
