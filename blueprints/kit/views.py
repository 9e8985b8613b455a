"""The view log: one row when the answer is out, which the teacher can see."""

from __future__ import annotations

from uuid import UUID

from blueprints.kit.access import now, person
from blueprints.kit.transaction import after_answer
from models.view import View


def note_view(subject_id: UUID, *owners: UUID | None) -> None:
    """Write down that somebody looked, unless it is one of those whose own it is."""
    reader, at = person().id, now()
    if reader not in owners:
        after_answer(lambda: View.note(subject_id, reader, at=at))
