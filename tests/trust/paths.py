"""A path for every rule: rows that exist, by the name of the place in the address they fill.

A route with a place of a new name adds one line to `places`; every test of trust then goes there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from blueprints.kit import access
from models.base import db
from models.coaching import Caseload, CoachingNote, PlanPart
from models.feedback import Feedback
from models.sign_in import SignIn
from models.step import Step
from tests.cast import Cast, named
from tests.page import Visitor
from tests.walk import Phone

Visit = Callable[..., Visitor]


def places(visit: Visit, cast: Cast) -> dict[str, object]:
    """What fills each place: a visit of the principal, shared, and one coaching."""
    return in_the_open(visit, cast) | in_coaching(cast)


def in_the_open(visit: Visit, cast: Cast) -> dict[str, object]:
    """Rows of everything but coaching."""
    phone = Phone()
    phone.whole_visit(cast)
    principal = visit(cast.principal)
    principal.sync(phone.batch())
    feedback = db.session.scalars(Feedback.editable_by(cast.principal)).unique().one()
    principal.post(f"/feedback/{feedback.id}/share", {"places-0-text": "Students compared ways."})
    device = db.session.scalars(SignIn.of(cast.principal, at=access.now())).first()
    assert device is not None
    principal.post(f"/schools/{named('lincoln')}/room-codes")
    look_for = cast.look_for("BL01")
    return {
        "<uuid:sign_in_id>": device.id,
        "<token>": "not-a-token",
        "<uuid:walkthrough_id>": phone.walk,
        "<uuid:feedback_id>": feedback.id,
        "<uuid:person_id>": named("okafor"),
        "<uuid:grant_id>": cast.teacher.grants[0].id,
        "<uuid:framework_id>": cast.framework.id,
        "<uuid:set_id>": look_for.set_id,
        "<uuid:look_for_id>": look_for.id,
        "<uuid:school_id>": named("lincoln"),
    }


def in_coaching(cast: Cast) -> dict[str, object]:
    """One coaching with a step, a plan, and a note that is the coach’s own."""
    coach, at = cast.coach, access.now()
    caseload = db.session.scalars(Caseload.editable_by(coach)).unique().one()
    on = date(2027, 1, 12)
    step = Step.agree(
        caseload, "One pair stop", look_for_id=None, due_on=on, due_at=None, by=coach, at=at
    )
    note = CoachingNote.write(caseload, "For myself", shared=False, by=coach, at=at)
    said = {"text": "Talk first", "begins_on": on, "ends_on": on, "resource": ""}
    part = PlanPart.add(caseload, said, by=coach, at=at)
    db.session.commit()
    return {
        "<uuid:caseload_id>": caseload.id,
        "<uuid:step_id>": step.id,
        "<uuid:note_id>": note.id,
        "<uuid:part_id>": part.id,
    }


def path_of(rule: str, filled: Mapping[str, object]) -> str:
    """The address of a rule with its places filled."""
    path = rule
    for name, value in filled.items():
        path = path.replace(name, str(value))
    assert "<" not in path, f"{rule}: say in tests/trust/paths.py what fills its places"
    return path
