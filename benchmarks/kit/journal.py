"""A client’s own record: every event before it is sent, every acknowledgement after it came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.event import body_digest
from rules.events import read_event


@dataclass(frozen=True, slots=True)
class Sent:
    """One event as its client wrote it down: who captured it, and what tells its body."""

    id: str
    author: str
    digest: str


@dataclass
class Journal:
    """One file a client, a line a fact; nobody but this client writes it."""

    path: Path
    author: str
    sent: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)

    def before_sending(self, events: Iterable[dict[str, Any]]) -> None:
        """Write down what is about to leave, each once."""
        new = [event for event in events if event["id"] not in self.sent]
        self._write(f"sent {e['id']} {self.author} {digest(e)}" for e in new)
        self.sent.update(event["id"] for event in new)

    def after_answer(self, ids: Iterable[str]) -> None:
        """Write down what the server said it has."""
        new = [one for one in ids if one not in self.acknowledged]
        self._write(f"acknowledged {one}" for one in new)
        self.acknowledged.update(new)

    def _write(self, lines: Iterable[str]) -> None:
        text = "".join(f"{line}\n" for line in lines)
        if text:
            with self.path.open("a", encoding="ascii") as file:
                file.write(text)


def digest(event: dict[str, Any]) -> str:
    """What tells this body from any other, worked out from what the client holds."""
    return body_digest(read_event(event).body).hex()


def read(folder: Path) -> tuple[dict[str, Sent], set[str]]:
    """All journals of a folder: what was sent, by id, and which of it was acknowledged."""
    sent: dict[str, Sent] = {}
    acknowledged: set[str] = set()
    for line in _lines(folder):
        fact, *words = line.split()
        if fact == "sent":
            sent.setdefault(words[0], Sent(*words))
        else:
            acknowledged.add(words[0])
    return sent, acknowledged


def _lines(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.journal")):
        with path.open(encoding="ascii") as file:
            yield from file
