"""Generated purchase orders as the rows of a page: letterhead, label grids, address blocks, a table, totals."""

from __future__ import annotations

from collections.abc import Callable

from extraction.training import words
from extraction.training.sample import Facts, Sample, value_of
from extraction.training.wording import column, decoy, fill, label, one_of, party, phrase, phrases

Piece = tuple[int, str, str]
TITLES = (
    "PURCHASE ORDER",
    "Purchase Order",
    "Order",
    "BESTELLUNG",
    "Bestellung",
    "BON DE COMMANDE",
    "Commande",
    "ORDEN DE COMPRA",
    "Pedido",
    "ORDINE D'ACQUISTO",
    "Ordine",
    "INKOOPORDER",
    "Bestelling",
    "P.O.",
)
_HEAD = (
    "PO_NUMBER",
    "ORDER_DATE",
    "REQUESTED_DATE",
    "TERMS",
    "INCOTERMS",
    "SHIP_VIA",
    "CURRENCY",
    "CONTACT",
    "decoy",
    "decoy",
)


def page(made: Sample, facts: Facts) -> None:
    """One purchase order on one page."""
    r = facts.r
    width = r.choice((70, 80, 90, 100, 120))
    sections: list[Callable[[Sample, Facts, int], None]] = [_head, _parties]
    if r.random() < 0.3:
        sections.reverse()
    for section in (_letterhead, *sections, _table, _totals, _foot):
        section(made, facts, width)
        made.put(r.choice(("\n", "\n", "")))


def form(made: Sample, facts: Facts) -> None:
    """Rows of "label: value" as programs print them, then the items."""
    from extraction.training.mails import block, items

    r = facts.r
    names = r.sample(_HEAD, r.randint(3, 8))
    between = r.choice((": ", ":", " : ", "  ", ":   ", "\t", " - "))
    for name in ["PO_NUMBER", *[n for n in names if n != "PO_NUMBER"]]:
        made.put((decoy(facts) if name == "decoy" else label(facts, name)) + between)
        made.put(
            _figure(facts) if name == "decoy" else value_of(name, facts),
            "" if name == "decoy" else name,
        )
        made.put("\n")
    if r.random() < 0.6:
        block(made, facts, r.choice(("SHIP_TO", "BILL_TO")))
    if r.random() < 0.5:
        made.put(party(facts, "buyer") + between)
        made.put(facts.buyer, "BUYER")
        made.put("\n")
    items(made, facts)
    if r.random() < 0.5:
        _totals(made, facts, 40)


def put_row(made: Sample, pieces: list[Piece]) -> None:
    """Pieces (column, text, label) on one row; wider pieces push the next to the right."""
    start = len(made.text)
    for at, text, marked in sorted(pieces, key=lambda p: p[0]):
        gap = at - (len(made.text) - start)
        made.put(" " * (max(gap, 2) if len(made.text) > start else max(gap, 0)))
        made.put(text, marked)
    made.put("\n")


