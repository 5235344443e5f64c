"""Orders in spreadsheets and delimited text of many shapes: header fields and sums."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import pytest
from openpyxl import Workbook

from core.inbound.reading import Extraction
from core.inbound.values import Message, Part
from extraction.context import Context
from extraction.extract import extract
from tests.extraction.reading import fields, lines

Rows = Sequence[Sequence[object]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def book(*sheets: tuple[str, Rows], merged: Sequence[str] = ()) -> bytes:
    """A workbook; None leaves a cell empty; `merged` are ranges of the first sheet."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(number, column, value)
    for place in merged:
        made.worksheets[0].merge_cells(place)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def read(content: bytes, name: str = "order.xlsx", kind: str = XLSX) -> Extraction:
    return extract(
        Message("upload", parts=(Part(1, "attachment", kind, name, content),)), Context()
    )


def header(found: Extraction) -> dict[str, str]:
    assert len(found.orders) == 1
    return fields(found.orders[0])


def check(found: Extraction, **wanted: str) -> None:
    """The fields named, and no sum or currency beside them."""
    read_fields = header(found)
    assert {name: read_fields.get(name, "") for name in wanted} == wanted
    for name in ("subtotal", "tax", "freight", "total", "currency"):
        assert name in wanted or name not in read_fields


def test_labels_with_values_several_cells_to_the_right() -> None:
    rows: Rows = [
        ["Fenwick Row Cooperage Ltd", None, None, None, "PURCHASE ORDER"],
        [],
        ["Order ref.", None, None, "FRC/1180", "Supplier", None, "Oakdown Staves"],
        ["Raised", None, None, "14/05/2026", "Contact", None, "Jean Tully"],
        ["Wanted", None, None, "29/05/2026", "Terms", None, "30 days EOM"],
        ["Site", None, None, "Unit 4", "Carrier", None, "Own collection"],
        [],
        ["Code", "Description", None, None, "Qty", "UOM", "Price GBP", "Value GBP"],
        ["ST-27", "Stave blanks 27 in", None, None, 400, "EA", 3.15, 1260],
        ["HP-06", "Hoop iron 6 m", None, None, 25, "EA", 8.4, 210],
        [None, None, None, None, None, None, "Goods", 1470],
        [None, None, None, None, None, None, "Carriage", 45],
        [None, None, None, None, None, None, "VAT @ 20%", 303],
        [None, None, None, None, None, None, "Payable", 1818],
    ]
    merged = ["A3:C3", "A4:C4", "A5:C5", "E3:F3", "E4:F4", "E5:F5"]
    check(
        read(book(("PO", rows), merged=merged)),
        po_number="FRC/1180", order_date="2026-05-14", requested_date="2026-05-29",
        payment_terms="30 days EOM", ship_via="Own collection", buyer_name="Fenwick Row Cooperage Ltd",
        currency="GBP", subtotal="1470", freight="45", tax="303", total="1818",
    )  # fmt: skip


def test_captions_over_values_in_merged_bands() -> None:
    rows: Rows = [
        ["Bestellung"],
        ["Dornfeld Schankanlagen GmbH"],
        [],
        ["Bestell-Nr.", None, "Datum", None, "Liefertermin", None, "Versandart"],
        ["B-26/0913", None, date(2026, 9, 3), None, date(2026, 9, 18), None, "Spedition"],
        ["Zahlungsbedingung", None, "Lieferbedingung", None, "Währung", None, "Sachbearbeiter"],
        ["14 Tage 2 %, 30 Tage netto", None, "DAP Landau", None, "EUR", None, "Ute Wernigk"],
        [],
        ["Pos", "Artikel-Nr.", "Bezeichnung", None, "Menge", "ME", "Einzelpreis", "Betrag"],
        [1, "ZH-200", "Zapfhahn verchromt", None, 12, "Stk", 41.5, 498],
        [2, "SL-010", "Bierschlauch 10 m", None, 30, "Stk", 11.2, 336],
        [],
        ["Summe netto", None, "MwSt 19 %", None, "Gesamtbetrag"],
        [834, None, 158.46, None, 992.46],
    ]
    check(
        read(book(("Bestellung", rows))),
        po_number="B-26/0913", order_date="2026-09-03", requested_date="2026-09-18",
        ship_via="Spedition", payment_terms="14 Tage 2 %, 30 Tage netto", incoterms="DAP Landau",
        currency="EUR", buyer_contact="Ute Wernigk", buyer_name="Dornfeld Schankanlagen GmbH",
        subtotal="834", tax="158.46", total="992.46",
    )  # fmt: skip


