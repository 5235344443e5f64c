"""A folder on this machine: written beside under a hidden name, synced, then renamed, so that nobody sees half a file."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from core import crash
from workers.carriers.values import Handed, Parcel


def put(folder: Path, parcel: Parcel, *, make: bool) -> Handed:
    """make: the folder is ours to make (beside a drop folder); a partner's own folder must be there.

    A file of this name with the same bytes is the one that an earlier attempt put there.
    """
    target = folder / parcel.name
    hidden = folder / f".{parcel.name}.writing"
    try:
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        elif not folder.is_dir():
            return Handed(
                "later", "folder-missing", f"The folder {folder} is missing; create or mount it."
            )
        with contextlib.suppress(FileNotFoundError):
            if target.read_bytes() == parcel.raw:
                return Handed("sent", place=str(target))
        _write(hidden, parcel.raw)
        crash.point("send.written-beside")
        hidden.replace(target)
        crash.point("send.renamed")
        _sync(folder)
    except OSError as error:
        return Handed("later", "folder-away", f"{target} cannot be written ({error.strerror}).")
    return Handed("sent", place=str(target))


def _write(path: Path, raw: bytes) -> None:
    descriptor = os.open(
        path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o640
    )
    with os.fdopen(descriptor, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(descriptor)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