def _letterhead(made: Sample, facts: Facts, width: int) -> None:
    r = facts.r
    own = r.random() < 0.8
    name, marked = (facts.buyer, "BUYER") if own else (words.company(r, facts.region), "")
    title, right = r.choice(TITLES), int(width * r.choice((0.5, 0.6, 0.7)))
    rows: list[list[Piece]] = [[(0, name, marked)]] if r.random() < 0.85 else [[]]
    if r.random() < 0.85:
        rows += [[(0, row, "")] for row in words.address(r, facts.region)]
    if r.random() < 0.5:
        rows.append(
            [
                (
                    0,
                    f"{r.choice(('Tel', 'Phone', 'Ph', 'T', 'Fax'))}{r.choice((': ', ' ', '. '))}{words.phone(r)}",
                    "",
                )
            ]
        )
    if r.random() < 0.3:
        rows.append([(0, words.mail_address(r, facts.contact, facts.buyer), "")])
    if r.random() < 0.6:
        rows[0].append((right, title, ""))
    elif r.random() < 0.6:
        rows.insert(0, [(r.choice((0, right // 2)), title, "")])
    shift = r.choice((0, 0, 0, width // 3))
    for row in rows:
        put_row(made, [(at + shift if at == 0 else at, text, said) for at, text, said in row])


def _head(made: Sample, facts: Facts, width: int) -> None:
    r = facts.r
    names = ["PO_NUMBER", *r.sample(_HEAD[1:], r.randint(2, 6))]
    r.shuffle(names)
    r.choice((_beside, _beside, _above, _above, _two_columns))(made, facts, width, names)


def _named(facts: Facts, name: str) -> tuple[str, str, str]:
    """Label words, value, entity."""
    if name == "decoy":
        return decoy(facts), _figure(facts), ""
    return label(facts, name), value_of(name, facts), name


def _beside(made: Sample, facts: Facts, width: int, names: list[str]) -> None:
    r = facts.r
    at, gap, colon = (
        r.choice((0, width // 2, int(width * 0.65))),
        r.choice((0, 0, 14, 20)),
        r.choice((":", ":", "", " :", "#")),
    )
    for name in names:
        said, value, marked = _named(facts, name)
        if gap:
            put_row(made, [(at, said + colon, ""), (at + max(gap, len(said) + 3), value, marked)])
        else:
            put_row(made, [(at, f"{said}{colon} ", "")][:1])
            made.text = made.text[:-1].rstrip(" ") + " "
            made.put(value, marked)
            made.put("\n")


def _above(made: Sample, facts: Facts, width: int, names: list[str]) -> None:
    count = facts.r.choice((2, 3, 4))
    step = width // count
    for first in range(0, len(names), count):
        row = [_named(facts, name) for name in names[first : first + count]]
        put_row(made, [(n * step, said, "") for n, (said, _, _) in enumerate(row)])
        put_row(made, [(n * step, value, marked) for n, (_, value, marked) in enumerate(row)])


def _two_columns(made: Sample, facts: Facts, width: int, names: list[str]) -> None:
    for first in range(0, len(names), 2):
        pieces: list[Piece] = []
        for n, name in enumerate(names[first : first + 2]):
            said, value, marked = _named(facts, name)
            at = n * width // 2
            pieces += [(at, said + ":", ""), (at + len(said) + 3, value, marked)]
        put_row(made, pieces)


def _parties(made: Sample, facts: Facts, width: int) -> None:
    """Address blocks side by side or one below the other."""
    r = facts.r
    supplier = words.address(r, facts.region, words.company(r, facts.region))
    blocks = {
        "SHIP_TO": facts.ship_to,
        "BILL_TO": facts.bill_to,
        "supplier": supplier,
        "BUYER": [facts.buyer, *words.address(r, facts.region)],
    }
    roles = r.sample(list(blocks), r.randint(1, 3))
    columns = [
        [(party(facts, role.lower()) + r.choice((":", "")), ""), *_rows(blocks[role], role)]
        for role in roles
    ]
    if r.random() < 0.65:
        step = width // len(columns)
        for n in range(max(map(len, columns))):
            put_row(made, [(c * step, *rows[n]) for c, rows in enumerate(columns) if n < len(rows)])
        return
    for rows in columns:
        for text, marked in rows:
            put_row(made, [(0, text, marked)])


def _rows(rows: list[str], role: str) -> list[tuple[str, str]]:
    if role == "BUYER":
        return [(rows[0], "BUYER"), *((row, "") for row in rows[1:])]
    return [(row, role if role.isupper() else "") for row in rows]


def _table(made: Sample, facts: Facts, width: int) -> None:
    r = facts.r
    cells: list[tuple[str, str]] = [
        ("SKU", "sku"),
        ("DESCRIPTION", "description"),
        ("QUANTITY", "quantity"),
        ("UNIT", "uom"),
        ("PRICE", "unit_price"),
        ("", "amount"),
    ]
    shown = [c for c in cells if c[0] in ("QUANTITY", "DESCRIPTION") or r.random() < 0.75]
    if r.random() < 0.4:
        r.shuffle(shown)
    if r.random() < 0.6:
        shown.insert(0, ("", "line_no"))
    shares = [4 if role == "description" else 2 for _, role in shown]
    stops = [int(width * sum(shares[:n]) / sum(shares)) for n in range(len(shares))]
    put_row(
        made, [(at, column(facts, role), "") for at, (_, role) in zip(stops, shown, strict=True)]
    )
    if r.random() < 0.2:
        made.put("-" * width + "\n")
    for number in range(1, r.choice((1, 1, 2, 3, 5, 8)) + 1):
        row = [
            (at, _cell(facts, role, number), marked)
            for at, (marked, role) in zip(stops, shown, strict=True)
        ]
        put_row(made, row)
        if r.random() < 0.25:
            at = stops[[role for _, role in shown].index("description")]
            put_row(
                made,
                [
                    (
                        at,
                        r.choice(
                            (
                                words.goods(r, facts.language),
                                f"Rev {r.randint(1, 9)}",
                                f"{column(facts, 'requested_date')}: {words.printed_day(r, words.day(r), facts.language, facts.month_first)}",
                            )
                        ),
                        "",
                    )
                ],
            )


def _cell(facts: Facts, role: str, number: int) -> str:
    if role == "line_no":
        return str(number * facts.r.choice((1, 1, 10)))
    names = {
        "sku": "SKU",
        "description": "GOODS",
        "quantity": "QUANTITY",
        "uom": "UOM",
        "unit_price": "PRICE",
        "amount": "PRICE",
    }
    return value_of(names[role], facts)


def _totals(made: Sample, facts: Facts, width: int) -> None:
    r = facts.r
    names = [name for name in ("SUBTOTAL", "TAX", "FREIGHT") if r.random() < 0.55] + (
        ["TOTAL"] if r.random() < 0.85 else []
    )
    at, gap = int(width * r.choice((0, 0.5, 0.65))), r.choice((2, 8, 18))
    for name in names:
        said = label(facts, name) + r.choice((":", "", ""))
        put_row(made, [(at, said, ""), (at + len(said) + gap, value_of(name, facts), name)])


def _foot(made: Sample, facts: Facts, width: int) -> None:
    r = facts.r
    if r.random() < 0.3:
        fill(made, phrase(facts, "terms") + "\n", facts)
    for _ in range(r.choice((0, 1, 2, 4))):
        bank = phrases()[facts.language]
        fill(made, one_of(r, bank["disclaimer"] + bank["filler"], facts.held_out) + "\n", facts)
    if r.random() < 0.3:
        made.put(r.choice(("For ", "Authorized by: ", "für ", "Pour ", "Per ")))
        made.put(facts.buyer, "BUYER")
        made.put("\n")
    if r.random() < 0.4:
        made.put(
            f"{r.choice(('Page', 'Seite', 'Pag.', 'Pagina'))} 1 {r.choice(('of', '/', 'von'))} {r.randint(1, 3)}\n"
        )


def _figure(facts: Facts) -> str:
    """A value of something we do not ask for."""
    r = facts.r
    return r.choice(
        (
            words.phone(r),
            words.order_number(r),
            words.sku(r),
            words.person(r, facts.region),
            str(r.randint(1, 99999)),
            words.printed_day(r, words.day(r), facts.language, facts.month_first),
        )
    )
