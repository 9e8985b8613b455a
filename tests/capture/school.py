"""A small stand-in for the school's server: the shell, a field kit, sign-in and an honest sync."""

import json
import threading
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from blueprints.kit.bundle import bundled
from blueprints.kit.light import contents

ROOT = Path(__file__).resolve().parents[2]
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; manifest-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types crosswalk-worker"
)
PASSWORD = "correct horse"


def _static_url(path: str) -> str:
    return f"/static/{path}"


def shell() -> str:
    """The capture page as the product's own template makes it."""
    pages = Environment(
        loader=FileSystemLoader(ROOT / "templates"), undefined=StrictUndefined, autoescape=True
    )
    return pages.get_template("offline/capture.html").render(static_url=_static_url, first=False)


@cache
def joined() -> dict[str, str]:
    """The files that are made of others, by path in static/."""
    return {path: body.decode() for path, body in bundled(contents(ROOT / "static")).items()}


@dataclass
class School:
    """What the school holds, and how it should behave next."""

    kit: dict[str, Any]
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: list[int] = field(default_factory=list)
    repeats: int = 0
    signed_in: bool = True
    portal: bool = False
    poison: set[str] = field(default_factory=set)
    answer_with: int | None = None
    most: int = 200
    lose_answers: int = 0
    kit_tag: str = "kit-1"
    kit_takes_s: float = 0
    closed: threading.Event = field(default_factory=threading.Event)

    def receive(self, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Stores each event once and answers for each."""
        return [self._one(event) for event in events]

    def _one(self, event: dict[str, Any]) -> dict[str, Any]:
        if event["kind"] in self.poison:
            reason = "This kind is not known here."
            return {"id": event["id"], "outcome": "quarantined", "reason": reason}
        held = self.events.setdefault(event["id"], event)
        self.repeats += held is not event
        if held != event:
            return {
                "id": event["id"],
                "outcome": "conflict",
                "reason": "Another version came first.",
            }
        return {"id": event["id"], "outcome": "stored"}

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The events of one kind, in the order they arrived."""
        return [event for event in self.events.values() if event["kind"] == kind]


class Handler(BaseHTTPRequestHandler):
    """Answers like Crosswalk, or like a hotel lobby when told to."""

    school: School
    extra: Path | None = None
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: object) -> None:
        """Keeps tests quiet."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if self.school.portal and not path.startswith("/static/"):
            self._send(HTTPStatus.OK, "<h1>Welcome to the guest network</h1>", "text/html")
        elif path == "/capture":
            self._send(HTTPStatus.OK, shell(), "text/html; charset=utf-8")
        elif path == "/sw.js":
            self._send(HTTPStatus.OK, "// keeps nothing", "text/javascript")
        elif path == "/field-kit.json":
            self._kit()
        elif path.startswith("/static/"):
            self._file(path.removeprefix("/static/"))
        elif path == "/" or path.startswith("/walkthroughs/"):
            self._send(HTTPStatus.OK, f"<!doctype html><title>Review</title><p>{path}", "text/html")
        else:
            self._send(HTTPStatus.NOT_FOUND, "", "text/plain")

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = json.loads(self.rfile.read(length))
        if self.school.portal:
            self._send(HTTPStatus.OK, "<h1>Welcome to the guest network</h1>", "text/html")
        elif self.path == "/sign-in":
            self._sign_in(body)
        elif self.path == "/sync/have":
            held = [one for one in body["ids"] if one in self.school.events]
            self._ours(HTTPStatus.OK, {"have": held})
        elif self.path == "/sync":
            self._sync(body["events"])
        else:
            self._ours(HTTPStatus.NOT_FOUND, {"reason": "Not at this school."})

    def _sign_in(self, body: dict[str, str]) -> None:
        if body["password"] != PASSWORD:
            self._json(HTTPStatus.UNAUTHORIZED, {"reason": "E-mail or password is not right."})
            return
        self.school.signed_in = True
        self._json(HTTPStatus.OK, {"person": self.school.kit["person"]})

    def _sync(self, events: list[dict[str, Any]]) -> None:
        self.school.requests.append(len(events))
        assert self.headers["X-Crosswalk"] == "1"
        if not self.school.signed_in:
            self._ours(HTTPStatus.UNAUTHORIZED, {"reason": "Sign in to send your taps."})
        elif self.school.answer_with:
            self._ours(HTTPStatus(self.school.answer_with), {"reason": "Not now."})
        elif len(events) > self.school.most:
            self._ours(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"reason": "Too much at once."})
        else:
            results = self.school.receive(events)
            if self.school.lose_answers:
                self.school.lose_answers -= 1
                self.close_connection = True
                return
            self._ours(HTTPStatus.OK, {"results": results, "now": "2026-11-21T10:00:00Z"})

    def _kit(self) -> None:
        self.school.closed.wait(self.school.kit_takes_s)
        if not self.school.signed_in:
            self._ours(HTTPStatus.UNAUTHORIZED, {"reason": "Sign in."})
        elif self.headers.get("If-None-Match") == self.school.kit_tag:
            self._send(HTTPStatus.NOT_MODIFIED, "", "application/json")
        else:
            kit = json.dumps(self.school.kit)
            self._send(HTTPStatus.OK, kit, "application/json", {"ETag": self.school.kit_tag})

    def _file(self, name: str) -> None:
        if name in joined():
            self._send(HTTPStatus.OK, joined()[name], TYPES[Path(name).suffix])
            return
        places = [ROOT / "static" / name, *([self.extra / name] if self.extra else [])]
        found = next((place for place in places if place.is_file()), None)
        if found is None:
            self._send(HTTPStatus.NOT_FOUND, "", "text/plain")
        else:
            self._send(HTTPStatus.OK, found.read_text("utf-8"), TYPES[found.suffix])

    def _ours(self, status: HTTPStatus, body: dict[str, Any]) -> None:
        self._json(status, {"server": "crosswalk", **body})

    def _json(self, status: HTTPStatus, body: dict[str, Any]) -> None:
        self._send(status, json.dumps(body), "application/json")

    def _send(
        self, status: HTTPStatus, body: str, kind: str, headers: dict[str, str] | None = None
    ) -> None:
        data = body.encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Security-Policy": POLICY,
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def serve(school: School, extra: Path | None = None, port: int = 0) -> ThreadingHTTPServer:
    """Starts the stand-in on a free port; `shutdown()` and `server_close()` end it."""
    handler = type("SchoolHandler", (Handler,), {"school": school, "extra": extra})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
