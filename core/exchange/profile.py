"""Pure: a partner profile as TOML text -> frozen values, or every problem with its key and what would be right."""

from __future__ import annotations

import re
import tomllib

from core.exchange.formats import formats_of
from core.exchange.profile_keys import Keys, ProfileProblem
from core.exchange.profile_values import (
    MAIL,
    SAME,
    Answers,
    Carrier,
    Identity,
    Inbox,
    Profile,
    Writing,
)

_SCAC = re.compile(r"[A-Z]{2,4}")
STANDARDS = (
    "x12",
    "edifact",
    "ubl",
    "cii",
    "cxml",
    "opentrans",
    "idoc",
    "gs1",
    "oagis",
    "tradacoms",
)
JUDGEMENTS = ("forgive", "note", "reject")
CARRIERS = ("drop", "exchange", "sftp", "mail", "https")
TECHNICAL = ("always", "when-asked", "never")
OFFERS = ("marked", "plain")
NEWLINES = ("", "\n", "\r\n")
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
_FINDING = re.compile(r"(edi|xml)(-[a-z0-9]+)+|PEPPOL(-[A-Za-z0-9.]+)+")
_CURRENCY = re.compile(r"[A-Z]{3}")
_NAME_PARTS = re.compile(r"\{(\w+)\}")
NAME_PARTS = ("format", "control", "partner", "suffix")
SECRET_WORDS = ("password", "secret", "shared_secret", "passphrase")

NEEDED_BY_CARRIER: dict[str, dict[str, str]] = {
    "drop": {"folder": "the folder into which files are put"},
    "exchange": {"folder": "the folder from which the access point takes files"},
    "sftp": {
        "host": "the server's name",
        "user": "our user name at the server",
        "known_hosts": "a file with the server's key in OpenSSH's known_hosts form",
    },
    "mail": {"to": "the address to which messages are mailed"},
    "https": {"url": "an address that begins with https://"},
}


