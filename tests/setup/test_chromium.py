"""The Chromium that tests use is real, a phone unless told otherwise, and stays on this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Browser

from tests import chromium as machinery
from tests.chromium import Open, Tabs

PAGE = """<!doctype html><title>Hello</title>
<meta name="viewport" content="width=device-width"><p id="who">from this machine"""

pytestmark = pytest.mark.browser


class Hello(BaseHTTPRequestHandler):
    """Answers every request with one small page."""

    def do_GET(self) -> None:
        body = PAGE.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: a test’s own words are enough."""


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Hello)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_it_opens_a_page_of_this_machine_as_a_phone(tab: Open, address: str) -> None:
    page = tab()
    page.goto(address)
    assert page.inner_text("#who") == "from this machine"
    assert page.evaluate("[innerWidth, navigator.maxTouchPoints > 0]") == [390, True]


def test_a_tab_can_be_a_dark_tablet(tab: Open) -> None:
    page = tab(color_scheme="dark", viewport={"width": 834, "height": 1194})
    page.goto(f"data:text/html,{PAGE}")
    asked = "[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]"
    assert page.evaluate(asked) == [834, True]


def test_two_tabs_share_nothing(tab: Open, address: str) -> None:
    first, second = tab(), tab()
    first.goto(address)
    second.goto(address)
    first.evaluate("localStorage.setItem('whose', 'first')")
    assert second.evaluate("localStorage.getItem('whose')") is None


def test_a_page_that_reaches_beyond_this_machine_fails_its_test(chromium: Browser) -> None:
    tabs = Tabs(chromium)
    page = tabs.open()
    page.set_content("<img src='http://beyond.invalid/x.png'>")
    page.wait_for_load_state("networkidle")
    with pytest.raises(AssertionError, match=r"outside this machine.*beyond\.invalid"):
        tabs.close()


def test_chromium_gives_up_its_sandbox_for_root_only() -> None:
    assert "--no-sandbox" in machinery.flags(0)
    assert "--no-sandbox" not in machinery.flags(1000)
