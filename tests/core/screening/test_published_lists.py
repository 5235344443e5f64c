"""Lists in the layouts in which authorities publish them; every party in them is invented."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from core.database import Database
from core.errors import BadInput
from core.screening.countries import country_code
from core.screening.list_screen import ListScreen
from core.screening.load import load_list
from core.screening.published import read_list
from core.screening.values import Asked
from tests import builders as make

SDN = (
    '901,"VOLGINSKY MACHINE PLANT","-0- ","INVENTED-EO1","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- "\r\n'
    '902,"TESTOV, Pavel Imaginovich","individual","INVENTED-EO1","Director","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ",'
    "\"DOB 01 Jan 1960; a.k.a. 'AURORA'; Gender Male.\"\r\n\x1a"
)
ALT = '901,11,"aka","VMZ VOLGINSK","-0- "\r\n901,12,"fka","VOLGINSKER MASCHINENWERK","-0- "\r\n'
ADD = '901,21,"1 Zavodskaya ul.","Volginsk","Russia","-0- "\r\n902,22,"-0- ","-0- ","Korea, North","-0- "\r\n'
OFSI = (
    "Last Updated,20/11/2026\r\n"
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,Non-Latin Script Language,"
    "DOB,Town of Birth,Country of Birth,Nationality,Passport Number,Address 1,Post/Zip Code,Country,Other Information,"
    "Group Type,Alias Type,Alias Quality,Regime,Listed On,Last Updated,Group ID\r\n"
    "TESTOV,Pavel,Imaginovich,,,,Mr,Павел Тестов,,,,,,Russia,,,,Russia,,Individual,Primary name,,Invented,01/02/2025,01/02/2025,77001\r\n"
    "TESTOFF,Paul,,,,,,,,,,,,,,,,Russia,,Individual,Primary name variation,Good quality,Invented,01/02/2025,01/02/2025,77001\r\n"
    "AURORA,,,,,,,,,,,,,,,,,,,Individual,AKA,Low quality,Invented,01/02/2025,01/02/2025,77001\r\n"
    "VOLGINSKY MACHINE PLANT,,,,,,,,,,,,,,,,,Belarus,,Entity,Primary name,,Invented,01/02/2025,01/02/2025,77002\r\n"
)
EU = (
    "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_SubjectType;Entity_Regulation_Programme;"
    "NameAlias_LastName;NameAlias_FirstName;NameAlias_MiddleName;NameAlias_WholeName;NameAlias_Strong;"
    "Address_City;Address_CountryIso2Code;Citizenship_CountryIso2Code\r\n"
    "19/11/2026;501;EU.501.1;E;INV;;;;Volginsky Machine Plant;true;;;\r\n"
    "19/11/2026;501;EU.501.1;E;INV;;;;Волгинский машзавод;true;;;\r\n"
    "19/11/2026;501;EU.501.1;E;INV;;;;;;Volginsk;RU;\r\n"
    "19/11/2026;502;EU.502.1;P;INV;Testov;Pavel;Imaginovich;;true;;;BY\r\n"
    "19/11/2026;502;EU.502.1;P;INV;;;;Aurora;false;;;\r\n"
)


def zipped(**files: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return target.getvalue()


def test_ofac_three_files_are_one_list() -> None:
    found = read_list(zipped(add=ADD, alt=ALT, sdn=SDN))
    plant, person = found.entries
    assert found.format == "OFAC"
    assert (plant.name, plant.aliases) == ("VOLGINSKY MACHINE PLANT", ["VMZ VOLGINSK", "VOLGINSKER MASCHINENWERK"])  # fmt: skip
    assert (plant.countries, plant.reference, plant.remark) == (["RU"], "901", "INVENTED-EO1")
    assert (person.name, person.weak, person.countries) == ("TESTOV, Pavel Imaginovich", ["AURORA"], ["KP"])  # fmt: skip
    assert [e.name for e in read_list(SDN.encode()).entries] == [plant.name, person.name]
    with pytest.raises(BadInput, match="without its parties"):
        read_list(ALT.encode())
    with pytest.raises(BadInput, match="cannot be opened"):
        read_list(zipped(sdn=SDN)[:60])


def test_ofsi_rows_of_a_group_are_one_party() -> None:
    found = read_list(OFSI.encode())
    person, plant = found.entries
    assert (found.format, found.day) == ("OFSI", date(2026, 11, 20))
    assert person.name == "Pavel Imaginovich TESTOV"
    assert person.aliases == ["Павел Тестов", "Paul TESTOFF"]
    assert (person.weak, person.countries, person.reference) == (["AURORA"], ["RU"], "77001")
    assert (plant.name, plant.countries) == ("VOLGINSKY MACHINE PLANT", ["BY"])


def test_eu_rows_of_an_entity_are_one_party() -> None:
    found = read_list(EU.encode("utf-8-sig"))
    plant, person = found.entries
    assert (found.format, found.day) == ("EU", date(2026, 11, 19))
    assert (plant.name, plant.aliases) == ("Volginsky Machine Plant", ["Волгинский машзавод"])
    assert (plant.countries, plant.reference) == (["RU"], "EU.501.1")
    assert (person.name, person.weak, person.countries) == ("Pavel Imaginovich Testov", ["Aurora"], ["BY"])  # fmt: skip


def test_eu_heads_of_the_older_file() -> None:
    text = "Date_file;Entity_logical_id;Subject_type;Programme;Naal_lastname;Naal_firstname;Naal_middlename;Naal_wholename;Addr_country\n2026-11-19;9;E;INV;;;;Volginsky Machine Plant;RUS\n"
    found = read_list(text.encode())
    assert (found.format, found.day, found.entries[0].countries) == ("EU", date(2026, 11, 19), ["RU"])  # fmt: skip


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("China", "CN"), ("Russia", "RU"), ("Russian Federation", "RU"), ("RUS", "RU"), ("Russland", "RU"), ("de", "DE"),
        ("Korea, North", "KP"), ("Iran", "IR"), ("Syria", "SY"), ("Atlantis", ""), ("", ""),
    ],
)  # fmt: skip
def test_countries_as_lists_write_them(written: str, code: str) -> None:
    assert country_code(written) == code


def test_a_weak_name_is_told_letter_for_letter_and_not_from_another_country(
    database: Database,
) -> None:
    least = Decimal("0.88")
    with database.begin() as session:
        load_list(session, "London", "ConList.csv", OFSI.encode(), act=make.an_act())
        look = ListScreen().look
        (version,) = ListScreen().versions(session)
        assert version[0] == "London"
        assert version[1].startswith("2026-11-20 ")
        assert [h.score for h in look(session, [Asked("contact", "Aurora")], least)] == [Decimal("0.90")]  # fmt: skip
        for asked in (Asked("customer", "Aurora GmbH", "DE"), Asked("customer", "Auror")):
            assert look(session, [asked], least) == ()
        (hit,) = look(session, [Asked("contact", "Testoff, P. Paul")], least)
        assert (hit.listed, hit.reference) == ("Paul TESTOFF", "77001")
        (plant,) = look(session, [Asked("customer", "Volginsky Mashine Plant OOO", "BY")], least)
        assert plant.countries == ("BY",)
