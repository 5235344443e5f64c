"""The calls that README tells an ERP to make, made as they stand there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from core.config import settings
from core.database import Database
from core.people import tokens
from core.values import utc_now
from fixtures.load import load
from review_app import create_app
from tests.builders import TODAY, an_act

README = Path(__file__).parents[2] / "README.md"


def calls() -> list[str]:
    """Each paragraph of the section's commands."""
    section = README.read_text("utf-8").split("## Master data and your ERP")[1].split("\n## ")[0]
    (block,) = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return [part for part in block.strip().split("\n\n") if part]


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_the_calls_of_the_readme(sqlite_database: Database) -> None:
    load(sqlite_database, TODAY)
    with sqlite_database.begin() as session:
        scopes = ("write:catalogue", "write:parties", "read:orders")
        _, token = tokens.add_token(session, "ERP", scopes, 1, act=an_act(at=utc_now()))
    options = settings({"ORDERCLERK_SECRET_KEY": "test " * 8, "ORDERCLERK_INSECURE_HTTP": "1"})
    server = make_server("127.0.0.1", 0, create_app(options, sqlite_database), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        said = [_run(call, f"http://127.0.0.1:{server.server_port}", token) for call in calls()]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    made, many, patched, since, followed, then, waits, changed, gone = said
    assert made[0]["key"] == "BOLT-8"
    assert many[0]["results"][0]["outcome"] == "created"
    assert patched[0]["lead_days"] == 7
    assert "BOLT-8" in [row["number"] for row in since[0]["rows"]]
    assert followed[0]["rows"] == [] and followed[1]["events"] == []
    assert then[0]["lead_days"] == 7
    assert waits[0]["rows"] == []
    assert changed[0]["changes"][0]["action"] == "created"
    assert gone[0] == {"outcome": "deactivated"}


def _run(call: str, desk: str, token: str) -> list[dict]:  # type: ignore[type-arg]
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", call.replace("\ncurl", "\necho\ncurl")],
        env={"DESK": desk, "TOKEN": token, "PATH": "/usr/bin:/bin:/usr/local/bin"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, (call, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]
