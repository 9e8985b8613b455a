"""The life of a version: published, made the district’s own, cloned for next year, thrown away."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from blueprints.frameworks.forms import RightsForm, VersionForm
from blueprints.frameworks.place import bp
from blueprints.kit.access import can, now, person
from blueprints.kit.errors import refuse
from blueprints.kit.load import find
from models.framework import Framework
from models.framework import versions as life
from rules.framework.brought import rights_from


@bp.get("/<uuid:framework_id>/publish")
@can("edit-framework")
def review(framework_id: UUID) -> str:
    """What publishing would change, before it does."""
    draft = find(Framework.editable_by(person()), id=framework_id)
    before = life.before_of(draft)
    return render_template(
        "frameworks/review.html",
        framework=draft,
        before=before,
        changes=life.changes_of(before, draft) if before else None,
        lost=life.left_without(before or life.own_before(draft), draft),
    )


@bp.post("/<uuid:framework_id>/publish")
@can("edit-framework")
def publish(framework_id: UUID) -> Response:
    """Let everybody read it; its words are fixed from now on."""
    draft = find(Framework.editable_by(person()), id=framework_id)
    try:
        life.publish(draft, by=person(), at=now())
    except life.CannotPublish as reason:
        raise refuse(409, str(reason)) from None
    flash(f"{draft.name}, version {draft.version}, is published.")
    return redirect(url_for("frameworks.show", framework_id=draft.id))


@bp.post("/<uuid:framework_id>/adopt")
@can("edit-framework")
def adopt(framework_id: UUID) -> Response:
    """Make a published version the district’s own: the next visits begin with it."""
    framework = _in_use(find(Framework.listed_for(person()), id=framework_id))
    life.adopt(framework, by=person(), at=now())
    flash(f"{framework.name}, version {framework.version}, is now your district’s framework.")
    return redirect(url_for("frameworks.show", framework_id=framework.id))


def _in_use(framework: Framework) -> Framework:
    if framework.draft:
        raise refuse(409, "This is a draft. Publish it first.")
    return framework


@bp.get("/<uuid:framework_id>/next")
@can("edit-framework")
def next_version(framework_id: UUID) -> str:
    """What the next version is to be called."""
    framework = _in_use(find(Framework.listed_for(person()), id=framework_id))
    return render_template("frameworks/next.html", framework=framework, form=VersionForm())


@bp.post("/<uuid:framework_id>/next")
@can("edit-framework")
def clone(framework_id: UUID) -> tuple[str, int] | Response:
    """A draft with the same words, alignments and decisions."""
    framework = _in_use(find(Framework.exportable_by(person()), id=framework_id))
    form = VersionForm()
    sound = form.validate_on_submit()
    version = " ".join((form.version.data or "").split())
    if sound and life.taken(framework.district_id, framework.key, version):
        form.version.errors = [f"Version {version} is here already. Give it another name."]
        sound = False
    if not sound:
        return render_template("frameworks/next.html", framework=framework, form=form), 422
    draft = life.clone(framework, version, by=person(), at=now())
    flash("A draft with the same words, ties and decisions. Change what is new, then publish it.")
    return redirect(url_for("frameworks.show", framework_id=draft.id))


@bp.get("/<uuid:framework_id>/rights")
@can("edit-framework")
def rights(framework_id: UUID) -> str:
    """Who may use a draft."""
    draft = find(Framework.editable_by(person()), id=framework_id)
    form = RightsForm(data=draft.rights if draft.rights_stated else {})
    return render_template("frameworks/rights.html", framework=draft, form=form)


@bp.post("/<uuid:framework_id>/rights")
@can("edit-framework")
def state_rights(framework_id: UUID) -> tuple[str, int] | Response:
    """Say who may use it."""
    draft = find(Framework.editable_by(person()), id=framework_id)
    form = RightsForm()
    if not form.validate_on_submit():
        return render_template("frameworks/rights.html", framework=draft, form=form), 422
    stated = rights_from(
        draft.name,
        holder=form.holder.data,
        licence=form.licence.data,
        basis=form.basis.data,
        notice=form.required_notice.data or "",
        source_url=draft.rights.get("source_url"),
        on=now().astimezone(person().district.zone).date(),
    )
    life.state_rights(draft, stated, by=person(), at=now())
    return redirect(url_for("frameworks.show", framework_id=draft.id))


@bp.post("/<uuid:framework_id>/discard")
@can("edit-framework")
def discard(framework_id: UUID) -> Response:
    """Throw a draft away."""
    draft = find(Framework.editable_by(person()), id=framework_id)
    life.discard(draft, by=person(), at=now())
    flash(f"The draft of {draft.name} was thrown away.")
    return redirect(url_for("frameworks.index"))
