"""Factur-X 1.0 (ZUGFeRD 2): the invoice as a page for people with the EN 16931 invoice inside, in one PDF/A-3."""

from __future__ import annotations

from dataclasses import replace

from core.messages.documents.archival import About, Attached, archival
from core.messages.documents.invoice import invoice as page
from core.messages.electronic.facts import InvoiceAnswer, Route, Style
from core.messages.electronic.xml import cii_invoice
from core.messages.electronic.xml.identifiers import vat
from core.messages.electronic.xml.taxes import positive, sums
from core.messages.facts import Sender

FILE = "factur-x.xml"
LEVEL = "EN 16931"
GERMAN = frozenset({"DE", "AT", "CH", "LI"})


def invoice(answer: InvoiceAnswer, route: Route, style: Style) -> bytes:
    """Raises CannotWrite where the XML cannot be written."""
    answer = positive(answer)
    inside = cii_invoice.invoice(answer, route, replace(style, guideline="", charset=""))
    language = "de" if answer.parties.buyer.address.country in GERMAN else "en"
    reasons = dict.fromkeys(share.category.reason for share in sums(answer).shares)
    shown = page(answer, _sender(answer), language, [reason for reason in reasons if reason])
    kind = "Credit note" if answer.is_credit else "Invoice"
    about = About(
        f"{kind} {answer.number}", answer.parties.supplier.name, route.at, _EXTENSION, language
    )
    return archival(shown, about, Attached(FILE, inside, "Factur-X invoice data"))


def _sender(answer: InvoiceAnswer) -> Sender:
    ours = answer.parties.supplier
    return Sender(
        ours.name,
        ours.address,
        ours.contact_email,
        ours.contact_name,
        ours.contact_phone,
        tax_ids=tuple(number for number in (vat(ours),) if number),
    )


def _property(name: str, description: str) -> str:
    return (
        '        <rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{description}</pdfaProperty:description></rdf:li>\n"
    )


_ADDRESS = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"

_EXTENSION = (
    '  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\n'
    '    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\n'
    '   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\n'
    "     <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>\n"
    f"     <pdfaSchema:namespaceURI>{_ADDRESS}</pdfaSchema:namespaceURI>\n"
    "     <pdfaSchema:prefix>fx</pdfaSchema:prefix>\n"
    "     <pdfaSchema:property><rdf:Seq>\n"
    + _property("DocumentFileName", "name of the embedded XML invoice")
    + _property("DocumentType", "INVOICE")
    + _property("Version", "version of the standard of the embedded invoice")
    + _property("ConformanceLevel", "profile of the embedded invoice")
    + "     </rdf:Seq></pdfaSchema:property>\n"
    "   </rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
    "  </rdf:Description>\n"
    f'  <rdf:Description rdf:about="" xmlns:fx="{_ADDRESS}">\n'
    "   <fx:DocumentType>INVOICE</fx:DocumentType>\n"
    f"   <fx:DocumentFileName>{FILE}</fx:DocumentFileName>\n"
    "   <fx:Version>1.0</fx:Version>\n"
    f"   <fx:ConformanceLevel>{LEVEL}</fx:ConformanceLevel>\n"
    "  </rdf:Description>\n"
)
"""Its own metadata, and the description of their schema without which no PDF/A may carry them."""
