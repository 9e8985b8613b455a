"""Feedback of one visit: who reads it, and the verbs of the loop from draft to answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Date,
    ForeignKey,
    Select,
    and_,
    insert,
    or_,
    select,
)
from sqlalchemy.orm import (
    Mapped,
    contains_eager,
    mapped_column,
    relationship,
    selectinload,
)

from models.act import Act, NotNow
from models.base import Model, db, new_id
from models.district import District
from models.feedback.version import FeedbackVersion, Reply
from models.job import Job
from models.person import Person
from models.step import Step
from models.trends.fact import Fact
from models.walkthrough import Walkthrough

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules.feedback import Sentence


class FirstDraft(NamedTuple):
    """What the rules say of a visit, and the last day to share it."""

    walk: Walkthrough
    sentences: Sequence[Sentence]
    share_by: date | None
    made_at: datetime


class Feedback(Model):
    """What an observer tells a teacher after a visit, and how the teacher answers."""

    __tablename__ = "feedback"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    walkthrough_id: Mapped[UUID] = mapped_column(ForeignKey("walkthroughs.id"), unique=True)
    made_at: Mapped[datetime]
    share_by: Mapped[date | None] = mapped_column(Date)
    share_at: Mapped[datetime | None]
    shared_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]

    walkthrough: Mapped[Walkthrough] = relationship(lazy="raise")
    versions: Mapped[list[FeedbackVersion]] = relationship(
        lazy="raise", order_by="FeedbackVersion.number", cascade="all, delete-orphan"
    )
    replies: Mapped[list[Reply]] = relationship(
        lazy="raise", order_by="Reply.made_at", cascade="all, delete-orphan"
    )

    @classmethod
    def whole(cls) -> Select[tuple[Feedback]]:
        """Feedback with its visit, versions and replies."""
        walk = contains_eager(cls.walkthrough)
        return (
            select(cls)
            .join(cls.walkthrough)
            .options(
                walk.joinedload(Walkthrough.observer),
                walk.joinedload(Walkthrough.teacher),
                walk.joinedload(Walkthrough.school_class),
                walk.joinedload(Walkthrough.check),
                selectinload(cls.versions),
                selectinload(cls.replies).joinedload(Reply.author),
            )
            .where(Walkthrough.retracted_at.is_(None))
            .order_by(Walkthrough.started_at.desc(), cls.id.desc())
        )

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[Feedback]]:
        """Shared feedback of the visits somebody may open; the author's own at any time."""
        shared = cls.shared_at.is_not(None)
        return cls.whole().where(
            or_(Walkthrough.own(person), and_(Walkthrough.open_to(person), shared))
        )

    @classmethod
    def editable_by(cls, person: Person) -> Select[tuple[Feedback]]:
        """The author's own."""
        return cls.whole().where(Walkthrough.own(person), Walkthrough.own_act(person))

    @classmethod
    def answerable_by(cls, person: Person) -> Select[tuple[Feedback]]:
        """Shared with this teacher."""
        return cls.whole().where(Walkthrough.teacher_id == person.id, cls.shared_at.is_not(None))

    @classmethod
    def of_visits(cls, walkthrough_ids: Iterable[UUID]) -> dict[UUID, Feedback]:
        """What was made of these visits so far, by visit."""
        wanted = list(walkthrough_ids)
        if not wanted:
            return {}
        rows = select(cls).options(selectinload(cls.versions)).where(cls.walkthrough_id.in_(wanted))
        return {one.walkthrough_id: one for one in db.session.scalars(rows)}

    @property
    def shared(self) -> FeedbackVersion | None:
        """The version the teacher reads now."""
        return next((v for v in reversed(self.versions) if v.shared_at), None)

    @property
    def draft(self) -> FeedbackVersion | None:
        """The version being written, if any."""
        return self.versions[-1] if self.versions and not self.versions[-1].shared_at else None

    @property
    def requests(self) -> list[Reply]:
        """Corrections the teacher asked for that nobody has answered."""
        return [one for one in self.replies if one.kind == "correction" and not one.answered_at]

    @property
    def state(self) -> str:
        """draft, shared, opened, acknowledged: how far the loop has come."""
        if self.shared_at is None:
            return "draft"
        if self.acknowledged_at:
            return "acknowledged"
        return "opened" if self.opened_at else "shared"

    @classmethod
    def begin(cls, drafts: Sequence[FirstDraft]) -> None:
        """First drafts for visits: rows, not objects, since a batch brings many at once."""
        kept = [
            {
                "id": new_id(),
                "walkthrough_id": draft.walk.id,
                "made_at": draft.made_at,
                "share_by": draft.share_by,
            }
            for draft in drafts
        ]
        versions = [
            {
                "id": new_id(),
                "feedback_id": row["id"],
                "number": 1,
                "sentences": [sentence.as_dict() for sentence in draft.sentences],
                "reason": "",
                "author_id": draft.walk.observer_id,
                "made_at": draft.made_at,
            }
            for draft, row in zip(drafts, kept, strict=True)
        ]
        if kept:
            db.session.execute(insert(cls), kept)
            db.session.execute(insert(FeedbackVersion), versions)

    def draft_anew(self, sentences: Iterable[Sentence]) -> None:
        """What nobody has touched yet says what came since."""
        if self.draft is not None and self.draft.untouched:
            self.draft.sentences = [sentence.as_dict() for sentence in sentences]

    def write(self, sentences: list[dict[str, Any]], *, by: Person, at: datetime) -> None:
        """Keep the author's words in the draft."""
        draft = self.draft
        if draft is None:
            raise NotNow("This feedback is shared. Start a correction to change its words.")
        draft.sentences = sentences
        draft.edited_at = at
        draft.author_id = by.id

    def share(self, frozen: dict[str, object], *, by: Person, at: datetime) -> None:
        """Let the teacher read the draft. `frozen` is everything the page and the PDF show."""
        draft = self._ready()
        draft.shared_at = at
        draft.frozen = frozen
        self.share_at = None
        self.shared_at = self.shared_at or at
        self.walkthrough.shared_at = self.walkthrough.shared_at or at
        Fact.follow(self.walkthrough, District.get(by.district_id))
        # what was read and agreed to was the version before
        self.acknowledged_at = None
        for request in self.requests:
            request.answered_at, request.answered_in = at, draft.number
        step = next((one for one in draft.sentences if one["slot"] == "step"), None)
        Step.from_feedback(self.walkthrough, step, by=by, at=at)
        Act.record("share feedback", self.id, by=by, at=at, of=draft.sentences)

    def _ready(self) -> FeedbackVersion:
        draft = self.draft
        if draft is None:
            raise NotNow("This feedback is shared already. Nothing was sent twice.")
        if not any(sentence["text"].strip() for sentence in draft.sentences):
            raise NotNow("There is nothing to share yet. Write at least one sentence.")
        return draft

    def share_later(self, due: datetime, *, by: Person, at: datetime) -> None:
        """Share the draft by itself when `due` comes, as it stands then."""
        self._ready()
        self.share_at = due
        Job.put("share", self.id, key=due.isoformat(), by=by, at=at, due=due)
        Act.record("set a time to share feedback", self.id, by=by, at=at, of=due.isoformat())

    def hold_back(self, *, by: Person, at: datetime) -> None:
        """Do not share it by itself after all."""
        if self.share_at is None:
            raise NotNow("No time is set for sharing this feedback.")
        self.share_at = None
        Act.record("hold feedback back", self.id, by=by, at=at)

    def take_back(self, *, by: Person, at: datetime) -> None:
        """Undo a first share, until the teacher has opened it."""
        shared = self.shared
        if shared is None or len(self.versions) > 1:
            raise NotNow("Only a first version can be taken back. Start a correction instead.")
        if self.opened_at:
            raise NotNow("The teacher has opened it already. Start a correction instead.")
        shared.shared_at = None
        shared.frozen = None
        self.shared_at = None
        self.walkthrough.shared_at = None
        Fact.follow(self.walkthrough, District.get(by.district_id))
        Step.take_back(self.walkthrough)
        Act.record("take back feedback", self.id, by=by, at=at)

    def correct(self, reason: str, *, by: Person, at: datetime) -> None:
        """Begin a new version; the one before stays, and stays readable."""
        shared = self.shared
        if shared is None or self.draft is not None:
            raise NotNow("There is a draft already. Change its words and share it.")
        self.versions.append(
            FeedbackVersion(
                number=shared.number + 1,
                sentences=[dict(sentence) for sentence in shared.sentences],
                reason=reason,
                author_id=by.id,
                made_at=at,
            )
        )
        Act.record("correct feedback", self.id, by=by, at=at, of=reason)

    def open(self, *, by: UUID, at: datetime) -> None:
        """The teacher has it on the screen."""
        if self.opened_at is None and by == self.walkthrough.teacher_id:
            self.opened_at = at
            Fact.hear(self.walkthrough_id, answered=False)

    def acknowledge(self, *, by: Person, at: datetime) -> None:
        """The teacher has read it, and has not necessarily agreed."""
        if self.acknowledged_at is None:
            self.opened_at = self.opened_at or at
            self.acknowledged_at = at
            Fact.hear(self.walkthrough_id, answered=False)
            Act.record("acknowledge feedback", self.id, by=by, at=at)

    def reply(self, text: str, *, kind: str, by: Person, at: datetime) -> None:
        """The teacher answers, or adds what the visitor could not see; both acknowledge."""
        self.acknowledge(by=by, at=at)
        self._say(text, kind, by=by, at=at)

    def answer(self, text: str, *, by: Person, at: datetime) -> None:
        """The author answers a request for a correction in words, without a new version."""
        if not self.requests:
            raise NotNow("No request for a correction waits for an answer.")
        for request in self.requests:
            request.answered_at = at
        self._say(text, "answer", by=by, at=at)

    def _say(self, text: str, kind: str, *, by: Person, at: datetime) -> None:
        self.replies.append(Reply(author_id=by.id, kind=kind, text=text, made_at=at, author=by))
        Fact.hear(self.walkthrough_id, answered=True)
        Act.record(f"add {kind}", self.id, by=by, at=at, of=text)
