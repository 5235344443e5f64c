"""`python -m tests.benchmarks.reading_child FOLDER FILE ...`: what reading costs where the product reads, as one JSON object.

ready: seconds from the start of the fork server until it can read. read: name -> seconds of each file, the fork included.
Seconds are those of the clock, or those that the processors worked where these are fewer because others work beside them.
peak: megabytes of the largest of the fork server and its children; a process of its own, so that nothing else counts.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

from workers.reader.client import Reader
from workers.reader.values import Hints, ReadResult


def main(folder: Path, files: list[Path]) -> None:
    reader = Reader(folder / "scratch")
    start = time.perf_counter()
    reader.warm()
    ready = min(time.perf_counter() - start, worked())
    read = {}
    for path in files:
        start, before = time.perf_counter(), worked()
        found = reader.read_document(path.read_bytes(), "upload", path.name, Hints())
        read[path.name] = min(time.perf_counter() - start, worked() - before)
        assert isinstance(found, ReadResult) and found.extraction.orders, (path.name, found)
    reader.close()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"ready": ready, "read": read, "peak": peak}))


def worked() -> float:
    """Seconds that the processors worked for our child processes and theirs (proc(5), stat)."""
    own = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    stats = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in own]
    return sum(int(ticks) for stat in stats for ticks in stat[11:15]) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
