"""Writes OLE compound files (MS-CFB), as Outlook and old Office keep their data."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = Mapping[str, Union[bytes, "Tree"]]


@dataclass
class _Entry:
    name: str
    kind: int  # 1 storage, 2 stream, 5 root
    content: bytes = b""
    child: int = FREE
    right: int = FREE
    start: int = END
    size: int = 0


@dataclass
class _File:
    entries: list[_Entry] = field(default_factory=lambda: [_Entry("Root Entry", 5)])
    sectors: list[bytes] = field(default_factory=list)
    fat: list[int] = field(default_factory=list)
    mini: bytearray = field(default_factory=bytearray)
    mini_fat: list[int] = field(default_factory=list)

    def add(self, parent: int, tree: Tree) -> None:
        last = FREE
        for name, content in sorted(tree.items(), key=lambda e: (len(e[0]), e[0].upper())):
            number = len(self.entries)
            is_stream = isinstance(content, bytes)
            self.entries.append(_Entry(name, 2 if is_stream else 1))
            if last == FREE:
                self.entries[parent].child = number
            else:
                self.entries[last].right = number
            last = number
            if isinstance(content, bytes):
                self.place(self.entries[number], content)
            else:
                self.add(number, content)

    def place(self, entry: _Entry, content: bytes) -> None:
        entry.size = len(content)
        if not content:
            return
        if len(content) >= CUTOFF:
            entry.start = self.chain(content)
            return
        entry.start = len(self.mini_fat)
        count = -(-len(content) // MINI)
        self.mini += content.ljust(count * MINI, b"\0")
        self.mini_fat += [entry.start + n + 1 for n in range(count - 1)] + [END]

    def chain(self, content: bytes) -> int:
        start, count = len(self.sectors), -(-len(content) // SECTOR)
        padded = content.ljust(count * SECTOR, b"\0")
        self.sectors += [padded[n * SECTOR : (n + 1) * SECTOR] for n in range(count)]
        self.fat += [start + n + 1 for n in range(count - 1)] + [END]
        return start


def compound(tree: Tree) -> bytes:
    """storage name -> storage, stream name -> bytes."""
    file = _File()
    file.add(0, tree)
    root = file.entries[0]
    root.size = len(file.mini)
    if file.mini:
        root.start = file.chain(bytes(file.mini))
    mini_fat = struct.pack(f"<{len(file.mini_fat)}I", *file.mini_fat)
    mini_sectors = -(-len(mini_fat) // SECTOR)
    mini_start = file.chain(mini_fat.ljust(mini_sectors * SECTOR, b"\xff")) if mini_fat else END
    directory = file.chain(b"".join(map(_directory_entry, file.entries)))
    count = 1
    while (len(file.fat) + count) * 4 > count * SECTOR:
        count += 1
    first = len(file.sectors)
    fat = [*file.fat, *([FAT] * count)]
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(count * SECTOR, b"\xff")
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E, 3, 0xFFFE, 9, 6, 0, count, directory, 0, CUTOFF, mini_start, mini_sectors, END, 0,
    )  # fmt: skip
    places = [first + n for n in range(count)] + [FREE] * (109 - count)
    return header + struct.pack("<109I", *places) + b"".join(file.sectors) + table


def _directory_entry(entry: _Entry) -> bytes:
    name = (entry.name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xIQQIQ",
        name, len(name), entry.kind, 1, FREE, entry.right, entry.child, 0, 0, 0, entry.start, entry.size,
    )  # fmt: skip
