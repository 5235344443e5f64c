"""A new partner is a profile and sample files: the command prints what differs from the expected readings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core import migrate
from tests.exchanged import a_profile
from workers.cli import main

ORDER = (
    b"ISA*00*          *00*          *ZZ*ACMEWORKS      *ZZ*PROBEFIT       *260302*0900*U*00401*000000007*0*P*>~\n"
    b"GS*PO*ACMEWORKS*PROBEFIT*20260302*0900*7*X*004010~\nST*850*0001~\nBEG*00*SA*PO-77**20260302~\n"
    b"PO1*1*12*STK*4.10**VP*BX-40~\nCTT*1~\nSE*6*0001~\nGE*1*7~\nIEA*1*000000007~\n"
)
WANTED = {
    "lane": "order",
    "orders": [
        {
            "fields": {"po_number": "PO-77", "order_date": "2026-03-02", "purpose": "00", "currency": "EUR"},
            "lines": [
                {"line_no": "1", "quantity": "12", "uom": "EA", "unit_price": "4.10", "supplier_sku": "BX-40"}
            ],
        }
    ],
}  # fmt: skip
MORE = '\n[tolerance]\nedi-message-count = "forgive"\n[units]\nSTK = "EA"\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ORDERCLERK_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ORDERCLERK_DATABASE_URL", f"sqlite:///{tmp_path / 'db.sqlite'}")
    monkeypatch.setenv("ORDERCLERK_SECRET_KEY", "k" * 32)
    return tmp_path


def _profile(folder: Path, head: str = 'currency = "EUR"\n', more: str = MORE) -> Path:
    path = folder / "acme.toml"
    path.write_text(head + a_profile(more=more))
    return path


def _run(*words: object) -> Result:
    return CliRunner().invoke(main, ["partner", *map(str, words)])


def _sample(folder: Path, wanted: object = WANTED, raw: bytes = ORDER) -> Path:
    file = folder / "order.edi"
    file.write_bytes(raw)
    if wanted is not None:
        (folder / "order.edi.json").write_text(json.dumps(wanted))
    return file


def test_a_sample_as_expected(here: Path) -> None:
    result = _run("check", _profile(here), _sample(here))
    assert result.exit_code == 0, result.output
    assert "as expected" in result.output and "NOT" not in result.output


def test_what_differs_is_printed(here: Path) -> None:
    result = _run("check", _profile(here, head="", more=""), _sample(here))
    assert result.exit_code == 1
    rows = [row.strip() for row in result.output.splitlines()]
    assert "- order 1 line 1 uom: EA" in rows and "+ order 1 line 1 uom: STK" in rows
    assert "- order 1 currency: EUR" in rows


def test_a_stranger_s_file_is_told(here: Path) -> None:
    result = _run(
        "check", _profile(here), _sample(here, raw=ORDER.replace(b"ACMEWORKS ", b"STRANGERS "))
    )
    assert result.exit_code == 1 and "none of the profile's identities" in result.output


def test_expected_readings_can_be_written_to_begin_with(here: Path) -> None:
    file = _sample(here, wanted=None)
    first = _run("check", _profile(here), file, "--write")
    assert first.exit_code == 1 and "look it through" in first.output
    assert json.loads((here / "order.edi.json").read_text())["orders"][0]["lines"][0]["uom"] == "EA"
    assert _run("check", _profile(here), file).exit_code == 0


def test_mistakes_name_their_keys(here: Path) -> None:
    result = _run(
        "check",
        _profile(
            here, more='\n[answers]\ntechnical = "often"\n[tolerance]\nedi-nonsense = "note"\n'
        ),
    )
    assert result.exit_code == 1 and "answers.technical" in result.output
    result = _run("check", _profile(here, more='\n[tolerance]\nedi-nonsense = "note"\n'))
    assert result.exit_code == 1 and "no reader gives this code" in result.output


def test_added_listed_shown_and_given_a_secret(here: Path) -> None:
    migrate.upgrade(f"sqlite:///{here / 'db.sqlite'}")
    path = _profile(here)
    assert _run("list").output.startswith("No partner yet")
    assert "is kept" in _run("add", path).output
    assert _run("list").output.startswith("acme: Acme Works, answers as orders come")
    assert _run("show", "acme").output == path.read_text()
    assert "is kept" in _run("secret", "acme", "sftp-password", "--value", "hush").output
    assert _run("show", "nobody").exit_code == 1
