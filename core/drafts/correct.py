"""The clerk changes what was read or matched; old and new stay in the journal, and every step can be undone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.again.look import only_looked_again
from core.drafts.assess import assess
from core.drafts.fixes.new_contact import know_sender
from core.drafts.fixes.new_place import add_place
from core.drafts.matching.values import CHOSEN
from core.drafts.other_readings import TYPED, put
from core.drafts.remember import forget_undone, remember_new
from core.drafts.tables import Draft, DraftField, DraftLine
from core.drafts.typed import as_entered
from core.errors import BadInput, NotFound, Stale
from core.inbound.reading import HEADER_FIELDS, LINE_FIELDS, Evidence
from core.journal import Event
from core.parties.tables import CustomerAddress

CHOICES = ("customer_id", "ship_to_id", "item_id")
KINDS = ("order", "change", "cancellation")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change. line_id None: a header field.

    name: HEADER_FIELDS or LINE_FIELDS; or a choice: "customer_id", "ship_to_id" ("new": the address as written becomes
    the customer's), "kind", "sender" ("known": the sender becomes a contact), on a line "item_id", "unit" (a code of
    the item's units), "removed" ("yes" or ""). value "" clears; a cleared choice lets the machine match again.
    place: where on the document a person found the value of a field; it stays in the journal beside the edit.
    """

    line_id: int | None
    name: str
    value: str
    place: Evidence | None = None


def correct(
    session: Session,
    draft: Draft,
    edits: tuple[Edit, ...],
    *,
    version: int,
    act: Act,
    typing: bool = False,
) -> Event:
    """Takes the edits all together or none.

    typing: a person's own words, which count although the draft was looked at again since; what the screen only
    offered does not.

    An edit to the value that is there accepts that field. Raises BadInput with the field's name, or Stale with
    (field, value sent, value now) when the draft is not at `version` any more.
    """
    taken = journal.done_under(session, draft, "correct", act.key)
    if taken is not None:
        return taken
    journal.check(draft, "correct")
    if draft.version != version and not (typing and only_looked_again(session, draft, version)):
        raise Stale("", _differences(session, draft, edits))
    return _take(session, draft, "correct", edits, act)


def undo(session: Session, draft: Draft, *, act: Act) -> Event:
    """Takes back the latest correction that is not taken back yet."""
    taken = journal.done_under(session, draft, "undo", act.key)
    if taken is not None:
        return taken
    journal.check(draft, "undo")
    last = last_correction(session, draft.id)
    if last is None:
        raise BadInput("There is nothing to undo.")
    back = tuple(
        Edit(line_id, name, old) for line_id, name, old, _ in reversed(last.facts["edits"])
    )
    return _take(session, draft, "undo", back, act, undoes=last.id)


def last_correction(session: Session, draft_id: int) -> Event | None:
    """The latest correction that was not undone."""
    events = session.scalars(
        select(Event)
        .where(
            Event.subject == Draft.SUBJECT,
            Event.subject_id == draft_id,
            Event.name.in_(("draft.corrected", "draft.correction_undone")),
        )
        .order_by(Event.sequence.desc())
    ).all()
    undone = {e.facts.get("undoes") for e in events if e.name == "draft.correction_undone"}
    return next((e for e in events if e.name == "draft.corrected" and e.id not in undone), None)


def accept_field(session: Session, draft: Draft, field_ids: tuple[int, ...], *, act: Act) -> Event:
    """A person looked at these fields and they are right as read."""
    journal.check(draft, "correct")
    rows = session.scalars(
        select(DraftField).where(DraftField.draft_id == draft.id, DraftField.id.in_(field_ids))
    ).all()
    for row in rows:
        row.accepted = True
    names = ", ".join(row.name for row in rows)
    event = journal.note(session, draft, "draft.field_accepted", act=act, facts={"fields": names})
    assess(session, draft, act=act)
    return event


def add_line(session: Session, draft: Draft, *, act: Act) -> Event:
    """An empty line at the end, to be filled by corrections."""
    taken = journal.done_under(session, draft, "correct", act.key)
    if taken is not None:
        return taken
    journal.check(draft, "correct")
    last = session.scalar(
        select(func.max(DraftLine.position)).where(DraftLine.draft_id == draft.id)
    )
    line = DraftLine(draft_id=draft.id, position=(last or 0) + 1, removed=True)
    session.add(line)
    session.flush()
    return _take(session, draft, "correct", (Edit(line.id, "removed", ""),), act)


def remove_line(session: Session, draft: Draft, line_id: int, *, act: Act) -> Event:
    """The line no longer counts; it stays for the record and can come back by undo."""
    taken = journal.done_under(session, draft, "correct", act.key)
    if taken is not None:
        return taken
    journal.check(draft, "correct")
    return _take(session, draft, "correct", (Edit(line_id, "removed", "yes"),), act)


def _take(
    session: Session,
    draft: Draft,
    verb: str,
    edits: tuple[Edit, ...],
    act: Act,
    undoes: int | None = None,
) -> Event:
    lines = {
        line.id: line
        for line in session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id))
    }
    done = []
    for edit in edits:
        if edit.line_id is not None and edit.line_id not in lines:
            raise NotFound("This line is not on the draft.")
        line = lines[edit.line_id] if edit.line_id is not None else None
        old, new = _apply(session, draft, line, edit, undoes is not None, act)
        place = f"line {line.position} {edit.name}" if line else edit.name
        done.append((place, edit.line_id, edit.name, old, new))
    facts: dict[str, object] = {
        "edits": [[line_id, name, old, new] for _, line_id, name, old, new in done]
    }
    if any(edit.place for edit in edits):
        facts["places"] = [edit.place.as_json() if edit.place else None for edit in edits]
    if undoes is not None:
        facts["undoes"] = undoes
    changes = {place: [old, new] for place, _, _, old, new in done if old != new}
    event = journal.advance(session, draft, verb, act=act, changes=changes, facts=facts)
    assess(session, draft, act=act)
    _remember(session, draft, _chosen(lines, edits), event, act)
    return event


