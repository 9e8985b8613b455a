"""One's own visits from the other sides: what teachers who shared their view saw, and students."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row

from models.base import db
from models.look_for import look_for_keys
from models.self_view import SelfView
from models.trends.fact import Fact
from models.trends.marked import Marked
from models.trends.reading import lines
from models.voice import VoiceSheet
from rules.trends.gaps import Answered, Gap, answered, gaps

if TYPE_CHECKING:
    from models.person import Person

Lesson = tuple[UUID | None, UUID, date]
"""A class, who taught it, and the day."""


@dataclass(frozen=True)
class Sides:
    """Look-fors as visitor and teacher saw them, and questions as teacher and students did."""

    gaps: Sequence[Gap] = ()
    answered: Sequence[Answered] = ()
    sheets: Sequence[VoiceSheet] = ()
    """The students' results behind it: their teachers see who looked."""


def sides(person: Person, where: Iterable[ColumnElement[bool]]) -> Sides:
    """The visits of which a teacher shared her own view, and what of their students is open too."""
    rows = (
        SelfView.visible_to(person)
        .join(Fact, Fact.walkthrough_id == SelfView.walkthrough_id)
        .join(Marked, Marked.walkthrough_id == Fact.walkthrough_id)
        .where(SelfView.shared_with(person), *where)
        .with_only_columns(
            Marked.marks.label("seen"), SelfView.marks, SelfView.answers, Fact.class_id
        )
        .add_columns(Fact.teacher_id, Fact.started_at)
    )
    views = db.session.execute(rows).all()
    if not views:
        return Sides()
    sheets = _sheets(person, {view.class_id for view in views if view.class_id})
    # by lesson: of two visits to one, students count once
    met = {lesson: view for view in views if (lesson := _lesson(view, person)) in sheets}
    pairs = [
        (view.answers, result.told)
        for lesson, view in met.items()
        if (result := sheets[lesson].result)
    ]
    return Sides(
        gaps(lines(person), _marks(views)), answered(pairs), [sheets[lesson] for lesson in met]
    )


def _marks(views: Sequence[Row[Any]]) -> list[tuple[Mapping[str, str], Mapping[str, str]]]:
    """The visitor's marks of each visit and the teacher's, by what look-fors are called."""
    keys = look_for_keys({look_for for view in views for look_for in view.marks})
    return [
        (view.seen, {keys[one]: mark for one, mark in view.marks.items() if one in keys})
        for view in views
    ]


def _lesson(view: Row[Any], person: Person) -> Lesson:
    day = view.started_at.astimezone(person.district.zone).date()
    return view.class_id, view.teacher_id, day


def _sheets(person: Person, class_ids: Collection[UUID]) -> dict[Lesson, VoiceSheet]:
    """The results of these classes that were shared with somebody, as decision 34 allows."""
    rows = VoiceSheet.visible_to(person).where(
        VoiceSheet.class_id.in_(class_ids), VoiceSheet.closed_on.is_not(None)
    )
    return {
        (sheet.class_id, sheet.teacher_id, sheet.day): sheet
        for sheet in db.session.scalars(rows)
        if sheet.result
    }
