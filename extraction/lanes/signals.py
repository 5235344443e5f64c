"""The signals by which lanes are told apart: small weights, in English, German, French, Spanish, Italian and Dutch."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signal:
    """Where `pattern` occurs, `lane` gains `weight`; `says` continues the sentence "The subject ..."."""

    lane: str
    weight: float
    says: str
    pattern: re.Pattern[str]


def signal(lane: str, weight: float, says: str, *alternatives: str) -> Signal:
    """Words count whether their accents are written or not: patterns are for `folded` text.

    Patterns that ignore case would take twice as long.
    """
    pattern = unaccented("|".join(alternatives))
    return Signal(lane, weight, says, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.MULTILINE))


def unaccented(text: str) -> str:
    """The text without accents and with straight apostrophes, letter by letter: places stay what they are."""
    return text if text.isascii() else text.translate(_PLAIN)


def folded(text: str) -> str:
    """The text unaccented and in lower case; places stay what they are."""
    return unaccented(text).lower().replace("ı", "i")


class _Plain(dict[int, str]):
    """Each letter without its accent, found when it is first asked for."""

    def __missing__(self, letter: int) -> str:
        plain = self[letter] = unicodedata.normalize("NFKD", chr(letter))[0].replace("’", "'")
        return plain


_PLAIN = _Plain()


_ORDER_NOUN = (
    r"purchase ?orders?|(?:our |new |my )?order(?! (?:confirmation|acknowledg|status|number was|form))|p\.?o\.?(?: ?#| ?no| ?number|[ :#-]*\d)",
    r"(?:neue |unsere )?bestellung|nachbestellung|einkaufsbestellung|auftrag(?!sbestätigung)|abruf(?:bestellung)?",
    r"(?:bon de )?commande|réassort|nueva orden|orden de compra|pedido(?: de compra)?|ordine(?: d'acquisto)?|riordino",
    r"(?:inkoop)?bestelling|inkooporder|bestelopdracht|nabestelling|re-?order",
)
_CANCEL = (
    r"cancel(?:l?ed|lation|l?ing|s)?|call off our order|withdraw (?:our|the) order",
    r"storn(?:o|ieren|iert|ierung)|abbestell\w*|(?:auftrag|bestellung) (?:zurückziehen|widerrufen)|annullier\w+",
    r"annul(?:er|ez|ée?|ation|ons)|anul(?:ar|ación|en|amos|ada|ado)|cancelar|cancelación",
    r"annull(?:are|amento|ate|ato|a|iamo)|disdett?a\w*|annuler(?:en|ing)|geannuleerd",
)
_CHANGE = (
    r"(?:order |po )?(?:change|amendment|revision|revised|amended)|revis(?:e|ed|ion)|updated (?:po|order|purchase order)",
    r"(?:bestell|auftrags)?änderung(?:sauftrag)?|geänderte bestellung|korrektur",
    r"modification(?: de (?:la )?commande)?|commande modifiée|avenant|modificación(?: del pedido)?|pedido modificado",
    r"modifica(?: (?:all'|dell'|di )?ordine)?|ordine modificato|rettifica|wijziging|gewijzigde bestelling|aanpassing",
)
_QUOTE = (
    r"(?:request for |need a |price )quot(?:e|ation)|r\.?f\.?q\.?|quot(?:e|ation)s? (?:request|needed|required|wanted|please)|pricing request|request for (?:a )?price",
    r"(?:preis)?anfrage|angebotsanfrage|bitte um (?:ein )?angebot|preisauskunft",
    r"demande de (?:devis|prix|cotation)|appel d'offres?|solicitud de (?:cotización|presupuesto|oferta)|petición de oferta",
    r"richiesta (?:di )?(?:preventivo|offerta|quotazione)|rdo|offerteaanvraag|prijsaanvraag|aanvraag offerte",
)
_STATUS = (
    r"(?:order |delivery |shipping )?status|where is (?:our|my)|eta|tracking(?: number)?|overdue|late delivery|delivery date for",
    r"lieferstatus|liefertermin(?:anfrage)?|sendungsverfolgung|wo bleibt|lieferrückstand|auftragsstatus|mahnung lieferung",
    r"statut(?: de (?:la |ma )?commande)?|suivi(?: de (?:la )?(?:commande|livraison))?|où en est|relance",
    r"estado (?:del|de mi|de nuestro) pedido|seguimiento|dónde está|stato (?:dell')?ordine|sollecito|tracciamento",
    r"(?:lever|order|bestel)status|levertijd|waar blijft|track ?(?:&|and) ?trace",
)
_RETURN = (
    r"rma|return(?:s|ed|ing)?(?: request| authori[sz]ation)?|defective|damaged (?:goods|items?|on arrival)|wrong (?:items?|parts?|goods)|complaint|claim",
    r"retoure|rücksendung|rückgabe|reklamation|mängelrüge|beschädigt\w*|falschlieferung|defekt\w*",
    r"retour(?: de marchandise| produit)?|réclamation|défectueu(?:x|se)s?|endommagée?s?|avoir",
    r"devoluci(?:ón|ones)|reclamación|defectuos[oa]s?|dañad[oa]s?|reso|restituzione|reclamo|difettos[oaie]|danneggiat[oaie]",
    r"retourneren|retourzending|klacht|beschadigd\w*|defecte?",
)
_AUTOMATIC = (
    r"out of (?:the )?office|automatic reply|auto(?:matic)?-? ?reply|autoreply|on (?:vacation|annual leave|holiday)|away from (?:my desk|the office)",
    r"abwesenheits(?:notiz|benachrichtigung)|automatische antwort|nicht im (?:büro|haus)|im urlaub",
    r"absence du bureau|réponse automatique|absent(?:e)? du bureau|en congés?|fuera de (?:la )?oficina|respuesta automática|de vacaciones",
    r"fuori (?:sede|ufficio)|risposta automatica|in ferie|afwezig(?:heid)?|automatisch antwoord|niet op kantoor|met vakantie",
    r"undeliver(?:able|ed)|delivery (?:status notification|has failed|failure)|mail delivery (?:failed|subsystem)|returned mail|failure notice"
    r"|unzustellbar\w*|mailer-daemon|non remis|no entregado|mancato recapito|onbestelbaar|(?:read|lese)(?: receipt|bestätigung)|^(?:read|gelesen|lu|leído|letto|gelezen) ?:",
)
_SPAM = (
    r"newsletter|webinar|unsubscribe|special offer|\d{1,2} ?% off|sale ends|limited time|black friday|congratulations|you (?:have )?won|seo|backlinks?",
    r"abmelden|rabattaktion|sonderangebot|gewinnspiel|jetzt sparen|désabonner|désinscri\w+|offre spéciale|promotion|soldes",
    r"darse de baja|cancelar (?:la )?suscripción|oferta especial|promoción|disiscri\w+|offerta speciale|promozione|uitschrijven|afmelden|aanbieding",
    r"bitcoin|crypto|loan offer|inheritance|click here|act now|investment opportunity|lottery|viagra",
)
_INVOICE = (
    r"invoice|statement of account|payment (?:reminder|advice)|remittance|credit note|past due",
    r"rechnung|zahlungserinnerung|mahnung|gutschrift|zahlungsavis|facture|relevé de compte|avis de paiement",
    r"factura|estado de cuenta|aviso de pago|fattura|estratto conto|sollecito di pagamento|factuur|aanmaning|betalingsherinnering",
)

MASTER_DATA = (
    r"(?:new|changed?|change of|update(?:d)?|our) bank (?:details|account)|bank details have changed|we (?:have moved|are moving)|change of address",
    r"(?:neue|geänderte|änderung (?:der|unserer)) bankverbindung|(?:nouvelles?|changement de) coordonnées bancaires|(?:nuevos|cambio de) datos bancarios",
    r"(?:nuove|cambio) coordinate bancarie|(?:nieuwe|gewijzigde) bankgegevens",
)

SUBJECT = (
    signal("order", 2.6, "speaks of an order", *_ORDER_NOUN),
    signal("cancellation", 4.2, "asks to cancel", *_CANCEL),
    signal("change", 3.6, "speaks of a change", *_CHANGE),
    signal("quote_request", 4.0, "asks for a quotation", *_QUOTE),
    signal("status_question", 3.4, "asks how things stand", *_STATUS),
    signal("return_request", 3.6, "speaks of a return or complaint", *_RETURN),
    signal("automatic", 5.0, "is that of an automatic reply or bounce", *_AUTOMATIC),
    signal("other", 3.2, "is that of advertising", *_SPAM),
    signal("other", 3.0, "speaks of an invoice or payment", *_INVOICE),
    signal("other", 4.5, "tells of new master data", *MASTER_DATA),
    signal("order", 0.8, "calls it urgent", r"urgent|eilt|dringend|urgente|spoed"),
)  # fmt: skip

ATTACHMENTS = (
    signal("order", 2.2, "is named like an order", *_ORDER_NOUN, r"p ?o ?\d{3,}|po|best\d+|ord\w{0,3}\d+"),
    signal("quote_request", 2.2, "is named like a quotation request", *_QUOTE),
    signal("change", 1.6, "is named like a change", *_CHANGE),
    signal("cancellation", 2.2, "is named like a cancellation", *_CANCEL),
    signal("return_request", 1.6, "is named like a return", r"rma|return|retoure|retour|devolución|reso|reklamation"),
    signal("other", 1.6, "is named like an invoice", r"invoice|rechnung|facture|factura|fattura|factuur|inv \d+"),
)  # fmt: skip

AUTOMATIC: dict[str, tuple[float, str]] = {
    "bounce": (9.0, "It reports that a mail could not be delivered."),
    "null-return-path": (5.0, "Its envelope has no sender, as delivery reports do."),
    "own-mail": (9.0, "It is our own mail coming back."),
    "auto-submitted": (4.5, "Its headers say that a machine sent it."),
    "list": (1.2, "It came over a mailing list."),
    "noreply": (0.8, "Its sender takes no replies."),
}
"""Message.automatic -> weight for the automatic lane, and the reason."""


@dataclass(frozen=True, slots=True)
class Title:
    """What a paper is that has these words as its title. sells: the seller wrote it; its letterhead is the supplier's."""

    lane: str
    sells: bool
    pattern: re.Pattern[str]


