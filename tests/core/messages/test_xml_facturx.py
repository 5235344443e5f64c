"""Factur-X: what makes a PDF/A-3, as far as it can be checked without a validator, and the same invoice inside."""

from __future__ import annotations

import struct
from dataclasses import replace
from io import BytesIO

import facturx as reference
import pikepdf
import pypdfium2
import pytest
from lxml import etree

from core.messages.documents.archival import colour_profile
from core.messages.electronic.facts import Style
from core.messages.electronic.problems import CannotWrite
from core.messages.electronic.xml.cii_invoice import invoice as cii
from core.messages.electronic.xml.facturx import invoice as write
from core.values import Address
from extraction.edi.embedded import read_embedded
from tests.core.messages.xml_answers import PARTIES, PLAIN, ROUTE, invoice, untaxed
from tests.core.messages.xml_schemas import faults

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
FX = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"


@pytest.fixture(scope="module")
def written() -> bytes:
    return write(invoice(), ROUTE, PLAIN)


@pytest.fixture
def pdf(written):
    with pikepdf.open(BytesIO(written)) as document:
        yield document


def xmp(document: pikepdf.Pdf) -> etree._Element:
    return etree.fromstring(document.Root.Metadata.read_bytes())


def value(tree: etree._Element, name: str) -> str:
    return "".join(tree.find(f".//{name}").itertext()).strip()


def test_the_file_says_that_it_is_pdf_a_3b(pdf) -> None:
    tree = xmp(pdf)
    assert (value(tree, f"{PDFAID}part"), value(tree, f"{PDFAID}conformance")) == ("3", "B")
    assert "/Filter" not in pdf.Root.Metadata
    assert len(pdf.trailer.ID) == 2
    assert not pdf.is_encrypted


def test_both_places_of_information_say_the_same(pdf) -> None:
    tree, info = xmp(pdf), pdf.trailer.Info
    dc, basic = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}"
    assert value(tree, f"{dc}title") == str(info.Title) == "Invoice IN000042"
    assert value(tree, f"{dc}creator") == str(info.Author)
    assert value(tree, f"{basic}CreatorTool") == str(info.Creator)
    assert value(tree, f"{basic}CreateDate") == "2026-03-02T09:30:00Z"
    assert str(info.CreationDate) == "D:20260302093000Z"
    assert set(info.keys()) == {"/Title", "/Author", "/Creator", "/Producer", "/CreationDate", "/ModDate"}  # fmt: skip


def test_the_schema_of_its_own_metadata_is_described(pdf) -> None:
    tree = xmp(pdf)
    assert value(tree, f"{FX}ConformanceLevel") == "EN 16931"
    assert value(tree, f"{FX}DocumentFileName") == "factur-x.xml"
    names = {e.text for e in tree.iter("{http://www.aiim.org/pdfa/ns/property#}name")}
    used = {etree.QName(e).localname for e in tree.iter() if str(e.tag).startswith(FX)}
    assert used == names


def test_colours_have_a_profile(pdf) -> None:
    [intent] = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    profile = intent.DestOutputProfile.read_bytes()
    assert profile == colour_profile()
    assert (profile[12:16], profile[16:20], profile[36:40]) == (b"mntr", b"RGB ", b"acsp")
    assert struct.unpack(">I", profile[:4])[0] == len(profile)


def test_every_font_is_embedded_with_its_widths(pdf) -> None:
    fonts = {str(f.BaseFont): f for page in pdf.pages for f in page.Resources.Font.values()}
    assert fonts
    for name, font in fonts.items():
        program = font.FontDescriptor.FontFile2.read_bytes()
        assert "+" in name
        assert "/Encoding" not in font
        assert "/ToUnicode" in font
        assert int(font.FontDescriptor.Flags) & 4
        assert _encodings(program) == 1


def _encodings(program: bytes) -> int:
    """How many character maps a TrueType program has; a symbolic font has one."""
    count = struct.unpack(">H", program[4:6])[0]
    tables = [program[12 + 16 * n : 28 + 16 * n] for n in range(count)]
    [cmap] = [struct.unpack(">I", t[8:12])[0] for t in tables if t[:4] == b"cmap"]
    return struct.unpack(">H", program[cmap + 2 : cmap + 4])[0]


def test_nothing_forbidden_is_inside(pdf) -> None:
    for page in pdf.pages:
        assert not {"/Annots", "/AA", "/Trans", "/PresSteps"} & set(page.keys())
        assert "/XObject" not in page.Resources
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
    assert set(pdf.Root.Names.keys()) == {"/EmbeddedFiles"}


def test_the_invoice_inside_is_associated_with_the_document(pdf) -> None:
    [specification] = pdf.Root.AF
    assert specification.AFRelationship == "/Alternative"
    assert str(specification.UF) == str(specification.F) == "factur-x.xml"
    stream = specification.EF.F
    assert stream.Subtype == "/text/xml"
    assert int(stream.Params.Size) == len(stream.read_bytes())
    assert stream.read_bytes() == cii(invoice(), ROUTE, Style())


def test_the_reference_library_and_our_reader_find_it(written) -> None:
    name, inside = reference.get_xml_from_pdf(written)
    assert name == "factur-x.xml"
    assert faults("cii/Invoice", inside) == []
    reading = read_embedded(written, 1)
    assert reading is not None
    assert (reading.format, reading.orders) == ("cii/Invoice", ())


def test_the_page_shows_the_same_sums(written) -> None:
    document = pypdfium2.PdfDocument(written)
    shown = document[0].get_textpage().get_text_bounded()
    document.close()
    for text in ("IN000042", "PO-300", "68.75", "13.75", "10.00", "WX-10", "NO93 8601 1117 947"):
        assert text in shown


def test_the_reason_for_no_tax_stands_on_the_page() -> None:
    document = pypdfium2.PdfDocument(write(untaxed("SE"), ROUTE, PLAIN))
    assert "Intra-community supply" in document[0].get_textpage().get_text_bounded()
    document.close()


def test_a_german_buyer_reads_german() -> None:
    buyer = replace(PARTIES.buyer, address=Address("Werk", ("Weg 1",), "10115", "Berlin", "", "DE"))
    made = invoice(parties=replace(PARTIES, buyer=buyer), is_credit=True)
    document = pypdfium2.PdfDocument(write(made, ROUTE, PLAIN))
    assert "Gutschrift" in document[0].get_textpage().get_text_bounded()
    document.close()


def test_the_same_facts_give_the_same_bytes(written) -> None:
    assert write(invoice(), ROUTE, PLAIN) == written


def test_what_cannot_be_written_as_xml_is_no_invoice_on_paper_either() -> None:
    with pytest.raises(CannotWrite):
        write(invoice(currency=""), ROUTE, PLAIN)
