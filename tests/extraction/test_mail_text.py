"""New text, history, forwarded orders, signatures and disclaimers; spans stay those of the original."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.mail.text import NewText, new_text


def kinds(found: NewText) -> list[tuple[str, str]]:
    return [(s.kind, found.text[s.start : s.end].strip()) for s in found.sections]


def holds(found: NewText) -> None:
    assert "".join(found.text[s.start : s.end] for s in found.sections) == found.text
    masked = found.masked()
    assert len(masked) == len(found.text)
    assert all(m in (" ", "\n") or m == c for m, c in zip(masked, found.text, strict=True))


@pytest.mark.parametrize(
    "attribution",
    [
        "On Mon, 3 Mar 2026 at 10:11, Bo Lind <bo@lind.example> wrote:",
        "On Mon, 3 Mar 2026 at 10:11, Bo Lind\n<bo@lind.example> wrote:",
        "Am 03.03.26 um 10:11 schrieb Bo Lind:",
        "Am Mo., 3. März 2026 um 10:11 Uhr schrieb Bo Lind\n<bo@lind.example>:",
        "Le lun. 3 mars 2026 à 10:11, Bo Lind <bo@lind.example> a écrit :",
        "El lun, 3 mar 2026 a las 10:11, Bo Lind (<bo@lind.example>)\nescribió:",
        "Il giorno lun 3 mar 2026 alle ore 10:11 Bo Lind <bo@lind.example> ha\nscritto:",
        "Op ma 3 mrt 2026 om 10:11 schreef Bo Lind <bo@lind.example>:",
    ],
)
@pytest.mark.parametrize("cited", ["> 5 x bolt\n> thanks", "5 x bolt\nthanks"])
def test_replies_in_six_languages(attribution: str, cited: str) -> None:
    text = f"Please make it 40.\n\n{attribution}\n\n{cited}\n"
    found = new_text(text, "Re: order")
    assert found.new == "Please make it 40."
    assert "bolt" in found.quoted
    holds(found)


@pytest.mark.parametrize(
    "header",
    [
        "From: Bo Lind <bo@lind.example>\nSent: Monday, 3 March 2026 10:11\nTo: Ann\nSubject: order",
        "-----Original Message-----\nFrom: Bo Lind\nSent: Monday\nTo: Ann\nSubject: order",
        "________________________________\nVon: Bo Lind\nGesendet: Montag, 3. März 2026\nAn: Ann\nBetreff: Bestellung",
        "-----Ursprüngliche Nachricht-----\nVon: Bo Lind\nGesendet: Montag\nAn: Ann\nBetreff: x",
        "De : Bo Lind\nEnvoyé : lundi 3 mars 2026\nÀ : Ann\nObjet : commande",
        "De: Bo Lind\nEnviado el: lunes\nPara: Ann\nAsunto: pedido",
        "Da: Bo Lind\nInviato: lunedì\nA: Ann\nOggetto: ordine",
        "Van: Bo Lind\nVerzonden: maandag\nAan: Ann\nOnderwerp: bestelling",
        "*From:* Bo Lind\n*Date:* Monday\n*To:* Ann\n*Subject:* order",
    ],
)
def test_header_blocks_end_an_answer_but_open_a_forward(header: str) -> None:
    body = "please ship\n5 x bolt\nto dock 4\nand 3 x nut"
    answered = new_text(f"Make it 40 please.\n\n{header}\n\n{body}", "RE: order")
    assert (answered.new.strip(), "5 x bolt" in answered.quoted) == ("Make it 40 please.", True)
    forwarded = new_text(f"For you.\n\n{header}\n\n{body}", "FW: order")
    assert "5 x bolt" in forwarded.new
    assert "Bo Lind" not in forwarded.new
    alone = new_text(f"{header}\n\n{body}")
    assert "5 x bolt" in alone.new
    for found in (answered, forwarded, alone):
        holds(found)


@pytest.mark.parametrize(
    "mark",
    ["---------- Forwarded message ---------", "Begin forwarded message:", "Anfang der weitergeleiteten Nachricht:",
     "---------- Message transféré ---------", "---------- Mensaje reenviado ---------", "Inizio messaggio inoltrato:",
     "---------- Doorgestuurd bericht ---------"],
)  # fmt: skip
def test_forward_marks(mark: str) -> None:
    text = f"Can you handle this one? Thank you so much for it.\n\n{mark}\nFrom: Bo\nDate: Monday\nSubject: PO 7\nTo: Ann\n\n5 x bolt\n"
    found = new_text(text)
    assert "5 x bolt" in found.new
    assert ("header", "Can you") not in kinds(found)
    holds(found)


def test_only_the_newest_mail_of_a_forwarded_thread_is_content() -> None:
    header = "From: {0}\nSent: Monday\nTo: {1}\nSubject: order\n"
    text = (
        "see below\n\n" + header.format("Bo", "Ann") + "\nplease send\n10 x bolt\n4 x nut\nto Kiel\nsoon\n\n"
        + header.format("Ann", "Bo") + "\nwould you like\n99 x screw\n"
    )  # fmt: skip
    found = new_text(text, "WG: order")
    assert "10 x bolt" in found.new
    assert "99 x screw" in found.quoted


def test_a_forward_of_a_forward_reaches_the_order() -> None:
    header = "From: {0}\nSent: Monday\nTo: {1}\nSubject: order\n\n"
    text = (
        "fyi\n\n"
        + header.format("Cy", "Ann")
        + "please enter\n\n"
        + header.format("Bo", "Cy")
        + "10 x bolt\n4 x nut\n"
    )
    assert "10 x bolt" in new_text(text, "FW: FW: order").new


@pytest.mark.parametrize(
    "sign_off",
    ["Best regards,", "Kind regards", "Thanks,", "Many thanks and best regards", "Mit freundlichen Grüßen", "Viele Grüße aus Kiel",
     "MfG", "Vielen Dank und beste Grüße", "Cordialement,", "Bien cordialement", "Saludos cordiales", "Un saludo", "Cordiali saluti",
     "Grazie", "Met vriendelijke groet,", "Mvg", "-- ", "Sent from my iPhone"],
)  # fmt: skip
def test_signatures(sign_off: str) -> None:
    found = new_text(f"please send 5 bolts\n\n{sign_off}\nAnn Vell\nVell & Sons\nTel. 123\n")
    assert found.new.strip() == "please send 5 bolts"
    assert found.signature.startswith(sign_off.strip())
    assert found.text[found.signature_start :].startswith(sign_off)
    holds(found)


def test_a_postscript_and_order_lines_after_the_name_count() -> None:
    found = new_text(
        "see list\n\nThanks\nAnn\n\nPS: leave at gate 4\n\nBest regards\nAnn\n5 x bolt\n12 pcs nut"
    )
    assert "leave at gate 4" in found.new
    assert "5 x bolt\n12 pcs nut" in found.new


@pytest.mark.parametrize(
    "sentence",
    [
        "Thanks for the quote, we order 5.",
        "Vielen Dank für Ihr Angebot Nr. 5, wir bestellen.",
        "Merci de livrer 5 pièces avant lundi",
        "Gracias por la oferta, pedimos 5 unidades de la referencia",
        "Regards the last delivery, two are missing from it",
    ],
)
def test_courtesies_inside_a_sentence_sign_nothing(sentence: str) -> None:
    assert sentence in new_text(f"Hello,\n{sentence}\nmore text").new


@pytest.mark.parametrize(
    "words",
    [
        "This e-mail is confidential and intended only for the addressee.",
        "Diese E-Mail enthält vertrauliche Informationen und ist ausschließlich bestimmt für",
        "Ce message est confidentiel et réservé à son destinataire.",
        "Este mensaje es confidencial y va dirigido a su destinatario.",
        "Questo messaggio contiene informazioni riservate.",
        "Dit bericht is vertrouwelijk.",
        "Please consider the environment before printing.",
    ],
)
def test_disclaimers(words: str) -> None:
    found = new_text(f"please send 5 bolts\n\n{words}\nsecond row of it\n\nand 3 nuts")
    assert found.new.replace("\n", " ").split() == [
        "please",
        "send",
        "5",
        "bolts",
        "and",
        "3",
        "nuts",
    ]
    assert "second row" in found.of("disclaimer")


def test_answers_between_the_cited_rows_are_new() -> None:
    found = new_text("see inline\n> do you need 5?\nyes, 6\n> when?\nfriday")
    assert found.new == "see inline\nyes, 6\nfriday"


def test_a_mail_that_is_all_cited_is_content() -> None:
    assert new_text("> 5 x A\n> 3 x B\n").new == "> 5 x A\n> 3 x B"


def test_plain_orders_stay_whole() -> None:
    text = "Order 77\nFrom: our depot\n\nItem: A-1\nQty: 5\n\nDate: 3 March\n"
    assert new_text(text).new.strip() == text.strip()


@given(st.lists(st.sampled_from(["> a", "From: x", "Sent: y", "To: z", "Subject: q", "Thanks", "-- ", "", "5 x bolt", "PS: z",
                                 "On 3 Mar, Bo wrote:", "Begin forwarded message:", "-----Original Message-----", "\r", "text"]),
                max_size=40).map("\n".join), st.sampled_from(["", "FW: x", "Re: x"]))  # fmt: skip
def test_sections_always_cover_the_text(text: str, subject: str) -> None:
    holds(new_text(text, subject))


@pytest.mark.parametrize(
    "text",
    ["\n" * 300_000, "> " * 300_000, "From: x\nSent: y\nTo: z\n" * 20_000, "On 1 " * 100_000, "On 3 x\n" * 60_000, "Thanks " * 60_000,
     "a:" * 100_000, "-" * 200_000, "this e-mail " * 40_000],
    ids=lambda t: repr(t[:8]),
)  # fmt: skip
def test_floods_end_soon(text: str) -> None:
    started = time.process_time()
    new_text(text, text[:500])
    assert time.process_time() - started < 3
