"""Every file and folder is named for its subject, and every module says its subject first."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, modules, plant, tell

NO_SUBJECT = {
    *("base_utils", "common", "commons", "helper", "helpers", "lib", "manager", "managers", "misc"),
    *("service", "services", "shared", "stuff", "tool", "tools", "util", "utilities", "utils"),
}
KINDS = ("**/*.py", "**/*.js", "**/*.css", "**/*.html")


def rooms(root: Path) -> list[str]:
    """List files and folders named for no subject."""
    told = []
    for path in files(root, *KINDS):
        nameless = {part.split(".")[0] for part in path.parts} & NO_SUBJECT
        told += [
            f"{path.as_posix()}: “{name}” says nothing. Put each thing with its noun "
            "(rules/<noun>, models/<noun>, blueprints/<noun>); what all pages share belongs in "
            "blueprints/kit/."
            for name in sorted(nameless)
        ]
        if path.parts[0] == "forms":
            told.append(f"{path.as_posix()}: forms live with the page that shows them.")
    return told


def silent(root: Path) -> list[str]:
    """List modules that do not say in one sentence what they are."""
    told = []
    for module in modules(root):
        if "versions" in module.path.parts or (
            not module.tree.body and module.path.stem[:2] == "__"
        ):
            continue
        first = (ast.get_docstring(module.tree) or "").partition("\n\n")[0]
        if not first.endswith((".", "?")):
            told.append(
                f"{module.path.as_posix()}:1 begins without its sentence: write "
                '"""What this is, in one sentence that ends with a full stop.""" on the first line.'
            )
    return told


def scripts(root: Path) -> list[str]:
    """List scripts that do not begin by saying what they are."""
    return [
        f"{path.as_posix()}:1 begins without its sentence: write /** What this is. */ first."
        for path in files(root, "static/**/*.js")
        if not (root / path).read_text(encoding="utf-8").lstrip().startswith(("/*", "//"))
    ]


def test_every_room_has_a_subject() -> None:
    assert not rooms(ROOT), tell(rooms(ROOT))


def test_every_module_says_what_it_is() -> None:
    assert not silent(ROOT), tell(silent(ROOT))


def test_every_script_says_what_it_is() -> None:
    assert not scripts(ROOT), tell(scripts(ROOT))


@pytest.mark.parametrize(
    "path", ["utils.py", "blueprints/services/mail.py", "static/js/helpers.js", "tests/common.py"]
)
def test_a_room_without_a_subject_is_told_where_things_go(tmp_path: Path, path: str) -> None:
    [fault] = rooms(plant(tmp_path, {path: ""}))
    assert fault.startswith(f"{path}: “")
    assert "Put each thing with its noun" in fault


def test_a_room_of_forms_is_told_where_forms_live(tmp_path: Path) -> None:
    [fault] = rooms(plant(tmp_path, {"forms/person.py": ""}))
    assert fault == "forms/person.py: forms live with the page that shows them."


@pytest.mark.parametrize("text", ["import json", '"""Things"""', "# A comment.\nx = 1"])
def test_a_silent_module_is_told_to_say_its_sentence(tmp_path: Path, text: str) -> None:
    [fault] = silent(plant(tmp_path, {"rules/agreement.py": text}))
    assert fault.startswith("rules/agreement.py:1 begins without its sentence")


def test_a_silent_script_is_told_to_say_its_sentence(tmp_path: Path) -> None:
    tree = {"static/js/a.js": "export const a = 1", "static/js/b.js": "/** Counts. */\nlet b"}
    [fault] = scripts(plant(tmp_path, tree))
    assert fault.startswith("static/js/a.js:1 begins without its sentence")


def test_an_empty_package_and_a_migration_may_be_silent(tmp_path: Path) -> None:
    tree = {"rules/__init__.py": "", "migrations/versions/0001_first.py": "x = 1"}
    assert silent(plant(tmp_path, tree)) == []
