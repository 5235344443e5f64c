"""Training texts in six languages with the places of their values, from a seed; nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from core.inbound.reading import LANES
from extraction.training.forms import form
from extraction.training.mails import mail
from extraction.training.page_text import page
from extraction.training.sample import Sample, facts_of
from extraction.training.words import LANGUAGES

ORDER_SHARE = 0.62


def samples(count: int, seed: int, held_out: bool = False) -> Iterator[Sample]:
    """`count` texts, the same for the same seed; `held_out` ones use only wordings kept back from training."""
    for number in range(count):
        r = Random(f"{seed}:{number}")
        lane = "order" if r.random() < ORDER_SHARE else r.choice(LANES[1:])
        yield sample(r, r.choice((*LANGUAGES, "en", "en")), lane, held_out)


def sample(r: Random, language: str, lane: str, held_out: bool = False) -> Sample:
    made = Sample(lane=lane, language=language, kind="mail")
    made.kind = r.choices(("mail", "page", "form"), (42, 48, 10))[0] if lane == "order" else "mail"
    if made.kind == "page":
        page(made, r, held_out)
    else:
        (form if made.kind == "form" else mail)(made, facts_of(r, language, held_out))
    return made


def mail_samples(count: int, r: Random, held_out: bool = False) -> Iterator[Sample]:
    """Mails, each lane as likely as every other, orders twice as likely."""
    for _ in range(count):
        made = Sample(lane=r.choice((*LANES, "order")), language=r.choice(LANGUAGES), kind="mail")
        mail(made, facts_of(r, made.language, held_out))
        yield made
