"""What else is to be known of items: revisions, features, transport data, substitutes."""

from __future__ import annotations

from core.catalogue.tables import ItemFeature, ItemHazard, ItemRevision, Substitute
from core.masterdata.catalogue import ITEM, OF_ITEM
from core.masterdata.checks import differ, in_order, positive
from core.masterdata.described import DRAFTS, PROMISES, Column, Reference, Table
from core.masterdata.types import (
    CHOICES,
    DAY,
    LINE,
    WHOLE,
    WORD,
    WORDS,
    YES_NO,
    choice,
)

REVISIONS = Table(
    name="revisions",
    one="revision",
    title="Revisions",
    help="Drawing revisions of items; the newest released one is delivered.",
    group="catalogue",
    model=ItemRevision,
    key=("item", "revision"),
    columns=(
        ITEM,
        Column("revision", WORD, "As on the drawing.", required=True),
        Column("state", choice("released", "in work", "withdrawn"), "", default="released"),
        Column("effective_from", DAY, "First day on which it is delivered; empty: at once."),
    ),
    references=(OF_ITEM,),
    listed=("item", "revision", "state", "effective_from"),
    filters=("item", "state"),
    search=("item", "revision"),
    touches=(DRAFTS,),
)

FEATURES = Table(
    name="features",
    one="feature",
    title="Features",
    help="What an order of a configured item has to say, with the words that customers write for it.",
    group="catalogue",
    model=ItemFeature,
    key=("item", "code"),
    columns=(
        ITEM,
        Column("code", WORD, "Of the feature.", required=True),
        Column("name", LINE, "As it is asked for.", required=True),
        Column("required", YES_NO, "An order without it is not complete.", default=True),
        Column("choices", CHOICES, "Codes with their words: RD=red,rot|BL=blue,blau.", default=[]),
    ),
    references=(OF_ITEM,),
    listed=("item", "code", "name", "required", "choices"),
    filters=("item", "required"),
    search=("item", "code", "name"),
    touches=(DRAFTS,),
)

HAZARDS = Table(
    name="hazards",
    one="transport data of an item",
    title="Hazardous goods",
    help="Transport data of hazardous items; carriers and sites empty: no restriction.",
    group="catalogue",
    model=ItemHazard,
    key=("item",),
    columns=(
        ITEM,
        Column("un_number", WORD, "Such as UN1263.", default=""),
        Column("proper_name", LINE, "Proper shipping name.", default=""),
        Column("hazard_class", WORD, "", default=""),
        Column("packing_group", WORD, "", default=""),
        Column("data_sheet", LINE, "Where the safety data sheet is.", default=""),
        Column("data_sheet_until", DAY, "Last day on which it is valid."),
        Column("carriers", WORDS, "Who may carry it.", default=[]),
        Column("site_codes", WORDS, "Sites that it may leave from.", default=[]),
    ),
    references=(OF_ITEM,),
    listed=("item", "un_number", "proper_name", "hazard_class", "packing_group", "data_sheet_until"),
    filters=("item", "hazard_class"),
    search=("item", "un_number", "proper_name"),
    touches=(DRAFTS,),
)  # fmt: skip

SUBSTITUTES = Table(
    name="substitutes",
    one="substitute",
    title="Substitutes",
    help="What may be sent instead: numerator/denominator of its stock units for one of the item's.",
    group="catalogue",
    model=Substitute,
    key=("item", "substitute", "customer"),
    columns=(
        Column("item", WORD, "The item that is ordered.", required=True),
        Column("substitute", WORD, "The item that may be sent.", required=True),
        Column("customer", WORD, "Agreed with this one only; empty: with everybody."),
        Column("numerator", WHOLE, "Of the substitute.", default=1, unit="stock units"),
        Column("denominator", WHOLE, "For so many of the item.", default=1, unit="stock units"),
        Column("both_ways", YES_NO, "The item stands in for its substitute too.", default=False),
        Column("valid_from", DAY, "First day of orders."),
        Column("valid_to", DAY, "Last day of orders."),
        Column("note", LINE, "", default=""),
    ),
    references=(
        OF_ITEM,
        Reference("substitute_id", "items", ("substitute",)),
        Reference("customer_id", "customers", ("customer",)),
    ),
    listed=("item", "substitute", "customer", "numerator", "denominator", "both_ways", "valid_to"),
    filters=("item", "substitute", "customer"),
    search=("item", "substitute", "note"),
    checks=(
        positive("numerator", "denominator"),
        in_order("valid_from", "valid_to"),
        differ("item", "substitute", "An item is no substitute of itself; enter another one."),
    ),
    touches=(DRAFTS, PROMISES),
)

TABLES = (REVISIONS, FEATURES, HAZARDS, SUBSTITUTES)