def test_key_and_value_in_one_cell_and_the_buyer_at_the_foot() -> None:
    rows: Rows = [
        ["ORDER SHEET - TRADE CUSTOMERS 2026"],
        ["Please return to: orders@marlpit-candles.example"],
        [],
        ["SKU", "Product", "Case", "Cases ordered", "Price/case", "Line value"],
        ["MC-01", "Pillar candle ivory", 6, 10, 27, 270],
        ["MC-02", "Tea lights, 50", 12, 4, 38.4, 153.6],
        [None, None, None, 14, None, 423.6],
        [],
        ["YOUR DETAILS"],
        ["Business name: Larkrise Gifts & Home"],
        ["Purchase order no: LK 4402"],
        ["Date of order: 7 March 2026"],
        ["Contact: Imogen Farrow"],
        ["Email: imogen@larkrise-gifts.example"],
        ["Delivery address: Larkrise Gifts & Home, 3 Sheep Street, Burford OX18 4LR"],
        ["Delivery required by: 20 March 2026"],
    ]
    check(
        read(book(("Order", rows))),
        po_number="LK 4402", order_date="2026-03-07", requested_date="2026-03-20",
        buyer_name="Larkrise Gifts & Home", buyer_contact="Imogen Farrow",
        buyer_email="imogen@larkrise-gifts.example",
        ship_to="Larkrise Gifts & Home, 3 Sheep Street, Burford OX18 4LR", total="423.6",
    )  # fmt: skip


def test_camel_case_heads_of_a_flat_export() -> None:
    text = (
        "OrderNumber,OrderDate,CustomerName,ShipToAddress,CurrencyCode,PaymentTerms,BuyerContact,BuyerEmail,"
        "LineNum,ItemCode,ItemDescription,OrderQty,UnitOfMeasure,UnitPrice,LineAmount,RequestedDeliveryDate,ShipVia\n"
        'SO-77120,2026-02-11,Pinyon Ridge Vet Supply,"88 Mesa Dr, Cortez CO 81321",USD,Net 45,Lorna Yazzie,'
        "lorna@pinyonridge.example,1,SYR-10,Syringe 10 ml,200,EA,0.21,42.00,2026-02-20,UPS Ground\n"
        'SO-77120,2026-02-11,Pinyon Ridge Vet Supply,"88 Mesa Dr, Cortez CO 81321",USD,Net 45,Lorna Yazzie,'
        "lorna@pinyonridge.example,2,GLV-M,Gloves nitrile M,30,BX,8.75,262.50,2026-02-20,UPS Ground\n"
    )
    check(
        read(text.encode(), "export.csv", "text/csv"),
        po_number="SO-77120", order_date="2026-02-11", buyer_name="Pinyon Ridge Vet Supply",
        ship_to="88 Mesa Dr, Cortez CO 81321", currency="USD", payment_terms="Net 45",
        buyer_contact="Lorna Yazzie", buyer_email="lorna@pinyonridge.example",
        requested_date="2026-02-20", ship_via="UPS Ground",
    )  # fmt: skip


def test_an_export_of_one_line_with_underscored_heads() -> None:
    text = (
        "PO_NO;PO_DATE;CUST_NAME;SHIP_TO_NAME;SHIP_TO_ADDR;TERMS_CODE;CURR;PART_NO;PART_DESC;QTY_ORD;UM;UNIT_PRC;EXT_AMT;NEED_DATE\n"
        "0450017;18.06.2026;Skagerak Pumpeservice AS;Lager Vest;Kaigata 9, 4400 Flekkefjord;N30;NOK;IMP-88;Impeller 88 mm;6;STK;1240,00;7440,00;01.07.2026\n"
    )
    check(
        read(text.encode(), "po.csv", "text/csv"),
        po_number="0450017", order_date="2026-06-18", buyer_name="Skagerak Pumpeservice AS",
        currency="NOK", payment_terms="N30", ship_to="Lager Vest, Kaigata 9, 4400 Flekkefjord",
        requested_date="2026-07-01",
    )  # fmt: skip


