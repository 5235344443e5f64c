"""What prints of business systems and shops have in common: conditions under lines, salutes, captions of several rows."""

from __future__ import annotations

from tests.extraction.reading import Piece, fields, lines, pdf, read_mail, read_pdf

HEADS = ["Pos.", "Material", "Bezeichnung", "Menge", "Einheit", "Preis", "Nettowert"]
AT = (40, 80, 150, 320, 370, 420, 500)


def pieces(*rows: tuple[float, list[tuple[float, str]]]) -> list[Piece]:
    return [(x, top, text) for top, cells in rows for x, text in cells]


def test_gross_discount_and_net_belong_to_the_line_above() -> None:
    read = read_pdf(
        pdf(
            pieces(
                (60, [(40, "Bestellung 4700081"), (320, "Seewald Fördertechnik GmbH")]),
                (150, list(zip(AT, HEADS, strict=True))),
                (164, [(40, "00010"), (80, "20047715"), (150, "Rollenkette 16B"), (330, "36"), (370, "ST")]),
                (176, [(150, "Bruttopreis"), (420, "48,50"), (505, "1.746,00")]),
                (188, [(150, "Rabatt (%)"), (420, "12,00-"), (505, "209,52-")]),
                (200, [(150, "Nettowert"), (420, "42,68"), (505, "1.536,48")]),
                (216, [(40, "00020"), (80, "20047802"), (150, "Kettenschloss"), (325, "20"), (370, "ST"), (425, "1,35"), (505, "27,00")]),
            )
        )
    )  # fmt: skip
    found = lines(read.orders[0])
    assert [(g["quantity"], g["unit_price"], g["amount"]) for g in found] == [
        ("36", "42.68", "1536.48"),
        ("20", "1.35", "27.00"),
    ]


def test_firma_alone_salutes_whom_the_letter_goes_to() -> None:
    read = read_pdf(
        pdf(
            pieces(
                (40, [(40, "Seewald Fördertechnik GmbH · Hafenweg 7 · 59269 Beckum")]),
                (60, [(40, "Firma")]),
                (72, [(40, "Kettenwerk Hohenrode GmbH")]),
                (84, [(40, "Postfach 12 40")]),
                (96, [(40, "58089 Hagen")]),
                (130, [(40, "Bestellnummer: 4711-22")]),
                (160, [(40, "Artikel"), (120, "Bezeichnung"), (320, "Menge"), (400, "Preis"), (480, "Betrag")]),
                (174, [(40, "K-10"), (120, "Rollenkette"), (325, "2"), (400, "10,00"), (480, "20,00")]),
            )
        )
    )  # fmt: skip
    assert fields(read.orders[0])["buyer_name"] == "Seewald Fördertechnik GmbH"


def test_a_grid_over_the_goods_is_no_table_of_goods() -> None:
    read = read_pdf(
        pdf(
            pieces(
                (40, [(40, "Talleres Arganzón, S.L.")]),
                (90, [(40, "Nº PEDIDO"), (120, "FECHA"), (200, "COD. PROV."), (280, "F. ENTREGA")]),
                (102, [(40, "2026/000733"), (120, "06/11/2026"), (200, "400218"), (280, "20/11/2026")]),
                (140, [(40, "CÓDIGO"), (120, "DESCRIPCIÓN"), (320, "CANTIDAD"), (400, "PRECIO"), (480, "IMPORTE")]),
                (154, [(40, "RED-40"), (120, "Redondo calibrado"), (330, "10"), (400, "1,50"), (480, "15,00")]),
            )
        )
    )  # fmt: skip
    found = fields(read.orders[0])
    assert (found["po_number"], found["order_date"], found["requested_date"]) == (
        "2026/000733",
        "2026-11-06",
        "2026-11-20",
    )


def test_captions_of_several_rows_over_sums() -> None:
    read = read_pdf(
        pdf(
            pieces(
                (40, [(40, "Purchase order PO-5512"), (300, "Fjord Seafood Inc")]),
                (120, [(40, "Item number"), (120, "Description"), (300, "Quantity"), (380, "Unit price"), (460, "Amount")]),
                (134, [(40, "PK-1120"), (120, "Insulated carton"), (310, "10"), (385, "3.00"), (460, "30.00")]),
                (170, [(40, "Sales"), (120, "Charges"), (200, "Net"), (280, "Sales tax"), (360, "Total")]),
                (180, [(40, "subtotal"), (200, "amount")]),
                (190, [(40, "amount")]),
                (206, [(40, "30.00"), (120, "0.00"), (200, "30.00"), (280, "0.00"), (360, "30.00")]),
            )
        )
    )  # fmt: skip
    found = fields(read.orders[0])
    assert (found.get("subtotal"), found.get("total")) == ("30.00", "30.00")
    assert len(lines(read.orders[0])) == 1


def test_payment_terms_are_told_in_full() -> None:
    read = read_pdf(
        pdf(
            pieces(
                (40, [(40, "Ridgepole Builders, Inc."), (300, "Purchase Order PO-4411")]),
                (80, [(40, "Terms: Net 30, 10% retainage")]),
                (120, [(40, "Item"), (120, "Description"), (300, "Qty"), (380, "Unit Price"), (460, "Amount")]),
                (134, [(40, "D-10"), (120, "Door"), (305, "2"), (385, "10.00"), (460, "20.00")]),
            )
        )
    )  # fmt: skip
    assert fields(read.orders[0])["payment_terms"] == "Net 30, 10% retainage"


def test_a_shops_column_of_prices_may_hold_amounts() -> None:
    text = (
        "New order 20418\n\nProduct\tQuantity\tPrice\nLeaf rake (#RK-24)\t20\t$290.00\nHose (#HS-58)\t30\t$597.00\n\n"
        "Subtotal: $887.00\n"
    )
    found = lines(read_mail(text).orders[0])
    assert [(g["quantity"], g.get("amount"), g.get("unit_price")) for g in found] == [
        ("20", "290.00", None),
        ("30", "597.00", None),
    ]


def test_dozens_in_figures_are_a_unit_and_terms_of_days_no_day() -> None:
    text = (
        "Please send 16 dozen brioche buns and 3 cases of boats, delivery within 10 days.\n\nRosa"
    )
    (order,) = read_mail(text).orders
    assert [(g["quantity"], g.get("uom")) for g in lines(order)] == [
        ("16", "dozen"),
        ("3", "cases"),
    ]
    assert "requested_date" not in fields(order)


def test_counts_behind_the_goods() -> None:
    text = (
        "Order please:\n\nArris rails 3m, 66\nPosts brown treated, 34\n5ft boards 1.5m, 400\n\nLuke"
    )
    assert [g["quantity"] for g in lines(read_mail(text).orders[0])] == ["66", "34", "400"]
