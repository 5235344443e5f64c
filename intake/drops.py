"""A folder that partners or other programs drop files into: taken whole, once, one bad file never in another's way.

Each file goes through claim (rename into a hidden folder beside it), read, the caller's commit, and archive.
A claim that a crash left behind is found again by `left_claims`.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from io import BufferedReader
from pathlib import Path

from core.errors import Misconfigured, Unavailable, Unreadable

MOST_BYTES = 100 * 1024 * 1024
MOST_ELECTRONIC = 1024 * 1024 * 1024
LONG = 4 * 1024 * 1024
"""Electronic files above this are never held whole."""
PIECE = 1 << 20
_ELECTRONIC = (b"ISA", b"UNA", b"UNB", b"STX=")
_CLAIMED = ".claimed"
_EMPTY_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class DropFolder:
    """One folder to watch.

    settle_seconds: how long size and time must stay the same. done_marker: suffix of a file written after the
    data ("order.edi.done" for ".done"); with it, settling is not needed. temp_suffixes: names still being written.
    archive, errors: folders beside or elsewhere on the same file system, made when missing.
    """

    path: Path
    archive: Path
    errors: Path
    pattern: str = "*"
    settle_seconds: float = 5.0
    done_marker: str = ""
    temp_suffixes: tuple[str, ...] = (".tmp", ".part", ".partial", ".filepart", ".writing", "~")


@dataclass(frozen=True, slots=True)
class Sighting:
    """How a file looked, and since when it has looked so (seconds, as given by the caller's `now`)."""

    size: int
    changed_ns: int
    since: float


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that is ours alone now; `name` is what it was called."""

    folder: DropFolder
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Dropped:
    """A claim's bytes and their SHA-256 in hex. stamp: inode and time of the last change (ns): this very file.

    is_long: an electronic file of which `raw` holds nothing; `pieces` gives its bytes.
    """

    claim: Claim
    raw: bytes = field(repr=False)
    sha256: str
    stamp: tuple[int, int] = (0, 0)
    size: int = 0
    is_long: bool = False


def ready(folder: DropFolder, now: float, seen: dict[str, Sighting]) -> list[str]:
    """Names that may be claimed now, oldest first; `seen` is kept by the caller between looks and updated here.

    Links, pipes, devices and folders are never touched. Raises Unavailable when the folder cannot be listed.
    """
    present = _listing(folder)
    for name in set(seen) - set(present):
        del seen[name]
    found = [n for n, status in present.items() if _is_ready(folder, n, status, present, now, seen)]
    return sorted(found, key=lambda n: (present[n].st_mtime_ns, n))


def empty_too_long(now: float, seen: dict[str, Sighting]) -> list[str]:
    """Files that stayed empty for an hour; claim and refuse them."""
    return [
        name
        for name, sighting in seen.items()
        if sighting.size == 0 and now - sighting.since >= _EMPTY_SECONDS
    ]


def claim(folder: DropFolder, name: str) -> Claim | None:
    """The file moved out of everybody's reach in one step; None when another process was faster."""
    target = _claimed(folder) / name
    if target.exists():
        target = _claimed(folder) / f"{os.urandom(6).hex()}-{_shortened(name)}"
    try:
        (folder.path / name).rename(target)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unavailable(f"{name} in {folder.path} cannot be moved ({error.strerror}).") from error
    return Claim(folder, name, target)


def left_claims(folder: DropFolder) -> list[Claim]:
    """Claims that were not archived: of this process, or of one that died."""
    with contextlib.suppress(FileNotFoundError):
        return [
            Claim(folder, p.name, p) for p in sorted((folder.path / _CLAIMED).iterdir()) if p.name
        ]
    return []


def read(claimed: Claim) -> Dropped:
    """The claimed file's bytes.

    Raises Unreadable with code "not-a-file", "empty-file" or "too-large", Unavailable when the disk refuses.
    """
    try:
        dropped = _read(claimed)
    except FileNotFoundError as error:
        raise Unreadable("not-a-file", f"{claimed.name} is no longer there.") from error
    except OSError as error:
        raise Unavailable(f"{claimed.name} cannot be read ({error.strerror}).") from error
    if not dropped.size:
        raise Unreadable("empty-file", f"{claimed.name} is empty.")
    return dropped


def pieces(dropped: Dropped) -> Iterator[bytes]:
    """The bytes of a long file, PIECE by PIECE. Raises Unavailable when it is not any more what it was."""
    digest = hashlib.sha256()
    try:
        with _opened(dropped.claim.path) as file:
            while piece := file.read(PIECE):
                digest.update(piece)
                yield piece
    except OSError as error:
        raise Unavailable(f"{dropped.claim.name} cannot be read ({error.strerror}).") from error
    if digest.hexdigest() != dropped.sha256:
        raise Unavailable(f"{dropped.claim.name} is still being written; it is tried again.")


def archive(dropped: Dropped) -> Path:
    """Put the file away after the commit, as name and start of its hash; the same file twice is kept once."""
    folder = dropped.claim.folder
    target = _put_away(dropped.claim, folder.archive, dropped.sha256[:12])
    if folder.done_marker:
        (folder.path / f"{dropped.claim.name}{folder.done_marker}").unlink(missing_ok=True)
    return target


def refuse(claimed: Claim) -> Path:
    """Put a file that cannot be used into the error folder."""
    return _put_away(claimed, claimed.folder.errors, os.urandom(6).hex())


def _listing(folder: DropFolder) -> dict[str, os.stat_result]:
    present: dict[str, os.stat_result] = {}
    try:
        with os.scandir(folder.path) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):  # gone since, or not to be looked at
                    present[entry.name] = entry.stat(follow_symlinks=False)
    except FileNotFoundError as error:
        raise Misconfigured(
            f"The drop folder {folder.path} is missing; create it or mount it."
        ) from error
    except OSError as error:
        raise Unavailable(
            f"The drop folder {folder.path} cannot be read ({error.strerror})."
        ) from error
    return present


