"""Trends: published tables for everybody who may see them, own visits for who may read them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from blueprints.kit.access import can, now, person
from blueprints.kit.errors import refuse
from blueprints.kit.load import find, load
from blueprints.kit.transaction import after_answer
from blueprints.kit.views import note_view
from blueprints.trends.asked import Asked, called, one_of, school_asked, term_asked
from blueprints.trends.commands import commands
from blueprints.trends.drawn import drawn
from blueprints.trends.files import csv_file, pdf_file, xlsx_file
from models.district import District
from models.trends.alert import RUNS, TrendAlert
from models.trends.coverage import DAYS, coverage, schools_visited
from models.trends.published import due, publish_due
from models.trends.reading import Published, lines
from models.trends.rooms import Rooms
from models.trends.view import LONGEST, MOST, TrendView
from rules.roles import Role
from rules.trends import Limits, period_title
from rules.trends.conditions import PACING, gauges
from rules.trends.heat import APART, ROW_BY_ROW, Line
from rules.trends.marks import KNOWING, ORGANIZING
from rules.trends.plot import plot
from rules.trends.talk import always, reasons
from rules.trends.wording import READERS, Findings, paragraphs

bp = Blueprint("trends", __name__)
commands(bp)


def reads_rows() -> bool:
    """Whether somebody may read visits one by one, and so count her own in any way."""
    return not person().roles.isdisjoint({Role.OBSERVER, Role.COACH})


@bp.get("/trends")
@can("see-trends")
def index() -> str:
    """The published heat map of a term, told apart by one thing."""
    published = Published.to(person())
    by = one_of("by", {**APART}, "school")
    term = term_asked(published)
    before = _before(published.terms, term)
    totals = published.totals_of(term, before) if term else {}
    find, covered = school_asked(), published.coverage(term) if term else []
    heat = published.heat(term, by) if term or by == "month" else None
    return render_template(
        "trends/index.html",
        published=published,
        by=by,
        term=term,
        heat=heat.only(find) if heat and by == "school" else heat,
        drawn=drawn,
        find=find,
        schools=len(covered),
        totals=totals.get(term, {}),
        before=totals.get(before, {}),
        before_term=before,
        coverage=[one for one in covered if find.casefold() in one[0].casefold()],
        apart=APART,
        limits=Limits.raised(person().district.small_groups),
        waiting=_count_what_is_due(),
        rows=reads_rows(),
    )


def _before(terms: list[str], term: str) -> str:
    place = terms.index(term) if term in terms else 0
    return terms[place - 1] if place else ""


def _count_what_is_due() -> list[str]:
    """Closed months that nobody has counted yet are counted when this answer is out."""
    months, at = due(person().district, at=now()), now()
    if months:
        district_id = person().district_id
        after_answer(lambda: _count(district_id, at))
    return months


def _count(district_id: UUID, at: datetime) -> None:
    publish_due(District.get(district_id), at=at)


@bp.get("/trends/rooms")
@can("see-coverage")
def rooms() -> str:
    """One's own visits, counted in any way that the address says."""
    whole = Rooms.of(person())
    asked = Asked.of(whole)
    chosen = asked.rooms
    sides = chosen.sides()
    for sheet in sides.sheets:
        note_view(sheet.id, sheet.teacher_id)
    return render_template(
        "trends/rooms.html",
        asked=asked,
        chosen=chosen,
        heat=chosen.heat(asked.by) if chosen.visits else None,
        drawn=drawn,
        totals=chosen.totals(),
        before=asked.compared.totals() if asked.compared else {},
        apart=ROW_BY_ROW,
        sides=sides,
        views=load(TrendView.editable_by(person())),
        longest=LONGEST,
        rows=reads_rows(),
    )


@bp.post("/trends/views")
@can("see-coverage")
def save_view() -> AnyResponse:
    """Keep the filters of the address one comes from under a name."""
    asked = Asked.of(Rooms.of(person())).chosen
    name = " ".join(request.form.get("name", "").split())
    if not 0 < len(name) <= LONGEST:
        raise refuse(422, f"Give the filters a name of at most {LONGEST} characters.")
    kept = load(TrendView.editable_by(person()))
    if len(kept) >= MOST and name not in {view.name for view in kept}:
        raise refuse(422, f"You have {MOST} saved views. Drop one, then save this one.")
    TrendView.save(name, asked, by=person(), at=now())
    flash(f"Saved as “{name}”.")
    return redirect(url_for("trends.rooms", **asked))  # type: ignore[arg-type]


@bp.post("/trends/views/<uuid:view_id>/drop")
@can("see-coverage")
def drop_view(view_id: UUID) -> AnyResponse:
    """Forget saved filters."""
    find(TrendView.editable_by(person()), id=view_id).drop(by=person(), at=now())
    flash("The saved view is dropped.")
    return redirect(url_for("trends.rooms"))


