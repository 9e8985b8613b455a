"""A client that sends events as a phone does, over a line that may be cut at any moment."""

from __future__ import annotations

import http.client
import json
import random
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from benchmarks.kit.journal import Journal
from benchmarks.kit.school import Observer
from benchmarks.kit.visits import Body

MOST = 200
PATIENCE = 30.0
# Closes with a reset instead of a farewell, as a phone that leaves the building does.
RUDELY = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: 0 is nothing at all."""

    status: int
    body: Any = None

    @property
    def stored(self) -> list[str]:
        """The events that our own server said it has; nobody else’s word counts."""
        if self.status != 200 or not isinstance(self.body, dict):
            return []
        if self.body.get("server") != "crosswalk":
            return []
        results = self.body.get("results", [])
        return [one["id"] for one in results if one["outcome"] == "stored"]

    @property
    def refused(self) -> list[str]:
        """Why events were not stored."""
        results = self.body.get("results", []) if isinstance(self.body, dict) else []
        return [one["reason"] for one in results if one["outcome"] != "stored"]


def packed(observer: Observer, device: str, events: list[Body]) -> bytes:
    """The body of one request."""
    return json.dumps({"device": device, "author": observer.id, "events": events}).encode()


def request(port: int, path: str, body: bytes, cookie: str = "") -> bytes:
    """A whole POST as it goes over the wire."""
    head = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "X-Crosswalk: 1",
        "Connection: close",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


@contextmanager
def line(port: int) -> Iterator[socket.socket]:
    """A connection to the server, closed at the end."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        yield connection


def post(port: int, whole: bytes) -> Answer:
    """Send a request and read its answer; a broken line is an answer of nothing."""
    try:
        with line(port) as connection:
            connection.sendall(whole)
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            return Answer(answer.status, _json(answer.read()))
    except (OSError, http.client.HTTPException):
        return Answer(0)


def _json(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def cut(port: int, whole: bytes, part: float, wait: float) -> None:
    """Send only so much of a request, or all of it, and hang up without reading the answer."""
    try:
        with line(port) as connection:
            connection.sendall(whole[: int(len(whole) * part)])
            time.sleep(wait)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RUDELY)
    except OSError:
        return


@dataclass
class Client:
    """One device of one observer: keeps sending until everything is acknowledged."""

    port: int
    observer: Observer
    device: str
    journal: Journal
    chance: random.Random
    waits: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    cuts: int = 0

    def deliver(self, events: list[Body], until: float, *, faults: bool) -> bool:
        """Send these until each is acknowledged, or time is up; says whether all were."""
        self.journal.before_sending(events)
        while time.monotonic() < until:
            waiting = [one for one in events if one["id"] not in self.journal.acknowledged]
            if not waiting:
                return True
            self._try(events, waiting, faults=faults)
        return all(one["id"] in self.journal.acknowledged for one in events)

    def _try(self, events: list[Body], waiting: list[Body], *, faults: bool) -> None:
        batch = self._batch(events, waiting) if faults else waiting[:MOST]
        whole = request(
            self.port, "/sync", packed(self.observer, self.device, batch), self.observer.cookie
        )
        if faults and self.chance.random() < 0.1:
            self.cuts += 1
            part = self.chance.choice((self.chance.random(), 1.0))
            cut(self.port, whole, part, self.chance.random() * 0.05)
            return
        began = time.monotonic()
        answer = post(self.port, whole)
        self.statuses.append(answer.status)
        if answer.status == 200:
            self.waits.append(time.monotonic() - began)
        else:
            time.sleep(self.chance.uniform(0.02, 0.2))
        self.refused += answer.refused
        self.journal.after_answer(answer.stored)

    def _batch(self, events: list[Body], waiting: list[Body]) -> list[Body]:
        """Some of what waits in any order, and now and then something that is safe already."""
        many = self.chance.randint(1, min(MOST, len(waiting)))
        batch = self.chance.sample(waiting, many)
        again = self.chance.sample(events, min(len(events), self.chance.choice((0, 0, 3))))
        batch = [*batch, *again][:MOST]
        self.chance.shuffle(batch)
        return batch