def test_an_export_with_lines_for_several_places_and_days() -> None:
    text = (
        "po number\tcustomer\tdeliver to\tsku\tdescription\tquantity\tuom\tunit price\tneed by\n"
        "66120\tMill & Loft Bakeries\t2 Dock Rd, Hull\tFL-25\tFlour 25 kg\t8\tBAG\t14.20\t03/04/2026\n"
        "66120\tMill & Loft Bakeries\t9 Ferry Ln, Goole\tFL-25\tFlour 25 kg\t5\tBAG\t14.20\t17/04/2026\n"
    )
    found = header(read(text.encode(), "branches.csv", "text/csv"))
    assert (found["po_number"], found["buyer_name"]) == ("66120", "Mill & Loft Bakeries")
    assert not {"ship_to", "requested_date", "order_date"} & found.keys()


def test_a_cover_sheet_and_a_sheet_of_lines() -> None:
    cover: Rows = [
        ["Thornbury Lift Services — order to supplier"],
        ["Our order number", "TLS-3391"],
        ["Issued on", date(2026, 10, 5)],
        ["Deliver by", date(2026, 10, 19)],
        ["Deliver to", "Thornbury Lift Services, Dock 2, 7 Castle Road, Thornbury BS35 1HF"],
        ["Invoice to", "Thornbury Lift Services, Accounts, PO Box 12, Bristol BS1 9ZZ"],
        ["Placed by", "Rhys Pardoe"],
        ["Payment", "60 days"],
        ["Delivery terms", "DDP Thornbury"],
        ["Order value", 918.4],
        ["All prices in", "GBP"],
    ]
    lines: Rows = [
        ["Part no.", "Part", "Qty", "Unit", "Each", "Total"],
        ["DR-11", "Door roller", 40, "EA", 12.21, 488.4],
        ["CB-70", "Control button", 20, "EA", 21.5, 430],
    ]
    check(
        read(book(("Cover", cover), ("Lines", lines))),
        po_number="TLS-3391", order_date="2026-10-05", requested_date="2026-10-19",
        ship_to="Thornbury Lift Services, Dock 2, 7 Castle Road, Thornbury BS35 1HF",
        bill_to="Thornbury Lift Services, Accounts, PO Box 12, Bristol BS1 9ZZ",
        buyer_contact="Rhys Pardoe", payment_terms="60 days", incoterms="DDP Thornbury",
        currency="GBP", total="918.4",
    )  # fmt: skip


def test_labels_stacked_over_two_rows_and_values_below_them() -> None:
    rows: Rows = [
        ["Quillan Freres SARL", None, None, "BON DE COMMANDE"],
        [],
        ["Numéro de", "Date de", "Date de", "Conditions de"],
        ["commande", "commande", "livraison", "paiement"],
        ["CF-2026-208", "12/02/2026", "27/02/2026", "45 jours fin de mois"],
        [],
        ["Référence", "Désignation", "Qté", "Unité", "PU HT", "Montant HT"],
        ["VN-12", "Vanne papillon DN50", 10, "U", 61, 610],
        ["JT-50", "Joint plat DN50", 40, "U", 1.25, 50],
        [],
        ["Base HT", "Taux", "TVA", None, "Total HT", "Total TTC"],
        [660, "20%", 132, None, 660, 792],
        ["Montants en euros"],
    ]
    check(
        read(book(("Commande", rows))),
        po_number="CF-2026-208", order_date="2026-02-12", requested_date="2026-02-27",
        payment_terms="45 jours fin de mois", buyer_name="Quillan Freres SARL",
        currency="EUR", subtotal="660", tax="132", total="792",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ordered", "wanted", "iso"),
    [
        ("03/04/2026", "05/03/2026", ("2026-03-04", "2026-05-03")),
        ("11/06/2026", "25 Jun 2026", ("2026-06-11", "2026-06-25")),
        ("06/11/2026", "25 Jun 2026", ("2026-06-11", "2026-06-25")),
    ],
)
def test_an_order_is_not_dated_after_its_delivery(
    ordered: str, wanted: str, iso: tuple[str, str]
) -> None:
    rows: Rows = [
        ["Purchase order", "BX-7719"],
        ["Order date", ordered],
        ["Required by", wanted],
        [],
        ["Code", "Product", "Qty", "Price", "Total"],
        ["A-10", "Anchor bolt M10", 20, 2.5, 50],
        ["A-12", "Anchor bolt M12", 10, 4, 40],
    ]
    found = header(read(book(("Sheet1", rows))))
    assert (found["order_date"], found["requested_date"]) == iso


