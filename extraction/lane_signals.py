"""The signals by which lanes are told apart: small weights, in English, German, French, Spanish, Italian and Dutch."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signal:
    """Where `pattern` occurs, `lane` gains `weight`; `says` continues the sentence "The subject ..."."""

    lane: str
    weight: float
    says: str
    pattern: re.Pattern[str]


def _signal(lane: str, weight: float, says: str, *alternatives: str) -> Signal:
    pattern = "|".join(alternatives)
    return Signal(
        lane, weight, says, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE | re.MULTILINE)
    )


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

_MASTER_DATA = (
    r"(?:new|changed?|change of|update(?:d)?|our) bank (?:details|account)|bank details have changed|we (?:have moved|are moving)|change of address",
    r"(?:neue|geänderte|änderung (?:der|unserer)) bankverbindung|(?:nouvelles?|changement de) coordonnées bancaires|(?:nuevos|cambio de) datos bancarios",
    r"(?:nuove|cambio) coordinate bancarie|(?:nieuwe|gewijzigde) bankgegevens",
)

SUBJECT = (
    _signal("order", 2.6, "speaks of an order", *_ORDER_NOUN),
    _signal("cancellation", 4.2, "asks to cancel", *_CANCEL),
    _signal("change", 3.6, "speaks of a change", *_CHANGE),
    _signal("quote_request", 4.0, "asks for a quotation", *_QUOTE),
    _signal("status_question", 3.4, "asks how things stand", *_STATUS),
    _signal("return_request", 3.6, "speaks of a return or complaint", *_RETURN),
    _signal("automatic", 5.0, "is that of an automatic reply or bounce", *_AUTOMATIC),
    _signal("other", 3.2, "is that of advertising", *_SPAM),
    _signal("other", 3.0, "speaks of an invoice or payment", *_INVOICE),
    _signal("other", 4.5, "tells of new master data", *_MASTER_DATA),
    _signal("order", 0.8, "calls it urgent", r"urgent|eilt|dringend|urgente|spoed"),
)  # fmt: skip

BODY = (
    _signal(
        "order", 3.0, "asks to supply",
        r"please (?:supply|ship|deliver|enter|process|book|place|accept|find (?:attached|enclosed|below) (?:our |the |my )?(?:new )?(?:purchase )?(?:order|po))",
        r"(?:we|i)(?:'d| would)? (?:like|wish|want|need) to (?:order|place|purchase|buy)|(?:we|i) (?:hereby )?order(?! (?:status|number|confirmation))|place (?:an|the following|our) order",
        r"(?:attached|enclosed|below|following|here)(?: is| you will find)? (?:is |our |the |my )*(?:new )?(?:purchase order|po|order)(?! status)|(?:please|can you|could you|pls) (?:send|ship)(?: us| me)?(?: over)? (?:the following|these|those|\d+|an? (?:dozen|few|box|case|roll|couple|pair|pallet)|another|some|more)",
        r"(?:hiermit |wir |ich )(?:bestellen?|ordern)|bitte (?:liefern|senden|schicken) sie(?!.{0,40}(?:angebot|preis|bestätigung|rechnung|termin|kopie|muster|katalog))|bitte um lieferung|wir benötigen (?:folgende|bitte)|(?:anbei|beiliegend|im anhang)(?: (?!geänd|korrig)\w+){0,4} (?:bestellung|auftrag)",
        r"(?:nous (?:vous )?(?:commandons|passons)|veuillez (?:nous )?(?:livrer|expédier|trouver.{0,30}commande)|merci de (?:nous )?(?:livrer|expédier|préparer)|je (?:souhaite|voudrais) commander|ci-joint.{0,30}commande)",
        r"(?:(?:queremos|deseamos|quisiera|necesitamos) (?:pedir|ordenar|realizar|comprar)|por favor,? (?:env[ií]en|suministren|procesen)|rogamos (?:nos )?(?:env[ií]en|suministren)|adjunt[oa]s?.{0,30}(?:pedido|orden))",
        r"(?:(?:vorremmo|desideriamo|vorrei) ordinare|ordiniamo|si prega di (?:fornire|spedire|inviare)|(?:vi )?preghiamo di (?:fornir\w*|spedir\w*|inviar\w*)|in allegato.{0,30}ordine)",
        r"(?:(?:wij|we|ik) (?:bestellen|willen (?:graag )?bestellen|wil(?:len)? graag)|graag (?:leveren|bestellen|ontvangen)|gelieve (?:te leveren|ons)|hierbij (?:bestellen|onze bestelling|de bestelling)|bijgaand.{0,30}(?:bestelling|order))",
    ),
    _signal(
        "order", 1.8, "says what is needed",
        r"(?:need|want|like|have) to re-?order|(?:can|could) (?:i|we) (?:get|have|order)(?! (?:a |the |your |an )?(?:quote|quotation|price|status|update|tracking|invoice|copy|rma))|(?:i|we)(?:'ll| will) take|put (?:me|us) down for|throw in|go ahead with",
        r"(?:i|we) need (?:these|those|the following|some|another|\d+|a (?:few|couple|dozen))|need (?:these|those|them) by|(?:a|another|two|three) dozen|(?:i|we)'re out of",
        r"(?:ich bräuchte|wir bräuchten|brauchen? (?:wir |ich )?(?:noch|wieder|dringend)|hätten? (?:ich |wir )?gerne?|nehmen (?:wir )?\d+)",
        r"(?:il (?:me|nous) faut|(?:j'aurais|nous aurions|nous avons|j'ai) besoin d|on prend \d+)|(?:(?<!\blo )(?<!\bla )(?<!\blos )(?<!\blas )(?<!\bno )necesit(?:o|amos)|nos hacen falta|quier(?:o|emos) \d+)",
        r"(?:(?:mi|ci) serv(?:ono|irebbero|e)|avr(?:ei|emmo) bisogno d|prendiamo \d+)|(?:(?:ik|we|wij) (?:heb|hebben) .{0,40}nodig|doe (?:mij|ons|maar) \d+)",
    ),
    _signal(
        "order", 1.0, "lists articles with quantities",
        r"^[ \t]*(?:[-*•–][ \t]*)?\d{1,5}[ \t]+(?:of |x |rolls? |boxes |m |pcs |each )\S.*$|^[ \t]*[-*•–][ \t]*\d{1,5} [^\W\d].*$",
    ),
    _signal(
        "order", 1.4, "names an order number",
        r"p\.?o\.?(?: ?#| ?no\.?| ?number)? ?:? ?[A-Z]{0,4}-?\d{3,}|purchase order(?: no\.?| number| ?#)? ?:? ?\S*\d{3,}|order (?:no\.?|number) ?:? ?\S*\d{3,}",
        r"(?:bestell|auftrags?)-?(?:nr|nummer)\.? ?:? ?\S*\d{3,}|(?:n° de |numéro de )?commande (?:n° ?|no\.? ?)?:? ?\S*\d{3,}|pedido (?:n[º°o]\.? ?)?:? ?\S*\d{3,}|ordine (?:n[°.o]* ?)?:? ?\S*\d{3,}|bestel(?:ling)?(?:nr|nummer)?\.? ?:? ?\S*\d{3,}",
    ),
    _signal(
        "order", 1.2, "lists quantities of goods",
        r"\d{1,6} ?(?:x|×|pcs?|pieces|units|ea|each|boxes|cases|rolls|stk|stück|stuks?|pièces|unités|piezas|unidades|pezzi|dozen|karton|cartons?|kg|lbs?)(?= )",
        r"(?:qty|quantity|menge|quantité|cantidad|quantità|aantal) ?[:=]? ?\d+",
    ),
    _signal(
        "order", 0.8, "says where or when to deliver",
        r"ship (?:it|them|these|everything) to|bill (?:us|me|it)|usual (?:address|place|spot|terms)|ship to|deliver(?:y)? (?:to|address|by)|lieferadresse|liefertermin ?:|lieferung (?:an|bis)|adresse de livraison|livraison (?:à|le|avant)|direcci[oó]n de entrega|entrega (?:en|antes)|indirizzo di consegna|consegna (?:entro|presso)|(?:af)?leveradres|levering (?:op|voor)",
    ),
    _signal(
        "cancellation", 4.0, "asks to cancel",
        r"(?:please |need to |want to |like to |have to |must |kindly |wish to )cancel|cancel (?:our|my|the|this|that|po|order|purchase)|(?:order|po)\b.{0,40}(?:is|has been|to be) cancel?led|no longer (?:need|require)|(?:scrap|kill|drop|void|stop) (?:the|this|that|our|my) (?:order|po)|(?:do not|don't) (?:ship|send|process)|disregard (?:our|the|my) (?:previous |earlier )?(?:order|po)",
        r"(?:bitte |möchten? |müssen |hiermit )?\w{0,12} ?(?:stornieren|storniert)|bitte (?:nicht mehr liefern|um stornierung|um storno)|wird nicht mehr benötigt|(?:bestellung|auftrag)\b.{0,40}\bannullieren",
        r"(?:veuillez |merci d'|souhaitons |souhaite |voulons )?annuler (?:la|notre|ma|cette) commande|n'avons plus besoin",
        r"(?:cancelar|anular|cancelen|anulen) (?:el|nuestro|mi|este|la) (?:pedido|orden)|ya no (?:lo |los |la |las )?necesitamos",
        r"(?:annullare|cancellare|annullate|disdire) (?:l'|il nostro |il |questo )?(?:ordine)|non (?:ci )?serv(?:e|ono) più",
        r"(?:bestelling|order)\b.{0,40}\bannuleren|annuleren (?:wij|we|graag)|niet meer nodig",
    ),
    _signal(
        "change", 3.4, "asks to change an order",
        r"(?:please |need to |want to |like to |kindly |must )(?:change|amend|revise|update|increase|reduce|decrease|adjust)(?! your (?:records|address|bank))|change (?:the |our |my )?(?:quantity|qty|order|po|line|delivery|ship)|(?:increase|reduce|raise|lower|bump) (?:the )?(?:quantity|qty|order|line)|instead of (?:the )?\d+|(?:revised|amended|updated|corrected) (?:po|order|purchase order)|(?:geänderte|korrigierte|aktualisierte)[nr]? (?:bestellung|auftrag)|commande (?:modifiée|rectifiée)|pedido (?:modificado|corregido)|ordine (?:modificato|corretto)|gewijzigde bestelling|add (?:the following|another|\d+).{0,40}(?:to (?:our|the|my|po)|order)",
        r"(?:bitte |möchten |müssen )?.{0,30}(?:ändern sie|abändern|die (?:menge|position|bestellung|stückzahl).{0,40}(?:ändern|erhöhen|reduzieren|anpassen))|statt (?:der )?\d+|erhöhen auf|reduzieren auf|(?:menge|liefertermin)\b.{0,40}\bändern",
        r"(?:veuillez |merci de )?(?:modifier|changer|augmenter|réduire|porter) (?:la|notre|ma|le|les) (?:commande|quantité|ligne|date)|au lieu de \d+",
        r"(?:modificar|cambiar|aumentar|reducir|modifiquen|cambien) (?:el|la|nuestro|las?|los?) (?:pedido|cantidad|línea|fecha|orden)|en (?:vez|lugar) de \d+",
        r"(?:modificare|cambiare|aumentare|ridurre|modificate) (?:l'|la|il|il nostro |le )?(?:ordine|quantità|riga|data)|(?:invece|anziché)(?: di)? \d+",
        r"(?:bestelling|order|aantal|levering|regel)\b.{0,40}\b(?:wijzigen|aanpassen|verhogen|verlagen)|in plaats van \d+",
        r"(?:push|move|pull|bring|postpone|reschedule|expedite|(?:please|to|can you) delay)\b.{0,20}(?:delivery|shipment|shipping|order|date|line \d+)|(?:liefertermin|lieferung|termin)\b.{0,40}(?:verschieben|vorziehen|vorverlegen)|(?:reporter|avancer|décaler)\b.{0,20}(?:livraison|commande|date)",
        r"(?:aplazar|adelantar|retrasar)\b.{0,20}(?:entrega|pedido|fecha)|(?:posticipare|anticipare|rinviare)\b.{0,20}(?:consegna|ordine|data)|(?:levering|leverdatum|order)\b.{0,40}(?:uitstellen|vervroegen|verschuiven)",
    ),
    _signal(
        "quote_request", 3.4, "asks for prices",
        r"(?:please |could you |can you |kindly )?(?:send|give|provide|submit|let us have|get)(?: us| me)? (?:with )?(?:a |your |the )?(?:best )?(?:formal )?(?:quote|quotation|pricing|price|offer)(?:s)?|quote (?:us|me|for|on|the following)|what (?:is|are|would be|would) (?:your|the|it)\b.{0,30}(?:price|cost)|how much (?:is|are|would|for)|request for quotation|looking for (?:a )?(?:price|quote)|what (?:would|do|does|will) .{0,60}\bcost",
        r"(?:have|get|need|want|give|know)\b.{0,25}\b(?:price|pricing|cost)s?\b|prices? and (?:lead ?times?|availability)",
        r"(?:bitte |können sie |könnten sie )?.{0,40}(?:ein angebot|preise? (?:mitteilen|nennen)|angebot (?:unterbreiten|erstellen|zusenden|machen|senden))|was kosten?|bitte um (?:ihr|ein|euer) angebot|anfrage über|wir bitten um (?:ein |ihr )?angebot",
        r"(?:établir|faire parvenir|envoyer|transmettre|adresser|avoir)\b.{0,30}\b(?:devis|offre de prix|cotation|meilleurs? prix)|quel est (?:le|votre) (?:prix|tarif)|combien co[uû]te",
        r"(?:enviar(?:nos|me)?|facilitar(?:nos)?|cotizar(?:nos)?|pasar(?:nos|me)?|remitir(?:nos)?)\b.{0,30}\b(?:cotización|presupuesto|precios?|oferta)|cu[aá]nto cuestan?|podrían cotizar",
        r"(?:inviar(?:ci|e)|fornir(?:ci|e)|far(?:ci)? avere|formulare)\b.{0,30}\b(?:preventivo|offerta|quotazione|prezz[oi])|quanto costan?o?",
        r"(?:offerte|prijsopgave|prijs|prijzen)\b.{0,30}\b(?:sturen|ontvangen|maken|opgeven|doorgeven)|wat kost(?:en)?|graag (?:een )?(?:offerte|prijsopgave)",
    ),
    _signal(
        "status_question", 3.4, "asks how an order stands",
        r"(?:what is|what's|any) (?:the )?(?:status|update|news|eta)|when (?:will|can|do|does|are|is)\b.{0,60}(?:ship|arrive|deliver|receive|expect|get|leave|come)|where is (?:our|my|the)|have(?:n't| not) (?:yet )?(?:received|arrived|gotten)|has (?:it|our order|my order|this)\b.{0,20}shipped|tracking (?:number|info|details)|(?:still )?waiting (?:for|on) (?:our|my|the)|confirm (?:the )?(?:delivery|ship(?:ping|ment)?) date",
        r"(?:send|missing|without|not (?:received|got)|need|provide|resend)\b.{0,30}\b(?:order )?(?:confirmation|acknowledge?ment)|(?:auftragsbestätigung|bestellbestätigung)\b.{0,20}\b(?:zu|fehlt|für)",
        r"wann (?:kommt|wird|kommen|werden|können|ist|erfolgt|dürfen)|wo bleib(?:t|en)|(?:lieferstatus|stand) (?:der|unserer|meiner|zu)|noch nicht (?:erhalten|geliefert|eingetroffen|angekommen)|sendungsnummer|warten (?:noch )?(?:immer )?auf",
        r"quand (?:sera|seront|allons|pouvons|recevrons|arrive)|où en est|(?:pas|toujours pas) (?:encore )?re[çc]u|numéro de suivi|état (?:de|d'avancement)|(?:indiquer|préciser|communiquer|connaître)\b.{0,30}(?:date|délai)s? de livraison|date de livraison (?:prévue|de)",
        r"cu[aá]ndo (?:llega|llegará|se|recibiremos|estará|podemos)|(?:cu[aá]l es )?el estado (?:de|del)|(?:aún|todavía) no (?:hemos|he) recibido|número de seguimiento|d[oó]nde est[aá]",
        r"quando (?:arriva|verrà|sarà|riceveremo|possiamo|arriverà)|(?:a che punto|qual è lo stato)|non (?:abbiamo|ho) ancora ricevuto|numero di (?:tracking|spedizione)",
        r"wanneer (?:komt|wordt|kunnen|worden|is|mogen)|nog niet (?:ontvangen|geleverd|binnen)|wat is de (?:status|stand)|waar blijft",
    ),
    _signal(
        "return_request", 3.6, "asks to return or complains",
        r"(?:want|like|need|wish|have|going) to return|(?:please )?(?:issue|send|provide|need)(?: us| me)? (?:an? )?rma|return (?:authori[sz]ation|label|these|them|this|the (?:goods|items?|parts?))|(?:arrived|received|were|was|are|is)\b.{0,40}(?:damaged|defective|broken|faulty|wrong)|sent (?:us )?the wrong|wrong (?:item|part|size|colou?r|product)|send (?:it|them|these) back|credit (?:us|for the)",
        r"(?:an?|your|the) rma",
        r"zurück(?:senden|schicken|geben)|retournieren|rücksende(?:schein|nummer|etikett)|(?:beschädigt|defekt|mangelhaft|falsch)\b.{0,40}(?:geliefert|erhalten|angekommen|eingetroffen)|(?:geliefert|erhalten|angekommen)\b.{0,60}(?:beschädigt|defekt|falsch)|reklamieren",
        r"(?:retourner|renvoyer) (?:les|la|le|ces|cette|ce)|(?:reçu|arrivée?s?|livrée?s?)\b.{0,60}(?:endommag|défectueu|cassée?|abîmée?)|bon de retour|erreur de livraison",
        r"devolver (?:el|la|los|las|est[aeo]s?)|(?:llegaron|llegó|recibimos|recibido)\b.{0,60}(?:dañad|defectuos|rot[oa]|equivocad)|gestionar la devolución",
        r"(?:restituire|rendere|rispedire) (?:la|il|i|le|gli|quest)|(?:arrivat[oaie]|ricevuto)\b.{0,60}(?:danneggiat|difettos|rott[oaie]|sbagliat)|autorizzazione al reso",
        r"(?:terugsturen|retourneren|terugzenden)|(?:ontvangen|geleverd|aangekomen)\b.{0,60}(?:beschadigd|defect|kapot|verkeerd)",
    ),
    _signal(
        "automatic", 3.6, "is an absence note or bounce",
        r"(?:i am|i'm|i will be) (?:currently )?(?:out of (?:the )?office|away|on (?:vacation|leave|holiday))|limited access to (?:my )?e-?mail|this is an automat(?:ed|ic) (?:reply|response)",
        r"(?:bin|befinde mich)\b.{0,40}(?:nicht im (?:büro|haus)|abwesend|im urlaub|außer haus)|wird nicht weitergeleitet|je suis (?:actuellement )?(?:absente?|en congés?)|de retour le",
        r"(?:estoy|estaré) (?:fuera de la oficina|de vacaciones|ausente)|sono (?:fuori (?:ufficio|sede)|assente|in ferie)|(?:ben|ik ben) (?:momenteel )?(?:afwezig|niet aanwezig|met vakantie|op vakantie)",
        r"could not be delivered|delivery to the following recipients? failed|address (?:not found|rejected)|mailbox (?:is )?full|user unknown|550[ -]5\.\d",
    ),
    _signal(
        "other", 2.6, "is advertising",
        r"unsubscribe|view (?:this (?:e-?mail|message) )?in (?:your )?browser|opt[- ]out|you are receiving this|click here|limited[- ]time|% off|boost your|grow your business|increase your (?:sales|traffic|ranking)",
        r"newsletter (?:abbestellen|abmelden)|im browser (?:ansehen|anzeigen|öffnen)|se désabonner|se désinscrire|voir dans (?:le|votre) navigateur|darse de baja|ver en (?:el|su) navegador|disiscriv\w+|visualizza nel browser|uitschrijven|bekijk (?:in|deze)",
    ),
    _signal(
        "other", 2.4, "is about an invoice or payment",
        r"(?:attached|enclosed|please find|find)\b.{0,40}(?:invoice|statement)|invoice (?:is )?(?:attached|overdue|due)|remittance advice|please (?:pay|remit)|amount due",
        r"(?:anbei|beiliegend|im anhang)\b.{0,40}rechnung|ci-joint.{0,40}facture|adjunt[oa].{0,40}factura|in allegato.{0,40}fattura|bijgaand.{0,40}factuur",
    ),
    _signal("other", 5.0, "tells of new master data", *_MASTER_DATA),
    _signal(
        "order", -1.6, "says that no order is meant yet",
        r"(?:not an order|no order yet|before (?:we|i) (?:place|can place|order)|without obligation|unverbindlich|sans engagement|sin compromiso|senza impegno|vrijblijvend|keine bestellung|kein auftrag)",
    ),
)  # fmt: skip

ATTACHMENTS = (
    _signal("order", 2.2, "is named like an order", *_ORDER_NOUN, r"p ?o ?\d{3,}|po|best\d+|ord\w{0,3}\d+"),
    _signal("quote_request", 2.2, "is named like a quotation request", *_QUOTE),
    _signal("change", 1.6, "is named like a change", *_CHANGE),
    _signal("cancellation", 2.2, "is named like a cancellation", *_CANCEL),
    _signal("return_request", 1.6, "is named like a return", r"rma|return|retoure|retour|devolución|reso|reklamation"),
    _signal("other", 1.6, "is named like an invoice", r"invoice|rechnung|facture|factura|fattura|factuur|inv \d+"),
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
