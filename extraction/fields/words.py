"""Small words of six languages that the readers of prose lean on: number words, verbs of ordering, fillers."""

from __future__ import annotations

import re

_NUMBER_WORDS = {
    1: "one ein eine einen einem einer un une uno una een één",
    2: "two zwei deux dos due twee",
    3: "three drei trois tres tre drie",
    4: "four vier quatre cuatro quattro",
    5: "five fünf fuenf cinq cinco cinque vijf",
    6: "six sechs seis sei zes",
    7: "seven sieben sept siete sette zeven",
    8: "eight acht huit ocho otto",
    9: "nine neun neuf nueve nove negen",
    10: "ten zehn dix diez dieci tien",
    12: "twelve zwölf zwoelf douze doce dodici twaalf dozen dutzend douzaine docena dozzina dozijn",
    11: "eleven elf onze once undici",
    14: "fourteen vierzehn quatorze catorce quattordici veertien",
    15: "fifteen fünfzehn quinze quince quindici vijftien",
    16: "sixteen sechzehn seize dieciséis sedici zestien",
    18: "eighteen achtzehn dix-huit dieciocho diciotto achttien",
    20: "twenty zwanzig vingt veinte venti twintig",
    25: "twenty-five fünfundzwanzig vingt-cinq veinticinco venticinque vijfentwintig",
    30: "thirty dreißig trente treinta trenta dertig",
    40: "forty vierzig quarante cuarenta quaranta veertig",
    50: "fifty fünfzig cinquante cincuenta cinquanta vijftig",
    60: "sixty sechzig soixante sesenta sessanta zestig",
    24: "twenty-four vierundzwanzig vingt-quatre veinticuatro ventiquattro vierentwintig",
    70: "seventy siebzig setenta settanta zeventig",
    80: "eighty achtzig quatre-vingts ochenta ottanta tachtig",
    90: "ninety neunzig noventa novanta negentig",
    100: "hundred hundert cent cien cento honderd einhundert",
    200: "zweihundert doscientos doscientas duecento tweehonderd",
    300: "dreihundert trescientos trescientas trecento driehonderd",
    400: "vierhundert cuatrocientos cuatrocientas quattrocento vierhonderd",
    500: "fünfhundert quinientos quinientas cinquecento vijfhonderd",
    1000: "thousand tausend mille duizend",
}
_HALF_DOZENS = (
    "half a dozen", "half dozen", "halbes dutzend", "demi-douzaine", "media docena", "mezza dozzina", "half dozijn",
)  # fmt: skip
_ABOUT = {
    8: "huitaine",
    10: "dizaine decena decina tiental",
    15: "quinzaine quincena quindicina vijftiental",
    20: "vingtaine veintena ventina twintigtal",
    30: "trentaine treintena trentina dertigtal",
    40: "quarantaine cuarentena quarantina veertigtal",
    50: "cinquantaine cincuentena cinquantina vijftigtal",
    60: "soixantaine sessantina zestigtal",
    100: "centaine centenar centinaio honderdtal",
}
"""Counts as nouns, "une vingtaine de": goods are ordered by them as by exact ones."""
NUMBER_WORDS = {word: n for n, words in _NUMBER_WORDS.items() for word in words.split()}
NUMBER_WORDS |= dict.fromkeys(_HALF_DOZENS, 6)
NUMBER_WORDS |= dict.fromkeys(("medio centenar", "mezzo centinaio", "demi-centaine"), 50)
NUMBER_WORDS |= {word: n for n, words in _ABOUT.items() for word in words.split()}
NUMBER_WORDS |= {
    f"{few} {many}": n * size
    for many, size in (("hundred", 100), ("thousand", 1000), ("cents", 100), ("mille", 1000), ("mil", 1000), ("dutzend", 12), ("douzaines", 12), ("docenas", 12), ("dozzine", 12))
    for few, n in NUMBER_WORDS.items()
    if n <= 12 and " " not in few
} | {f"{few} dozen": 12 * n for n, few in ((2, "two"), (3, "three"), (4, "four"), (5, "five"), (6, "six"))}  # fmt: skip
DOZENS = {"dozen", "dz", "doz", "dutzend", "douzaine", "douzaines", "docena", "docenas", "dozzina", "dozzine", "dozijn"}  # fmt: skip

ORDERING = re.compile(
    r"\b(order(ing)?|reorder|(?:can|could|may|might) (?:i|we) (?:also |please |just )?have|(?:i|we)(?:'ll| will| shall) (?:also )?have|(?:chuck|stick|bung|pop|put) in|(?:put|stick) (?:me|us) down for|need|want|send|ship(?! to)|supply|deliver|require|please|purchase|buy|get|add|throw in|plus|also|take|like|"
    r"bestell\w*|br[aä]uch\w*|benötig\w*|liefer\w*|schick\w*|send\w*|möchten|bitte|ordern|"
    r"command\w*|besoin|souhait\w*|envoy\w*|livr\w*|expédi\w*|fournir|veuillez|voudr\w*|faut|faudrait|prendr\w*|"
    r"ped(ir|imos|ido)|necesit\w*|env[ií]\w*|m[aá]nd\w*|suministr\w*|solicit\w*|quer\w+|precis\w*|rogamos|"
    r"ordin\w*|bisogn\w*|inviar\w*|inviat\w*|spedi\w*|fornir\w*|vorre\w*|prego|serv(?:e|ono|irebbero)|mand[aie]\w*|"
    r"nehmen|nimm|(?:on |nous )?part(?:ons)? sur|go ahead with|vamos con|partiamo con|prenons|prends|tomamos|cogemos|prendiamo|prendo|nemen|go with|order(?: no| number)?\.?(?= \S*\d)|confirm\w*|conferm\w*|bestätig\w*|beauftrag\w*|enregistrer|réserver|klaarzetten|reserv\w*|set aside|"
    r"r?ajoute[rz]?|mettez|ap[uú]nta\w*|aggiung\w*|a[ñn]ad(?:e|id|an?|ir|imos)|agreg(?:a|ue|uen|ar)|pon(?:me|nos|ed|edme|ga(?:n|nos|me)?)|mettete\w*|mettimi|"
    r"nodig|graag|bestellen|doe|lever\w*|bezorg\w*|sturen|willen|wensen)\b",
    re.IGNORECASE,
)
JOINERS = re.compile(
    r"^(?:off(?: of)?|of(?: the| them| those| your| our)?|more of (?:the|that|those|them)|more|additional|extra|de la|de los|de las|des|de|du|d'|di|del|della|dei|degli|van de|van het|van|von den|von der|von|vom|the|der|die|das|les|le|la|los|las|el|gli|het|your|units of)\s+",
    re.IGNORECASE,
)
