"""How people refer to an order they gave before, in six languages; all patterns read folded text (no accents)."""

from __future__ import annotations

import re


def _phrases(*alternatives: str) -> re.Pattern[str]:
    """A blank in a phrase is any white space: mails wrap."""
    joined = "|".join(a.replace(" ", r"\s+") for a in alternatives)
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])")


_ORDER = r"(?:purchase order|orders?|p\.?o\.?|bestellung(?: nr\.?)?|auftrag|bestellnummer|bon de commande|commande|pedido|orden(?: de compra)?|ordine|bestelling|inkooporder)"
_NUMBER = r"(?: ?(?:number|numero|nummer|no\.?|nr\.?|n[°º.]|num\.?|#))? ?[:#]? ?(?P<code>(?=[\w./-]*\d)[a-z0-9][\w./-]{2,24})"
_LIKE = (
    r"(?:same (?:again )?as|repeat(?: of)?|re-?order(?: of)?|another|identical to|(?:exact )?copy of|like"
    r"|wiederhol\w*|(?:noch ?mals?|noch ?einmal|wieder)|(?:das )?(?:gleiche|selbe) wie|genau(?:so)? wie|wie(?: bei)?|analog(?: zu)?|nachbestellung(?: zu| von)?"
    r"|(?:repet|renouvel|recondui)\w*|(?:la )?meme (?:chose )?que|identique a|comme(?: pour)?|pareil que"
    r"|repet\w+|repit\w+|(?:lo )?mismo que|igual que|identico a|como(?: en)?"
    r"|ripet\w+|(?:lo stesso|uguale|identico)(?: a| d)?(?:ell?)?|come(?: per)?"
    r"|herhal\w*|herhaal\w*|(?:het|de)?zelfde als|zoals(?: bij)?|net als)"
)
_THE = r"(?:(?:the|our|my|your|der|die|das|unsere[rn]?|den|la|notre|ma|el|nuestro|mi|il|l'|dell'|all'|il nostro|de|onze|le|los) ?){0,2}"

NUMBERED = re.compile(
    rf"(?<![\w-]){_LIKE} {_THE}{_ORDER}{_NUMBER}".replace(" ?", r"\s*").replace(" ", r"\s+")
)
REPEATED = re.compile(
    rf"(?<![\w-]){_THE}{_ORDER}{_NUMBER}[\s,]+(?:(?:bitte|please|por favor|graag)\s+)?(?:again\b|once more\b|noch ?mals?\b|noch ?einmal\b|(?:zu )?wiederhol\w+|repeat\w*|a nouveau\b|de nouveau\b|otra vez\b|de nuevo\b|di nuovo\b|nogmaals\b|herhalen\b)".replace(
        " ?", r"\s*"
    ).replace(" ", r"\s+")
)
"""A number named to be repeated: "repeat PO 4711", "Bestellung 4711 bitte wiederholen"."""

DATED = re.compile(
    rf"(?<![\w-]){_LIKE} {_THE}(?:{_ORDER} )?(?:(?:we (?:had|placed|sent) )?(?:of|from|dated|on|placed on|vom|von|am|du|passee le|del|dell'|van|op)) ?(?:(?:the|le|el|il|den|dem|de|du) )?$".replace(
        " ?", r"\s*"
    ).replace(" ", r"\s+")
)
"""What stands before the day of the order meant: "like the order of"."""

