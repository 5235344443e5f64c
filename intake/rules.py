"""Mailbox rules in order: what a person already knows about some mails. Nothing is ever dropped by them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from core.inbound.values import Mailbox, Message


@dataclass(frozen=True, slots=True)
class Rule:
    """Conditions that must all hold (empty ones always do), and the lane to put the mail in.

    attachment_name: a pattern such as "*.pdf". has_attachment: None for either. stop: look at no later rule.
    Texts are compared without regard to case.
    """

    name: str
    from_contains: str = ""
    to_contains: str = ""
    subject_contains: str = ""
    attachment_name: str = ""
    has_attachment: bool | None = None
    lane: str | None = None
    stop: bool = True


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """The lane that the rules chose (None: let the reading decide) and the names of those that matched."""

    lane: str | None = None
    matched: tuple[str, ...] = ()


def apply(rules: Iterable[Rule], message: Message) -> RuleOutcome:
    """The first matching rule that names a lane decides; `stop` ends the looking."""
    lane: str | None = None
    matched: list[str] = []
    for rule in rules:
        if not all(holds(rule, message) for holds in _CONDITIONS):
            continue
        matched.append(rule.name)
        lane = lane or rule.lane
        if rule.stop:
            break
    return RuleOutcome(lane, tuple(matched))


def _from(rule: Rule, message: Message) -> bool:
    return _contains(message.senders, rule.from_contains)


def _to(rule: Rule, message: Message) -> bool:
    return _contains((*message.to, *message.cc), rule.to_contains)


def _subject(rule: Rule, message: Message) -> bool:
    return rule.subject_contains.casefold() in message.subject.casefold()


def _attachment(rule: Rule, message: Message) -> bool:
    names = [p.filename for p in message.parts if p.kind == "attachment"]
    if rule.has_attachment is not None and rule.has_attachment != bool(names):
        return False
    pattern = rule.attachment_name.casefold()
    return not pattern or any(fnmatchcase(name.casefold(), pattern) for name in names)


def _contains(mailboxes: Iterable[Mailbox], wanted: str) -> bool:
    wanted = wanted.casefold()
    return not wanted or any(
        wanted in m.address.casefold() or wanted in m.name.casefold() for m in mailboxes
    )


_CONDITIONS = (_from, _to, _subject, _attachment)
