"""Access tokens for mail servers that take no passwords (RFC 6749: refresh token or client credentials)."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import requests

from core.errors import Misconfigured, Unavailable

_EARLY = 120.0  # seconds before its end at which a token counts as used up
_TIMEOUTS = (10, 30)


@dataclass(frozen=True, slots=True)
class OAuth:
    """One registered application at a provider; grant is "refresh_token" or "client_credentials"."""

    token_url: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scope: str = ""
    grant: str = "refresh_token"
    refresh_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class _Token:
    value: str
    ends_at: float  # time.monotonic()


class Tokens:
    """Tokens by application until shortly before they end; safe to share between threads."""

    def __init__(self) -> None:
        self._tokens: dict[OAuth, _Token] = {}
        self._rotated: dict[OAuth, str] = {}
        self._lock = threading.Lock()

    def access_token(self, oauth: OAuth) -> str:
        """A token that is still good for two minutes.

        Raises Misconfigured when the provider refuses these settings, Unavailable when it does not answer.
        """
        with self._lock:
            held = self._tokens.get(oauth)
            if held is None or held.ends_at <= time.monotonic():
                held = self._tokens[oauth] = self._fetched(oauth)
            return held.value

    def forget(self, oauth: OAuth) -> None:
        """The server refused the token: fetch a new one next time."""
        with self._lock:
            self._tokens.pop(oauth, None)

    def rotated(self, oauth: OAuth) -> str:
        """The newer refresh token that the provider handed out, to be saved; "" when there is none."""
        return self._rotated.get(oauth, "")

    def _fetched(self, oauth: OAuth) -> _Token:
        asked_at = time.monotonic()
        answer = _ask(oauth, self._rotated.get(oauth) or oauth.refresh_token)
        newer = answer.get("refresh_token")
        if isinstance(newer, str) and newer and newer != oauth.refresh_token:
            self._rotated[oauth] = newer
        seconds = str(answer.get("expires_in", ""))
        lasts = float(seconds) if seconds.isascii() and seconds.isdigit() else 3600.0
        return _Token(str(answer["access_token"]), asked_at + max(lasts - _EARLY, lasts / 2))


def _ask(oauth: OAuth, refresh_token: str) -> dict[str, object]:
    form = {"grant_type": oauth.grant, "client_id": oauth.client_id}
    if oauth.client_secret:
        form["client_secret"] = oauth.client_secret
    if oauth.scope:
        form["scope"] = oauth.scope
    if oauth.grant == "refresh_token":
        form["refresh_token"] = refresh_token
    try:
        response = requests.post(
            oauth.token_url, data=form, timeout=_TIMEOUTS, allow_redirects=False
        )
    except (
        requests.exceptions.InvalidURL,
        requests.exceptions.InvalidSchema,
        requests.exceptions.MissingSchema,
    ) as error:
        raise Misconfigured(_wrong_address(oauth)) from error
    except requests.RequestException as error:
        raise Unavailable(
            f"The sign-in server {oauth.token_url} does not answer; it is tried again."
        ) from error
    return _answer(oauth, response)


def _answer(oauth: OAuth, response: requests.Response) -> dict[str, object]:
    if response.status_code >= 500 or response.status_code == 429:
        raise Unavailable(
            f"The sign-in server {oauth.token_url} answered {response.status_code}; it is tried again."
        )
    try:
        found = response.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Misconfigured(_wrong_address(oauth))
    if response.status_code == 200 and isinstance(found.get("access_token"), str):
        return found
    reason = str(found.get("error_description") or found.get("error") or response.status_code)
    raise Misconfigured(_refusal(str(found.get("error")), reason.split("\n")[0][:300]))


def _refusal(code: str, reason: str) -> str:
    advice = {
        "invalid_grant": "Consent has ended or was withdrawn: sign the mailbox in again and save its new refresh token.",
        "invalid_client": "Client id or client secret is wrong or has expired: make a new secret at the provider and save it.",
        "unauthorized_client": "The application may not use this grant: allow it at the provider.",
        "invalid_scope": "The scope is wrong; for Microsoft 365 with client credentials it is"
        " https://outlook.office365.com/.default.",
    }.get(code, "Check token address, client id, client secret and scope.")
    return f"The mail provider refused the sign-in ({reason}). {advice}"


def _wrong_address(oauth: OAuth) -> str:
    return f"{oauth.token_url!r} is not the token address of a sign-in server; correct it in the mailbox settings."
