"""How people greet and take leave in letters and mails, in a dozen languages; each pattern covers a whole row."""

from __future__ import annotations

import re

from extraction.fields.dates import fold

LONGEST = 90


def _any(words: str) -> str:
    return "|".join(words.replace("_", r"\s+").split())


_LEADS = _any(
    """with|very|many|warm(?:est)?|best|kind(?:est)?|all|my|our|sunny|mit|freundlich(?:en|em|er|e)?|best(?:en|em|er|e)|viel(?:en|er|e)
    herzlich(?:en|em|er|e)?|lieb(?:en|em|er|e)|schon(?:en|er|e)|sonnig(?:en|e)|einen|gute[nr]?|und|dank|avec|bien|mes|nos|veuillez|recevoir
    meilleures?|sinceres?|tres|salutations|con|un|muy|muchas|mil|muchisimas|cordial(?:es|i|e)?|distint[oi]s?|i_miei|i_piu|met|vriendelijk?e|hartelijk?e
    fijne|groet|lieve|warme|med|vanlig(?:a|e)?|vennlig|venlig|basta|beste|s|z|atenciosos|os|com|melhores|meus|thanks|thank_you|merci|gracias|grazie|danke|bedankt|and|et|y|e|en"""
)
_CORES = _any(
    """regards|wishes|all_the_best|best|thanks|thank_you|thx|thnx|tks|ta|cheers|sincerely|respectfully|yours(?:_(?:sincerely|faithfully|truly|respectfully|ever))?|rgds|brgds|br|kr|appreciated
    gr(?:u|ue)(?:ß|ss)(?:e[nr]?|le)?|mfg|vg|lg|bg|dank|danke|hochachtungsvoll
    cordialement|cdlt|salutations|merci|bien_a_vous|sincerement|amicalement|respectueusement|bonne_(?:journee|soiree|reception)|agreer.{0,80}
    saludos?|atentamente|atte|gracias|cordialmente|abrazos?
    saluti|grazie|cordialita|distintamente|buona_(?:giornata|serata)|buon_lavoro
    groet(?:en|jes)?|gr|hoogachtend|mvg|bedankt|hilsen(?:er)?|halsning(?:ar)?|mvh|pozdravem|pozdrawiam|powazaniem|cumprimentos|atenciosamente|obrigad[oa]|terveisin"""
)
_TAILS = _any(
    """again|in_advance|so_much|a_lot|very_much|for_(?:your|the)_help|im_voraus|vorab|d'avance|par_avance|vooraf|de_antemano|por_adelantado|anticipate|in_anticipo
    beaucoup|mille|aus_\\S+|aus_de[mr]_\\S+|from_\\S+|de_\\S+|distinguees|cordiales|a_todos|cordiali|distinti|vast|alvast
    (?:and|und|et|y|e|en)_(?:best_|kind_|beste[nr]?_|viele_|liebe_|bonne_|schone[nr]?_|un_)*(?:regards|wishes|gr(?:u|ue)(?:ß|ss)e?|journee|soiree|saludos?|saluti|groet(?:en)?|tag)"""
)
_SIGN_OFF = re.compile(
    rf"^\W*(?:(?:{_LEADS})[\s,&+]+)*(?:{_CORES})(?:[\s,&]+(?:{_TAILS}))*\s*[,.!;~-]*(?:\s+(?P<name>\S+(?:\s+\S+)?))?$"
)
_GREETING = re.compile(
    r"^\W*(?:(?:"
    r"hi|hiya|hey|hello|dear|good_(?:morning|afternoon|evening|day)|morning|afternoon|greetings|to_whom"
    r"|hallo|moin|servus|gruss_gott|gruß_gott|guten_(?:tag|morgen|abend)|liebe[rs]?|werte[rs]?|sehr_geehrte\w*"
    r"|bonjour|bonsoir|salut|cher|chere|chers|madame|monsieur|messieurs|mesdames"
    r"|hola|buenos_dias|buenas(?:_tardes)?|estimad[oa]s?|apreciad[oa]s?|muy_(?:sr|senor)\w*"
    r"|ciao|salve|buongiorno|buonasera|gentil\w*|egregi\w*|spett\w*|caro|cara"
    r"|beste|hoi|dag|goede(?:morgen|middag|_morgen|_middag)|goeiemorgen|geachte|l\.?s"
    r"|hej|hei|dobry_den|dzien_dobry|szanown\w*|bom_dia|boa_tarde|prezad\w*|caros?"
    r")\b)".replace("_", r"\s+")
)
_ASKS_OR_THANKS = re.compile(
    r"^\W*(?:thanks|thank you|please|requested|bitte|danke|merci|veuillez|gracias|por favor|grazie|per favore|bedankt|graag|alvast)\b"
)


def is_sign_off(row: str) -> bool:
    """Whether a row only takes leave, maybe with a name: "Best regards,", "Mit bestem Gruß", "Merci d'avance / Thanks"."""
    return len(row) < LONGEST and all(_takes_leave(part.strip()) for part in row.split(" / "))


def _takes_leave(text: str) -> bool:
    folded = fold(text).replace("’", "'")
    found = _SIGN_OFF.match(folded)
    if found is None or found["name"] is None:
        return found is not None
    name = text[found.start("name") :] if len(folded) == len(text) else found["name"]
    return name[:1].isupper() or (
        " " not in name and name.isalpha() and not folded.startswith("best")
    )


def signer_of(row: str) -> str:
    """The name that a row of leave ends with ("Groetjes Anouk"), "" when it has none."""
    folded = fold(row).replace("’", "'").strip()
    found = _SIGN_OFF.match(folded) if is_sign_off(row) else None
    name = found["name"] if found else None
    return row.strip()[-len(name) :] if name and len(folded) == len(row.strip()) else ""


def greets(row: str) -> bool:
    """Whether a row begins by greeting somebody: "Hi Ben", "Madame, Monsieur," """
    return _GREETING.match(fold(row[:40])) is not None


def asks_or_thanks(row: str) -> bool:
    """Whether a row begins with thanks or a plea, as no name of goods does."""
    return _ASKS_OR_THANKS.match(fold(row[:40])) is not None
