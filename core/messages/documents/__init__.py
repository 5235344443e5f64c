"""Printed documents as PDF bytes, from the same facts as the mails."""

from core.messages.documents.acknowledgement import order_acknowledgement
from core.messages.documents.invoice import invoice
from core.messages.documents.warehouse import label, packing_slip, pick_list

__all__ = ["invoice", "label", "order_acknowledgement", "packing_slip", "pick_list"]
