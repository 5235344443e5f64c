"""The demo's database: company, logins, mailbox and drop folder. Repeating it changes only what moved."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.config import Settings
from core.database import Database, connect
from core.exchange.partners import save
from core.exchange.tables import Partner
from core.inbound.mailboxes import set_mailbox
from core.inbound.tables import DropFolder
from core.people.accounts import add_user
from core.people.tables import User
from fixtures.load import load
from fixtures.master import FOLDER, company
from workers.demo.state import MAIL_USER, State

PARTNERS = FOLDER.parent / "partners"
LOGINS = (
    ("clerk", "Carla Clerk", "clerk"),
    ("planner", "Paul Planner", "planner"),
    ("warehouse", "Wanda Warehouse", "warehouse"),
    ("admin", "Ada Admin", "admin"),
)


def password(login: str) -> str:
    """Known on purpose: the demo listens on this machine alone."""
    return f"{login}-demo"


def fill(settings: Settings, state: State, told: Callable[[str], None]) -> None:
    """The database must be in its newest form."""
    database = Database(connect(settings.database_url))
    try:
        if load(database, state.today, lambda name: told(f"      {name}")):
            told("      logins")
        with database.begin() as session:
            _logins(session)
            _places(session, settings, state)
    finally:
        database.engine.dispose()


def _logins(session: Session) -> None:
    known = set(session.scalars(select(User.login)))
    for login, name, role in LOGINS:
        if login not in known:
            add_user(session, login, name, role, password(login))


def _places(session: Session, settings: Settings, state: State) -> None:
    set_mailbox(
        session,
        "Orders",
        secrets={"password": state.secret[:16]},
        secret_key=settings.secret_key,
        host="127.0.0.1",
        port=state.imap_port,
        tls="none",
        username=MAIL_USER,
        after="move",
        processed_folder="Processed",
        authserv_id=company()["mail"]["authserv_id"],
        own_addresses=[MAIL_USER, company()["mail"]["returns"]],
    )
    state.drop.mkdir(exist_ok=True)
    drop = session.scalar(select(DropFolder).where(DropFolder.name == "EDI"))
    if drop is None:
        session.add(
            DropFolder(
                name="EDI",
                path=str(state.drop),
                pattern="*",
                settle_seconds=1,
                answers_path=str(state.answers),
            )
        )
    for profile in sorted(PARTNERS.glob("*.toml")):
        text = profile.read_text("utf-8")
        known = session.scalar(select(Partner).where(Partner.code == profile.stem))
        if known is None or known.profile_text != text:
            save(session, profile.stem, text, act=Act("system:demo"))
