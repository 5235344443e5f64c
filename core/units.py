"""Units of measure as customers write them, and their codes in EDI; pure.

X12 codes: data element 355. UNECE codes: Recommendation 20 (units) and 21 (packages), used by EDIFACT 6411 and UBL.
Whether one is a case of 12 or of 1000 is the item's own matter (ItemUnit).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """aliases: as customers write it, with blanks between."""

    code: str
    x12: str
    unece: str
    aliases: str


UNITS: tuple[Unit, ...] = (
    Unit("EA", "EA", "C62", "ea each pc pcs pce piece pieces unit units stk st stck stück stuck pièce pièces piece pz pezzi stuks no nos h87"),
    Unit("BX", "BX", "BX", "box boxes bx bxs schachtel schachteln boîte boîtes doos dozen-box scatola scatole caja cajas"),
    Unit("CS", "CA", "CS", "case cases cs ca ctn ct carton cartons karton kartons kt krt caisse caisses kiste kisten"),
    Unit("PK", "PK", "PK", "pack packs pk pkg pkt packet packets packung packungen päckchen paket pakete vpe paquet paquets"),
    Unit("PAL", "PL", "PF", "pallet pallets pal plt pf palette paletten palettes"),
    Unit("M", "MR", "MTR", "m mtr metre metres meter meters lfm lm mètre mètres metri"),
    Unit("FT", "FT", "FOT", "ft foot feet fot"),
    Unit("RO", "RL", "RO", "ro roll rolls rl coil coils rolle rollen ring ringe rouleau rouleaux couronne bobine"),
    Unit("L", "LT", "LTR", "l ltr lt litre litres liter liters litro litri"),
    Unit("CAN", "CI", "CI", "can cans cn canister canisters kanister bidon bidons cx ci"),
    Unit("DR", "DR", "DR", "dr drum drums fass fässer fût fûts tambour"),
    Unit("KG", "KG", "KGM", "kg kgs kgm kilo kilos kilogram kilograms kilogramm kilogramme"),
    Unit("G", "GR", "GRM", "g gr grm gram grams gramm"),
    Unit("T", "MP", "TNE", "t to tonne tonnes tne metric-ton"),
    Unit("LB", "LB", "LBR", "lb lbs lbr pound pounds"),
    Unit("PR", "PR", "PR", "pr pair pairs paar paare paire paires"),
    Unit("SET", "ST", "SET", "set sets satz sätze kit kits jeu jeux"),
    Unit("DZ", "DZ", "DZN", "dz dzn doz dozen dozens dutzend douzaine"),
    Unit("HU", "HU", "CEN", "c hundred hu cen hundert %"),
    Unit("TH", "TH", "MIL", "th thousand mil tausend mille tsd"),
    Unit("BG", "BG", "BG", "bag bags bg beutel sack säcke sac sacs"),
    Unit("BT", "BO", "BO", "bottle bottles bt bo flasche flaschen bouteille bouteilles"),
    Unit("M2", "SM", "MTK", "m2 m² sqm qm mtk"),
)  # fmt: skip

IN_PIECES = frozenset(["EA", "BX", "CS", "PK", "PAL", "RO", "CAN", "DR", "PR", "SET", "BG", "BT"])
"""Nobody can send a part of one."""

FIXED_FACTORS: dict[str, tuple[str, int]] = {
    "DZ": ("EA", 12),
    "HU": ("EA", 100),
    "TH": ("EA", 1000),
}


def _key(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip().strip(".").replace("(s)", "")


def _index() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for unit in UNITS:
        for word in (unit.code, *unit.aliases.split(), unit.unece, unit.x12):
            codes = found.get(_key(word), ())
            if unit.code not in codes:
                found[_key(word)] = (*codes, unit.code)
    return found


_BY_KEY = _index()


def unit_codes(text: str) -> tuple[str, ...]:
    """Our codes that this text may mean, likeliest first; () when nobody writes a unit like that."""
    key = _key(text)
    exact = [u.code for u in UNITS if u.code.casefold() == key]
    return tuple(dict.fromkeys((*exact, *_BY_KEY.get(key, ()))))


def step_of(stock_unit: str, multiple: Decimal) -> Decimal:
    """Stock units of which all that is sold and sent is a multiple, 0 for any quantity. multiple: the item's own, else 0."""
    return multiple or Decimal(stock_unit in IN_PIECES)