def title(lane: str, *alternatives: str, sells: bool = False) -> Title:
    """Patterns are for folded text of a whole title; a number may follow, and words in brackets."""
    words = "|".join(alternatives)
    number = r"(?:\s*(?:no|nr|num|n|nro|number|nummer|numero|id)?[\s.:#°º]*(?:[a-z]{1,4} )?(?=\S*\d)[\w/.-]+)?"
    return Title(lane, sells, re.compile(rf"(?:{words}){number}(?:\s*\([^)]*\))?"))


PAPERS = (
    title(
        "order",
        r"(?:official |local |standard |blanket |revised |release |framework )*purchase orders?(?: form)?|(?:official |works? )?order(?: form)?|po",
        r"bestellung|bestellschein|auftrag|einkaufsbestellung|abruf|bon de commande|commande(?: fournisseur)?",
        r"pedido(?: de compra)?|orden de compra|hoja de pedido|ordine(?: (?:di|d') ?acquisto)?|ordine a fornitore|buono d'ordine",
        r"inkoop(?:order|opdracht)|bestel(?:ling|bon|opdracht)|bestallning|inkopsorder|bestilling|rekvisition|objednavka|zamowienie|(?:nota de )?encomenda",
    ),
    title(
        "quote_request",
        r"request for (?:a )?(?:quotation|quote|proposal)s?|quotation request|rfq|invitation to (?:tender|bid|quote)",
        r"(?:preis)?anfrage|angebotsanfrage|demande de (?:prix|devis|cotation)|solicitud de (?:oferta|cotizacion|presupuesto)",
        r"richiesta d(?:i|'|’) ?(?:offerta|preventivo)|offerteaanvraag|prijsaanvraag",
    ),
    title(
        "other",
        r"(?:sales |price |budget )?quotation|quote|estimate|angebot|kostenvoranschlag|offerte|devis|presupuesto|cotizacion|oferta|preventivo|offerta",
        sells=True,
    ),
    title(
        "other",
        r"(?:tax |proforma |pro forma |pro-forma |commercial )*invoice(?:/.{0,20})?|credit (?:note|memo)|receipt|rechnung|gutschrift|factuur|facture|avoir|factura|fattura|nota di credito",
        r"sales order|order (?:confirmation|acknowledg\w+)|acknowledg\w+ of order|auftragsbestatigung|confirmation de commande|accuse de reception de commande",
        r"confirmacion de pedido|conferma (?:d'ordine|dell'ordine|ordine)|orderbevestiging|ordrebekreftelse|orderbekraftelse|ordrebekraeftelse",
        r"delivery (?:note|docket|ticket)|dispatch note|despatch note|packing (?:slip|list)|lieferschein|bon de livraison|albaran|documento di trasporto|ddt|pakbon|pakket?bon",
        sells=True,
    ),
    title("other", r"statement(?: of account)?|kontoauszug|releve de compte|estado de cuenta|estratto conto"),
    title(
        "other",
        r"(?:purchase|purchasing|internal|material) requisition(?: form)?|requisition for purchase|bestellanforderung|bedarfsanforderung|beschaffungsantrag",
        r"demande d'achat|solicitud de compra|requisicion(?: de compra)?|richiesta di acquisto|inkoopaanvraag|aanvraag tot aankoop",
    ),
)  # fmt: skip
"""Titles of papers; the largest, and of equals the first, says what a paper is."""

SELLERS_BLOCKS = frozenset(
    [
        "invoice and shipping address",
        "invoicing and shipping address",
        "remit to",
        "remit payment to",
    ]
)
"""Heads of blocks that only the seller's own paper has."""

DENIALS = re.compile(
    r"(?:this is |\*+ ?)?not (?:a |an )?(?:valid )?(?:purchase )?order\b(?! (?:number|until|unless))|(?:dies ist )?keine (?:verbindliche )?bestellung|ceci n'est pas une? (?:bon de )?commande|no es un pedido|non e un ordine|dit is geen bestelling"
)
"""A row that opens so says itself that the paper is no order."""
