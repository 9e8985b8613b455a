"""A small editor for drafts: name, code, place, add and remove, one component at a time."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from blueprints.frameworks.forms import ComponentForm, passage
from blueprints.frameworks.level import level
from blueprints.frameworks.place import bp
from blueprints.kit.access import can, now, person
from blueprints.kit.errors import refuse
from blueprints.kit.filters import plural
from blueprints.kit.load import find
from models.framework import Component, Framework
from models.framework import editing as draft_of
from rules.framework.branch import MANY

MEANWHILE = (
    "Somebody else changed this component while you were writing. Nothing of theirs was "
    "overwritten; open the component again to see what it says now."
)


@bp.get("/<uuid:framework_id>/edit")
@can("edit-framework")
def edit(framework_id: UUID) -> str:
    """The draft as a tree in which each component can be opened."""
    draft = find(Framework.editable_by(person()), id=framework_id)
    branches = draft.branches()
    return render_template(
        "frameworks/edit.html", framework=draft, branches=branches, level=level(branches)
    )


@bp.get("/<uuid:framework_id>/components/new")
@can("edit-framework")
def new_component(framework_id: UUID) -> str:
    """The form for one more component; `?under=` says where."""
    draft = find(Framework.editable_by(person()), id=framework_id)
    form = _form(draft)(parent=request.args.get("under", ""))
    _offer(form, draft, None)
    return _page(draft, None, form)


@bp.post("/<uuid:framework_id>/components/new")
@can("edit-framework")
def add_component(framework_id: UUID) -> tuple[str, int] | Response:
    """Add it, last under its parent."""
    draft = find(Framework.editable_by(person()), id=framework_id)
    form = _form(draft)()
    _offer(form, draft, None)
    if not form.validate_on_submit():
        return _page(draft, None, form), 422
    made = draft_of.add(draft, _words(form), _parent(draft, form), by=person(), at=now())
    flash(f"Added: {made.name}")
    return _beside(draft, made)


@bp.get("/<uuid:framework_id>/components/<uuid:component_id>")
@can("edit-framework")
def component(framework_id: UUID, component_id: UUID) -> str:
    """One component of a draft, to be changed."""
    draft, found = _find(framework_id, component_id)
    form = _form(draft)(obj=found, parent=str(found.parent_id or ""))
    form.describe(found.descriptors)
    _offer(form, draft, found)
    return _page(draft, found, form)


@bp.post("/<uuid:framework_id>/components/<uuid:component_id>")
@can("edit-framework")
def change_component(framework_id: UUID, component_id: UUID) -> tuple[str, int] | Response:
    """Say it in other words, or put it elsewhere."""
    draft, found = _find(framework_id, component_id)
    form = _form(draft)()
    _offer(form, draft, found)
    if not form.validate_on_submit():
        return _page(draft, found, form), 422
    try:
        draft_of.change(
            draft,
            found,
            _words(form),
            _parent(draft, form),
            revision=_revision(form),
            by=person(),
            at=now(),
        )
    except draft_of.ChangedMeanwhile:
        return _meanwhile(draft, found, form)
    flash(f"Changed: {found.name}")
    return _beside(draft, found)


def _beside(draft: Framework, component: Component) -> Response:
    """The draft again, open where the component stands."""
    return redirect(url_for("frameworks.edit", framework_id=draft.id, under=component.parent_id))


def _meanwhile(draft: Framework, found: Component, form: ComponentForm) -> tuple[str, int]:
    """What was typed stays; the form now knows the version that it would replace."""
    form.revision.data = found.revision
    form.revision.raw_data = [str(found.revision)]
    return _page(draft, found, form, meanwhile=True), 409


@bp.post("/<uuid:framework_id>/components/<uuid:component_id>/move")
@can("edit-framework")
def move_component(framework_id: UUID, component_id: UUID) -> Response:
    """One place up or down among those beside it."""
    draft, found = _find(framework_id, component_id)
    places = -1 if request.form.get("to") == "up" else 1
    try:
        draft_of.shift(draft, found, places, revision=_sent(), by=person(), at=now())
    except draft_of.ChangedMeanwhile:
        raise refuse(409, MEANWHILE) from None
    return redirect(
        url_for("frameworks.component", framework_id=draft.id, component_id=component_id)
    )


@bp.post("/<uuid:framework_id>/components/<uuid:component_id>/remove")
@can("edit-framework")
def remove_component(framework_id: UUID, component_id: UUID) -> Response:
    """Take it out, with what stands under it."""
    draft, found = _find(framework_id, component_id)
    name = found.name
    try:
        gone = draft_of.remove(draft, found, revision=_sent(), by=person(), at=now())
    except draft_of.ChangedMeanwhile:
        raise refuse(409, MEANWHILE) from None
    more = f", with {plural(gone - 1, 'component')} under it" if gone > 1 else ""
    flash(f"Removed: {name}{more}")
    return redirect(url_for("frameworks.edit", framework_id=draft.id))


def _find(framework_id: UUID, component_id: UUID) -> tuple[Framework, Component]:
    draft = find(Framework.editable_by(person()), id=framework_id)
    found = draft_of.component_of(draft, component_id)
    return (draft, found) if found else abort(404)


def _form(draft: Framework) -> type[ComponentForm]:
    """With a field for each level, unless only its codes and names may be shown."""
    names_only = draft.rights.get("basis") == "names_only"
    return ComponentForm.for_levels(() if names_only else draft.levels)


def _offer(form: ComponentForm, draft: Framework, found: Component | None) -> None:
    """Everywhere but under itself; in a large draft, wherever something stands already."""
    own = {one.id for one in draft_of.below(draft, found)} if found else set()
    places = [one for one in draft.components if one.id not in own]
    if len(draft.components) > MANY:
        groups = draft.branches().keys()
        places = [one for one in places if one.id in groups or str(one.id) == form.parent.data]
    form.parent.choices = [SelectChoice("", "Nothing: it stands at the top")] + [
        SelectChoice(str(one.id), f"{one.plate} {one.name}".strip()[:90]) for one in places
    ]


def _page(
    draft: Framework, found: Component | None, form: ComponentForm, *, meanwhile: bool = False
) -> str:
    beside = draft.branches()[found.parent_id] if found else []
    return render_template(
        "frameworks/component.html",
        framework=draft,
        component=found,
        form=form,
        meanwhile=meanwhile,
        under=len(draft_of.below(draft, found)) - 1 if found else 0,
        first=not found or beside[0] is found,
        last=not found or beside[-1] is found,
    )


def _words(form: ComponentForm) -> draft_of.Words:
    return draft_of.Words(
        name=_line(form.name.data),
        code=_line(form.code.data),
        kind=_line(form.kind.data),
        description=passage(form.description.data),
        discourse_linked=bool(form.discourse_linked.data),
        descriptors=form.descriptors if form.levels_sent else None,
    )


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _parent(draft: Framework, form: ComponentForm) -> Component | None:
    return next((one for one in draft.components if str(one.id) == form.parent.data), None)


def _revision(form: ComponentForm) -> int:
    return -1 if form.revision.data is None else int(form.revision.data)


def _sent() -> int:
    return request.form.get("revision", -1, type=int)