LAST = _phrases(
    r"(?:exactly |just )?(?:the )?same (?:(?:order|thing|things|stuff|lot|items?|goods|parts|articles|quantit\w+|list) )?again",
    r"(?:exactly |just )?(?:the )?same (?:(?:order|thing|things|stuff|lot|items?|goods|parts|articles|quantit\w+|list) )?(?:as|like) (?:we (?:had|ordered|got|took) )?(?:on |in )?(?:the |our |my )?(?:last|previous|prior|before)(?: (?:time|order|month|week|year|one|delivery|po|quarter))?",
    r"(?:as|like) (?:we (?:had|ordered|got|took) )?last (?:time|month|week|year|order)",
    r"(?:like|as|identical to|(?:a )?copy of) (?:on |in )?(?:the |our |my )(?:last|previous) (?:order|one|time|po|purchase order)",
    r"(?:repeat|duplicate)(?: of)? (?:the |our |my )?(?:last |previous )?(?:order|one|po|purchase order)(?! ?(?:no\b|nr\b|number|#|[a-z]*-?\d))",
    r"(?:our |my |the )(?:last|previous) (?:order|po) (?:once )?(?:again|more)",
    r"re-?order (?:of )?(?:the |our |my )?(?:last|previous)(?: order| one| lot)?",
    r"what (?:we|i) (?:had|ordered|got|took) (?:the )?last (?:time|month|week)",
    r"(?:genau )?(?:so )?wie (?:beim )?(?:letzte[smn]?|vorige[smn]?) (?:mal|monat|woche|jahr)",
    r"(?:noch ?mals?|noch ?einmal|wieder|bitte) (?:genau )?(?:das ?gleiche|das ?selbe|dasselbe|die gleiche (?:menge|bestellung|lieferung|ware)|dieselbe (?:menge|bestellung))",
    r"(?:das ?|die )?(?:gleiche|selbe|dasselbe)(?: bestellung| menge| ware)? (?:noch ?mals?|noch ?einmal|wieder|wie (?:beim |bei der |in der |im )?(?:letzte[nsmr]?|vorige[nsmr]?)(?: mal| bestellung| lieferung| monat| woche)?)",
    r"wie (?:bei |in )?(?:unsere[rn] |der |die )?(?:letzte[nr]?|vorige[nr]?) (?:bestellung|lieferung|order)",
    r"(?:unsere |die )?letzte bestellung (?:bitte )?(?:noch ?mals?|noch ?einmal|wiederholen)",
    r"wie (?:zuletzt|gehabt)(?: bestellt)?",
    r"(?:la |les |le )?memes? (?:(?:chose|commande|quantites?|articles?|produits?) )?(?:que|qu'a) (?:lors de )?(?:la |le |notre )?(?:derniere? (?:fois|commande|mois|livraison)|fois (?:derniere|precedente)|mois dernier|commande precedente|precedente)",
    r"comme (?:pour |lors de )?(?:la |notre )?(?:derniere fois|fois (?:derniere|precedente)|precedemment|derniere commande|commande precedente|le mois dernier)",
    r"(?:renouvel\w+|repet\w+|refaire|recondui\w+) (?:la |notre |ma )?(?:derniere |precedente )?commande(?: precedente)?(?! ?(?:n\b|no\b|\d))",
    r"(?:pareil|idem) que la (?:derniere fois|fois derniere)",
    r"(?:encore )?la meme chose(?! que)",
    r"lo mismo (?:que )?(?:de |en |el )?(?:la )?(?:ultima vez|vez (?:pasada|anterior)|mes pasado)",
    r"(?:igual|como) (?:que )?(?:en )?(?:la |el )?(?:ultima vez|vez (?:pasada|anterior)|mes pasado|ultimo pedido|pedido anterior)",
    r"(?:repet\w+|repit\w+) (?:el |nuestro |mi )?(?:ultimo )?pedido(?: anterior)?(?! ?(?:n\b|no\b|\d))",
    r"el mismo pedido(?: (?:que|de) (?:la )?(?:ultima vez|vez (?:pasada|anterior)|el mes pasado|siempre))?",
    r"(?:come|uguale al?la|stessa cosa d?e?l?la|lo stesso d?e?l?la|stess[oi] (?:ordine|quantita|articoli) del?la) (?:l'|dell')?(?:ultima volta|scorsa volta|volta scorsa|altra volta|volta precedente)",
    r"come (?:l')?(?:ultima volta|altra volta)",
    r"come (?:il mese scorso|(?:nel)?l'ultimo ordine|(?:nel)?l'ordine precedente)",
    r"ripet\w+ (?:l'|il nostro )?(?:ultimo )?ordine(?: precedente)?(?! ?(?:n\b|no\b|\d))",
    r"lo stesso ordine",
    r"(?:het|de)?zelfde (?:bestelling )?als (?:de )?(?:vorige|laatste)(?: (?:keer|bestelling|maand|week))?",
    r"(?:net )?(?:als|zoals) (?:de )?(?:vorige|laatste) (?:keer|bestelling|maand|week)",
    r"herha\w+ (?:van )?(?:de |onze )?(?:vorige|laatste) bestelling",
    r"(?:nog een keer|nogmaals|nog eens|weer) hetzelfde",
)

_ENDS = r"(?=\s*(?:$|[,.;:!?)(-]|please|pls|but|again|for (?:next|this|the|us|me)|to (?:our|the|us)|with|without|plus|except|thanks|thx|by|x ?\d|and|only|just|this|next|bitte|aber|nur|ohne|mit|plus|und|ma|ma|senza|piu|per|con|pero|maar|zonder|graag|met|wieder|noch))"

