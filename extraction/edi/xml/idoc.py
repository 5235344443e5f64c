"""SAP ORDERS and ORDCHG IDocs in XML (basic types ORDERS01 to ORDERS05 and their extensions)."""

from __future__ import annotations

from lxml import etree

from extraction.edi import figures
from extraction.edi.made_as import put_properties
from extraction.edi.order import OrderBuilder, Row
from extraction.edi.xml import paths
from extraction.edi.xml.maps import Field, OrderMap, Party, Price


def _who(code: str, role: str) -> Party:
    base = f"E1EDKA1[PARVW='{code}']"
    return Party(
        role,
        name=(f"{base}/NAME1",),
        id=(f"{base}/PARTN", f"{base}/ILNNR", f"{base}/LIFNR"),
        address=(base,),
        contact=(f"{base}/BNAME",) if role == "buyer" else (),
    )


def _date(code: str) -> str:
    return f"E1EDK03[IDDAT='{code}']/DATUM"


def _item(code: str) -> tuple[str, ...]:
    return (f"E1EDP19[QUALF='{code}']/IDTNR",)


def _extra(order: OrderBuilder, element: etree._Element) -> None:
    contract = paths.first(element, "E1EDK02[QUALF='005']/BELNR")
    if contract:
        order.findings.add("edi-contract", contract.at, contract=contract.text)


def _line_extra(row: Row, line: etree._Element) -> None:
    """E1EDP20 schedule lines: one gives the day, several are told; E1EDPA1 names the line's own destination."""
    schedules = paths.elements(line, "E1EDP20")
    days = [f for s in schedules if (f := paths.first(s, "EDATU"))]
    if days and len({f.text for f in days}) == 1:
        from_day = days[0]
        row.day("requested_date", figures.iso_day(from_day.text), from_day.text, from_day.at)
    for each in schedules:
        quantity, unit, wanted = (paths.text(each, n) for n in ("WMENG", "AMEIN", "EDATU"))
        row.schedule(quantity, unit, figures.iso_day(wanted) or "", "", paths.place(each))
    if len(schedules) > 1:
        parts = "; ".join(
            f"{paths.text(s, 'WMENG')} {paths.text(s, 'EDATU')}" for s in schedules[:20]
        )
        row.findings.add("edi-schedule", row.place, count=len(schedules), parts=parts)
    _configured(row, line)
    own = paths.text(line, "E1EDPA1[PARVW='WE']/NAME1", "E1EDPA1[PARVW='WE']/PARTN")
    if own:
        row.findings.add("edi-line-ship-to", row.place, value=own)
    action = paths.text(line, "ACTION")
    if action in _ACTIONS:
        row.findings.add("edi-line-action", row.place, action=_ACTIONS[action], code=action)


def _configured(row: Row, line: etree._Element) -> None:
    """E1CUCFG stands beside the lines and names its own by POSEX; E1CUVAL are its characteristics."""
    number, idoc = paths.text(line, "POSEX"), line.getparent()
    for configured in paths.elements(idoc, "E1CUCFG") if idoc is not None and number else ():
        if paths.text(configured, "POSEX") == number:
            put_properties(row, configured, "E1CUVAL", "CHARC", "VALUE")


_ACTIONS = {"001": "added", "002": "changed", "003": "deleted"}

IDOC = OrderMap(
    order="IDOC",
    number_at="E1EDK02 QUALF 001",
    header=(
        Field("purpose", "text", ("E1EDK01/ACTION",)),
        Field("po_number", "text", ("E1EDK02[QUALF='001']/BELNR", "E1EDK01/BELNR")),
        Field("order_date", "day", (_date("012"), _date("022"), "E1EDK02[QUALF='001']/DATUM", _date("011"))),
        Field("requested_date", "day", (_date("002"),)),
        Field("currency", "text", ("E1EDK01/CURCY",)),
        Field("notes", "append", ("E1EDKT1/E1EDKT2/TDLINE",)),
        Field("payment_terms", "text", ("E1EDK18/ZTERM_TXT", "E1EDK01/ZTERM")),
        Field("incoterms", "text", ("E1EDK17[QUALF='001']/LKOND",)),
        Field("total", "number", ("E1EDS01[SUMID='002']/SUMME",)),
    ),
    parties=(_who("AG", "buyer"), _who("WE", "ship_to"), _who("RE", "bill_to")),
    address_rows=("NAME2", "NAME3", "STRAS", "STRS2", "PSTLZ ORT01 REGIO", "LAND1"),
    lines="E1EDP01",
    line=(
        Field("line_no", "text", ("POSEX",)),
        Field("quantity", "number", ("MENGE",)),
        Field("uom", "text", ("MENEE",)),
        Field("buyer_sku", "text", (*_item("001"), "MATNR")),
        Field("supplier_sku", "text", _item("002")),
        Field("gtin", "text", _item("003")),
        Field("manufacturer_sku", "text", _item("004")),
        Field("description", "text", ("E1EDP19[QUALF='001']/KTEXT", "E1EDP19[QUALF='002']/KTEXT", "E1EDP19/KTEXT")),
        Field("amount", "number", ("NETWR",)),
    ),
    price=Price(("VPREI",), ("PEINH",), ("PMENE",)),
    purposes={"003": ("cancellation", "a deletion")},
    extra=_extra,
    line_extra=_line_extra,
    line_place=Party(
        "ship_to",
        name=("E1EDPA1[PARVW='WE']/NAME1",),
        id=("E1EDPA1[PARVW='WE']/PARTN",),
        address=("E1EDPA1[PARVW='WE']",),
    ),
)  # fmt: skip
