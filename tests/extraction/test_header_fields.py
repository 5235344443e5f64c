"""Header fields from labels beside and above their values, address blocks and letterheads."""

from __future__ import annotations

from extraction.context import Context
from tests.extraction.reading import fields, pdf, read_pdf

Piece = tuple[float, float, str]


def header(*pieces: Piece, context: Context | None = None) -> dict[str, str]:
    return fields(read_pdf(pdf(list(pieces)), context).orders[0])


def test_values_beside_their_labels() -> None:
    found = header(
        (40, 100, "PO Number:"),
        (140, 100, "PO-77"),
        (300, 100, "PO Date:"),
        (400, 100, "03/17/2026"),
        (40, 114, "Ship via:"),
        (140, 114, "UPS Ground"),
    )
    assert found == {"po_number": "PO-77", "order_date": "2026-03-17", "ship_via": "UPS Ground"}


def test_values_below_their_labels_and_empty_ones() -> None:
    found = header(
        (40, 100, "Required Date"), (140, 100, "Ship via"), (240, 100, "F.O.B."), (340, 100, "Terms"),
        (40, 114, "05/21/2026"), (340, 114, "Net 30"),
    )  # fmt: skip
    assert found == {"requested_date": "2026-05-21", "payment_terms": "Net 30"}


def test_number_and_date_in_one_cell() -> None:
    found = header((40, 100, "PO number/date"), (40, 114, "7700412 / 02/19/2026"))
    assert found == {"po_number": "7700412", "order_date": "2026-02-19"}


def test_two_labels_in_one_row_of_words() -> None:
    found = header((40, 100, "P.O. NO. : 88017 DATE: 23/02/2026"))
    assert found == {"po_number": "88017", "order_date": "2026-02-23"}


def test_a_label_broken_over_two_rows() -> None:
    found = header((40, 100, "Payment"), (120, 100, "Net 45"), (40, 111, "Terms:"))
    assert found["payment_terms"] == "Net 45"


def test_address_blocks_side_by_side() -> None:
    found = header(
        (40, 100, "Vendor:"), (220, 100, "Ship to:"), (400, 100, "Bill to:"),
        (40, 114, "Acme Supply Inc."), (220, 114, "Reed Tools LLC"), (400, 114, "Reed Tools LLC"),
        (40, 126, "1 Long Street"), (220, 126, "12 Mill Road"), (400, 126, "P.O. Box 9"),
        (40, 138, "Oldtown, OH 43999"), (220, 138, "Ayton, OH 43998"), (400, 138, "Ayton, OH 43998"),
    )  # fmt: skip
    assert found["ship_to"] == "Reed Tools LLC, 12 Mill Road, Ayton, OH 43998"
    assert found["bill_to"] == "Reed Tools LLC, P.O. Box 9, Ayton, OH 43998"
    assert found["buyer_name"] == "Reed Tools LLC"


def test_the_letterhead_names_the_buyer_and_never_the_vendor() -> None:
    found = header(
        (40, 40, "Reed Tools LLC"),
        (40, 54, "12 Mill Road, Ayton"),
        (200, 90, "PURCHASE ORDER"),
        (40, 120, "Vendor: Acme Supply Inc."),
        (40, 134, "1 Long Street"),
    )
    assert found["buyer_name"] == "Reed Tools LLC"


def test_on_an_invoice_the_letterhead_is_the_seller() -> None:
    found = header(
        (40, 40, "Acme Supply Inc."),
        (300, 40, "INVOICE"),
        (300, 60, "Invoice Date: 03/16/2026"),
        (40, 100, "Bill to:"),
        (40, 114, "Reed Tools LLC"),
        (40, 126, "12 Mill Road, Ayton"),
    )
    assert (found["buyer_name"], found["order_date"]) == ("Reed Tools LLC", "2026-03-16")


def test_sums_that_add_up_are_chosen() -> None:
    found = header(
        (300, 400, "Subtotal"), (480, 400, "100.00"), (300, 414, "CGST 9%"), (480, 414, "9.00"), (300, 428, "SGST 9%"), (480, 428, "9.00"),
        (300, 442, "Freight"), (480, 442, "5.00"), (300, 456, "Total"), (480, 456, "123.00"), (300, 470, "Total weight"), (480, 470, "18"),
    )  # fmt: skip
    assert {k: found[k] for k in ("subtotal", "tax", "freight", "total")} == {
        "subtotal": "100.00",
        "tax": "18.00",
        "freight": "5.00",
        "total": "123.00",
    }


def test_absent_is_absent() -> None:
    blank = [
        (40, 100, "PO Number:"),
        (40, 114, "Date:"),
        (40, 128, "Terms:"),
        (40, 142, "Ship to:"),
        (40, 156, "Total:"),
    ]
    assert read_pdf(pdf(blank)).orders == ()


def test_labels_in_german() -> None:
    found = header(
        (40, 100, "Bestellnummer: 4500-7"),
        (40, 114, "Datum: 09.01.2026"),
        (40, 128, "Liefertermin: 04.02.2026"),
        (40, 142, "Zahlungsbedingungen: 30 Tage netto"),
        (40, 156, "Lieferbedingung: DAP Emden"),
    )
    assert found == {
        "po_number": "4500-7",
        "order_date": "2026-01-09",
        "requested_date": "2026-02-04",
        "payment_terms": "30 Tage netto",
        "incoterms": "DAP Emden",
    }


def test_what_lost_is_kept_as_alternative() -> None:
    order = read_pdf(pdf([(40, 100, "PO Number: 4711"), (40, 600, "PO: 4712")])).orders[0]
    assert [c.value for c in order.fields["po_number"].alternatives] == ["4712"] or order.fields[
        "po_number"
    ].value == "4712"
    assert order.fields["po_number"].confidence < 0.95
