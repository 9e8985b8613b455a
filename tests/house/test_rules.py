"""Rules think and do nothing else: no library, no clock, no dice, no file but the shelf's."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, Module, modules, plant, tell

SHELF = ("yaml", "pydantic", "pydantic_core", "pathlib")
OUTSIDE = {
    *("http", "io", "os", "pathlib", "shutil", "socket", "sqlite3", "subprocess", "tempfile"),
    *("urllib", "secrets", "logging", "threading", "asyncio"),
}
CLOCKS = {"now", "utcnow", "today", "monotonic", "perf_counter", "time_ns"}
FILES = {"read_text", "read_bytes", "write_text", "write_bytes", "open"}


def busy(root: Path) -> list[str]:
    """List what rules do besides thinking."""
    return [
        f"{module.at(node)} {fault}"
        for module in modules(root, "rules")
        for node, fault in (*libraries(module), *calls(module))
    ]


def shelf(module: Module) -> bool:
    """Tell whether a file is the one rule that reads files."""
    return module.name.split(".")[:2] == ["rules", "framework"]


def libraries(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Find imports of anything but the pure part of the standard library."""
    for node, name in module.imports():
        library = name.split(".")[0]
        if library == "rules" or (shelf(module) and library in SHELF):
            continue
        if library not in sys.stdlib_module_names or library in OUTSIDE:
            yield node, f"imports {library}: a rule is plain Python over the values it is given."


def calls(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Find calls that ask the clock, throw dice or open a file."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        called = spoken(node.func)
        last = called.rpartition(".")[2]
        if last in CLOCKS or called == "time.time":
            yield node, f"calls {called}(): time comes in as an argument, at=."
        if called.startswith("random.") and last != "Random":
            yield node, f"calls {called}(): chance comes in as an argument, a random.Random."
        if last in FILES and not shelf(module):
            yield (
                node,
                f"calls {called}(): only rules/framework reads files; take the text instead.",
            )


def spoken(node: ast.expr) -> str:
    """Spell a called name with its dots, as far as it is made of names."""
    if isinstance(node, ast.Attribute):
        return f"{spoken(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "…"


def test_rules_only_think() -> None:
    assert not busy(ROOT), tell(busy(ROOT))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("import flask", "imports flask: a rule is plain Python"),
        ("from sqlalchemy import select", "imports sqlalchemy"),
        ("def f():\n    import os", "imports os"),
        ("at = datetime.now(UTC)", "calls datetime.now(): time comes in as an argument, at=."),
        ("at = datetime.date.today()", "calls datetime.date.today()"),
        ("at = time.time()", "calls time.time()"),
        ("share = random.random()", "calls random.random(): chance comes in as an argument"),
        ("text = open('x').read()", "calls open(): only rules/framework reads files"),
        ("text = Path('x').read_text()", "read_text(): only rules/framework reads files"),
    ],
)
def test_a_busy_rule_is_told_what_to_take_instead(tmp_path: Path, line: str, words: str) -> None:
    [fault] = busy(plant(tmp_path, {"rules/discourse.py": line}))
    assert fault.startswith("rules/discourse.py:")
    assert words in fault


def test_the_shelf_is_the_one_rule_that_reads_files(tmp_path: Path) -> None:
    tree = {"rules/framework/tree.py": "import yaml\nfrom pathlib import Path\nPath().read_text()"}
    assert busy(plant(tmp_path, tree)) == []
