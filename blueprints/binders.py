"""Binders: the feedback of a term in one file, printed in the background."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from blueprints.kit.access import can, now, person, wants_json
from blueprints.kit.errors import refuse
from blueprints.kit.load import find, load
from models.binder import Binder, BinderPage
from models.feedback import FeedbackPdf
from rules.calendar import terms_back

bp = Blueprint("binders", __name__, url_prefix="/binders")

TERMS = 4
OPEN = ("waiting", "running")


@bp.get("")
@can("gather-feedback")
def index() -> str:
    """The terms to choose from, and the binders still kept."""
    zone = person().district.zone
    return render_template(
        "binders/index.html",
        terms=terms_back(now().astimezone(zone).date(), TERMS),
        binders=load(Binder.visible_to(person(), at=now())),
        zone=zone,
        at=now(),
    )


@bp.post("")
@can("gather-feedback")
def make() -> AnyResponse:
    """Gather what one may read of a term, and ask for it to be printed."""
    zone = person().district.zone
    terms = terms_back(now().astimezone(zone).date(), TERMS)
    term = next((one for one in terms if one.name == request.form.get("term")), None)
    if term is None:
        raise refuse(422, "Choose one of the terms that are offered.")
    binder = Binder.make(term, by=person(), paper=person().district.paper, at=now())
    if binder is None:
        flash(f"There is no shared feedback from {term.name} that you can read.", "help")
        return redirect(url_for("binders.index"))
    return redirect(url_for("binders.show", binder_id=binder.id))


@bp.get("/<uuid:binder_id>")
@can("gather-feedback")
def show(binder_id: UUID) -> str | AnyResponse:
    """How far it is; a small script asks the same in JSON."""
    binder = find(Binder.visible_to(person(), at=now()), id=binder_id)
    job = binder.job
    if wants_json():
        return jsonify(server="crosswalk", state=job.state, done=job.done, total=job.total)
    return render_template(
        "binders/show.html",
        binder=binder,
        job=job,
        open=job.state in OPEN,
        faults=BinderPage.faults(binder.id),
        zone=person().district.zone,
        at=now(),
    )


@bp.post("/<uuid:binder_id>/cancel")
@can("gather-feedback")
def cancel(binder_id: UUID) -> AnyResponse:
    """Stop; what is printed stays printed."""
    binder = find(Binder.visible_to(person(), at=now()), id=binder_id)
    binder.job.cancel(at=now())
    return redirect(url_for("binders.show", binder_id=binder.id))


@bp.post("/<uuid:binder_id>/resume")
@can("gather-feedback")
def resume(binder_id: UUID) -> AnyResponse:
    """Go on where it stopped."""
    binder = find(Binder.visible_to(person(), at=now()), id=binder_id)
    binder.job.resume(at=now())
    return redirect(url_for("binders.show", binder_id=binder.id))


@bp.get("/<uuid:binder_id>.zip")
@can("gather-feedback")
def download(binder_id: UUID) -> AnyResponse:
    """The prints that one may read at this moment, as one file."""
    binder = find(Binder.visible_to(person(), at=now()), id=binder_id)
    if binder.job.state != "done":
        raise refuse(409, "This binder is not full yet. Wait until every letter is printed.")
    prints = BinderPage.prints(binder, person())
    if not prints:
        raise refuse(404, "You can no longer read any letter of this binder.")
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    response = Response(_zipped(app, prints), mimetype="application/zip")
    name = f"feedback-{binder.title.lower().replace(' ', '-')}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Pipe:
    """What a ZIP is written into, and taken out of piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def _zipped(app: Flask, prints: list[tuple[str, UUID, str, bytes]]) -> Iterator[bytes]:
    """The file as it is made: never more than one letter in memory. PDFs do not shrink further."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as file:  # type: ignore[call-overload]
        for name, version_id, paper, mark in prints:
            # the request is over by now; a slow reader holds no transaction open either
            with app.app_context():
                body = FeedbackPdf.find(version_id, paper, mark)
            if body is not None:
                file.writestr(name, body)
                yield pipe.taken()
    yield pipe.taken()
