"""Facts to a mail's subject, text and HTML, from template files that a user may replace one by one."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from core.messages import words
from core.messages.facts import Line, Recipient, Sender
from core.messages.offer import offer_sentence
from core.messages.outcome import outcome

TEMPLATES = Path(__file__).parent / "templates"
PARTS = ("subject.txt", "body.txt", "body.html")


@dataclass(frozen=True, slots=True)
class Rendered:
    subject: str
    text: str
    html: str


@functools.lru_cache(maxsize=8)
def _environment(overrides: Path | None) -> SandboxedEnvironment:
    folders = [FileSystemLoader(folder) for folder in (overrides, TEMPLATES) if folder]
    environment = SandboxedEnvironment(
        loader=ChoiceLoader(folders),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=True,
    )
    environment.globals["outcome"] = outcome
    return environment


def render(
    message: str,
    facts: Any,
    *,
    sender: Sender,
    recipient: Recipient,
    overrides: Path | None = None,
) -> Rendered:
    """Renders templates/<language>/<message>/*; a file of the same path under `overrides` wins.

    Raises jinja2.TemplateError when a user's own template is broken.
    """
    language = words.language_of(recipient.language)
    environment = _environment(overrides)

    def part(name: str) -> str:
        template = environment.get_template(f"{language}/{message}/{name}")
        return template.render(
            facts=facts,
            sender=sender,
            recipient=recipient,
            day=lambda value: words.day(value, language),
            moment=lambda value: words.moment(value, language, sender.time_zone),
            figure=lambda value: words.figure(value, language),
            price=lambda value: words.price(value, language),
            offer=lambda value: offer_sentence(value, language),
            money=lambda value, currency: words.money(value, currency, language),
        )

    subject, text, html = (part(name) for name in PARTS)
    return Rendered(" ".join(subject.split()), text.strip() + "\n", html.strip() + "\n")


def differences(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines that are not simply accepted."""
    return tuple(line for line in lines if outcome(line).code != "accepted")
