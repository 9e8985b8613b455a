"""Bring your own framework: choose a file, see what it would bring, keep it as a draft."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from blueprints.frameworks.forms import AcceptForm, AcceptWithRightsForm, FileForm
from blueprints.frameworks.level import level
from blueprints.frameworks.place import bp
from blueprints.kit.access import can, now, person
from blueprints.kit.load import find
from interchange.framework import FORMATS, Fault, NotRead, read, template
from models.framework import FrameworkUpload
from models.framework.versions import bring, taken
from rules.framework import Brought
from rules.framework.brought import allowed, with_rights

LONGEST_FILE_NAME = 80


@bp.get("/import")
@can("edit-framework")
def choose() -> str:
    """Choose a file; what can be read, and the template to fill in."""
    return _choose(FileForm(), ())


def _choose(form: FileForm, faults: tuple[Fault, ...]) -> str:
    return render_template("frameworks/choose.html", form=form, faults=faults)


@bp.post("/import")
@can("edit-framework")
def upload() -> tuple[str, int] | AnyResponse:
    """Read the file whole, or say everything that is wrong with it and change nothing."""
    form = FileForm()
    if not form.validate_on_submit():
        return _choose(form, ()), 422
    sent = form.file.data
    name = _file_name(sent.filename)
    try:
        brought = read(sent.read(), name)
    except NotRead as refusal:
        return _choose(form, refusal.faults), 422
    kept = FrameworkUpload.keep(brought, name, by=person(), at=now())
    return redirect(url_for("frameworks.preview", upload_id=kept.id))


def _file_name(name: str | None) -> str:
    plain = "".join(letter for letter in name or "" if letter.isprintable())
    return plain.rsplit("/", 1)[-1].rsplit("\\", 1)[-1][-LONGEST_FILE_NAME:] or "The file"


@bp.get("/import/template.xlsx")
@can("edit-framework")
def spreadsheet_template() -> Response:
    """The workbook to fill in, with an example in it."""
    response = Response(template(at=now()), mimetype=FORMATS["xlsx"].mimetype)
    response.headers["Content-Disposition"] = 'attachment; filename="framework-template.xlsx"'
    return response


@bp.get("/import/<uuid:upload_id>")
@can("edit-framework")
def preview(upload_id: UUID) -> str:
    """What the file would bring: its tree, its levels, what was set aside, and who may use it."""
    kept = find(FrameworkUpload.visible_to(person()), id=upload_id)
    brought = kept.read()
    form = _accept_form(brought)
    if not form.is_submitted():
        form.name.data, form.version.data = brought.name, brought.version
        if isinstance(form, AcceptWithRightsForm):
            form.holder.data, form.licence.data = brought.holder, brought.licence
    return _preview(kept, brought, form)


def _accept_form(brought: Brought) -> AcceptForm:
    return AcceptForm() if brought.rights else AcceptWithRightsForm()


def _preview(kept: FrameworkUpload, brought: Brought, form: AcceptForm) -> str:
    branches = brought.branches()
    return render_template(
        "frameworks/preview.html",
        upload=kept,
        brought=brought,
        branches=branches,
        level=level(branches),
        labels={level.value: level.label for level in brought.levels},
        form=form,
    )


@bp.post("/import/<uuid:upload_id>")
@can("edit-framework")
def accept(upload_id: UUID) -> tuple[str, int] | AnyResponse:
    """Keep it as a draft under the name and version that were agreed."""
    kept = find(FrameworkUpload.visible_to(person()), id=upload_id)
    brought = kept.read()
    form = _accept_form(brought)
    if not form.validate_on_submit():
        return _preview(kept, brought, form), 422
    wanted = _agreed(brought, form)
    if taken(person().district_id, wanted.id, wanted.version):
        said = f"Version {wanted.version} is here already. Give this one another name."
        form.version.errors = [*form.version.errors, said]
        return _preview(kept, brought, form), 422
    draft = bring(allowed(wanted), person().district, by=person(), at=now())
    kept.throw_away(by=person(), at=now())
    flash("Kept as a draft. Nobody else works with it until it is published.")
    return redirect(url_for("frameworks.show", framework_id=draft.id))


def _agreed(brought: Brought, form: AcceptForm) -> Brought:
    name, version = " ".join(form.name.data.split()), " ".join(form.version.data.split())
    agreed = brought.model_copy(update={"name": name, "version": version})
    if not isinstance(form, AcceptWithRightsForm):
        return agreed
    return with_rights(
        agreed,
        holder=form.holder.data,
        licence=form.licence.data,
        basis=form.basis.data,
        notice=form.required_notice.data or "",
        on=now().astimezone(person().district.zone).date(),
    )


@bp.post("/import/<uuid:upload_id>/throw-away")
@can("edit-framework")
def throw_away(upload_id: UUID) -> AnyResponse:
    """Forget what was read."""
    find(FrameworkUpload.visible_to(person()), id=upload_id).throw_away(by=person(), at=now())
    flash("Thrown away. Nothing was changed.")
    return redirect(url_for("frameworks.choose"))
