"""Item tables as systems print them: heads in two languages or set close, two numbers under one head, recapitulations."""

from __future__ import annotations

from tests.extraction.reading import Piece, lines, pdf, read_pdf


def read(*rows: tuple[float, list[tuple[float, str]]]) -> list[dict[str, str]]:
    pieces: list[Piece] = [(x, top, text) for top, cells in rows for x, text in cells]
    return lines(read_pdf(pdf(pieces)).orders[0])


def test_heads_in_two_languages_above_each_other() -> None:
    at = (40, 80, 140, 340, 380, 430, 500)
    found = read(
        (100, list(zip(at, ["Ligne", "Article", "Description", "Qté", "Unité", "Prix", "Montant"], strict=True))),
        (110, [(40, "Line"), (80, "Item"), (340, "Qty"), (380, "Unit"), (430, "Price"), (500, "Amount")]),
        (124, list(zip(at, ["1", "M-22", "Ice melter, 20 kg bag", "30", "SAC", "8.60", "258.00"], strict=True))),
        (138, list(zip(at, ["2", "M-09", "Snow shovel", "24", "EA", "25.00", "600.00"], strict=True))),
    )  # fmt: skip
    assert [(g["description"], g["quantity"]) for g in found] == [
        ("Ice melter, 20 kg bag", "30"),
        ("Snow shovel", "24"),
    ]


def test_heads_set_close_together() -> None:
    found = read(
        (100, [(40, "Description"), (300, "Quantity"), (342, "Unit Price"), (440, "GST"), (466, "Amount AUD")]),
        (114, [(40, "Hydraulic table"), (312, "2.00"), (356, "90.00"), (440, "10%"), (480, "180.00")]),
        (128, [(40, "Band 25 m roll"), (312, "4.00"), (356, "44.50"), (440, "10%"), (480, "178.00")]),
    )  # fmt: skip
    assert [(g["unit_price"], g["amount"]) for g in found] == [
        ("90.00", "180.00"),
        ("44.50", "178.00"),
    ]


def test_a_recapitulation_of_taxes_is_no_line() -> None:
    found = read(
        (100, [(40, "Item number"), (120, "Description"), (300, "Quantity"), (380, "Unit price"), (460, "Amount")]),
        (114, [(40, "K-01508"), (120, "Geared motor"), (310, "5.00"), (385, "100.00"), (460, "500.00")]),
        (150, [(40, "Tax code"), (120, "Net amount"), (220, "Tax"), (300, "Charges"), (380, "Currency"), (460, "Total")]),
        (164, [(40, "V20"), (120, "500.00"), (220, "100.00"), (300, "0.00"), (380, "GBP"), (460, "600.00")]),
    )  # fmt: skip
    assert [g["amount"] for g in found] == ["500.00"]


def test_goods_and_their_number_under_one_head() -> None:
    found = read(
        (100, [(40, "Item#"), (80, "Description/Part No."), (340, "QTY"), (380, "UOM"), (430, "Unit Price"), (500, "Extended Price")]),
        (114, [(40, "1"), (80, "Furnish and install unit heater"), (340, "1.0"), (380, "EACH"), (430, "$3250.00"), (500, "$3250.00")]),
    )  # fmt: skip
    assert (found[0]["description"], found[0].get("buyer_sku")) == (
        "Furnish and install unit heater",
        None,
    )


def test_two_numbers_under_one_head() -> None:
    found = read(
        (100, [(40, "Pos"), (70, "Teil / Ihre Artikelnr."), (200, "Bezeichnung"), (380, "Menge"), (430, "Preis"), (500, "Betrag")]),
        (114, [(40, "1"), (70, "40718-L"), (200, "Seitenwand links,"), (380, "12"), (430, "20,00"), (500, "240,00")]),
        (125, [(70, "BZ-88120"), (200, "t=8, Index C")]),
    )  # fmt: skip
    assert (found[0]["buyer_sku"], found[0]["supplier_sku"]) == ("40718-L", "BZ-88120")
    assert found[0]["description"] == "Seitenwand links, t=8, Index C"


def test_the_suppliers_number_named_below_leaves_the_first_to_the_buyer() -> None:
    found = read(
        (100, [(40, "Line"), (80, "Item / Vendor Item"), (300, "Qty Ordered"), (380, "Unit Cost"), (460, "Ext. Cost")]),
        (114, [(40, "1"), (80, "VP-7731-02"), (300, "60"), (380, "2.00"), (460, "120.00")]),
        (125, [(80, "Vendor Item: KS-1750-V")]),
        (136, [(80, "SEAL KIT, MECHANICAL")]),
    )  # fmt: skip
    assert (found[0]["buyer_sku"], found[0]["supplier_sku"]) == ("VP-7731-02", "KS-1750-V")


def test_the_amount_may_be_headed_ordered() -> None:
    found = read(
        (100, [(40, "Line"), (80, "Item"), (300, "Price"), (360, "Quantity"), (430, "UOM"), (500, "Ordered")]),
        (114, [(40, "1"), (80, "Pipe 8 in x 20 ft"), (300, "186.40"), (360, "120"), (430, "Each"), (500, "22,368.00")]),
        (128, [(40, "2"), (80, "Gate valve 8 in"), (300, "1,124.00"), (360, "6"), (430, "Each"), (500, "6,744.00")]),
    )  # fmt: skip
    assert [(g["quantity"], g["amount"]) for g in found] == [("120", "22368.00"), ("6", "6744.00")]


def test_a_column_headed_no_may_hold_part_numbers() -> None:
    found = read(
        (100, [(40, "No."), (140, "Description"), (340, "Quantity"), (420, "Unit Cost"), (500, "Amount")]),
        (114, [(40, "BAT-12-100"), (140, "Battery 12 V"), (340, "12"), (420, "10.00"), (500, "120.00")]),
        (128, [(40, "FRT"), (140, "Freight, dangerous goods"), (340, "1"), (420, "85.00"), (500, "85.00")]),
    )  # fmt: skip
    assert [g["buyer_sku"] for g in found] == ["BAT-12-100", "FRT"]
