"""A path for every rule: rows that exist, by the name of the place in the address they fill.

A route with a place of a new name adds one line to `places`; every test of trust then goes there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import select

from blueprints.kit import access
from interchange.framework import read
from models.alignment import Alignment
from models.base import db
from models.binder import Binder, BinderPage
from models.coaching import Caseload, CoachingNote, PlanPart
from models.district import District, School
from models.event import EventAside
from models.feedback import Feedback
from models.focus_set import Choice, FocusSet
from models.framework import Component, Framework, FrameworkUpload
from models.framework.versions import bring
from models.look_for import LookForSet
from models.plan import Plan, Wish
from models.sealed import SealedAside
from models.sign_in import SignIn
from models.stance import Stance
from models.step import Step
from models.trends.alert import TrendAlert
from models.trends.published import TrendPeriod
from models.trends.view import TrendView
from rules.calendar import Term
from rules.trends import Limits
from tests.cast import Cast, named
from tests.page import Visitor
from tests.sealing import seal, told
from tests.voice import sheet_told_to_all
from tests.walk import Phone

Visit = Callable[..., Visitor]

OF_A_DRAFT = ("/edit", "/rights", "/components", "/publish", "/discard")
"""Routes that answer for a draft only."""


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
    sign_in = SignIn.of(cast.principal, at=access.now())
    device = db.session.scalars(sign_in).first()
    assert device is not None
    grant = cast.teacher.grants[0]
    own, upload = own_framework(cast)
    look_for = cast.look_for("BL01")
    draft = _draft(cast)
    left_out = draft.look_fors[-1]
    draft.leave_out(left_out, by=cast.lead, at=access.now())
    component = db.session.scalars(
        select(Alignment.component_id)
        .join(Component, Component.id == Alignment.component_id)
        .where(Alignment.look_for_id == look_for.id, Component.framework_id == cast.framework.id)
    ).first()
    stance, focus = _decided(cast)
    db.session.commit()
    principal.post(f"/schools/{named('lincoln')}/room-codes")
    plan, wish, binder = before_and_after(visit, cast)
    lincoln = db.session.get_one(School, named("lincoln"))
    alert = TrendAlert.ask(lincoln, 3, by=cast.principal, at=access.now())
    view = TrendView.save("Fall", {"by": "month"}, by=cast.principal, at=access.now())
    close_a_term(cast.principal.district)
    principal.sync(
        {
            "device": "phone-1",
            "events": [{"kind": "unknown"}],
            "sealed": [seal(told(principal, "phone-1"), [], key_id=str(named("no key")))],
        }
    )
    [stuck] = db.session.scalars(EventAside.visible_to(cast.principal))
    [sealed] = db.session.scalars(SealedAside.visible_to(cast.principal))
    begun = Phone()
    begun.start(cast)
    principal.sync(begun.batch())
    return {
        # what stands in a draft, for the routes that answer for a draft only
        "draft <uuid:framework_id>": own.id,
        "draft <uuid:component_id>": own.components[0].id,
        "<uuid:open_id>": begun.walk,
        "<uuid:aside_id>": stuck.id,
        "<uuid:sealed_id>": sealed.id,
        "<uuid:sign_in_id>": device.id,
        "<token>": "not-a-token",
        "<ticket>": "not-a-ticket",
        "<uuid:sheet_id>": sheet_told_to_all(cast).id,
        "<uuid:walkthrough_id>": phone.walk,
        "<uuid:feedback_id>": feedback.id,
        "<uuid:person_id>": named("okafor"),
        "<uuid:grant_id>": grant.id,
        "<uuid:framework_id>": cast.framework.id,
        "<uuid:upload_id>": upload.id,
        "<uuid:set_id>": look_for.set_id,
        "<uuid:draft_id>": draft.id,
        "<uuid:look_for_id>": draft.look_fors[0].id,
        "<uuid:left_out_id>": cast.look_for("WO03").id,
        "<uuid:tied_id>": look_for.id,
        "<uuid:component_id>": component,
        "<uuid:stance_id>": stance.id,
        "<uuid:focus_id>": focus.id,
        "<key>": "core-four",
        "<audience>": "staff",
        "<uuid:school_id>": named("lincoln"),
        "<uuid:plan_id>": plan.id,
        "<uuid:wish_id>": wish.id,
        "<uuid:binder_id>": binder.id,
        "<shelf>": "core-four",
        "<code>": "BL01",
        "<uuid:alert_id>": alert.id,
        "<uuid:view_id>": view.id,
    }


def before_and_after(visit: Visit, cast: Cast) -> tuple[Plan, Wish, Binder]:
    """The principal’s plan and full binder, and the teacher’s wish."""
    principal = visit(cast.principal)
    plan = {"teacher": str(named("okafor")), "purpose": "walkthrough", "day": "2099-10-14"}
    assert principal.post("/plans", plan).status == 302
    assert visit(cast.teacher).post("/wishes", {"text": "Who talks last"}).status == 302
    with db.session.begin_nested():
        term = Term("Fall 2026", date(2026, 8, 1), date(2026, 12, 31))
        binder = Binder.make(term, by=cast.principal, paper="letter", at=access.now())
        assert binder is not None
        binder.job.state = "done"
        BinderPage.note(binder.id, 0, digest=b"of a print")
    db.session.commit()
    plans = db.session.scalars(Plan.of_visitor(cast.principal)).one()
    return plans, db.session.scalars(Wish.visible_to(cast.teacher)).one(), binder


def close_a_term(district: District) -> None:
    """A term of which nothing could be shown is enough for a file."""
    TrendPeriod.claim(district, "2026-spring", Limits(), at=access.now())
    db.session.commit()


def own_framework(cast: Cast) -> tuple[Framework, FrameworkUpload]:
    """A draft without rights, and a file that the lead uploaded and nobody accepted."""
    brought = read(b"Code,Name\n1,Planning\n1a,Goals\n", "rubric.csv")
    draft = bring(brought, cast.lead.district, by=cast.lead, at=access.now())
    upload = FrameworkUpload.keep(brought, "rubric.csv", by=cast.lead, at=access.now())
    db.session.commit()
    return draft, upload


def _draft(cast: Cast) -> LookForSet:
    """The next version of the watch-outs, begun by the coach."""
    watch_outs = db.session.scalars(
        LookForSet.visible_to(cast.coach).where(LookForSet.key == "watch-outs")
    ).one()
    return watch_outs.next_draft(by=cast.coach, at=access.now())


def _decided(cast: Cast) -> tuple[Stance, FocusSet]:
    """What Lincoln’s principal decided about a component, and what she looks for this fall."""
    stance = Stance.take(
        cast.framework.components[5],
        "refrain",
        unit="",
        reason="Talk first.",
        school_id=named("lincoln"),
        by=cast.principal,
        at=access.now(),
    )
    fall = Choice("Fall", date(2026, 9, 1), date(2026, 12, 1), ["core-four BL01"], named("lincoln"))
    return stance, FocusSet.choose(fall, by=cast.principal, at=access.now())


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
        "<uuid:phase_id>": cast.look_for("DP01").id,
        "<uuid:caseload_id>": caseload.id,
        "<uuid:step_id>": step.id,
        "<uuid:note_id>": note.id,
        "<uuid:part_id>": part.id,
    }


def path_of(rule: str, filled: Mapping[str, object]) -> str:
    """The address of a rule with its places filled."""
    path = rule
    if any(part in rule for part in OF_A_DRAFT):
        for name in ("<uuid:framework_id>", "<uuid:component_id>"):
            path = path.replace(name, str(filled[f"draft {name}"]))
    for name, value in filled.items():
        path = path.replace(name, str(value))
    assert "<" not in path, f"{rule}: say in tests/trust/paths.py what fills its places"
    return path
