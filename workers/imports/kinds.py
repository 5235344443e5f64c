"""Everything that `orderclerk import` takes."""

from workers.imports.customers import ADDRESSES, CONTACTS, CUSTOMERS, PART_NUMBERS
from workers.imports.items import ITEMS, UNITS
from workers.imports.prices import PRICES
from workers.imports.stock import STOCK

KINDS = {
    kind.name: kind
    for kind in (CUSTOMERS, ADDRESSES, CONTACTS, ITEMS, UNITS, PART_NUMBERS, PRICES, STOCK)
}
