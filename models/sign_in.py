"""Signing in: passwords, server-side sessions that can be revoked, throttling, invitations."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ForeignKey, Select, bindparam, select, update
from sqlalchemy.orm import (
    Mapped,
    contains_eager,
    mapped_column,
    relationship,
    selectinload,
    undefer,
)

from models.base import Model, db, new_id
from models.person import Person, normal_email

IDLE = timedelta(days=14)
LONGEST = timedelta(days=180)
FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
INVITATION_LASTS = timedelta(days=14)
PASSWORD_LENGTH = range(10, 201)

# Argon2id at OWASP’s cost for servers that many sign in to at once: see decision 37.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked for unknown accounts, so that they take as long and answer the same.
_nobody = HASHER.hash(secrets.token_urlsafe())


class SignIn(Model):
    """One device that is signed in as somebody. The cookie holds the token, we its digest."""

    __tablename__ = "sign_ins"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_digest: Mapped[bytes] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    device: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")

    @classmethod
    def begin(cls, person: Person, *, device: str, at: datetime) -> str:
        """A new session for somebody who proved who they are; returns its token, once."""
        token = secrets.token_urlsafe(32)
        db.session.add(
            cls(
                token_digest=_digest(token),
                person_id=person.id,
                device=device[:200],
                made_at=at,
                seen_at=at,
            )
        )
        return token

    @classmethod
    def find(cls, token: str, *, at: datetime) -> SignIn | None:
        """The live session of this token, with its person and what permissions need."""
        token_digest, seen, made = _digest(token), at - IDLE, at - LONGEST
        found = db.session.scalars(
            _live(), {"token_digest": token_digest, "seen": seen, "made": made}
        )
        return found.unique().one_or_none()

    @classmethod
    def of(cls, person: Person, *, at: datetime) -> Select[tuple[SignIn]]:
        """Where somebody is signed in now."""
        return (
            select(cls)
            .where(
                cls.person_id == person.id,
                cls.ended_at.is_(None),
                cls.seen_at > at - IDLE,
                cls.made_at > at - LONGEST,
            )
            .order_by(cls.seen_at.desc())
        )

    @classmethod
    def seen(cls, sign_in_id: UUID, *, at: datetime) -> None:
        """Note that a device is in use."""
        db.session.execute(update(cls).where(cls.id == sign_in_id).values(seen_at=at))

    def end_others(self, *, at: datetime) -> None:
        """Sign every other device of this person out."""
        for other in db.session.scalars(SignIn.of(self.person, at=at)):
            if other.id != self.id:
                other.end(at=at)

    def end(self, *, at: datetime) -> None:
        """Sign this device out."""
        self.ended_at = at


class SignInThrottle(Model):
    """Wrong passwords in a row for one account: never per address, a district is one address."""

    __tablename__ = "sign_in_throttles"

    account_digest: Mapped[bytes] = mapped_column(primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    closed_until: Mapped[datetime | None]

    @classmethod
    def _of(cls, email: str) -> SignInThrottle:
        digest = _digest(normal_email(email))
        throttle = db.session.get(cls, digest, with_for_update=True)
        if throttle is None:
            throttle = cls(account_digest=digest, failures=0)
            db.session.add(throttle)
        return throttle

    @classmethod
    def wait(cls, email: str, *, at: datetime) -> timedelta:
        """How long this account must still wait (zero: it may try)."""
        throttle = db.session.get(cls, _digest(normal_email(email)))
        if throttle is None or throttle.closed_until is None:
            return timedelta(0)
        return max(throttle.closed_until - at, timedelta(0))

    @classmethod
    def failed(cls, email: str, *, at: datetime) -> None:
        """One more wrong password: after five, each doubles the wait up to a quarter hour."""
        throttle = cls._of(email)
        throttle.failures += 1
        over = throttle.failures - FREE_TRIES
        if over >= 0:
            throttle.closed_until = at + min(
                timedelta(seconds=15 * 2 ** min(over, 8)), LONGEST_WAIT
            )

    @classmethod
    def passed(cls, email: str) -> None:
        """The right password opens the account again."""
        throttle = db.session.get(cls, _digest(normal_email(email)))
        if throttle is not None:
            db.session.delete(throttle)


class Invitation(Model):
    """A link, used once, by which somebody on the roster chooses a password."""

    __tablename__ = "invitations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_digest: Mapped[bytes] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])

    @classmethod
    def make(cls, person: Person, *, by: Person | None, at: datetime) -> str:
        """A fresh link for somebody; links given before stop working. Returns its token."""
        db.session.execute(
            update(cls).where(cls.person_id == person.id, cls.used_at.is_(None)).values(used_at=at)
        )
        token = secrets.token_urlsafe(24)
        db.session.add(
            cls(
                token_digest=_digest(token),
                person_id=person.id,
                made_by=by and by.id,
                made_at=at,
            )
        )
        return token

    @classmethod
    def find(cls, token: str, *, at: datetime) -> Invitation | None:
        """The invitation behind a link that still works."""
        person = selectinload(cls.person)
        return db.session.scalar(
            select(cls)
            .options(person.selectinload(Person.grants), person.selectinload(Person.district))
            .where(
                cls.token_digest == _digest(token),
                cls.used_at.is_(None),
                cls.made_at > at - INVITATION_LASTS,
            )
        )

    def accept(self, password: str, *, at: datetime) -> None:
        """Choose a password: the link is spent."""
        self.used_at = at
        set_password(self.person, password)


def set_password(person: Person, password: str) -> None:
    """Keep only an Argon2id hash."""
    person.password_hash = HASHER.hash(password)


def renew_hash(person: Person, password: str) -> None:
    """A hash that was made at another cost than today’s is made anew."""
    if HASHER.check_needs_rehash(person.password_hash or ""):
        set_password(person, password)


def with_password(email: str, password: str) -> Person | None:
    """Who this is, if the password is right; unknown accounts take as long to refuse."""
    person = db.session.scalar(
        Person.whole()
        .options(undefer(Person.password_hash))
        .where(Person.email == normal_email(email), Person.ended_at.is_(None))
    )
    kept = person.password_hash if person and person.password_hash else _nobody
    try:
        HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return None
    return person if person and person.password_hash else None


def _digest(secret: str) -> bytes:
    # Tokens are long and random, so a plain digest is enough; addresses only key a counter.
    return hashlib.sha256(secret.encode()).digest()


@cache
def _live() -> Select[tuple[SignIn]]:
    """Every request asks this: one question, and written down once."""
    person = contains_eager(SignIn.person)
    return (
        select(SignIn)
        .join(SignIn.person)
        .options(person.joinedload(Person.grants), person.joinedload(Person.district))
        .where(
            SignIn.token_digest == bindparam("token_digest"),
            SignIn.ended_at.is_(None),
            SignIn.seen_at > bindparam("seen"),
            SignIn.made_at > bindparam("made"),
            Person.ended_at.is_(None),
        )
    )
