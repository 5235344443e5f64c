"""What went wrong with a mail server, in sentences that say what to do."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from core.errors import Misconfigured, OrderclerkError, Unavailable

_FOR_NOW = ("unavailable", "inuse", "limit", "too many", "temporar", "try again", "rate")


@contextmanager
def told(server: str, username: str = "") -> Iterator[None]:
    """Every failure of the connection inside becomes Unavailable (tried again) or Misconfigured (a person acts)."""
    try:
        yield
    except OrderclerkError:
        raise
    except (LoginError, ssl.SSLError, OSError, IMAPClientError, EOFError) as error:
        raise _in_words(error, server, username) from error


def _in_words(error: Exception, server: str, username: str) -> OrderclerkError:
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words(error, server, username)
    return Unavailable(f"The mail server {server} answered oddly ({_short(error)}).")


def _login(error: Exception, server: str, username: str) -> OrderclerkError:
    if any(word in str(error).lower() for word in _FOR_NOW):
        return Unavailable(f"{server} takes no sign-in now ({_short(error)}); it is tried again.")
    return Misconfigured(
        f"{server} refused the sign-in of {username} ({_short(error)}). Check user name and password; providers with"
        " two-step sign-in want an app password or OAuth2."
    )


def _certificate(error: Exception, server: str, username: str) -> OrderclerkError:
    return Misconfigured(
        f"The certificate of {server} is not to be trusted ({_short(error)}). Use the name the certificate is made for,"
        " or have the server's certificate renewed."
    )


def _tls(error: Exception, server: str, username: str) -> OrderclerkError:
    if "WRONG_VERSION_NUMBER" in str(error) or "UNKNOWN_PROTOCOL" in str(error):
        return Misconfigured(
            f"{server} does not speak TLS on this port; choose STARTTLS, or the TLS port (usually 993)."
        )
    return Unavailable(f"The secure connection to {server} failed ({_short(error)}).")


def _name(error: Exception, server: str, username: str) -> OrderclerkError:
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
        return Unavailable(f"The address of {server} cannot be looked up now; it is tried again.")
    return Misconfigured(f"There is no mail server {server}; check the host name for typing slips.")


def _refused(error: Exception, server: str, username: str) -> OrderclerkError:
    return Unavailable(
        f"{server} refuses connections; is the mail server running, and the port right?"
    )


def _slow(error: Exception, server: str, username: str) -> OrderclerkError:
    return Unavailable(
        f"{server} did not answer in time; it is tried again. Check port and firewall if this lasts."
    )


def _broken(error: Exception, server: str, username: str) -> OrderclerkError:
    return Unavailable(
        f"The connection to {server} broke off ({_short(error)}); it is tried again."
    )


def _answered_no(error: Exception, server: str, username: str) -> OrderclerkError:
    return Unavailable(f"{server} refused a step ({_short(error)}); it is tried again.")


def _short(error: Exception) -> str:
    words = " ".join(str(error).split())[:200]
    return words or type(error).__name__


_WORDS = (
    (LoginError, _login),
    (ssl.SSLCertVerificationError, _certificate),
    (ssl.SSLError, _tls),
    (socket.gaierror, _name),
    (UnicodeError, _name),
    (ConnectionRefusedError, _refused),
    (TimeoutError, _slow),
    (OSError, _broken),
    (EOFError, _broken),
    (IMAPClientAbortError, _broken),
    (IMAPClientError, _answered_no),
)
