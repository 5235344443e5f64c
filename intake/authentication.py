"""What our own mail server found out about the sender (RFC 8601), aligned with From (RFC 7489 3.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.inbound.values import Authentication
from intake.headers import address

UNNAMED = "-"  # configured for servers that stamp without an authserv-id, as Microsoft 365 does

_SERVER = re.compile(r"[\s]*(?P<name>[^\s;=()\"]+)\s*(?P<equals>=?)")
_PIECE = re.compile(
    r"(?P<name>[A-Za-z][\w./-]*)\s*=\s*(?P<value>\"(?:[^\"\\]|\\.)*\"|[^\s;\"()]+)(?=[\s;(]|$)"
    r"|(?P<end>;)|[^\s;=\"()]+(?=[\s;(]|$)|\s+",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Result:
    method: str
    outcome: str
    properties: dict[str, str]


def read(
    stamps: tuple[bytes, ...], from_domain: str, authserv_ids: tuple[str, ...]
) -> Authentication:
    """The topmost Authentication-Results of a configured server; everything below may be forged.

    stamps: raw header values from the top of the mail down. from_domain: domain of the only From
    address, "" when there is none or several (nothing can pass then).
    """
    trusted = {name.lower() for name in authserv_ids}
    for stamp in stamps:
        server, results = _parse(stamp.decode("latin-1"))
        if server in trusted:
            return _judge(results, from_domain)
    return Authentication()


def _judge(results: list[_Result], from_domain: str) -> Authentication:
    dmarc = _outcome(results, "dmarc")
    spf, spf_aligned = _aligned(results, "spf", from_domain)
    dkim, dkim_aligned = _aligned(results, "dkim", from_domain)
    return Authentication(
        verdict=_verdict(results, from_domain, dmarc, spf_aligned or dkim_aligned),
        spf=spf,
        dkim=dkim,
        dmarc=dmarc,
    )


def _verdict(results: list[_Result], from_domain: str, dmarc: str, aligned: bool) -> str:
    checked = [r for r in results if r.method in ("spf", "dkim", "dmarc") and r.outcome != "none"]
    if not checked:
        return "none"
    if not from_domain or dmarc == "fail":
        return "fail"
    if dmarc == "pass" and _dmarc_is_about(results, from_domain):
        return "pass"
    return "pass" if aligned else "fail"


def _dmarc_is_about(results: list[_Result], from_domain: str) -> bool:
    named = [r.properties.get("header.from", "") for r in results if r.method == "dmarc"]
    return all(not n or n.rpartition("@")[2].lower() == from_domain for n in named)


def _outcome(results: list[_Result], method: str) -> str:
    return next((r.outcome for r in results if r.method == method), "")


def _aligned(results: list[_Result], method: str, from_domain: str) -> tuple[str, bool]:
    """The outcome to show, and whether a passing result speaks for the domain of From."""
    for result in results:
        if result.method == method and result.outcome == "pass" and from_domain:
            spoken_for = _domain(result)
            if spoken_for and is_aligned(spoken_for, from_domain):
                return "pass", True
    return _outcome(results, method), False


def _domain(result: _Result) -> str:
    names = ("header.d", "header.i") if result.method == "dkim" else ("smtp.mailfrom", "smtp.helo")
    named = next((result.properties[n] for n in names if result.properties.get(n)), "")
    return named.rpartition("@")[2].lower().rstrip(".")


def is_aligned(domain: str, from_domain: str) -> bool:
    """Equal, or one the parent of the other; without a list of public suffixes cousins do not align."""
    shorter, longer = sorted((domain, from_domain), key=len)
    return shorter == longer or (shorter.count(".") >= 1 and longer.endswith("." + shorter))


def domain_of(spec: str) -> str:
    """The domain of an addr-spec, lower case, "" when there is none."""
    return address(spec).rpartition("@")[2].rstrip(".")


def _parse(value: str) -> tuple[str, list[_Result]]:
    """The authserv-id (lower case, "-" when absent) and the results, none when anything is odd.

    Senders choose the envelope address and so parts of the stamp: an odd quote could smuggle a result in.
    """
    sections = _sections(value)
    if sections is None:
        return _server(value), []
    return _server(value), [r for r in map(_result, sections) if r]


def _server(value: str) -> str:
    match = _SERVER.match(value)
    return UNNAMED if match is None or match["equals"] else match["name"].lower()


def _sections(value: str) -> list[list[tuple[str, str]]] | None:
    """Name and value pairs between semicolons; None when quotes or comments are not as they should be."""
    sections: list[list[tuple[str, str]]] = [[]]
    at, depth = 0, 0
    while at < len(value):
        sign = value[at]
        if depth and sign == '"':
            return None
        if depth or sign in "()":
            depth = max(depth + {"(": 1, ")": -1}.get(sign, 0), 0)
            at += 2 if sign == "\\" else 1
            continue
        match = _PIECE.match(value, at)
        if match is None:
            return None
        at = match.end()
        if match["end"]:
            sections.append([])
        elif match["name"]:
            sections[-1].append((match["name"].lower(), _unquoted(match["value"])))
    return None if depth else sections


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value


def _result(pairs: list[tuple[str, str]]) -> _Result | None:
    """[("spf", "pass"), ("smtp.mailfrom", "a@b")] as method, outcome and properties."""
    if not pairs:
        return None
    (method, outcome), *others = pairs
    properties: dict[str, str] = {}
    for name, found in others:
        properties.setdefault(name, found)
    return _Result(method.split("/")[0], outcome.lower(), properties)
