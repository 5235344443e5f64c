"""One outgoing mail: claim, commit, write, commit, send with each phase committed before it is taken, settle."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from core import crash, outbox
from core.act import Act
from core.correspondence.compose import Outgoing, compose
from core.correspondence.electronic.answer import ANSWERED, answer_owed
from core.correspondence.electronic.enclosed import enclosed_sent, enclosed_stays
from core.correspondence.gate import Suppressed
from core.errors import Misconfigured, OrderclerkError
from core.inbound.blobs import store_blob
from core.outbox import OutboxItem
from core.values import utc_now
from workers import smtp
from workers.retries import OUTAGES, wait_seconds
from workers.tools import Tools

log = logging.getLogger(__name__)

WRITE_ATTEMPTS = 5  # at a mail that cannot be written
BUSY_ATTEMPTS = 100  # at a server that answers and defers: about a day
AWAY_SECONDS = 20.0  # how long at most until a server that was away is asked again
NOT_THE_MAILS_FAULT = {"mail-server-away": AWAY_SECONDS, "sign-in-refused": 300.0}
LEASES = {"dot": timedelta(seconds=smtp.ANSWER_SECONDS + 60)}
STEP_LEASE = timedelta(seconds=max(60.0, 2 * smtp.STEP_SECONDS))


class _LostClaim(Exception):
    """Our lease ran out and somebody else works on the row: nothing more may be done for it here."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """attempt: the row's counter as we claimed it; it tells us from any later claim of the same row."""

    item_id: int
    attempt: int
    task: str


def run(tools: Tools, item_id: int) -> None:
    """Claims and sends one mail. Twice for the same row sends it once."""
    claim = tools.database.run(lambda session: _claim(session, tools, item_id))
    if claim is None:
        return
    crash.point("deliver.claimed")
    try:
        if claim.task in ANSWERED and not _answer(tools, claim):
            return
        crash.point("deliver.answered")
        written = _write(tools, claim)
        if isinstance(written, Suppressed):
            _settle(tools, claim, "suppressed", written.reason, written.text)
            return
        crash.point("deliver.composed")
        outcome = smtp.send(
            tools.settings.smtp_url,
            written.envelope_from,
            (written.recipient,),
            written.raw,
            lambda phase: _enter(tools, claim, phase),
        )
        crash.point("deliver.before-settle")
        _settle_outcome(tools, claim, outcome)
        crash.point("deliver.settled")
    except _LostClaim:
        log.warning("outbox row %s was taken over", item_id)
    except Misconfigured as error:
        _again(tools, claim, "misconfigured", error.sentence)
    except OUTAGES as error:
        log.warning("outbox row %s waits: %s", item_id, error)
        _again(tools, claim, "server-away", str(error))
    except Exception as error:
        log.exception("outbox row %s failed", item_id)
        if claim.attempt >= WRITE_ATTEMPTS:
            _settle(tools, claim, "failed", "not-written", repr(error))
        else:
            _again(tools, claim, "not-written", repr(error), longest=900.0)


def _claim(session: Session, tools: Tools, item_id: int) -> _Claim | None:
    item = outbox.claim(session, item_id, tools.owner, utc_now())
    return _Claim(item.id, item.attempts, item.task) if item else None


def _answer(tools: Tools, claim: _Claim) -> bool:
    """Messages for the customer's computer come first, in one transaction; true when the mail is still to be sent."""
    try:
        return tools.database.run(lambda session: _answered(session, claim))
    except (_LostClaim, Misconfigured):
        raise
    except OrderclerkError as error:
        _settle(tools, claim, "failed", "not-written", error.sentence)
        return False


def _answered(session: Session, claim: _Claim) -> bool:
    item = session.get_one(OutboxItem, claim.item_id, with_for_update=True)
    if item.state != "claimed" or item.attempts != claim.attempt:
        raise _LostClaim(claim.item_id)
    if item.facts.get("interchanges"):  # written at an earlier attempt, whose mail did not go yet
        return True
    found = answer_owed(session, item, act=Act("system:exchange", key=item.key))
    if found.written:
        ids = [row.id for row in found.written]
        item.facts = {
            **item.facts,
            "interchanges": ids,
            "enclosed": ids if found.enclosed else [],
        }
        item.subject_line = ", ".join(f"{row.standard} {row.control}" for row in found.written)
    elif found.reason == "not-written":
        item.facts = {**item.facts, "not_written": found.text}
    if not found.by_mail:
        item.recipient = ", ".join(dict.fromkeys(row.receiver_id for row in found.written))[:255]
        outbox.settle(item, found.state, utc_now(), reason=found.reason, reason_text=found.text)
    crash.point("deliver.before-answer-commit")
    return found.by_mail


