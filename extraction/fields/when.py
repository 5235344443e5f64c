"""When people want their goods, said in words: "tomorrow", "by Friday", "KW 32", "end of March", "ASAP"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from extraction.fields.dates import MONTHS, WEEKDAYS, fold
from extraction.fields.words import NUMBER_WORDS

FRIDAY = 5


@dataclass(frozen=True, slots=True)
class When:
    """A time told between two places of a text. day None: it leaves the day open."""

    start: int
    end: int
    day: date | None


_BEFORE = r"(?:(?:needed|required|wanted|due|to be delivered|delivered|delivery|consegna|lieferung|livraison|livrables?|entrega|levering|by|on|graag|pick up|pick it up|pick them up|collect|collection|before|until|till|no later than|not later than|at the latest|latest|bis(?: zum| spatestens)?|zum|am|ab|fur|spatestens|pour(?: le)?|avant(?: le)?|para(?: el)?|antes del?|entro(?: il)?|per(?: il)?|voor|op|uiterlijk|tegen|d'ici(?: le| a)?|(?<!thanks )(?<!thank you )for)\s+)+(?:the\s+|den\s+|le\s+|el\s+|il\s+)?"
_DAY = "|".join(
    sorted(
        (w for w in WEEKDAYS if len(w) > 4 or w in ("weds", "thur", "tues")), key=len, reverse=True
    )
)
_CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:a\.?m\.?|p\.?m\.?|uhr|h\d{0,2}|uur)\s+(?:on\s+)?)?"
_MONTH = "|".join(sorted((m for m in MONTHS if len(m) > 2), key=len, reverse=True))
_COUNT = {fold(word): n for word, n in NUMBER_WORDS.items()} | {"a": 1, "couple of": 2}
_N = rf"(?P<n>\d{{1,2}}|{'|'.join(sorted(map(re.escape, _COUNT), key=len, reverse=True))})"
_OPT = rf"(?:{_BEFORE})?"

_TODAY = re.compile(rf"\b{_OPT}(?:today|heute(?: noch)?|aujourd'hui|oggi|vandaag|(?<!de )hoy)\b")
_TOMORROW = re.compile(
    rf"\b{_OPT}(?:tomorrow(?: morning| afternoon)?|(?<!guten )(?<!guter )(?<!goede )(?<!schonen )morgen(?: fruh| vormittag| nachmittag)?(?!\s*[,!])|(?<=fur )morgen|demain|(?<!la )(?<!pasado )manana|domani)\b"
)
_AFTER = re.compile(
    rf"\b{_OPT}(?:(?:the )?day after tomorrow|ubermorgen|apres-demain|pasado manana|dopodomani|overmorgen)\b"
)
_WEEKDAY = re.compile(
    rf"\b{_BEFORE}{_CLOCK}(?:this\s+|coming\s+|diesen\s+|kommenden\s+|ce\s+|este\s+|questo\s+|deze\s+|komende\s+|aanstaande\s+)?(?P<day>{_DAY})\b"
)
_SHORT = re.compile(
    rf"\b{_BEFORE}(?:(?:{_DAY})\s*,?\s*)?(?:den\s+|the\s+|le\s+|il\s+|el\s+)?(?P<d>\d{{1,2}})(?P<mark>[./])(?P<m>\d{{1,2}})\.?(?![\d./%])(?!\s?(?:mm|cm|m|kg|l|x|inch|in|\"|€|eur|usd|uhr)\b)"
)
"""A day without its year: "entro venerdi 29/05", "bis 3.4."."""
_ANY_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_WEEKDAY_NTH = re.compile(
    rf"\b{_OPT}(?P<day>{_ANY_DAY})\.?,?\s+(?:the\s+|den\s+|le\s+|el\s+|il\s+|de\s+)?(?P<d>[0-3]?\d)(?:st|nd|rd|th|er|e|\.|°)?(?![\w:]|[/.,-]\d)(?!\s+(?:{_MONTH}|of)\b)"
)
""" "samedi 13", "Tuesday the 24th": the weekday proves it."""
_BRACKETED = re.compile(
    rf"\b{_OPT}(?:this\s+|next\s+|coming\s+|kommenden\s+|nachsten\s+)?(?:{_ANY_DAY})\.?\s*\(\s*(?P<d>\d{{1,2}})(?P<mark>[./])(?P<m>\d{{1,2}})\.?\s*\)"
)
""" "next Wednesday (11/11)" """
_NTH = re.compile(
    rf"\b(?:{_BEFORE}(?P<d>\d{{1,2}})(?:st|nd|rd|th)\b|the\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)(?=\s+(?:at the latest|latest|please|would|or)\b)"
    r"|(?:bis(?:\s+zum)?|spatestens(?:\s+am)?|zum)\s+(?P<d3>\d{1,2})\.(?=\s*(?:$|[,;!?)]|bitte))"
    r"|(?:avant|pour|au plus tard|d'ici)\s+le\s+(?P<d4>\d{1,2})(?=\s*(?:$|[.,;!?)](?!\d)|svp|merci|inclus|au plus))"
    r"|(?:antes\s+del|para\s+el|hasta\s+el)\s+(?:dia\s+)?(?P<d5>\d{1,2})(?=\s*(?:$|[.,;!?)](?!\d)|por favor|como muy|a mas))"
    r"|(?:entro|per)\s+il\s+(?P<d6>\d{1,2})(?=\s*(?:$|[.,;!?)](?!\d)|grazie|p\.\s?v))"
    r"|(?:voor|uiterlijk|op)\s+(?:de\s+)?(?P<d7>\d{1,2})e\b)"
    rf"(?!\s+(?:of\s+)?(?:{_MONTH}|floor|avenue|ave|street|st|etage|og|stock)\b)"
)
"""A day of the month alone: "by the 5th", "bis zum 27.", "antes del dia 12"."""
_BARE_WEEKDAY = re.compile(
    rf"(?<=[a-z0-9] )(?<!closed )(?<!shut )(?<!last )(?<!every )(?<!each )(?<!zu )(?<!geschlossen )(?<!letzten )(?P<day>{_DAY})(?=\s*(?:$|[.!?]|please|pls|thanks|thx|ta\b|with\b|first thing|morning|afternoon|evening|arvo|lunch|a\.?m\b|p\.?m\b|svp|graag|op\b|fruh|mattina|matin))"
)
_THIS_WEEKDAY = re.compile(
    rf"\b(?:this|diesen|ce|este|questo|deze)\s+(?P<day>{_DAY})\b|\b(?P<day2>{_DAY})\s+(?:prochain|proximo|prossimo)\b"
)
_NEXT_WEEK = r"next\s+week|nachste[rn]?\s+woche|(?:la\s+)?semaine\s+prochaine|(?:la\s+)?semana\s+que\s+viene|(?:la\s+)?proxima\s+semana|(?:la\s+)?settimana\s+prossima|(?:la\s+)?prossima\s+settimana|volgende\s+week"
_DAY_NEXT_WEEK = re.compile(
    rf"\b{_OPT}(?:{_NEXT_WEEK}),?\s+(?:on\s+|am\s+|op\s+|el\s+|il\s+|le\s+)?(?P<day>{_DAY})\b"
    rf"|\b{_OPT}(?:el\s+|il\s+|le\s+)?(?P<day2>{_DAY})\s+(?:of\s+|de\s+|della\s+|van\s+)?(?:{_NEXT_WEEK})\b"
)
""" "la semana que viene, el martes", "mardi de la semaine prochaine": in the week after this one."""
_DAY_DELIVERY = re.compile(
    rf"\b(?P<day>{_DAY})\s+(?:delivery|collection|drop|pick[- ]?up)\b(?!\s+(?:never|failed|did|was))"
)
""" "Tuesday delivery is fine" """
_NEXT_WEEKDAY = re.compile(rf"\b{_OPT}(?:next|nachste[nr]?|volgende)\s+(?:{_DAY})\b")
_WEEK = re.compile(
    rf"\b{_OPT}(?:(?:in|der|die|during|en|nella|in de|la|de)\s+)*(?:kw|kalenderwoche|week|wk|semaine|semana|settimana|sem\.?)\s*(?:no\.?|nr\.?|n°|#)?\s*(?P<w>\d{{1,2}})\b(?!\s*(?:tage|days))|\b{_OPT}(?:in\s+)?(?:der\s+)?(?P<w2>\d{{1,2}})\.\s*(?:kw|kalenderwoche)\b"
)
_END = re.compile(
    rf"\b{_OPT}(?:(?:the\s+)?end\s+of|ende|fin(?:es|e)?(?:\s+(?:de|du|di))?|eind(?:e)?(?:\s+van)?|letzte\s+woche)\s+(?P<month>{_MONTH})(?:\s+(?P<year>20\d\d))?\b(?!\s+(?:next|nachste|prochain))"
)
_END_WEEK = re.compile(
    rf"\b{_OPT}(?:(?:the\s+)?end\s+of\s+(?:the|this)\s+week|ende\s+(?:der|dieser)\s+woche|fin\s+de\s+(?:la\s+)?semaine|fin(?:es)?\s+de\s+(?:esta\s+)?semana|fine\s+settimana|eind\s+(?:van\s+)?(?:deze|de)\s+week)\b"
)
_IN = re.compile(
    rf"\b(?:in|dans|en|dentro\s+de|tra|fra|over)\s+{_N}\s+(?:(?P<weeks>weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken)|(?P<days>days?|tagen?|jours?|dias?|giorn[oi]|dagen))\b(?:\s+time)?"
)
_WITHIN = re.compile(
    rf"\b(?:within|innerhalb(?:\s+von)?|binnen|sous|entro)\s+{_N}\s+(?:(?:working|business|calendar|werk|arbeits)[\s-]?)?(?:weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken|days?|tagen?|jours?|dias?|giorn[oi]|(?:werk)?dagen)\b"
)
"""A term that somebody else's day begins ("within 10 days of receipt"): no day is told."""
_OPEN = re.compile(
    rf"\b{_OPT}(?:as\s+soon\s+as\s+(?:possible|you\s+can)|asap|a\.s\.a\.p\.?|so\s+(?:schnell|bald)\s+wie\s+moglich|schnellst(?:moglich|ens)|baldmoglichst|umgehend|des\s+que\s+possible|au\s+plus\s+vite|le\s+plus\s+(?:vite|tot)\s+possible|lo\s+antes\s+posible|cuanto\s+antes|il\s+prima\s+possibile|al\s+piu\s+presto|quanto\s+prima|zo\s+(?:snel|spoedig)\s+mogelijk|urgently"
    rf"|(?:early\s+|mid(?:dle\s+of)?[\s-]+|late\s+|(?:the\s+)?beginning\s+of\s+|(?:the\s+)?end\s+of\s+)?next\s+(?:week|month)|(?:ende\s+|anfang\s+|mitte\s+)?nachste[nr]?\s+(?:woche|monat)s?|la\s+semaine\s+prochaine|le\s+mois\s+prochain|la\s+(?:semana\s+que\s+viene|proxima\s+semana)|la\s+(?:settimana\s+prossima|prossima\s+settimana)|volgende\s+(?:week|maand)"
    rf"|(?:early|mid|late|beginning\s+of|middle\s+of|anfang|mitte|debut|mi|principios\s+de|mediados\s+de|inizio|meta|begin|half|medio)[\s-]+(?:{_MONTH})"
    rf"|(?:the\s+)?end\s+of\s+(?:{_MONTH})\s+next\s+year|whenever\s+(?:you\s+can|possible|it\s+suits))\b"
)


