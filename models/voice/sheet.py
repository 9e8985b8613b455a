"""A sheet of tickets for a class and a day: made, answered, closed, and shared if she likes.

A row here has a random id and a day, never a time. Answers are no rows: they are added into one
locked tally of the sheet, whose every state looks like noise of the same length.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Date,
    ForeignKey,
    Select,
    UniqueConstraint,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models import envelope
from models.act import Act, NotNow
from models.base import Model, db, write_new
from models.coaching import Caseload
from models.district import ClassTeacher, District, SchoolClass
from models.job import Job
from models.person import Person, RoleGrant
from models.voice.ticket import VoiceTicket, digest_of, letters_of
from rules.roles import Role
from rules.voice import Result, Tally, results

CLOSE = "close voice"
"""The kind of the job that closes a sheet when its day ends."""
MOST_TICKETS = 60
AHEAD = timedelta(days=14)
"""How long before its day a sheet can be made."""


class VoiceSheet(Model):
    """Tickets for one class on one day. Its results belong to the teacher who made it."""

    __tablename__ = "voice_sheets"
    __table_args__ = (UniqueConstraint("class_id", "day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"))
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    day: Mapped[date] = mapped_column(Date)
    tickets: Mapped[int]
    locked: Mapped[bytes | None]
    """The tally, while the sheet is open."""
    closed_on: Mapped[date | None] = mapped_column(Date)
    results: Mapped[dict[str, Any] | None]
    coach_since: Mapped[date | None] = mapped_column(Date)
    observers_since: Mapped[date | None] = mapped_column(Date)

    school_class: Mapped[SchoolClass] = relationship(lazy="raise")
    teacher: Mapped[Person] = relationship(lazy="raise")

    @classmethod
    def whole(cls) -> Select[tuple[VoiceSheet]]:
        """Sheets with their class and teacher, the latest day first."""
        return (
            select(cls)
            .join(cls.school_class)
            .options(joinedload(cls.school_class), joinedload(cls.teacher))
            .order_by(cls.day.desc(), cls.id)
        )

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[VoiceSheet]]:
        """One’s own; of others what they shared with their coach or with their observers."""
        return cls.whole().where(or_(cls.teacher_id == person.id, cls.shared_with(person)))

    @classmethod
    def shared_with(cls, person: Person) -> ColumnElement[bool]:
        """Whether a teacher let this person see results."""
        coached = cls.teacher_id.in_(Caseload.teacher_ids(person))
        visited = SchoolClass.school_id.in_(person.school_ids(Role.OBSERVER))
        return or_(
            and_(cls.coach_since.is_not(None), coached),
            and_(cls.observers_since.is_not(None), visited),
        )

    @classmethod
    def editable_by(cls, person: Person) -> Select[tuple[VoiceSheet]]:
        """One’s own."""
        return cls.whole().where(cls.teacher_id == person.id)

    @staticmethod
    def classes_of(teacher: Person) -> Select[tuple[SchoolClass]]:
        """The classes for which somebody can make a sheet: those they teach."""
        taught = select(ClassTeacher.class_id).where(ClassTeacher.teacher_id == teacher.id)
        return (
            select(SchoolClass)
            .where(SchoolClass.id.in_(taught), SchoolClass.ended_at.is_(None))
            .order_by(SchoolClass.period, SchoolClass.name)
        )

    @classmethod
    def make(
        cls, about: SchoolClass, day: date, tickets: int, *, secret: str, by: Person, at: datetime
    ) -> UUID:
        """A sheet for a class and a day. There is one, since two could be compared."""
        today = at.astimezone(by.district.zone).date()
        if not today <= day <= today + AHEAD:
            raise NotNow("A sheet is for today or one of the next fourteen days. Change the day.")
        sheet_id, digests = _drawn(tickets, secret)
        row = {
            "id": sheet_id,
            "class_id": about.id,
            "teacher_id": by.id,
            "day": day,
            "tickets": tickets,
            "locked": envelope.lock(Tally().packed(), secret, name=sheet_id.bytes),
        }
        if not write_new(cls, [row]):
            raise NotNow("This class has a sheet for that day. Use it, or choose another day.")
        db.session.add_all(VoiceTicket(digest=one, sheet_id=sheet_id) for one in digests)
        ends = datetime.combine(day + timedelta(days=1), time(), by.district.zone)
        Job.put(CLOSE, sheet_id, by=by, at=at, due=ends)
        Act.record("make voice sheet", sheet_id, by=by, at=at, of=[day.isoformat(), tickets])
        return sheet_id

    def letters(self, *, secret: str) -> list[str]:
        """What stands on its tickets, as long as it is open."""
        if self.locked is None:
            raise NotNow("This sheet is closed. Its tickets cannot be used or printed any more.")
        return letters_of(self.id, self.tickets, secret)

    def answered(self) -> int:
        """How many have answered an open sheet so far."""
        spent = select(func.count()).where(VoiceTicket.sheet_id == self.id, VoiceTicket.spent)
        return db.session.scalar(spent) or 0

    @classmethod
    def held(cls, sheet_id: UUID) -> VoiceSheet | None:
        """The sheet, locked until we commit: two who answer at once take turns."""
        row = select(cls).where(cls.id == sheet_id).with_for_update()
        return db.session.scalar(row.execution_options(populate_existing=True))

    def _today(self, at: datetime) -> date:
        """The day it is on the clock of its district."""
        zone = select(District.time_zone).join(Person, Person.district_id == District.id)
        name = db.session.scalars(zone.where(Person.id == self.teacher_id)).one()
        return at.astimezone(ZoneInfo(name)).date()

    def takes_answers(self, at: datetime) -> bool:
        """Whether its day is here, and it is not closed."""
        return self.locked is not None and self.day == self._today(at)

    @classmethod
    def takes(cls, letters: str, *, secret: str, at: datetime) -> bool | None:
        """Whether a ticket can be used now; None for one that nobody was given."""
        row = db.session.execute(
            select(VoiceTicket.spent, cls)
            .join(cls, cls.id == VoiceTicket.sheet_id)
            .where(VoiceTicket.digest == digest_of(letters, secret))
        ).first()
        return None if row is None else not row[0] and row[1].takes_answers(at)

    @classmethod
    def answer(cls, letters: str, answers: Mapping[str, str], *, secret: str, at: datetime) -> bool:
        """Spend a ticket and count what was answered; False where it cannot be used (any more).

        No Act is left: who did what when is what nobody may ever work out here.
        """
        mine = VoiceTicket.digest == digest_of(letters, secret)
        sheet_id = db.session.scalar(select(VoiceTicket.sheet_id).where(mine))
        sheet = cls.held(sheet_id) if sheet_id else None
        if sheet is None or not sheet.takes_answers(at):
            return False
        spend = update(VoiceTicket).where(mine, VoiceTicket.spent.is_(False)).values(spent=True)
        if not db.session.execute(spend).rowcount:  # type: ignore[attr-defined]
            return False
        tally = sheet._tally(secret).plus(answers)
        sheet.locked = envelope.lock(tally.packed(), secret, name=sheet.id.bytes)
        return True

    def _tally(self, secret: str) -> Tally:
        """What was counted; nothing, where the instance’s secret is another by now."""
        try:
            return Tally.unpacked(envelope.unlock(self.locked or b"", secret, name=self.id.bytes))
        except envelope.Broken:
            return Tally()

    def close(self, *, secret: str, by: Person | None, at: datetime) -> None:
        """Keep what may be told, once, and throw everything else away."""
        held = VoiceSheet.held(self.id)
        if held is None or held.locked is None:
            raise NotNow("This sheet is closed already. Reload the page.")
        found = results(held._tally(secret))
        held.results = {"answered": found.answered, "told": found.told} if found else None
        held.locked = None
        held.closed_on = held._today(at)
        db.session.execute(delete(VoiceTicket).where(VoiceTicket.sheet_id == held.id))
        Act.record("close voice sheet", held.id, by=by, at=at)

    def drop(self, *, by: Person, at: datetime) -> None:
        """Throw a sheet away that nobody has used."""
        if self.locked is None or self.answered():
            raise NotNow("Students have used this sheet. Close it instead.")
        db.session.execute(delete(VoiceTicket).where(VoiceTicket.sheet_id == self.id))
        db.session.delete(self)
        Act.record("drop voice sheet", self.id, by=by, at=at)

    @property
    def result(self) -> Result | None:
        """What a closed sheet tells; None while it is open, or where fewer than five answered."""
        return Result(**self.results) if self.results else None

    def readers(self) -> dict[str, list[str]]:
        """Who would see results by now, by name: her coaches, and the observers of the school."""
        observing = select(RoleGrant.person_id).where(
            RoleGrant.school_id == self.school_class.school_id,
            RoleGrant.role == Role.OBSERVER,
            RoleGrant.state == "active",
            RoleGrant.ended_at.is_(None),
        )
        found = {"coach": Caseload.coach_ids(self.teacher_id), "observers": observing}
        return {kind: Person.names_of(ids, but=self.teacher_id) for kind, ids in found.items()}

    def share(self, reader: str, *, by: Person, at: datetime) -> None:
        """Let the teacher’s coach, or the observers of the school, see the results."""
        if self.result is None:
            raise NotNow("There are no results to share. Close the sheet first.")
        today = at.astimezone(by.district.zone).date()
        if reader == "coach":
            self.coach_since = self.coach_since or today
        else:
            self.observers_since = self.observers_since or today
        Act.record("share voice results", self.id, by=by, at=at, of=reader)


def _drawn(tickets: int, secret: str) -> tuple[UUID, list[bytes]]:
    """A random id whose tickets are like no other’s, and their digests in order of themselves."""
    while True:
        sheet_id = uuid4()
        digests = sorted(digest_of(one, secret) for one in letters_of(sheet_id, tickets, secret))
        taken = select(VoiceTicket.digest).where(VoiceTicket.digest.in_(digests)).limit(1)
        if len(set(digests)) == tickets and db.session.scalar(taken) is None:
            return sheet_id, digests
