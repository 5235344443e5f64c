"""What checks and promises go by can be seen and changed: tables, limits, strictness; a figure in the code has a reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

from core.agreements.defaults import DEFAULTS, ROWS
from core.agreements.limits import limit_named, out_of_range
from core.company.limits import LIMITS
from core.masterdata.every import TABLES

ROOT = Path(__file__).parents[2]
ROOMS = ("core/promising", "core/drafts", "core/watch", "core/screening")

# Read by checks and promises, and kept by another screen than that of master data.
ELSEWHERE = {
    "comes from orders, drafts and documents": """
        Allocation Draft DraftField DraftLine ExchangeInterchange ExchangeMessage Expedite Hold InboundDocument
        Onlooker Order OrderLine Part Problem PromiseClaim PromiseNotice PromiseSlip Reservation ScheduleLine
        ReturnAuthorization ReturnLine ScreeningRun PromiseVersion MasterChange PageText
        """,
    "profiles in files, with a command and a screen of their own (Exchange, Partners)": "Partner",
    "lists in files, replaced whole (Settings, Listed parties)": "ListedParty ListedWord PartyList",
    "people have a screen of their own (Settings, People); no file and no token makes one": "User",
}
# Figures in the code of these rooms, which nobody would choose by plant or customer.
FIXED = {
    "arithmetic, places in line": "AFTER_ALL ANY_SITE FIRST_OF_ALL ZERO HUNDRED ONE_DAY TENTH CENT NORMAL SIX_PLACES FOUR_PLACES",
    "bounds against mistyped or endless input": """
        LONGEST LONGEST_LEAD LONGEST_NAME LARGEST MOST_DAYS MOST_LEVELS MOST_ROUNDS SHORTEST STEM
        """,
    "how much is shown, compared or done at once": """
        AT_ONCE CHANGES_AT_ONCE LOOKED_AT_ONCE LOT MOST MOST_CITED MOST_COMPARED MOST_HITS MOST_LOOKED_AT MOST_OPTIONS MOST_ORDERED MOST_OVERTIME_DAYS
        MOST_PARTS MOST_PICKS MOST_RUSHES MOST_SLIPS MOST_SOONER MOST_STEPS MOST_SUGGESTIONS MOST_WEIGHED NEAR NEWEST PAGES PAGE_SIZE RECENT SETTLED_AT_ONCE YEAR STOPS
        """,
    "how alike names are; a hit is told by the limit of restricted-party, a match is chosen by a person": """
        ALIKE LEAD ENOUGH SIMILAR_NAME SUGGEST LENGTHS PREFIX OTHER_COUNTRY WEAK FEW COUNTED LOGGED_FROM ASIDE
        """,
    "bookkeeping of the program": "KEPT_DAYS KEPT_FOR COUNTS_FOR",
}


def trees(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def words(named: dict[str, str]) -> set[str]:
    return {word for text in named.values() for word in text.split()}


def tables_read() -> set[str]:
    return {
        alias.name
        for _, tree in trees(*ROOMS)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".tables")
        for alias in node.names
        if alias.name[0].isupper() and not alias.name.isupper()
    }


def is_figure(value: ast.expr) -> bool:
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return value.func.id in ("Decimal", "timedelta")
    if isinstance(value, ast.BinOp):
        return is_figure(value.left)
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float)


def figures() -> dict[str, str]:
    """Constants that hold a figure: name -> file."""
    return {
        target.id: name
        for name, tree in trees(*ROOMS)
        for node in tree.body
        if isinstance(node, ast.Assign) and is_figure(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def test_every_table_that_is_read_has_screens_files_and_rest():
    described = {table.model.__name__ for table in TABLES.values()}
    loose = tables_read() - described - words(ELSEWHERE)
    assert not loose, f"describe them in core/masterdata, or name them in ELSEWHERE: {loose}"


def test_every_figure_is_a_limit_or_has_a_reason():
    loose = {n: file for n, file in figures().items() if n not in words(FIXED)}
    assert not loose, (
        "make it a limit (core/company/limits.py, core/agreements), or name it in FIXED"
    )


def test_every_limit_has_its_place_and_is_read():
    columns = {c.name for c in TABLES["limits"].columns}
    assert columns == {limit.name for limit in LIMITS}
    read = {
        node.attr
        for name, tree in trees("core", "review_app", "workers")
        if not name.startswith("core/company")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
    }
    assert not columns - read, "a limit that nothing goes by"


def test_nothing_is_read_of_the_company_that_has_no_column():
    inside = {c.inside for name in ("company", "limits") for c in TABLES[name].columns if c.inside}
    asked = {
        node.args[0].value
        for _, tree in trees("core", "review_app", "workers")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "get"
        and isinstance(node.func.value, ast.Attribute)
        and node.func.value.attr == "policy"
        and isinstance(node.args[0], ast.Constant)
    }
    assert asked and asked <= inside


def test_every_check_has_its_row_on_the_screen():
    found = {
        node.args[0].value
        for _, tree in trees("core/drafts")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "ProblemFound"
        and isinstance(node.args[0], ast.Constant)
    }
    assert found - {code.partition("/")[0] for code in DEFAULTS} == set()


def test_every_figure_of_a_check_is_told_with_its_range():
    for row in ROWS:
        for name, value in row.limits.items():
            limit = limit_named(row.code, name)
            assert limit is not None and limit.help.endswith("."), (row.code, name)
            assert not out_of_range(row.code, name, value)


def test_nothing_is_excused_that_is_not_there():
    assert not words(FIXED) - set(figures())
