"""Templates only show: no query, nothing inline, nothing unescaped, nothing from elsewhere."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, plant, tell

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
QUERY = re.compile(r"\bdb\.|\.session\b|\.query\b|\.(execute|filter_by|scalars?|first_or_404)\(")
UNESCAPED = re.compile(r"\|\s*safe\b|\bMarkup\(|autoescape\s+false", re.IGNORECASE)
ELSEWHERE = re.compile(r"^\s*(https?:)?//", re.IGNORECASE)
SHEET = "has a style sheet inside: put it into static/css/."
PAPER = "templates/report"  # no policy reads paper, and a district’s own ink is known only there
LOADS = ("src", "srcset", "href", "xlink:href", "action", "formaction", "poster", "data", "content")


def unfit(root: Path) -> list[str]:
    """List what templates do that is not theirs."""
    told = []
    for path in files(root, "templates/**/*.*"):
        text = (root / path).read_text(encoding="utf-8")
        told += [
            f"{path.as_posix()}:{line} {fault}"
            for line, fault in (*spoken(text), *marked_up(text))
            if not (fault == SHEET and path.is_relative_to(PAPER))
        ]
    return told


def spoken(text: str) -> Iterator[tuple[int, str]]:
    """Find faults in what is between Jinja's braces."""
    for found in JINJA.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if found[0].startswith("{#"):
            continue
        if QUERY.search(found[0]):
            yield line, "runs a query: let the handler load it and pass it in."
        if UNESCAPED.search(found[0]):
            yield line, "turns escaping off: pass values and let the template write the markup."


def marked_up(text: str) -> list[tuple[int, str]]:
    """Find faults in the HTML around it; Jinja gives way to as many lines of nothing much."""
    html = JINJA.sub(lambda found: "{" + "\n" * found[0].count("\n"), text)
    reader = Reader()
    reader.feed(html)
    return reader.faults


class Reader(HTMLParser):
    """Notes tags that a strict content security policy would not run or load."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.faults += [(self.getpos()[0], fault) for fault in faults_of(tag, given)]


def faults_of(tag: str, given: dict[str, str]) -> Iterator[str]:
    """Say what is wrong with one tag."""
    if tag == "style":
        yield SHEET
    if tag == "script" and "src" not in given and given.get("type") != "application/json":
        yield "has a script inside: put it into static/js/ and pass values in data- attributes."
    for name, value in given.items():
        if name == "style":
            yield "styles one element: write a class in static/css/, or an SVG attribute."
        if name.startswith("on"):
            yield f"handles {name} inline: listen in static/js/, by a data- attribute."
        if value.strip().lower().startswith("javascript:"):
            yield "puts a script into an address: use a button and a script in static/js/."
        if name in LOADS and tag != "a" and ELSEWHERE.match(value):
            yield f"loads {value} from elsewhere: keep a copy in static/, so that it works offline."


def test_templates_only_show() -> None:
    assert not unfit(ROOT), tell(unfit(ROOT))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{% for p in db.session.scalars(q) %}{% endfor %}", "runs a query"),
        ("{{ Person.query }}", "runs a query: let the handler load it"),
        ("{{ rows.filter_by(a=1) }}", "runs a query"),
        ("{{ note|safe }}", "turns escaping off"),
        ("{% autoescape false %}{% endautoescape %}", "turns escaping off"),
        ("<style>p { color: red }</style>", "put it into static/css/"),
        ("<script>go()</script>", "put it into static/js/"),
        ('<p style="color: red">', "write a class in static/css/"),
        ('<p style="width: {{ width }}%">', "write a class in static/css/"),
        ('<button onclick="go()">', "handles onclick inline"),
        ('<a href="javascript:go()">', "puts a script into an address"),
        ('<script src="https://cdn.example/x.js"></script>', "keep a copy in static/"),
        ('<link rel="stylesheet" href="//fonts.example/x.css">', "keep a copy in static/"),
    ],
)
def test_an_unfit_template_is_told_what_to_do(tmp_path: Path, text: str, words: str) -> None:
    [fault] = unfit(plant(tmp_path, {"templates/people/index.html": f"<main>\n{text}</main>"}))
    assert fault.startswith("templates/people/index.html:2 ")
    assert words in fault


def test_only_paper_may_carry_a_districts_own_ink(tmp_path: Path) -> None:
    sheet = "<style>:root { --accent: {{ ink }} }</style>"
    tree = {"templates/report/feedback.html": sheet, "templates/reports/index.html": sheet}
    [fault] = unfit(plant(tmp_path, tree))
    assert fault.startswith("templates/reports/index.html:1 ")


def test_a_plain_template_is_fine(tmp_path: Path) -> None:
    text = """
    {# db.session is only spoken of here #}
    {% from "components/verdict.html" import verdict %}
    <script src="{{ url_for('static', filename='js/app.js') }}" type="module"></script>
    <script type="application/json" id="kit">{{ kit|tojson }}</script>
    <svg xmlns="http://www.w3.org/2000/svg"><rect fill="#fff" width="{{ w }}"/></svg>
    <p {% if late %}class="late"{% endif %} title="safe | safe">{{ verdict(check, style="small") }}
    <a href="https://example.org/rights">{{ words|selectattr("first")|first }}</a>
    """
    assert unfit(plant(tmp_path, {"templates/people/index.html": text})) == []
