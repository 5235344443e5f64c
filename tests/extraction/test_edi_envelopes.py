"""What acknowledgements are written from: envelopes, groups and messages with counts, faults and verdicts; and streams."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from core.errors import Unreadable
from core.inbound.reading import Extraction
from extraction.edi import EdiReading, ReadMessage, read_any, read_stream

SET = ("BEG*00*SA*{po}**20260914", "CUR*BY*USD", "PO1*1*5*EA*2.50*PE*VN*A-1", "CTT*1")
ISA = "ISA*00*          *00*          *ZZ*KESTREL        *01*OURSELVES      *260914*0815*U*00401*{number:09}*1*P*>~"
MESSAGE = ("BGM+220+{po}+9", "CUX+2:EUR:9", "LIN+1++A-1:SA", "QTY+21:5:PCE", "UNS+S", "CNT+2:1")


def x12(sets: int = 1, number: int = 123, body: tuple[str, ...] = SET, kind: str = "850") -> str:
    rows = [ISA.format(number=number), "GS*PO*KESTREL*OURSELVES*20260914*0815*55*X*004010~"]
    for n in range(1, sets + 1):
        rows += [f"ST*{kind}*{n:04}~", *(s.format(po=f"K-{n}") + "~" for s in body)]
        rows.append(f"SE*{len(body) + 2}*{n:04}~")
    return "\n".join([*rows, f"GE*{sets}*55~", f"IEA*1*{number:09}~\n"])


def edifact(messages: int = 1, body: tuple[str, ...] = MESSAGE, kind: str = "ORDERS") -> str:
    rows = ["UNB+UNOC:3+K:14+US:14+260914:0815+701+++++1'"]
    for n in range(1, messages + 1):
        rows += [f"UNH+{n}+{kind}:D:96A:UN'", *(s.format(po=f"H-{n}") + "'" for s in body)]
        rows.append(f"UNT+{len(body) + 2}+{n}'")
    return "\n".join([*rows, f"UNZ+{messages}+701'\n"])


def read(text: str) -> EdiReading:
    reading = read_any(text.encode(), 1)
    assert reading is not None
    return reading


def faults(reading: EdiReading) -> set[str]:
    levels = (*reading.interchanges, *reading.groups, *reading.messages)
    return {f"{f.where} {f.code}" for each in levels for f in each.faults}


def test_a_clean_interchange_is_accepted_at_every_level() -> None:
    reading = read(x12(2))
    [interchange], [group] = reading.interchanges, reading.groups
    assert (interchange.declared, interchange.counted, interchange.verdict) == ("1", 1, "accepted")
    assert (interchange.prepared, interchange.wants_answer) == ("260914 0815", True)
    assert (group.kind, group.control, group.version, group.declared, group.counted) == (
        "PO", "55", "004010", "2", 2,
    )  # fmt: skip
    assert [(m.control, m.group, m.declared, m.counted, m.verdict) for m in reading.messages] == [
        ("0001", 0, "6", 6, "accepted"),
        ("0002", 0, "6", 6, "accepted"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "level", "verdict"),
    [
        ("SE*6*0001", "SE*7*0001", "AK502 4", "message", "accepted-with-faults"),
        ("SE*6*0001", "SE*6*0009", "AK502 3", "message", "accepted-with-faults"),
        ("SE*6*0001~\n", "", "AK502 2", "message", "rejected"),
        ("BEG*00*SA*K-1**20260914~\n", "", "AK304 3", "message", "rejected"),
        ("CTT*1~", "QQQ*1~", "AK304 1", "message", "accepted-with-faults"),
        ("*5*EA", "*five*EA", "AK403 6", "message", "accepted-with-faults"),
        ("**20260914", "**20261314", "AK403 8", "message", "accepted-with-faults"),
        ("BEG*00*", "BEG*88*", "AK403 7", "message", "accepted-with-faults"),
        ("GE*1*55", "GE*1*56", "AK905 4", "group", "accepted-with-faults"),
        ("GE*1*55", "GE*3*55", "AK905 5", "group", "accepted-with-faults"),
        ("GE*1*55~\n", "", "AK905 3", "group", "rejected"),
        ("IEA*1*000000123", "IEA*1*000000124", "TA105 001", "interchange", "accepted-with-faults"),
        ("IEA*1*000000123", "IEA*4*000000123", "TA105 021", "interchange", "accepted-with-faults"),
        ("IEA*1*000000123~\n", "", "TA105 023", "interchange", "rejected"),
        ("*260914*0815*U", "*261314*0815*U", "", "", ""),
        ("*260914*0815*U", "*26X914*0815*U", "TA105 014", "interchange", "accepted-with-faults"),
        ("*260914*0815*U", "*260914*2515*U", "TA105 015", "interchange", "accepted-with-faults"),
        ("*1*P*>", "*1*Q*>", "TA105 020", "interchange", "accepted-with-faults"),
    ],
)  # fmt: skip
def test_x12_faults_carry_the_standards_code(
    old: str, new: str, code: str, level: str, verdict: str
) -> None:
    assert old in x12()
    reading = read(x12().replace(old, new, 1))
    assert {code} <= faults(reading) if code else faults(reading) == set()
    of_level = {"message": reading.messages, "group": reading.groups}
    if level:
        assert of_level.get(level, reading.interchanges)[0].verdict == verdict


@pytest.mark.parametrize(
    ("old", "new", "code", "verdict"),
    [
        ("UNT+8+1", "UNT+9+1", "0085 29", "accepted-with-faults"),
        ("UNT+8+1", "UNT+8+4", "0085 28", "accepted-with-faults"),
        ("UNT+8+1'\n", "", "0085 13", "rejected"),
        ("BGM+220+H-1+9'\n", "", "0085 13", "rejected"),
        ("QTY+21:5:PCE", "QTY+21:five", "0085 37", "accepted-with-faults"),
        ("CUX+2:EUR:9", "XXX+2", "0085 15", "accepted-with-faults"),
        ("UNZ+1+701", "UNZ+2+701", "0085 29", "accepted"),
        ("UNZ+1+701", "UNZ+1+702", "0085 28", "accepted"),
    ],
)
def test_edifact_faults_carry_the_standards_code(
    old: str, new: str, code: str, verdict: str
) -> None:
    assert old in edifact()
    reading = read(edifact().replace(old, new, 1))
    assert code in faults(reading)
    assert reading.messages[0].verdict == verdict


def test_faults_name_their_segment_and_value() -> None:
    [fault] = read(x12().replace("*5*EA", "*five*EA")).messages[0].faults[:1]
    assert (fault.level, fault.segment, fault.value, fault.finding) == (
        "element", 6, "five", "edi-number",
    )  # fmt: skip


def test_one_bad_message_leaves_its_neighbours_accepted() -> None:
    reading = read(x12(3).replace("BEG*00*SA*K-2**20260914~\n", ""))
    assert [m.verdict for m in reading.messages] == ["accepted", "rejected", "accepted"]
    assert ["po_number" in o.fields for o in reading.orders] == [True, False, True]


def test_an_interchange_number_used_twice_rejects_the_second() -> None:
    reading = read(x12() + x12())
    assert [i.verdict for i in reading.interchanges] == ["accepted", "rejected"]
    assert [f.code for f in reading.interchanges[1].faults] == ["025"]
    reading = read(edifact() + edifact())
    assert [i.verdict for i in reading.interchanges] == ["accepted", "rejected"]


def test_groups_of_edifact_have_their_own_counts() -> None:
    text = edifact().replace("UNH+1", "UNG+ORDERS+A:14+B:14+260914:0815+9+UN+D:96A'\nUNH+1")
    reading = read(text.replace("UNZ+1", "UNE+2+8'\nUNZ+1"))
    [group] = reading.groups
    assert (group.kind, group.control, group.version, group.agency, group.counted) == (
        "ORDERS", "9", "D:96A", "UN", 1,
    )  # fmt: skip
    assert [f.code for f in group.faults] == ["29", "28"]
    assert reading.messages[0].group == 0


@pytest.mark.parametrize("text", [x12().split("\n", 1)[1], x12().split("\n", 2)[2]])
def test_a_message_without_an_interchange_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_any(text.encode(), 1)
    assert error.value.code == "edi-envelope"


def test_a_message_outside_any_edifact_interchange_is_rejected() -> None:
    reading = read(edifact().split("\n", 1)[1])
    assert reading.messages[0].verdict == "rejected"
    assert "edi-envelope-missing" in {f.code for f in reading.findings}


def test_functional_acknowledgement() -> None:
    body = ("AK1*PR*77", "AK2*855*0004", "AK3*PO1*8**8", "AK4*2*330*7*X", "AK5*R*5", "AK2*855*0005", "AK5*A", "AK9*P*2*2*1")  # fmt: skip
    [message] = read(x12(body=body, kind="997")).messages
    answer = message.values
    assert answer is not None and hasattr(answer, "messages")
    assert (answer.level, answer.kind, answer.control, answer.verdict) == (
        "group", "PR", "77", "partly-accepted",
    )  # fmt: skip
    assert (answer.declared, answer.received, answer.accepted) == ("2", "2", "1")
    assert [(j.kind, j.control, j.verdict) for j in answer.messages] == [
        ("855", "0004", "rejected"),
        ("855", "0005", "accepted"),
    ]
    assert [(t.where, t.code, t.tag, t.segment, t.element, t.value) for t in answer.messages[0].faults] == [
        ("AK304", "8", "PO1", "8", "", ""),
        ("AK403", "7", "PO1", "8", "2", "X"),
        ("AK502", "5", "", "", "", ""),
    ]  # fmt: skip


def test_interchange_acknowledgement() -> None:
    text = f"{ISA.format(number=9)}\nTA1*000000123*260914*0815*R*025~\nIEA*0*000000009~\n"
    reading = read(text)
    answer = reading.messages[0].values
    assert answer is not None and hasattr(answer, "verdict")
    assert (reading.lane, answer.level, answer.control, answer.verdict) == (
        "automatic", "interchange", "000000123", "rejected",
    )  # fmt: skip
    assert [t.code for t in answer.faults] == ["025"]


def test_syntax_acknowledgement() -> None:
    body = ("UCI+31+US:14+K:14+4", "UCM+2+ORDRSP:D:96A:UN+4+13", "UCS+3+15", "UCD+12+2:1")
    answer = read(edifact(body=body, kind="CONTRL")).messages[0].values
    assert answer is not None and hasattr(answer, "messages")
    assert (answer.control, answer.verdict) == ("31", "rejected")
    [judged] = answer.messages
    assert (judged.kind, judged.control, judged.verdict) == ("ORDRSP", "2", "rejected")
    assert [(t.code, t.segment, t.element) for t in judged.faults] == [
        ("13", "", ""), ("15", "3", ""), ("12", "3", "2:1"),
    ]  # fmt: skip


def test_return_authorisation_and_announcement() -> None:
    body = ("BGN*00*RA-7*20260914", "PRF*K-1", "N1*BY*Kestrel*92*K001", "BLI*VN*A-1*3*EA", "RDR**01**broken", "N9*IV*INV-2")  # fmt: skip
    found = read(x12(body=body, kind="180")).messages[0].values
    assert found is not None and hasattr(found, "orders")
    assert (found.number, found.day, found.orders, found.invoices, found.buyer_id) == (
        "RA-7", "2026-09-14", ("K-1",), ("INV-2",), "K001",
    )  # fmt: skip
    [line] = found.lines
    assert (line.supplier_sku, line.quantity, line.uom, line.reason) == ("A-1", "3", "EA", "broken")
    body = ("BGM+70E+R-9+9", "DTM+137:20260914:102", "RFF+ON:H-1", "NAD+BY+4012345000009::9", "LIN+1++4006381333931:EN", "PIA+1+A-1:SA", "QTY+61:3:PCE", "UNS+S")  # fmt: skip
    reading = read(edifact(body=body, kind="RETANN"))
    found = reading.messages[0].values
    assert reading.lane == "return_request"
    assert found is not None and hasattr(found, "orders")
    assert (found.number, found.day, found.orders) == ("R-9", "2026-09-14", ("H-1",))
    assert [(x.gtin, x.supplier_sku, x.quantity, x.uom) for x in found.lines] == [
        ("4006381333931", "A-1", "3", "PCE")
    ]


class Slow(io.RawIOBase):
    """A file that is made while it is read, and knows how far that went."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        piece = next(self._pieces, b"")
        self.given += len(piece)
        return piece


