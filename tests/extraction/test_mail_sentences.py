"""What mails tell in sentences: goods and counts, the day, the place, and who signs for whom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.inbound.values import Mailbox, Message, Part
from extraction.context import Context
from extraction.extract import extract
from tests.extraction.reading import fields, lines

NOBODY = Mailbox("", "")
SENT = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)  # a Wednesday


def told(body: str, sender: Mailbox = NOBODY) -> tuple[dict[str, str], list[dict[str, str]]]:
    part = Part(1, "body-text", "text/plain", "", body.encode(), body)
    (order,) = extract(Message("mail", "", sender, date=SENT, parts=(part,)), Context()).orders
    return fields(order), lines(order)


def goods(body: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(x.get("quantity"), x.get("uom"), x.get("description")) for x in told(body)[1]]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Bitte liefern Sie uns\n2 Paletten Ziegel rot 24/12/7 sowie 30 Sack Kalk und 4 BigBag Sand 0/2.\n",
         [("2", "Paletten", "Ziegel rot 24/12/7"), ("30", "Sack", "Kalk"), ("4", "BigBag", "Sand 0/2")]),
        ("Schick mir bitte 3 Keilriemen A-40 und einen Spannarm für die Presse, dazu 5 Liter Öl.\n",
         [("3", None, "Keilriemen"), ("1", None, "Spannarm für die Presse"), ("5", "Liter", "Öl")]),
        ("Can you send 3 more of the 25kg rye and 4 trays eggs please.\n",
         [("3", None, "25kg rye"), ("4", "trays", "eggs")]),
        ("Il nous faudrait 6 kg de moules pour samedi 13. Il nous reste 2 kg de bulots donc pas besoin d'en remettre.\n",
         [("6", "kg", "moules")]),
        ("Please send 10 off M10 bolts 90 mm. We sold 40 of those last month.\n", [("10", None, "M10 bolts 90 mm")]),
        ("Ci servono 4 kg di farina. Se puoi anche due scatole di lievito.\n",
         [("4", "kg", "farina"), ("2", "scatole", "lievito")]),
        ("For Tuesday please:\n\n- Paper cups 8oz, sleeve of 50, 12 sleeves\n- lids, 12 sleeves\n",
         [("12", "sleeves", "Paper cups 8oz, sleeve of 50"), ("12", "sleeves", "lids")]),
    ],
)  # fmt: skip
def test_goods_in_sentences(body: str, wanted: list[tuple[str | None, ...]]) -> None:
    assert goods(body) == wanted


def test_rows_beside_columns_without_heads_count_too() -> None:
    body = "Need on PO 551-B:\n\n1 ea  88120C1   oil pan kit\n2 ea  88121C1   drain plug\n4 ea  LF-900 filter\n2 gal  coolant\n"
    assert [x["quantity"] for x in told(body)[1]] == ["1", "2", "4", "2"]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Please send 5 boxes of clips by the 19th.", "2026-06-19"),
        ("Please send 5 boxes of clips for Friday 19th.", "2026-06-19"),
        (
            "Could 5 boxes of clips be with us by the end of June, the 26th at the latest?",
            "2026-06-26",
        ),
        ("Please send 5 boxes of clips. Prices as per your list of 1 September.", ""),
        ("Please send 5 boxes of clips. We are open until 5.30 but closed on Thursday.", ""),
        ("Please send 5 boxes of clips. Somebody is in on 18 June.", "2026-06-18"),
        ("Bitte 5 Karton Klammern für morgen, Donnerstag.", "2026-06-11"),
        ("Bitte liefern Sie 5 Karton Klammern bis zum 26.", "2026-06-26"),
        ("Merci de livrer 5 cartons d'agrafes avant le 19.", "2026-06-19"),
        ("Envíen 5 cajas de grapas, a más tardar el 22 de junio.", "2026-06-22"),
    ],
)
def test_the_day(sentence: str, day: str) -> None:
    assert told(sentence + "\n")[0].get("requested_date", "") == day


@pytest.mark.parametrize(
    ("signature", "contact", "company"),
    [
        ("Warm wishes,\nJana\n\nJana Pohl\nOwner, Elm & Ivy\n12 Wharf Road", "Jana Pohl", "Elm & Ivy"),
        ("Rgds\nRemi Adler\nAdler Lifts Ltd, Unit 9 Arch Lane, London SE16 4XX", "Remi Adler", "Adler Lifts Ltd"),
        ("Mit freundlichen Grüßen\n\ni. A. Silke Horn\nEinkauf\n\nHorn Metallbau GmbH\nLennestraße 1", "Silke Horn", "Horn Metallbau GmbH"),
        ("Grazie\nSimona\nBar Sport, piazza Nuova 2, Lucca", "Simona", "Bar Sport"),
        ("Met vriendelijke groet,\nTeun Bos\nFacilitair inkoper\nStichting De Berk", "Teun Bos", "Stichting De Berk"),
        ("Cordialement,\nAnne Foret\nResponsable achats\nForet Emballage SAS - Capital 9 000 €", "Anne Foret", "Foret Emballage SAS"),
    ],
)  # fmt: skip
def test_who_signs_and_for_whom(signature: str, contact: str, company: str) -> None:
    found = told(f"Hello,\n\nplease send 5 boxes of clips.\n\n{signature}\n")[0]
    assert (found["buyer_contact"], found["buyer_name"]) == (contact, company)


def test_mailboxes_of_firms_and_of_people() -> None:
    body = "Bonsoir Yann,\n\nmerci d'envoyer 5 kg de bulots.\n\nMerci\nGwen Leroy\n"
    found = told(body, Mailbox("Traiteur Leroy", "contact@traiteur-leroy.example"))[0]
    assert (found["buyer_contact"], found["buyer_name"]) == ("Gwen Leroy", "Traiteur Leroy")
    found = told("please send 5 boxes of clips\n", Mailbox("Hale, Jo", "jo@hale-works.example"))[0]
    assert found["buyer_contact"] == "Jo Hale"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Ordiniamo:\n\nn. 4 cuscinetti a € 3,90 cad.\nkg 5 grasso al litio a € 6,20/kg\n",
         [("4", None, "cuscinetti"), ("5", "kg", "grasso al litio")]),
        ("1) Item 40-11, Beaker, 5 pc. Quantity 8 at $31.40\n2) Item 61-07, Goggles, indirect vent. Quantity 36 at $4.10\n",
         [("8", None, "Beaker, 5 pc"), ("36", None, "Goggles, indirect vent")]),
        ("Necesitamos 20 toallas blancas. Entrega de lunes a viernes de 8 a 14 h.\n", [("20", None, "toallas blancas")]),
    ],
)  # fmt: skip
def test_how_counts_are_written(body: str, wanted: list[tuple[str | None, ...]]) -> None:
    assert goods(body) == wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("10 - 3/4 copper elbows\n4 ea 1\" ball valve\n20ft 2\" pvc pipe plus 6 couplings for it\n",
         [("10", None, "3/4 copper elbows"), ("4", "ea", '1" ball valve'), ("20", "ft", '2" pvc pipe'), ("6", None, "couplings for it")]),
        ("H4 Lampen 10er Pack: 2\nWischer 600 - 2 Paar\nund nochmal 20 l von dem Öl\n",
         [("2", None, "H4 Lampen 10er Pack"), ("2", "Paar", "Wischer 600"), ("20", "l", "dem Öl")]),
        ("- Jeringas 5 ml: 6 cajas de 100\n- Filters 12 cup - 1 cs\n",
         [("6", "cajas", "Jeringas 5 ml"), ("1", "cs", "Filters 12 cup")]),
        ("n. 2 cinghie SPA 1250\nn. 10 mt tubo rilsan\nguarnizione testata pz 1\n",
         [("2", None, "cinghie SPA 1250"), ("10", "mt", "tubo rilsan"), ("1", "pz", "guarnizione testata")]),
        ("We go ahead, but with 30 chairs instead of 24. So:\n\n30x chair Mira, at 189.00\n6x table Vario, at 312.50\n",
         [("30", None, "chair Mira"), ("6", None, "table Vario")]),
    ],
)  # fmt: skip
def test_rows_of_mixed_form(body: str, wanted: list[tuple[str | None, ...]]) -> None:
    assert goods(body) == wanted


def test_days_of_single_lines_and_the_number_of_a_call_off() -> None:
    body = (
        "aus dem Rahmenauftrag 1700-2025 rufen wir ab (unsere Abrufnummer: AB-1700-03):\n\n"
        "Karton 300x200, unsere Mat.-Nr. 900122     2.400 Stück    zum 19.10.2026\n"
        "Karton 400x300, unsere Mat.-Nr. 900125     1.200 Stück    zum 02.11.2026\n"
    )
    found, items = told(body)
    assert found["po_number"] == "AB-1700-03" and "requested_date" not in found
    assert [(x["buyer_sku"], x["quantity"], x["requested_date"]) for x in items] == [
        ("900122", "2400", "2026-10-19"),
        ("900125", "1200", "2026-11-02"),
    ]


@pytest.mark.parametrize(
    ("subject", "number", "day"),
    [
        ("PO for panel items - AB/PUR/26/0312 dt 18.07.2026", "AB/PUR/26/0312", "2026-07-18"),
        ("ordine ricambi n. 88/26", "88/26", "2026-06-10"),
    ],
)
def test_numbers_and_days_further_on_in_a_subject(subject: str, number: str, day: str) -> None:
    body = "Please send 5 boxes of clips.\n"
    part = Part(1, "body-text", "text/plain", "", body.encode(), body)
    message = Message(
        "mail", subject, Mailbox("", "jo@hale-works.example"), date=SENT, parts=(part,)
    )
    (order,) = extract(message, Context()).orders
    assert (order.fields["po_number"].value, order.fields["order_date"].value) == (number, day)


def test_terms_and_carriers_in_passing() -> None:
    found = told(
        "Please send 5 boxes of clips by UPS Ground. Payment within 30 days of invoice.\n"
    )[0]
    assert found["ship_via"] == "UPS Ground"
    assert found["payment_terms"] == "Payment within 30 days of invoice"


def test_what_a_colleague_writes_above_a_forwarded_order_is_no_part_of_it() -> None:
    body = (
        "Bitte noch heute mit auf die Tour, 3 Kisten Leergut kommen zurück.\n\nSabine\n\n"
        "Von: Gasthof Linde <kueche@gasthof-linde.example>\nGesendet: Mittwoch, 10. Juni 2026 07:12\n"
        "An: Sabine Noll <noll@grosshandel.example>\nBetreff: Nachbestellung\n\n"
        "für morgen, Donnerstag, bräuchte ich noch:\n\n5 kg Zanderfilet\n2 Kisten Pfifferlinge\n\nGruß\nMandy Fricke\nGasthof Linde\n"
    )
    part = Part(1, "body-text", "text/plain", "", body.encode(), body)
    sender = Mailbox("Sabine Noll", "noll@grosshandel.example")
    to = (Mailbox("", "auftrag@grosshandel.example"),)
    message = Message("mail", "WG: Nachbestellung", sender, to=to, date=SENT, parts=(part,))
    (order,) = extract(message, Context()).orders
    assert fields(order)["requested_date"] == "2026-06-11"
    assert [x["quantity"] for x in lines(order)] == ["5", "2"]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Same as last week please:\n\nSkimmed milk x 12\nOat drink x 8\nCream (2L) x 1\n",
         [("12", None, "Skimmed milk"), ("8", None, "Oat drink"), ("1", None, "Cream (2L)")]),
        ("Please enter our order:\n\nQty 25 P/N 4471-B Bushing @ $6.15 ea\nQty 10 P/N 4480-A Collar @ $3.40 ea\n",
         [("25", None, "Bushing"), ("10", None, "Collar")]),
        ("Para la obra de calle Olmo 14 necesitamos:\n- Cemento cola, 30 sacos\n- Rodapié 7cm: 85 ml\n",
         [("30", "sacos", "Cemento cola"), ("85", "ml", "Rodapié 7cm")]),
        ("Need a few bits\n2 x 50mm gate valves\n1 roll thread tape\nand 3 hose clamps\n",
         [("2", None, "50mm gate valves"), ("1", "roll", "thread tape"), ("3", None, "hose clamps")]),
        ("Voor levering vrijdag: 3 bakken pils 24x25cl en 2 vaten wit 30L.\n",
         [("3", "bakken", "pils 24x25cl"), ("2", "vaten", "wit 30L")]),
        ("Merci de préparer :\n4 pneus 205/55 R16\n1 batterie 70Ah\nUn jeu de plaquettes avant\n",
         [("4", None, "pneus 205/55 R16"), ("1", None, "batterie 70Ah"), ("1", "jeu", "plaquettes avant")]),
    ],
)  # fmt: skip
def test_lists_of_other_trades(body: str, wanted: list[tuple[str | None, ...]]) -> None:
    assert goods(body) == wanted


@pytest.mark.parametrize(
    ("end", "contact", "company"),
    [
        ("Mina Roth | Operations | Elm Botanicals", "Mina Roth", "Elm Botanicals"),
        (
            "Vielen Dank!\nPraxisteam Dr. Lang\ni.A. Monika Beer",
            "Monika Beer",
            "Praxisteam Dr. Lang",
        ),
        ("Cheers\nHolly\nThe New Forge Cafe", "Holly", "The New Forge Cafe"),
        ("Vriendelijke groet,\nMarja Vink\nAdministratie", "Marja Vink", ""),
    ],
)
def test_firms_by_their_trades(end: str, contact: str, company: str) -> None:
    found = told(f"Hi,\n\nplease send 5 boxes of clips.\n\n{end}\n")[0]
    assert (found.get("buyer_contact"), found.get("buyer_name", "")) == (contact, company)


def test_an_address_ends_where_the_sentence_goes_on() -> None:
    found = told(
        "Ordiniamo 5 teli. Consegna presso Hotel Belmare, via Mare 3, 47921 Rimini entro il 30 settembre.\n"
    )[0]
    assert found["ship_to"] == "Hotel Belmare, via Mare 3, 47921 Rimini"
    assert found["requested_date"] == "2026-09-30"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Pos. 1: 200 Stück Dichtung DN50, Ihre Nr. FD-50, 0,85 €/Stück\nPos. 2: 80 Stück Dichtung DN80, Ihre Nr. FD-80, 1,20 €/Stück\n",
         [("200", "Stück", "Dichtung DN50"), ("80", "Stück", "Dichtung DN80")]),
        ("Please send two 500 g bottles of salt, one kit of the DNA ladder 1 kb, and 10 packs of 96-well plates.\n",
         [("2", None, "500 g bottles of salt"), ("1", "kit", "DNA ladder 1 kb"), ("10", "packs", "96-well plates")]),
        ("Please can I order\nBooks A5 lined (pack of 100) - 6\nGlue sticks 20g - 10 packs\nPens black x24\n",
         [("6", None, "Books A5 lined (pack of 100)"), ("10", "packs", "Glue sticks 20g"), ("24", None, "Pens black")]),
        ("Can I order 3 boxes of the cream card and a ream of vellum.\n", [("3", "boxes", "cream card"), ("1", "ream", "vellum")]),
    ],
)  # fmt: skip
def test_sizes_within_items(body: str, wanted: list[tuple[str | None, ...]]) -> None:
    assert goods(body) == wanted
