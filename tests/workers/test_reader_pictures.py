"""Scans in the throw-away child: read and drawn within the wider limits that only they get."""

from __future__ import annotations

import io
import resource
import time
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extraction.training.degrade import Damage, jpeg, pictures
from workers.reader import limits
from workers.reader.client import Reader
from workers.reader.values import Hints, ReadFailure, ReadResult


def _letter() -> bytes:
    out = io.BytesIO()
    pen = Canvas(out, pagesize=(400, 200), invariant=1)
    pen.setFont("Helvetica", 12)
    for row, text in enumerate(
        ("Purchase order no. 88-1204", "Please send 40 pcs of item RT-0925", "by 2026-04-02")
    ):
        pen.drawString(30, 160 - 20 * row, text)
    pen.save()
    return jpeg(pictures(out.getvalue(), Damage(dpi=150))[0])


def test_a_scan_is_read_and_drawn_in_children(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    try:
        letter = _letter()
        for _ in range(2):  # the second child inherits what the first one must not have changed
            found = reader.read_document(letter, "upload", "order.jpg", Hints())
            assert isinstance(found, ReadResult), found
            assert [f.code for f in found.extraction.findings] == ["read-by-ocr"]
            assert found.extraction.pages == ((1, ((1190.0, 595.0),)),)
        drawn = reader.render_pages(letter, (1,))
    finally:
        reader.close()
    assert not isinstance(drawn, ReadFailure)
    assert drawn[0].width == 2 * drawn[0].height
    assert not list(tmp_path.iterdir())


def test_only_pictures_widen_the_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (limits.CPU_SECONDS, 60))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, pair: asked.append((kind, pair)))
    assert limits.wall_seconds(tmp_path) == limits.WALL_SECONDS
    seconds = limits.allow_pictures(tmp_path, time.monotonic() - 5)
    assert limits.wall_seconds(tmp_path) == limits.PICTURE_WALL_SECONDS
    assert asked == [(resource.RLIMIT_CPU, (60, 60))]  # never above the ceiling set before
    left = limits.PICTURE_WALL_SECONDS - limits.PICTURE_REST_SECONDS - 5
    assert seconds == pytest.approx(left, abs=0.5)