@lru_cache(maxsize=256)
def find(text: str, near: date | None) -> tuple[When, ...]:
    """Every time told in words, in order; `near` is the day the mail came, without it all days stay open."""
    folded = fold(text).replace("’", "'")
    found: list[When] = []
    for when in sorted(_every(folded, near), key=lambda w: (w.start, -w.end)):
        if not found or when.start >= found[-1].end:
            found.append(when)
    return tuple(found)


def _every(folded: str, near: date | None) -> Iterator[When]:
    for match in _OPEN.finditer(folded):
        yield When(*match.span(), None)
    for match in _NEXT_WEEKDAY.finditer(folded):
        yield When(*match.span(), None)
    for pattern, ahead in ((_TODAY, 0), (_TOMORROW, 1), (_AFTER, 2)):
        for match in pattern.finditer(folded):
            yield When(*match.span(), near and near + timedelta(days=ahead))
    for match in (*_SHORT.finditer(folded), *_BRACKETED.finditer(folded)):
        day = near and _coming(int(match["d"]), int(match["m"]), near, match["mark"] == ".")
        if day:
            yield When(*match.span(), day)
    for match in _WEEKDAY_NTH.finditer(folded):
        day = near and _on_weekday(match["day"], int(match["d"]), near)
        if day or near is None:
            yield When(*match.span(), day)
    for match in _NTH.finditer(folded):
        told = next(n for n in match.groups() if n)
        day = near and _of_month(int(told), near)
        if day or near is None:
            yield When(*match.span(), day)
    for match in _DAY_NEXT_WEEK.finditer(folded):
        yield When(*match.span(), near and _in_next_week(match["day"] or match["day2"], near))
    for pattern in (_WEEKDAY, _THIS_WEEKDAY, _BARE_WEEKDAY, _DAY_DELIVERY):
        for match in pattern.finditer(folded):
            name = match["day"] or match.groupdict().get("day2") or ""
            yield When(*match.span(), near and _next_weekday(name, near))
    for match in _WEEK.finditer(folded):
        yield When(*match.span(), near and _friday_of(int(match["w"] or match["w2"]), near))
    for match in _END.finditer(folded):
        yield When(*match.span(), near and _month_end(match, near))
    for match in _END_WEEK.finditer(folded):
        yield When(*match.span(), near and _next_weekday("friday", near - timedelta(days=1)))
    for match in _WITHIN.finditer(folded):
        yield When(*match.span(), None)
    for match in _IN.finditer(folded):
        n = int(match["n"]) if match["n"].isdigit() else _COUNT[match["n"]]
        yield When(*match.span(), near and near + timedelta(days=n * (7 if match["weeks"] else 1)))


