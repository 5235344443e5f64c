"""Item tables of other kinds: sizes and days as columns, order forms, odd heads, wrapped numbers, discounts."""

from __future__ import annotations

from tests.extraction.reading import lines, pdf, read_pdf

Text = tuple[float, float, str]


def laid(top: float, places: list[float], *cells: str) -> list[Text]:
    return [(x, top, text) for x, text in zip(places, cells, strict=True) if text]


def read(*pages: list[Text]) -> list[dict[str, str]]:
    (order,) = read_pdf(pdf(*pages)).orders
    return lines(order)


def test_a_column_for_each_size_makes_a_line_of_every_filled_cell() -> None:
    at = [40.0, 180.0, 240.0, 270.0, 300.0, 330.0, 380.0, 430.0, 490.0]
    page = [
        (40.0, 60.0, "Purchase order 8812"),
        *laid(200, at, "Style", "Colour", "S", "M", "L", "XL", "Pcs", "Price", "Value"),
        *laid(216, at, "4410 Rain cape", "Moss", "10", "20", "-", "5", "35", "12.00", "420.00"),
        *laid(232, at, "", "Slate", "-", "8", "8", "-", "16", "12.00", "192.00"),
    ]
    found = read(page)
    assert [(x["description"], x["quantity"]) for x in found] == [
        ("Rain cape Moss S", "10"),
        ("Rain cape Moss M", "20"),
        ("Rain cape Moss XL", "5"),
        ("Rain cape Slate M", "8"),
        ("Rain cape Slate L", "8"),
    ]
    assert {x["unit_price"] for x in found} == {"12.00"}


def test_a_column_for_each_number_of_shoes() -> None:
    at = [40.0, 180.0, 240.0, 270.0, 300.0, 330.0, 380.0, 430.0]
    page = [
        *laid(200, at, "Article", "Colour", "38", "39", "40", "41", "Qty", "Price"),
        *laid(216, at, "Clog Anna", "Red", "2", "4", "4", "2", "12", "31.50"),
    ]
    assert [(x["description"], x["quantity"]) for x in read(page)] == [
        ("Clog Anna Red 38", "2"),
        ("Clog Anna Red 39", "4"),
        ("Clog Anna Red 40", "4"),
        ("Clog Anna Red 41", "2"),
    ]


def test_a_column_for_each_day_makes_dated_lines() -> None:
    at = [40.0, 120.0, 260.0, 330.0, 400.0, 470.0]
    page = [
        *laid(200, at, "Part no.", "Description", "02.03.2026", "09.03.2026", "16.03.2026", "Qty"),
        *laid(216, at, "HX-2201", "Bearing cup", "40", "", "60", "100"),
    ]
    assert [(x["quantity"], x["requested_date"], x["description"]) for x in read(page)] == [
        ("40", "2026-03-02", "Bearing cup"),
        ("60", "2026-03-16", "Bearing cup"),
    ]


def test_lines_of_an_order_form_left_empty_or_at_zero_are_not_ordered() -> None:
    at = [40.0, 120.0, 300.0, 360.0, 430.0]
    page = [
        *laid(200, at, "Code", "Product", "Order qty", "Price", "Line total"),
        *laid(216, at, "AB-10", "Leash black", "20", "3.00", "60.00"),
        *laid(232, at, "AB-11", "Leash red", "0", "3.00", "0.00"),
        *laid(248, at, "AB-12", "Leash blue", "5", "3.00", "15.00"),
    ]
    assert [x["buyer_sku"] for x in read(page)] == ["AB-10", "AB-12"]


def test_heads_run_together() -> None:
    at = [40.0, 160.0, 320.0, 380.0, 430.0, 500.0]
    page = [
        *laid(200, at, "ArtNrLief", "Bezeichnung", "Menge", "ME", "EPreis", "GPreis"),
        *laid(216, at, "4711081", "Dichtband grau", "24", "RO", "6,50", "156,00"),
    ]
    assert read(page) == [
        {
            "supplier_sku": "4711081",
            "description": "Dichtband grau",
            "quantity": "24",
            "uom": "RO",
            "unit_price": "6.50",
            "amount": "156.00",
        }
    ]


def test_heads_in_swedish_and_czech() -> None:
    at = [40.0, 80.0, 160.0, 330.0, 380.0, 430.0, 500.0]
    swedish = ("Pos", "Artikel", "Benämning", "Antal", "Enh", "Á-pris", "Belopp")
    czech = ("Č.", "Obj. číslo", "Název", "Množství", "MJ", "Cena/MJ", "Celkem")
    for head in (swedish, czech):
        page = [
            *laid(200, at, *head),
            *laid(216, at, "1", "50-1127", "Slang 2SC", "90", "ks", "4,20", "378,00"),
        ]
        (line,) = read(page)
        assert (line["description"], line["quantity"], line["uom"]) == ("Slang 2SC", "90", "ks")
        assert (line["unit_price"], line["amount"]) == ("4.20", "378.00")


