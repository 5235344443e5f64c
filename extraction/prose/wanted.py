"""Whether a sentence asks for goods, or tells of them."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"\b(?:price|cost|quote|quotation|in stock|available|availability|lead ?time|do you (?:have|stock|still|also)|have you got|how (?:much|long|many)|what (?:do|would) (?:you|they) (?:get|charge|want|ask)|what about|kost\w*|preis\w*|haben sie|hätten sie|habt ihr|auf lager|lagernd|verfügbar|lieferbar|lieferzeit|was würde|prix|tarif|devis|avez[- ]vous|auriez[- ]vous|en stock|disponib\w*|délai|precio|presupuesto|cu[aá]nto|ten[eé]is|tiene[ns]?|plazo|prezzo|preventivo|quanto|avete|a magazzino|tempi|prijs|offerte|heeft u|hebben jullie|op voorraad|levertijd|beschikbaar)\b",
    re.IGNORECASE,
)

_PAST = re.compile(
    r"\b(?:received|arrived|(?:still|already) (?:have|got)|left over|(?:was|were|been) (?:delivered|paid|sent|short)|you (?:sent|delivered|quoted|offered)|invoice\b.{0,24}\bfor|last (?:order|time|month|year)(?: we)? (?:was|were|had|took)|geliefert|erhalten|angekommen|eingetroffen|bekommen|noch da|angeboten|reçue?s?|arrivée?s?|livrée?s|il (?:nous )?reste|recibi\w+|lleg(?:aron|ó)|nos quedan|ricevut\w+|arrivat\w+|ci restano|abbiamo ancora|ontvangen|binnengekomen|nog liggen|geleverd)\b",
    re.IGNORECASE,
)

_ASKED_FOR = re.compile(
    r"\b(?:send|ship|supply|deliver|order|need|want|please|pls|put|add|throw in|bitte|schick\w*|liefern|bestelle?n?|bestellung|brauch\w*|benötig\w*|envoy\w*|livrer|commande[rz]?|commandons|merci de|veuillez|besoin|env[ií]\w*|mand[ae]\w*|pedi\w*|necesit\w*|spedi\w*|ordin\w*|vorre\w*|graag|stuur|sturen|leveren|bestel\w*|nodig)\b",
    re.IGNORECASE,
)

_NEEDLESS = re.compile(
    r"\b(?:no need|(?:don't|do not|won't|doesn't) need|not needed|none of|(?:brauche?n?|benötigen) (?:wir |ich )?(?:also |daher |deshalb )?(?:nicht|keine?n?)|(?:wir |ich )?(?:nicht|keine?n?) (?:mehr )?(?:brauchen|nötig)|den brauchen wir nicht|pas besoin|inutile|no (?:hace|hacen) falta|no (?:necesit\w+|nos hace)|esas? no\b|esos? no\b|non (?:serv\w+|occorr\w+|ne abbiamo bisogno)|niet (?:nodig|meer nodig)|hoef(?:t|ven)?)\b",
    re.IGNORECASE,
)

_NOT_AGAIN = re.compile(
    r"\b(?:bitte nicht (?:wieder|noch ?mals?)|nicht wieder|not (?:\w+ ){0,3}again|pas (?:encore )?comme la dernière|no (?:\w+ ){0,3}otra vez|non (?:\w+ ){0,3}di nuovo|niet weer|(?:niet|nicht|not|no|pas) (?:\w+ )?(?:zoals|wie|like|as|como|comme) (?:\w+ ){0,2}(?:vorige|letzte\w*|last|última|dernière))\b",
    re.IGNORECASE,
)
""" "not in 50 kg bags again": what went wrong before."""

_LEFT = re.compile(
    r"\b(?:(?:still|already) (?:have|got)|have (?:\w+ )?(?:plenty|\d+ \w+ left|\w+ left)|left (?:over|here)|in stock here|noch (?:\w+ )?(?:da|liegen|übrig|genug|auf lager)|haben (?:wir )?noch|liegen (?:noch|hier)|reste\w*|avons encore|(?:nos )?quedan?|tenemos (?:todavía|aún)|todavía (?:tenemos|quedan)|(?:ci )?rest(?:a|ano)|abbiamo ancora|hebben (?:we |wij )?nog|liggen nog|nog (?:genoeg|liggen))\b",
    re.IGNORECASE,
)


def wants(text: str) -> bool:
    """Whether a sentence asks for goods, rather than about them or telling what came before or is left."""
    asked = _ASKED_FOR.search(text)
    if _LEFT.search(text) and (_NEEDLESS.search(text) or not asked):
        return False
    if _NOT_AGAIN.search(text):
        return False
    if text.rstrip().endswith("?") and _ASKS.search(text):
        return asked is not None and not re.search(
            r"\b(?:quote|price|cost|prix|preis\w*|precio|prezzo|prijs|kost\w*)\b",
            text,
            re.IGNORECASE,
        )
    return asked is not None or not _PAST.search(text)
