"""Restricted-party lists as authorities publish them: what file it is, and its parties with all their names.

EU: consolidated list of financial sanctions, CSV 1.0 and 1.1 (semicolons; one row for each name, address or birth).
OFAC: SDN.CSV, ALT.CSV and ADD.CSV (no heads, "-0-" for nothing, joined by the number of the party), best as one ZIP.
OFSI: ConList.csv (a line with the day, then heads; one row for each name and address of a Group ID).
Anything else: a table with heads, one of them for the name.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from core.errors import BadInput
from core.screening.countries import country_code
from core.values import storable

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name", "entity", "whole name", "party"),
    "aliases": ("aliases", "alias", "aka", "alternative names", "other names"),
    "weak": ("weak aliases", "low quality aliases"),
    "countries": ("countries", "country", "nationality", "country code"),
    "reference": ("reference", "id", "number", "entry", "uid"),
    "remark": ("remark", "remarks", "note", "notes", "program", "programme"),
}
LARGEST = 400 * 1024 * 1024
"""Bytes of a ZIP's files together."""
SDN, ADD, ALT = 12, 6, 5
"""How many columns these files of OFAC have."""
NOTHING = "-0-"
Row = dict[str, str]


@dataclass(slots=True)
class Entry:
    """weak: names that the authority calls of low quality; they are common words as often as not."""

    name: str
    aliases: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    reference: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """format: "EU", "OFAC", "OFSI" or "table"; day: on which the authority published it, None when it does not say."""

    format: str
    day: date | None
    entries: tuple[Entry, ...]


def read_list(content: bytes) -> Published:
    """Raises BadInput when no column holds names."""
    if content[:4] == b"PK\x03\x04":
        return _ofac([_text(part) for part in _unzipped(content)])
    text = _text(content)
    first, _, rest = text.partition("\n")
    if _is_ofac(first):
        return _ofac([text])
    if "name 6" in rest.split("\n", 1)[0].lower():
        return Published("OFSI", _day(first), _ofsi(_rows(rest, ",")))
    if first.lower().startswith("name 6"):
        return Published("OFSI", None, _ofsi(_rows(text, ",")))
    mark = max("\t;,", key=first.count)
    heads = _key(first)
    if "entity logical" in heads and ("wholename" in heads.replace(" ", "")):
        rows = list(_rows(text, mark))
        day = _day(rows[0].get("filegenerationdate") or rows[0].get("datefile", "")) if rows else None  # fmt: skip
        return Published("EU", day, _eu(rows))
    return Published("table", None, tuple(_table(text, mark)))