def read_profile(text: str) -> tuple[Profile | None, tuple[ProfileProblem, ...]]:
    """The profile, or None with everything that is wrong with it."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (ProfileProblem("the file", f"is no TOML: {error}."),)
    problems: list[ProfileProblem] = []
    keys = Keys(table, "", problems)
    profile = Profile(
        code=_code(keys),
        name=keys.text("name", needed="the partner's name as people see it"),
        customer=keys.text("customer"),
        enabled=bool(keys.flag("enabled", True)),
        mode=keys.choice("mode", ("live", "test"), "live"),
        currency=_currency(keys),
        price_per=keys.number("price_per", 0, 0, 1_000_000),
        first_control=keys.number("first_control", 1, 1, 999_999_999),
        identities=_identities(keys, "identity"),
        us=_identities(keys, "us"),
        tolerance=_tolerance(keys),
        units=keys.words("units"),
        ship_to=keys.words("ship_to"),
        carriers=_carriers(keys),
        write=_writing(keys.table("write")),
        answers=_answers(keys.table("answers")),
        carrier=_carrier(keys.table("carrier")),
        inbox=_inbox(keys.table("inbox")),
    )
    if not profile.identities and not problems:
        keys.wrong(
            "identity", "is missing; one [[identity]] at least says how their files name them."
        )
    keys.close()
    return (None if problems else profile), tuple(problems)


def _code(keys: Keys) -> str:
    code = keys.text("code", needed='a short name of the partner, like "acme-works"')
    if code and not _CODE.fullmatch(code):
        keys.wrong("code", f"is {code!r}; it must be small letters, digits, - and _.")
    return code


def _currency(keys: Keys) -> str:
    found = keys.text("currency")
    if found and not _CURRENCY.fullmatch(found):
        keys.wrong("currency", f'is {found!r}; it must be an ISO 4217 code like "EUR".')
    return found


def _identities(keys: Keys, key: str) -> tuple[Identity, ...]:
    found = []
    for one in keys.tables(key):
        identity = Identity(
            standard=one.choice("standard", STANDARDS, STANDARDS[0]),
            id=one.text("id", needed="the identifier as their files have it"),
            qualifier=one.text("qualifier"),
            group_id=one.text("group_id"),
        )
        if identity in found:
            one.wrong("id", f"{identity.id!r} stands here twice.")
        found.append(identity)
        one.close()
    return tuple(found)


def _carriers(keys: Keys) -> dict[str, str]:
    """Our word for a carrier -> its SCAC, two to four capital letters (element 140)."""
    found = keys.words("carriers")
    for name, code in found.items():
        if not _SCAC.fullmatch(code):
            keys.wrong(
                f"carriers.{name}",
                f'is {code!r}; a SCAC has two to four capital letters, like "UPSN".',
            )
    return found


def _tolerance(keys: Keys) -> dict[str, str]:
    found = keys.words("tolerance", JUDGEMENTS)
    for code in found:
        if not _FINDING.fullmatch(code):
            keys.wrong(
                f"tolerance.{code}",
                'is no finding code; right would be one like "edi-message-count" '
                "(`orderclerk partner check` prints those that a file has).",
            )
    return found


def _writing(keys: Keys | None) -> Writing:
    if keys is None:
        return Writing()
    found = Writing(
        version=keys.text("version"),
        syntax=keys.text("syntax"),
        separators=keys.text("separators"),
        una=keys.flag("una", None),
        newline=keys.choice("newline", NEWLINES, ""),
        charset=keys.text("charset"),
        guideline=keys.text("guideline"),
    )
    marks = found.separators.replace(" ", "")
    if found.separators and (len(found.separators) not in (4, 5) or len(set(marks)) != len(marks)):
        keys.wrong(
            "separators",
            'must be four different characters for X12 (element, component, segment, repetition: "*>~^") or five '
            'for EDIFACT (component, element, decimal mark, release, segment: ":+.?\'").',
        )
    if any(mark.isalnum() for mark in marks):
        keys.wrong("separators", "must not hold letters or digits.")
    if found.charset:
        try:
            "".encode(found.charset)
        except LookupError:
            keys.wrong(
                "charset", f'{found.charset!r} is not known; right would be "latin-1" or "utf-8".'
            )
    keys.close()
    return found


def _answers(keys: Keys | None) -> Answers:
    if keys is None:
        return Answers()
    usual = Answers()
    found = Answers(
        technical=keys.choice("technical", TECHNICAL, usual.technical),
        order=keys.choices("order", (SAME, MAIL, *formats_of("order")), usual.order),
        change=keys.choices("change", (SAME, MAIL, *formats_of("change")), usual.change),
        ship_notice=keys.choices(
            "ship_notice", (SAME, MAIL, *formats_of("ship_notice")), usual.ship_notice
        ),
        invoice=keys.choices("invoice", (SAME, *formats_of("invoice")), usual.invoice),
        overdue_hours=keys.number("overdue_hours", usual.overdue_hours, 0, 24 * 60),
        offers=keys.choice("offers", OFFERS, usual.offers),
    )
    keys.close()
    return found


def _carrier(keys: Keys | None) -> Carrier:
    if keys is None:
        return Carrier()
    kind = keys.choice("kind", CARRIERS, CARRIERS[0])
    needed = NEEDED_BY_CARRIER[kind]
    found = Carrier(
        kind=kind,
        folder=keys.text("folder", needed=needed.get("folder", "")),
        host=keys.text("host", needed=needed.get("host", "")),
        port=keys.number("port", 22, 1, 65535),
        user=keys.text("user", needed=needed.get("user", "")),
        known_hosts=keys.text("known_hosts", needed=needed.get("known_hosts", "")),
        key_file=keys.text("key_file"),
        path=keys.text("path", "."),
        to=keys.text("to", needed=needed.get("to", "")),
        url=keys.text("url", needed=needed.get("url", "")),
        name=keys.text("name", Carrier().name),
    )
    if kind == "https" and found.url and not found.url.startswith("https://"):
        keys.wrong("url", f"is {found.url!r}; it must begin with https://.")
    if kind == "mail" and found.to and "@" not in found.to:
        keys.wrong("to", f"is {found.to!r}; it must be a mail address.")
    unknown = [part for part in _NAME_PARTS.findall(found.name) if part not in NAME_PARTS]
    if unknown or "{control}" not in found.name or "/" in found.name:
        keys.wrong(
            "name",
            f"is {found.name!r}; it must hold {{control}}, and may hold {{format}}, {{partner}} and {{suffix}}, no /.",
        )
    _no_secrets(keys)
    keys.close()
    return found


def _inbox(keys: Keys | None) -> Inbox | None:
    if keys is None:
        return None
    needed = NEEDED_BY_CARRIER["sftp"]
    found = Inbox(
        host=keys.text("host", needed=needed["host"]),
        port=keys.number("port", 22, 1, 65535),
        user=keys.text("user", needed=needed["user"]),
        known_hosts=keys.text("known_hosts", needed=needed["known_hosts"]),
        key_file=keys.text("key_file"),
        path=keys.text("path", "."),
        pattern=keys.text("pattern", "*"),
        after=keys.choice("after", ("archive", "delete"), "archive"),
        archive=keys.text("archive", "done"),
    )
    _no_secrets(keys)
    keys.close()
    return found


def _no_secrets(keys: Keys) -> None:
    for word in SECRET_WORDS:
        keys.refuse(
            word, "does not belong into a profile; `orderclerk partner secret` keeps it sealed."
        )
