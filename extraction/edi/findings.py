"""What may be noticed in an electronic order: fixed code -> severity and sentence.

Codes in brackets are the standard's own: X12 720 and 718 (AK502, AK905), I18 (TA105); EDIFACT 0085.
"""

from __future__ import annotations

from core.inbound.envelopes import Fault
from core.inbound.values import Finding
from extraction.edi.faults import CONTENT_FAULTS, fault_of

MAX_FINDINGS = 200
MAX_FAULTS = 500

SENTENCES: dict[str, tuple[str, str]] = {
    # envelopes
    "edi-test": (
        "warning",
        "The sender marked this as a test ({mark}); it must not become a live order.",
    ),
    "edi-cut": ("error", "The file ends before {trailer}; it may be cut short{code}."),
    "edi-no-message": ("error", "The envelope holds no message."),
    "edi-envelope-missing": (
        "error",
        "The message stands in no envelope ({header} is missing); who sent it cannot be told{code}.",
    ),
    "edi-header-value": ("warning", "{element} of the envelope is not valid: {value}{code}."),
    "edi-value": ("warning", "{element} is not valid: {value}{code}."),
    "edi-segment-missing": (
        "error",
        "The segment {tag} is missing, without which there is no order.",
    ),
    "edi-not-supported": ("info", "{what} ({format}) is not processed here."),
    "edi-interchange-number": (
        "warning",
        "{header} says number {declared}, {trailer} says {found}{code}.",
    ),
    "edi-interchange-count": ("warning", "{trailer} counts {declared}, there are {found}{code}."),
    "edi-group-number": (
        "warning",
        "{header} says group {declared}, {trailer} says {found}{code}.",
    ),
    "edi-group-count": (
        "warning",
        "{trailer} counts {declared} messages in the group, there are {found}{code}.",
    ),
    "edi-message-number": (
        "warning",
        "{header} says message {declared}, {trailer} says {found}{code}.",
    ),
    "edi-message-count": (
        "warning",
        "{trailer} counts {declared} segments, there are {found}{code}.",
    ),
    "edi-message-unclosed": (
        "error",
        "{trailer} is missing; the message ends where the next one begins{code}.",
    ),
    "edi-duplicate-number": (
        "warning",
        "The number {number} is used twice in this file ({header}){code}.",
    ),
    "edi-stray-segment": (
        "warning",
        "{what} outside any message and was not read.",
    ),
    "edi-message-headless": (
        "error",
        "{what} in no message, since {header} is missing before it; nothing of it was read{code}.",
    ),
    "edi-header-tag": (
        "error",
        "{found} stands where {header} must; it was read as such, but nothing is taken on from it{code}.",
    ),
    "edi-group-kind": (
        "warning",
        "The group says {declared}, but the message is {found}; the message is believed.",
    ),
    "edi-version": (
        "info",
        "The envelope says version {envelope}, the group {group}; the group is believed.",
    ),
    "edi-ids-differ": ("info", "Envelope and group name different {end}s: {envelope} and {group}."),
    # repairs of the syntax
    "edi-repair-delimiters": (
        "info",
        "The envelope's header has an unusual form ({form}); the separators were worked out.",
    ),
    "edi-repair-joined": (
        "warning",
        "A segment end was missing before {tag}; the two segments were parted.",
    ),
    "edi-repair-quotes": (
        "warning",
        "Typographic apostrophes stand where segments end; they were taken as ends.",
    ),
    "edi-charset": (
        "info",
        "The text is not in the character set the envelope names; it was read as {charset}.",
    ),
    "edi-segment-unknown": (
        "warning",
        "The segment {tag} is not part of this message and was not read.",
    ),
    "edi-placeholder": ("warning", "{field} holds a placeholder ({value}), not a value."),
    "edi-characters-lost": (
        "warning",
        "Characters of {field} were lost before the file reached us: {value}.",
    ),
    # values
    "edi-number": ("warning", "{field} is not a number: {value}."),
    "edi-date": ("warning", "{field} is not a day: {value}."),
    "edi-quantity-missing": ("warning", "The line has no quantity."),
    "edi-po-number-missing": ("error", "The order has no purchase order number ({where})."),
    "edi-no-lines": ("warning", "The message has no order line."),
    "edi-line-count": ("warning", "{where} counts {declared} lines, there are {found}."),
    "edi-quantity-sum": (
        "warning",
        "{where} adds the quantities up to {declared}, they come to {found}.",
    ),
    "edi-gtin-check-digit": (
        "warning",
        "The article number {value} is no valid GTIN: length or check digit is wrong.",
    ),
    "edi-isbn": ("info", "The article number {value} is an ISBN of ten characters, not a GTIN."),
    "edi-price-basis": ("info", "The price {price} is for {basis}; for one it is {unit_price}."),
    "edi-price-basis-unit": ("warning", "The price is per {basis}, the quantity in {unit}."),
    "edi-price-basis-unknown": (
        "warning",
        "The price basis {basis} is not known; the price stands as given.",
    ),
    "edi-price-gross": ("info", "The price is before the line's allowances or charges."),
    "edi-price-no-charge": ("info", "The line is marked free of charge."),
    "edi-currency-missing": ("info", "No currency is given; the customer's own applies."),
    "edi-delivery-window": ("info", "Delivery is wanted between {first} and {last}."),
    "edi-ship-date": ("info", "The day asked for is that of shipment, not of delivery: {day}."),
    "edi-not-after": ("info", "{what}: {day}."),
    "edi-schedule": ("warning", "The line asks for {count} deliveries: {parts}."),
    "edi-store-split": (
        "warning",
        "The line splits its quantity over {count} destinations: {parts}.",
    ),
    "edi-line-ship-to": ("warning", "The line names its own delivery place: {value}."),
    "edi-sublines": ("info", "The line lists {count} components; they are no order lines."),
    "edi-line-action": ("info", "The line is to be: {action} ({code})."),
    "edi-amount-mismatch": (
        "warning",
        "Quantity times price is {computed}, the line says {stated}.",
    ),
    "edi-implied-decimals": (
        "warning",
        "{field} is written with a point where two decimals are implied: {value}.",
    ),
    "edi-release": ("info", "The order is release {release} of its number."),
    "edi-contract": ("info", "The order names the contract {contract}."),
    "edi-attachment": ("info", "The message names an attachment: {name}."),
    "edi-other-standard": (
        "error",
        "Behind the last interchange one of another standard follows ({start}); it was not read. "
        "Ask for files of one standard each, or save it as a file of its own.",
    ),
    "edi-lead-in": (
        "info",
        "The text before the envelope ({bytes} bytes) is no part of the message and was not read.",
    ),
    "edi-embedded": ("info", "The order was read from {name}, a file inside the PDF."),
    "edi-end-customer": ("info", "The end customer's own order number is {value}."),
    "edi-same-item": (
        "info",
        "The same article stands on {count} lines at different prices: {value}.",
    ),
    # what it is
    "edi-purpose": ("warning", "The sender marks it as {meaning} ({code})."),
    "edi-purpose-unknown": (
        "warning",
        "The purpose code {value} is not known; a person should look.",
    ),
    "edi-mixed-purposes": (
        "error",
        "The file mixes new orders with changes or cancellations; a person must part them.",
    ),
    "edi-other-message": ("info", "The file also holds {what} ({format}), which is no order."),
    "edi-not-an-order": ("info", "This is {what} ({format}), not an order."),
    "edi-format-unread": (
        "error",
        "This is {what} ({format}); this kind is not read yet, a person must key it in.",
    ),
    "edi-flat-unread": (
        "error",
        "This flat SAP file is laid out otherwise than SAP's own segments ({what}); ask the sender for the XML form.",
    ),
    "edi-too-many": ("warning", "More was noticed than is listed here."),
    # XML
    "xml-doctype": ("info", "The file names a document type on the web; it was not fetched."),
    "xml-entities": ("warning", "The file declares entities of its own; they were not expanded."),
    "xml-cut": (
        "error",
        "The XML ends before its root element does; lines may be missing, so nothing is taken on from it.",
    ),
    "xml-repaired": ("warning", "The XML is not well formed; it was read as far as it goes."),
    "xml-encoding": (
        "warning",
        "The XML names an encoding that does not fit; it was read as {charset}.",
    ),
}


