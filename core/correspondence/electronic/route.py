"""The envelope of an answer: the ends of theirs swapped, their separators and version, unless the profile says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from core.correspondence.electronic.source import Source
from core.errors import Misconfigured
from core.exchange import control
from core.exchange.formats import WITHOUT_ENVELOPE, family
from core.exchange.profile_values import Identity, Profile, Writing
from core.inbound.envelopes import Endpoint
from core.messages.electronic.facts import Route, Style

FIVE_MARKS, FOUR_MARKS = 5, 4


def route_to(
    session: Session,
    source: Source,
    profile: Profile | None,
    format: str,
    *,
    at: datetime,
    groups: int = 1,
    messages: int = 1,
    unnamed: str = "",
) -> Route:
    """Takes the control numbers; groups, messages: how many of that level, of which the route has the first.

    unnamed: the identifier of an end that their envelope does not name.

    Raises Misconfigured when nothing says under which identifiers we write.
    """
    of = family(format)
    came = source.interchange if source.interchange and _family(source) == of else None
    them, us = _identity(profile, of, "identities"), _identity(profile, of, "us")
    receiver = (
        Endpoint(came.sender_id, came.sender_qualifier or _qualifier(profile, of, came.sender_id))
        if came
        else Endpoint(them.id, them.qualifier)
        if them
        else Endpoint()
    )
    sender = (
        Endpoint(us.id, us.qualifier)
        if us
        else Endpoint(came.receiver_id, came.receiver_qualifier)
        if came
        else Endpoint()
    )
    sender = replace(sender, id=sender.id or unnamed)
    receiver = replace(receiver, id=receiver.id or unnamed)
    if not came and of not in WITHOUT_ENVELOPE and not (sender.id and receiver.id):
        raise Misconfigured(
            f"The profile of {profile.name if profile else 'the partner'} names no [[identity]] or no [[us]] "
            f'with standard = "{of}", so a message to them has no address.'
        )
    numbers = control.take(
        session,
        of,
        sender,
        receiver,
        levels=control.levels_of(format),
        first=profile.first_control if profile else 1,
        how_many={"group": groups, "message": messages},
    )
    group = source.group if came else None
    return Route(
        sender=sender,
        receiver=receiver,
        control=numbers.interchange,
        at=at,
        group_control=numbers.group,
        message_control=numbers.message,
        group_sender=us.group_id if us and us.group_id else (group.receiver_id if group else ""),
        group_receiver=them.group_id
        if them and them.group_id
        else (group.sender_id if group else ""),
        test=(came.test if came else False) or bool(profile and profile.mode == "test"),
        wants_answer=False,
    )


def style_for(source: Source, profile: Profile | None, format: str) -> Style:
    """What the profile leaves open follows their own interchange, when it is of the same standard."""
    wanted = profile.write if profile else Writing()
    of = family(format)
    came = source.interchange if source.interchange and _family(source) == of else None
    theirs = (source.group.message_version if source.group else "") or (
        source.message.message_version if source.message else ""
    )
    marks = {"x12": FOUR_MARKS, "edifact": FIVE_MARKS}.get(of, 0)
    separators = wanted.separators if len(wanted.separators) == marks else ""
    return Style(
        version=wanted.version or (theirs if came and marks else ""),
        syntax=wanted.syntax or (came.syntax if came and marks else ""),
        separators=separators
        or (came.separators if came and len(came.separators) == marks else ""),
        una=True if wanted.una is None else wanted.una,
        newline=wanted.newline,
        charset=wanted.charset,
        guideline=wanted.guideline or (came.syntax if came and not marks else ""),
    )


def _family(source: Source) -> str:
    return family(source.format or (source.interchange.standard if source.interchange else ""))


def _qualifier(profile: Profile | None, of: str, identifier: str) -> str:
    """What the profile says of an identifier that came without one, as in XML."""
    known = profile.identities if profile else ()
    return next((one.qualifier for one in known if (one.standard, one.id) == (of, identifier)), "")


def _identity(profile: Profile | None, of: str, whose: str) -> Identity | None:
    found: tuple[Identity, ...] = getattr(profile, whose) if profile else ()
    return next((one for one in found if one.standard == of), None)
