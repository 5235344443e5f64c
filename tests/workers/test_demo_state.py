"""The demo's ports: the one that was asked for, and the same ones again."""

from __future__ import annotations

import socket
from datetime import date
from pathlib import Path

from workers.demo.state import choose_ports, load


def test_the_desk_takes_the_port_that_the_settings_name(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        wished = int(probe.getsockname()[1])
    state = load(tmp_path, date(2026, 3, 2))
    choose_ports(state, wished)
    assert state.web_port == wished
    before = (state.imap_port, state.smtp_port)
    assert len({wished, *before}) == 3

    again = load(tmp_path, date(2026, 3, 2))
    with socket.socket() as other:
        other.bind(("127.0.0.1", wished))
        other.listen()
        choose_ports(again, wished)
    assert again.web_port != wished
    assert (again.imap_port, again.smtp_port) == before
