"""Sheets of tickets: a teacher makes, prints and closes them, reads the results and shares them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from blueprints.kit.access import can, now, person, today
from blueprints.kit.errors import refuse
from blueprints.kit.load import find, load
from blueprints.kit.paper import as_pdf, asked_paper, printed
from blueprints.kit.public import public_url
from blueprints.kit.views import note_view
from blueprints.voice.bp import allowed, bp, secret
from blueprints.voice.forms import SheetForm
from jobs.qr import qr
from models.act import NotNow
from models.view import View
from models.voice import VoiceSheet, beside
from rules.calendar import weekday_words
from rules.self_view import ANSWERS
from rules.voice import FEWEST, interests, spaced, three, words_for


@bp.get("/voice-sheets")
@can("see-voice")
def index() -> str:
    """One’s own sheets with the form for a new one, and what was shared with one."""
    return _index()


def _index(form: SheetForm | None = None) -> str:
    classes = load(VoiceSheet.classes_of(person())) if person().may("make-voice-sheet") else []
    return render_template(
        "voice/index.html",
        sheets=load(VoiceSheet.visible_to(person())),
        classes=classes,
        form=form or SheetForm.of(classes, today(), formdata=None),
        me=person(),
        today=today(),
        fewest=FEWEST,
    )


@bp.post("/voice-sheets")
@can("make-voice-sheet")
def make() -> AnyResponse | tuple[str, int]:
    """Draw the tickets of a class and a day."""
    classes = load(VoiceSheet.classes_of(person()))
    form = SheetForm.of(classes, today())
    chosen = form.chosen(classes) if form.validate_on_submit() else None
    if chosen is None:
        return _index(form), 422
    about, tickets = chosen
    try:
        sheet_id = VoiceSheet.make(
            about, form.day.data, tickets, secret=secret(), by=person(), at=now()
        )
    except NotNow as no:
        form.day.errors = [str(no)]
        return _index(form), 409
    return redirect(url_for("voice.show", sheet_id=sheet_id))


@bp.get("/voice-sheets/<uuid:sheet_id>")
@can("see-voice")
def show(sheet_id: UUID) -> str:
    """Open: how many have answered. Closed: what they said, beside what others saw."""
    sheet = find(VoiceSheet.visible_to(person()), id=sheet_id)
    mine = sheet.teacher_id == person().id
    note_view(sheet.id, sheet.teacher_id)
    return render_template(
        "voice/show.html",
        sheet=sheet,
        mine=mine,
        answered=sheet.answered() if sheet.locked else 0,
        views=load(View.of(sheet.id)) if mine else [],
        paper=person().district.paper,
        today=today(),
        fewest=FEWEST,
        zone=person().district.zone,
        **_told(sheet),
    )


def _told(sheet: VoiceSheet) -> dict[str, Any]:
    """What a closed sheet tells, and what stands beside it."""
    result = sheet.result
    if result is None:
        return {"result": None}
    visits = beside(sheet, person())
    seen = [(visit, *mark) for visit in visits for mark in visit.interests]
    return {
        "result": result,
        "questions": three(result.told),
        "visits": [visit for visit in visits if visit.day == sheet.day],
        "interests": interests(result.told, seen),
        "seen": seen,
        "answer_words": ANSWERS,
        "readers": sheet.readers(),
    }


@bp.get("/voice-sheets/<uuid:sheet_id>.pdf")
@can("make-voice-sheet")
def pdf(sheet_id: UUID) -> Response:
    """The tickets to cut apart: `?paper=a4` or `letter`, `?print=large` for large print."""
    sheet = find(VoiceSheet.editable_by(person()), id=sheet_id)
    with allowed():
        letters = sheet.letters(secret=secret())
    title = f"Tickets, {sheet.school_class.name}, {weekday_words(sheet.day)}"
    html = render_template(
        "report/tickets.html",
        title=title,
        sheet=sheet,
        paper=asked_paper(),
        large=request.args.get("print") == "large",
        address=public_url("voice.enter").split("://", 1)[1],
        english=words_for("en", None),
        spanish=words_for("es", None),
        tickets=[(spaced(one), qr(public_url("voice.ask", ticket=one))) for one in letters],
    )
    return as_pdf(printed(html, title=title), "tickets")


@bp.post("/voice-sheets/<uuid:sheet_id>/close")
@can("make-voice-sheet")
def close(sheet_id: UUID) -> AnyResponse:
    """Take no more answers, and show what may be shown."""
    sheet = find(VoiceSheet.editable_by(person()), id=sheet_id)
    with allowed():
        sheet.close(secret=secret(), by=person(), at=now())
    return redirect(url_for("voice.show", sheet_id=sheet.id))


@bp.post("/voice-sheets/<uuid:sheet_id>/drop")
@can("make-voice-sheet")
def drop(sheet_id: UUID) -> AnyResponse:
    """Throw a sheet away that nobody has used."""
    sheet = find(VoiceSheet.editable_by(person()), id=sheet_id)
    with allowed():
        sheet.drop(by=person(), at=now())
    flash("Thrown away. Its tickets cannot be used any more.")
    return redirect(url_for("voice.index"))


@bp.post("/voice-sheets/<uuid:sheet_id>/share")
@can("make-voice-sheet")
def share(sheet_id: UUID) -> AnyResponse:
    """Let one’s coach, or the observers of the school, see the results."""
    sheet = find(VoiceSheet.editable_by(person()), id=sheet_id)
    reader = request.form.get("with", "")
    if reader not in {"coach", "observers"}:
        raise refuse(400, "Say with whom to share: your coach, or the observers of your school.")
    with allowed():
        sheet.share(reader, by=person(), at=now())
    who = "Your coach" if reader == "coach" else "Observers of your school"
    flash(f"{who} can see these results now.")
    return redirect(url_for("voice.show", sheet_id=sheet.id))
