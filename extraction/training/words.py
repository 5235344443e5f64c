"""Made-up names, places, goods, codes, numbers and days for generated documents, by language."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

LANGUAGES = ("en", "de", "fr", "es", "it", "nl")
_SYLLABLES = [
    "bar",
    "lon",
    "ter",
    "mi",
    "ka",
    "do",
    "ver",
    "sil",
    "nor",
    "tan",
    "pe",
    "ri",
    "gal",
    "mo",
    "ses",
    "tri",
    "van",
    "ro",
    "del",
    "ma",
    "kor",
    "fen",
    "lu",
    "zan",
    "bri",
    "hol",
    "we",
    "sta",
    "gre",
    "al",
    "ben",
    "cor",
    "dra",
    "el",
    "fa",
]
_FORMS = {
    "en": [
        "Inc.",
        "LLC",
        "Ltd",
        "Corp.",
        "Supply Co.",
        "Industries",
        "& Sons",
        "Manufacturing Inc.",
        "Limited",
        "Group",
    ],
    "de": ["GmbH", "AG", "GmbH & Co. KG", "KG", "Maschinenbau GmbH", "Technik GmbH", "e.K."],
    "fr": ["SARL", "SAS", "SA", "Industrie SAS", "et Fils"],
    "es": ["S.L.", "S.A.", "Industrial S.L.", "Hermanos S.A."],
    "it": ["S.r.l.", "S.p.A.", "Meccanica S.r.l.", "& Figli S.n.c."],
    "nl": ["B.V.", "N.V.", "Techniek B.V.", "Groep B.V.", "Handelsonderneming"],
}
_FIRST = {
    "en": [
        "Alice",
        "Brian",
        "Carol",
        "Derek",
        "Emma",
        "Frank",
        "Grace",
        "Henry",
        "Ivy",
        "Jack",
        "Karen",
        "Liam",
        "Megan",
        "Nathan",
        "Olivia",
        "Peter",
        "Quinn",
        "Rachel",
        "Steve",
        "Tara",
    ],
    "de": [
        "Anke",
        "Bernd",
        "Claudia",
        "Dirk",
        "Elke",
        "Frank",
        "Gabi",
        "Heinz",
        "Inge",
        "Jürgen",
        "Katrin",
        "Lars",
        "Monika",
        "Norbert",
        "Petra",
        "Rolf",
        "Sabine",
        "Thomas",
        "Ute",
        "Wolfgang",
    ],
    "fr": [
        "Alain",
        "Brigitte",
        "Claire",
        "Denis",
        "Élodie",
        "François",
        "Gérard",
        "Hélène",
        "Isabelle",
        "Julien",
        "Karine",
        "Luc",
        "Mathilde",
        "Nicolas",
        "Odile",
        "Pascal",
    ],
    "es": [
        "Ana",
        "Beatriz",
        "Carlos",
        "Diego",
        "Elena",
        "Fernando",
        "Gloria",
        "Hugo",
        "Inés",
        "Javier",
        "Laura",
        "Manuel",
        "Nuria",
        "Óscar",
        "Pilar",
        "Raúl",
    ],
    "it": [
        "Anna",
        "Bruno",
        "Carla",
        "Davide",
        "Elisa",
        "Franco",
        "Giulia",
        "Luca",
        "Marta",
        "Nicola",
        "Paola",
        "Roberto",
        "Sara",
        "Tommaso",
        "Valeria",
    ],
    "nl": [
        "Anja",
        "Bram",
        "Cees",
        "Daan",
        "Els",
        "Femke",
        "Gerrit",
        "Hans",
        "Ilse",
        "Jan",
        "Karin",
        "Luuk",
        "Marieke",
        "Niels",
        "Petra",
        "Rob",
        "Sanne",
    ],
}
_GOODS = {
    "en": (
        [
            "blue",
            "stainless",
            "heavy duty",
            "1/2 inch",
            "galvanised",
            "small",
            "rubber",
            "red",
            "M8 x 40",
            "industrial",
            "grade 8",
            "6 mm",
        ],
        [
            "hex bolts",
            "washers",
            "hoses",
            "gloves",
            "filter cartridges",
            "ball valves",
            "cable ties",
            "bearings",
            "pallets",
            "widget brackets",
            "seals",
            "notebooks",
            "safety glasses",
            "steel plates",
            "couplings",
        ],
    ),
    "de": (
        ["verzinkte", "blaue", "Edelstahl", "M10 x 60", "kleine", "schwarze", "12 mm", "rostfreie"],
        [
            "Sechskantschrauben",
            "Unterlegscheiben",
            "Schläuche",
            "Handschuhe",
            "Filterpatronen",
            "Kugelhähne",
            "Kabelbinder",
            "Kugellager",
            "Dichtungen",
            "Blechwinkel",
            "Paletten",
        ],
    ),
    "fr": (
        ["petits", "grands", "galvanisés", "noirs", "en inox", "6 mm"],
        [
            "boulons hexagonaux",
            "joints",
            "flexibles",
            "gants nitrile",
            "filtres à huile",
            "vannes à bille",
            "colliers",
            "roulements",
            "rondelles plates",
        ],
    ),
    "es": (
        ["pequeños", "azules", "galvanizados", "de acero", "10 mm"],
        [
            "tornillos hexagonales",
            "guantes",
            "filtros de aire",
            "válvulas de bola",
            "rodamientos",
            "arandelas",
            "mangueras",
            "juntas tóricas",
        ],
    ),
    "it": (
        ["zincati", "piccoli", "neri", "in acciaio inox", "8 mm"],
        [
            "bulloni esagonali",
            "guanti",
            "filtri olio",
            "valvole a sfera",
            "cuscinetti",
            "rondelle",
            "tubi flessibili",
            "guarnizioni",
        ],
    ),
    "nl": (
        ["verzinkte", "kleine", "zwarte", "RVS", "6 mm"],
        [
            "zeskantbouten",
            "handschoenen",
            "oliefilters",
            "kogelkranen",
            "lagers",
            "sluitringen",
            "slangen",
            "pakkingen",
        ],
    ),
}
UNITS = {
    "en": ["pcs", "ea", "boxes", "rolls", "units", "kg", "ft", "sets", "cases"],
    "de": ["Stück", "Stk.", "Karton", "Rollen", "kg", "m", "Pack"],
    "fr": ["pièces", "pcs", "cartons", "boîtes", "rouleaux", "kg", "m"],
    "es": ["unidades", "uds", "cajas", "rollos", "kg", "piezas"],
    "it": ["pezzi", "pz", "scatole", "rotoli", "kg", "confezioni"],
    "nl": ["stuks", "st", "dozen", "rollen", "kg", "pakken"],
}
_STREETS = {
    "en": ["{n} {s} Street", "{n} {s} Ave", "{n} {s} Road", "Unit {n}, {s} Industrial Park"],
    "de": ["{s}straße {n}", "{s}weg {n}", "Am {s} {n}", "Industriestr. {n}"],
    "fr": ["{n} rue {s}", "{n}, avenue de {s}", "ZI {s}"],
    "es": ["Calle {s} {n}", "Avda. {s}, {n}", "Pol. Ind. {s}, nave {n}"],
    "it": ["Via {s} {n}", "Viale {s}, {n}", "Zona Industriale {s}"],
    "nl": ["{s}straat {n}", "{s}weg {n}", "Industrieweg {n}"],
}
TERMS = {
    "en": ["Net 30", "net 45 days", "2% 10, net 30", "30 days net", "COD", "due on receipt"],
    "de": ["30 Tage netto", "14 Tage 2% Skonto, 30 Tage netto", "Vorkasse", "sofort ohne Abzug"],
    "fr": ["30 jours fin de mois", "45 jours date de facture", "à réception"],
    "es": ["30 días fecha factura", "transferencia a 60 días", "contado"],
    "it": ["30 gg data fattura", "bonifico 60 gg f.m.", "rimessa diretta"],
    "nl": ["30 dagen netto", "14 dagen na factuurdatum", "vooruitbetaling"],
}
_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "it": [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
}
_STATES = ["OH", "TX", "CA", "GA", "NY", "PA", "IL", "WA", "CO", "MI"]


def word(r: Random) -> str:
    return "".join(r.choice(_SYLLABLES) for _ in range(r.randint(2, 3))).capitalize()


def company(r: Random, language: str) -> str:
    name = " ".join(word(r) for _ in range(r.choice((1, 1, 2))))
    return f"{name} {r.choice(_FORMS[language])}"


def person(r: Random, language: str) -> str:
    return f"{r.choice(_FIRST[language])} {word(r)}"


def goods(r: Random, language: str) -> str:
    adjectives, nouns = _GOODS[language]
    noun = r.choice(nouns)
    style = r.random()
    if style < 0.35:
        return noun
    if style < 0.8:
        return f"{r.choice(adjectives)} {noun}"
    return f"{noun} {r.choice(('DN50', '40x60', 'type B', '3/8', 'NBR', '24V', 'M12'))}"


def sku(r: Random) -> str:
    letters = "".join(r.choice("ABCDEFGHKLMNPRSTVWX") for _ in range(r.randint(2, 4)))
    figures = str(r.randint(10, 99999))
    return r.choice(
        (
            f"{letters}-{figures}",
            f"{letters}{figures}",
            f"{letters}-{figures}-{r.choice('ABCD')}{r.randint(1, 9)}",
            f"{r.randint(10000, 9999999)}",
            f"{letters}.{figures}",
            f"{r.randint(10, 99)}-{figures}",
            f"{letters}-{word(r)[:3].upper()}-{figures}",
        )
    )


def order_number(r: Random) -> str:
    year = r.randint(2022, 2027)
    return r.choice(
        (
            f"PO-{year}-{r.randint(1, 9999):04d}",
            f"45{r.randint(10000000, 99999999)}",
            f"PO{r.randint(1000, 999999)}",
            f"{r.randint(1000, 9999999)}",
            f"B{r.randint(10, 99)}/{r.randint(100, 9999)}",
            f"{word(r)[:3].upper()}-{r.randint(100, 99999)}",
            f"{year % 100}{r.randint(1000, 99999)}-{r.randint(1, 9)}",
        )
    )


def day(r: Random) -> date:
    return date(2023, 1, 1) + timedelta(days=r.randint(0, 1800))


def printed_day(r: Random, value: date, language: str, month_first: bool = False) -> str:
    name = _MONTHS[language][value.month - 1]
    two = f"{value.year % 100:02d}"
    if language == "en" and month_first:
        forms = [
            f"{value.month:02d}/{value.day:02d}/{value.year}",
            f"{value.month}/{value.day}/{value.year}",
            f"{value.month}/{value.day}/{two}",
            f"{name} {value.day}, {value.year}",
            f"{name[:3]} {value.day}, {value.year}",
        ]
    elif language == "en":
        forms = [
            f"{value.day:02d}/{value.month:02d}/{value.year}",
            f"{value.day} {name} {value.year}",
            f"{value.day}-{name[:3]}-{value.year}",
            f"{value.day}-{name[:3]}-{two}",
        ]
    elif language == "de":
        forms = [
            f"{value.day:02d}.{value.month:02d}.{value.year}",
            f"{value.day}.{value.month}.{two}",
            f"{value.day}. {name} {value.year}",
        ]
    else:
        forms = [
            f"{value.day:02d}/{value.month:02d}/{value.year}",
            f"{value.day:02d}-{value.month:02d}-{value.year}",
            f"{value.day} {name} {value.year}",
        ]
    return r.choice([*forms, value.isoformat()])


def address(r: Random, language: str, with_name: str = "") -> list[str]:
    street = r.choice(_STREETS[language]).format(n=r.randint(1, 999), s=word(r))
    if language == "en":
        town = f"{word(r)}, {r.choice(_STATES)} {r.randint(10000, 99999)}"
    elif language == "nl":
        town = f"{r.randint(1000, 9999)} {r.choice('ABCD')}{r.choice('EFGH')} {word(r)}"
    else:
        town = f"{r.randint(10000, 99999)} {word(r)}"
    return [p for p in (with_name, street, town) if p]


def quantity(r: Random) -> int:
    return r.choice(
        (
            r.randint(1, 20),
            r.choice((10, 12, 25, 50, 100, 144, 200, 250, 500, 1000, 2500)),
            r.randint(20, 900),
        )
    )


def price(r: Random) -> Decimal:
    return (
        Decimal(r.choice((r.randint(5, 999), r.randint(100, 9999), r.randint(1000, 90000)))) / 100
    )


def printed_number(value: Decimal, decimal: str, places: int = 2, group: bool = True) -> str:
    text = f"{value:,.{places}f}" if group else f"{value:.{places}f}"
    return text if decimal == "." else text.translate(str.maketrans({",": ".", ".": ","}))
