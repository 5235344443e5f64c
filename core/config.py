"""Settings of one installation; the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class Settings:
    """data_dir holds the embedded database and server files; URLs are as SQLAlchemy, redis-py and smtplib take them.

    smtp_url: smtp://user:password@host:port (STARTTLS when offered), smtps:// for TLS, smtp+plain:// for none.
    test_mode is set by the demo and the tests only: it lets the session cookie travel over plain HTTP.
    """

    data_dir: Path
    database_url: str
    redis_url: str
    smtp_url: str
    secret_key: str
    web_host: str
    web_port: int
    insecure_http: bool
    workers: int
    base_url: str
    crash_at: str

    @property
    def sockets(self) -> Path:
        return self.data_dir / "run"


def _env_file(path: Path) -> dict[str, str]:
    """Reads KEY=value rows of an .env file; blank rows and # comments are skipped."""
    if not path.is_file():
        return {}
    found = {}
    for row in path.read_text("utf-8").splitlines():
        key, sep, value = row.strip().partition("=")
        if sep and not key.startswith("#"):
            found[key.strip()] = value.strip().strip("'\"")
    return found


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Reads the environment (an .env file fills what is not set). Raises Misconfigured with the variable's name."""
    if environment is None:
        env_file = Path(os.environ.get("ORDERCLERK_ENV_FILE", ".env"))
        environment = {**_env_file(env_file), **os.environ}
    data_dir = Path(environment.get("ORDERCLERK_DATA_DIR", "var")).resolve()
    port = environment.get("ORDERCLERK_WEB_PORT", "8080")
    if not port.isdigit():
        raise Misconfigured(
            f"ORDERCLERK_WEB_PORT must be a number, it is {port!r}. Correct it in .env."
        )
    host = environment.get("ORDERCLERK_WEB_HOST", "127.0.0.1")
    return Settings(
        data_dir=data_dir,
        database_url=environment.get(
            "ORDERCLERK_DATABASE_URL", f"sqlite:///{data_dir / 'orderclerk.sqlite'}"
        ),
        redis_url=environment.get(
            "ORDERCLERK_REDIS_URL", f"unix://{data_dir / 'run' / 'valkey.sock'}"
        ),
        smtp_url=environment.get("ORDERCLERK_SMTP_URL", "smtp://127.0.0.1:25"),
        secret_key=environment.get("ORDERCLERK_SECRET_KEY", ""),
        web_host=host,
        web_port=int(port),
        insecure_http=environment.get("ORDERCLERK_INSECURE_HTTP", "") == "1",
        workers=int(environment.get("ORDERCLERK_WORKERS", "2")),
        base_url=environment.get("ORDERCLERK_BASE_URL", f"http://{host}:{port}"),
        crash_at=environment.get("ORDERCLERK_CRASH_AT", ""),
    )


def child_environment(found: Settings) -> dict[str, str]:
    """The environment for a process that we start: ours, with every setting as in `found`."""
    named = {
        "ORDERCLERK_DATA_DIR": str(found.data_dir),
        "ORDERCLERK_DATABASE_URL": found.database_url,
        "ORDERCLERK_REDIS_URL": found.redis_url,
        "ORDERCLERK_SMTP_URL": found.smtp_url,
        "ORDERCLERK_SECRET_KEY": found.secret_key,
        "ORDERCLERK_WEB_HOST": found.web_host,
        "ORDERCLERK_WEB_PORT": str(found.web_port),
        "ORDERCLERK_INSECURE_HTTP": "1" if found.insecure_http else "",
        "ORDERCLERK_WORKERS": str(found.workers),
        "ORDERCLERK_BASE_URL": found.base_url,
        "ORDERCLERK_CRASH_AT": found.crash_at,
    }
    return {**os.environ, **named, "PYTHONUNBUFFERED": "1"}
