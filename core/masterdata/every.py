"""Every master-data table by name: the table of contents of screens, files, REST and OpenAPI."""

from __future__ import annotations

from core.errors import NotFound
from core.masterdata import (
    agreements,
    catalogue,
    company,
    goods,
    making,
    parties,
    supply,
    ways,
)
from core.masterdata.described import Table

TABLES: dict[str, Table] = {
    table.name: table
    for module in (parties, agreements, catalogue, goods, supply, making, ways, company)
    for table in module.TABLES
}
GROUPS: dict[str, str] = {
    "parties": "Customers",
    "catalogue": "Items",
    "supply": "Supply",
    "company": "Company",
}


def table_named(name: str) -> Table:
    """Raises NotFound."""
    found = TABLES.get(name)
    if found is None:
        raise NotFound(f"There is no table {name[:60]!r}; there are {', '.join(TABLES)}.")
    return found
