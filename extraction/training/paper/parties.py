"""Address blocks: one to four, side by side or stacked, boxed, with the label above or left of them."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.training import words
from extraction.training.paper.making import Making
from extraction.training.wording import party


@dataclass(frozen=True)
class Block:
    """entity: what its rows are; first: what its first row is, where that differs."""

    said: str
    rows: tuple[str, ...]
    entity: str
    first: str = ""


def parties(made: Making) -> None:
    blocks = blocks_of(made)
    if not blocks:
        return
    made.r.shuffle(blocks)
    beside = made.knobs.pick("parties", {"side by side": 60, "stacked": 25, "label left": 15})
    if beside == "side by side":
        made.knobs.used.add(f"blocks side by side: {len(blocks)}")
        _side_by_side(made, blocks)
    else:
        for block in blocks:
            (_labelled_left if beside == "label left" else _one)(made, block, made.surface.margin)
            made.surface.next(0.6)
    made.surface.next(0.6)


def blocks_of(made: Making) -> list[Block]:
    r, facts, knobs = made.r, made.facts, made.knobs
    found = []
    if not knobs.has("no supplier block", 0.12):
        seller = words.company(r, facts.region)
        rows = [*words.address(r, facts.region, seller), *_ways(made, 0.25)]
        label = "" if knobs.has("supplier without a label", 0.12) else party(facts, "supplier")
        found.append(Block(label, tuple(rows), ""))
    if r.random() < 0.85:
        found.append(Block(party(facts, "ship_to"), tuple(facts.ship_to), "SHIP_TO"))
        if any(row.endswith(facts.contact) for row in facts.ship_to):
            made.hint("buyer_contact", facts.contact)
        made.truth["ship_to"] = ", ".join(facts.ship_to)
    if r.random() < 0.45:
        found.append(Block(party(facts, "bill_to"), tuple(facts.bill_to), "BILL_TO"))
        made.truth["bill_to"] = ", ".join(facts.bill_to)
    for rows in (facts.ship_to, facts.bill_to):
        if any(block.rows == tuple(rows) for block in found) and rows[0].startswith(facts.buyer):
            made.hint_buyer()
    if knobs.has("buyer block", 0.15):
        rows = [facts.buyer, *words.address(r, facts.region), *_ways(made, 0.3)]
        found.append(Block(party(facts, "buyer"), tuple(rows), "", "BUYER"))
        made.name_buyer()
    return found


def _ways(made: Making, chance: float) -> list[str]:
    r = made.r
    if r.random() > chance:
        return []
    return [f"{r.choice(('Tel.', 'Phone', 'Fax', 'Tel:'))} {words.phone(r)}"]


def _side_by_side(made: Making, blocks: list[Block]) -> None:
    s = made.surface
    start, deepest = s.top, s.top
    step = (s.right - s.margin) / len(blocks)
    boxed = made.knobs.has("boxes around addresses", 0.3)
    for n, block in enumerate(blocks):
        s.top = start
        _one(made, block, s.margin + n * step + (4 if boxed else 0), step - 10)
        deepest = max(deepest, s.top)
    if boxed:
        for n in range(len(blocks)):
            s.frame(s.margin + n * step, start - 3, s.margin + (n + 1) * step - 2, deepest + 2)
    s.top = deepest
    s.next(0.6)


def _one(made: Making, block: Block, x: float, width: float = 260.0) -> None:
    s = made.surface
    if block.said:
        s.write(x, block.said + made.r.choice((":", ":", "")), bold=made.r.random() < 0.7)
        s.next()
    for number, row in enumerate(block.rows):
        for text in s.wrapped(row, width):
            s.write(x, text, block.entity or (block.first if number == 0 else ""))
            s.next()


def _labelled_left(made: Making, block: Block, x: float) -> None:
    s = made.surface
    left = x + max(s.measure(block.said + ":", True) + 10, 90)
    if block.said:
        s.write(x, block.said + made.r.choice((":", "")), bold=True)
    for number, row in enumerate(block.rows):
        s.write(left, row, block.entity or (block.first if number == 0 else ""))
        s.next()
