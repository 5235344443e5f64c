"""Lanes in six languages, with reasons a clerk understands."""

from __future__ import annotations

import re
import time

import pytest

from core.inbound.reading import LANES
from extraction.lanes.body import BODY
from extraction.lanes.classify import classify
from extraction.lanes.signals import ATTACHMENTS, SUBJECT, folded

SAID = [
    (
        "order",
        "PO 4711",
        "Hello,\nplease supply 20 pcs of A-100 and 5 boxes of B-3. Deliver by 3 May.",
    ),
    (
        "order",
        "Bestellung 2026-114",
        "Guten Tag, hiermit bestellen wir 12 Stück Art. 4711. Lieferung bis 3.5.",
    ),
    ("order", "Commande 8812", "Bonjour, veuillez livrer 20 pièces réf A100."),
    ("order", "Pedido 99", "Por favor, envíen 20 unidades de A100."),
    ("order", "Ordine 55", "Buongiorno, ordiniamo 20 pezzi di A100."),
    ("order", "Bestelling 22", "Wij bestellen graag 20 stuks A100"),
    (
        "order",
        "need parts asap",
        "hey can you send me 3 of the 40mm seals and a dozen o-rings, same as last time. thx",
    ),
    (
        "order",
        "Re: Quote 4455",
        "Thanks, we accept your quotation. Please proceed with the order, PO 99812 attached.",
    ),
    ("order", "stock", "We need 40 rolls tape for Thursday. Ship to the Leeds depot."),
    ("order", "Re: your quote", "Looks good, go ahead with 50 units at the quoted price."),
    ("order", "Purchase Order from Shop #1234", "New order received. Qty: 3 SKU A1"),
    ("change", "PO 4711 change", "please change line 2 to 40 pcs instead of 20"),
    ("change", "AW: Bestellung 88", "bitte erhöhen Sie Position 10 auf 50 Stück, statt 20."),
    ("change", "Commande 12", "Merci de modifier la quantité de la ligne 2 : 40 au lieu de 20."),
    ("change", "Pedido 12", "Les ruego cambiar la cantidad de la línea 2 a 40 en vez de 20"),
    ("change", "Ordine 12", "Vi chiediamo di modificare la quantità della riga 2: 40 anziché 20"),
    ("change", "Bestelling 12", "Graag het aantal van regel 2 wijzigen naar 40 in plaats van 20"),
    ("change", "RE: PO 8811", "Can we push the delivery of this order back to 14 June?"),
    ("change", "RE: PO 8811", "could you add 10 more of A-200 to PO 8811 please"),
    ("change", "Bestellung 7", "Können wir den Liefertermin auf den 14. verschieben?"),
    ("cancellation", "PO 99", "Please cancel PO 99, the project is stopped."),
    ("cancellation", "Storno", "bitte stornieren Sie unsere Bestellung 4711."),
    ("cancellation", "Commande 8", "Nous souhaitons annuler la commande 8."),
    ("cancellation", "Pedido 8", "Queremos cancelar el pedido 8, ya no lo necesitamos"),
    ("cancellation", "Ordine 8", "vorremmo annullare l'ordine 8"),
    ("cancellation", "Bestelling 8", "Wij willen bestelling 8 annuleren."),
    ("quote_request", "RFQ 33", "please quote your best price for 100 pcs of A-100 and 50 of B"),
    ("quote_request", "Anfrage", "Bitte senden Sie uns ein Angebot über 100 Stück A-100."),
    (
        "quote_request",
        "Demande de prix",
        "Pouvez-vous nous envoyer un devis pour 100 pièces A100 ?",
    ),
    ("quote_request", "Cotización", "¿Podrían enviarnos una cotización de 100 unidades?"),
    ("quote_request", "Preventivo", "Potete inviarci un preventivo per 100 pezzi?"),
    ("quote_request", "Aanvraag", "Kunt u ons een offerte sturen voor 100 stuks?"),
    ("quote_request", "price?", "what would 500 of the M8 bolts cost and how long is lead time?"),
    ("status_question", "PO 4711", "When will our order ship? We have not received anything."),
    (
        "status_question",
        "Bestellung 4711",
        "Wann kommt unsere Lieferung? Bisher haben wir noch nichts erhalten.",
    ),
    (
        "status_question",
        "Commande 12",
        "Où en est notre commande ? Nous n'avons toujours pas reçu les pièces.",
    ),
    ("status_question", "Pedido 12", "¿Cuándo llegará nuestro pedido?"),
    ("status_question", "Ordine 12", "A che punto è il nostro ordine? Quando arriverà?"),
    ("status_question", "Bestelling 12", "Wanneer wordt onze bestelling geleverd?"),
    ("status_question", "tracking", "hi can you send me the tracking number for po 8811"),
    ("return_request", "RMA", "Two of the valves arrived damaged, we want to return them."),
    (
        "return_request",
        "Reklamation Lieferung 12",
        "Die Ware wurde beschädigt geliefert. Wir möchten zurücksenden.",
    ),
    (
        "return_request",
        "Retour",
        "Nous avons reçu 5 pièces endommagées et souhaitons les retourner.",
    ),
    ("return_request", "Devolución", "Recibimos 5 piezas dañadas y queremos devolver las piezas."),
    (
        "return_request",
        "Reso",
        "Abbiamo ricevuto merce difettosa, vorremmo l'autorizzazione al reso.",
    ),
    ("return_request", "Retour", "We willen 5 stuks terugsturen, ze zijn beschadigd aangekomen"),
    (
        "return_request",
        "PO 8811",
        "you sent us the wrong size, please collect and credit us for the 4 hoses",
    ),
    ("order", "", "Hallo, ich bräuchte noch 5 Rollen Klebeband und 2 Kartons Becher. Danke"),
    ("order", "", "Bonjour, il nous faut 5 rouleaux de ruban pour vendredi"),
    ("order", "", "Hola, necesito 5 rollos de cinta"),
    ("order", "", "Ciao, ci servono 5 rotoli"),
    ("order", "", "Hoi, we hebben 5 rollen tape nodig"),
    ("order", "", "we're nearly dry here, can I get two dozen gaskets, usual address, bill us"),
    ("order", "Order 2231", "Please see attached order."),
    ("order", "", "Anbei unsere Bestellung."),
    ("quote_request", "price check", "can I get a price on 50 of the A-100 valves please"),
    (
        "quote_request",
        "",
        "Could we have your best price and lead time for:\n- 50 gaskets\n- 20 valves",
    ),
    ("status_question", "", "we're out of gaskets, when can we expect PO 771?"),
    (
        "status_question",
        "AB fehlt",
        "Bitte senden Sie uns die Auftragsbestätigung zu Bestellung 7781",
    ),
    ("status_question", "", "please confirm the delivery date for PO 12345"),
    ("return_request", "", "can we get an RMA for 3 valves"),
    ("cancellation", "", "scrap the order from this morning please, don't ship PO 1123"),
    ("change", "", "on PO 55 make it 12 instead of 10 please"),
    ("other", "Payment", "we have paid invoice 771 today"),
    (
        "other",
        "Order now and save 20%",
        "Spring sale! Order now, 20% off all gaskets. Free delivery on orders over 100. Unsubscribe here.",
    ),
    (
        "other",
        "Invoice 8812 for your PO 4471",
        "Dear customer, please find attached invoice 8812 for purchase order 4471. Payment due in 30 days.",
    ),
    (
        "other",
        "Order confirmation 55821",
        "Thank you for your order. We have received your order 55821 and will ship it soon. Track your order online.",
    ),
    (
        "other",
        "Auftragsbestätigung 7781",
        "Vielen Dank für Ihre Bestellung. Anbei erhalten Sie unsere Auftragsbestätigung 7781.",
    ),
    (
        "other",
        "Your shipment is on its way",
        "Your parcel 1Z999 has been shipped and will arrive tomorrow.",
    ),
    ("other", "Re: PO 4471", "Thanks, received. Have a nice weekend!"),
    ("other", "Re: PO 4471", "Perfect, thank you for the confirmation."),
    ("other", "Statement of account March", "please see your statement attached"),
    (
        "other",
        "Job application",
        "I would like to apply for the position of warehouse clerk. My CV is attached.",
    ),
    ("other", "Meeting", "can you send me the agenda for tomorrow"),
    (
        "order",
        "PO 4471 URGENT",
        "Hi team,\nPlease find attached our PO 4471. Please confirm receipt and delivery date.\nBest regards",
    ),
    (
        "order",
        "Bestellung",
        "Anbei erhalten Sie unsere Bestellung 4471. Bitte bestätigen Sie uns den Liefertermin.",
    ),
    (
        "order",
        "Commande n° 8812",
        "Vous trouverez ci-joint notre commande. Merci d'accuser réception et de confirmer la date de livraison.",
    ),
    (
        "order",
        "Pedido 99",
        "Adjunto encontrarán nuestro pedido 99. Favor de confirmar la fecha de entrega.",
    ),
    (
        "order",
        "Ordine 55",
        "In allegato il nostro ordine n. 55. Si prega di inviare conferma d'ordine.",
    ),
    (
        "order",
        "Bestelling 22",
        "Bijgaand onze bestelling 22. Graag een orderbevestiging met leverdatum.",
    ),
    (
        "order",
        "PO 123",
        "Please process the attached PO. Note: cancel if not shipped by 6/1. Returns subject to RMA.",
    ),
    (
        "order",
        "New PO",
        "Attached is PO 77812. Prices per your quote Q-221. Send tracking number when shipped.",
    ),
    ("order", "Bestellung 88 (Ersatz für defekte Teile)", "Bitte liefern Sie 5 Stück A-100."),
    (
        "quote_request",
        "Quote needed before we order",
        "Please send a quote for 200 pcs A-100. If price is ok we will place an order.",
    ),
    (
        "quote_request",
        "Anfrage 12",
        "wir benötigen folgende Artikel, bitte um Ihr Angebot:\n10 Stück A-100\n20 Stück B-200",
    ),
    (
        "change",
        "Revised PO 4471 rev B",
        "Please see attached revised purchase order 4471 rev B, which replaces rev A.",
    ),
    ("change", "Änderung zu Bestellung 4471", "Anbei die geänderte Bestellung."),
    ("cancellation", "PO 4471", "we no longer need this order, please cancel it and confirm"),
    (
        "cancellation",
        "Bestellung 4471",
        "leider müssen wir die Bestellung stornieren. Bitte um Bestätigung.",
    ),
    (
        "status_question",
        "PO 4471 overdue",
        "This order was due last week. Please advise when it ships.",
    ),
    (
        "status_question",
        "Lieferung",
        "Wo bleibt unsere Ware? Bestellung 4471 sollte letzte Woche kommen.",
    ),
    ("status_question", "Re: PO 4471", "any update on this? our line is down"),
    (
        "status_question",
        "Commande 8812",
        "Pourriez-vous nous indiquer la date de livraison de notre commande 8812 ?",
    ),
    (
        "return_request",
        "Falschlieferung zu Bestellung 4471",
        "Sie haben uns 10 statt 12er Ringe geliefert, wir möchten umtauschen.",
    ),
    (
        "return_request",
        "PO 4471 short shipped",
        "We only received 8 of 10 boxes, please send the missing 2 or credit us.",
    ),
    (
        "automatic",
        "Out of office Re: Order confirmation",
        "Thank you for your email. I am on annual leave with no access to email.",
    ),
    ("automatic", "Read: Order confirmation 7781", "Your message was read on Monday"),
    ("automatic", "Réponse automatique : confirmation", "Je suis absente jusqu'au 12 mai."),
    (
        "automatic",
        "Ticket #4412 received",
        "This is an automated response. We have received your request and will reply within 24 hours.",
    ),
    ("automatic", "Automatic reply: PO 4711", "I am out of the office until Monday."),
    (
        "automatic",
        "Abwesenheitsnotiz: Auftrag",
        "Ich bin bis 3.5. im Urlaub. Mails werden nicht weitergeleitet.",
    ),
    (
        "automatic",
        "Undeliverable: Order confirmation",
        "The following message could not be delivered to bo@lind.example",
    ),
    (
        "other",
        "20% off all pallets this week",
        "Click here. Unsubscribe at any time. View in browser",
    ),
    ("other", "Newsletter April", "Unsere Neuheiten. Newsletter abbestellen"),
    ("other", "Invoice 4471", "Please find attached our invoice 4471, due in 30 days."),
    ("other", "Lunch", "shall we meet on Tuesday at 12?"),
    (
        "other",
        "Hello",
        "We are a supplier of precision castings and would like to introduce our company.",
    ),
    (
        "other",
        "Change of bank details",
        "please update your records, our bank details have changed",
    ),
]