@bp.get("/trends/look-fors/<shelf>/<code>")
@can("see-trends")
def look_for(shelf: str, code: str) -> str:
    """One look-for over months: as published, and in one's own visits."""
    line = _line(f"{shelf}/{code}")
    published, own = Published.to(person()), Rooms.of(person())
    return render_template(
        "trends/look_for.html",
        line=line,
        plot=plot(published.points(line.key)),
        own=plot(own.points(line.key)) if own.visits else None,
        quotes=own.quotes(line.key),
        zone=person().district.zone,
        rows=reads_rows(),
    )


def _line(key: str) -> Line:
    found = next((line for line in lines(person()) if line.key == key), None)
    if found is None:
        raise refuse(404, "No look-for of your district has this address. Choose one from Trends.")
    return found


@bp.get("/trends/talk")
@can("see-trends")
def talk() -> str:
    """Discourse verdicts over time, with reasons and with what protects talk."""
    published, own = Published.to(person()), Rooms.of(person())
    terms = published.terms[::-1]
    term = term_asked(published)
    return render_template(
        "trends/talk.html",
        talk=published.talk(),
        own=own.talk(),
        term=term,
        terms=terms,
        reasons=reasons(published.totals(term) if term else {}),
        own_reasons=reasons(own.totals()),
        always=always(),
        rows=reads_rows(),
    )


@bp.get("/trends/conditions")
@can("see-trends")
def conditions() -> str:
    """Flexible pacing, knowing and organizing, and substitution, by the rules of the product."""
    published, own = Published.to(person()), Rooms.of(person())
    terms = published.terms[::-1]
    term = term_asked(published)
    shelf, find = lines(person()), school_asked()
    told, schools = published.by_school(term) if term else ({}, [])
    met, visited, rooms = own.pacing() if own.visits else ({}, [], {})
    return render_template(
        "trends/conditions.html",
        term=term,
        terms=terms,
        on_shelf=any(line.shelf == PACING for line in shelf),
        find=find,
        schools=len(schools) + len(visited),
        gauges=gauges(shelf, told, called(schools, find)),
        own_gauges=gauges(shelf, met, called(visited, find), rooms),
        totals=published.totals(term) if term else {},
        own=own.totals(),
        knowing=KNOWING,
        organizing=ORGANIZING,
        rows=reads_rows(),
    )


@bp.get("/trends/words")
@can("see-trends")
def words() -> str:
    """The findings of a term for staff, for families and for the board."""
    published = Published.to(person())
    term = term_asked(published)
    if not term:
        raise refuse(404, "No term is closed yet. Come back when this one has ended.")
    findings = Findings(period_title(term), published.totals(term), lines(person()))
    wordings = [(reader, title, paragraphs(findings, reader)) for reader, title in READERS.items()]
    return render_template("trends/words.html", term=term, wordings=wordings, rows=reads_rows())


@bp.get("/trends.csv")
@can("see-trends")
def csv() -> Response:
    """The published table as comma-separated values."""
    return csv_file()


@bp.get("/trends.xlsx")
@can("see-trends")
def xlsx() -> Response:
    """The published table as a workbook."""
    return xlsx_file()


@bp.get("/trends.pdf")
@can("see-trends")
def pdf() -> Response:
    """The published table on paper; `?for=families` or `board` for other readers."""
    return pdf_file()


@bp.get("/trends/coverage")
@can("see-coverage")
def covered() -> str:
    """Where one's visits have been, and what one asked to be told."""
    return render_template(
        "trends/coverage.html",
        coverage=coverage(person(), at=now()),
        days=DAYS,
        alerts=load(TrendAlert.editable_by(person())),
        schools=schools_visited(person()),
        runs=RUNS,
        rows=True,
    )


@bp.post("/trends/alerts")
@can("see-coverage")
def ask_alert() -> AnyResponse:
    """Ask to be told on Today when so many visits in a row came out displaced."""
    schools = {str(school.id): school for school in schools_visited(person())}
    school = schools.get(request.form.get("school", ""))
    run = request.form.get("run", 0, type=int)
    if school is None or run not in RUNS:
        raise refuse(422, "Choose a school where you visit, and two to five in a row.")
    TrendAlert.ask(school, run, by=person(), at=now())
    flash(f"Today will tell you about {school.name}.")
    return redirect(url_for("trends.covered"))


@bp.post("/trends/alerts/<uuid:alert_id>/end")
@can("see-coverage")
def end_alert(alert_id: UUID) -> AnyResponse:
    """Be told no more."""
    find(TrendAlert.editable_by(person()), id=alert_id).end(by=person(), at=now())
    flash("Today will not tell you any more.")
    return redirect(url_for("trends.covered"))
