"""What names companies: legal forms and words that firms put in their names, and whether two names mean one company."""

from __future__ import annotations

import re

from extraction.vocabulary import meanings, tokens

_LEGAL_FORMS = r"inc|incorporated|ltd|limited|llc|llp|l\.?l\.?c|corp|corporation|company|co(?!\.?\s+(?-i:[A-Z][a-z]))|gmbh|ag|kg|ohg|se|sas|sarl|s\.a\.s|s\.a\.r\.l|sa|s\.?a|srl|s\.r\.l|s\.n\.c|snc|spa|s\.p\.a|bv|b\.v|nv|n\.v|v\.?o\.?f|co-op|coop|pte|lda|ltda|s\.r\.o|a\.s|asa|oü|ou|oyj|zrt|d\.o\.o|a/s|i/s|k\.k|kk|bvba|sprl|eirl|plc|pty|pvt|lp|l\.p|sl|s\.l|s\.l\.u|slu|sau|ab|oy|as|aps|kft|sp\. ?z ?o\. ?o|e\.k|mbh|cie|sci|gmbh & co\. kg"
_TRADES = (
    r"group|industries|enterprises|holdings|foods|farms|supply|services|systems|trading|traders|manufacturing|international|university|hospitals?|schools?|colleges?|county|city of|town of|department|district|associates|partners|solutions|technologies|products|stores|distributors|distribution|distributing|wholesale|industrial|electronics|engineering|engineers|works|brands|bros|brothers|sons|industrie|technik|handel|bedrijf|groep|soci[eé]t[eé]|etablissements|[eé]tablissements|ets|mills?|church|hotel|restaurants?|bakery|bakehouse|clinic|council|county of|ministry|institute|laborator(?:y|ies)|labs|logistics|retail|pharma|energy|textiles?|chemicals?|steels?|metals?|plastics|packaging|motors|marine|aviation|aerospace|academy|orchards?|dairy|brewery|winery|refining|bindery|studios?|merchants|printers|trust|borough|authority|medical cent(?:er|re)|m/s|messrs|contractors|builders|foundation|federation"
    r"|stadtwerke|gemeinde|landkreis|klinikum|apotheke|autohaus|b[aä]ckerei|metzgerei|tischlerei|schreinerei|druckerei|g[aä]rtnerei|brauerei|stiftung|maschinenbau|anlagenbau|werkzeugbau|metallbau"
    r"|groupe|mairie|commune de|ville de|lyc[eé]e|clinique|h[oô]pital|pharmacie|boulangerie|laboratoires?|ateliers?|coop[eé]rative|fils|fr[eè]res"
    r"|grupo|ayuntamiento|comercial|suministros|talleres|hermanos|hijos|ferreter[ií]a|farmacia|cl[ií]nica|universidad|colegio|industrias|construcciones|distribuciones|almacenes|bodegas|cooperativa"
    r"|gruppo|comune di|officin[ae]|ditta|figli|fratelli|f\.lli|azienda|ospedale|istituto|cantine|tipografia|panificio|ferramenta|meccanica|costruzioni"
    r"|gemeente|zonen|handelsonderneming|installatiebedrijf|bouwbedrijf|aannemersbedrijf|apotheek|drukkerij|bakkerij|ziekenhuis|stichting|koninklijke|waterschap|techniek"
)
COMPANY = re.compile(rf"(?<!\w)(?:{_LEGAL_FORMS}|{_TRADES})(?!\w)\.?", re.IGNORECASE)
PUBLIC_BODY = re.compile(
    r"^(?:the )?(?:state|commonwealth|county|city|town|township|village|borough|parish|port|university|college) of\b"
    r"|\b(?:city|county|district|borough|shire) council\b|\b(?:unified|independent|public) school\w*|\bschool district\b|\bISD$"
    r"|^(?:stadt|gemeinde|landkreis|landeshauptstadt|universit[aä]t|hochschule|technische)\b|^(?:commune|ville|mairie|universit[eé]|d[eé]partement|r[eé]gion) (?:de|du|des|d['’])"
    r"|^(?:ayuntamiento|universidad|diputaci[oó]n|junta) de\b|^(?:comune|provincia|universit[aà]|regione) d[ei]\b|^(?:gemeente|provincie|universiteit|waterschap)\b",
    re.IGNORECASE,
)
"""Names of towns, counties, schools and universities, which head their own papers."""
_LEGAL = re.compile(r"^\W*(m/s\.?|messrs\.?|spett\.?(le)?|firma|fa\.|attn:?|an)\s+", re.IGNORECASE)


def looks_like_company(text: str) -> bool:
    """Whether a text carries a legal form or a word that firms put in their names."""
    return len(text) <= 80 and any(
        m[0][:1].isupper() or "." in m[0] for m in COMPANY.finditer(text)
    )


