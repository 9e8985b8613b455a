"""Handlers name their verb, run no query of their own and never commit."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, Module, modules, plant, tell

VERBS = {"get", "post", "put", "patch", "delete", "route"}
ASKS_ITSELF = {"blueprints/health.py"}  # whether the database answers is the question there


def handlers(module: Module) -> Iterator[tuple[ast.FunctionDef, list[ast.Call]]]:
    """Find functions that answer an address, with the decorators that say so."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef):
            routes = [each for each in node.decorator_list if is_route(each)]
            if routes:
                yield node, [each for each in routes if isinstance(each, ast.Call)]


def is_route(decorator: ast.expr) -> bool:
    """Tell a route from other decorators: an address is the first thing it is given."""
    return (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in VERBS
        and bool(decorator.args)
        and isinstance(decorator.args[0], ast.Constant)
        and str(decorator.args[0].value)[:1] in ("", "/")
    )


def verbless(root: Path) -> list[str]:
    """List routes that do not name their verb."""
    told = []
    for module in modules(root, "blueprints", "app"):
        for _, routes in handlers(module):
            told += [
                f"{module.at(route)} names no verb: write @bp.get(…) or @bp.post(…)."
                for route in routes
                if isinstance(route.func, ast.Attribute)
                and route.func.attr == "route"
                and "methods" not in {keyword.arg for keyword in route.keywords}
            ]
        told += [
            f"{module.at(node)} adds an address by call: decorate the handler with @bp.get(…)."
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Attribute) and node.attr == "add_url_rule"
        ]
    return told


def meddling(root: Path) -> list[str]:
    """List handlers that query or commit themselves."""
    return [
        f"{module.at(node)} {handler.name} {fault}"
        for module in modules(root, "blueprints")
        if module.path.as_posix() not in ASKS_ITSELF
        for handler, _ in handlers(module)
        for node, fault in deeds(handler)
    ]


def deeds(handler: ast.FunctionDef) -> Iterator[tuple[ast.AST, str]]:
    """Find what a handler should have left to the models or to the request."""
    for node in ast.walk(handler):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ("commit", "rollback"):
                yield node, "commits: the request does that once, after the handler."
            elif node.func.attr in ("execute", "scalar", "scalars", "get_or_404", "first_or_404"):
                yield node, "queries: ask the model in models/<noun>.py, which knows who may see."
        elif isinstance(node, ast.Call) and spelled(node.func) == "select":
            yield node, "queries: ask the model in models/<noun>.py, which knows who may see."


def spelled(called: ast.expr) -> str:
    """Give a plain name that is called; empty for anything longer."""
    return called.id if isinstance(called, ast.Name) else ""


def test_every_route_names_its_verb() -> None:
    assert not verbless(ROOT), tell(verbless(ROOT))


def test_no_handler_queries_or_commits() -> None:
    assert not meddling(ROOT), tell(meddling(ROOT))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "@bp.route('/people')\ndef index(): ...",
            "names no verb: write @bp.get(…) or @bp.post(…).",
        ),
        ("bp.add_url_rule('/people', view_func=f)", "adds an address by call"),
    ],
)
def test_a_route_without_a_verb_is_told_to_name_it(tmp_path: Path, text: str, words: str) -> None:
    [fault] = verbless(plant(tmp_path, {"blueprints/people.py": text}))
    assert fault.startswith("blueprints/people.py:1 ")
    assert words in fault


def test_routes_that_name_their_verb_are_fine(tmp_path: Path) -> None:
    text = "@bp.get('/a')\n@bp.route('/b', methods=['GET', 'POST'])\ndef a(): ..."
    assert verbless(plant(tmp_path, {"blueprints/people.py": text})) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("db.session.commit()", "share commits: the request does that once"),
        ("db.session.execute(text)", "share queries: ask the model"),
        ("rows = list(select(Person))", "share queries: ask the model"),
    ],
)
def test_a_meddling_handler_is_told_whose_work_it_is(tmp_path: Path, line: str, words: str) -> None:
    text = f"@bp.post('/feedback/<id>/share')\n@can('share')\ndef share(id):\n    {line}\n"
    [fault] = meddling(plant(tmp_path, {"blueprints/feedback.py": text}))
    assert fault.startswith("blueprints/feedback.py:4 ")
    assert words in fault


def test_a_command_may_commit_because_no_request_does(tmp_path: Path) -> None:
    text = "@bp.cli.command('import')\ndef import_(path):\n    db.session.commit()\n"
    assert meddling(plant(tmp_path, {"blueprints/roster.py": text})) == []