class Findings:
    """Collects findings in order, each once, up to a limit, and the faults among them until they are taken.

    standard: "x12" or "edifact" while such a file is read, so that findings carry its codes.
    """

    def __init__(self) -> None:
        self._found: dict[Finding, None] = {}
        self._faults: dict[str, list[tuple[int, Fault]]] = {}
        self._noted = self._waiting = 0
        self.standard = ""

    def add(self, code: str, place: str = "", /, **facts: object) -> None:
        severity, sentence = SENTENCES[code]
        own = CONTENT_FAULTS.get(self.standard, {}).get(code, "")
        stated = str(facts.get("code", "")).strip(" []") if "{code}" in sentence else ""
        value = str(facts.get("value", facts.get("tag", "")))
        level, about = (
            str(facts.get("level", "")),
            str(facts.get("element", facts.get("field", ""))),
        )
        fault = fault_of(code, own or stated, place, _short(value), level, about)
        if fault is not None and self._waiting < MAX_FAULTS:
            self._noted += 1
            self._waiting += 1
            self._faults.setdefault(fault.level, []).append((self._noted, fault))
        if len(self._found) >= MAX_FINDINGS:
            code, place, (severity, sentence) = "edi-too-many", "", SENTENCES["edi-too-many"]
        cut = {name: _short(str(value)) for name, value in facts.items()}
        text = sentence.format(**cut)
        if own and code != "edi-too-many":
            text = text.removesuffix(".") + note(own) + "."
        self._found.setdefault(Finding(code, severity, text, place))

    def put(self, finding: Finding) -> None:
        """Note a finding that has a sentence of its own, such as a published rule."""
        if len(self._found) < MAX_FINDINGS:
            self._found.setdefault(finding)

    def take(self, *levels: str) -> tuple[Fault, ...]:
        """The faults of these levels noted since they were last taken."""
        taken = [each for level in levels for each in self._faults.pop(level, ())]
        self._waiting -= len(taken)
        return tuple(fault for _, fault in sorted(taken, key=lambda each: each[0]))

    def drained(self) -> tuple[Finding, ...]:
        """The findings since they were last drained: of one message, when called behind each."""
        found = tuple(self._found)
        self._found.clear()
        return found

    def listed(self) -> tuple[Finding, ...]:
        return tuple(self._found)


def _short(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def note(code: str) -> str:
    """The standard's code as it stands at the end of a sentence."""
    return f" [{code}]" if code else ""
