"""Renders pages with a bare Jinja environment and serves them with the strict headers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from wtforms import (
    BooleanField,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

ROOT = Path(__file__).parents[2]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; require-trusted-types-for 'script'"
)


class SampleForm(Form):  # type: ignore[misc]
    name = StringField(
        "Teacher’s name", [InputRequired("Enter the name of the teacher you visit.")]
    )
    room = StringField("Room")
    code = PasswordField("Password", [InputRequired("Enter your password.")])
    minutes = IntegerField("Minutes into the lesson")
    grade = SelectField(
        "Grade", choices=[SelectChoice("7", "Grade 7"), SelectChoice("8", "Grade 8")], default="7"
    )
    note = TextAreaField("Note")
    phase = RadioField(
        "Lesson phase",
        [InputRequired("Choose the phase of the lesson.")],
        choices=[SelectChoice("work", "Work time"), SelectChoice("discussion", "Discussion")],
    )
    goal = BooleanField("Talk is a goal of this lesson")


def context() -> dict[str, Any]:
    form = SampleForm(data={"grade": "7"})
    form.validate()
    nav = [
        ("#today", "home", "Today"),
        ("#people", "peer", "Teachers"),
        ("#walkthroughs", "walk", "Walkthroughs"),
        ("#frameworks", "table", "Frameworks"),
    ]
    return {
        "nav": [{"href": h, "icon": i, "name": n, "current": n == "Today"} for h, i, n in nav],
        "person_name": "Ms. Holt",
        "notices": [{"state": "done", "text": "Sent to school, 10:31."}],
        "form": form,
    }


def render(template: str, **values: Any) -> str:
    jinja = Environment(
        loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined
    )
    jinja.globals["static_url"] = lambda path: f"/static/{path}"
    return jinja.get_template(template).render(**values)


class Handler(SimpleHTTPRequestHandler):
    """Serves rendered pages by name and the static files as they are."""

    def __init__(self, *args: Any, pages: dict[str, str], **kwargs: Any) -> None:
        self.pages = pages
        super().__init__(*args, directory=str(ROOT), **kwargs)

    def do_GET(self) -> None:
        page = self.pages.get(self.path)
        if page is None:
            if self.path.startswith("/static/"):
                super().do_GET()
            else:
                self.send_error(404)
            return
        body = page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Tests are quiet."""


@contextmanager
def served(pages: dict[str, str]) -> Iterator[str]:
    """The address of a server for these pages, path -> HTML."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, pages=pages))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
