"""One mail to the SMTP server, step by step, so that every failure says whether the mail may have gone out."""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from core import crash
from core.errors import Misconfigured

CONNECT_SECONDS = 15.0
STEP_SECONDS = 30.0
ANSWER_SECONDS = 120.0  # after the final dot (RFC 5321, 4.5.3.2.6 would allow ten minutes)

_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"(?m)^\.")

PORTS = {"smtp": 25, "smtp+plain": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Outcome:
    """kind: "sent"; "later" (not taken, may be tried again); "refused" (not taken, for good); "unknown" (the final dot
    went out and no answer came: the mail may have been taken). reason: a fixed code; text: the server's words."""

    kind: str
    reason: str
    text: str


def send(
    url: str, sender: str, recipients: tuple[str, ...], raw: bytes, enter: Callable[[str], None]
) -> Outcome:
    """Sends `raw` to all recipients or to none. `enter` is called with the phase before each step is taken, and what it
    raises stops the sending there. Raises Misconfigured when the URL is not usable."""
    place = _place(url)
    phase = ""

    def step(name: str) -> None:
        nonlocal phase
        enter(name)
        phase = name

    with contextlib.ExitStack() as stack:
        try:
            step("connected")
            server = _connected(place, sender.rpartition("@")[2])
            stack.callback(_leave, server)
            crash.point("smtp.connected")
            return _conversation(server, sender, recipients, raw, step)
        except smtplib.SMTPAuthenticationError as error:
            return Outcome("later", "sign-in-refused", _words(error.smtp_error))
        except smtplib.SMTPResponseException as error:
            return _answered(error.smtp_code, _words(error.smtp_error), phase)
        except (smtplib.SMTPException, OSError) as error:
            if phase == "dot":
                return Outcome("unknown", "no-answer-after-data", repr(error))
            return Outcome("later", "mail-server-away", str(error) or repr(error))


def check(url: str) -> str:
    """Connects and signs in without sending; the server's name for itself. Raises what went wrong, as it came."""
    server = _connected(_place(url), "")
    try:
        return (server.ehlo_resp or b"").decode("latin-1").partition("\n")[0]
    finally:
        _leave(server)


def _place(url: str) -> SplitResult:
    place = urlsplit(url)
    if place.scheme not in PORTS or not place.hostname:
        raise Misconfigured(
            "ORDERCLERK_SMTP_URL must look like smtp://user:password@host:port (or smtps://, smtp+plain://)."
        )
    return place


def _connected(place: SplitResult, our_name: str) -> smtplib.SMTP:
    """our_name: for EHLO; given, since looking up the machine's own name can take long where name service is odd."""
    host, port = place.hostname or "", place.port or PORTS[place.scheme]
    name = our_name if our_name.isascii() and our_name else "localhost"
    if place.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, name, timeout=CONNECT_SECONDS, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, port, name, timeout=CONNECT_SECONDS)
    try:
        _patience(server, STEP_SECONDS)
        server.ehlo_or_helo_if_needed()
        if place.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if place.username:
            server.login(unquote(place.username), unquote(place.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _conversation(
    server: smtplib.SMTP,
    sender: str,
    recipients: tuple[str, ...],
    raw: bytes,
    step: Callable[[str], None],
) -> Outcome:
    step("mail")
    options = ["BODY=8BITMIME"] if not raw.isascii() and server.has_extn("8bitmime") else []
    _expect(server.mail(sender, options), 2)
    crash.point("smtp.mail")
    step("rcpt")
    for recipient in recipients:
        _expect(server.rcpt(recipient), 2)
    crash.point("smtp.rcpt")
    step("data")
    _expect(server.docmd("DATA"), 3)
    server.send(_stuffed(raw))
    crash.point("smtp.data")
    step("dot")
    _patience(server, ANSWER_SECONDS)
    crash.point("smtp.before-dot")
    server.send(b".\r\n")
    crash.point("smtp.dot")
    code, text = server.getreply()
    crash.point("smtp.answered")
    return _answered(code, _words(text), "dot")


def _expect(answer: tuple[int, bytes], first_digit: int) -> None:
    code, text = answer
    if code // 100 != first_digit:
        raise smtplib.SMTPResponseException(code, text)


def _answered(code: int, text: str, phase: str) -> Outcome:
    if code // 100 == 2:
        return Outcome("sent", "", f"{code} {text}")
    if code == -1:  # smtplib's way to say that the connection ended in the middle of an answer
        kind = "unknown" if phase == "dot" else "later"
        return Outcome(kind, "no-answer-after-data" if phase == "dot" else "mail-server-away", text)
    if (
        phase == "connected"
    ):  # it speaks to nobody now, or not to us: nothing is said about the mail
        return Outcome("later", "mail-server-away", f"{code} {text}")
    if code // 100 == 5:
        return Outcome("refused", "mail-server-refused", f"{code} {text}")
    return Outcome("later", "mail-server-busy", f"{code} {text}")


def _stuffed(raw: bytes) -> bytes:
    """CR LF everywhere, leading dots doubled, a line end at the end (RFC 5321, 4.5.2); the final dot goes separately."""
    lines = _LEADING_DOT.sub(b"..", _LINE_END.sub(b"\r\n", raw))
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


def _patience(server: smtplib.SMTP, seconds: float) -> None:
    if server.sock is not None:
        server.sock.settimeout(seconds)


def _words(text: bytes | str) -> str:
    return text if isinstance(text, str) else text.decode("utf-8", "replace")


def _leave(server: smtplib.SMTP) -> None:
    with contextlib.suppress(Exception):  # the mail's fate is known already
        _patience(server, 2.0)
        server.quit()
    server.close()
