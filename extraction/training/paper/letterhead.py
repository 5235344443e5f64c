"""Who writes: a name, a slogan, a picture, one small row, or nothing but the foot of the page."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from extraction.training import words
from extraction.training.paper.making import Making

STYLES = {
    "name": 50,
    "slogan": 7,
    "logo": 12,
    "logo and name": 9,
    "one row": 8,
    "right": 9,
    "foot": 5,
}


def letterhead(made: Making) -> None:
    """Draws it, and the title beside or below."""
    s, r, facts = made.surface, made.r, made.facts
    style = made.knobs.pick("letterhead", STYLES)
    beside = r.random() < 0.55
    if style in ("logo", "logo and name"):
        _picture(made)
    if style == "slogan":
        s.write(s.margin, f"{words.goods(r, facts.language).title()} & {words.name(r)}")
        s.next()
    start = s.top
    if style in ("name", "slogan", "logo and name", "right"):
        _block(made, right=style == "right")
    elif style == "one row":
        _one_row(made)
    else:
        s.next(r.choice((1, 3)))
    if beside and style != "right":
        size = s.size + r.choice((1, 3, 6, 9))
        s.write(s.right, made.title, bold=True, right=True, top=start, size=size)
        s.top = max(s.top, start + size * 1.5)
    else:
        s.next(0.5)
        size = s.size + r.choice((0, 3, 6))
        x = r.choice((s.margin, s.width / 2 - s.measure(made.title, True, size) / 2))
        s.write(x, made.title, bold=True, size=size)
        s.top += size * 1.5
    s.next(r.choice((0.3, 1.0)))
    if style == "foot":
        _foot(made)


def _block(made: Making, right: bool) -> None:
    s, r, facts = made.surface, made.r, made.facts
    x = s.right if right else s.margin
    size = s.size + r.choice((0, 3, 6))
    s.write(x, facts.buyer, "BUYER", bold=r.random() < 0.8, right=right, size=size)
    made.name_buyer()
    s.top += size * 1.35
    for row in [*words.address(r, facts.region), *contact_rows(made)]:
        s.write(x, row, right=right)
        s.next()


def contact_rows(made: Making) -> list[str]:
    """Telephone, mail and web rows, none to three."""
    r, facts = made.r, made.facts
    mail = words.mail_address(r, facts.contact, facts.buyer)
    rows = []
    if r.random() < 0.45:
        rows.append(f"{r.choice(('Tel.', 'Tel:', 'Phone:', 'T'))} {words.phone(r)}")
    if r.random() < 0.2:
        rows.append(f"Fax {words.phone(r)}")
    if r.random() < 0.3:
        rows.append(r.choice(("", "E-Mail: ", "e-mail ")) + mail)
        made.truth["buyer_email"] = mail
    if r.random() < 0.15:
        rows.append("www." + mail.partition("@")[2])
    return rows


def _one_row(made: Making) -> None:
    s, r, facts = made.surface, made.r, made.facts
    between = r.choice((" · ", " | ", ", ", " - "))
    rows = [facts.buyer, *words.address(r, facts.region)]
    x = s.write(s.margin, rows[0], "BUYER", size=s.size - 1)
    s.write(x, between + between.join(rows[1:]), size=s.size - 1)
    made.name_buyer()
    s.next(1.5)


def _foot(made: Making) -> None:
    """Name, address and numbers of the company in small type at the foot of the first page."""
    s, r, facts = made.surface, made.r, made.facts
    size, top = s.size - 2, s.height - s.margin
    x = s.write(s.margin, facts.buyer, "BUYER", top=top, size=size)
    rest = ", ".join(words.address(r, facts.region))
    s.write(x, f"  {rest}   Reg. {r.randint(10000, 999999)}", top=top, size=size)
    made.name_buyer()


def _picture(made: Making) -> None:
    s, r = made.surface, made.r
    grey, width, x = r.random() * 0.6, r.choice((40, 70, 110)), s.margin
    top, height = s.height - s.top, r.choice((24, 36))

    def draw(pen: Canvas) -> None:
        pen.setFillGray(grey)
        pen.roundRect(x, top - height, width, height, 6, 0, 1)
        pen.setFillGray(1)
        pen.circle(x + width / 2, top - height / 2, height / 3, 0, 1)

    s.drawings.append((s.page, draw))
    s.top += height + 6