def test_sums_of_a_sheet_with_sections_and_a_total_without_a_label() -> None:
    rows: Rows = [
        ["Order no.", "KV-0077", None, "Customer:", "Kestrel & Vane Joinery"],
        ["Date", "2026-01-30", None, "Ship to:", "4 Saw Lane, Ludlow SY8 1AA"],
        [],
        ["Item", "Description", "Qty", "Unit price", "Amount"],
        ["TIMBER"],
        ["T-1", "Oak board 2 m", 10, 24, 240],
        ["T-2", "Ash board 2 m", 5, 21, 105],
        [None, None, None, "Subtotal timber", 345],
        ["IRONMONGERY"],
        ["I-1", "Butt hinge", 40, 1.5, 60],
        [None, None, None, "Subtotal ironmongery", 60],
        [],
        [None, None, None, None, 405],
        ["Leave at the back gate if nobody answers."],
    ]
    check(
        read(book(("Order", rows))),
        po_number="KV-0077", order_date="2026-01-30", buyer_name="Kestrel & Vane Joinery",
        ship_to="4 Saw Lane, Ludlow SY8 1AA", total="405",
    )  # fmt: skip


def test_preamble_rows_and_notes_around_a_table() -> None:
    text = (
        "Report,Open purchase orders\n"
        "Printed,01/07/2026 08:14\n"
        "\n"
        "PO Number:,7700341\n"
        "PO Date:,30/06/2026\n"
        "Buyer:,Anneke Smit\n"
        "Buyer e-mail:,a.smit@vlietzicht.example\n"
        "Company:,Vlietzicht Tuinbouw B.V.\n"
        'Ship-to:,"Kasweg 12, 2675 Honselersdijk"\n'
        "Currency:,EUR\n"
        "\n"
        "Line,Item,Description,Qty,Unit,Price,Amount,Due\n"
        "10,PT-9,Pot 9 cm,5000,PCE,0.04,200.00,15/07/2026\n"
        "20,TR-15,Tray 15,400,PCE,0.55,220.00,15/07/2026\n"
        ",,,,,Order total,420.00,\n"
        "\n"
        "Remark: call 24 hours before delivery\n"
    )
    check(
        read(text.encode(), "po_7700341.csv", "text/csv"),
        po_number="7700341", order_date="2026-06-30", buyer_contact="Anneke Smit",
        buyer_email="a.smit@vlietzicht.example", buyer_name="Vlietzicht Tuinbouw B.V.",
        ship_to="Kasweg 12, 2675 Honselersdijk", currency="EUR", total="420.00",
    )  # fmt: skip


def test_a_buyer_named_only_in_the_first_cell() -> None:
    rows: Rows = [
        ["Halcyon Reef Dive Centre"],
        ["Weekly order"],
        [],
        ["PO", 5512, None, "Date", date(2026, 4, 2)],
        [],
        ["Part", "Name", "Qty", "Each ($)", "Sum ($)"],
        ["RG-2", "Regulator hose", 6, 31, 186],
        ["OR-9", "O-ring kit", 12, 7.5, 90],
        [None, None, None, "TOTAL (US Dollars)", 276],
    ]
    check(
        read(book(("Sheet1", rows))),
        po_number="5512", order_date="2026-04-02", buyer_name="Halcyon Reef Dive Centre",
        currency="USD", total="276",
    )  # fmt: skip


def test_cells_of_several_rows_say_below_the_goods_what_else_belongs_to_the_line() -> None:
    rows = 'Description,Qty,Unit,Price\n"Steel hose\nOur code: K-7731\nColour: grey",12,pcs,2.50\n'
    found = read(b"PO number,4711\n" + rows.encode(), "order.csv", "text/csv")
    (line,) = found.orders[0].lines
    assert (line["description"].value, line["buyer_sku"].value) == ("Steel hose", "K-7731")
    assert line["buyer_sku"].evidence.text == "K-7731"


