"""The marks by which mails cite, forward, sign and disclaim, in six languages (and a few neighbours)."""

from __future__ import annotations

import re

_ATTRIBUTION = re.compile(
    r"^(?:>\s*)*(?:"
    r"on\b.{4,200}\bwrote\s*:"
    r"|(?:am|den)\b.{4,200}\b(?:schrieb|geschrieben)\b.{0,120}:"
    r"|(?:.{0,80}\s)?schrieb\s.{0,80}\bam\b.{4,120}:"
    r"|le\b.{4,200}\ba écrit\s*:"
    r"|el\b.{4,200}\bescribió\s*:"
    r"|il\b.{4,200}\bha scritto\s*:"
    r"|op\b.{4,200}\b(?:schreef|het volgende geschreven)\b.{0,120}:"
    r"|em\b.{4,200}\bescreveu\s*:"
    r")\s*$",
    re.IGNORECASE,
)
_ATTRIBUTION_START = re.compile(r"^(?:>\s*)*(?:on|am|den|le|el|il|op|em)\s.{0,60}\d", re.IGNORECASE)

_FROM = r"from|von|de|da|van|från|fra|od"
_SENT = r"sent|date|gesendet|datum|envoyé(?: le)?|fecha|enviado(?: el)?|data|inviato|verzonden|skickat|sendt"
_TO = r"to|an|à|a|para|aan|till|til|cc|kopie|copie"
_SUBJECT = r"subject|betreff|objet|asunto|oggetto|onderwerp|ämne|emne|assunto"
_HEADER_LINE = re.compile(
    rf"^(?:>\s*)*\*?(?P<name>{_FROM}|{_SENT}|{_TO}|{_SUBJECT})\*?\s{{0,3}}:\*?\s*\S.{{0,400}}$",
    re.IGNORECASE,
)
_OPENING = re.compile(rf"^(?:>\s*)*\*?(?:{_FROM})\*?\s{{0,3}}:", re.IGNORECASE)
_RULED = re.compile(r"^\s*[-_=*]{5,}\s*$")

_FORWARD_MARK = re.compile(
    r"^[\s>*_-]*(?:"
    r"begin forwarded message|forwarded (?:message|by)\b.{0,80}|fwd message"
    r"|(?:anfang der )?weitergeleitete[nr]?(?: e-?mail| nachricht)?"
    r"|(?:début du )?message (?:transféré|réexpédié)|mensaje reenviado|inicio del mensaje reenviado"
    r"|(?:inizio )?messaggio inoltrato|(?:begin )?doorgestuurd bericht"
    r")\s*:?[\s*_-]*$",
    re.IGNORECASE,
)
_ORIGINAL_MARK = re.compile(
    r"^[\s>*]*-{2,}\s*(?:original(?:nachricht| message| appointment)|ursprüngliche nachricht|message d'origine"
    r"|message original|mensaje original|messaggio originale|oorspronkelijk bericht|original)\s*-{2,}\s*$",
    re.IGNORECASE,
)
_FORWARD_SUBJECT = re.compile(
    r"^\s*(?:\[[^\]]{1,40}\]\s*)?(?:(?:re|aw|sv|antw)\s*:\s*)?(?:fw|fwd|wg|tr|rv|enc|i|doorst|vs|vb|rif)\s*:",
    re.IGNORECASE,
)

