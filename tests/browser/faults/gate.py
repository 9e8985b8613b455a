"""The network in front of the school: it can refuse, mislead, delay or lose what passes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from io import BytesIO
from socket import SHUT_RDWR
from typing import Any

from flask import Flask
from werkzeug.wrappers import Request, Response

PORTAL = "<!doctype html><title>Guest network</title><h1>Welcome. Accept the terms.</h1>"

Fault = Callable[[Request], "Response | None"]


class Gate:
    """A WSGI application that lets everything through to the school until a fault is set."""

    def __init__(self, school: Flask) -> None:
        self.school = school
        self.fault: Fault = nothing
        self.faulted = 0
        self.passed: list[tuple[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        request = Request(environ, populate_request=False)
        if request.method == "POST" and request.path.startswith("/sync"):
            request.environ["wsgi.input"], body = _read(request)
            self.passed.append((request.path, body))
        answer = self.fault(request)
        if answer is None:
            return self.school.wsgi_app(environ, start)
        self.faulted += 1
        return answer(environ, start)

    def clear(self) -> None:
        """The network is well again."""
        self.fault = nothing

    def answer(self, status: int, body: Any, *, path: str = "/sync", **headers: str) -> None:
        """Answers one address like this, and lets nothing of it through."""
        self.fault = lambda request: said(status, body, **headers) if request.path == path else None

    def portal(self) -> None:
        """Every page and every answer is the guest network’s welcome."""
        self.fault = lambda _request: said(200, PORTAL)

    def lose_requests(self, times: int, path: str = "/sync") -> None:
        """The line is cut before the school hears anything."""
        self.fault = self._cut(times, path, heard=False)

    def lose_answers(self, times: int, path: str = "/sync") -> None:
        """The school hears and keeps, and the line is cut before its answer."""
        self.fault = self._cut(times, path, heard=True)

    def _cut(self, times: int, path: str, *, heard: bool) -> Fault:
        left = [times]

        def cut(request: Request) -> Response | None:
            if request.path != path or not left[0]:
                return None
            left[0] -= 1
            self.faulted += 1
            if heard:
                self.ask(request)
            request.environ["werkzeug.socket"].shutdown(SHUT_RDWR)
            raise ConnectionResetError("the line was cut")

        return cut

    def ask(self, request: Request) -> Response:
        """What the school says to this request, heard to its end."""
        return Response.from_app(self.school.wsgi_app, request.environ, buffered=True)

    def batches(self) -> list[Any]:
        """The bodies that came to /sync, in order."""
        return [body for path, body in self.passed if path == "/sync"]


def nothing(_request: Request) -> None:
    """No fault."""


def said(status: int, body: Any, **headers: str) -> Response:
    """An answer in JSON, or a page where it is words."""
    kind = "text/html" if isinstance(body, str) else "application/json"
    text = body if isinstance(body, str) else json.dumps(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(text, status, headers=named, mimetype=kind)


def _read(request: Request) -> tuple[Any, Any]:
    """The body, and a fresh copy of it for whoever reads next."""
    data = request.environ["wsgi.input"].read(int(request.environ.get("CONTENT_LENGTH") or 0))
    try:
        body = json.loads(data)
    except ValueError:
        body = data
    return BytesIO(data), body