def _is_ready(
    folder: DropFolder,
    name: str,
    status: os.stat_result,
    present: dict[str, os.stat_result],
    now: float,
    seen: dict[str, Sighting],
) -> bool:
    if not stat.S_ISREG(status.st_mode) or not _is_wanted(folder, name):
        return False
    last = seen.get(name)
    if last is None or (last.size, last.changed_ns) != (status.st_size, status.st_mtime_ns):
        last = seen[name] = Sighting(status.st_size, status.st_mtime_ns, now)
    if status.st_size == 0:
        return False
    if folder.done_marker:
        return f"{name}{folder.done_marker}" in present
    return now - last.since >= folder.settle_seconds


def _is_wanted(folder: DropFolder, name: str) -> bool:
    lowered = name.lower()
    return (
        not name.startswith(".")
        and fnmatchcase(lowered, folder.pattern.lower())
        and not lowered.endswith(tuple(s.lower() for s in folder.temp_suffixes))
        and not (folder.done_marker and name.endswith(folder.done_marker))
    )


def _claimed(folder: DropFolder) -> Path:
    place = folder.path / _CLAIMED
    _make(place)
    return place


def _make(place: Path) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(
            f"The folder {place} cannot be made ({error.strerror}); check its owner and rights."
        ) from error


def _read(claimed: Claim) -> Dropped:
    with _opened(claimed.path) as file:
        status = os.fstat(file.fileno())
        stamp = (status.st_ino, status.st_mtime_ns)
        start = file.read(PIECE)
        if len(start) == PIECE and status.st_size > LONG and _is_electronic(start):
            _refuse_above(MOST_ELECTRONIC, status.st_size, claimed.path)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return Dropped(claimed, b"", digest, stamp, file.tell(), is_long=True)
        _refuse_above(MOST_BYTES, status.st_size, claimed.path)
        raw = start + file.read(MOST_BYTES - len(start))
    return Dropped(claimed, raw, hashlib.sha256(raw).hexdigest(), stamp, len(raw))


def _opened(path: Path) -> BufferedReader:
    """A regular file; a link is not followed, and a pipe does not make us wait."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    file = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        file.close()
        raise Unreadable("not-a-file", f"{path.name} is not a plain file.")
    return file


def _refuse_above(most: int, size: int, path: Path) -> None:
    if size > most:
        raise Unreadable("too-large", f"{path.name} has {size // 1024**2} MB.")


def _is_electronic(start: bytes) -> bool:
    return start[:200].removeprefix(b"\xef\xbb\xbf").lstrip()[:4].startswith(_ELECTRONIC)


def _put_away(claimed: Claim, place: Path, mark: str) -> Path:
    _make(place)
    stem, dot, suffix = _shortened(claimed.name).rpartition(".")
    target = place / (f"{stem}.{mark}.{suffix}" if dot and stem else f"{suffix}.{mark}")
    try:
        if claimed.path.exists():  # else archived before a crash that came ahead of the next step
            shutil.move(claimed.path, target)
    except OSError as error:
        raise Unavailable(
            f"{claimed.name} cannot be moved to {place} ({error.strerror}); it is tried again."
        ) from error
    return target


def _shortened(name: str) -> str:
    """File systems take 255 bytes; some room is left for the mark."""
    raw = os.fsencode(name)
    return name if len(raw) <= 200 else os.fsdecode(raw[-200:])
