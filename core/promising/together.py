"""A complete delivery: all lines of an ask arrive on one day; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.promising.ask import Answer, Ask, AskLine, Promised, SiteFacts, Supply
from core.promising.attempt import Attempt
from core.promising.free import FreeSupply
from core.promising.reason import waits_for

MOST_ROUNDS = 30


def together(ask: Ask, supply: Supply, free: FreeSupply, sites: tuple[SiteFacts, ...]) -> Answer:
    """All lines whole on one day: from one site when that is no later than from several."""
    choices: list[tuple[SiteFacts, ...]] = [(site,) for site in sites]
    if len(choices) > 1:
        choices.append(sites)
    answers = [_on_one_day(ask, supply, free, some) for some in choices]
    return min(answers, key=_last_day)


def _on_one_day(ask: Ask, supply: Supply, free: FreeSupply, sites: tuple[SiteFacts, ...]) -> Answer:
    """Moves the common day on until every line can arrive whole on it; names the line that the others wait for."""
    alone = Attempt(ask, supply, free, sites, whole=True).answer()
    found, slowest = alone, _slowest(ask, alone)
    for _ in range(MOST_ROUNDS):
        day = _last_day(found)
        if day == date.max or _meet(found, supply, day):
            break
        slowest = _slowest(ask, found)
        found = Attempt(ask, supply, free, sites, whole=True, not_before=day).answer()
    return Answer(
        {
            line.key: tuple(
                _explained(p, line, slowest, alone, supply) for p in found.lines[line.key]
            )
            for line in ask.lines
        }
    )


def _meet(found: Answer, supply: Supply, day: date) -> bool:
    """Whether all of it arrives on the day, or as near to it as the carrier comes."""
    assert supply.delivery is not None
    return all(
        part.promised_date == day or part.ship_date == supply.delivery.latest(part.site_id, day)
        for parts in found.lines.values()
        for part in parts
    )


def _explained(
    part: Promised, line: AskLine, slowest: AskLine, alone: Answer, supply: Supply
) -> Promised:
    waits = line.key != slowest.key and part.promised_date > _last(alone, line)
    if not waits:
        return part
    number = supply.sources[slowest.item_id].number
    return replace(part, reason=waits_for(slowest, number, part, _last(alone, line)))


def _slowest(ask: Ask, found: Answer) -> AskLine:
    return max(ask.lines, key=lambda line: _last(found, line))


def _last(found: Answer, line: AskLine) -> date:
    """date.max for what is not promised at all."""
    return found.last_date(line.key) or date.max


def _last_day(found: Answer) -> date:
    days = [found.last_date(key) for key in found.lines]
    return max((day or date.max for day in days), default=date.max)
