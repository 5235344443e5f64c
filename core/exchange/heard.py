"""What a partner says about what we sent (997, TA1, CONTRL), matched to it by its number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.exchange.tables import ExchangeGroup, ExchangeInterchange, ExchangeMessage
from core.inbound.envelopes import MessageEntry

WORST = ("rejected", "partly-accepted", "overdue", "waiting", "received", "accepted-with-faults", "accepted", "")  # fmt: skip
"""The states of parts, worst first: the whole has the first that one of them has."""
HEARD = frozenset({"accepted", "accepted-with-faults", "partly-accepted", "rejected", "received"})
WORDS = {
    "accepted": "accepted",
    "accepted-with-faults": "accepted, with faults noted",
    "partly-accepted": "partly accepted",
    "rejected": "rejected",
    "received": "received, not yet checked",
}


def take_answers(
    session: Session, row: ExchangeInterchange, messages: Sequence[MessageEntry], *, act: Act
) -> None:
    """Each acknowledgement in an interchange that came: the state of ours that it speaks of, with an event."""
    for n, message in enumerate(messages):
        told = message.told or {}
        if message.lane != "answer" or "verdict" not in told:
            continue
        ours = _interchange(session, row, told)
        if ours is None:
            journal.note(
                session,
                row,
                "interchange.answers_nothing",
                act=act.under(f"answer-{n}"),
                facts={"control": told.get("control", "")},
            )
            continue
        row.answers_id = ours.id
        _judge(session, ours, told)
        ours.answered_at = ours.answered_at or act.at
        journal.note(
            session,
            ours,
            "interchange.judged",
            act=act.under(f"answer-{n}"),
            facts={
                "kind": message.format.rpartition("/")[2],
                "verdict": WORDS.get(str(told.get("verdict")), str(told.get("verdict"))),
                "by": row.id,
                "reasons": "; ".join(_reasons(told)),
            },
        )


def _interchange(
    session: Session, row: ExchangeInterchange, told: dict[str, Any]
) -> ExchangeInterchange | None:
    """Ours with this number that went to who now answers, the newest of several."""
    control = str(told.get("control", "")).strip()
    if not control:
        return None
    ours = select(ExchangeInterchange).where(
        ExchangeInterchange.direction == "out",
        ExchangeInterchange.standard == row.standard,
        ExchangeInterchange.test.is_(row.test),
    )
    numbers = _written(control)
    if told.get("level") == "group":
        ours = ours.join(ExchangeGroup, ExchangeGroup.interchange_id == ExchangeInterchange.id)
        ours = ours.where(
            ExchangeGroup.control.in_(numbers),
            ExchangeGroup.kind == str(told.get("kind", "")),
            or_(
                ExchangeInterchange.receiver_id == row.sender_id,
                ExchangeGroup.receiver_id == row.sender_id,
            ),
        )
    else:
        ours = ours.where(
            ExchangeInterchange.control.in_(numbers),
            ExchangeInterchange.receiver_id == row.sender_id,
        )
    return session.scalar(ours.order_by(ExchangeInterchange.id.desc()).limit(1))


def _written(control: str) -> tuple[str, ...]:
    """A number with and without its leading zeros, to nine digits (X12 I12) and as it stands."""
    bare = control.lstrip("0") or "0"
    return tuple({control, bare, bare.zfill(9), bare.zfill(4)})


def _judge(session: Session, ours: ExchangeInterchange, told: dict[str, Any]) -> None:
    verdict = str(told.get("verdict") or "received")
    groups = session.scalars(
        select(ExchangeGroup).where(ExchangeGroup.interchange_id == ours.id)
    ).all()
    messages = session.scalars(
        select(ExchangeMessage).where(ExchangeMessage.interchange_id == ours.id)
    ).all()
    if told.get("level") == "group":
        meant = [g for g in groups if g.control in _written(str(told.get("control", "")).strip())]
        inside = {g.id for g in meant}
        for group in meant:
            group.answer_state = verdict
        _messages([m for m in messages if m.group_id in inside], verdict, told)
        ours.answer_state = _worst(g.answer_state for g in groups)
    elif not groups or verdict == "rejected":
        for group in groups:
            group.answer_state = verdict
        _messages(messages, verdict, told)
        ours.answer_state = (
            _worst(m.answer_state for m in messages) if verdict in HEARD - {"rejected"} else verdict
        )
    elif all(g.answer_state in ("", "waiting") for g in groups):
        # A TA1 judges the envelope alone; what is inside is still to be acknowledged.
        ours.answer_state = "waiting" if any(g.answer_state for g in groups) else verdict
    session.flush()


def _messages(messages: Iterable[ExchangeMessage], verdict: str, told: dict[str, Any]) -> None:
    """Their word on single messages; those they don't name have the verdict of the whole."""
    named = {
        str(each.get("control", "")).strip().lstrip("0"): str(each.get("verdict") or verdict)
        for each in told.get("messages", ())
    }
    whole = "accepted" if verdict == "partly-accepted" else verdict
    for message in messages:
        message.answer_state = named.get(message.control.lstrip("0"), whole)


def _worst(states: Iterable[str]) -> str:
    found = set(states)
    if {"rejected"} < found:
        return "partly-accepted"
    return next((state for state in WORST if state in found), "")


def _reasons(told: dict[str, Any]) -> list[str]:
    """Codes with their places: "AK403 7 in BAK, element 2"."""
    faults = [*told.get("faults", ())]
    for each in told.get("messages", ()):
        faults += each.get("faults", ())
    found = []
    for fault in faults[:10]:
        place = " ".join(
            text
            for text in (
                f"in {fault['tag']}" if fault.get("tag") else "",
                f"at segment {fault['segment']}" if fault.get("segment") else "",
                f"element {fault['element']}" if fault.get("element") else "",
            )
            if text
        )
        found.append(f"{fault.get('where', '')} {fault.get('code', '')} {place}".strip())
    return found
