"""Orders as people write them into mails, with the lines that a clerk would enter.

Each: (name, text, lines). A line holds only what must be read: "q" quantity ("" must stay open), "u" unit, "c" a part
number whoever owns it, "d" words that the description must have.
"""

from __future__ import annotations

Row = dict[str, str]


def line(q: str, d: str = "", u: str = "", c: str = "") -> Row:
    return {k: v for k, v in (("q", q), ("d", d), ("u", u), ("c", c)) if v or k == "q"}


GOODS: tuple[tuple[str, str, tuple[Row, ...]], ...] = (
    ("a dozen", "Hi,\n\nplease send a dozen paint rollers.\n\nThanks\nJoe", (line("12", "paint rollers"),)),
    ("half a dozen", "We need half a dozen floor mats please.", (line("6", "floor mats"),)),
    ("two dozen", "Can you send two dozen blue pens and a box of staples?", (line("24", "blue pens"), line("1", "staples", "box"))),
    ("3 or 4", "Please send 3 or 4 buckets of grout.", (line("", "grout"),)),
    ("boxes of", "Please supply 2 boxes of 50 nitrile gloves.", (line("2", "nitrile gloves", "boxes"),)),
    ("numbers in words", "We would like to order fifteen chairs and three tables.", (line("15", "chairs"), line("3", "tables"))),
    ("number twice", "Kindly supply one (1) hydraulic jack and two (2) axle stands.", (line("1", "hydraulic jack"), line("2", "axle stands"))),
    ("correction", "Please send 10 rolls of tape.\n\nSorry, make that 12.\n\nAnn", (line("12", "tape", "rolls"),)),
    ("correction by name", "Please send:\n- 10 rolls of tape\n- 4 brushes\n\nActually, make the brushes 6.", (line("10", "tape"), line("6", "brushes"))),
    ("bullets", "Hello,\n\nplease deliver:\n\n* 20 sacks of lime mortar\n* 3 trowels\n* 1 mixing tub\n\nRegards\nPat", (line("20", "lime mortar", "sacks"), line("3", "trowels"), line("1", "mixing tub"))),
    ("dashes with codes", "Order:\n- LM-25 lime mortar, 20 sacks\n- TR-11 trowel, 3 pcs\n", (line("20", "lime mortar", "sacks", "LM-25"), line("3", "trowel", "pcs", "TR-11"))),
    ("spaced table", "Please order the following\n\nItem            Qty\nLM-25           20\nTR-11           3\n\nThanks", (line("20", c="LM-25"), line("3", c="TR-11"))),
    ("tabbed table", "Hi\n\nItem\tDescription\tQty\nLM-25\tLime mortar\t20\nTR-11\tTrowel\t3\n\nCheers", (line("20", "Lime mortar", c="LM-25"), line("3", "Trowel", c="TR-11"))),
    ("qty first table", "Qty   Item\n20    LM-25\n3     TR-11\n", (line("20", c="LM-25"), line("3", c="TR-11"))),
    ("brackets", "Please send 5 hoses (10 m, blue) and 2 reels (wall mounted).", (line("5", "hoses"), line("2", "reels"))),
    ("code in brackets", "We need 40 elbows 15 mm (EL-15) by Friday.", (line("40", "elbows 15 mm", c="EL-15"),)),
    ("code first", "Please ship EL-15 x 40 and TE-22 x 12.", (line("40", c="EL-15"), line("12", c="TE-22"))),
    ("with price", "Please send 40 elbows EL-15 at 1.25 each.", (line("40", "elbows", c="EL-15"),)),
    ("chat", "hey, need 3 boxes of the M8 bolts asap, also 2 tubs of grease. ta", (line("3", "M8 bolts", "boxes"), line("2", "grease", "tubs"))),
    ("chat one line", "4x brake pads BP-9 pls", (line("4", "brake pads", c="BP-9"),)),
    ("metres", "Please cut us 25 m of 10 mm rope.", (line("25", "10 mm rope", "m"),)),
    ("thousand", "Please deliver 1,500 cable ties, black.", (line("1500", "cable ties"),)),
    ("condition", "Please send 6 drums of oil. If you have it, also 1 drum of coolant, else leave it.", (line("6", "oil", "drums"), line("1", "coolant", "drum"))),
    ("signature is no goods", "Please send 6 lamps.\n\nBest regards\nDana Holt\n12 Mill Lane, Unit 4\nTel 0113 4960 118\n3 times supplier of the year", (line("6", "lamps"),)),
    ("disclaimer is no goods", "Please send 6 lamps.\n\nThis e-mail is confidential and intended for the addressee. If you have received 2 copies, please delete one.", (line("6", "lamps"),)),
    ("quoted is no goods", "Please send 6 lamps.\n\nOn Monday Ann wrote:\n> we offer 20 lamps at 9.00\n", (line("6", "lamps"),)),
    ("colleague forwards", "Hi team, please enter this.\n\n---------- Forwarded message ---------\nFrom: Rob Fell <rob@fellworks.example>\nDate: Mon, 20 Apr 2026\nSubject: order\nTo: sales@us.example\n\nPlease send 6 lamps and 2 shades.\n\nRob", (line("6", "lamps"), line("2", "shades"))),
    ("wrapped bullet", "Please send:\n- 6 lamps with the long\n  cable and switch\n- 2 shades\n", (line("6", "lamps with the long"), line("2", "shades"))),
    ("numbered list", "Please supply\n1. 20 pcs lime mortar\n2. 3 pcs trowel\n", (line("20", "lime mortar"), line("3", "trowel"))),
    ("plain rows", "Please send\n\n20 lime mortar\n3 trowel\n1 mixing tub\n\nthanks", (line("20", "lime mortar"), line("3", "trowel"), line("1", "mixing tub"))),
    ("de sentence", "Guten Tag,\n\nbitte liefern Sie uns 25 Kartons Kopierpapier und 4 Pakete Trennblätter.\n\nMit freundlichen Grüßen\nUwe Kranz", (line("25", "Kopierpapier", "Kartons"), line("4", "Trennblätter", "Pakete"))),
    ("de dozen", "Wir brauchen ein Dutzend Schutzbrillen.", (line("12", "Schutzbrillen"),)),
    ("de words", "Wir bestellen zwanzig Eimer Wandfarbe weiß.", (line("20", "Wandfarbe", "Eimer"),)),
    ("de either", "Bitte 5 oder 6 Säcke Zement mitbringen.", (line("", "Zement"),)),
    ("de list", "Hallo,\nbitte senden:\n\n- 200 Stk. Dübel 8 mm\n- 10 Kartuschen Silikon grau (SK-310)\n\nDanke!\nMia", (line("200", "Dübel", "Stk"), line("10", "Silikon", "Kartuschen", "SK-310"))),
    ("de decimal", "Wir benötigen 12,5 m Schlauch SL-9.", (line("12.5", "Schlauch", "m", "SL-9"),)),
    ("de correction", "Bitte 10 Rollen Klebeband liefern.\n\nKorrektur: doch 15 Rollen bitte.", (line("15", "Klebeband", "Rollen"),)),
    ("de article", "Bitte liefern Sie Artikel 4711-20, 30 Stück.", (line("30", u="Stück", c="4711-20"),)),
    ("fr sentence", "Bonjour,\n\nmerci de nous livrer 12 cartons de gants et 3 rouleaux de film.\n\nCordialement\nLéa", (line("12", "gants", "cartons"), line("3", "film", "rouleaux"))),
    ("fr dozen", "Il nous faudrait une douzaine de seaux.", (line("12", "seaux"),)),
    ("fr half dozen", "Nous commandons une demi-douzaine de balais.", (line("6", "balais"),)),
    ("fr list", "Bonjour, nous commandons :\n- 40 vannes VA-15\n- 8 joints réf JT-20\n", (line("40", "vannes", c="VA-15"), line("8", "joints", c="JT-20"))),
    ("fr words", "Veuillez nous envoyer vingt sacs de ciment.", (line("20", "ciment", "sacs"),)),
    ("fr either", "Il nous faut 3 ou 4 palettes de briques.", (line("", "briques"),)),
    ("es sentence", "Buenos días, necesitamos 8 cajas de tornillos M6 y 20 sacos de mortero. Gracias", (line("8", "tornillos M6", "cajas"), line("20", "mortero", "sacos"))),
    ("es dozen", "Por favor, envíen una docena de cascos.", (line("12", "cascos"),)),
    ("es list", "Pedido:\n- 10 uds guantes G-9\n- 5 rollos de cinta\n", (line("10", "guantes", "uds", "G-9"), line("5", "cinta", "rollos"))),
    ("es words", "Queremos pedir quince lámparas.", (line("15", "lámparas"),)),
    ("it sentence", "Buongiorno, ordiniamo 30 pezzi di raccordi RC-12 e 2 scatole di viti.", (line("30", "raccordi", "pezzi", "RC-12"), line("2", "viti", "scatole"))),
    ("it dozen", "Vorremmo ordinare una dozzina di guarnizioni.", (line("12", "guarnizioni"),)),
    ("it list", "Vi preghiamo di fornirci:\n- 4 rotoli di rete\n- 6 secchi di vernice bianca\n", (line("4", "rete", "rotoli"), line("6", "vernice bianca", "secchi"))),
    ("nl sentence", "Goedemorgen, wij bestellen graag 12 dozen schroeven en 3 emmers verf.", (line("12", "schroeven", "dozen"), line("3", "verf", "emmers"))),
    ("nl dozen", "Graag een dozijn helmen leveren.", (line("12", "helmen"),)),
    ("nl list", "Hallo,\ngraag bestellen:\n- 50 stuks moeren M8\n- 2 rollen folie F-20\n", (line("50", "moeren M8", "stuks"), line("2", "folie", "rollen", "F-20"))),
    ("two languages", "Hallo Jan,\n\nbitte 6 Pakete Filter FT-1 liefern. For our Leeds site please also send 4 filters FT-2.\n\nGruß Ute", (line("6", "Filter", "Pakete", "FT-1"), line("4", "filters", c="FT-2"))),
    ("date is no quantity", "Please send 6 lamps by 12 May 2026, PO 4711, to dock 3.", (line("6", "lamps"),)),
    ("each line a note", "Please send:\n- 6 lamps (for the hall)\n- 2 shades, urgent\n", (line("6", "lamps"), line("2", "shades"))),
    ("times word", "Please send 3 times AB-200 and 1 time AB-300.", (line("3", c="AB-200"), line("1", c="AB-300"))),
    ("colon quantity", "Please order\nLime mortar: 20\nTrowel: 3\n", (line("20", "Lime mortar"), line("3", "Trowel"))),
    ("qty word", "Please send lime mortar, qty 20, and trowels, qty 3.", (line("20", "lime mortar"), line("3", "trowels"))),
    ("per pallet", "We'd like 2 pallets of bricks (500 per pallet).", (line("2", "bricks", "pallets"),)),
    ("another", "Could you send another 5 tins of varnish?", (line("5", "varnish", "tins"),)),
    ("a pair", "Please send a pair of boots, size 43, and 2 pairs of gloves.", (line("1", "boots", "pair"), line("2", "gloves", "pairs"))),
    ("dimensions", "Please send 4 sheets of plywood 2440 x 1220 x 18 mm.", (line("4", "plywood 2440 x 1220 x 18 mm", "sheets"),)),
)  # fmt: skip
