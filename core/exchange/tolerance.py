"""Pure: what a profile makes of the faults of a file: forgiven, noted, or refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.exchange.profile_values import Profile
from core.inbound.envelopes import Envelopes, Fault, verdict


def tolerated(faults: Iterable[Fault], profile: Profile | None) -> tuple[Fault, ...]:
    """Without those that the profile forgives; those that it notes or rejects carry its judgement."""
    rules = profile.tolerance if profile else {}
    return tuple(
        replace(one, weight=rules.get(one.finding, one.weight))
        for one in faults
        if rules.get(one.finding) != "forgive"
    )


def verdict_for(faults: Iterable[Fault], profile: Profile | None) -> str:
    """As core.inbound.envelopes.verdict, with the profile's word: a code that it rejects is fatal, one that it notes
    is not."""
    return verdict(tolerated(faults, profile))


def judged(tree: Envelopes, profile: Profile | None) -> Envelopes:
    """The tree as an answer tells it: nothing of what is forgiven."""
    if profile is None or not profile.tolerance:
        return tree
    return Envelopes(
        tuple(replace(one, faults=tolerated(one.faults, profile)) for one in tree.interchanges),
        tuple(replace(one, faults=tolerated(one.faults, profile)) for one in tree.groups),
        tuple(replace(one, faults=tolerated(one.faults, profile)) for one in tree.messages),
    )
