"""The caseload board of a coach, and the way in for a teacher."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import Response as Paper
from werkzeug.wrappers import Response

from blueprints.coaching.forms import AskForm, as_id
from blueprints.kit.access import can, now, person, today
from blueprints.kit.load import first, load
from blueprints.kit.paper import as_pdf, asked_paper, printed
from blueprints.kit.views import note_view
from models.act import NotNow
from models.coaching import Caseload
from models.coaching.board import Board, askable, board
from models.person import Person
from models.report import brand_of

bp = Blueprint("coaching", __name__, url_prefix="/coaching")


def looked(caseload: Caseload) -> None:
    """A co-coach’s look is written down for the teacher; these two keep it together."""
    note_view(caseload.id, caseload.teacher_id, caseload.coach_id)


@bp.get("")
@can("see-coaching")
def index() -> str | Response:
    """A coach’s teachers, most urgent first; a teacher with one coach is there at once."""
    mine = load(Caseload.of_teacher(person()))
    if not person().may("coach") and len(mine) == 1:
        return redirect(url_for("coaching.show", caseload_id=mine[0].id))
    return _page(AskForm(formdata=None))


def _page(form: AskForm) -> str:
    coach = person().may("coach")
    form.person.choices = [("", "Choose a teacher")]
    form.person.choices += [(str(one.id), one.full_name) for one in load(askable(person()))]
    return render_template(
        "coaching/index.html",
        board=board(person(), today=today()) if coach else Board((), (), 0),
        mine=load(Caseload.of_teacher(person())),
        coach=coach,
        form=form,
        zone=person().district.zone,
    )


@bp.get("/caseload.pdf")
@can("coach")
def caseload() -> Paper:
    """The board on paper, for the coach alone."""
    title = "Your caseload"
    html = render_template(
        "report/caseload.html",
        title=title,
        board=board(person(), today=today()),
        paper=asked_paper(),
        mark=brand_of(person().district),
        at=now(),
        zone=person().district.zone,
    )
    return as_pdf(printed(html, title=title, author=person().name), "caseload")


@bp.post("")
@can("coach")
def ask() -> Response | tuple[str, int]:
    """Ask a teacher; nothing opens before they agree."""
    form = AskForm()
    teacher = first(Person.visible_to(person()).where(Person.id == as_id(form.person.data)))
    if teacher is None:
        form.person.errors = ["Choose a teacher of your school from the list."]
        return _page(form), 422
    try:
        Caseload.ask(person(), teacher, by=person(), at=now())
    except NotNow as no:
        form.person.errors = [str(no)]
        return _page(form), 422
    flash(f"{teacher.name} is asked. The caseload opens when {teacher.name} agrees.")
    return redirect(url_for("coaching.index"))
