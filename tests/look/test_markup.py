"""The page of all components is whole HTML: closed, unique ids, references that lead somewhere."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.look.showcase import context, render

VOID = {"meta", "link", "input", "br", "img", "hr"}
POINTERS = ("for", "aria-labelledby", "aria-describedby", "data-open")
FORBIDDEN = re.compile(r"\sstyle=|<style|\son[a-z]+=|javascript:", re.IGNORECASE)
ERRORS = sorted(Path("templates/errors").glob("*.html"))


class Outline(HTMLParser):
    """Collects ids, the ids pointed at, icons used, and elements left open or closed twice."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.wrong: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.note(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.note(attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at line {self.getpos()[0]}")

    def note(self, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if len(named) != len(attrs):
            self.wrong.append(f"an attribute twice at line {self.getpos()[0]}")
        self.ids += [named["id"] or ""] if "id" in named else []
        for pointer in POINTERS:
            self.targets |= set((named.get(pointer) or "").split())
        href = named.get("href") or ""
        if href.startswith("#i-"):
            self.targets.add(href[1:])


@pytest.fixture(scope="module")
def html() -> str:
    return render("look/show.html", **context())


def test_every_element_is_closed_once_and_every_id_is_unique(html: str) -> None:
    outline = Outline(html)
    assert outline.wrong == []
    assert outline.open == []
    assert sorted(outline.ids) == sorted(set(outline.ids))
    assert "" not in outline.ids


def test_labels_descriptions_and_icons_lead_to_something_on_the_page(html: str) -> None:
    outline = Outline(html)
    assert outline.targets - set(outline.ids) == set()


def test_no_style_or_script_is_written_into_a_page(html: str) -> None:
    assert FORBIDDEN.search(html) is None
    assert re.search(r"<script(?![^>]* src=)", html) is None


def test_the_room_bar_says_all_its_numbers_in_their_fixed_order(html: str) -> None:
    said = re.search(r'aria-label="(10:11: [^"]+)"', html)
    assert said
    assert said[1] == (
        "10:11: 4 talking with a classmate, 3 talking with the teacher, 6 in headphones, "
        "7 silent on a device, 2 listening as a group, 1 reading or writing off screen, "
        "1 doing something else"
    )


@pytest.mark.parametrize("file", ERRORS, ids=lambda file: file.stem)
def test_an_error_page_stands_with_nothing_but_the_way_to_static_files(file: Path) -> None:
    outline = Outline(render(f"errors/{file.name}"))
    assert outline.wrong == []
    assert outline.open == []