def many_orders(sets: int) -> Iterator[bytes]:
    head, rest = x12(1).split("ST*", 1)
    one = "ST*" + rest.partition("GE*")[0]
    yield head.encode()
    for n in range(sets):
        yield one.replace("0001", f"{n:06}").encode()
    yield f"GE*{sets}*55~\nIEA*1*000000123~\n".encode()


def test_the_first_message_is_there_before_the_file_ends() -> None:
    file = Slow(many_orders(20_000))
    stream = read_stream(file)  # type: ignore[arg-type]
    assert stream is not None and stream.sniffed.format.startswith("x12/")
    first = next(iter(stream))
    assert first.order is not None and first.order.fields["po_number"].value == "K-1"
    assert file.given < 200_000


def test_a_stream_says_the_same_as_the_whole() -> None:
    text = (x12(40) + x12(3, number=124).replace("*", "|") + x12(2, number=125)).encode()
    whole = read_any(text, 1)
    for size in (1, 7, 100, 5000):
        stream = read_stream(
            Slow(iter([text[n : n + size] for n in range(0, len(text), size)])),
            1,  # type: ignore[arg-type]
        )
        assert stream is not None
        found: list[ReadMessage] = list(stream)
        assert whole is not None
        assert tuple(found) == whole.messages
        assert (stream.interchanges, stream.groups) == (whole.interchanges, whole.groups)


