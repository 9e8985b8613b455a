"""The eyes find what is planted on a page, also where most of it was judged before."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.browser.eyes import Eyes
from tests.chromium import Open

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><title>A page</title>
<meta name="viewport" content="width=device-width"><style>
body {{ background: #fff; color: #111 }} a {{ display: inline-block; padding: 1em }}
@media (prefers-color-scheme: dark) {{ body {{ background: #000; color: #eee }} }}
{style}</style><main><h1>A page</h1><p class="one">Words</p>{more}</main>"""
PALE = "color: #ccc"


@pytest.fixture
def look(tab: Open) -> Callable[..., list[list[str]]]:
    """What is found on a page of this style."""
    eyes = Eyes(tab(device_scale_factor=1), "data:text/html,")

    def at(style: str = "", more: str = "") -> list[list[str]]:
        eyes.faults.clear()
        eyes.see(quote(PAGE.format(style=style, more=more)))
        return [fault.split("), ", 1)[1].split(": ")[0:2] for fault in eyes.faults]

    return at


WIDE = "@media (min-width: 900px) {"
NIGHT = "@media (prefers-color-scheme: dark) {"


PLANTED = [
    (f".one {{ {PALE} }}", "", "390 px", "color-contrast"),
    (f"{NIGHT} .one {{ color: #222 }} }}", "", "390 px, dark", "color-contrast"),
    (f"{WIDE} .one {{ {PALE} }} }}", "", "1280 px", "color-contrast"),
    (f"{WIDE} main {{ background: #222 }} }}", "", "1280 px", "color-contrast"),
    (f"{WIDE} {NIGHT} .one {{ color: #222 }} }} }}", "", "1280 px, dark", "color-contrast"),
    (f"{WIDE} .one {{ background: #fff }} main {{ opacity: .3 }} }}", "", "1280 px",
     "color-contrast"),
    ("", "<img src='data:,'>", "390 px", "image-alt"),
    (f"div {{ display: none }} {WIDE} div {{ display: block }} }}", "<div><input></div>",
     "1280 px", "label"),
    (f"{WIDE} button {{ width: 9px; height: 9px; padding: 0; font-size: 4px; float: left }} }}",
     "<button>A</button><button>B</button>", "1280 px", "target-size"),
    ("", "<p>Some words with <a style='all: unset; color: #333' href='/'>a link</a> in them",
     "390 px", "link-in-text-block"),
    (".one { width: 500px }", "", "320 px", "too wide"),
    (".one { width: 1em; overflow: hidden }", "", "large text", "clipped"),
    (f".one {{ {PALE} }}", "", "390 px", "color-contrast"),  # what was found is found again
]  # fmt: skip


def test_what_is_wrong_is_found_where_it_is_wrong(look: Callable[..., list[list[str]]]) -> None:
    assert look() == [], "and now every look of a sound page is judged"
    missed = [
        (style, more, where, rule)
        for style, more, where, rule in PLANTED
        if [where, rule] not in look(style, more)
    ]
    assert missed == []
