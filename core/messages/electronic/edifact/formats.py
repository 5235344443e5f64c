"""The messages that are written here, by name."""

from __future__ import annotations

from core.messages.electronic.edifact import despatch, invoice, order_answer, technical

ORDER_ANSWERS = {"edifact/ORDRSP": order_answer.write_response}
DESPATCHES = {"edifact/DESADV": despatch.write_despatch_advice}
INVOICES = {"edifact/INVOIC": invoice.write_invoice}
TECHNICAL = {"edifact/CONTRL": technical.write_syntax_report}
