"""The transaction sets that are written here, by name."""

from __future__ import annotations

from core.messages.electronic.x12 import despatch, invoice, order_answer, technical

ORDER_ANSWERS = {
    "x12/855": order_answer.write_acknowledgement,
    "x12/865": order_answer.write_change_acknowledgement,
}
DESPATCHES = {"x12/856": despatch.write_ship_notice}
INVOICES = {"x12/810": invoice.write_invoice}
TECHNICAL = {
    "x12/TA1": technical.write_interchange_answer,
    "x12/997": technical.write_group_answers,
}
