"""Phases of mastery and the plan: private to these two, from evidence, moved with a reason."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from blueprints.coaching.board import bp, looked
from blueprints.coaching.forms import PhaseForm, PlanForm, as_id
from blueprints.kit.access import can, now, person, today
from blueprints.kit.load import find, load
from models.coaching import Caseload, PhaseMove, PlanPart
from models.coaching.together import Phase, phases
from models.look_for import LookForSet


@bp.get("/<uuid:caseload_id>/phases")
@can("see-coaching")
def all_phases(caseload_id: UUID) -> str:
    """Where each look-for stands, by the evidence of visits that both may read."""
    caseload = find(Caseload.readable_by(person()), id=caseload_id)
    looked(caseload)
    return render_template(
        "coaching/phases.html",
        caseload=caseload,
        sets=phases(caseload, person()),
        teacher=caseload.teacher_id == person().id,
    )


@bp.get("/<uuid:caseload_id>/phases/<uuid:phase_id>")
@can("see-coaching")
def one_phase(caseload_id: UUID, phase_id: UUID) -> str:
    """One look-for: what each phase looks like, the evidence, and the teacher’s own word."""
    caseload = find(Caseload.readable_by(person()), id=caseload_id)
    looked(caseload)
    return _phase(caseload, _find_phase(caseload, phase_id), PhaseForm(formdata=None))


def _find_phase(caseload: Caseload, phase_id: UUID) -> Phase:
    every = (one for _, some in phases(caseload, person()) for one in some)
    found = next((one for one in every if one.look_for.id == phase_id), None)
    if found is None:
        abort(404)
    return found


def _phase(caseload: Caseload, phase: Phase, form: PhaseForm) -> str:
    return render_template(
        "coaching/phase.html",
        caseload=caseload,
        phase=phase,
        form=form,
        teacher=caseload.teacher_id == person().id,
        zone=person().district.zone,
    )


@bp.post("/<uuid:caseload_id>/phases/<uuid:phase_id>")
@can("move-phase")
def move(caseload_id: UUID, phase_id: UUID) -> Response | tuple[str, int]:
    """The teacher moves it, and says why."""
    rows = Caseload.editable_by(person()).where(Caseload.teacher_id == person().id)
    caseload = find(rows, id=caseload_id)
    phase, form = _find_phase(caseload, phase_id), PhaseForm()
    if not form.validate():
        return _phase(caseload, phase, form), 422
    reason = form.reason.data.strip()
    PhaseMove.move(caseload, phase.look_for, form.phase.data, reason, by=person(), at=now())
    flash("Moved. Your reason stands beside the evidence.")
    return redirect(url_for("coaching.all_phases", caseload_id=caseload.id))


@bp.get("/<uuid:caseload_id>/plan")
@can("see-coaching")
def plan(caseload_id: UUID) -> str:
    """The phases of the plan; the one of today is open with its resource."""
    caseload = find(Caseload.readable_by(person()), id=caseload_id)
    looked(caseload)
    return _plan(caseload, _plan_form(None))


def _plan_form(part: PlanPart | None) -> PlanForm:
    """An empty form, or a part as it stands."""
    if part is None:
        return PlanForm(formdata=None)
    said = {
        "plan": part.text,
        "look_for": str(part.look_for_id or ""),
        "begins_on": part.begins_on,
        "ends_on": part.ends_on,
        "resource": part.resource,
    }
    return PlanForm(formdata=None, data=said)


def _plan(caseload: Caseload, form: PlanForm, part: PlanPart | None = None) -> str:
    form.look_for.choices = _look_fors()
    return render_template(
        "coaching/plan.html",
        caseload=caseload,
        parts=load(PlanPart.of(caseload)),
        form=form,
        part=part,
        teacher=caseload.teacher_id == person().id,
        today=today(),
    )


def _look_fors() -> list[tuple[str, str]]:
    every = [one for s in load(LookForSet.visible_to(person())) for one in s.look_fors]
    return [("", "None in particular"), *((str(one.id), one.statement) for one in every)]


def _said(form: PlanForm) -> dict[str, object]:
    """What the form holds; an empty resource is the look-for’s own."""
    chosen = as_id(form.look_for.data)
    sets = load(LookForSet.visible_to(person()))
    look_for = next((one for s in sets for one in s.look_fors if one.id == chosen), None)
    own = (form.resource.data or "").strip()
    return {
        "text": form.plan.data.strip(),
        "look_for_id": look_for.id if look_for else None,
        "begins_on": form.begins_on.data,
        "ends_on": form.ends_on.data,
        "resource": own or (look_for.resource if look_for else ""),
    }


@bp.post("/<uuid:caseload_id>/plan")
@can("keep-coaching")
def add(caseload_id: UUID) -> Response | tuple[str, int]:
    """Put a phase into the plan."""
    caseload = find(Caseload.editable_by(person()), id=caseload_id)
    form = PlanForm()
    if not form.validate():
        return _plan(caseload, form), 422
    PlanPart.add(caseload, _said(form), by=person(), at=now())
    flash("The phase is in the plan.")
    return redirect(url_for("coaching.plan", caseload_id=caseload.id))


@bp.get("/plan/<uuid:part_id>")
@can("keep-coaching")
def part(part_id: UUID) -> str:
    """One phase of the plan, to adjust it."""
    part = find(PlanPart.editable_by(person()), id=part_id)
    return _plan(_caseload(part), _plan_form(part), part)


def _caseload(part: PlanPart) -> Caseload:
    return find(Caseload.editable_by(person()), id=part.caseload_id)


@bp.post("/plan/<uuid:part_id>")
@can("keep-coaching")
def adjust(part_id: UUID) -> Response | tuple[str, int]:
    """Change its words, its days or its resource."""
    part = find(PlanPart.editable_by(person()), id=part_id)
    form = PlanForm()
    if not form.validate():
        return _plan(_caseload(part), form, part), 422
    part.adjust(_said(form), by=person(), at=now())
    flash("The plan is adjusted.")
    return redirect(url_for("coaching.plan", caseload_id=part.caseload_id))


@bp.post("/plan/<uuid:part_id>/drop")
@can("keep-coaching")
def drop(part_id: UUID) -> Response:
    """Take a phase out of the plan."""
    part = find(PlanPart.editable_by(person()), id=part_id)
    part.drop(by=person(), at=now())
    flash("The phase is out of the plan.")
    return redirect(url_for("coaching.plan", caseload_id=part.caseload_id))
