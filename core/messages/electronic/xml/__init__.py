"""Answers in XML: UBL and Peppol, UN/CEFACT, cXML, openTRANS; pure, from the facts that every channel tells."""