def _write(tools: Tools, claim: _Claim) -> Outgoing | Suppressed:
    templates = tools.settings.data_dir / "templates"
    with tools.database.read() as session:
        written = compose(
            session,
            session.get_one(OutboxItem, claim.item_id),
            now=utc_now(),
            secret_key=tools.settings.secret_key,
            overrides=templates if templates.is_dir() else None,
        )
    if isinstance(written, Outgoing):
        mail = written
        tools.database.run(lambda session: _keep(session, claim, mail))
    return written


def _keep(session: Session, claim: _Claim, mail: Outgoing) -> None:
    """What goes out is stored before it goes, so that the outbox shows it exactly as sent."""
    _phase(session, claim, "composed")
    item = session.get_one(OutboxItem, claim.item_id)
    item.mail_sha256 = store_blob(session, mail.raw)
    item.recipient = mail.recipient
    item.subject_line = mail.subject_line
    item.message_id = mail.message_id


def _enter(tools: Tools, claim: _Claim, phase: str) -> None:
    tools.database.run(lambda session: _phase(session, claim, phase))
    crash.point(f"deliver.phase-{phase}")


def _phase(session: Session, claim: _Claim, phase: str) -> None:
    """Only the claim that the row still has may go a step further; this is what keeps a slow sender from a second
    dot after another worker took the row over."""
    moved = session.execute(
        update(OutboxItem)
        .where(
            OutboxItem.id == claim.item_id,
            OutboxItem.state == "claimed",
            OutboxItem.attempts == claim.attempt,
        )
        .values(phase=phase, lease_until=utc_now() + LEASES.get(phase, STEP_LEASE))
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise _LostClaim(claim.item_id)


def _settle_outcome(tools: Tools, claim: _Claim, outcome: smtp.Outcome) -> None:
    if outcome.kind == "sent":
        _settle(tools, claim, "done", "", outcome.text)
    elif outcome.kind == "refused":
        _settle(tools, claim, "failed", outcome.reason, outcome.text)
    elif outcome.kind == "unknown":
        _settle(tools, claim, "uncertain", outcome.reason, outcome.text)
    elif outcome.reason in NOT_THE_MAILS_FAULT:
        longest = NOT_THE_MAILS_FAULT[outcome.reason]
        _again(tools, claim, outcome.reason, outcome.text, longest=longest)
    elif claim.attempt >= BUSY_ATTEMPTS:
        _settle(tools, claim, "failed", outcome.reason, outcome.text)
    else:
        _again(tools, claim, outcome.reason, outcome.text, longest=900.0)


def _again(
    tools: Tools, claim: _Claim, reason: str, text: str, longest: float = AWAY_SECONDS
) -> None:
    _settle(tools, claim, "due", reason, text, wait_seconds(claim.attempt, longest=longest))


def _settle(
    tools: Tools, claim: _Claim, state: str, reason: str, text: str, wait: float = 0.0
) -> None:
    def settle(session: Session) -> None:
        item = session.get_one(OutboxItem, claim.item_id, with_for_update=True)
        # An answer that came late is still the truth about a row that the sweep gave up as uncertain.
        ours = item.attempts == claim.attempt and (
            item.state == "claimed" or (item.state == "uncertain" and state != "due")
        )
        if ours:
            now = utc_now()
            outbox.settle(
                item,
                state,
                now,
                reason=reason,
                reason_text=text,
                due_at=now + timedelta(seconds=wait),
            )
            item.phase = "accepted" if state == "done" else ("" if state == "due" else item.phase)
            act = Act("system:mail", now, f"{item.key}/{item.attempts}")
            if state == "done":
                enclosed_sent(session, item, act=act)
            elif state in ("suppressed", "failed"):
                enclosed_stays(session, item, text, act=act)

    log.info("outbox row %s: %s %s", claim.item_id, state, reason)
    tools.database.run(settle)
