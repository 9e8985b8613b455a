"""What stands beside students' voice: the visits of that class that its reader may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from models.base import db
from models.district import District
from models.feedback import Feedback
from models.look_for import LookFor, LookForSet
from models.person import Person
from models.report import shown
from models.self_view import SelfView
from models.voice.sheet import VoiceSheet
from models.walkthrough import Walkthrough
from rules.feedback.report import Report
from rules.self_view import MARKS, Voices, heard

NEAR = timedelta(days=30)
"""What interests students is asked once; a visit this near stands beside it."""
INTERESTS = "interests"
"""The look-for set to be read beside what students say of their interests."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One visit that may stand beside the students' own answers."""

    feedback: Feedback
    report: Report
    own: SelfView | None
    day: date
    interests: Sequence[tuple[str, str]]
    """Look-fors about interests and how they were marked, in words."""

    @property
    def heard(self) -> Voices:
        """What students said when the observer asked them."""
        return heard(self.report)

    @property
    def asked(self) -> bool:
        """Whether the observer asked anybody."""
        return bool(self.report.students)


def beside(sheet: VoiceSheet, person: Person) -> list[Beside]:
    """Visits of this class near its day that this person may read and the teacher has opened.

    Unopened, what the observer marked would be told before the teacher’s own view.
    """
    zone = person.district.zone
    rows = Feedback.visible_to(person).where(
        Walkthrough.class_id == sheet.class_id,
        Walkthrough.teacher_id == sheet.teacher_id,
        Feedback.opened_at.is_not(None),
    )
    found = []
    for feedback in db.session.scalars(rows).unique():
        began = feedback.walkthrough.started_at
        if began and abs(began.astimezone(zone).date() - sheet.day) <= NEAR:
            found.append(_beside(feedback, person, began.astimezone(zone).date()))
    return found


def _beside(feedback: Feedback, person: Person, day: date) -> Beside:
    version = feedback.shared
    assert version is not None  # only what is shared was ever opened
    report = shown(feedback, version, District.get(person.district_id))
    return Beside(feedback, report, SelfView.of(feedback, person), day, _interests(report))


def _interests(report: Report) -> list[tuple[str, str]]:
    marks = {UUID(key): mark for key, mark in report.marks}
    rows = (
        select(LookFor)
        .join(LookForSet, LookForSet.id == LookFor.set_id)
        .where(LookForSet.key == INTERESTS, LookFor.id.in_(marks))
        .order_by(LookFor.position)
    )
    return [
        (one.statement, MARKS.get(marks[one.id], marks[one.id])) for one in db.session.scalars(rows)
    ]


def of_visit(walk: Walkthrough, person: Person) -> VoiceSheet | None:
    """The results of the same class on the day of a visit, if this person may see them."""
    if walk.started_at is None or walk.class_id is None:
        return None
    day = walk.started_at.astimezone(person.district.zone).date()
    rows = VoiceSheet.visible_to(person).where(
        VoiceSheet.class_id == walk.class_id,
        VoiceSheet.teacher_id == walk.teacher_id,
        VoiceSheet.day == day,
        VoiceSheet.closed_on.is_not(None),
    )
    sheet = db.session.scalar(rows)
    return sheet if sheet and sheet.result else None
