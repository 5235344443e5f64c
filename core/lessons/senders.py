"""Whose lessons a document may be read with: those of its sender, never of a domain that anybody may write from."""

from __future__ import annotations

from collections.abc import Collection

from core.drafts.matching.public_domains import PUBLIC_DOMAINS, domain_of


def scope_of(address: str, own_domains: Collection[str]) -> str:
    """ "@domain" of a company's sender, the whole address at a public mail domain, "" for none and for our own house."""
    address = address.strip().lower()
    domain = domain_of(address)
    if not domain or "@" not in address or domain in {d.lower() for d in own_domains}:
        return ""
    return address if domain in PUBLIC_DOMAINS else f"@{domain}"
