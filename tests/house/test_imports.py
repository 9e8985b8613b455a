"""Imports look down the house and never up, not even inside a function."""

from pathlib import Path

import pytest

from tests.house.tree import FLOORS, ROOT, Module, modules, plant, tell

BELOW = {
    "rules": (),
    "models": ("rules", "config"),
    "jobs": ("models", "rules", "config"),
    "interchange": ("models", "rules"),
    "blueprints": ("interchange", "jobs", "models", "rules", "config"),
    "config": (),
}
REMEDY = {
    "rules": "A rule takes plain values: pass in what it needs.",
    "models": "Move the thinking into rules/, or let the handler bring the two together.",
    "jobs": "Let the page hand the job plain values or ids.",
    "interchange": "Return what was read, and let the page store it.",
    "blueprints": "What all pages share belongs in blueprints/kit/.",
    "config": "Settings know nothing; whoever needs one reads it.",
}
PLACES = (*FLOORS, "app", "config", "tests", "manage", "benchmarks", "migrations")


def upward(root: Path) -> list[str]:
    """List imports that look up or sideways."""
    return [fault for module in modules(root, *BELOW) for fault in faults_of(module)]


def faults_of(module: Module) -> list[str]:
    """List what is wrong with the imports of one file."""
    told = []
    for node, name in module.imports():
        target = name.split(".")[0]
        if target not in PLACES:
            continue
        if target == module.floor:
            told += [f"{module.at(node)} {fault}" for fault in sideways(module.name, name)]
        elif target not in BELOW[module.floor]:
            allowed = ", ".join(BELOW[module.floor]) or "nothing of ours"
            told.append(
                f"{module.at(node)} imports {name}, but {module.floor} may look at {allowed} only. "
                f"{REMEDY[module.floor]}"
            )
    return told


def sideways(here: str, there: str) -> list[str]:
    """Say what is wrong with an import from page to page, or from the kit to a page."""
    if not here.startswith("blueprints."):
        return []
    from_page, to_page = here.split(".")[1], there.split(".")[1]
    if from_page == to_page or to_page == "kit":
        return []
    if from_page == "kit":
        return [f"imports the page {to_page}: the kit is for all pages and knows none."]
    return [
        f"imports the page {to_page}: pages never import pages. Put what both need into models/, "
        "rules/ or blueprints/kit/."
    ]


def test_imports_look_down_the_house() -> None:
    assert not upward(ROOT), tell(upward(ROOT))


@pytest.mark.parametrize(
    ("path", "line", "words"),
    [
        ("rules/discourse.py", "from models.walkthrough import Walkthrough", "nothing of ours"),
        ("rules/discourse/check.py", "from ...config import Settings", "nothing of ours"),
        ("models/feedback.py", "def f():\n    import jobs.pdf", "may look at rules, config only"),
        ("models/feedback.py", "import app", "imports app"),
        ("jobs/pdf.py", "from blueprints.kit import forms", "hand the job plain values"),
        ("interchange/case.py", "from blueprints import people", "let the page store it"),
        ("blueprints/people.py", "from tests.cast import Cast", "imports tests.cast"),
        ("blueprints/people.py", "from blueprints.today import bp", "pages never import pages"),
        ("blueprints/people.py", "from . import today", "pages never import pages"),
        ("blueprints/sync/schema.py", "from ..today import bp", "pages never import pages"),
        ("blueprints/kit/forms.py", "from blueprints import people", "imports the page people"),
    ],
)
def test_an_import_that_looks_up_is_told_what_to_do(
    tmp_path: Path, path: str, line: str, words: str
) -> None:
    [fault] = upward(plant(tmp_path, {path: line}))
    assert fault.startswith(f"{path}:")
    assert words in fault


def test_imports_that_look_down_are_fine(tmp_path: Path) -> None:
    tree = {
        "rules/feedback/draft.py": "from . import words\nfrom rules import capture\nimport json",
        "models/feedback.py": "from rules.feedback import draft",
        "blueprints/sync/__init__.py": "from .schema import Batch\nimport blueprints.kit.access",
        "blueprints/people.py": "from models.person import Person\nfrom config import Settings",
        "app.py": "from blueprints import people",
    }
    assert upward(plant(tmp_path, tree)) == []
