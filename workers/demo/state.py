"""What the demo remembers between runs: its secret, its ports, its day, and what it delivered."""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

from core.config import Settings, child_environment

MAIL_USER = "orders@halden.example"


@dataclass(slots=True)
class State:
    """day: the day the sample mails are of. delivered: names of samples in the mailbox or drop folder."""

    folder: Path
    secret: str = field(default_factory=lambda: secrets.token_hex(24))
    day: str = ""
    web_port: int = 0
    imap_port: int = 0
    smtp_port: int = 0
    trickle: int = 0
    delivered: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        return date.fromisoformat(self.day)

    @property
    def answers(self) -> Path:
        """Where the electronic answers to dropped files go."""
        return self.folder / "answers"

    @property
    def drop(self) -> Path:
        return self.folder / "drop"

    @property
    def sent(self) -> Path:
        return self.folder / "sent"

    @property
    def log(self) -> Path:
        return self.folder / "orderclerk.log"

    def save(self) -> None:
        """Written whole and renamed, so that a kill at any moment leaves the old or the new one."""
        kept = {k: v for k, v in asdict(self).items() if k != "folder"}
        draft = self.folder / "demo.json.new"
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(kept, indent=1), "utf-8")
        draft.replace(self.folder / "demo.json")


def load(folder: Path, today: date) -> State:
    """The state in this folder, made anew when there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "demo.json"
    if path.exists():
        return State(folder=folder, **json.loads(path.read_text("utf-8")))
    state = State(folder=folder, day=today.isoformat())
    state.save()
    return state


def choose_ports(state: State, web_port: int) -> None:
    """The wished port for the desk where it is free; else, and for the others, last time's or any that is free."""
    taken: set[int] = set()
    wishes = {
        "web_port": (web_port, state.web_port),
        "imap_port": (state.imap_port,),
        "smtp_port": (state.smtp_port,),
    }
    for name, wished in wishes.items():
        free = (p for p in wished if p and p not in taken and _is_free(p))
        port = next(free, 0) or _free_port(lambda p: p not in taken)
        setattr(state, name, port)
        taken.add(port)
    state.save()


def settings(state: State, base: Settings) -> Settings:
    """The demo's own settings: nothing of the installation's database, mail servers or secret is touched."""
    return replace(
        base,
        data_dir=state.folder,
        database_url=f"sqlite:///{state.folder / 'orderclerk.sqlite'}",
        redis_url=f"unix://{state.folder / 'run' / 'valkey.sock'}",
        smtp_url=f"smtp+plain://127.0.0.1:{state.smtp_port}",
        secret_key=state.secret,
        web_host="127.0.0.1",
        web_port=state.web_port,
        insecure_http=True,
        base_url=f"http://127.0.0.1:{state.web_port}",
    )


def write_env_file(state: State, found: Settings) -> Path:
    """For `ORDERCLERK_ENV_FILE=... orderclerk doctor` and the like on the running demo."""
    path = state.folder / "demo.env"
    path.touch(mode=0o600)
    rows = child_environment(found).items()
    path.write_text("".join(f"{k}={v}\n" for k, v in rows if k.startswith("ORDERCLERK_")), "utf-8")
    return path


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port(fits: Callable[[int], bool]) -> int:
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if fits(port):
            return port
