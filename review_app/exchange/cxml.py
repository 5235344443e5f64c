"""Where partners post cXML: no session and no form token; a shared secret proves who it is."""

from __future__ import annotations

import logging
import uuid

from flask import Response, make_response, request
from werkzeug.exceptions import RequestEntityTooLarge

from core.act import Act
from core.errors import Unreadable
from core.exchange.posted import TAKEN, Answer, prove, take
from core.inbound.envelopes import Endpoint
from core.messages.electronic.cxml_reply import abilities, reply
from core.values import utc_now
from intake.cxml_multipart import Posted, posted
from review_app.here import database, settings

log = logging.getLogger("orderclerk.web")

LARGEST = 10 * 1024 * 1024
PATH = "/cxml"


def post() -> Response:
    """Status and Response say the same; nothing is said of why a stranger is refused."""
    request.max_content_length = LARGEST
    try:
        raw = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return _reply(Answer(413, "At most 10 MB are taken."))
    try:
        found = posted(raw, request.headers.get("Content-Type", ""))
    except Unreadable as error:
        return _reply(Answer(400, error.sentence))
    try:
        return _answer(found)
    except Exception:
        log.exception("a posted cXML document was not stored")
        return _reply(Answer(500, "It was not stored; send it again later."))


def _answer(post: Posted) -> Response:
    head = post.head
    ends = tuple(Endpoint(one.identity, one.domain) for one in head.senders)
    key = settings().secret_key
    with database().read() as session:
        partner = prove(session, ends, head.secret, key)
        code = partner.code if partner else ""
    if not code:
        log.warning("a cXML document was refused: unknown credentials or a wrong secret")
        return _reply(Answer(401, "The credentials are not known here."))
    if head.request == "ProfileRequest":
        return _reply(Answer(200, "OK"), with_abilities=True)
    act = Act(f"partner:{code}", key=uuid.uuid4().hex)
    found = database().run(
        lambda session: take(
            session, post.kept, head.payload_id, head.request, ending=post.ending, act=act
        )
    )
    return _reply(found)


def _reply(found: Answer, *, with_abilities: bool = False) -> Response:
    now = utc_now()
    host = settings().base_url.partition("://")[2].partition("/")[0].partition(":")[0]
    inside = abilities(TAKEN, settings().base_url + PATH, now) if with_abilities else ""
    body = reply(
        found.code,
        found.words,
        payload_id=f"{now.timestamp():.0f}.{uuid.uuid4().hex}@{host or 'localhost'}",
        at=now,
        xml_inside=inside,
    )
    response = make_response(body, found.code)
    response.headers["Content-Type"] = "text/xml; charset=UTF-8"
    return response
