"""Rules of the house that a linter does not know, checked over the syntax trees of the product."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("core", "intake", "extraction", "review_app", "workers")


def product_files() -> list[Path]:
    return sorted(
        path
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "migrations" not in path.parts
    )


def calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in names
        ):
            yield node


def offenders(find, allowed: set[str]) -> list[str]:
    found = []
    for path in product_files():
        name = path.relative_to(ROOT).as_posix()
        if name in allowed:
            continue
        found += [f"{name}:{node.lineno}" for node in find(ast.parse(path.read_text("utf-8")))]
    return found


def commits(tree):
    return calls(tree, {"commit"})


def status_writes(tree):
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr == "status":
                    yield node


def environment_reads(tree):
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in ("environ", "getenv")
            and isinstance(node.value, ast.Name)
            and node.value.id == "os"
        ):
            yield node


def enqueues(tree):
    return calls(tree, {"enqueue", "enqueue_call", "enqueue_at", "enqueue_in"})


def engines(tree):
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for call in ast.walk(node.value):
                if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] in (
                    "create_engine",
                    "connect",
                    "Redis",
                    "create_app",
                    "Session",
                ):
                    yield node


RULES = [
    (commits, {"core/database.py", "core/migrations/env.py"}, "commit only in core/database.py"),
    (status_writes, {"core/journal.py"}, "a status is set only in core/journal.py"),
    (environment_reads, {"core/config.py"}, "the environment is read only in core/config.py"),
    (enqueues, {"workers/relay.py", "workers/schedule.py", "workers/queues.py"}, "enqueue only in relay and schedule"),
    (engines, set(), "nothing is built at import time"),
]  # fmt: skip


@pytest.mark.parametrize(("find", "allowed", "rule"), RULES, ids=[rule for *_, rule in RULES])
def test_rule_of_the_house(find, allowed, rule):
    assert offenders(find, allowed) == [], rule


def test_the_rules_can_fail():
    bad = ast.parse(
        "import os\nengine = create_engine('x')\nsession.commit()\norder.status = 'x'\nos.environ['A']\nqueue.enqueue(f)\n"
    )
    for find, _, rule in RULES:
        assert list(find(bad)), rule


def test_no_machine_path_in_the_product():
    here = (f"{ROOT}/", f"{Path.home()}/")
    for path in [*product_files(), ROOT / "requirements.lock", ROOT / "Makefile"]:
        text = path.read_text("utf-8")
        assert not [word for word in here if word in text], path


def test_the_lock_file_names_no_address():
    for lock in ("requirements.lock", "package-lock.json"):
        assert not [
            row
            for row in (ROOT / lock).read_text("utf-8").splitlines()
            if "://" in row and "resolved" in row
        ]
    rows = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    assert not [row for row in rows if "://" in row or row.startswith("--index")]
