"""The company's named limits as data: what each means, between which values, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass

READING = "Reading and checking orders"
DRAFTS = "Working on drafts"
PROMISES = "Promises and their watch"
MAILS = "Mails and returns"
PEOPLE = "Signing in"


@dataclass(frozen=True, slots=True)
class Limit:
    """name: of the field of Policy. least, most: of a figure, both included; None for yes or no.

    help: what it is, and what follows from a higher or a lower one.
    """

    name: str
    section: str
    help: str
    least: int | None = None
    most: int | None = None
    unit: str = ""


LIMITS: tuple[Limit, ...] = (
    Limit("doubt_threshold", READING, "A value that was read with less confidence than this is marked for a look. Higher: more looks, fewer slips.", 0, 1),
    Limit("verify_sender", READING, "A mail whose sender is not verified waits for a person (check “sender not verified”). No: the sender is not looked at."),
    Limit("price_tolerance_percent", READING, "Prices may differ from ours by this much, for customers and checks that say nothing of their own. 0: none.", 0, 100, "%"),
    Limit("repeat_days", READING, "The same goods under another number within so many days are a possible duplicate. Higher: more warnings.", 0, 365, "days"),
    Limit("number_reuse_days", READING, "A purchase order number of an older order with other goods is taken for a number used anew, not for a revision.", 1, 3650, "days"),
    Limit("refresh_minutes", DRAFTS, "A draft that nobody touched for so long is promised and checked afresh.", 5, 1440, "minutes"),
    Limit("claim_minutes", DRAFTS, "A draft that somebody opened and left alone for so long is free for others.", 1, 480, "minutes"),
    Limit("offer_minutes", DRAFTS, "What a draft's promise lives from is held for so long against other drafts, then it is free again. 0: nothing is held.", 0, 1440, "minutes"),
    Limit("asked_hours", DRAFTS, "The same while the customer is asked something: their goods are held for so long.", 0, 720, "hours"),
    Limit("default_lead_days", PROMISES, "How long an item takes to come when neither item nor supplier has a lead time. Lower promises sooner, at a risk.", 0, 365, "working days"),
    Limit("late_receipt_days", PROMISES, "A receipt that is overdue, or a lot that is inspected for longer than it should be, is counted on so many days from today, until somebody sets its day anew.", 0, 365, "working days"),
    Limit("count_returns", PROMISES, "Returns that are allowed or inspected are supply, from the end of their permission and of inspection. No: what comes back counts when it is released."),
    Limit("horizon_days", PROMISES, "Today's stock is not kept for orders that leave later than this, as far as it can be got anew in time. 0: kept for all.", 0, 3650, "days"),
    Limit("make_safety_days", PROMISES, "Days between making and leaving that every plan keeps free. Higher: later promises that hold more often.", 0, 60, "working days"),
    Limit("one_site", PROMISES, "One parcel from one site is preferred when nothing arrives later by it. No: the site asked first always comes first."),
    Limit("lead_time_receipts", PROMISES, "A lead time is held against reality only from so many receipts on. Lower: sooner, from less.", 1, 100, "receipts"),
    Limit("night_hour", PROMISES, "From this hour on, by the company's clock, the nightly round looks at every open promise.", 0, 23, "o'clock"),
    Limit("auto_receipt", MAILS, "Known contacts are told at once that their order arrived. No: nobody is, unless a clerk sends it."),
    Limit("ack_per_hour", MAILS, "Most mails to one address within an hour; what is over it waits for a clerk. It ends loops of machines that answer each other.", 1, 1000, "mails"),
    Limit("ack_per_day", MAILS, "The same within a day.", 1, 10000, "mails"),
    Limit("return_days", MAILS, "A permission to return goods ends after so many days.", 1, 3650, "days"),
    Limit("login_attempts", PEOPLE, "Wrong passwords in a row after which a login is locked for a while.", 1, 100, "attempts"),
    Limit("lock_minutes", PEOPLE, "For how long it is locked.", 1, 1440, "minutes"),
    Limit("session_hours", PEOPLE, "After so many hours a person signs in anew.", 1, 720, "hours"),
)  # fmt: skip
