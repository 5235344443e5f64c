"""Word lists for goods told in words."""

from __future__ import annotations

from extraction.fields.currencies import CURRENCIES

_PACK_WORDS = """
pallet pallets reel reels drum drums box boxes bag bags tin tins crate crates tube tubes tray trays jar jars kit kits bucket buckets
palette paletten kiste kisten karton kartons eimer fass fässer kanister beutel rolle rollen palettes seau seaux fûts bidons cartons
palets palet bidones cubos bobinas cajas bancali fusti secchi taniche scatole emmers kisten zakken pallets dozen rollen
"""
PACKS = frozenset(_PACK_WORDS.split())
"""Packs that are also sold as such."""
TIMES = {"uur", "hrs", "heures", "ore", "horas", "o'clock", "days", "day", "weeks", "week", "tage", "tagen", "jours", "giorni", "dias", "días", "dagen", "hours", "months", "h", "am", "pm", "th", "st", "nd", "rd", "uhr", "percent", "gg", "euro", "euros", "eur", "usd", "gbp", "dollars", "pounds"}  # fmt: skip
CLOCK = {"h", "hrs", "uhr", "am", "pm", "uur"}
NO_WORDS = frozenset(CURRENCIES) | {"and", "und", "et", "en", "plus", "also", "sowie", "the", "of"}
ARTICLES = {"ein", "eine", "un", "une", "una", "een", "uno", "einen", "einem", "einer"}
