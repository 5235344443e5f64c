"""Units as customers print them, in a dozen languages; only to tell a unit from other words."""

from __future__ import annotations

import re
import unicodedata

_UNITS = """
ea each pc pcs pce pces piece pieces nos no unit units un und h87 c62 set sets pr pair pairs prs dz doz dozen dzn gross grs
kg kgs kgm kilo kilos kilogram kilograms g gr gm gram grams lb lbs pound pounds oz ounce ton tons tonne tonnes t mt mton
m mtr mtrs meter meters metre metres rm lm cm mm ft feet foot in inch inches yd yds yard yards sqm m2 sqft sq ft m3 cbm
l lt ltr ltrs liter liters ltr litre litres ml gal gals gallon gallons gll pt qt
bx box boxes bxs cs case cases ct ctn ctns carton cartons cart pk pks pkg pkgs pkt pkts pack packs packet packets package packages
bag bags bg bgs roll rolls rl rls reel reels spool spools coil coils drum drums dr tin tins can cans btl bottle bottles tube tubes
plt pallet pallets pal pl skid skids sheet sheets sht sh shts bar bars pail pails pls kit kits lot lots ls lump job bundle bundles bdl
hr hrs hour hours hur day days wk week weeks mo month months yr au ac act assy stick sticks length lengths lg jar jars tray trays ream reams
crate crates sack sacks cyl cylinder cylinders book books pad pads panel panels tub tubs bucket buckets thousand hundred ths cwt m c
st stk stck stuck stueck stücke stück pck pkg packung packungen karton kartons kt rolle rollen eimer dose dosen flasche flaschen fl paar beutel sack satz
schachtel schachteln packungen päckchen paket pakete palette paletten pauschal psch std stunde stunden lfm qm meter mtr einheit einheiten ve gebinde kanister
piece pieces pce pièce pièces unite unites unité unités u boite boîte boites bte carton cartons rouleau rouleaux paquet paquets paire paires lot bidon sac sacs palette palettes cts jeu ens forfait ff
ud uds unidad unidades pza pzas pieza piezas caja cajas cja rollo rollos paquete paquetes par pares bolsa bolsas bote docena litro litros metro metros juego palet bulto
pz nr pezzo pezzi scatola scatole conf confezione confezioni cf rotolo rotoli pacco pacchi paio paia sacco sacchi cartone cartoni bancale metri litri cad
bancali barattoli bidoni fusti palets botes bidones bidons tambores garrafas seaux fûts palettes emmers bussen blikken dosen tuben zakken palets kisten rollen platen stukken paletten kisten fässer kanister tuben stuk stuks st doos dozen rol rollen pak pakken paar zak zakken fles flessen emmer meter bus kist
kartusche kartuschen patrone patronen kübel fass karaffe gebinde sacks cartridge cartridges carboy
bottiglia bottiglie botella botellas bouteille bouteilles caisse caisses pot pots vaso vasi vasetto vasetti glas gläser potten kratten
secchio secchi barattolo tanica taniche sacos saco cubo cubos palés bidón seau boîtier cartouche cartouches
bf mbf lf lft sf msf cf cy sy hank hanks bunch bunches punnet punnets
szt kpl op opak karton rolka rolek worek worki zestaw metr mb tona litr ks bal balení bm pár páry sada kus kusů paleta palet
styck frp förp kart fp rle flaska sats stykke stk rulle ruller pakke pakker eske esker pose poser ark sett pakk
pç pçs peça peças cx caixa caixas rolo rolos jogo embalagem metro milheiro milh barra barras lata latas galão
sleeve sleeves bigbag bigbags bos bossen bund bunde bündel netz netze nets steige steigen stiege stiegen kolli colli colis tüte tüten blister blisters sachet sachets pouch pouches
clamshell clamshells tote totes fardo fardos manojo manojos sobre sobres estuche estuches frasco frascos tarro tarros mazzo mazzi barquette barquettes cagette cagettes ramette ramettes
pochette pochettes bundel bundels baal balen krat kuub flacon flacons trommel trommeln spule spulen
boîtes docenas douzaine douzaines dozzina dozzine couronne couronnes touret tourets matassa matasse risma risme
busta buste sacchetto sacchetti flacone flaconi garrafa carrete carretes bandeja bandejas plateaux vaschetta vaschette
laufmeter lfdm juegos jeux bakken vaten rll säkki ltk csomag doboz tekercs zsák buc bucată adet kutu
"""
UNIT = frozenset(_UNITS.split())
MEASURE = re.compile(
    r"(?:mm|cm|m|mtr|metres?|meters?|meter|mètres?|metros?|metri|kg|g|gr|l|ltr|litres?|liter|litros?|litri|ml|cl|tons?|tonnes?|t|kn|v|w|kw|a|bar|ft|in|inch|oz|lbs?|gal|degrees?|grad)\.?$",
    re.IGNORECASE,
)
"""Units that also tell the size of one piece."""


def is_unit(text: str) -> bool:
    """Whether the text is a unit, as "EA", "pcs." or "Stück", with its accents or without."""
    words = text.strip().strip(".,:;()/").lower().split()
    return 0 < len(words) <= 2 and all(_is_known(w.strip(".()/")) for w in words)


def _is_known(word: str) -> bool:
    return word in UNIT or (not word.isascii() and _plain(word) in UNIT)


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word)
    return "".join(c for c in letters if not unicodedata.combining(c))
