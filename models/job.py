"""Jobs: work outside a request, kept as rows so that no death of a process loses one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Delete, ForeignKey, Index, and_, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, db, new_id, write_new

if TYPE_CHECKING:
    from models.person import Person

STALE = timedelta(seconds=60)
"""A worker beats more often than this, or is taken for dead."""
TOLD_AGAIN = timedelta(minutes=2)
"""How long a queue may sit on the news of a job before it is told again."""
KEPT = timedelta(days=90)
"""How long a row stays after its work has ended: as long as somebody may still ask about a mail."""
MOST_DEATHS = 5
"""A job under which so many workers died is not given to another."""
DIED = "The work stopped several times on the way. Try again; if it stops again, tell us."


class Job(Model):
    """One piece of work. `subject_id` is what it is about; words for people stand in `reason`."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_state_due_at", "state", "due_at"),
        Index("ix_jobs_subject_id", "subject_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    # the same work is asked for once: an id alone would let a second click send a second mail
    key: Mapped[str] = mapped_column(unique=True)
    subject_id: Mapped[UUID]
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(default="waiting")
    due_at: Mapped[datetime]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @classmethod
    def put(
        cls,
        kind: str,
        subject_id: UUID,
        *,
        key: object = "",
        by: Person | None,
        at: datetime,
        due: datetime | None = None,
        total: int = 0,
    ) -> None:
        """Ask for work, in the transaction that makes it needed; once for each kind and key."""
        job_id = new_id()
        row = {
            "id": job_id,
            "kind": kind,
            "key": f"{kind} {subject_id} {key}".strip(),
            "subject_id": subject_id,
            "asked_by": by and by.id,
            "state": "waiting",
            "due_at": due or at,
            "done": 0,
            "total": total,
            "attempts": 0,
            "reason": "",
            "made_at": at,
            "told_at": None if due else at,
        }
        write_new(cls, [row])
        if due is None:
            cls._tell(job_id)

    @staticmethod
    def _tell(job_id: UUID) -> None:
        """Let jobs/queue tell the workers once this transaction is committed."""
        db.session.info.setdefault("jobs", []).append(job_id)

    @classmethod
    def about(cls, subject_id: UUID, kind: str) -> Job | None:
        """The latest job of a kind about something."""
        rows = select(cls).where(cls.subject_id == subject_id, cls.kind == kind)
        return db.session.scalars(rows.order_by(cls.made_at.desc(), cls.id.desc()).limit(1)).first()

    @classmethod
    def claim(cls, job_id: UUID, *, at: datetime) -> Job | None:
        """Take a job to do it; None where another worker has it, or it is not due."""
        taken = db.session.execute(
            update(cls)
            .where(cls.id == job_id, cls.state == "waiting", cls.due_at <= at)
            .values(state="running", attempts=cls.attempts + 1, beat_at=at)
        )
        if not taken.rowcount:  # type: ignore[attr-defined]
            return None
        return db.session.get_one(cls, job_id, populate_existing=True)

    def beat(self, *, at: datetime, done: int | None = None) -> bool:
        """Say that it goes on; False where it was canceled or given to another worker."""
        values: dict[str, object] = {"beat_at": at}
        if done is not None:
            values["done"] = done
        return self._mine(values)

    def finish(self, *, at: datetime) -> None:
        """It is done."""
        self._mine({"state": "done", "ended_at": at, "reason": ""})

    def fail(self, reason: str, *, at: datetime) -> None:
        """It cannot be done; `reason` is for a person."""
        self._mine({"state": "failed", "ended_at": at, "reason": reason})

    def postpone(self, reason: str, *, until: datetime) -> None:
        """It could not be done now."""
        self._mine({"state": "waiting", "due_at": until, "reason": reason, "told_at": None})

    def _mine(self, values: dict[str, object]) -> bool:
        """Change the row while it is this worker’s: each claim has its own number."""
        job_id, attempt = self.id, self.attempts
        changed = db.session.execute(
            update(Job)
            .where(Job.id == job_id, Job.state == "running", Job.attempts == attempt)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
        return bool(changed.rowcount)  # type: ignore[attr-defined]

    def cancel(self, *, at: datetime) -> None:
        """Stop; a worker notices at its next beat."""
        if self.state in ("waiting", "running"):
            self.state = "canceled"
            self.ended_at = at

    def resume(self, *, at: datetime) -> None:
        """Go on where it stopped."""
        if self.state in ("canceled", "failed"):
            self.state, self.reason, self.ended_at = "waiting", "", None
            self.due_at, self.told_at, self.attempts = at, at, 0
            self._tell(self.id)

    @classmethod
    def dead(cls, *, at: datetime) -> Sequence[Job]:
        """Jobs whose worker has not been heard of."""
        silent = and_(cls.state == "running", cls.beat_at < at - STALE)
        return db.session.scalars(select(cls).where(silent)).all()

    def revive(self, *, at: datetime) -> None:
        """Give a dead worker’s job back to the others, or give it up."""
        if self.attempts >= MOST_DEATHS:
            self.fail(DIED, at=at)
        else:
            self.postpone(self.reason, until=at)

    @classmethod
    def let_go(cls, *, at: datetime) -> Delete | None:
        """How to delete what ended long ago, if there is any; a binder keeps its job beside it."""
        held = select(Model.metadata.tables["binders"].c.job_id)
        old = and_(
            cls.state.in_(("done", "failed", "canceled")),
            cls.due_at < at - KEPT,
            cls.ended_at < at - KEPT,
            cls.id.not_in(held),
        )
        if db.session.scalar(select(cls.id).where(old).limit(1)) is None:
            return None
        return delete(cls).where(old)

    @classmethod
    def untold(cls, *, at: datetime) -> list[UUID]:
        """Jobs that are due and of which no queue was told lately."""
        forgotten = or_(cls.told_at.is_(None), cls.told_at < at - TOLD_AGAIN)
        due = select(cls.id).where(cls.state == "waiting", cls.due_at <= at, forgotten)
        return list(db.session.scalars(due.order_by(cls.due_at, cls.id).limit(500)))

    @classmethod
    def waiting(cls, *, at: datetime) -> list[UUID]:
        """Jobs that are due, whoever knows of them."""
        due = select(cls.id).where(cls.state == "waiting", cls.due_at <= at)
        return list(db.session.scalars(due.order_by(cls.due_at, cls.id)))

    @classmethod
    def told(cls, job_ids: Sequence[UUID], *, at: datetime) -> None:
        """Remember that a queue knows."""
        db.session.execute(update(cls).where(cls.id.in_(job_ids)).values(told_at=at))
