"""The real fork server over real documents, friendly and hostile."""

from __future__ import annotations

import os
import signal
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import Unavailable
from fixtures.build import FIXED_DAY, build_mails
from workers.reader import client, results
from workers.reader.client import Reader
from workers.reader.values import Hints, Picture, ReadFailure, ReadResult

SAMPLES = {s.name: s for s in build_mails(FIXED_DAY)}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    found = Reader(tmp_path_factory.mktemp("scratch"))
    yield found
    found.close()


def _read(reader: Reader, raw: bytes, channel: str = "mail", name: str = "") -> object:
    return reader.read_document(raw, channel, name, Hints())


def _result(reader: Reader, name: str) -> ReadResult:
    sample = SAMPLES[name]
    read = _read(reader, sample.raw, sample.channel, sample.filename)
    assert isinstance(read, ReadResult), read
    return read


def test_a_mail_comes_back_whole(reader: Reader) -> None:
    read = _result(reader, "order-pdf-ruled")
    assert read.message.sender.address
    assert [p.kind for p in read.message.parts] == ["body-text", "attachment"]
    assert read.message.parts[1].content.startswith(b"%PDF")
    (page,) = (p for p in read.extraction.words if p.page == 1)
    assert page.part == 2
    assert read.extraction.orders[0].fields["po_number"].value in {w[4] for w in page.words}
    assert read.extraction.lane == "order"


def test_a_dropped_file(reader: Reader) -> None:
    read = _result(reader, "order-x12-850")
    assert read.message.channel == "drop"
    assert read.extraction.orders


def test_pages_become_pictures(reader: Reader) -> None:
    pdf = _result(reader, "order-pdf-two-pages").message.parts[-1].content
    drawn = reader.render_pages(pdf, (1, 2))
    assert isinstance(drawn, tuple)
    assert [p.page for p in drawn] == [1, 2]
    assert all(isinstance(p, Picture) and p.width > 100 for p in drawn)
    assert isinstance(reader.render_page(pdf, 1), bytes)


def test_a_page_that_is_not_there_is_a_failure(reader: Reader) -> None:
    pdf = _result(reader, "order-pdf-ruled").message.parts[-1].content
    drawn = reader.render_pages(pdf, (99,))
    assert isinstance(drawn, ReadFailure)
    assert drawn.code == "no-such-page"


def test_a_mail_of_too_many_parts_is_refused_by_name(reader: Reader) -> None:
    head = b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    read = _read(reader, head + b"--x\r\n\r\ny\r\n" * 2000 + b"--x--\r\n")
    assert isinstance(read, ReadFailure)
    assert (read.code, read.is_final) == ("too-complex", True)


def _inflating_pdf() -> bytes:
    """A page whose content is a gigabyte of zeros, packed twice into a few kilobytes."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(bytes(2**24)) for _ in range(64)) + packer.flush()
    twice = zlib.compress(once, 9)
    return b"".join(
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj\n",
            b"4 0 obj<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n" % len(twice),
            twice + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n",
        )
    )


def test_a_bomb_ends_its_child_and_nothing_else(reader: Reader) -> None:
    bomb = _inflating_pdf()
    assert len(bomb) < 10_000
    read = _read(reader, bomb, "drop", "po.pdf")
    assert isinstance(read, ReadFailure)
    assert read.code in ("memory-limit", "reader-crashed", "time-limit")
    _result(reader, "order-csv")


def test_the_fork_server_comes_back_after_its_death(reader: Reader) -> None:
    _result(reader, "order-csv")
    assert reader._process is not None
    os.kill(reader._process.pid, signal.SIGKILL)
    reader._process.wait()
    _result(reader, "order-csv")


def test_a_fork_server_that_does_not_start_is_an_outage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client.sys, "executable", "/bin/false")
    broken = Reader(tmp_path)
    with pytest.raises(Unavailable):
        _read(broken, SAMPLES["order-csv"].raw)
    broken.close()


def test_it_is_replaced_after_a_number_of_documents(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    _result(reader, "order-csv")
    assert reader._process is not None
    before = reader._process.pid
    monkeypatch.setattr(client, "DOCUMENTS", 1)
    _result(reader, "order-csv")
    assert reader._process.pid != before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("result.json", b"{"),
        ("result.json", b"[]"),
        ("result.json", b'{"message": {"parts": [{"number": 1}]}, "extraction": {}}'),
    ],
)
def test_an_odd_result_is_a_failure_not_an_exception(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    read = results.checked(results.result, tmp_path)
    assert isinstance(read, ReadFailure)
    assert read.code == "bad-result"


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b'{"pages": [{"part": 1, "page": 1, "words": [[1, 2, 3, "x"]]}]}',
        b'{"pages": [{"part": 1, "page": 1, "words": [[1, 2, 3, NaN, "x"]]}]}',
        b'{"pages": [{"part": 1, "page": 1, "words": ['
        + b",".join([b'[1,2,3,4,"x"]'] * 40_001)
        + b"]}]}",
    ],
)
def test_odd_words_are_a_failure_too(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "words.json").write_bytes(content)
    assert results.checked(results._words, tmp_path).code == "bad-result"


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "result.json").symlink_to("/etc/passwd")
    assert results.checked(results.result, tmp_path).code == "bad-result"


def test_the_child_sees_nothing_of_our_environment() -> None:
    assert not any("ORDERCLERK" in name for name in client._environment())


def test_nothing_is_left_in_the_scratch_folder(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    _result(reader, "order-csv")
    reader.close()
    assert list(tmp_path.iterdir()) == []
