"""Printed documents as PDF bytes, from the same facts as the mails."""

from core.messages.documents.acknowledgement import order_acknowledgement
from core.messages.documents.warehouse import label, packing_slip, pick_list

__all__ = ["label", "order_acknowledgement", "packing_slip", "pick_list"]