def _coming(first: int, second: int, near: date, day_first: bool) -> date | None:
    """The next such day, day first where that is possible, within nine months."""
    for day, month in ((first, second), (second, first))[: 1 if day_first else 2]:
        for year in (near.year, near.year + 1):
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if timedelta(0) <= found - near < timedelta(days=270):
                return found
    return None


def _on_weekday(name: str, number: int, near: date) -> date | None:
    """The next day of the month with this number that falls on the weekday, within two months."""
    days = (near + timedelta(days=n) for n in range(62))
    return next((d for d in days if d.day == number and d.weekday() == WEEKDAYS[name]), None)


def _of_month(number: int, near: date) -> date | None:
    days = (near + timedelta(days=n) for n in range(1, 62))
    return next((d for d in days if d.day == number), None)


def _next_weekday(name: str, near: date) -> date:
    return near + timedelta(days=(WEEKDAYS[name] - near.weekday() - 1) % 7 + 1)


def _in_next_week(name: str, near: date) -> date:
    return near + timedelta(days=7 - near.weekday() + WEEKDAYS[name])


def _friday_of(week: int, near: date) -> date | None:
    """The last working day of the next such calendar week (ISO 8601): in that week is still in time."""
    for year in (near.isocalendar().year, near.isocalendar().year + 1):
        try:
            day = date.fromisocalendar(year, week, FRIDAY)
        except ValueError:
            continue
        if day >= near:
            return day
    return None


def _month_end(match: re.Match[str], near: date) -> date:
    month = MONTHS[match["month"]]
    year = int(match["year"]) if match["year"] else near.year + (month < near.month)
    return date(year, month, monthrange(year, month)[1])
