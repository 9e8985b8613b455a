"""The press: what it lets in, what it costs, and what it says when it cannot."""

import io
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from pypdf import PdfReader

from jobs.pdf import PdfFailed, PdfTooLarge, PdfTooSlow, PdfUnavailable, Press, render

PAGE = '<html lang="en"><head><title>A page</title></head><body><h1>A page</h1>{}</body></html>'


def test_equal_input_gives_equal_bytes() -> None:
    page = PAGE.format("<p>Eleven of 24 students.</p>")
    first = render(page, lang="en", title="A page")
    with_new_child = Press()
    try:
        assert with_new_child.render(page, lang="en", title="A page") == first
    finally:
        with_new_child.close()
    assert render(PAGE.format("<p>Twelve.</p>"), lang="en", title="A page") != first


@pytest.mark.parametrize(
    "outside",
    [
        '<img src="{}" alt="x">',
        '<link rel="stylesheet" href="{}">',
        '<style>@import url("{}");</style>',
        '<style>body {{ background: url("{}") }}</style>',
        '<style>@font-face {{ font-family: x; src: url("{}") }} p {{ font-family: x }}</style><p>x',
        '<object data="{}" type="image/svg+xml"></object>',
        '<svg width="9" height="9"><title>x</title><image href="{}" width="9" height="9"/></svg>',
    ],
)
def test_nothing_is_fetched_from_the_network_or_the_disk(outside: str) -> None:
    asked: list[str] = []

    class Listens(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Listens)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        for url in (f"http://127.0.0.1:{server.server_port}/x", "file:///etc/hostname"):
            with pytest.raises(ValueError, match="nothing from outside"):
                render(PAGE.format(outside.format(url)), lang="en", title="A page")
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


def test_the_press_prints_on_after_a_page_that_reached_outside() -> None:
    with pytest.raises(ValueError, match="nothing from outside"):
        render(PAGE.format('<img src="http://example.org/a.png">'), lang="en", title="A page")
    assert render(PAGE.format(""), lang="en", title="A page").startswith(b"%PDF")


def test_a_picture_inside_the_page_is_let_in() -> None:
    dot = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8Bw"
        "HgAFBQIAX8jx0gAAAABJRU5ErkJggg=="
    )
    made = render(PAGE.format(f'<img src="{dot}" alt="Logo">'), lang="en", title="A page")
    assert made.startswith(b"%PDF")


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_printed() -> None:
    press = Press(seconds=0.5)
    try:
        press._ready()
        with pytest.raises(PdfTooSlow, match=r"more than 0\.5 s"):
            press.render(PAGE.format("<p>x" * 100_000), lang="en", title="A page")
        press._seconds = 30
        assert press.render(PAGE.format(""), lang="en", title="A page").startswith(b"%PDF")
    finally:
        press.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to RLIMIT_AS")
def test_a_page_that_eats_memory_ends_its_child_and_the_next_one_is_printed() -> None:
    press = Press(megabytes=320)
    huge = "x" * (60 << 20)
    try:
        with pytest.raises(PdfTooLarge, match="more than 320 MB"):
            press.render(PAGE.format(huge), lang="en", title="A page")
        assert press.render(PAGE.format(""), lang="en", title="A page").startswith(b"%PDF")
    finally:
        press.close()


def test_a_child_that_died_between_pages_is_replaced() -> None:
    press = Press()
    try:
        press.render(PAGE.format(""), lang="en", title="A page")
        child = press._child
        assert child is not None
        child.kill()
        child.wait()
        assert press.render(PAGE.format(""), lang="en", title="A page").startswith(b"%PDF")
    finally:
        press.close()


def test_threads_wait_their_turn() -> None:
    made: list[bytes] = []
    page = PAGE.format("<p>One at a time.</p>")
    threads = [
        threading.Thread(target=lambda: made.append(render(page, lang="en", title="A page")))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len(set(made)) == 1


def test_without_pango_the_remedy_is_said() -> None:
    blocked = (
        "import sys; sys.modules['weasyprint'] = None; sys.argv = ['child', '1024']; "
        "import builtins; real = builtins.__import__\n"
        "def broken(name, *rest, **more):\n"
        "    if name == 'jobs.pdf.setting': raise OSError('cannot load library')\n"
        "    return real(name, *rest, **more)\n"
        "builtins.__import__ = broken\n"
        "from jobs.pdf.child import serve; serve(1024)"
    )
    press = Press(command=(sys.executable, "-c", blocked))
    with pytest.raises(PdfUnavailable, match="Pango is missing"):
        press.render(PAGE.format(""), lang="en", title="A page")
    press.close()


def test_a_child_that_does_not_start_is_said_and_not_taken_for_a_large_page() -> None:
    press = Press(command=(sys.executable, "-c", "raise SystemExit(3)"))
    with pytest.raises(PdfUnavailable, match="does not start"):
        press.render(PAGE.format(""), lang="en", title="A page")
    press.close()


def test_a_fault_in_one_page_names_its_kind_and_spares_the_next() -> None:
    faulty = (
        "import jobs.pdf.child as child, jobs.pdf.setting as setting\n"
        "whole = setting.Desk.set\n"
        "def broken(self, *, html, **more):\n"
        "    if 'secret' in html: raise KeyError(html)\n"
        "    return whole(self, html=html, **more)\n"
        "setting.Desk.set = broken\n"
        "child.serve(1024)"
    )
    press = Press(command=(sys.executable, "-c", faulty))
    with pytest.raises(PdfFailed, match=r"\(KeyError\)") as raised:
        press.render(PAGE.format("secret"), lang="en", title="A page")
    assert "secret" not in str(raised.value)
    assert press.render(PAGE.format(""), lang="en", title="A page").startswith(b"%PDF")
    press.close()


@pytest.mark.parametrize(("lang", "title"), [("", "A page"), ("en", " ")])
def test_a_page_without_language_or_title_is_refused(lang: str, title: str) -> None:
    with pytest.raises(ValueError, match="needs a language and a title"):
        render(PAGE.format(""), lang=lang, title=title)


def test_the_child_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a canary")
    press = Press()
    try:
        press.render(PAGE.format(""), lang="en", title="A page")
        assert press._child is not None
        if sys.platform == "linux":
            with open(f"/proc/{press._child.pid}/environ", "rb") as told:  # noqa: PTH123
                assert b"canary" not in told.read()
    finally:
        press.close()
    assert os.environ["SECRET_KEY"] == "a canary"


def test_title_author_and_language_are_what_was_asked_for() -> None:
    made = render(PAGE.format(""), lang="es", title="Una página", author="Sra. Holt")
    read = PdfReader(io.BytesIO(made))
    assert read.metadata is not None
    assert (read.metadata.title, read.metadata.author) == ("Una página", "Sra. Holt")
    assert str(read.root_object["/Lang"]) == "es"
