"""Requests straight into an app, without a network and without a test client's own work."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from flask import Flask


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app said."""

    status: int
    headers: dict[str, str]
    body: bytes


def call(
    app: Flask, method: str, path: str, body: bytes = b"", cookie: str = "", **headers: str
) -> Answer:
    """One request; header names are written as WSGI does, without HTTP_ in front."""
    said: dict[str, Any] = {}

    def start(status: str, pairs: list[tuple[str, str]], *_: Any) -> Any:
        said.update(status=int(status.split()[0]), headers=dict(pairs))

    place, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": place,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_COOKIE": cookie,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        **{f"HTTP_{name}": value for name, value in headers.items()},
    }
    if body:
        environ |= {"CONTENT_TYPE": "application/json", "HTTP_X_CROSSWALK": "1"}
    parts = app.wsgi_app(environ, start)
    try:
        return Answer(said["status"], said["headers"], b"".join(parts))
    finally:
        if hasattr(parts, "close"):
            parts.close()
