"""SFTP: the server's key must be in known_hosts, files are uploaded under a hidden name and renamed, fetched whole."""

from __future__ import annotations

import contextlib
import posixpath
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase

import paramiko

from core import crash
from core.errors import Misconfigured, Unavailable
from core.exchange.profile_values import Carrier, Inbox
from workers.carriers.values import Handed, Parcel

CONNECT_SECONDS, STEP_SECONDS = 15.0, 60.0
TEMPORARY = (".tmp", ".part", ".partial", ".filepart", ".writing", "~")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """size and changed (whole seconds of the server's clock) tell whether it is still being written."""

    name: str
    size: int
    changed: int


@contextmanager
def connected(place: Carrier | Inbox, secrets: dict[str, str]) -> Iterator[paramiko.SFTPClient]:
    """Signed in at a server whose key we know. Raises Misconfigured or Unavailable."""
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    try:
        client.load_host_keys(place.known_hosts)
    except OSError as error:
        raise Misconfigured(
            f"The file of known hosts {place.known_hosts} cannot be read ({error.strerror})."
        ) from error
    try:
        client.connect(
            place.host,
            place.port,
            place.user,
            password=secrets.get("sftp-password") or None,
            passphrase=secrets.get("sftp-key-passphrase") or None,
            key_filename=place.key_file or None,
            allow_agent=False,
            look_for_keys=False,
            timeout=CONNECT_SECONDS,
            banner_timeout=CONNECT_SECONDS,
            auth_timeout=CONNECT_SECONDS,
        )
        sftp = client.open_sftp()
        channel = sftp.get_channel()
        if channel is not None:
            channel.settimeout(STEP_SECONDS)
        yield sftp
    except paramiko.BadHostKeyException as error:
        raise Misconfigured(
            f"The key of {place.host} is not the one in {place.known_hosts}; nothing was sent. "
            "Ask the partner whether it changed before you replace it."
        ) from error
    except paramiko.AuthenticationException as error:
        raise Misconfigured(f"{place.host} refuses to sign in {place.user}.") from error
    except paramiko.SSHException as error:
        if "not found in known_hosts" in str(error):
            raise Misconfigured(
                f"{place.host} is not in {place.known_hosts}; ask the partner for the key and add it."
            ) from error
        raise Unavailable(f"{place.host}: {error}") from error
    except (OSError, EOFError) as error:
        raise Unavailable(f"{place.host}: {error or type(error).__name__}") from error
    finally:
        client.close()


def put(carrier: Carrier, parcel: Parcel, secrets: dict[str, str]) -> Handed:
    place = f"sftp://{carrier.host}/{posixpath.join(carrier.path, parcel.name)}"
    try:
        with connected(carrier, secrets) as sftp:
            _upload(sftp, carrier.path, parcel)
    except Misconfigured as error:
        return Handed("later", "misconfigured", error.sentence, place)
    except Unavailable as error:
        return Handed("later", "server-away", error.sentence, place)
    return Handed("sent", place=place)


def _upload(sftp: paramiko.SFTPClient, folder: str, parcel: Parcel) -> None:
    target = posixpath.join(folder, parcel.name)
    hidden = posixpath.join(folder, f".{parcel.name}.part")
    if _same(sftp, target, parcel.raw):
        return
    with sftp.open(hidden, "wb") as file:
        file.set_pipelined(True)
        file.write(parcel.raw)
    if sftp.stat(hidden).st_size != len(parcel.raw):
        raise OSError("the server did not keep the whole file")
    crash.point("send.uploaded")
    _rename(sftp, hidden, target)
    crash.point("send.renamed")


def _same(sftp: paramiko.SFTPClient, path: str, raw: bytes) -> bool:
    """Whether an earlier attempt put it there."""
    try:
        if sftp.stat(path).st_size != len(raw):
            return False
        with sftp.open(path, "rb") as file:
            return file.read() == raw
    except FileNotFoundError:
        return False


def _rename(sftp: paramiko.SFTPClient, old: str, new: str) -> None:
    """In one step where the server can (OpenSSH's extension); others refuse a name that is there."""
    try:
        sftp.posix_rename(old, new)
    except OSError:
        with contextlib.suppress(FileNotFoundError):
            sftp.remove(new)
        sftp.rename(old, new)


def listed(sftp: paramiko.SFTPClient, inbox: Inbox) -> tuple[RemoteFile, ...]:
    """Plain files that match and are not being written, oldest first."""
    found = [
        RemoteFile(one.filename, one.st_size or 0, one.st_mtime or 0)
        for one in sftp.listdir_attr(inbox.path)
        if stat.S_ISREG(one.st_mode or 0)
        and not one.filename.startswith(".")
        and not one.filename.lower().endswith(TEMPORARY)
        and fnmatchcase(one.filename.lower(), inbox.pattern.lower())
    ]
    return tuple(sorted(found, key=lambda one: (one.changed, one.name)))


def fetch(sftp: paramiko.SFTPClient, inbox: Inbox, name: str, most: int) -> bytes:
    """The whole file. Raises OSError when it has more than `most` bytes or changed meanwhile."""
    path = posixpath.join(inbox.path, name)
    with sftp.open(path, "rb") as file:
        file.prefetch(most + 1)
        raw = file.read(most + 1)
    if len(raw) > most:
        raise OSError(f"{name} is larger than {most // 1024**2} MB")
    if sftp.stat(path).st_size != len(raw):
        raise OSError(f"{name} changed while it was fetched")
    return raw


def put_away(sftp: paramiko.SFTPClient, inbox: Inbox, name: str, mark: str) -> None:
    """After the commit: removed, or moved to the archive as name and mark."""
    path = posixpath.join(inbox.path, name)
    if inbox.after == "delete":
        sftp.remove(path)
        return
    archive = posixpath.join(inbox.path, inbox.archive)
    with contextlib.suppress(OSError):
        sftp.mkdir(archive)
    _rename(sftp, path, posixpath.join(archive, f"{mark}-{name}"))
