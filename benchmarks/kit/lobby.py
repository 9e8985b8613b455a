"""Serves the floor and the peers on this machine: compressed files, and answers to their taps."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from blueprints.kit.light import squeezed
from config import HERE

FLOOR = HERE / "benchmarks" / "floor"
PEERS = HERE / "benchmarks" / "peers"
FORTY = range(1, 41)


class Lobby(BaseHTTPRequestHandler):
    """/floor/…, /peers/…, /peers/npm/… from where they were installed, and /peers/reload."""

    protocol_version = "HTTP/1.1"

    def __init__(self, npm: Path, *rest: object) -> None:
        self.npm = npm
        super().__init__(*rest)  # type: ignore[arg-type]

    def log_message(self, *_: object) -> None:
        """Say nothing: what is measured prints."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/peers/reload":
            self._send(reload_page().encode(), "text/html")
            return
        file = self._file(path)
        if file is None or not file.is_file():
            self.send_error(404)
            return
        self._send(file.read_bytes(), mimetypes.guess_type(file.name)[0] or "text/plain")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        number = self.path.rsplit("/", 1)[-1]
        if "HX-Request" in self.headers:
            self._send(f"<button disabled>Seen: look-for {number}</button>".encode(), "text/html")
            return
        self.send_response(303)
        self.send_header("Location", "/peers/reload")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _file(self, path: str) -> Path | None:
        if path == "/floor/":
            return FLOOR / "index.html"
        if path.startswith("/floor/"):
            return FLOOR / path.removeprefix("/floor/")
        if path.startswith("/peers/npm/"):
            return self.npm / path.removeprefix("/peers/npm/")
        return PEERS / path.removeprefix("/peers/") if path.startswith("/peers/") else None

    def _send(self, body: bytes, kind: str) -> None:
        body = squeezed(body, "br")
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        self.wfile.write(body)


def reload_page() -> str:
    """Forty buttons that each send a form, as a page without any script does it."""
    items = "".join(
        f'<li><button name="tap" value="{n}" formaction="tap/{n}">'
        f"Students do the thing that look-for {n} describes</button></li>"
        for n in FORTY
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Reload</title>'
        f'<h1>Reload</h1><form method="post"><ul>{items}</ul></form></html>'
    )


@contextmanager
def serving(npm: Path) -> Iterator[str]:
    """The address of the lobby while it is open."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Lobby, npm))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
