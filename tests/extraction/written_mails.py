"""Whole mails as people write them, each with what a careful reader takes from it."""

from __future__ import annotations

from dataclasses import dataclass, field

NAMES = ("quantity", "uom", "supplier_sku", "description", "unit_price", "amount")


@dataclass(frozen=True)
class Written:
    """head: sender, subject, day; rows: "quantity|uom|code|goods|price|amount" of each line; html: the body is HTML."""

    name: str
    head: tuple[str, str, str]
    body: str
    told: dict[str, str]
    rows: tuple[str, ...]
    html: bool = False
    open: tuple[str, ...] = field(default=("order_date", "uom"))

    @property
    def lines(self) -> list[dict[str, str]]:
        return [
            {name: value for name, value in zip(NAMES, row.split("|"), strict=False) if value}
            for row in self.rows
        ]

    @property
    def raw(self) -> bytes:
        sender, subject, day = self.head
        kind = "html" if self.html else "plain"
        return (
            f"From: {sender}\nTo: orders@ourfirm.example\nSubject: {subject}\nDate: {day}\n"
            f"MIME-Version: 1.0\nContent-Type: text/{kind}; charset=utf-8\n"
            f"Content-Transfer-Encoding: 8bit\n\n{self.body}"
        ).encode()


FIRST: tuple[Written, ...] = (
    Written(
        "terse-three-rows",
        ("Hank Dorsey <hank@dorseyfence.example>", "PO 4471", "Tue, 6 Oct 2026 07:12:00 -0500"),
        "need by friday\n\n24 4x4 post caps black\n10 boxes 3in deck screws\n2 rolls weed barrier\n\nship to the yard, 410 Quarry Rd, Salina KS 67401\n\nHank\nDorsey Fence Co\n",
        {"po_number": "4471", "buyer_name": "Dorsey Fence Co", "buyer_contact": "Hank Dorsey", "buyer_email": "hank@dorseyfence.example", "ship_to": "410 Quarry Rd, Salina KS 67401", "requested_date": "2026-10-09"},
        ("24|||4x4 post caps black", "10|boxes||3in deck screws", "2|rolls||weed barrier"),
    ),
    Written(
        "sentence-with-aside",
        ("Marion Oakes <marion.oakes@tidewatercandles.example>", "wax again", "Mon, 12 Jan 2026 10:31:00 +0000"),
        "Hi Phil,\n\nhope the 40 degree heat hasn't finished you off! Could you send us 15 bags of soy flakes (the C-3 grade) and 6 kg of the lavender oil please? We still have 3 bags left from the 20 you sent in November so there is no panic.\n\nPO is TW/2026/017, delivery to 8 Harbour Row, Whitby YO21 3PU.\n\nMarion\n\nMarion Oakes\nTidewater Candles Ltd\n01947 496 0122\n",
        {"po_number": "TW/2026/017", "buyer_name": "Tidewater Candles Ltd", "buyer_contact": "Marion Oakes", "buyer_email": "marion.oakes@tidewatercandles.example", "ship_to": "8 Harbour Row, Whitby YO21 3PU"},
        ("15|bags||soy flakes (the C-3 grade)", "6|kg||lavender oil"),
        open=("order_date", "uom", "supplier_sku"),
    ),
    Written(
        "correction-later",
        ("Pilar Gómez <pgomez@vinosdelpozo.example>", "Pedido 2026/88", "Wed, 4 Mar 2026 09:02:00 +0100"),
        "Hola Javier:\n\nos paso el pedido nº 2026/88:\n\n- 3.000 tapones microgranulados 44x24 a 62 €/millar\n- 1.200 cápsulas burdeos a 0,045 €/ud\n- 500 cajas de 6 botellas, ref. CB6-M\n\nPerdona, de las cajas que sean 600.\n\nEntrega en Bodega del Pozo, Camino Real 4, 47490 Rueda, antes del 20 de marzo.\n\nUn saludo,\nPilar\n\nPilar Gómez\nVinos del Pozo, S.L.\nTel. 983 000 112\n",
        {"po_number": "2026/88", "currency": "EUR", "buyer_name": "Vinos del Pozo, S.L.", "buyer_contact": "Pilar Gómez", "buyer_email": "pgomez@vinosdelpozo.example", "ship_to": "Bodega del Pozo, Camino Real 4, 47490 Rueda", "requested_date": "2026-03-20"},
        ("3000|||tapones microgranulados 44x24|0.062", "1200|||cápsulas burdeos|0.045", "600||CB6-M|cajas de 6 botellas"),
    ),
    Written(
        "quoted-chain",
        ("Jens Albers <albers@albers-metallbau.example>", "AW: Angebot 20533", "Thu, 18 Jun 2026 08:45:00 +0200"),
        "Guten Morgen Frau Sander,\n\ndanke, passt so. Wir nehmen dann 40 Stück von den Edelstahlwinkeln zu 3,85 € und 12 m Handlaufrohr 42,4 mm.\nUnsere Bestellnummer: AM-3391\nLiefertermin KW 27 reicht.\n\nViele Grüße\nJens Albers\nAlbers Metallbau GmbH\nIndustriestr. 9, 26789 Leer\n\nAm 17.06.2026 um 16:20 schrieb Sander, Ulrike:\n> Guten Tag Herr Albers,\n>\n> gern bieten wir an:\n> 100 Stück Edelstahlwinkel V2A 60x60   3,85 EUR\n> 50 m Handlaufrohr 42,4x2   11,90 EUR/m\n>\n> Angebotsnummer 20533\n",
        {"po_number": "AM-3391", "currency": "EUR", "buyer_name": "Albers Metallbau GmbH", "buyer_contact": "Jens Albers", "buyer_email": "albers@albers-metallbau.example", "requested_date": "2026-07-03"},
        ("40|Stück||Edelstahlwinkel|3.85", "12|m||Handlaufrohr 42,4 mm"),
    ),
    Written(
        "question-beside",
        ("Claire Vasseur <c.vasseur@atelier-vasseur.example>", "commande cuir", "Fri, 9 Oct 2026 11:20:00 +0200"),
        "Bonjour Antoine,\n\nPouvez-vous m'envoyer 4 peaux de vachette noire réf. VN-12 et 2 bobines de fil ciré 0,8 mm ?\nMerci de livrer à l'atelier, 17 rue des Tanneurs, 79000 Niort.\n\nAu fait, auriez-vous encore des rivets de 9 mm, et à quel prix par 1000 ?\n\nBonne journée,\nClaire Vasseur\nAtelier Vasseur\n05 49 00 11 22\n",
        {"buyer_name": "Atelier Vasseur", "buyer_contact": "Claire Vasseur", "buyer_email": "c.vasseur@atelier-vasseur.example", "ship_to": "17 rue des Tanneurs, 79000 Niort"},
        ("4|peaux|VN-12|vachette noire", "2|bobines||fil ciré 0,8 mm"),
    ),
    Written(
        "forward-by-colleague",
        ("Ruth Engel <ruth.engel@ourfirm.example>", "Fwd: order for next week", "Tue, 14 Apr 2026 15:10:00 +0100"),
        "Can someone key this please? He is on 30 days now.\nRuth\n\n---------- Forwarded message ---------\nFrom: Des Farrell <des@farrellplant.example>\nDate: Tue, 14 Apr 2026 at 14:55\nSubject: order for next week\nTo: Ruth Engel <ruth.engel@ourfirm.example>\n\nRuth\n\nPO 88127\n\n6 no. hydraulic filters HF6553\n2 no. fuel caps, lockable\n20 ltr AdBlue x 5\n\nTo site please: Farrell Plant, Unit 3 Canal Wharf, Burscough L40 8TB.\n\nDes\nFarrell Plant Hire Ltd\n",
        {"po_number": "88127", "buyer_name": "Farrell Plant Hire Ltd", "buyer_contact": "Des Farrell", "buyer_email": "des@farrellplant.example", "ship_to": "Farrell Plant, Unit 3 Canal Wharf, Burscough L40 8TB"},
        ("6|no.|HF6553|hydraulic filters", "2|no.||fuel caps, lockable", "5|||20 ltr AdBlue"),
    ),
    Written(
        "outlook-excel-table",
        ("Sabine Kurz <s.kurz@hotel-seeblick.example>", "Bestellung Wäsche", "Mon, 2 Feb 2026 14:00:00 +0100"),
        "<html><body><p class=MsoNormal>Sehr geehrte Damen und Herren,<o:p></o:p></p><p class=MsoNormal>wir bestellen unter unserer Nr. HS-2026-31 wie folgt:<o:p></o:p></p><table border=0 cellspacing=0 width=500><tr height=20><td>Art.-Nr.</td><td>Bezeichnung</td><td>Menge</td><td>EP</td></tr><tr><td>B-140</td><td>Bettbezug 140x200 Satin</td><td align=right>60</td><td align=right>24,50 €</td></tr><tr><td>K-80</td><td>Kissenbezug 80x80</td><td align=right>120</td><td align=right>7,90 €</td></tr><tr><td></td><td>Handtuch 50x100 weiß</td><td align=right>200</td><td align=right>3,10 €</td></tr></table><p class=MsoNormal>Lieferung bitte bis 20.02.2026 an: Hotel Seeblick, Uferweg 2, 88131 Lindau.</p><p>Mit freundlichen Grüßen<br>Sabine Kurz<br>Hausdame<br>Hotel Seeblick Betriebs GmbH</p></body></html>",
        {"po_number": "HS-2026-31", "currency": "EUR", "buyer_name": "Hotel Seeblick Betriebs GmbH", "buyer_contact": "Sabine Kurz", "buyer_email": "s.kurz@hotel-seeblick.example", "ship_to": "Hotel Seeblick, Uferweg 2, 88131 Lindau", "requested_date": "2026-02-20"},
        ("60||B-140|Bettbezug 140x200 Satin|24.50", "120||K-80|Kissenbezug 80x80|7.90", "200|||Handtuch 50x100 weiß|3.10"),
        html=True,
    ),
    Written(
        "formal-letter",
        ("Purchasing <purchasing@hartwellmuseum.example>", "Order for archival boxes", "Wed, 11 Nov 2026 16:44:00 +0000"),
        "Dear Sirs,\n\nFurther to your quotation of 2 November we should like to order two hundred archival boxes, size A4, at £4.20 each, and fifty of the A3 size at £6.75 each. Kindly quote our order number HM 20914 on all papers.\n\nThe goods should reach us no later than 30 November 2026 at the following address: Hartwell Museum, Goods Entrance, Priory Lane, Hartwell HP17 8NR. Invoices go to the Finance Office at the same address; our terms are 30 days end of month.\n\nYours faithfully,\n\nD. J. Penrose\nCollections Manager\nHartwell Museum\n",
        {"po_number": "HM 20914", "currency": "GBP", "buyer_name": "Hartwell Museum", "buyer_contact": "D. J. Penrose", "buyer_email": "purchasing@hartwellmuseum.example", "ship_to": "Hartwell Museum, Goods Entrance, Priory Lane, Hartwell HP17 8NR", "requested_date": "2026-11-30", "payment_terms": "30 days end of month"},
        ("200|||archival boxes, size A4|4.20", "50|||A3 size|6.75"),
    ),
    Written(
        "dutch-bullets",
        ("Bram de Wit <bram@dewithoveniers.example>", "Bestelling 2604", "Thu, 26 Mar 2026 19:33:00 +0100"),
        "Hoi Karin,\n\nGraag voor ons klaarzetten:\n* 30 zakken potgrond 40 l\n* 12 stuks buxusbol 35 cm (art. BX35) à € 14,50\n* 2,5 m3 boomschors\n\nWij halen het zelf op dinsdag 31 maart.\nBestelnummer: DW-2604\n\nGroet,\nBram\n-- \nBram de Wit\nDe Wit Hoveniers\n06-00112233\n",
        {"po_number": "DW-2604", "currency": "EUR", "buyer_name": "De Wit Hoveniers", "buyer_contact": "Bram de Wit", "buyer_email": "bram@dewithoveniers.example", "requested_date": "2026-03-31"},
        ("30|zakken||potgrond 40 l", "12|stuks|BX35|buxusbol 35 cm|14.50", "2.5|m3||boomschors"),
    ),
    Written(
        "italian-sentence",
        ("Luca Ferrante <acquisti@ferranteimpianti.example>", "Ordine n. 145/26", "Tue, 19 May 2026 12:15:00 +0200"),
        "Buongiorno Elena,\n\ncome da telefonata confermo l'ordine di 25 valvole a sfera 1/2\" cod. VS-050 a 4,30 euro cad. e 100 metri di tubo multistrato 20x2.\nConsegna entro venerdì 29/05 presso il nostro magazzino di Via delle Officine 22, 25030 Roncadelle (BS).\nPagamento: RiBa 60 gg f.m.\n\nGrazie e buon lavoro\nLuca Ferrante\nFerrante Impianti S.r.l.\n",
        {"po_number": "145/26", "currency": "EUR", "buyer_name": "Ferrante Impianti S.r.l.", "buyer_contact": "Luca Ferrante", "buyer_email": "acquisti@ferranteimpianti.example", "ship_to": "Via delle Officine 22, 25030 Roncadelle (BS)", "requested_date": "2026-05-29", "payment_terms": "RiBa 60 gg f.m."},
        ("25||VS-050|valvole a sfera 1/2\"|4.30", "100|metri||tubo multistrato 20x2"),
    ),
    Written(
        "headless-columns",
        ("Stores <stores@brackleymill.example>", "Purchase order 30077", "Mon, 7 Sep 2026 08:00:00 +0100"),
        "Please supply:\n\nGX-1140    Drive belt 1140 mm         8     12.60\nBRG-6204   Bearing 6204 2RS          24      3.15\nOIL-46     Hydraulic oil 46, 20 l     3     58.00\n\nDeliver to: Stores, Brackley Mill, Mill Road, Brackley NN13 6QT\nDelivery date: 14 September 2026\n\nThanks\nNeil Stroud\nBrackley Mill\n",
        {"po_number": "30077", "buyer_name": "Brackley Mill", "buyer_contact": "Neil Stroud", "buyer_email": "stores@brackleymill.example", "ship_to": "Stores, Brackley Mill, Mill Road, Brackley NN13 6QT", "requested_date": "2026-09-14"},
        ("8||GX-1140|Drive belt 1140 mm|12.60", "24||BRG-6204|Bearing 6204 2RS|3.15", "3||OIL-46|Hydraulic oil 46, 20 l|58.00"),
    ),
    Written(
        "chatty-removal",
        ("Theo <theo.brandt@brandtcycles.example>", "parts", "Sat, 22 Aug 2026 21:04:00 -0700"),
        "Hey Lou!\n\nGreat ride on sunday, we did about 60 miles. Anyway, shop stuff:\n\nI'd like 12 of the tubeless kits and 8 chain tools. Oh and 30 bottle cages, black. Forget the chain tools actually, found a box in the back.\n\nPut it under BC-1192 and send it to 2208 Alder St, Eugene OR 97405.\n\nCheers\nTheo\n",
        {"po_number": "BC-1192", "buyer_contact": "Theo", "buyer_email": "theo.brandt@brandtcycles.example", "ship_to": "2208 Alder St, Eugene OR 97405"},
        ("12|||tubeless kits", "30|||bottle cages, black"),
        open=("order_date", "uom", "buyer_name"),
    ),
    Written(
        "per-hundred",
        ("Frank Lüders <lueders@luedersdruck.example>", "Bestellung LD 7781", "Wed, 15 Jul 2026 13:37:00 +0200"),
        "Hallo Herr Böhm,\n\nwir bestellen\n\n5.000 Versandtaschen C4 mit Fenster, 48,00 € / 1000\n2.500 Klemmmappen A4 blau, Art. 3040-B, 31,50 EUR je 100 Stück\n\nPreise netto, Lieferung frei Haus, Zahlung 14 Tage 2 % Skonto, 30 Tage netto.\n\nMfG\nF. Lüders\nLüders Druck & Verlag\n",
        {"po_number": "LD 7781", "currency": "EUR", "buyer_name": "Lüders Druck & Verlag", "buyer_contact": "F. Lüders", "buyer_email": "lueders@luedersdruck.example", "payment_terms": "14 Tage 2 % Skonto, 30 Tage netto"},
        ("5000|||Versandtaschen C4 mit Fenster|0.048", "2500||3040-B|Klemmmappen A4 blau|0.315"),
        open=("order_date", "uom", "incoterms", "buyer_contact"),
    ),
    Written(
        "labelled-fields-and-rows",
        ("SnackShack Orders <orders@snackshack.example>", "Weekly order", "Sun, 29 Nov 2026 20:15:00 -0600"),
        "Customer: Snack Shack LLC\nAccount no: 20041\nP.O. Reference: SS-W48\nDeliver on: 12/03/2026\nDeliver to: 15 Pier Ave, Duluth MN 55802\n\nCorn dogs, case of 48: 6\nMustard packets: 2 cases\nPretzel salt - 1 tub\nLemonade mix: 10\n\nContact: Jo Halvorsen 218-555-0144\n",
        {"po_number": "SS-W48", "buyer_name": "Snack Shack LLC", "buyer_contact": "Jo Halvorsen", "buyer_email": "orders@snackshack.example", "ship_to": "15 Pier Ave, Duluth MN 55802", "requested_date": "2026-12-03"},
        ("6|||Corn dogs, case of 48", "2|cases||Mustard packets", "1|tub||Pretzel salt", "10|||Lemonade mix"),
    ),
    Written(
        "french-formal",
        ("Service Achats <achats@clinique-pins.example>", "Bon de commande BC260418", "Fri, 17 Apr 2026 09:50:00 +0200"),
        "Madame, Monsieur,\n\nNous vous prions de bien vouloir enregistrer notre commande n° BC260418 du 17/04/2026 :\n\n1) 50 boîtes de gants nitrile taille M, réf. GN-M, prix unitaire 6,90 € HT\n2) 20 boîtes de gants nitrile taille L, réf. GN-L, prix unitaire 6,90 € HT\n3) 10 bidons de gel hydroalcoolique 5 L, réf. GH5, prix unitaire 18,40 € HT\n\nTotal HT : 667,00 €\n\nLivraison : Clinique des Pins, pharmacie, 40 avenue de Bordeaux, 33700 Mérignac, avant le 30 avril.\nRèglement à 45 jours fin de mois par virement.\n\nVeuillez agréer, Madame, Monsieur, nos salutations distinguées.\n\nHélène Marchand\nResponsable des achats\nClinique des Pins SAS\n",
        {"po_number": "BC260418", "order_date": "2026-04-17", "currency": "EUR", "buyer_name": "Clinique des Pins SAS", "buyer_contact": "Hélène Marchand", "buyer_email": "achats@clinique-pins.example", "ship_to": "Clinique des Pins, pharmacie, 40 avenue de Bordeaux, 33700 Mérignac", "requested_date": "2026-04-30", "payment_terms": "45 jours fin de mois par virement", "subtotal": "667.00"},
        ("50|boîtes|GN-M|gants nitrile taille M|6.90", "20|boîtes|GN-L|gants nitrile taille L|6.90", "10|bidons|GH5|gel hydroalcoolique 5 L|18.40"),
    ),
    Written(
        "phone-typed-german",
        ("M. Yilmaz <yilmaz@yilmaz-bau.example>", "brauche material", "Tue, 8 Sep 2026 06:20:00 +0200"),
        "Moin Kalle\nbrauche für morgen auf die baustelle lindenstr 14 in 28203 bremen\n20 sack fliesenkleber flex\n3 eimer grundierung\nund 50 m estrichrandstreifen\nkommission schulz\ndanke dir mehmet\n\nVon meinem iPhone gesendet\n",
        {"buyer_contact": "mehmet", "buyer_email": "yilmaz@yilmaz-bau.example", "ship_to": "lindenstr 14 in 28203 bremen", "requested_date": "2026-09-09"},
        ("20|sack||fliesenkleber flex", "3|eimer||grundierung", "50|m||estrichrandstreifen"),
        open=("order_date", "uom", "buyer_contact", "buyer_name", "po_number"),
    ),
    Written(
        "amounts-and-total",
        ("Gail Pruitt <gpruitt@prairieclinic.example>", "Supplies order / PO# PC-20118", "Thu, 21 May 2026 10:05:00 -0500"),
        "Good morning,\n\nPlease process the following:\n\n4 cases exam table paper 21\" (ETP-21) @ $38.25 = $153.00\n10 boxes tongue depressors @ $5.40 = $54.00\n2 otoscope specula packs, $17.00 ea, $34.00\n\nSubtotal $241.00\nShipping $15.00\nTotal: $256.00\n\nBill to: Prairie Clinic, PO Box 88, Salina KS 67402\nShip to: Prairie Clinic, 900 Iron Ave, Salina KS 67401\nTerms Net 30\n\nThank you!\nGail Pruitt, Office Manager\nPrairie Clinic\n(785) 555-0182\n",
        {"po_number": "PC-20118", "currency": "USD", "buyer_name": "Prairie Clinic", "buyer_contact": "Gail Pruitt", "buyer_email": "gpruitt@prairieclinic.example", "bill_to": "Prairie Clinic, PO Box 88, Salina KS 67402", "ship_to": "Prairie Clinic, 900 Iron Ave, Salina KS 67401", "payment_terms": "Net 30", "subtotal": "241.00", "freight": "15.00", "total": "256.00"},
        ("4|cases|ETP-21|exam table paper 21\"|38.25|153.00", "10|boxes||tongue depressors|5.40|54.00", "2|packs||otoscope specula|17.00|34.00"),
    ),
    Written(
        "replace-with",
        ("Anna Wójcik <anna@wojcikceramika.example>", "Order 11/2026", "Mon, 16 Nov 2026 11:11:00 +0100"),
        "Dear Tom,\n\nwe would like to order:\n- 25 kg transparent glaze TG-9\n- 10 kg cobalt blue stain CB-2\n- 4 pcs turning tools set\n\nPlease change the cobalt to 15 kg, we just got a bigger project.\n\nShipping address: Wójcik Ceramika, ul. Garncarska 7, 58-100 Świdnica, Poland. DAP please.\n\nBest,\nAnna\n",
        {"po_number": "11/2026", "buyer_name": "Wójcik Ceramika", "buyer_contact": "Anna Wójcik", "buyer_email": "anna@wojcikceramika.example", "ship_to": "Wójcik Ceramika, ul. Garncarska 7, 58-100 Świdnica, Poland", "incoterms": "DAP"},
        ("25|kg|TG-9|transparent glaze", "15|kg|CB-2|cobalt blue stain", "4|pcs||turning tools set"),
    ),
    Written(
        "below-reply-old-order",
        ("Kev Rowley <kev@rowleygarage.example>", "RE: RE: order 5520", "Fri, 13 Feb 2026 12:40:00 +0000"),
        "Thanks Jean - all arrived fine.\n\nNew order number 5533: 4 wiper blades 24\", 1 trolley jack 2 ton and 6 cans of brake cleaner. Usual address.\n\nKev\n\nFrom: Jean <jean@ourfirm.example>\nSent: 11 February 2026 09:00\nTo: Kev Rowley\nSubject: RE: order 5520\n\nHi Kev, 10 oil filters and 3 battery leads are on the van today.\n\nFrom: Kev Rowley\nSent: 10 February 2026\nSubject: order 5520\n\n10 oil filters\n3 battery leads\n\nKev Rowley\nRowley Garage\n",
        {"po_number": "5533", "buyer_contact": "Kev Rowley", "buyer_email": "kev@rowleygarage.example"},
        ("4|||wiper blades 24\"", "1|||trolley jack 2 ton", "6|cans||brake cleaner"),
        open=("order_date", "uom", "buyer_name"),
    ),
    Written(
        "spanish-running",
        ("Taller Hermanos Ruiz <taller@hermanosruiz.example>", "Pedido", "Wed, 24 Jun 2026 17:52:00 +0200"),
        "Buenas tardes, necesitamos para el jueves 2 de julio diez discos de corte de 230, cinco latas de imprimación gris y un rollo de manguera de 25 metros. Nuestra referencia es HR-309. Enviadlo a Polígono Las Eras, nave 6, 45223 Seseña.\n\nGracias,\nManolo Ruiz\nTaller Hermanos Ruiz\n",
        {"po_number": "HR-309", "buyer_name": "Taller Hermanos Ruiz", "buyer_contact": "Manolo Ruiz", "buyer_email": "taller@hermanosruiz.example", "ship_to": "Polígono Las Eras, nave 6, 45223 Seseña", "requested_date": "2026-07-02"},
        ("10|||discos de corte de 230", "5|latas||imprimación gris", "1|rollo||manguera de 25 metros"),
    ),
    Written(
        "csv-pasted",
        ("Inventory <inventory@peakoutdoors.example>", "PO PO-66120 from Peak Outdoors", "Tue, 1 Dec 2026 07:00:00 -0700"),
        "PO number;PO-66120\nDate;2026-12-01\n\nSKU\tDescription\tQty\tUnit cost\nTNT-2P\t2 person tent\t15\t88.00\nSLP-M10\tSleeping bag -10C\t40\t61.50\nSTV-1\tGas stove\t25\t19.95\n\nShip via UPS Ground to Peak Outdoors, 77 Summit Way, Boulder CO 80302\n",
        {"po_number": "PO-66120", "order_date": "2026-12-01", "buyer_name": "Peak Outdoors", "buyer_email": "inventory@peakoutdoors.example", "ship_to": "Peak Outdoors, 77 Summit Way, Boulder CO 80302", "ship_via": "UPS Ground"},
        ("15||TNT-2P|2 person tent|88.00", "40||SLP-M10|Sleeping bag -10C|61.50", "25||STV-1|Gas stove|19.95"),
    ),
    Written(
        "place-and-day-letter",
        ("Heidrun Pohl <h.pohl@stadtgaertnerei.example>", "Auftrag", "Thu, 5 Mar 2026 09:09:00 +0100"),
        "Görlitz, den 5. März 2026\n\nSehr geehrter Herr Wirth,\n\nhiermit beauftragen wir Sie mit der Lieferung von\n\n  400 St.  Tulpenzwiebeln 'Apeldoorn'\n  150 St.  Narzissen 'Carlton'\n   20 Btl. Rasensaat à 10 kg\n\nLieferanschrift: Stadtgärtnerei, An der Landskron 12, 02827 Görlitz\nRechnungsanschrift: Stadtverwaltung, Untermarkt 6, 02826 Görlitz\nBestellzeichen: StG 26/118\n\nFreundliche Grüße\ni. A. Pohl\nStadtgärtnerei Görlitz\n",
        {"po_number": "StG 26/118", "order_date": "2026-03-05", "buyer_name": "Stadtgärtnerei Görlitz", "buyer_contact": "Heidrun Pohl", "buyer_email": "h.pohl@stadtgaertnerei.example", "ship_to": "Stadtgärtnerei, An der Landskron 12, 02827 Görlitz", "bill_to": "Stadtverwaltung, Untermarkt 6, 02826 Görlitz"},
        ("400|St.||Tulpenzwiebeln 'Apeldoorn'", "150|St.||Narzissen 'Carlton'", "20|Btl.||Rasensaat à 10 kg"),
        open=("order_date", "uom", "buyer_contact"),
    ),
    Written(
        "each-item-paragraph",
        ("Oluwaseun Bello <o.bello@lekkimarine.example>", "Firm order - spares", "Mon, 20 Jul 2026 08:30:00 +0100"),
        "Dear Team,\n\nPlease treat this mail as our official order, ref LM/SP/0726.\n\nItem 1: Impeller kit, part no. 09-1027B\nQuantity: 6 pcs\nPrice: USD 34.00 each\n\nItem 2: Raw water pump, part no. F6B-9\nQuantity: 1 unit\nPrice: USD 612.00 each\n\nPayment: TT in advance. Shipment by air freight to Lekki Marine Services, 5 Admiralty Road, Lagos.\n\nKind regards,\nOluwaseun Bello\nLekki Marine Services Ltd\n",
        {"po_number": "LM/SP/0726", "currency": "USD", "buyer_name": "Lekki Marine Services Ltd", "buyer_contact": "Oluwaseun Bello", "buyer_email": "o.bello@lekkimarine.example", "payment_terms": "TT in advance", "ship_to": "Lekki Marine Services, 5 Admiralty Road, Lagos", "ship_via": "air freight"},
        ("6|pcs|09-1027B|Impeller kit|34.00", "1|unit|F6B-9|Raw water pump|612.00"),
    ),
    Written(
        "bold-html-list",
        ("Nadia Brook <nadia@brookbakery.example>", "Order - BB/77", "Fri, 3 Apr 2026 05:48:00 +0100"),
        "<div>Morning!</div><div><br></div><div>For <b>Tuesday 7 April</b> please:</div><ul><li>12 x 25kg strong white flour</li><li>4 x 12.5kg caster sugar</li><li>6 trays eggs (30s)</li></ul><div>Same address as always: 31 Fore Street, Totnes TQ9 5HH</div><div><br></div><div>Nadia x</div><div>--</div><div>Brook Bakery | 31 Fore Street | Totnes</div>",
        {"po_number": "BB/77", "buyer_name": "Brook Bakery", "buyer_contact": "Nadia Brook", "buyer_email": "nadia@brookbakery.example", "ship_to": "31 Fore Street, Totnes TQ9 5HH", "requested_date": "2026-04-07"},
        ("12|||25kg strong white flour", "4|||12.5kg caster sugar", "6|trays||eggs (30s)"),
        html=True,
    ),
    Written(
        "dutch-chain",
        ("Inkoop Zuidzorg <inkoop@zuidzorg.example>", "RE: offerte 8812", "Tue, 27 Oct 2026 15:15:00 +0100"),
        "Beste Mark,\n\nAkkoord met de offerte, maar graag 80 in plaats van 60 stuks van de polsbandjes. De 10 dozen mondkapjes blijven zo.\nOns inkoopordernummer is ZZ-440912. Leveren op Hoofdstraat 88, 5611 AB Eindhoven.\n\nMet vriendelijke groet,\nFatima Bakkali\nInkoop | Zuidzorg\n\nVan: Mark Peters\nVerzonden: maandag 26 oktober 2026 10:00\nAan: Inkoop Zuidzorg\nOnderwerp: offerte 8812\n\nPolsbandjes 60 stuks à € 2,10\nMondkapjes 10 dozen à € 8,00\n",
        {"po_number": "ZZ-440912", "buyer_name": "Zuidzorg", "buyer_contact": "Fatima Bakkali", "buyer_email": "inkoop@zuidzorg.example", "ship_to": "Hoofdstraat 88, 5611 AB Eindhoven"},
        ("80|stuks||polsbandjes", "10|dozen||mondkapjes"),
        open=("order_date", "uom", "currency", "unit_price"),
    ),
    Written(
        "two-alternatives-price-words",
        ("Gianni <gianni@trattoriailponte.example>", "ordine vino", "Thu, 10 Dec 2026 23:58:00 +0100"),
        "Ciao Marco,\nper il weekend mi servono 24 bottiglie di Barbera 2023 a 7,20 e 12 di Arneis a 8 euro. Se hai ancora il magnum mandane 2.\nConsegna sabato mattina in via Po 18 a Torino.\n\nGianni\nTrattoria Il Ponte\n",
        {"currency": "EUR", "buyer_name": "Trattoria Il Ponte", "buyer_contact": "Gianni", "buyer_email": "gianni@trattoriailponte.example", "ship_to": "via Po 18 a Torino", "requested_date": "2026-12-12"},
        ("24|bottiglie||Barbera 2023|7.20", "12|||Arneis|8", "2|||magnum"),
    ),
    Written(
        "wrapped-rows",
        ("Edith Vance <edith.vance@cloverleafschools.example>", "Requisition approved: PO 2027-00311", "Mon, 31 Aug 2026 13:00:00 -0400"),
        "Hello,\n\nOur purchase order 2027-00311 has been approved. Please ship the following\nto Cloverleaf Elementary, 12 School House Road, Akron OH 44319, attention\nMs. Tracy Bell:\n\n  36 ea.  composition notebooks, wide ruled,\n          100 sheets\n  12 pk.  dry erase markers, assorted,\n          pack of 8\n   2 ea.  electric pencil sharpener\n\nPlease do not ship before September 8, 2026. Net 45.\n\nEdith Vance\nPurchasing Agent, Cloverleaf Schools\n",
        {"po_number": "2027-00311", "buyer_name": "Cloverleaf Schools", "buyer_contact": "Edith Vance", "buyer_email": "edith.vance@cloverleafschools.example", "ship_to": "Cloverleaf Elementary, 12 School House Road, Akron OH 44319", "payment_terms": "Net 45"},
        ("36|ea.||composition notebooks, wide ruled, 100 sheets", "12|pk.||dry erase markers, assorted, pack of 8", "2|ea.||electric pencil sharpener"),
        open=("order_date", "uom", "requested_date"),
    ),
    Written(
        "forward-german-outlook",
        ("Tobias Rauch <t.rauch@rauch-aussendienst.example>", "WG: Nachbestellung", "Wed, 30 Sep 2026 18:01:00 +0200"),
        "Hallo zusammen,\nbitte anlegen, Kunde wartet.\nVG Tobias\n\nVon: Praxis Dr. Lohmann <praxis@dr-lohmann.example>\nGesendet: Mittwoch, 30. September 2026 17:40\nAn: Tobias Rauch\nBetreff: Nachbestellung\n\nLieber Herr Rauch,\n\nwir bräuchten noch 3 Packungen Nahtmaterial 4-0 und 100 Kanülen 0,9 x 40 gelb.\nBitte an die Praxis: Dr. Lohmann, Marktplatz 3, 86150 Augsburg.\n\nHerzliche Grüße\nBirgit Hahn\nPraxis Dr. Lohmann\n",
        {"buyer_name": "Praxis Dr. Lohmann", "buyer_contact": "Birgit Hahn", "buyer_email": "praxis@dr-lohmann.example", "ship_to": "Dr. Lohmann, Marktplatz 3, 86150 Augsburg"},
        ("3|Packungen||Nahtmaterial 4-0", "100|||Kanülen 0,9 x 40 gelb"),
    ),
    Written(
        "more-of-quote",
        ("Rosa Klein <rosa.klein@kleinoptik.example>", "Re: Quotation Q-5512", "Thu, 2 Jul 2026 09:00:00 +0200"),
        "Dear Ms Olsen,\n\nthank you for the offer. Please deliver 2 of the LX-200 lamps at 310.00 EUR each and 10 spare bulbs (LX-B) at 12.50 EUR each under our order no. KO-2260 dated 2 July 2026. The LX-300 is too expensive for us.\n\nDeliver to Klein Optik, Am Wall 77, 28195 Bremen, Germany. Delivery by 17 July.\n\nRegards\nRosa Klein\nKlein Optik e.K.\n\n> Item      Qty   Price EUR\n> LX-200    1     310.00\n> LX-300    1     495.00\n> LX-B      5     12.50\n",
        {"po_number": "KO-2260", "order_date": "2026-07-02", "currency": "EUR", "buyer_name": "Klein Optik e.K.", "buyer_contact": "Rosa Klein", "buyer_email": "rosa.klein@kleinoptik.example", "ship_to": "Klein Optik, Am Wall 77, 28195 Bremen, Germany", "requested_date": "2026-07-17"},
        ("2||LX-200|lamps|310.00", "10||LX-B|spare bulbs|12.50"),
    ),
    Written(
        "portuguese-free-goods-note",
        ("Sam Whitlock <sam@whitlockvets.example>", "top up order", "Tue, 3 Nov 2026 11:45:00 +0000"),
        "Hello Beth\n\nplease can we have another 5 x 10kg hypoallergenic diet (HYP10), 2 x surgical spirit 1L and a box of 2ml syringes. If there's any of that promotional shampoo left throw in 3 as well. The last invoice (INV 20455) for 7 boxes was paid on Friday, btw.\n\nOrder ref: WV3NOV\n\nSam Whitlock MRCVS\nWhitlock Vets, 3 Bridge End, Kelso TD5 7HT\n",
        {"po_number": "WV3NOV", "buyer_name": "Whitlock Vets", "buyer_contact": "Sam Whitlock", "buyer_email": "sam@whitlockvets.example"},
        ("5||HYP10|10kg hypoallergenic diet", "2|||surgical spirit 1L", "1|box||2ml syringes", "3|||promotional shampoo"),
        open=("order_date", "uom", "ship_to"),
    ),
)  # fmt: skip
SECOND: tuple[Written, ...] = (
    Written(
        "site-van",
        ("Lorcan Daly <lorcan@dalyroofing.example>", "slates", "Wed, 22 Apr 2026 07:02:00 +0100"),
        "Mick,\n\ncan you get us 600 of the 500x250 blue black slates and 4 rolls of breather membrane out to Ballymore Rd tomorrow? Need about 10 boxes of 38mm copper nails as well. Skip the lead for now, I still have 2 rolls in the van.\n\nOur order no is DR1187.\n\nLorcan\nDaly Roofing\n087 000 1122\n",
        {"po_number": "DR1187", "buyer_name": "Daly Roofing", "buyer_contact": "Lorcan Daly", "buyer_email": "lorcan@dalyroofing.example", "requested_date": "2026-04-23"},
        ("600|||500x250 blue black slates", "4|rolls||breather membrane", "10|boxes||38mm copper nails"),
        open=("order_date", "uom", "ship_to"),
    ),
    Written(
        "kanzlei-brief",
        ("Sekretariat <kanzlei@reimers-notare.example>", "Büromaterial - Best.-Nr. RN-0815-26", "Mon, 26 Oct 2026 10:10:00 +0100"),
        "Kiel, 26.10.2026\n\nSehr geehrte Frau Jansen,\n\nfür unsere Kanzlei bestellen wir hiermit zur Lieferung bis spätestens 4. November 2026:\n\n10 Pack Kopierpapier A4 80 g (Art.-Nr. KP-80) zum Preis von 4,19 € je Pack,\n5 Ordner breit, schwarz, je 2,35 €\nsowie 1 Karton Versandumschläge C5.\n\nBitte liefern Sie an: Notare Reimers & Kollegen, Holstenbrücke 11, 24103 Kiel (2. OG).\nDie Rechnung begleichen wir wie üblich innerhalb von 14 Tagen.\n\nMit freundlichen Grüßen\n\nUte Behn\nSekretariat\n\nNotare Reimers & Kollegen PartG\n",
        {"po_number": "RN-0815-26", "order_date": "2026-10-26", "currency": "EUR", "buyer_name": "Notare Reimers & Kollegen PartG", "buyer_contact": "Ute Behn", "buyer_email": "kanzlei@reimers-notare.example", "ship_to": "Notare Reimers & Kollegen, Holstenbrücke 11, 24103 Kiel", "requested_date": "2026-11-04"},
        ("10|Pack|KP-80|Kopierpapier A4 80 g|4.19", "5|||Ordner breit, schwarz|2.35", "1|Karton||Versandumschläge C5"),
        open=("order_date", "uom", "payment_terms"),
    ),
    Written(
        "fil-de-discussion",
        ("Julien Morel <julien@morel-paysage.example>", "Re: Re: dispo gazon", "Tue, 10 Mar 2026 17:25:00 +0100"),
        "Super, merci Sandrine. Alors on part sur 180 m² de gazon en rouleau et 6 sacs de terreau 70 L.\nLivraison jeudi 19 mars sur le chantier : 5 impasse des Lilas, 69630 Chaponost. Mettez notre réf. CH-LILAS sur le bon.\n\nJulien\n\nLe mar. 10 mars 2026 à 16:02, Sandrine <contact@ourfirm.example> a écrit :\n> Bonjour Julien, oui il nous reste 250 m² à 5,80 € HT/m².\n> Terreau : 9,90 € le sac.\n",
        {"po_number": "CH-LILAS", "buyer_contact": "Julien Morel", "buyer_email": "julien@morel-paysage.example", "ship_to": "5 impasse des Lilas, 69630 Chaponost", "requested_date": "2026-03-19"},
        ("180|m²||gazon en rouleau", "6|sacs||terreau 70 L"),
        open=("order_date", "uom", "buyer_name", "unit_price", "currency"),
    ),
    Written(
        "markdown-like-table",
        ("Ops <ops@northfjordbrewing.example>", "PO NB-2087", "Thu, 17 Sep 2026 12:00:00 +0200"),
        "Hi,\n\nplease confirm:\n\n| Code | Item | Qty | Price |\n|------|------|-----|-------|\n| MLT-P25 | Pilsner malt 25 kg | 40 | 21.50 EUR |\n| HOP-CIT5 | Citra hops T90 5 kg | 6 | 118.00 EUR |\n\nDeliver to Northfjord Brewing AS, Kaiveien 14, 6823 Sandane, Norway\nRequested: week 40\nTerms: net 30 days\n\nIngrid Solheim\nNorthfjord Brewing AS\n",
        {"po_number": "NB-2087", "currency": "EUR", "buyer_name": "Northfjord Brewing AS", "buyer_contact": "Ingrid Solheim", "buyer_email": "ops@northfjordbrewing.example", "ship_to": "Northfjord Brewing AS, Kaiveien 14, 6823 Sandane, Norway", "payment_terms": "net 30 days", "requested_date": "2026-10-02"},
        ("40|||Pilsner malt 25 kg|21.50", "6|||Citra hops T90 5 kg|118.00"),
        open=("order_date", "uom", "supplier_sku", "buyer_sku"),
    ),
    Written(
        "oops-second-thought",
        ("Wendy Pike <wendy@pikeflorist.example>", "Valentines order", "Mon, 2 Feb 2026 13:13:00 +0000"),
        "Hi Sal\n\nValentines already!! Can I have\n- 300 red roses 60cm\n- 100 eucalyptus stems\n- 20 metres ivory ribbon, 25mm\n\nActually better make the roses 350 and we won't need the ribbon after all.\n\nFor delivery Thursday 12 February before 9am to Pike Florist, 4 The Arcade, Ludlow SY8 1AA. PO 0226-V.\n\nThanks!\nWendy xx\n",
        {"po_number": "0226-V", "buyer_contact": "Wendy Pike", "buyer_email": "wendy@pikeflorist.example", "ship_to": "Pike Florist, 4 The Arcade, Ludlow SY8 1AA", "requested_date": "2026-02-12"},
        ("350|||red roses 60cm", "100|||eucalyptus stems"),
        open=("order_date", "uom", "buyer_name"),
    ),
    Written(
        "ordine-elenco",
        ("Ufficio Acquisti <acquisti@torneriabassi.example>", "Ns. ordine 2026-0617", "Thu, 4 Jun 2026 09:30:00 +0200"),
        "Spett.le Ditta,\n\nVi trasmettiamo il ns. ordine n. 2026-0617 del 04/06/2026:\n\n1. Inserti CNMG 120408, cod. CN-12, pz 50, prezzo € 6,40 cad.\n2. Barra tonda C45 Ø 40, mt 6, prezzo € 11,20/mt\n3. Olio da taglio, fusto 20 lt, q.tà 2, prezzo € 96,00\n\nResa: franco ns. stabilimento\nPagamento: bonifico 30 gg d.f.f.m.\nDestinazione merce: Torneria Bassi Snc, Via Artigiani 7, 41013 Castelfranco Emilia (MO)\n\nDistinti saluti\nPaola Bassi\n",
        {"po_number": "2026-0617", "order_date": "2026-06-04", "currency": "EUR", "buyer_name": "Torneria Bassi Snc", "buyer_contact": "Paola Bassi", "buyer_email": "acquisti@torneriabassi.example", "ship_to": "Torneria Bassi Snc, Via Artigiani 7, 41013 Castelfranco Emilia (MO)", "payment_terms": "bonifico 30 gg d.f.f.m.", "incoterms": "franco ns. stabilimento"},
        ("50|pz|CN-12|Inserti CNMG 120408|6.40", "6|mt||Barra tonda C45 Ø 40|11.20", "2|||Olio da taglio, fusto 20 lt|96.00"),
    ),
    Written(
        "forward-english-outlook",
        ("Grace Liu <grace.liu@ourfirm.example>", "FW: Hydrant parts", "Fri, 25 Sep 2026 14:00:00 -0400"),
        "Please enter, thanks!\n\nGrace Liu | Inside Sales\nOur Firm Inc.\n\nFrom: Marcus Tull <mtull@eastbaywater.example>\nSent: Friday, September 25, 2026 1:47 PM\nTo: Grace Liu\nSubject: Hydrant parts\n\nHi Grace,\n\nPlease ship 12 ea HYD-4411 break flange kits and 3 ea HYD-5200 main valves against PO 45009917. Kits are $84.00 each per your quote, valves $310.00 each.\nShip to our corp yard: 2600 Marina Blvd, San Leandro, CA 94577. Prepaid and add, UPS Ground.\n\nMarcus Tull\nUtility Supervisor\nEast Bay Water Cooperative\n510-555-0190\n",
        {"po_number": "45009917", "currency": "USD", "buyer_name": "East Bay Water Cooperative", "buyer_contact": "Marcus Tull", "buyer_email": "mtull@eastbaywater.example", "ship_to": "2600 Marina Blvd, San Leandro, CA 94577", "ship_via": "UPS Ground"},
        ("12|ea|HYD-4411|break flange kits|84.00", "3|ea|HYD-5200|main valves|310.00"),
        open=("order_date", "uom", "currency", "incoterms", "unit_price"),
    ),
    Written(
        "hacienda-bullets",
        ("Beatriz Luna <beatriz.luna@fincalaencina.example>", "Necesitamos material", "Sat, 17 Jan 2026 08:08:00 +0100"),
        "Hola, buenos días:\n\nNecesitaríamos lo siguiente para la finca:\n\n• 15 rollos de malla ganadera 100/8/15 (ref. MG-100) a 89,90 €\n• 200 postes de acacia 2 m, a 4,25 €/ud.\n• 25 kg de grapas\n\n¿Tenéis también abrevaderos de 200 litros? Si es así, pasadnos precio.\n\nEnvío a: Finca La Encina, Ctra. EX-206 km 12, 10110 Madroñera (Cáceres)\nNº de pedido nuestro: FE-2601\nPago por transferencia a 30 días.\n\nUn saludo,\nBea\n",
        {"po_number": "FE-2601", "currency": "EUR", "buyer_contact": "Beatriz Luna", "buyer_email": "beatriz.luna@fincalaencina.example", "ship_to": "Finca La Encina, Ctra. EX-206 km 12, 10110 Madroñera (Cáceres)", "payment_terms": "transferencia a 30 días"},
        ("15|rollos|MG-100|malla ganadera 100/8/15|89.90", "200|||postes de acacia 2 m|4.25", "25|kg||grapas"),
        open=("order_date", "uom", "buyer_contact", "buyer_name"),
    ),
    Written(
        "html-styled-table",
        ("Olga Petersen <olga@petersenclinic.example>", "Order PET-118", "Tue, 12 May 2026 08:20:00 +0200"),
        "<html><head><style>td{padding:3px}</style></head><body><p>Hello,</p><p>we order the following, please confirm:</p><table style='border-collapse:collapse'><tbody><tr><td><b>Product</b></td><td><b>Pack</b></td><td><b>No. of packs</b></td><td><b>Price/pack</b></td></tr><tr><td>Compress sterile 10x10</td><td>25 pcs</td><td>8</td><td>3.90</td></tr><tr><td>Elastic bandage 8 cm</td><td>10 pcs</td><td>4</td><td>6.20</td></tr></tbody></table><p>Please send to Petersen Clinic, Havnegade 5, 5000 Odense C, Denmark by 20 May 2026.</p><p>Best regards,<br><b>Olga Petersen</b><br>Petersen Clinic ApS<br>T: +45 00 11 22 33</p></body></html>",
        {"po_number": "PET-118", "buyer_name": "Petersen Clinic ApS", "buyer_contact": "Olga Petersen", "buyer_email": "olga@petersenclinic.example", "ship_to": "Petersen Clinic, Havnegade 5, 5000 Odense C, Denmark", "requested_date": "2026-05-20"},
        ("8|||Compress sterile 10x10|3.90", "4|||Elastic bandage 8 cm|6.20"),
        html=True,
    ),
    Written(
        "nl-lopende-tekst",
        ("Joost Hendriks <joost@hendriksfietsen.example>", "bestelling", "Wed, 8 Jul 2026 22:41:00 +0200"),
        "Hallo Peter,\n\nDoe mij maar weer 20 binnenbanden 28 inch, 10 buitenbanden en twee dozen remblokken (ref RB-V). Prijs voor de binnenbanden was € 3,10 per stuk toch? Graag donderdag leveren aan de Dorpsstraat 45 in 7255 AB Hengelo.\nVermeld ons nummer 2026-071 op de pakbon.\n\nGr Joost\nHendriks Fietsen\n",
        {"po_number": "2026-071", "buyer_name": "Hendriks Fietsen", "buyer_contact": "Joost Hendriks", "buyer_email": "joost@hendriksfietsen.example", "ship_to": "Dorpsstraat 45 in 7255 AB Hengelo", "requested_date": "2026-07-09"},
        ("20|||binnenbanden 28 inch", "10|||buitenbanden", "2|dozen|RB-V|remblokken"),
        open=("order_date", "uom", "currency", "unit_price"),
    ),
    Written(
        "keyed-single",
        ("Procurement <procurement@kestrelaero.example>", "New PO: KA-PO-00931", "Mon, 14 Dec 2026 09:00:00 +0000"),
        "PO Number: KA-PO-00931\nPO Date: 14-Dec-2026\nBuyer: Simon Achterberg\n\nPart Number: KX-7782-3\nDescription: Bracket, machined, Al 7075\nQuantity: 150 EA\nUnit Price: GBP 23.75\nLine Total: GBP 3,562.50\n\nDelivery Address: Kestrel Aero Ltd, Hangar 6, Cotswold Airport, GL7 6BA\nRequired Date: 29-Jan-2027\nPayment Terms: 60 days EOM\n",
        {"po_number": "KA-PO-00931", "order_date": "2026-12-14", "currency": "GBP", "buyer_name": "Kestrel Aero Ltd", "buyer_contact": "Simon Achterberg", "buyer_email": "procurement@kestrelaero.example", "ship_to": "Kestrel Aero Ltd, Hangar 6, Cotswold Airport, GL7 6BA", "requested_date": "2027-01-29", "payment_terms": "60 days EOM"},
        ("150|EA||Bracket, machined, Al 7075|23.75|3562.50",),
        open=("order_date", "uom", "supplier_sku", "buyer_sku", "total", "buyer_name"),
    ),
    Written(
        "quote-lines-commented",
        ("Vera Novak <vera@novaktheatre.example>", "RE: Quote 3007", "Thu, 5 Nov 2026 18:30:00 +0100"),
        "Hello Martin,\n\nplease go ahead with the black molton, 60 m at 7.80 EUR/m, and 2 cans flame retardant. We do not take the white cyclorama this time, maybe next season (then 40 m).\n\nReference NT/26/55, invoice to Novak Theatre, Smetanova 3, 602 00 Brno. Delivery to the stage door, Kobližná 9, 602 00 Brno, by 16 November please.\n\nVera Novak\nproduction manager, Novak Theatre\n\n> Black molton 300 g, 60 m    7.80/m\n> White cyclorama 40 m       12.10/m\n> Flame retardant 5 l         38.00\n",
        {"po_number": "NT/26/55", "currency": "EUR", "buyer_name": "Novak Theatre", "buyer_contact": "Vera Novak", "buyer_email": "vera@novaktheatre.example", "bill_to": "Novak Theatre, Smetanova 3, 602 00 Brno", "ship_to": "stage door, Kobližná 9, 602 00 Brno", "requested_date": "2026-11-16"},
        ("60|m||black molton|7.80", "2|cans||flame retardant"),
    ),
    Written(
        "lists-by-room",
        ("Petra Sommer <petra.sommer@sommer-interieur.example>", "Bestellung Leuchten BV Lindenhof", "Wed, 19 Aug 2026 15:15:00 +0200"),
        "Hallo Herr Ott,\n\nfür das BV Lindenhof brauchen wir:\n\nErdgeschoss:\n- 14x Einbaustrahler ES-90 weiß\n- 2x Pendelleuchte \"Luna\" 60 cm\n\nObergeschoss:\n- 9x Einbaustrahler ES-90 weiß\n- 1x Spiegelleuchte 80 cm (SP80)\n\nLiefertermin: Anfang September, spätestens 07.09.2026\nKommission: Lindenhof\nBestellnr.: S-260819\n\nLG\nPetra Sommer\nSommer Interieur | Hauptstr. 20 | 79098 Freiburg\n",
        {"po_number": "S-260819", "buyer_name": "Sommer Interieur", "buyer_contact": "Petra Sommer", "buyer_email": "petra.sommer@sommer-interieur.example", "requested_date": "2026-09-07"},
        ("14||ES-90|Einbaustrahler weiß", "2|||Pendelleuchte \"Luna\" 60 cm", "9||ES-90|Einbaustrahler weiß", "1||SP80|Spiegelleuchte 80 cm"),
        open=("order_date", "uom", "ship_to"),
    ),
    Written(
        "short-with-sum",
        ("Dale Burke <dale@burkefarm.example>", "Fence order", "Tue, 24 Mar 2026 06:45:00 -0600"),
        "Hi Connie - send me 40 T-posts 6ft @ 5.89, 6 rolls barb wire @ $79.99/roll and one fence stretcher. Charge to our account, PO is FENCE-24. Should come to about $775 plus tax. I'll pick up Saturday.\n\nDale\nBurke Farm & Feed\n",
        {"po_number": "FENCE-24", "buyer_name": "Burke Farm & Feed", "buyer_contact": "Dale Burke", "buyer_email": "dale@burkefarm.example", "requested_date": "2026-03-28"},
        ("40|||T-posts 6ft|5.89", "6|rolls||barb wire|79.99", "1|||fence stretcher"),
        open=("order_date", "uom", "total", "subtotal", "currency", "supplier_sku", "buyer_sku"),
    ),
    Written(
        "polite-long",
        ("Amélie Roux <a.roux@lycee-curie.example>", "Matériel de TP", "Mon, 31 Aug 2026 11:00:00 +0200"),
        "Bonjour Monsieur Petit,\n\nJ'espère que vous avez passé de bonnes vacances. Les 12 béchers commandés en juin sont bien arrivés, merci encore.\n\nPour la rentrée, nous aurions besoin de trente éprouvettes graduées de 100 mL, de 5 boîtes de lames de microscope (réf. LM-50) et d'une balance de précision modèle BP-220 à 189,00 € TTC.\n\nNotre numéro d'engagement est 2026-4471. Merci de livrer au laboratoire de SVT, Lycée Curie, 12 boulevard Gambetta, 46000 Cahors, avant le 11 septembre 2026 si possible.\n\nBien cordialement,\nAmélie Roux\nProfesseure de SVT\nLycée Curie\n",
        {"po_number": "2026-4471", "currency": "EUR", "buyer_name": "Lycée Curie", "buyer_contact": "Amélie Roux", "buyer_email": "a.roux@lycee-curie.example", "ship_to": "laboratoire de SVT, Lycée Curie, 12 boulevard Gambetta, 46000 Cahors", "requested_date": "2026-09-11"},
        ("30|||éprouvettes graduées de 100 mL", "5|boîtes|LM-50|lames de microscope", "1||BP-220|balance de précision|189.00"),
    ),
)  # fmt: skip
