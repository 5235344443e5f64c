"""Long X12 files for tests: many invoices of any length, an order now and then."""

from __future__ import annotations

from collections.abc import Iterator

from tests.extraction.edi_orders import x12_set


def invoice_set(n: int, lines: int) -> str:
    rows = [f"ST*810*{n:09}", f"BIG*20260914*I-{n}**PO{n}"]
    rows += [f"IT1*{k}*24*EA*18.50**IN*0007{k}*VN*FX-{k}" for k in range(1, lines + 1)]
    rows += ["TDS*1850", f"SE*{len(rows) + 2}*{n:09}"]
    return "".join(f"{row}~\n" for row in rows)


def long_x12(
    messages: int, every: int, invoice_lines: int = 100, control: int = 123, trailer: bool = True
) -> Iterator[bytes]:
    """An interchange of so many messages; the first and every `every`-th is an order of two lines."""
    yield f"ISA*00*{' ' * 10}*00*{' ' * 10}*ZZ*{'KESTREL'.ljust(15)}*01*{'OURSELVES'.ljust(15)}*260914*0815*U*00401*{control:09}*0*P*>~\n".encode()
    yield b"GS*PO*KESTREL*OURSELVES*20260914*0815*55*X*004010~\n"
    for n in range(messages):
        kind = x12_set(n + 1, 2) if n % every == 0 else invoice_set(n + 1, invoice_lines)
        yield kind.encode()
    if trailer:
        yield f"GE*{messages}*55~\nIEA*1*{control:09}~\n".encode()
