"""What a partner profile says, as frozen values; core.exchange.profile reads and checks the TOML."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

SAME = "same"
MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Identity:
    """An identifier with the standard it is used in; group_id: X12 GS02/GS03 or EDIFACT UNG, "" for the same."""

    standard: str
    id: str
    qualifier: str = ""
    group_id: str = ""


@dataclass(frozen=True, slots=True)
class Writing:
    """How they want what we write; "" follows their own last interchange (core.messages.electronic.facts.Style)."""

    version: str = ""
    syntax: str = ""
    separators: str = ""
    una: bool | None = None
    newline: str = ""
    charset: str = ""
    guideline: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """technical: "always", "when-asked", "never". The others: formats, "mail" or "same" (as the order came); () none.

    overdue_hours: until an answer of theirs that is missing becomes a notice, 0 for never. offers: an answer that counts
    when they agree has codes of its own ("marked"), or those of an accepted change where their side knows no others
    ("plain"); the note that it is an offer stands in both.
    """

    technical: str = "always"
    order: tuple[str, ...] = (SAME,)
    change: tuple[str, ...] = (SAME,)
    ship_notice: tuple[str, ...] = (MAIL,)
    invoice: tuple[str, ...] = ()
    overdue_hours: int = 24
    offers: str = "marked"


@dataclass(frozen=True, slots=True)
class Carrier:
    """How files travel. kind: "drop", "exchange" (folder), "sftp", "mail" (to), "https" (url); "" as the order came.

    known_hosts, key_file: paths on this machine. path: folder on their server. name: of the file, with {format},
    {control}, {partner} and {suffix}.
    """

    kind: str = ""
    folder: str = ""
    host: str = ""
    port: int = 22
    user: str = ""
    known_hosts: str = ""
    key_file: str = ""
    path: str = "."
    to: str = ""
    url: str = ""
    name: str = "{format}-{partner}-{control}.{suffix}"


@dataclass(frozen=True, slots=True)
class Inbox:
    """An SFTP folder of theirs that we look into. after: "archive" (moved to `archive`) or "delete"."""

    host: str = ""
    port: int = 22
    user: str = ""
    known_hosts: str = ""
    key_file: str = ""
    path: str = "."
    pattern: str = "*"
    after: str = "archive"
    archive: str = "done"


@dataclass(frozen=True, slots=True)
class Profile:
    """mode: "live", or "test" when nothing of theirs may become a live order.

    tolerance: finding code -> "forgive" (no fault, accepted as it is), "note", "reject". units: their code -> ours.
    price_per: for how many the price of a line is when the message does not say, 0 for one. ship_to: id of theirs ->
    code of the customer's address. carriers: our word for a carrier -> the SCAC that they know it by. us: how they name
    us. first_control: where our numbers to them begin.
    """

    code: str
    name: str = ""
    customer: str = ""
    enabled: bool = True
    mode: str = "live"
    currency: str = ""
    price_per: int = 0
    first_control: int = 1
    identities: tuple[Identity, ...] = ()
    us: tuple[Identity, ...] = ()
    tolerance: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    ship_to: dict[str, str] = field(default_factory=dict)
    carriers: dict[str, str] = field(default_factory=dict)
    write: Writing = Writing()
    answers: Answers = Answers()
    carrier: Carrier = Carrier()
    inbox: Inbox | None = None

    def carrier_code(self, carrier: str) -> str:
        """The SCAC of a carrier as our shipments name it, whatever the case; "" when the profile has none."""
        wanted = carrier.strip().casefold()
        return next((c for name, c in self.carriers.items() if name.casefold() == wanted), "")

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def of_json(found: dict[str, Any]) -> Profile:
        """What as_json gave, also after it went through JSON; names of a later version are left out."""
        known = {f.name: found[f.name] for f in fields(Profile) if f.name in found}
        inbox = known.get("inbox")
        return Profile(
            **{
                **known,
                "identities": tuple(Identity(**one) for one in known.get("identities", ())),
                "us": tuple(Identity(**one) for one in known.get("us", ())),
                "write": Writing(**known.get("write", {})),
                "answers": Answers(**{k: _tuple(v) for k, v in known.get("answers", {}).items()}),
                "carrier": Carrier(**known.get("carrier", {})),
                "inbox": Inbox(**inbox) if inbox else None,
            }
        )


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
