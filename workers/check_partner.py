"""A partner's profile against sample files: what is read with it, held against the readings that are expected."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import BadInput, Unreadable
from core.exchange.profile_values import Profile
from core.exchange.understood import understood
from core.inbound.reading import Extraction
from core.inbound.values import Finding
from extraction.edi.findings import SENTENCES
from workers.extract_file import read_apart

SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Checked:
    """One sample. differences: rows "- expected", "+ read"; expected: whether FILE.json was there."""

    file: Path
    reading: Extraction | None
    differences: tuple[str, ...]
    expected: bool
    identified: bool
    trouble: str = ""

    @property
    def right(self) -> bool:
        return self.expected and not self.differences and not self.trouble and self.identified


def unknown_codes(profile: Profile) -> tuple[str, ...]:
    """Finding codes in the profile that no reader ever gives."""
    return tuple(sorted(set(profile.tolerance) - set(SENTENCES)))


def check(profile: Profile, file: Path) -> Checked:
    """Reads one sample with the profile in a throw-away child and compares."""
    try:
        reading = understood(read_apart(file), profile)
    except (Unreadable, OSError) as error:
        text = error.sentence if isinstance(error, Unreadable) else str(error)
        return Checked(file, None, (), False, False, text)
    beside = file.with_name(file.name + SUFFIX)
    wanted = _wanted(beside) if beside.exists() else None
    differences = tuple(_differences(wanted, reading)) if wanted is not None else ()
    return Checked(file, reading, differences, wanted is not None, _names(profile, reading))


def _names(profile: Profile, reading: Extraction) -> bool:
    """Whether the file's sender is one that the profile names."""
    tree = reading.envelopes
    if tree is None or not tree.interchanges:
        return False
    known = {(one.standard, one.id) for one in profile.identities}
    return all(
        (one.standard.partition("/")[0], one.sender.id.strip()) in known
        for one in tree.interchanges
    )


def _wanted(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise BadInput(f"{path} is no JSON: {error}") from error
    if not isinstance(found, dict) or "orders" not in found:
        raise BadInput(
            f"{path} must be a reading as `orderclerk extract --json` prints it: "
            '{"lane": ..., "orders": [{"fields": {...}, "lines": [...]}]}.'
        )
    return found


def values_of(reading: Extraction) -> dict[str, Any]:
    """The values alone: lane, orders with fields and lines, codes of findings; what people write down and compare."""
    return {
        "lane": reading.lane,
        "format": reading.format,
        "orders": [
            {
                "fields": {name: one.value for name, one in order.fields.items()},
                "lines": [{name: one.value for name, one in line.items()} for line in order.lines],
            }
            for order in reading.orders
        ],
        "findings": sorted({one.code for one in reading.findings}),
    }


def _differences(wanted: dict[str, Any], reading: Extraction) -> Iterator[str]:
    """Only what the expected reading says is compared; it may leave out whole fields of a name."""
    read = values_of(reading)
    for name in ("lane", "format"):
        if name in wanted and wanted[name] != read[name]:
            yield from _row(name, str(wanted[name]), str(read[name]))
    if len(wanted["orders"]) != len(read["orders"]):
        yield from _row("orders", str(len(wanted["orders"])), str(len(read["orders"])))
    for number, (theirs, ours) in enumerate(
        zip(wanted["orders"], read["orders"], strict=False), start=1
    ):
        yield from _fields(f"order {number}", theirs.get("fields", {}), ours["fields"])
        lines = theirs.get("lines", [])
        if len(lines) != len(ours["lines"]):
            yield from _row(f"order {number} lines", str(len(lines)), str(len(ours["lines"])))
        for position, (want, got) in enumerate(zip(lines, ours["lines"], strict=False), start=1):
            yield from _fields(f"order {number} line {position}", want, got)
    if "findings" in wanted:
        named = {f if isinstance(f, str) else f["code"] for f in wanted["findings"]}
        for code in sorted(named - set(read["findings"])):
            yield f"- finding {code}"
        for code in sorted(set(read["findings"]) - named):
            yield f"+ finding {code}"


def _fields(place: str, wanted: dict[str, Any], read: dict[str, str]) -> Iterator[str]:
    """A value is a text, or a candidate of the reading format; "" says that the field must be absent."""
    for name in dict.fromkeys((*wanted, *read)):
        want = wanted.get(name, "")
        want = str(want["value"]) if isinstance(want, dict) else str(want)
        if want != read.get(name, ""):
            yield from _row(f"{place} {name}", want, read.get(name, ""))


def _row(place: str, wanted: str, read: str) -> Iterator[str]:
    if wanted:
        yield f"- {place}: {wanted}"
    if read:
        yield f"+ {place}: {read}"


def told(findings: tuple[Finding, ...]) -> Iterator[str]:
    for one in findings:
        yield f"  {one.severity:<8} {one.code:<26} {one.text}"
