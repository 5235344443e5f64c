"""What people write over the columns of their lists: known names, words in other languages, what was chosen before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.act import Act
from core.masterdata.described import Table
from core.masterdata.tables import ImportHead

LEFT_OUT = ""
WORDS: dict[str, tuple[str, ...]] = {
    "number": ("nummer", "nr", "no", "numero", "item no", "customer no", "artikelnummer", "artikelnr", "kundennummer", "kundennr", "lieferantennummer", "lieferantennr", "numero client", "reference"),
    "item": ("artikel", "artikelnummer", "artikelnr", "material", "materialnummer", "part number", "part no", "item number", "item no", "sku", "article", "reference article", "code article"),
    "customer": ("kunde", "kundennummer", "kundennr", "kunden nr", "kundennr", "debitor", "customer number", "customer no", "client", "numero client", "code client"),
    "supplier": ("lieferant", "lieferantennummer", "kreditor", "supplier number", "vendor", "fournisseur"),
    "name": ("bezeichnung", "firma", "firmenname", "company", "company name", "nom", "raison sociale", "designation"),
    "description": ("bezeichnung", "beschreibung", "artikelbezeichnung", "text", "kurztext", "item description", "designation", "libelle"),
    "stock_unit": ("einheit", "mengeneinheit", "basismengeneinheit", "me", "uom", "base unit", "unit", "unite"),
    "unit": ("einheit", "mengeneinheit", "me", "uom", "unit of measure", "unite"),
    "price": ("preis", "einzelpreis", "stueckpreis", "unit price", "prix", "prix unitaire"),
    "currency": ("waehrung", "wahrung", "curr", "devise", "monnaie"),
    "quantity": ("menge", "anzahl", "bestand", "qty", "on hand", "stock", "quantite"),
    "minimum_quantity": ("ab menge", "staffelmenge", "mindestmenge", "min qty", "from quantity", "quantite minimum"),
    "valid_from": ("gueltig ab", "gultig ab", "von", "from", "start date", "valable des", "du"),
    "valid_to": ("gueltig bis", "gultig bis", "bis", "to", "until", "end date", "valable jusqu au", "au"),
    "street": ("strasse", "strabe", "adresse", "address", "street address", "rue"),
    "postal_code": ("plz", "postleitzahl", "zip", "zip code", "postcode", "code postal"),
    "city": ("ort", "stadt", "town", "ville"),
    "region": ("bundesland", "state", "province", "canton"),
    "country": ("land", "laendercode", "country code", "pays"),
    "email": ("e mail", "mail", "mailadresse", "email address", "courriel", "adresse mail"),
    "phone": ("telefon", "tel", "telephone"),
    "language": ("sprache", "langue"),
    "payment_terms": ("zahlungsbedingung", "zahlungsbedingungen", "zahlungsziel", "terms", "conditions de paiement"),
    "credit_limit": ("kreditlimit", "limit", "plafond", "encours autorise"),
    "lead_days": ("lieferzeit", "wiederbeschaffungszeit", "lead time", "lead time days", "delai"),
    "weight_kg": ("gewicht", "gewicht kg", "weight", "poids"),
    "customer_sku": ("kundenartikelnummer", "kundenmaterial", "customer part number", "customer item", "reference client"),
    "lot": ("charge", "chargennummer", "batch", "lot number"),
    "bin": ("lagerplatz", "fach", "bin location", "emplacement"),
    "site": ("lager", "werk", "lagerort", "warehouse", "plant", "magasin", "entrepot", "depot"),
    "expires_on": ("mhd", "verfallsdatum", "haltbar bis", "expiry", "expiry date", "peremption"),
    "expected_date": ("liefertermin", "termin", "due date", "eta", "date prevue"),
}  # fmt: skip
_FOLDED = str.maketrans("äöüßéèêëàâçîïôûùñáíóúæø", "aouseeeeaaciiouunaiouao")


@dataclass(frozen=True, slots=True)
class Head:
    """written: in the file. column: of the table, LEFT_OUT, or None when nobody knows. why: "name", "before", "word"."""

    written: str
    column: str | None
    why: str = ""


def folded(text: str) -> str:
    """ "Artikel-Nr. *" as "artikelnr"."""
    plain = text.casefold().replace("ss", "s").translate(_FOLDED)
    return "".join(c for c in plain if c.isalnum())


def understood(table: Table, written: Iterable[str], chosen: Mapping[str, str]) -> list[Head]:
    """Heads with the columns that they mean. chosen: by folded head, what people said of this file or of earlier ones.

    No column is taken twice: a name before a choice of earlier files, and both before a word.
    """
    heads = list(written)
    names = {folded(c.name): c.name for c in table.columns}
    names |= {folded(c.label): c.name for c in table.columns}
    found: dict[int, Head] = {}
    taken: set[str] = set()
    for why, known in (("before", chosen), ("name", names)):
        for at, text in enumerate(heads):
            column = known.get(folded(text))
            if at in found or column is None or column in taken or not folded(text):
                continue
            found[at] = Head(text, column, why)
            taken |= {column} - {LEFT_OUT}
    for at, text in enumerate(heads):
        column = _by_word(table, folded(text), taken) if at not in found else None
        if column:
            found[at] = Head(text, column, "word")
            taken.add(column)
    return [
        found.get(at, Head(text, None if folded(text) else LEFT_OUT))
        for at, text in enumerate(heads)
    ]


def _by_word(table: Table, head: str, taken: set[str]) -> str | None:
    for column in table.columns:
        if column.name not in taken and head in map(folded, WORDS.get(column.name, ())):
            return column.name
    return None


def remembered(session: Session, table: Table) -> dict[str, str]:
    """By folded head, what people chose for this table."""
    query = select(ImportHead.head, ImportHead.column_name).where(
        ImportHead.table_name == table.name
    )
    return {row[0]: row[1] for row in session.execute(query)}


def remember(session: Session, table: Table, chosen: Mapping[str, str], *, act: Act) -> None:
    """chosen: column (or LEFT_OUT) by folded head; it counts for the next file too."""
    session.execute(
        delete(ImportHead).where(
            ImportHead.table_name == table.name, ImportHead.head.in_(list(chosen))
        )
    )
    for head, column in chosen.items():
        session.add(
            ImportHead(
                table_name=table.name,
                head=head[:255],
                column_name=column,
                actor=act.actor,
                at=act.at,
            )
        )
    session.flush()