def _chosen(lines: dict[int, DraftLine], edits: tuple[Edit, ...]) -> list[DraftLine]:
    """The lines whose item a person chose."""
    return [lines[e.line_id] for e in edits if e.name == "item_id" and e.line_id is not None]


def _remember(
    session: Session, draft: Draft, lines: list[DraftLine], event: Event, act: Act
) -> None:
    """A chosen item is remembered for the customer's number; undoing the choice forgets it."""
    undone = session.get(Event, event.facts["undoes"]) if event.facts.get("undoes") else None
    for line in lines:
        step = act.under(f"remember-{line.id}")
        if undone is not None:
            key = f"{undone.key}/remember-{line.id}"
            forget_undone(session, draft, key=key, act=step)
        else:
            remember_new(session, draft, line, act=step)


def _apply(
    session: Session,
    draft: Draft,
    line: DraftLine | None,
    edit: Edit,
    undoing: bool,
    act: Act,
) -> tuple[str, str]:
    """Makes one edit and returns the old and the new text."""
    if line is None and edit.name == "kind":
        return _kind(draft, edit.value)
    if line is None and edit.name == "sender":
        return know_sender(session, draft, edit.value, act=act)
    if line is not None and edit.name == "removed":
        old, line.removed = "yes" if line.removed else "", edit.value == "yes"
        return old, edit.value
    if edit.name in CHOICES:
        return _choose(session, draft, line, edit, act)
    return _write(session, draft, line, edit, undoing)


def _kind(draft: Draft, value: str) -> tuple[str, str]:
    if value not in KINDS:
        raise BadInput(f"A draft cannot be a {value!r}.", "kind")
    old, draft.kind = draft.kind, value
    return old, value


def _choose(
    session: Session, draft: Draft, line: DraftLine | None, edit: Edit, act: Act
) -> tuple[str, str]:
    subject: Draft | DraftLine = draft if line is None else line
    if (edit.name == "item_id") != (line is not None):
        raise BadInput("This cannot be chosen here.", edit.name)
    if edit.name == "ship_to_id" and edit.value == "new":
        edit = Edit(None, edit.name, str(add_place(session, draft, act=act).id))
    if edit.value and not edit.value.isdigit():
        raise BadInput("Choose one of the list.", edit.name)
    reason_name = edit.name.removesuffix("_id") + "_reason"
    reason = getattr(subject, reason_name)
    old = str(getattr(subject, edit.name) or "") if reason.get("code") == CHOSEN else ""
    chosen = int(edit.value) if edit.value else None
    _known(session, draft, edit.name, chosen)
    setattr(subject, edit.name, chosen)
    setattr(subject, reason_name, {"code": CHOSEN, "facts": {}} if chosen else {})
    return old, edit.value


def _known(session: Session, draft: Draft, name: str, chosen: int | None) -> None:
    from_table = {"customer_id": "customer", "item_id": "item", "ship_to_id": "customer_address"}
    if chosen is None:
        return
    table = Draft.metadata.tables[from_table[name]]
    if session.scalar(select(table.c.id).where(table.c.id == chosen)) is None:
        raise NotFound("What you chose is not there any more.")
    if name == "ship_to_id":
        place = session.get(CustomerAddress, chosen)
        if place is None or place.customer_id != draft.customer_id:
            raise BadInput("This address belongs to another customer.", name)


def _write(
    session: Session, draft: Draft, line: DraftLine | None, edit: Edit, undoing: bool
) -> tuple[str, str]:
    name = "uom" if edit.name == "unit" else edit.name
    if name not in (HEADER_FIELDS if line is None else LINE_FIELDS):
        raise BadInput(f"There is no field {name!r} here.", name)
    value = as_entered(name, edit.value)
    if value is None:
        raise BadInput(f"“{edit.value}” is not understood; nothing was saved.", name)
    line_id = line.id if line else None
    row = session.scalar(
        select(DraftField).where(
            DraftField.draft_id == draft.id,
            DraftField.line_id.is_(None) if line is None else DraftField.line_id == line_id,
            DraftField.name == name,
        )
    )
    if row is None:
        row = DraftField(
            draft_id=draft.id,
            line_id=line_id,
            name=name,
            value="",
            read_value="",
            confidence=0,
            source=TYPED,
            evidence={},
            alternatives=[],
        )
        session.add(row)
    old = row.value
    put(row, value, edit.place, undoing=undoing)
    row.corrected = value != row.read_value
    row.accepted = not undoing or value != row.read_value
    session.flush()
    return old, value


def _differences(
    session: Session, draft: Draft, edits: tuple[Edit, ...]
) -> tuple[tuple[str, str, str], ...]:
    rows = {
        (f.line_id, f.name): f.value
        for f in session.scalars(select(DraftField).where(DraftField.draft_id == draft.id))
    }
    return tuple((e.name, e.value, rows.get((e.line_id, e.name), "")) for e in edits)