@pytest.mark.parametrize(("lane", "subject", "body"), SAID, ids=lambda value: value[:24])
def test_lanes(lane: str, subject: str, body: str) -> None:
    verdict = classify(subject, body)
    assert verdict.lane == lane, verdict.reasons
    assert 0 < verdict.confidence <= 0.99
    assert all(reason.endswith(".") for reason in verdict.reasons)


def test_reasons_quote_the_words_that_told() -> None:
    verdict = classify("Storno Bestellung 12", "bitte stornieren Sie unsere Bestellung 12")
    assert verdict.reasons[0] == "The subject asks to cancel: “Storno”."


def test_a_table_of_items_makes_an_order_of_a_short_mail() -> None:
    assert classify("hello", "see attached").lane == "other"
    verdict = classify(
        "hello", "see attached", attachment_names=("PO_7781.pdf",), has_order_grid=True
    )
    assert verdict.lane == "order"
    assert "It holds a table of items with quantities." in verdict.reasons
    assert "The attachment PO_7781.pdf is named like an order: “PO 7781”." in verdict.reasons


def test_a_quotation_request_with_a_table_stays_one() -> None:
    assert (
        classify("RFQ 12", "Please quote the following items.", has_order_grid=True).lane
        == "quote_request"
    )


@pytest.mark.parametrize("automatic", ["auto-submitted", "noreply", "list"])
def test_orders_that_machines_send_stay_orders(automatic: str) -> None:
    body = "Please supply the following. Purchase order 7781. Deliver to: Depot 4. Qty: 5 pcs A-1"
    assert (
        classify("New purchase order 7781", body, automatic=automatic, has_order_grid=True).lane
        == "order"
    )


