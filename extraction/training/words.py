"""Made-up names, places, goods, codes, numbers and days for generated documents, by region."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

REGIONS = {
    "en": ("en-US", "en-US", "en-GB", "en-IN"),
    "de": ("de",),
    "fr": ("fr",),
    "es": ("es",),
    "it": ("it",),
    "nl": ("nl",),
}
LANGUAGES = tuple(REGIONS)
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}


@cache
def stock() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("stock.toml").read_text("utf-8"))


def name(r: Random) -> str:
    """An invented proper name."""
    parts = stock()["syllables"]
    middle = r.choice(parts["start"]) if r.random() < 0.25 else ""
    made = f"{r.choice(parts['start'])}{middle}{r.choice(parts['end'])}".capitalize()
    return f"{made} {name(r)}" if r.random() < 0.08 else made


def company(r: Random, region: str) -> str:
    form = r.choice(stock()[region]["forms"])
    said = name(r)
    if r.random() < 0.08:
        said = "".join(r.choice("ABCDEFGHKLMNPRSTVW") for _ in range(r.randint(2, 4)))
    made = str(form).format(s=said, t=name(r), S=said.upper())
    return made.upper() if r.random() < 0.15 else made


def person(r: Random, region: str) -> str:
    first = r.choice(stock()[region]["first"])
    last = name(r).split()[0]
    form = r.choice(
        ("{f} {l}",) * 6 + ("{l}, {f}", "{f} {i}. {l}", "{f}", "{F} {L}", "{i}. {l}", "{f} {l}-{m}")
    )
    return form.format(
        f=first,
        l=last,
        i=r.choice("ABCDEHJKLMRST"),
        F=first.upper(),
        L=last.upper(),
        m=name(r).split()[0],
    )


def address(r: Random, region: str, with_name: str = "", attention: str = "") -> list[str]:
    """The rows of an address, two to six."""
    own = stock()[region]
    figures = {
        "s": name(r), "t": name(r), "S": name(r).upper(), "n": r.randint(1, 2999), "m": r.randint(1, 48), "n4": r.randint(1000, 9999),
        "z5": f"{r.randint(1000, 99999):05d}", "z6": r.randint(110000, 799999), "ST": r.choice(own["states"]),
        "pc": f"{r.choice('BGLMNS')}{r.choice('ADELNW')}{r.randint(1, 29)} {r.randint(1, 9)}{r.choice('ABDEH')}{r.choice('JLNPQ')}",
        "PR": r.choice(("MI", "TO", "BO", "VR", "NA", "PD", "BS")), "AA": r.choice(("AB", "CD", "HK", "WX", "RT")),
    }  # fmt: skip
    rows = [with_name] if with_name else []
    if attention and r.random() < 0.3:
        rows.append(r.choice(("Attn: ", "Attn. ", "z. Hd. ", "c/o ")) + attention)
    if with_name and r.random() < 0.15:
        rows.append(
            r.choice(
                (
                    "Receiving Dept.",
                    "Warehouse",
                    "Building B",
                    "Wareneingang",
                    "Dock 4",
                    "Lager",
                    "Magasin",
                    "Almacén",
                    "Magazzino",
                    "Dept. {m}".format(**figures),
                )
            )
        )
    rows.append(r.choice(own["streets"]).format(**figures))
    rows.extend(r.choice(own["towns"]).format(**figures | {"s": name(r)}).split("\n"))
    country = r.choice(own["countries"])
    return [*rows, country] if country and r.random() < 0.6 else rows


def goods(r: Random, language: str) -> str:
    own = stock()["goods"][language]
    thing, trait = r.choice(own["things"]), r.choice(own["traits"])
    made = r.choice(
        (
            f"{trait} {thing}",
            f"{trait} {thing}",
            thing,
            f"{thing} {trait}",
            f"{thing}, {trait}",
            f"{thing} {trait} {name(r)}",
            f"{trait} {r.choice(own['traits'])} {thing}",
        )
    )
    return (
        made.upper()
        if r.random() < 0.15
        else made[:1].upper() + made[1:]
        if r.random() < 0.3
        else made
    )


def sku(r: Random) -> str:
    letters = "".join(r.choice("ABCDEFGHKLMNPRSTVWX") for _ in range(r.randint(1, 4)))
    figures = str(r.randint(10, 99999))
    long = str(r.randint(10000, 9999999))
    return r.choice(
        (f"{letters}-{figures}", f"{letters}{figures}", f"{letters}-{figures}-{r.choice('ABCD')}{r.randint(1, 9)}", long, long, f"{letters}.{figures}",
         f"{r.randint(10, 99)}-{figures}", f"{letters}-{name(r)[:3].upper()}-{figures}", f"{figures}{letters}", f"{letters}/{figures}", f"0{long}", f"{letters.lower()}-{figures}",
         f"{r.randint(100, 999)}.{r.randint(100, 999)}.{r.randint(10, 99)}", f"{letters}{figures}-{r.randint(1, 99)}{letters[:1]}", f"{name(r)[:4].upper()}{figures}", f"{letters}_{figures}")
    )  # fmt: skip


def order_number(r: Random) -> str:
    year, long = r.randint(2022, 2027), r.randint(10000000, 99999999)
    return r.choice(
        (f"PO-{year}-{r.randint(1, 9999):04d}", f"45{long}", f"PO{r.randint(1000, 999999)}", f"{r.randint(100, 9999999)}", f"{r.randint(1000, 999999)}", f"B{r.randint(10, 99)}/{r.randint(100, 9999)}",
         f"{name(r)[:3].upper()}-{r.randint(100, 99999)}", f"{year % 100}{r.randint(1000, 99999)}-{r.randint(1, 9)}", f"P{r.randint(10000, 999999):07d}", f"{name(r)[:2].upper()}/{year % 100}-{year % 100 + 1}/{r.randint(1, 999):03d}",
         f"{r.randint(1, 9999):05d}-00", f"{year}/{r.randint(1, 999)}", f"{name(r)[:3].upper()}{long}", f"OC-{r.randint(100, 99999)}", f"W{r.randint(100, 999)}-{r.randint(10, 99)}", f"{r.randint(1000, 9999)} {r.choice('ABC')}{r.randint(1, 9)}")
    )  # fmt: skip


def day(r: Random, first: date = date(2023, 1, 1)) -> date:
    return first + timedelta(days=r.randint(0, 1500))


def printed_day(r: Random, value: date, language: str, month_first: bool = False) -> str:
    month = _MONTHS[language].split()[value.month - 1]
    d, m, y, two = value.day, value.month, value.year, f"{value.year % 100:02d}"
    if language == "en" and month_first:
        forms = [
            f"{m:02d}/{d:02d}/{y}",
            f"{m}/{d}/{y}",
            f"{m}/{d}/{two}",
            f"{month} {d}, {y}",
            f"{month[:3]} {d}, {y}",
            f"{m:02d}-{d:02d}-{y}",
            f"{month} {d}",
            f"{m}/{d}",
            f"{month[:3]}. {d}",
        ]
    elif language == "en":
        forms = [
            f"{d:02d}/{m:02d}/{y}",
            f"{d} {month} {y}",
            f"{d:02d}-{month[:3]}-{y}",
            f"{d}-{month[:3]}-{two}",
            f"{d:02d}.{m:02d}.{y}",
            f"{d}th {month}",
            f"{d:02d}/{m:02d}/{two}",
        ]
    elif language == "de":
        forms = [
            f"{d:02d}.{m:02d}.{y}",
            f"{d}.{m}.{two}",
            f"{d}. {month} {y}",
            f"{d:02d}.{m:02d}.{two}",
            f"{d}.{m}.",
            f"{d}. {month}",
        ]
    else:
        forms = [
            f"{d:02d}/{m:02d}/{y}",
            f"{d:02d}-{m:02d}-{y}",
            f"{d} {month} {y}",
            f"{d:02d}/{m:02d}/{two}",
            f"{d} {month}",
            f"{d:02d}.{m:02d}.{y}",
        ]
        if language == "es":
            forms.append(f"{d} de {month} de {y}")
    return r.choice([*forms, *forms, value.isoformat()])


def quantity(r: Random) -> int:
    return r.choice(
        (
            r.randint(1, 20),
            r.choice((10, 12, 25, 50, 100, 144, 200, 250, 500, 1000, 2500, 12000)),
            r.randint(20, 900),
        )
    )


def price(r: Random) -> Decimal:
    return (
        Decimal(r.choice((r.randint(5, 999), r.randint(100, 9999), r.randint(1000, 90000)))) / 100
    )


def printed_number(value: Decimal, decimal: str, places: int = 2, group: bool = True) -> str:
    text = f"{value:,.{places}f}" if group else f"{value:.{places}f}"
    return text if decimal == "." else text.translate(str.maketrans(",.", ".,"))


def phone(r: Random) -> str:
    return r.choice(
        (
            f"+{r.randint(1, 99)} {r.randint(10, 999)} {r.randint(100000, 9999999)}",
            f"({r.randint(200, 989)}) {r.randint(200, 999)}-{r.randint(1000, 9999)}",
            f"0{r.randint(20, 999)}/{r.randint(10000, 999999)}",
            f"{r.randint(200, 989)}-{r.randint(200, 999)}-{r.randint(1000, 9999)}",
            f"0{r.randint(10, 99)} {r.randint(1000, 9999)} {r.randint(100, 9999)}",
        )
    )


def mail_address(r: Random, who: str, where: str) -> str:
    domain = "".join(c for c in where.lower() if c.isascii() and c.isalnum())[:12] or "firm"
    user = r.choice(
        (
            who.lower().replace(" ", "."),
            "orders",
            "purchasing",
            "info",
            "einkauf",
            "achats",
            "compras",
            "acquisti",
            "inkoop",
        )
    )
    return f"{''.join(c for c in user if c.isascii() and (c.isalnum() or c == '.')).strip('.')}@{domain}.example"
