"""What a posted cXML document says of itself before it is stored: who, under which number, and what is asked.

Only the envelope is looked at, element by element as it comes, and never further than the name of the request. The shared
secret is taken out here: what is kept has stars in its place, of the same length, so that the same post is the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from core.errors import Unreadable

BLOCK = 16 * 1024
LARGEST_HEADER = 256 * 1024
_SECRET = re.compile(
    rb"(<(?:[\w.-]+:)?SharedSecret\b[^>]*>)(.*?)(</(?:[\w.-]+:)?SharedSecret\s*>)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Credential:
    """domain: "NetworkId", "DUNS" ...; identity as given."""

    domain: str
    identity: str


@dataclass(frozen=True, slots=True)
class PostedHead:
    """request: the element inside Request ("OrderRequest", "ProfileRequest"), "" for a response or a message.

    secret: what the sender proves itself with; never printed, logged or stored.
    """

    payload_id: str
    request: str
    senders: tuple[Credential, ...]
    is_test: bool
    secret: str = field(repr=False)


def head_of(raw: bytes) -> PostedHead:
    """Raises Unreadable("cxml-head") when this is no cXML document or its header is not whole."""
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    reading = _Head()
    try:
        for at in range(0, min(len(raw), LARGEST_HEADER), BLOCK):
            parser.feed(raw[at : at + BLOCK])
            for event, element in parser.read_events():
                if isinstance(element, etree._Element):
                    reading.take(str(event), element)
                if reading.done:
                    return reading.found()
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Unreadable("cxml-head", "This is no well-formed XML.") from error
    raise Unreadable("cxml-head", "This is no cXML document with a Header and a Request.")


def masked(raw: bytes) -> bytes:
    """The document with stars for the secret. Raises Unreadable when it cannot be found as bytes."""
    if b"\x00" in raw[:200]:
        raise Unreadable("cxml-encoding", "Send cXML in UTF-8.")
    kept = _SECRET.sub(lambda m: m[1] + b"*" * len(m[2]) + m[3], raw)
    if head_of(kept).secret.strip("*"):
        raise Unreadable("cxml-secret", "The SharedSecret stands in an unusual form.")
    return kept


class _Head:
    """Collects what the header says while its elements come."""

    def __init__(self) -> None:
        self.done = False
        self._path: list[str] = []
        self._domain = ""
        self._senders: list[Credential] = []
        self._secret = ""
        self._payload_id = ""
        self._request = ""
        self._is_test = False

    def take(self, event: str, element: etree._Element) -> None:
        name = str(element.tag).rpartition("}")[2]
        if event == "start":
            self._path.append(name)
            self._begin(name, element)
        else:
            self._end(name, element)
            self._path.pop()

    def _begin(self, name: str, element: etree._Element) -> None:
        depth = len(self._path)
        if depth == 1:
            if name != "cXML":
                raise ValueError("not cXML")
            self._payload_id = str(element.get("payloadID", "")).strip()
        elif name == "Credential":
            self._domain = str(element.get("domain", "")).strip()
        elif depth == 2 and name in ("Response", "Message"):
            self.done = True
        elif depth == 2 and name == "Request":
            self._is_test = str(element.get("deploymentMode", "")).strip().lower() == "test"
        elif depth == 3 and self._path[1] == "Request":
            self._request = name
            self.done = True

    def _end(self, name: str, element: etree._Element) -> None:
        text = (element.text or "").strip()
        inside = self._path[1:3]
        if name == "Identity" and inside in (["Header", "From"], ["Header", "Sender"]):
            self._senders.append(Credential(self._domain, text))
        elif name == "SharedSecret" and inside == ["Header", "Sender"]:
            self._secret = element.text or ""

    def found(self) -> PostedHead:
        return PostedHead(
            self._payload_id,
            self._request,
            tuple(one for one in self._senders if one.identity),
            self._is_test,
            self._secret,
        )