def _unzipped(content: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [i for i in archive.infolist() if i.filename.lower().endswith(".csv")]
            if sum(i.file_size for i in infos) > LARGEST:
                raise BadInput("The files in this ZIP are too large for a list.", "file")
            yield from (archive.read(info) for info in infos)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise BadInput("This ZIP cannot be opened.", "file") from error


def _rows(text: str, mark: str) -> Iterator[Row]:
    """Cells by head, in letters and figures only."""
    rows = csv.reader(io.StringIO(text), delimiter=mark)
    heads = [re.sub(r"[^a-z0-9]+", "", head.lower()) for head in next(rows, [])]
    for cells in rows:
        yield {
            head: storable(cell.strip()) for head, cell in zip(heads, cells, strict=False) if head
        }


def _is_ofac(first: str) -> bool:
    cells = next(csv.reader([first]), [])
    return len(cells) in (SDN, ADD, ALT) and cells[0].strip().isdigit()


def _ofac(texts: Sequence[str]) -> Published:
    tables: dict[int, list[list[str]]] = {SDN: [], ADD: [], ALT: []}
    for text in texts:
        for cells in csv.reader(io.StringIO(text.rstrip("\x1a"))):
            if len(cells) in tables and cells[0].strip().isdigit():
                tables[len(cells)].append(["" if c.strip() == NOTHING else storable(c.strip()) for c in cells])  # fmt: skip
    if not tables[SDN]:
        raise BadInput("These are names or addresses of a list without its parties; bring SDN.CSV, alone or in a ZIP with ALT.CSV and ADD.CSV.", "file")  # fmt: skip
    found = {
        row[0]: Entry(row[1], weak=_quoted(row[11]), reference=row[0], remark=row[3])
        for row in tables[SDN]
        if row[1]
    }
    for row in tables[ALT]:
        if row[0] in found and row[3]:
            found[row[0]].aliases.append(row[3])
    for row in tables[ADD]:
        if row[0] in found:
            _add_country(found[row[0]], row[4])
    return Published("OFAC", None, tuple(found.values()))


def _quoted(remarks: str) -> list[str]:
    """OFAC keeps weak names in the remarks: a.k.a. 'THE BOSS'."""
    return re.findall(r"[afn]\.k\.a\. '([^']+)'", remarks)


def _ofsi(rows: Iterator[Row]) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for row in rows:
        name = " ".join(row.get(f"name{n}", "") for n in (1, 2, 3, 4, 5, 6))
        name = " ".join(name.split())
        number = row.get("groupid", "") or name
        if not name:
            continue
        entry = found.setdefault(number, Entry("", reference=row.get("groupid", ""), remark=row.get("regime", "")))  # fmt: skip
        if row.get("aliastype", "").lower() in ("", "primary name") and entry.name != name:
            if entry.name:
                _add_name(entry, entry.name)
            entry.name = name
        else:
            _add_name(entry, name, row.get("aliasquality", "").lower().startswith("low"))
        _add_name(entry, row.get("namenonlatinscript", ""))
        for country in (row.get("country", ""), row.get("nationality", "")):
            _add_country(entry, country)
    return _named(found)


def _eu(rows: Sequence[Row]) -> tuple[Entry, ...]:
    """Heads of 1.1 (NameAlias_WholeName) and of 1.0 (Naal_wholename)."""
    found: dict[str, Entry] = {}
    for row in rows:
        number = row.get("entitylogicalid", "")
        entry = found.setdefault(number, Entry("", reference=row.get("entityeureferencenumber") or number))  # fmt: skip
        entry.remark = entry.remark or row.get("entityregulationprogramme", row.get("programme", ""))  # fmt: skip
        parts = [(row.get(f"namealias{n}name") or row.get(f"naal{n}name", "")) for n in ("first", "middle", "last")]  # fmt: skip
        name = row.get("namealiaswholename") or row.get("naalwholename") or " ".join(filter(None, parts))  # fmt: skip
        weak = row.get("namealiasstrong", "").lower() == "false"
        if name and not entry.name and not weak:
            entry.name = name
        else:
            _add_name(entry, name, weak)
        for column in ("addresscountryiso2code", "citizenshipcountryiso2code", "addrcountry", "citicountry"):  # fmt: skip
            _add_country(entry, row.get(column, ""))
    return _named(found)


def _named(found: dict[str, Entry]) -> tuple[Entry, ...]:
    """A party whose first name never came is called by the next best."""
    for entry in found.values():
        if not entry.name and (entry.aliases or entry.weak):
            entry.name = (entry.aliases or entry.weak).pop(0)
    return tuple(entry for entry in found.values() if entry.name)


def _add_name(entry: Entry, name: str, weak: bool = False) -> None:
    if name and name not in (entry.name, *entry.aliases, *entry.weak):
        (entry.weak if weak else entry.aliases).append(name)


def _add_country(entry: Entry, text: str) -> None:
    code = country_code(text)
    if code and code not in entry.countries:
        entry.countries.append(code)


def _table(text: str, mark: str) -> Iterator[Entry]:
    """Cells may hold several values with ";" or "|" between."""
    rows = csv.reader(io.StringIO(text), delimiter=mark)
    places = _places(next(rows, []))
    for cells in rows:
        cell = {n: cells[i].strip() if i < len(cells) else "" for n, i in places.items()}
        if not cell["name"]:
            continue
        entry = Entry(
            storable(cell["name"]),
            _several(cell.get("aliases", "")),
            _several(cell.get("weak", "")),
            reference=storable(cell.get("reference", "")),
            remark=storable(cell.get("remark", "")),
        )
        for country in _several(cell.get("countries", "")):
            _add_country(entry, country)
        yield entry


def _places(heads: list[str]) -> dict[str, int]:
    keys = [_key(head) for head in heads]
    found = {
        name: next(i for i, key in enumerate(keys) if key in known)
        for name, known in COLUMNS.items()
        if any(key in known for key in keys)
    }
    if "name" not in found:
        raise BadInput("The first row must name the columns, one of them “name”.", "file")
    return found


def _key(text: str) -> str:
    return re.sub(r"[^a-z]+", " ", text.lower()).strip()


def _several(cell: str) -> list[str]:
    return [storable(p.strip()) for p in re.split(r"[;|]", cell) if p.strip()]


def _day(text: str) -> date | None:
    """ "2026-11-20", "20/11/2026" (day first, as in London and Brussels)."""
    found = re.search(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}", text)
    if found is None:
        return None
    form = "%d/%m/%Y" if "/" in found[0] else "%Y-%m-%d"
    try:
        return datetime.strptime(found[0], form).date()
    except ValueError:
        return None


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
