"""Every table is master data with a description, or is named here as something else; so is every column."""

from core.every_table import METADATA
from core.masterdata.every import TABLES

# What is no master data: it comes from orders, documents, people's work, or is kept by a screen of its own.
NOT_MASTER = {
    "arrivals and what is read": """
        inbound_document part blob blob_piece page_image mailbox drop_folder heartbeat
        exchange_interchange exchange_group exchange_message lesson onlooker page_text
        partner partner_identity
        """,
    "drafts": "draft draft_line draft_field problem reservation expedite",
    "orders and what follows": """
        sales_order order_line schedule_line hold promise_claim promise_notice promise_slip promise_version
        allocation pick_line shipment package package_line invoice invoice_line
        credit_note credit_note_line return_authorization return_line stock_movement
        disposition
        """,
    "bookkeeping of the program": """
        event outbox_item supply_change master_change master_proposal export_run master_keeper import_run import_row import_head api_token
        api_answer number_sequence
        """,
    "people": "user_account user_session",
    "lists that are loaded as files of their own": "party_list listed_party listed_word screening_run",
}
KEPT_BY_THE_PROGRAM = {
    "customer": {"version"},
    "customer_address": {"added_at"},
    "blanket": {"po_key"},
    "check_rule": {"version"},
    "hold_rule": {"version"},
    "company": {"logo_sha256"},
    "receipt": {"first_expected_date"},
}


def named() -> set[str]:
    return {name for names in NOT_MASTER.values() for name in names.split()}


def test_every_table_is_described_or_named_as_something_else():
    described = {table.model.__tablename__ for table in TABLES.values()}
    loose = set(METADATA.tables) - described - named()
    assert not loose, f"describe them in core/masterdata, or name them in NOT_MASTER: {loose}"
    assert not described & named()


def test_nothing_is_named_that_is_not_there():
    assert not named() - set(METADATA.tables)


def test_every_column_of_a_described_table_is_described():
    shown: dict[str, set[str]] = {}
    for table in TABLES.values():
        of = shown.setdefault(table.model.__tablename__, {"id"})
        of |= {c.source for c in table.own_columns} | {r.attribute for r in table.references}
    missing = {
        name: left
        for name, columns in shown.items()
        if (
            left := set(METADATA.tables[name].columns.keys())
            - columns
            - KEPT_BY_THE_PROGRAM.get(name, set())
        )
    }
    assert not missing, "a column nobody can fill from outside"


def test_descriptions_fit_together():
    for table in TABLES.values():
        names = [c.name for c in table.columns]
        assert len(set(names)) == len(names), table.name
        for word in (*table.key, *table.listed, *table.filters, *table.search):
            assert word in names, (table.name, word)
        for ref in table.references:
            assert len(ref.columns) == len(TABLES[ref.to].key), (table.name, ref.attribute)
        assert table.group in ("parties", "catalogue", "supply", "company")