_SHOPS = re.compile(
    r"\b(?:garage|auto|caf[eé]|bar|bistro\w*|brasserie|deli|diner|pub|inn|tavern|pizzeria|trattoria|osteria|ristorante|pasticceria|carrozzeria|falegnameria|taller|carpinter[ií]a|panader[ií]a|reformas"
    r"|praxis\w*|gasthof|gasthaus|konditorei|kita|kindergarten|\w*schule|gymnasium|verein|\w*verwaltung|pflegeheim|seniorenzentrum|feuerwehr"
    r"|p[aâ]tisserie|traiteur|menuiserie|commune|coll[eè]ge|[eé]cole|h[oô]tel|instituto|comune|scuola|liceo|studio|basisschool|slagerij|kwekerij|boerderij|zorg\w+"
    r"|nurser(?:y|ies)|surgery|theatre|museum|library|parish|salon|gym|camp|ranch|dental|vet(?:erinary)?|plumbing|heating|roofing|landscap\w+|contractors|builders|construction|repairs?|pastoral|botanicals|crafts?|florists?|gardens?|hire|joinery|kitchens?|boatyard|boatbuilders|snc|s\.n\.c|c\.b|e\.v)\b",
    re.IGNORECASE,
)
"""Trades and houses whose words also stand in names of people and goods."""


def looks_like_firm(text: str) -> bool:
    """As looks_like_company, or a trade or institution by its name; for places where a firm is likely to be named."""
    named = any(m[0][:1].isupper() or "." in m[0] for m in _SHOPS.finditer(text))
    return looks_like_company(text) or (len(text) <= 60 and named)


_FORM = re.compile(
    r"\b(?:inc|ltd|limited|llc|llp|corp|corporation|gmbh|ag|kg|ohg|sas|sarl|s\.a|sa|srl|s\.r\.l|spa|s\.p\.a|bv|b\.v|nv|n\.v|v\.?o\.?f|plc|pty|pvt|sl|s\.l|ab|oy|as|aps|s\.r\.o|a\.s|sp\. ?z ?o\. ?o|e\.k|lda|ltda|eg|oü|kk|co\., ltd)\b\.?\)?$",
    re.IGNORECASE,
)


def has_legal_form(name: str) -> bool:
    """Whether a name ends in a legal form, as full names of companies do."""
    return bool(_FORM.search(name.strip(" ,")))


def same_company(a: str, b: str) -> bool:
    """Whether two names mean one company: their telling words agree."""
    ours, theirs = telling(a), telling(b)
    if not ours or not theirs:
        return False
    shared = len(ours & theirs)
    if not (_first(a, ours) in theirs or _first(b, theirs) in ours):
        return False
    return shared >= 0.6 * min(len(ours), len(theirs)) and (
        shared >= 2 or min(len(ours), len(theirs)) == 1
    )


def _first(name: str, words: set[str]) -> str:
    """The first of the telling words of a name: two "Tool & Die" are not one firm."""
    return next(t.text for t in tokens(name) if t.text in words)


def telling(name: str) -> set[str]:
    """The words that tell one company from another: legal forms and trades are set aside where others remain."""
    words = {t.text for t in tokens(name) if len(t.text) > 1}
    return {w for w in words if w not in _DULL and not COMPANY.fullmatch(w)} or words


_DULL = frozenset(
    [
        "the",
        "of",
        "and",
        "und",
        "et",
        "y",
        "usa",
        "us",
        "schools",
        "city",
        "inc",
        "co",
        "corp",
        "llc",
    ]
)


_NO_NAME = re.compile(
    r"\d|p\.?\s?o\.? ?(?:box|drawer)|attn|c/o?\W|street|road|z\.? ?hd|t\.?a\.?v|à l'att|att\.|postfach|postbus|apartado|casella"
    r"|(?:unit|plot|survey|shop|gat|flat|house|suite|dept|hall|halle|gate|dock|nave|b[aâ]t|no|nr)\b\.?\s*(?:no\.?\s*)?\w?\d",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\s\d{1,5}(?:[-/]\d{1,5})?\s?[a-z]?$|\b(?:str|straat|laan|weg|kade)\.?\s\d"
    r"|^(?:c/|calle|avda|av\.|via|viale|piazza|corso|strada|rue|avenue|bd|boulevard|chemin|ctra|plaza|pol\.|zona|loc\.|z\.?[ai]\.?\s)",
    re.IGNORECASE,
)


def is_street(text: str) -> bool:
    """Whether a row of an address names a street, a house or a part of it rather than who lives there."""
    if _NO_NAME.match(text):
        return True
    first = text.partition(",")[0]
    told = _STREET.search(text.strip(" ,.")) or _STREET.search(first.strip(" ."))
    return bool(told) and not COMPANY.search(first)


def as_name(line: str) -> str:
    """The company that a row of an address names; "" when it names a street, a person's care or a town."""
    text = _LEGAL.sub("", line).strip(" ,:-")
    if meanings(text) and not COMPANY.search(text):
        return ""
    plain = re.search(r"[^\W\d_]{2}", text) and not is_street(text)
    return text if plain and len(text) < 80 and not re.search(r"\b\d{5}\b", text) else ""
