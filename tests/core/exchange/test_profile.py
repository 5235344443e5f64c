"""A partner profile is read whole, or each thing that is wrong with it is named with what would be right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exchange.profile import read_profile
from core.exchange.profile_values import Profile
from tests.exchanged import a_profile

FULL = a_profile(
    "C1",
    """
[write]
version = "004010"
separators = "|>~^"
newline = "\\n"

[answers]
technical = "when-asked"
order = ["x12/855", "mail"]
change = "same"
ship_notice = "x12/856"
invoice = "none"
overdue_hours = 24

[carrier]
kind = "sftp"
host = "sftp.acme.example"
user = "probe"
known_hosts = "keys/acme"
path = "in"

[inbox]
host = "sftp.acme.example"
user = "probe"
known_hosts = "keys/acme"
after = "delete"

[tolerance]
edi-message-count = "forgive"

[units]
STK = "EA"

[ship_to]
0815 = "MAIN"
""",
)


def test_everything_that_a_profile_may_say() -> None:
    profile, problems = read_profile(FULL)
    assert problems == () and profile is not None
    assert profile.write.separators == "|>~^" and profile.write.newline == "\n"
    assert profile.answers.order == ("x12/855", "mail") and profile.answers.invoice == ()
    assert profile.carrier.host == "sftp.acme.example" and profile.carrier.port == 22
    assert profile.inbox and profile.inbox.after == "delete"
    assert profile.tolerance == {"edi-message-count": "forgive"}
    assert (profile.units, profile.ship_to) == ({"STK": "EA"}, {"0815": "MAIN"})
    assert profile.us[0].group_id == "PROBEG"


def test_it_comes_back_from_json_as_it_was() -> None:
    profile, _ = read_profile(FULL)
    assert profile is not None
    assert Profile.of_json(json.loads(json.dumps(profile.as_json()))) == profile


@pytest.mark.parametrize(
    ("more", "key", "right"),
    [
        ('[answers]\ntechnical = "often"', "answers.technical", "'when-asked'"),
        ('[answers]\norder = "x12/856"', "answers.order", "'x12/855'"),
        ('[answers]\noverdue_hours = "a day"', "answers.overdue_hours", "whole number"),
        ('[tolerance]\nedi-message-count = "ignore"', "tolerance.edi-message-count", "'forgive'"),
        ('[tolerance]\n"message count" = "note"', "tolerance.message count", "edi-message-count"),
        ('[carrier]\nkind = "sftp"\nhost = "h"\nuser = "u"', "carrier.known_hosts", "known_hosts"),
        ('[carrier]\nkind = "pigeon"', "carrier.kind", "'sftp'"),
        ('[carrier]\nkind = "https"\nurl = "http://a.example"', "carrier.url", "https://"),
        ('[carrier]\nkind = "drop"\nfolder = "f"\nname = "answer.edi"', "carrier.name", "{control}"),
        ('[carrier]\nkind = "drop"\nfolder = "f"\npassword = "x"', "carrier.password", "sealed"),
        ('[carrier]\nkind = "drop"\nfoldr = "f"', "carrier.foldr", "'folder'"),
        ('[write]\nseparators = "***~"', "write.separators", "four different characters"),
        ('[write]\ncharset = "klingon"', "write.charset", "latin-1"),
        ('[write]\nuna = "yes"', "write.una", "true or false"),
        ('[units]\nSTK = 1', "units.STK", "text in quotes"),
    ],
)  # fmt: skip
def test_each_mistake_names_its_key_and_what_would_be_right(
    more: str, key: str, right: str
) -> None:
    profile, problems = read_profile(a_profile(more=more))
    assert profile is None
    assert [p.key for p in problems if p.key == key], problems
    assert any(p.key == key and right in p.text for p in problems)


def test_several_mistakes_are_told_at_once() -> None:
    _, problems = read_profile('code = "A B"\nname = 7\ncurrency = "euro"\nmode = "dry"\n')
    assert {"code", "name", "currency", "mode"} <= {p.key for p in problems}


def test_a_profile_without_an_identity_matches_nothing_and_says_so() -> None:
    _, problems = read_profile('code = "acme"\nname = "Acme"\n')
    assert [p.key for p in problems] == ["identity"]


def test_what_is_no_toml_says_where() -> None:
    _, (problem,) = read_profile("code = acme")
    assert "line 1" in problem.text


@given(st.text(max_size=200))
def test_any_text_is_a_profile_or_has_problems(text: str) -> None:
    profile, problems = read_profile(text)
    assert (profile is None) == bool(problems)


def test_the_sample_profile_of_the_demo_is_right() -> None:
    text = (Path(__file__).parents[3] / "fixtures" / "partners" / "cedar-fork.toml").read_text()
    profile, problems = read_profile(text)
    assert problems == () and profile is not None and profile.answers.invoice == ("same",)


def test_a_carrier_s_code_is_found_whatever_the_case() -> None:
    text = a_profile("C1", '[carriers]\n"Northline Freight" = "NRLF"\n')
    profile, problems = read_profile(text)
    assert problems == () and profile is not None
    assert profile.carrier_code(" northline freight ") == "NRLF"
    assert profile.carrier_code("Other") == ""
    _, problems = read_profile(text.replace("NRLF", "northline"))
    assert [p.key for p in problems] == ["carriers.Northline Freight"]
