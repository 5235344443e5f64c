"""`python -m tests.benchmarks.reading_child FOLDER FILE ...`: what reading costs where the product reads, as one JSON object.

ready: seconds from the start of the fork server until it can read. read: name -> seconds of each file, the fork included.
peak: megabytes of the largest of the fork server and its children; a process of its own, so that nothing else counts.
"""

from __future__ import annotations

import json
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
    ready = time.perf_counter() - start
    read = {}
    for path in files:
        start = time.perf_counter()
        found = reader.read_document(path.read_bytes(), "upload", path.name, Hints())
        read[path.name] = time.perf_counter() - start
        assert isinstance(found, ReadResult) and found.extraction.orders, (path.name, found)
    reader.close()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"ready": ready, "read": read, "peak": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
