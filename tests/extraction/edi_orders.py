"""Makes X12 and EDIFACT files of any number of orders, piece by piece, for tests of streams and speed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

LINES = 20


def x12_set(n: int, lines: int = LINES) -> str:
    rows = [f"ST*850*{n:09}", f"BEG*00*SA*PO{n}**20260914", "CUR*BY*USD", "REF*DP*12", "DTM*002*20261001", "N1*BY*Kestrel Tools*92*K001", "N1*ST*Depot*92*0042", "N3*9 Harbour Road", "N4*Port Ellis*ME*04101*US"]  # fmt: skip
    for k in range(1, lines + 1):
        rows += [f"PO1*{k}*24*EA*18.50*PE*IN*0007{k}*VN*FX-{k}", f"PID*F****Flux pens {k}", "DTM*002*20260928"]  # fmt: skip
    rows += [f"CTT*{lines}", f"SE*{len(rows) + 2}*{n:09}"]
    return "".join(f"{row}~\n" for row in rows)


def x12(count: int) -> Iterator[bytes]:
    yield f"ISA*00*{' ' * 10}*00*{' ' * 10}*ZZ*{'KESTREL'.ljust(15)}*01*{'OURSELVES'.ljust(15)}*260914*0815*U*00401*000000123*0*P*>~\n".encode()
    yield b"GS*PO*KESTREL*OURSELVES*20260914*0815*55*X*004010~\n"
    for n in range(1, count + 1):
        yield x12_set(n).encode()
    yield f"GE*{count}*55~\nIEA*1*000000123~\n".encode()


def edifact_message(n: int, lines: int = LINES) -> str:
    rows = [f"UNH+{n}+ORDERS:D:96A:UN:EAN008", f"BGM+220+PO{n}+9", "DTM+137:20260914:102", "DTM+2:20261001:102", "NAD+BY+4012345000009::9++Hafenbau+Kai 7+Bremen++28195+DE", "NAD+DP+4012345000016::9++Lager+Weg 2+Kiel++24103+DE", "CUX+2:EUR:9"]  # fmt: skip
    for k in range(1, lines + 1):
        rows += [f"LIN+{k}++4006381333931:EN", f"PIA+1+HB-{k}:IN+ZX-{k}:SA", f"IMD+F++:::Schrauben {k}", "QTY+21:200:PCE", "PRI+AAA:12.5"]  # fmt: skip
    rows += ["UNS+S", f"CNT+2:{lines}", f"UNT+{len(rows) + 3}+{n}"]
    return "".join(f"{row}'\n" for row in rows)


def edifact(count: int) -> Iterator[bytes]:
    yield b"UNA:+.? '\nUNB+UNOC:3+4012345000009:14+4098765000007:14+260914:0815+701'\n"
    for n in range(1, count + 1):
        yield edifact_message(n).encode()
    yield f"UNZ+{count}+701'\n".encode()


MAKERS: dict[str, Callable[[int], Iterator[bytes]]] = {"x12": x12, "edifact": edifact}


class Growing(io.RawIOBase):
    """A file that is made while it is read, and knows how far that went."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        taken = b""
        while len(taken) < min(size, 65_536):
            piece = next(self._pieces, b"")
            if not piece:
                break
            taken += piece
        self.given += len(taken)
        return taken
