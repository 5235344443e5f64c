"""A configured item is ordered with all its features: found in what the customer wrote, asked for when missing."""

from __future__ import annotations

from core.catalogue.tables import ItemFeature
from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.keys import plain_text
from core.drafts.tables import DraftLine


def chosen_features(case: Case, line: DraftLine) -> dict[str, str]:
    """{feature code: choice code} of what the line says clearly; two choices of one feature are no choice."""
    features = case.known.features.get(line.item_id or 0, ())
    if not features:
        return {}
    texts = (case.text("configuration", line), case.text("description", line))
    found = {}
    for feature in features:
        for text in texts:
            choices = _meant(feature, text)
            if len(choices) == 1:
                found[feature.code] = choices[0]
                break
    return found


def _meant(feature: ItemFeature, text: str) -> list[str]:
    written = f" {plain_text(text)} "
    return [
        str(choice["code"])
        for choice in feature.choices
        if any(
            f" {plain_text(str(w))} " in written for w in (choice["code"], *choice.get("words", ()))
        )
    ]


def configuration_is_complete(case: Case) -> Found:
    for line in case.lines if case.draft.kind != "cancellation" else ():
        features = case.known.features.get(line.item_id or 0, ())
        missing = [f for f in features if f.required and f.code not in line.configuration]
        if not missing:
            continue
        facts = {
            "number": case.items[line.item_id or 0].number,
            "missing": "; ".join(_named(f) for f in missing),
            "feature": missing[0].name,
            "choices": "|".join(str(c["code"]) for c in missing[0].choices),
            "so_far": case.text("configuration", line),
        }
        yield ProblemFound("configuration-incomplete", "configuration", line.id, facts)


def _named(feature: ItemFeature) -> str:
    """ "voltage (24 V, 230 V)"."""
    choices = ", ".join(str(c["code"]) for c in feature.choices)
    return f"{feature.name} ({choices})" if choices else feature.name
