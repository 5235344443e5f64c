"""What reading costs where the product reads, in the child of a fork server: time to be ready, seconds, memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from extraction.training.degrade import Damage, pictures, scanned_pdf
from tests.benchmarks.long_order import long_order
from tests.benchmarks.measure import table

PDFS = Path(__file__).parents[2] / "fixtures/pdf"
READY, LONG, SCAN, MEGABYTES = 5.0, 10.0, 8.0, 1024.0


@pytest.mark.benchmark
def test_a_worker_is_ready_soon_and_reads_within_its_limits(tmp_path: Path) -> None:
    content = (PDFS / "order-pdf-ruled--Purchase_Order_IO-2203.03.pdf").read_bytes()
    worn = Damage(skew=0.7, noise=6, blur=0.6, specks=30)
    files = {
        "one page.pdf": content,
        "400 lines.pdf": long_order(400),
        "scan.pdf": scanned_pdf(pictures(content, worn), worn),
    }
    for name, written in files.items():
        (tmp_path / name).write_bytes(written)
    command = [sys.executable, "-m", "tests.benchmarks.reading_child", tmp_path]
    command += [tmp_path / name for name in files]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=150)
    found = json.loads(run.stdout)
    rows = [("start until ready to read", f"{found['ready']:.2f} s", f"{READY:.0f} s")]
    rows += [(name, f"{found['read'][name]:.2f} s", "") for name in files]
    limits = {"400 lines.pdf": LONG, "scan.pdf": SCAN}
    rows = [(n, s, f"{limits[n]:.0f} s" if n in limits else limit) for n, s, limit in rows]
    rows.append(("peak memory", f"{found['peak']:.0f} MB", f"{MEGABYTES:.0f} MB"))
    table("Reading in the child of the fork server", ("what", "measured", "limit"), rows)
    assert found["ready"] < READY
    assert all(found["read"][name] < limit for name, limit in limits.items())
    assert found["peak"] < MEGABYTES
