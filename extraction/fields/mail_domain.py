"""What the domain of a mail address tells of its firm."""

from __future__ import annotations

import re

from extraction.vocabulary import fold

_PUBLIC = {
    "gmail.com", "googlemail.com", "yahoo.com", "outlook.com", "hotmail.com", "live.com", "aol.com", "icloud.com", "me.com", "msn.com",
    "gmx.de", "gmx.net", "web.de", "t-online.de", "freenet.de", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "libero.it",
    "virgilio.it", "alice.it", "tiscali.it", "telefonica.net", "ziggo.nl", "kpnmail.nl", "planet.nl", "protonmail.com", "proton.me", "mail.com", "yandex.com", "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net",
}  # fmt: skip


def bare_domain(address: str) -> str:
    domain = address.rpartition("@")[2].lower()
    return "" if domain in _PUBLIC else domain.rpartition(".")[0]


def matches_domain(name: str, domain: str) -> bool:
    """Whether the telling words of a name stand in the mail domain ("Reed Tools" in reedtoolshop)."""
    bare = re.sub(r"[^a-z0-9]", "", domain)
    words = [w for w in re.findall(r"[a-z0-9]+", fold(name)) if len(w) > 2]
    joined = "".join(words)
    return (
        bool(words)
        and len(joined) >= 4
        and (
            joined in bare
            or (bare in joined and len(bare) >= 5)
            or (len(words[0]) >= 5 and words[0] in bare)
        )
    )


def is_all_of(name: str, address: str) -> bool:
    """Whether every telling word of a name stands in the domain of an address, as with a firm's own name."""
    bare = re.sub(r"[^a-z0-9]", "", fold(bare_domain(address)))
    words = [w for w in re.findall(r"[a-z0-9]+", fold(name)) if len(w) > 2]
    return len(words) > 1 and bool(bare) and all(w in bare for w in words)