@pytest.mark.parametrize("automatic", ["bounce", "null-return-path", "auto-submitted", "own-mail"])
def test_machines_that_order_nothing_are_automatic(automatic: str) -> None:
    assert (
        classify(
            "Re: PO 77", "Thank you for your message, we will get back to you.", automatic=automatic
        ).lane
        == "automatic"
    )


def test_what_an_electronic_message_says_is_believed() -> None:
    verdict = classify("invoice", "unsubscribe", edi_lane="cancellation")
    assert (verdict.lane, verdict.reasons) == (
        "cancellation",
        ("An electronic cancellation is in it.",),
    )


def test_the_trained_model_decides_where_the_words_do_not() -> None:
    assert classify("hi", "as discussed").lane == "other"
    verdict = classify("hi", "as discussed", model_scores={"order": 0.9, "other": 0.1})
    assert verdict.lane == "order"
    assert verdict.reasons == ("It reads like earlier messages of this kind (90%).",)
    assert (
        classify("Storno", "bitte stornieren", model_scores={"order": 0.9}).lane == "cancellation"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " " * 100_000,
        "order " * 50_000,
        "please " * 60_000,
        "a" * 300_000,
        "x 1 " * 80_000,
        "p.o." * 90_000,
    ],
)
def test_any_text_soon_has_a_lane(text: str) -> None:
    started = time.process_time()
    assert classify(text, text, attachment_names=(text,) * 30).lane in LANES
    assert time.process_time() - started < 2


def test_patterns_are_written_for_folded_text() -> None:
    """They are searched in lower case without accents, so a capital letter could never be found."""
    for each in (*BODY, *SUBJECT, *ATTACHMENTS):
        plain = re.sub(r"\\.", "", each.pattern.pattern)
        assert plain == folded(plain), each
