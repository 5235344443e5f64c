"""Drop folders: whole files, once, and no bad neighbour in the way."""

from __future__ import annotations

import hashlib
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import Misconfigured, Unreadable
from intake import drops
from intake.drops import DropFolder, Sighting


@pytest.fixture
def folder(tmp_path: Path) -> DropFolder:
    (tmp_path / "in").mkdir()
    return DropFolder(tmp_path / "in", tmp_path / "done", tmp_path / "errors", settle_seconds=5)


def put(folder: DropFolder, name: str, content: bytes = b"ISA*00*") -> Path:
    path = folder.path / name
    path.write_bytes(content)
    return path


def settled(folder: DropFolder) -> list[str]:
    seen: dict[str, Sighting] = {}
    drops.ready(folder, 0, seen)
    return drops.ready(folder, 10, seen)


def claimed(folder: DropFolder, name: str) -> drops.Claim:
    claim = drops.claim(folder, name)
    assert claim is not None
    return claim


def test_a_file_is_taken_when_it_stops_growing(folder: DropFolder) -> None:
    seen: dict[str, Sighting] = {}
    path = put(folder, "order.edi", b"ISA")
    assert drops.ready(folder, 0, seen) == []
    assert drops.ready(folder, 4, seen) == []
    path.write_bytes(b"ISA*00*")
    assert drops.ready(folder, 6, seen) == []
    os.utime(path, ns=(1, 1))
    assert drops.ready(folder, 9, seen) == []
    assert drops.ready(folder, 14, seen) == ["order.edi"]


def test_the_way_of_a_file(folder: DropFolder) -> None:
    put(folder, "order.edi")
    claim = claimed(folder, "order.edi")
    assert not (folder.path / "order.edi").exists()
    assert settled(folder) == []
    dropped = drops.read(claim)
    assert dropped.raw == b"ISA*00*"
    assert dropped.sha256 == hashlib.sha256(b"ISA*00*").hexdigest()
    target = drops.archive(dropped)
    assert target == folder.archive / f"order.{dropped.sha256[:12]}.edi"
    assert target.read_bytes() == b"ISA*00*"
    assert drops.left_claims(folder) == []
    assert drops.archive(dropped) == target  # again, as after a crash


def test_a_crash_after_the_claim_loses_nothing(folder: DropFolder) -> None:
    put(folder, "order.edi")
    claimed(folder, "order.edi")
    put(folder, "order.edi", b"another under the same name")
    claimed(folder, "order.edi")
    left = drops.left_claims(folder)
    assert sorted(drops.read(c).raw for c in left) == [b"ISA*00*", b"another under the same name"]


def test_two_processes_claim_one_file_once(folder: DropFolder) -> None:
    put(folder, "order.edi")
    got: list[drops.Claim | None] = []
    start = threading.Barrier(8)

    def take() -> None:
        start.wait()
        got.append(drops.claim(folder, "order.edi"))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([c for c in got if c]) == 1


def test_the_same_name_with_new_content_is_kept_beside(folder: DropFolder) -> None:
    for content in (b"one", b"two", b"one"):
        put(folder, "order.edi", content)
        drops.archive(drops.read(claimed(folder, "order.edi")))
    assert sorted(p.read_bytes() for p in folder.archive.iterdir()) == [b"one", b"two"]


def test_a_done_marker_replaces_waiting(folder: DropFolder) -> None:
    folder = replace(folder, done_marker=".done")
    put(folder, "order.edi")
    seen: dict[str, Sighting] = {}
    assert drops.ready(folder, 100, seen) == []
    put(folder, "order.edi.done", b"")
    assert drops.ready(folder, 101, seen) == ["order.edi"]
    drops.archive(drops.read(claimed(folder, "order.edi")))
    assert not (folder.path / "order.edi.done").exists()


@pytest.mark.parametrize(
    "name", ["a.edi.tmp", "a.edi.PART", "a.edi.filepart", ".hidden", "a.edi~", "readme.md"]
)
def test_names_that_are_left_alone(folder: DropFolder, name: str) -> None:
    folder = replace(folder, pattern="*.edi*")
    put(folder, name)
    assert settled(folder) == []


def test_patterns_know_no_case(folder: DropFolder) -> None:
    put(folder, "ORDER.EDI")
    assert settled(replace(folder, pattern="*.edi")) == ["ORDER.EDI"]


def test_bad_neighbours_block_nothing(folder: DropFolder, tmp_path: Path) -> None:
    """The F15 list: link, pipe, folder, empty, name that is no UTF-8, dead link."""
    secret = tmp_path / "secret"
    secret.write_bytes(b"not yours")
    (folder.path / "a-link").symlink_to(secret)
    (folder.path / "b-dead").symlink_to(tmp_path / "nothing")
    os.mkfifo(folder.path / "c-pipe")
    (folder.path / "d-folder").mkdir()
    put(folder, "e-empty", b"")
    Path(os.fsdecode(os.fsencode(folder.path) + b"/f-\xff\xfe")).write_bytes(b"odd name")
    put(folder, "g" * 250)
    put(folder, "z-good.edi")
    ready = settled(folder)
    assert len(ready) == 3
    raws = []
    for name in ready:
        dropped = drops.read(claimed(folder, name))
        drops.archive(dropped)
        raws.append(dropped.raw)
    assert sorted(raws) == [b"ISA*00*", b"ISA*00*", b"odd name"]


def test_a_file_swapped_for_something_else_is_refused(folder: DropFolder, tmp_path: Path) -> None:
    for name, swap in (
        ("a", lambda p: p.symlink_to(tmp_path / "x")),
        ("b", os.mkfifo),
        ("c", os.mkdir),
    ):
        put(folder, name)
        claim = claimed(folder, name)
        claim.path.unlink()
        swap(claim.path)
        (tmp_path / "x").write_bytes(b"secret")
        with pytest.raises((Unreadable, drops.Unavailable)):
            drops.read(claim)
        drops.refuse(claim)
    assert drops.left_claims(folder) == []


def test_empty_files_wait_and_then_go_to_the_errors(folder: DropFolder) -> None:
    seen: dict[str, Sighting] = {}
    put(folder, "empty.edi", b"")
    drops.ready(folder, 0, seen)
    assert drops.empty_too_long(60, seen) == []
    assert drops.empty_too_long(3600, seen) == ["empty.edi"]
    claim = claimed(folder, "empty.edi")
    with pytest.raises(Unreadable) as refused:
        drops.read(claim)
    assert refused.value.code == "empty-file"
    assert drops.refuse(claim).parent == folder.errors


def test_a_file_that_is_too_large(folder: DropFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drops, "MOST_BYTES", 5)
    put(folder, "big.edi", b"123456")
    with pytest.raises(Unreadable) as refused:
        drops.read(claimed(folder, "big.edi"))
    assert refused.value.code == "too-large"


def test_a_folder_that_is_missing_says_so(folder: DropFolder, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="is missing"):
        drops.ready(replace(folder, path=tmp_path / "gone"), 0, {})


def test_what_is_gone_is_forgotten(folder: DropFolder) -> None:
    seen: dict[str, Sighting] = {}
    path = put(folder, "order.edi")
    drops.ready(folder, 0, seen)
    path.unlink()
    drops.ready(folder, 1, seen)
    assert seen == {}


def test_ten_thousand_files_are_listed_quickly(folder: DropFolder) -> None:
    for number in range(10_000):
        (folder.path / f"{number}.edi").touch()
    os.truncate(folder.path / "5000.edi", 10)
    assert settled(folder) == ["5000.edi"]
