"""The rules of Peppol BIS 3 (post-award), each a named check of ours with its id and a plain sentence."""

from extraction.edi.peppol.check import Broken, broken, is_peppol, transaction_of

__all__ = ["Broken", "broken", "is_peppol", "transaction_of"]