def test_schedules_are_values_of_the_reading_both_ways() -> None:
    body = ("BEG*00*SA*1**20260101", "PO1*1*10*EA*2*PE*VN*A", "PO1*2*10*EA*2*PE*VN*B", "SCH*4*EA***002*20261001", "SCH*6*EA***002*20261101", "PO1*3*9*EA", "SDQ*EA*92*0001*4*0002*5")  # fmt: skip
    [order] = read(x12(body=body)).orders
    assert {
        n: [(s.quantity, s.uom, s.requested_date, s.ship_to) for s in found]
        for n, found in order.schedules.items()
    } == {
        1: [("4", "EA", "2026-10-01", ""), ("6", "EA", "2026-11-01", "")],
        2: [("4", "EA", "", "0001"), ("5", "EA", "", "0002")],
    }
    kept = Extraction("order", orders=(order,))
    assert Extraction.of_json(kept.as_json()).orders == (order,)
    plain = read(x12()).orders
    assert "schedules" not in Extraction("order", orders=plain).as_json()["orders"][0]


def test_a_broken_acknowledgement_and_a_broken_invoice_are_flagged() -> None:
    body = ("AK1*PR NOT A CODE*X", "AK2*855*0004", "AK5*Q", "AK9*A*1*1*1")
    [message] = read(x12(body=body, kind="997")).messages
    assert [(f.where, f.code, f.segment) for f in message.faults] == [
        ("AK403", "7", 4), ("AK403", "6", 4), ("AK403", "7", 6),
    ]  # fmt: skip
    body = ("BGM+380+1+9", "LIN+1", "QTY+47:10A", "PRI+INV:$1.20", "MOA+203:12")
    [message] = read(edifact(body=body, kind="INVOIC")).messages
    assert [(f.where, f.code, f.value, f.tag, f.position, f.element, f.component) for f in message.faults] == [
        ("0085", "37", "10A", "QTY", 4, 1, 2),
        ("0085", "37", "$1.20", "PRI", 5, 1, 2),
        ("0085", "17", "", "", 0, 0, 0),
    ]  # fmt: skip