_SIGNATURE_LINE = re.compile(
    r"^(?:-- ?|—|_{3,20}|-{3,9})$|^(?:sent from my|get outlook for|von meinem .{1,30} gesendet|envoyé de mon"
    r"|enviado desde mi|inviato da(?:l mio)? |verzonden vanaf|verstuurd vanaf).{0,60}",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"(?:this|the) (?:e-?mail|message|communication)\b.{0,160}(?:confidential|intended|privileged)"
    r"|(?:confidentiality|legal|privacy|security) (?:notice|disclaimer)|^disclaimer\b"
    r"|if you (?:are not|have received|received).{0,40}(?:intended recipient|in error|by mistake)"
    r"|consider the environment|diese e-?mail.{0,120}(?:vertraulich|ausschließlich|bestimmt)"
    r"|(?:ce|cet) (?:message|e-?mail|courriel).{0,160}(?:confidentiel|destinataire)"
    r"|este (?:mensaje|correo).{0,160}(?:confidencial|destinatario)"
    r"|(?:questo messaggio|questa e-?mail|il presente messaggio|le informazioni).{0,160}(?:riservat|destinatari|confidenzial)"
    r"|(?:dit bericht|deze e-?mail).{0,160}(?:vertrouwelijk|bestemd)",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"^(?:p\.?\s?s\.?|nb|n\.b\.|ps)\s*[:.)-]|^(?:p\.s\.|ps)\s", re.IGNORECASE)
_ORDER_LINE = re.compile(
    r"^(?:[-*•]\s*)?\d{1,6}(?:[.,]\d{1,3})?\s*(?:x\b|×|pcs?\b|pieces?\b|units?\b|ea\b|stk\b|stück\b|st\b|box(?:es)?\b|cases?\b|"
    r"kg\b|m\b|rolls?\b|rollen?\b|karton|pi[eè]ces?\b|unités?\b|bo[iî]tes?\b|piezas?\b|unidades\b|cajas?\b|pezzi\b|scatole?\b|"
    r"stuks?\b|dozen\b|doos\b)|\t.*\t",
    re.IGNORECASE,
)


def attribution_length(rows: list[str], n: int) -> int:
    """How many rows from `n` say "On ... wrote:"; mailers wrap it over up to three. 0 when none does."""
    if not _ATTRIBUTION_START.match(rows[n]) and "schrieb" not in rows[n]:
        return 0
    for length in (1, 2, 3):
        joined = " ".join(row.strip() for row in rows[n : n + length])
        if len(joined) < 420 and _ATTRIBUTION.match(joined):
            return length
    return 0


def header_length(rows: list[str], n: int) -> int:
    """How many rows from `n` are a header of another mail: its rule or mark, then From, Sent, To, Subject."""
    start = n
    if _ORIGINAL_MARK.match(rows[n]) or _RULED.match(rows[n]) or is_forward_mark(rows[n]):
        start = n + 1
        while start < len(rows) and start < n + 3 and not rows[start].strip("> \t"):
            start += 1
    if start >= len(rows) or not _HEADER_LINE.match(rows[start]):
        return 1 if _ORIGINAL_MARK.match(rows[n]) else 0
    names: set[str] = set()
    at = start
    while at < len(rows) and at < start + 9:
        found = _HEADER_LINE.match(rows[at])
        if found:
            names.add(_role(found["name"]))
        elif not rows[at].strip("> \t") or not rows[at].startswith((" ", "\t", "<")):
            break
        at += 1
    opens = _OPENING.match(rows[start]) is not None
    enough = len(names) >= 3 or (len(names) == 2 and start > n)
    return at - n if enough and (opens or start > n) else 0


def _role(name: str) -> str:
    for role, pattern in (("from", _FROM), ("sent", _SENT), ("subject", _SUBJECT)):
        if re.fullmatch(pattern, name, re.IGNORECASE):
            return role
    return "to"


def is_cited(row: str) -> bool:
    return row.lstrip(" ").startswith((">", "|>"))


def is_forward_mark(row: str) -> bool:
    return len(row) < 160 and _FORWARD_MARK.match(row) is not None


def is_forward_subject(subject: str) -> bool:
    return _FORWARD_SUBJECT.match(subject[:200]) is not None


def is_signature_line(row: str) -> bool:
    return len(row) < 100 and _SIGNATURE_LINE.match(row.strip() or "x") is not None


def is_disclaimer(row: str) -> bool:
    return _DISCLAIMER.search(row[:600]) is not None


def is_postscript(row: str) -> bool:
    return _POSTSCRIPT.match(row[:20]) is not None


def is_order_line(row: str) -> bool:
    return _ORDER_LINE.search(row[:300]) is not None
