"""Brings sample mails to the demo's mailbox and drop folder, each once."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from core.errors import Unavailable
from fixtures.sample import SampleMail
from workers.demo.servers import HOST
from workers.demo.state import MAIL_USER, State

START_SECONDS = 20.0


@contextlib.contextmanager
def mailbox(state: State) -> Iterator[IMAPClient]:
    client = IMAPClient(HOST, state.imap_port, ssl=False, timeout=20)
    try:
        client.login(MAIL_USER, state.secret[:16])
        yield client
    finally:
        with contextlib.suppress(OSError, IMAPClientError):
            client.logout()


def wait_for_mailbox(state: State) -> None:
    """Until the demo's IMAP server lets us in. Raises Unavailable."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            with mailbox(state):
                return
        except (OSError, IMAPClientError) as error:
            if time.monotonic() > until:
                raise Unavailable(f"The demo's mail server does not start: {error}.") from error
            time.sleep(0.1)


def deliver(
    state: State, samples: Iterable[SampleMail], told: Callable[[str], None] = lambda _: None
) -> int:
    """Delivers those that were not yet, remembering each right after the server took it; returns how many.

    A kill between the server's answer and our note delivers that one again: as the same bytes, so as a copy.
    """
    number = 0
    with mailbox(state) as client:
        for sample in samples:
            if sample.name in state.delivered:
                continue
            if sample.channel == "mail":
                client.append("INBOX", sample.raw)
            else:
                drop(state, sample)
            state.delivered.append(sample.name)
            state.save()
            number += 1
            told(sample.name)
    return number


def drop(state: State, sample: SampleMail) -> None:
    """Under a name that is not taken up, then renamed: never half a file."""
    draft = state.drop / f"{sample.filename}.part"
    draft.write_bytes(sample.raw)
    draft.rename(state.drop / sample.filename)
