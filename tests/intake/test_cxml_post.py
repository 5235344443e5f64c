"""The head of a posted cXML document: read from whatever is posted, and the secret never left in it."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Unreadable
from intake.cxml_post import head_of, masked

ORDER = (
    b'<?xml version="1.0"?><cXML payloadID="7@works"><Header><From><Credential domain="DUNS"><Identity>1</Identity>'
    b'</Credential></From><To><Credential domain="DUNS"><Identity>2</Identity></Credential></To><Sender>'
    b'<Credential domain="NetworkId"><Identity>3</Identity><SharedSecret>open sesame</SharedSecret></Credential>'
    b'</Sender></Header><Request deploymentMode="test"><OrderRequest><OrderRequestHeader/></OrderRequest></Request></cXML>'
)


def test_what_it_says_of_itself() -> None:
    head = head_of(ORDER)
    assert (head.payload_id, head.request, head.is_test) == ("7@works", "OrderRequest", True)
    assert [(one.domain, one.identity) for one in head.senders] == [
        ("DUNS", "1"),
        ("NetworkId", "3"),
    ]
    assert head.secret == "open sesame" and "sesame" not in repr(head)


def test_only_the_head_is_looked_at() -> None:
    """What stands behind the request's name may be anything; it is read later, in the limited child."""
    cut = ORDER[: ORDER.index(b"<OrderRequestHeader")] + b"<<<&&&" + b"x" * 100_000
    with contextlib.suppress(Unreadable):
        assert head_of(cut).request == "OrderRequest"
    assert head_of(ORDER[: ORDER.index(b"<OrderRequestHeader")]).request == "OrderRequest"


@pytest.mark.parametrize(
    "secret",
    [b"open sesame", b"<![CDATA[open <sesame>]]>", b"\n  open sesame\n", b"&#111;pen sesame"],
)
def test_the_secret_becomes_stars_of_its_length(secret: bytes) -> None:
    raw = ORDER.replace(b"open sesame", secret)
    kept = masked(raw)
    assert b"sesame" not in kept and len(kept) == len(raw)
    assert head_of(kept).payload_id == "7@works"


def test_two_secrets_are_both_hidden() -> None:
    twice = ORDER.replace(
        b"</Sender>",
        b"<Credential><SharedSecret kind='b'>more</SharedSecret></Credential></Sender>",
    )
    assert b"more" not in masked(twice) and b"sesame" not in masked(twice)


def test_a_prefix_does_not_save_a_secret() -> None:
    odd = ORDER.replace(b"SharedSecret>", b"c:SharedSecret>").replace(
        b"<cXML ", b'<cXML xmlns:c="urn:c" '
    )
    assert head_of(odd).secret == "open sesame" and b"sesame" not in masked(odd)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damage_is_read_or_refused_never_more(data: st.DataObject) -> None:
    raw = bytearray(ORDER)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
        raw = raw or bytearray(b"x")
    with contextlib.suppress(Unreadable):
        head_of(bytes(raw))
    with contextlib.suppress(Unreadable):
        assert len(masked(bytes(raw))) == len(raw)