def test_a_wide_export_with_addresses_in_columns_and_one_day_for_all() -> None:
    head = (
        "PO Number,PO Date,Status,Buyer,Buyer Email,Ship To Name,Ship To Address 1,Ship To City,Ship To State,"
        "Ship To Zip,Ship Via,Terms,Need By,Line,Item Number,Item Description,Order Qty,UOM,Unit Cost,Extended Cost,Received Qty"
    )
    row = (
        "P-5512,2/3/2026,Open,Ada Quill,ada@elkhornlodge.example,Elkhorn Lodge,4 Pine Loop,Jackson,WY,83001,"
        "Best Way,NET30,2/20/2026,{},{},{},{},EA,{},{},0"
    )
    text = "\n".join(
        [head, row.format(1, "T-1", "Bath towel", 40, "5.00", "200.00"), row.format(2, "T-2", "Hand towel", 10, "2.50", "25.00")]
    )  # fmt: skip
    found = read(text.encode(), "export.csv", "text/csv")
    check(
        found,
        po_number="P-5512", order_date="2026-02-03", buyer_contact="Ada Quill", payment_terms="NET30", ship_via="Best Way",
        ship_to="Elkhorn Lodge, 4 Pine Loop, Jackson, WY, 83001", requested_date="2026-02-20",
    )  # fmt: skip
    assert all("requested_date" not in line for line in lines(found.orders[0]))


def test_addresses_in_columns_of_a_german_export() -> None:
    text = (
        "Belegnr;Belegdatum;LieferName;LieferStrasse;LieferPLZ;LieferOrt;PosNr;Bezeichnung;Menge;Liefertermin\n"
        "E-881;02.03.2026;Hof Lager 2;Kiesweg 5;24103;Kiel;10;Seil 8 mm;40;09.03.2026\n"
        "E-881;02.03.2026;Hof Lager 2;Kiesweg 5;24103;Kiel;20;Seil 10 mm;25;16.03.2026\n"
    )
    found = read(text.encode(), "export.csv", "text/csv")
    assert header(found)["ship_to"] == "Hof Lager 2, Kiesweg 5, 24103, Kiel"
    days = [line["requested_date"] for line in lines(found.orders[0])]
    assert days == ["2026-03-09", "2026-03-16"]


def test_packs_and_prices_per_unit_in_heads() -> None:
    text = "Code,Product,Units per case,Cases,Price/unit\nA-1,Candle oak,6,4,2.50\nA-2,Candle pine,12,2,3.00\n"
    (order,) = read(text.encode(), "order.csv", "text/csv").orders
    assert [(x["quantity"], x["unit_price"]) for x in lines(order)] == [
        ("4", "2.50"),
        ("2", "3.00"),
    ]


def test_what_a_stock_sheet_does_not_order_belongs_to_no_line() -> None:
    text = "Product,Unit,In stock,Order\nBeets,net,0,2\nKale,kg,3,4\nLeeks,kg,5,\nMint,bunch,1,6\n"
    (order,) = read(text.encode(), "order.csv", "text/csv").orders
    told = [(x["description"], x["quantity"], x.get("uom")) for x in lines(order)]
    assert told == [("Beets", "2", "net"), ("Kale", "4", "kg"), ("Mint", "6", "bunch")]


def test_sections_of_an_order_form_stand_apart() -> None:
    text = (
        "Shop name:,The Tin Whistle,,,\n\nCode,Product,Case of,Price € (each),Cases,Line €\nCANDLES,,,,,\n"
        "C-1,Candle oak,6,2.50,,\nC-2,Candle pine,6,2.50,4,60.00\nSOAP,,,,,\nS-1,Soap bar,12,1.00,5,60.00\n"
    )
    found = read(text.encode(), "order form.csv", "text/csv")
    assert header(found)["buyer_name"] == "The Tin Whistle"
    told = [(x["description"], x["quantity"], x["amount"]) for x in lines(found.orders[0])]
    assert told == [("Candle pine", "4", "60.00"), ("Soap bar", "5", "60.00")]