def test_unknown_heads_among_known_ones_are_told_by_what_stands_under_them() -> None:
    at = [40.0, 80.0, 180.0, 350.0, 400.0, 460.0, 520.0]
    page = [
        *laid(200, at, "#", "Xref", "Zorblat", "Qty", "UOM", "Price", "Amount"),
        *laid(216, at, "1", "MS28775-222", "Preformed packing", "50", "EA", "2.40", "120.00"),
        *laid(232, at, "2", "AN960C416L", "Flat washer", "200", "EA", "0.18", "36.00"),
    ]
    assert [(x["buyer_sku"], x["description"]) for x in read(page)] == [
        ("MS28775-222", "Preformed packing"),
        ("AN960C416L", "Flat washer"),
    ]


def test_numbers_broken_over_two_rows_begin_no_line() -> None:
    at = [40.0, 95.0, 160.0, 330.0, 400.0, 480.0]
    page = [
        *laid(200, at, "No.", "Vendor Item No.", "Description", "Quantity", "Unit Cost", "Amount"),
        *laid(216, at, "PLY-OK-", "OPP", "Marine ply 18 mm", "24", "10.00", "240.00"),
        *laid(228, at, "18", "2244/18", "", "", "", ""),
        *laid(244, at, "GLUE-", "WS105-5", "Epoxy resin", "2", "84.30", "168.60"),
        *laid(256, at, "EPX5", "", "", "", "", ""),
    ]
    assert [(x["buyer_sku"], x["supplier_sku"], x["quantity"]) for x in read(page)] == [
        ("PLY-OK-18", "OPP 2244/18", "24"),
        ("GLUE-EPX5", "WS105-5", "2"),
    ]


def test_the_price_before_discounts_is_the_price() -> None:
    at = [40.0, 110.0, 280.0, 330.0, 380.0, 430.0, 480.0, 530.0]
    page = [
        *laid(200, at, "Ref.", "Concepto", "Cantidad", "Tarifa", "Dto1", "Dto2", "Neto", "Importe"),
        *laid(216, at, "BX-44", "Canal gris", "100", "4,00", "50,00", "10,00", "1,80", "180,00"),
        *laid(232, at, "BX-45", "Canal negro", "10", "8,00", "25,00", "", "6,00", "60,00"),
    ]
    assert [(x["unit_price"], x["amount"]) for x in read(page)] == [
        ("4.00", "180.00"),
        ("8.00", "60.00"),
    ]


def test_numbered_clauses_under_a_table_are_no_lines() -> None:
    at = [40.0, 80.0, 340.0, 420.0, 500.0]
    page = [
        *laid(200, at, "No.", "Commodity", "Quantity", "Unit Price", "Amount"),
        *laid(216, at, "1", "Pressure gauge", "150 PCS", "118.00", "17,700.00"),
        *laid(
            240, at, "", "TOTAL: SAY US DOLLARS SEVENTEEN THOUSAND AND SEVEN HUNDRED", "", "", ""
        ),
        (40.0, 264.0, "1) Price term: CIF Oslo"),
        (40.0, 276.0, "2) Documents: B/L 3/3, invoice in triplicate, packing list, form A, 3.1"),
    ]
    assert [x["description"] for x in read(page)] == ["Pressure gauge"]


def test_values_that_overran_their_tab_stops_go_by_order() -> None:
    page = [
        (57.0, 200.0, "Code"), (93.0, 200.0, "What"), (237.0, 200.0, "How much"), (309.0, 200.0, "Price"),
        (57.0, 216.0, "WO-54-QS"), (129.0, 216.0, "White oak quartersawn, rough"), (309.0, 216.0, "220 BF"), (381.0, 216.0, "$11.25/BF"),
        (57.0, 232.0, "WAL-84-F"), (129.0, 232.0, "Black walnut, rough"), (309.0, 232.0, "65 BF"), (345.0, 232.0, "$14.80/BF"),
    ]  # fmt: skip
    assert [(x["quantity"], x["unit_price"]) for x in read(page)] == [
        ("220", "11.25"),
        ("65", "14.80"),
    ]


