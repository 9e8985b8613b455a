"""A framework as a file: for other systems, for a spreadsheet, for our own shelf."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template, request

from blueprints.frameworks.place import bp
from blueprints.kit.access import can, now, person
from blueprints.kit.errors import refuse
from blueprints.kit.load import find
from interchange.framework import FORMATS, NotRead, write
from models.framework import Framework
from models.framework.export import as_brought


@bp.get("/<uuid:framework_id>/export")
@can("export-framework")
def export(framework_id: UUID) -> str | Response:
    """The file in the format that was asked for, or the choice of formats."""
    form = request.args.get("format", "")
    if not form:
        framework = find(Framework.listed_for(person()), id=framework_id)
        return render_template("frameworks/export.html", framework=framework, formats=FORMATS)
    if form not in FORMATS:
        raise refuse(400, f"There is no such format. Choose one of: {', '.join(FORMATS)}.")
    framework = find(Framework.exportable_by(person()), id=framework_id)
    try:
        content = write(as_brought(framework), form, at=now())
    except NotRead as reason:
        raise refuse(409, f"{reason.faults[0].what}. {reason.faults[0].remedy}") from None
    response = Response(content, mimetype=FORMATS[form].mimetype)
    name = f"{framework.key}.{FORMATS[form].ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