USUAL = _phrases(
    rf"(?:the|our|my) usual{_ENDS}",
    r"(?:the|our|my) (?:usual|regular|standard|normal|weekly|monthly) (?:monthly |weekly )?(?:order|lot|stuff|things|items|goods|quantit\w+|amounts?|selection)",
    r"same as (?:usual|always|ever)",
    rf"das (?:ubliche|gewohnte|normale){_ENDS}",
    r"(?:unsere|die|eine) (?:ubliche|normale|gewohnte|regelmassige|regelma(?:ß)ige|monatliche|wochentliche) (?:bestellung|menge|lieferung|order)",
    r"(?:unsere |die )?standard-?bestellung",
    r"(?:notre|la|une|ma) commande (?:habituelle|standard|type|mensuelle|hebdomadaire)",
    r"lo (?:mismo )?de siempre|lo habitual|lo mismo que siempre",
    r"(?:nuestro|el|mi) pedido (?:habitual|estandar|de siempre|mensual|semanal)",
    rf"il solito{_ENDS}|il solito ordine|le solite cose|la solita (?:roba|fornitura)",
    r"(?:il nostro |l')?ordine (?:abituale|standard|solito|mensile|settimanale)",
    rf"het gebruikelijke{_ENDS}",
    r"(?:onze|de|mijn) (?:gebruikelijke|standaard|vaste|normale|maandelijkse|wekelijkse) ?bestelling|standaardbestelling",
)

AS_EVER = _phrases(
    r"as (?:usual|always)|like (?:always|usual)",
    r"wie (?:immer|ublich|gewohnt)",
    r"comme (?:d'habitude|toujours)",
    r"como (?:siempre|de costumbre)",
    r"come (?:al solito|sempre)",
    r"zoals (?:altijd|gewoonlijk|gebruikelijk)|als altijd",
)
"""Said of an order, and as often of its delivery or payment."""

BESIDE = re.compile(
    r"\b(?:delivery|ship(?:ping|ment)? to|address|terms|payments?|prices?|invoices?|place|carrier|net \d+|discount|lieferung|lieferadresse|anschrift|zahlung\w*|preise?|rechnung|versand|skonto"
    r"|livraison|adresse|paiement|prix|facture|remise|entrega|direccion|pago|precios?|factura|envio|consegna|indirizzo|pagamento|prezz[io]|fattura|spedizione|levering|adres|betaling|prij[sz]\w*|factuur|verzending)\b"
)
COMPLAINT = re.compile(
    r"\b(?:problem\w*|issue|broken|damaged|defective|late|wrong|missing|complain\w*|defekt\w*|beschadigt\w*|kaputt|falsch\w*|verspatet\w*|fehlt\w*|reklam\w*"
    r"|probleme|endommage\w*|casse\w*|retard|erreur|manqu\w*|danad\w*|rot[oa]s?|equivocad\w*|tarde|falt[ao]\w*|danneggiat\w*|rott[oiae]|sbagliat\w*|ritardo|manca\w*|beschadigd|kapot|verkeerd|te laat|ontbreekt)\b"
)

TIMES = (
    (re.compile(r"\b(?P<n>\d{1,2}|two|three|four|zwei|drei|vier|deux|trois|dos|tres|due|tre|twee|drie) ?(?:x|×|times|mal|fois|veces|volte|keer|maal)(?![a-z])"), ""),
    (re.compile(r"(?<![\w.,])x ?(?P<n>\d{1,2})(?![\w.,])"), ""),
    (re.compile(r"\b(?:twice|double|doppelt\w*|zweimal|das doppelte|zweifach\w*|le double|el doble|il doppio|dubbele?|tweemaal|tweevoud)\b"), "2"),
    (re.compile(r"\b(?:triple|treble|dreifach\w*|dreimal|le triple|el triple|il triplo|driedubbele?|driemaal)\b"), "3"),
    (re.compile(r"\b(?:half (?:of|the|as)|die halfte|halb so viel|halbe menge|la moitie|la mitad|la meta|de helft)\b"), "0.5"),
)  # fmt: skip
COUNTED = {
    "two": "2", "three": "3", "four": "4", "zwei": "2", "drei": "3", "vier": "4", "deux": "2", "trois": "3",
    "dos": "2", "tres": "3", "due": "2", "tre": "3", "twee": "2", "drie": "3",
}  # fmt: skip
SIGNS = (NUMBERED, REPEATED, re.compile(DATED.pattern.removesuffix("$")), LAST, USUAL, AS_EVER)
"""Without any of these a mail refers to no earlier order."""