def test_a_schedule_of_one_item_makes_a_line_of_every_firm_row() -> None:
    at = [40.0, 150.0, 230.0, 320.0]
    page = [
        (40.0, 60.0, "Release 14 against order 5500012"),
        (40.0, 160.0, "Part no. AX-9T-2100"), (190.0, 160.0, "Axle 9 t braked"), (320.0, 160.0, "Unit: EA"),
        *laid(200, at, "Due date", "Quantity", "Cumulative", "Status"),
        *laid(216, at, "13/04/2026", "12", "198", "firm"),
        *laid(232, at, "20/04/2026", "18", "216", "firm"),
        *laid(248, at, "04/05/2026", "48", "264", "forecast"),
    ]  # fmt: skip
    assert read(page) == [
        {
            "buyer_sku": "AX-9T-2100",
            "description": "Axle 9 t braked",
            "uom": "EA",
            "quantity": quantity,
            "requested_date": day,
        }
        for quantity, day in (("12", "2026-04-13"), ("18", "2026-04-20"))
    ]


def test_heads_that_nobody_knows_and_no_heads_are_told_by_arithmetic() -> None:
    at = [40.0, 90.0, 300.0, 360.0, 430.0]
    head = laid(200, at, "Kodas", "Pavadinimas", "Kiekis", "Kaina", "Suma")
    body = [
        *laid(216, at, "A-1001", "Pine board 2 m", "40", "3.20", "128.00"),
        *laid(232, at, "A-1002", "Pine board 3 m", "10", "4.80", "48.00"),
        *laid(260, at, "", "", "", "Viso", "176.00"),
    ]
    for page in ([*head, *body], body):
        assert [tuple(x.values()) for x in read([(40.0, 60.0, "Order 77"), *page])] == [
            ("40", "3.20", "128.00", "A-1001", "Pine board 2 m"),
            ("10", "4.80", "48.00", "A-1002", "Pine board 3 m"),
        ]


def test_a_block_of_labels_is_one_line() -> None:
    said = [
        ("Item", "Steel drum 200 L"),
        ("Part no.", "SD-200"),
        ("Quantity", "40 pcs"),
        ("Unit price", "EUR 38.50"),
        ("Amount", "EUR 1,540.00"),
    ]
    beside = [p for n, pair in enumerate(said) for p in laid(100 + 14 * n, [40.0, 150.0], *pair)]
    behind = [(40.0, 100.0 + 14 * n, f"{a}: {b}") for n, (a, b) in enumerate(said)]
    for page in (beside, behind):
        assert read(page) == [
            {
                "description": "Steel drum 200 L",
                "buyer_sku": "SD-200",
                "quantity": "40",
                "uom": "pcs",
                "unit_price": "38.50",
                "amount": "1540.00",
            }
        ]


def test_days_of_deliveries_under_a_line_are_no_description() -> None:
    at = [40.0, 80.0, 300.0, 380.0, 460.0]
    page = [
        *laid(190, at, "Line", "Description", "Quantity", "Unit Price", "Amount"),
        *laid(206, at, "1", "Gear housing", "500 EA", "1.10", "550.00"),
        (80.0, 216.0, "Due date 14/12/2026   Qty 200"),
        (80.0, 226.0, "Due date 21/12/2026   Qty 300"),
    ]
    (line,) = read(page)
    assert (line["description"], line["requested_date"]) == ("Gear housing", "2026-12-14")


def test_numbers_beside_a_revision_are_the_buyers_and_those_of_a_price_list_the_suppliers() -> None:
    at = [40.0, 120.0, 170.0, 330.0, 400.0, 470.0]
    drawn = [
        *laid(200, at, "Part Number", "Rev", "Description", "Qty", "Price", "Total"),
        *laid(216, at, "NB-M-0442", "C", "Wrist bracket", "50", "2.00", "100.00"),
    ]
    assert read(drawn)[0]["buyer_sku"] == "NB-M-0442"
    form = laid(200, at, "Art. no.", "EAN", "Item", "Order", "WSP", "Sum")
    for n in range(8):
        top = 216 + 14 * n
        ordered = ("3", "2.00", "6.00") if n == 4 else ("", "2.00", "")
        form += laid(top, at, f"VS-100{n}", "", f"Vase sand {n}", *ordered)
    assert [(x["supplier_sku"], x["quantity"]) for x in read(form)] == [("VS-1004", "3")]


def test_goods_told_by_size_alone() -> None:
    at = [40.0, 80.0, 120.0, 230.0, 320.0, 400.0, 480.0]
    page = [
        *laid(200, at, "Item", "Pcs", "Size", "Grade", "Lbs", "$/CWT", "Ext"),
        *laid(214, at, "1", "8", "W12X26", "A992", "8,320", "80.00", "6,656.00"),
    ]
    (line,) = read(page)
    assert (line["quantity"], line["description"]) == ("8", "W12X26")
