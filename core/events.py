"""Catalogue of events: each one's sentence for the timeline and its icon; pure.

A template names facts in braces. A part in brackets is printed only when each of its facts is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    sentence: str
    icon: str


_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_FACT = re.compile(r"\{(\w+)\}")

EVENTS: dict[str, Entry] = {
    "document.received": Entry("The document arrived", "mail"),
    "document.copy_received": Entry("The same document arrived once more[ (first: document {copy_of})]", "copy"),
    "document.read": Entry("Read[ as {lane}][, {orders} order(s) found]", "eye"),
    "document.quarantined": Entry("Set aside: it could not be read[ ({reason})]", "alert"),
    "document.replayed": Entry("Reading starts again from the stored original", "repeat"),
    "document.edited": Entry("Its text was corrected by hand, and reading starts again; the original stays", "edit"),
    "document.relaned": Entry("Moved to another lane[: {lane}]", "move"),
    "document.closed": Entry("Done with the document[: {reason}]", "check"),
    "document.reopened": Entry("The document was taken up again", "repeat"),
    "draft.opened": Entry("A draft was opened[ with {lines} line(s)][ {source}]", "edit"),
    "draft.lines_taken": Entry("{lines} line(s) were taken from order {order}", "copy"),
    "draft.corrected": Entry("Corrected", "edit"),
    "draft.correction_undone": Entry("A correction was undone", "undo"),
    "draft.problem_accepted": Entry("A problem was let pass[: {what}][ Until {until_day}][ — {reason}]", "check"),
    "draft.promised": Entry("Promised[, last arrival {last}]", "calendar"),
    "draft.delivery_set": Entry("Terms of delivery[ of group {group}][ (lines {lines})]: {terms}[ — {reason}]", "calendar"),
    "draft.alternative_taken": Entry("Line {line}: {taken}[ — {reason}]", "calendar"),
    "draft.substituted": Entry("Line {line}: {taken}", "copy"),
    "draft.looked_again": Entry("Looked at again, since {because}: {result}", "repeat"),
    "draft.parked": Entry("Parked[ until {until}][: {reason}]", "pause"),
    "draft.resumed": Entry("Taken up again", "play"),
    "draft.question_asked": Entry("A question went to the customer", "question"),
    "draft.question_answered": Entry("The customer answered[: {subject}]", "mail"),
    "draft.receipt_requested": Entry("A receipt note was asked for", "send"),
    "draft.confirmed": Entry("Confirmed[ as order {order}]", "check"),
    "draft.rejected": Entry("Rejected[: {reason}]", "cross"),
    "draft.withdrawn": Entry("Withdrawn[: {reason}]", "cross"),
    "draft.restored": Entry("The draft was restored", "undo"),
    "draft.claimed": Entry("Somebody started to work on the draft", "person"),
    "draft.claim_released": Entry("The draft was handed back to the queue", "person"),
    "draft.field_accepted": Entry("A reading was accepted as it is", "check"),
    "draft.item_remembered": Entry("The customer's part number was remembered", "star"),
    "draft.learned_from": Entry("{lessons} new lesson(s) were learned from the corrections[; {right} earlier one(s) held][; {wrong} did not]", "star"),
    "lesson.revoked": Entry("What was learned here was revoked[: {lesson}]", "cross"),
    "lesson.restored": Entry("What was learned here counts again[: {lesson}]", "undo"),
    "draft.item_forgotten": Entry("The customer's part number[ {customer_sku}] is not remembered any more", "undo"),
    "order.booked": Entry("Order {number} was booked[ for {customer}][, purchase order {po_number}]", "order"),
    "order.changed": Entry("Order {number} was changed[ to revision {revision}][: {reason}]", "edit"),
    "order.expedite_refused": Entry("Asked for sooner, and not to be had[: {asked}][ — {reason}]", "alert"),
    "order.delivery_set": Entry("Terms of delivery[ of group {group}][ (lines {lines})]: {terms}[ — {reason}]", "calendar"),
    "order.repromised": Entry("Order {number} has new dates[: {reason}]", "calendar"),
    "order.agreed": Entry("The customer agreed to our offer for order {number}: their change restates it[. {said}][ (revision {revision})]", "check"),
    "order.acknowledgement_requested": Entry("The acknowledgement was asked for again", "send"),
    "order.allocated": Entry("Stock was allocated[, {backordered} backordered]", "box"),
    "order.deallocated": Entry("Allocated stock was freed", "undo"),
    "order.stock_shared": Entry("Scarce {item} was shared out by {rule}[: {reason}]", "box"),
    "order.line_cancelled": Entry("Line {position}: {quantity} cancelled[: {reason}]", "cross"),
    "order.cancelled": Entry("Order {number} was cancelled[: {reason}]", "cross"),
    "order.closed": Entry("Order {number} was closed: everything is shipped or cancelled", "check"),
    "order.reopened": Entry("Order {number} was opened again", "undo"),
    "hold.placed": Entry("A {kind} hold was placed[: {reason}]", "pause"),
    "hold.lapsed": Entry("The time for which the {kind} hold was lifted is over", "pause"),
    "hold.released": Entry("The {kind} hold was lifted[ until {until_day}][, with {over} over the limit][: {reason}]", "play"),
    "slip.found": Entry("The promise for {promised} cannot be kept any more[: {cause}][; {new} is possible]", "alert"),
    "slip.revised": Entry("The date that is possible is now {new}[: {cause}]", "alert"),
    "slip.accepted": Entry("The new date {new} was accepted[: {reason}]", "check"),
    "slip.refused": Entry("The date {promised} stays[: {reason}]", "pause"),
    "slip.vanished": Entry("The promise for {promised} holds again", "check"),
    "notice.drafted": Entry("A mail about new dates was drafted for {customer}", "edit"),
    "notice.edited": Entry("The mail about new dates was edited", "edit"),
    "notice.sent": Entry("{customer} is told about new dates of {orders} order(s)", "send"),
    "notice.dropped": Entry("The mail about new dates was dropped[: {reason}]", "cross"),
    "shipment.released": Entry("Shipment {number} was handed to the warehouse[, {lines} pick line(s)]", "box"),
    "shipment.picked": Entry("Shipment {number} was picked[, {short} line(s) short]", "hand"),
    "shipment.packed": Entry("Shipment {number} was packed[ into {packages} package(s)]", "box"),
    "shipment.shipped": Entry("Shipment {number} left[ with {carrier}][, tracking {tracking_number}]", "truck"),
    "shipment.delivered": Entry("Shipment {number} arrived[, received by {received_by}]", "home"),
    "shipment.delivered_again": Entry("The arrival of shipment {number} was reported once more[ by {received_by}]", "home"),
    "shipment.voided": Entry("Shipment {number} was given up[: {reason}]", "cross"),
    "invoice.issued": Entry("Invoice {number} over {total} {currency} was issued[ for shipment {shipment}]", "money"),
    "credit_note.issued": Entry("Credit note {number} over {total} {currency} was issued", "money"),
    "interchange.written": Entry("{format} was written[ for {partner}][ under number {control}]", "edit"),
    "interchange.sent": Entry("It went out[ by {carrier}][ to {recipient}][ as {name}]", "send"),
    "interchange.not_sent": Entry("It could not be sent[: {reason}]", "alert"),
    "interchange.resent": Entry("It is sent once more[ under number {control}][: {reason}]", "repeat"),
    "interchange.renumbered": Entry("It was sent once more under the new number {control}[: {reason}]", "repeat"),
    "partner.secret_kept": Entry("The secret {name} was kept", "edit"),
    "interchange.received": Entry("Interchange[ {control}] arrived[ from {sender}][ with {messages} message(s)][; it is {test}]", "mail"),
    "interchange.copy_received": Entry("Interchange[ {control}] arrived once more[ from {sender}][ (first: interchange {copy_of})]; it is answered, not processed", "copy"),
    "interchange.quarantined": Entry("Set aside[ ({reason})][: {place}]", "alert"),
    "interchange.reread": Entry("It was read again", "repeat"),
    "interchange.released": Entry("Taken on all the same[: {reason}]", "play"),
    "interchange.closed": Entry("Done with it[: {reason}]", "check"),
    "interchange.settled": Entry("What the partner said was dealt with[: {reason}]", "check"),
    "interchange.judged": Entry("The partner's {kind} says: {verdict}[ ({reasons})]", "mail"),
    "interchange.answers_nothing": Entry("It answers number {control}, which was never sent to this partner", "alert"),
    "interchange.answer_overdue": Entry("No answer came[ within {hours} hours]", "alert"),
    "partner.saved": Entry("The profile of {partner} was saved", "edit"),
    "return.requested": Entry("Return {number} was asked for[: {reason}]", "return"),
    "return.authorised": Entry("Return {number} was authorised[ until {expires_on}][: {reason}]", "return"),
    "return.refused": Entry("Return {number} was refused[: {reason}]", "cross"),
    "return.received": Entry("Goods of return {number} arrived", "home"),
    "return.inspected": Entry("Goods of return {number} were inspected", "eye"),
    "return.disposed": Entry("Return {number}: {quantity} to {kind}", "move"),
    "return.closed": Entry("Return {number} was closed[, credit note {credit_note}]", "check"),
    "return.cancelled": Entry("Return {number} was given up[: {reason}]", "cross"),
}  # fmt: skip

# What is owed to the outside, by the state of its outbox row.
SENDING: dict[str, Entry] = {
    "due": Entry("{what}: waits to be sent", "clock"),
    "claimed": Entry("{what}: is being sent", "clock"),
    "done": Entry("{what}: sent[ to {recipient}]", "send"),
    "failed": Entry("{what}: could not be sent[ ({reason})]", "alert"),
    "uncertain": Entry("{what}: nobody knows whether it was sent; check and decide", "alert"),
    "suppressed": Entry("{what}: not sent[ ({reason})]", "mute"),
    "cancelled": Entry("{what}: cancelled", "cross"),
}


def fill(template: str, facts: Mapping[str, Any]) -> str:
    """The template with its facts; optional parts without theirs are left out, other unknown facts print as "?"."""
    known = {name: str(value) for name, value in facts.items() if value not in (None, "", "0", 0)}

    def part(found: re.Match[str]) -> str:
        text = found.group(1)
        return text if all(name in known for name in _FACT.findall(text)) else ""

    def fact(found: re.Match[str]) -> str:
        return known.get(found.group(1), str(facts.get(found.group(1), "?")))

    return _FACT.sub(fact, _OPTIONAL.sub(part, template))


def sentence(name: str, facts: Mapping[str, Any]) -> str:
    """An event in words; an event that the catalogue lacks is named as it is."""
    entry = EVENTS.get(name)
    return fill(entry.sentence, facts) if entry else name.replace(".", ": ").replace("_", " ")


def icon(name: str) -> str:
    entry = EVENTS.get(name)
    return entry.icon if entry else "dot"
