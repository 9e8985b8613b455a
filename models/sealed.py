"""Take in what devices sealed: whoever carries it, the marks inside say whose it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, db, new_id
from models.envelope import Broken, bears
from models.event import Event, body_digest
from models.person import Person
from models.seal import SealKey, mark_key
from models.sync import receive
from rules.sealed import BadSealed, Marked, Sealed, read_box, read_sealed

if TYPE_CHECKING:
    from sqlalchemy import Select

UNKNOWN_KEY = "It was sealed for a key that this school does not hold. It is kept as it came."
DAMAGED = "It cannot be opened: something on the way changed it. It is kept as it came."
NOBODY = "It names nobody who works here. It is kept as it came."
UNMARKED = "Not all of it bears its author’s mark. It is kept until its author has looked at it."


class SealedAside(Model):
    """A sealed record that could not be taken in whole, kept exactly as it came."""

    __tablename__ = "sealed_asides"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sealed_id: Mapped[str]
    digest: Mapped[bytes] = mapped_column(unique=True)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    carrier_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[str]
    reason: Mapped[str]
    body: Mapped[str]
    received_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[SealedAside]]:
        """Those that name this person and still wait for them; nobody else’s, whoever asks."""
        return (
            select(cls)
            .where(cls.author_id == person.id, cls.settled_at.is_(None))
            .order_by(cls.received_at, cls.id)
        )

    @classmethod
    def put(cls, asides: Iterable[SealedAside]) -> None:
        """Keep each once, however often it is carried here."""
        fresh = {aside.digest: aside for aside in asides}
        if not fresh:
            return
        held = set(db.session.scalars(select(cls.digest).where(cls.digest.in_(fresh))))
        db.session.add_all(aside for digest, aside in fresh.items() if digest not in held)


@dataclass(frozen=True, slots=True)
class Opened:
    """The content of one box, sorted by whether it bears the author's mark."""

    author: Person
    marked: list[Any]
    unmarked: list[Any]


class Kept(Exception):
    """Why a sealed record stays closed for now."""

    def __init__(self, outcome: str, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason


def receive_sealed(
    bodies: Sequence[Any], *, by: Person, secret: str, at: datetime
) -> list[dict[str, str]]:
    """Store what each box holds as its author's, and say of each box what became of it.

    The one who carries it learns nothing of what is inside: `stored` says that we have it, also
    where single taps in it wait for their author's repair.
    """
    answers = []
    asides = []
    for body in bodies:
        sealed_id = str(body.get("id", ""))[:80] if isinstance(body, dict) else ""
        kept = _receive(body, secret=secret, at=at)
        if kept is None:
            answers.append({"id": sealed_id, "outcome": "stored"})
            continue
        answers.append({"id": sealed_id, "outcome": kept.outcome, "reason": kept.reason})
        asides.append(_aside(body, sealed_id, kept, by=by, at=at))
    SealedAside.put(asides)
    return answers


def _receive(body: Any, *, secret: str, at: datetime) -> Kept | None:
    try:
        opened = open_sealed(read_sealed(body), secret=secret)
    except BadSealed as bad:
        return Kept("refused", str(bad))
    except Kept as kept:
        return kept
    receive(opened.marked, by=opened.author, at=at)
    return Kept("quarantined", UNMARKED) if opened.unmarked else None


def open_sealed(sealed: Sealed, *, secret: str) -> Opened:
    """Open one record and read the marks; Kept with the reason where that cannot be done."""
    author = db.session.scalar(Person.whole().where(Person.id == sealed.author))
    if author is None:
        raise Kept("quarantined", NOBODY)
    key = db.session.get(SealKey, sealed.key_id)
    if key is None:
        raise Kept("quarantined", UNKNOWN_KEY)
    try:
        inside = read_box(key.open(sealed, secret=secret))
    except (Broken, BadSealed):
        raise Kept("quarantined", DAMAGED) from None
    ours = mark_key(author.id, sealed.device, secret=secret)
    marked = [bears(ours, one.text, one.mark) for one in inside]
    return Opened(
        author,
        [_body(one) for one, good in zip(inside, marked, strict=True) if good],
        [_body(one) for one, good in zip(inside, marked, strict=True) if not good],
    )


def holds(ids: Iterable[UUID]) -> list[UUID]:
    """Which of these we hold, whoever wrote them: events, and sealed records kept aside."""
    wanted = list(ids)
    events = db.session.scalars(select(Event.id).where(Event.id.in_(wanted)))
    names = [str(one) for one in wanted]
    asides = db.session.scalars(
        select(SealedAside.sealed_id).where(SealedAside.sealed_id.in_(names))
    )
    return [*events, *{UUID(one) for one in asides}]


def _body(one: Marked) -> Any:
    """The event as a phone would have sent it; what is no JSON is refused further on."""
    try:
        return json.loads(one.text)
    except (ValueError, RecursionError):
        return one.text


def _aside(body: Any, sealed_id: str, why: Kept, *, by: Person, at: datetime) -> SealedAside:
    return SealedAside(
        sealed_id="".join(letter for letter in sealed_id if letter.isprintable()),
        digest=body_digest(body),
        author_id=_named(body),
        carrier_id=by.id,
        outcome=why.outcome,
        reason=why.reason,
        body=json.dumps(body),
        received_at=at,
    )


def _named(body: Any) -> UUID | None:
    """Whose it says it is, if that is somebody."""
    try:
        named = UUID(str(body["author"]))
    except (ValueError, TypeError, KeyError):
        return None
    return db.session.scalar(select(Person.id).where(Person.id == named))
