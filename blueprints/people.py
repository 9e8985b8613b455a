"""Colleagues, their roles, and the invitations that let them in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import click
from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from blueprints.kit.access import can, now, person
from blueprints.kit.errors import refuse
from blueprints.kit.load import find, load, page_of
from blueprints.kit.public import public_url
from jobs import mail
from models.act import Act as AuditAct
from models.base import db
from models.coaching import stops_role
from models.district import District, School
from models.job import Job
from models.person import Person, normal_email
from models.sign_in import Invitation
from models.walkthrough import Walkthrough
from rules.roles import ROLE_WORDS, Role

bp = Blueprint("people", __name__, url_prefix="/people", cli_group="people")
A_PAGE = 50


@bp.get("")
@can("see-people")
def index() -> str:
    """Who works here; search by name."""
    wanted = request.args.get("find", "").strip()[:80]
    waiting = "waiting" in request.args and person().may("change-roles")
    rows = Person.visible_to(person())
    if waiting:
        rows = rows.where(Person.grants.any(state="proposed", ended_at=None))
    for word in wanted.split():
        like = f"%{word}%"
        rows = rows.where(Person.given_name.ilike(like) | Person.family_name.ilike(like))
    return render_template(
        "people/index.html",
        page=page_of(rows, A_PAGE),
        wanted=wanted,
        waiting=waiting,
        schools=_school_names(),
        role_words=ROLE_WORDS,
    )


@bp.get("/<uuid:person_id>")
@can("see-people")
def show(person_id: UUID) -> str:
    """One colleague: roles, and the visits the reader may know of."""
    return _page(find(Person.visible_to(person()), id=person_id), link="")


def _page(them: Person, *, link: str) -> str:
    zone = person().district.zone
    visits = Walkthrough.visible_to(person()).where(
        Walkthrough.teacher_id == them.id, Walkthrough.started_at.is_not(None)
    )
    coaching = load(Walkthrough.happened_to(them, person()))
    return render_template(
        "people/show.html",
        them=them,
        visits=load(visits) if person().may("see-walkthroughs") else [],
        # days only, each once: how many and when is between coach and teacher
        coaching_days=sorted({at.astimezone(zone).date() for at in coaching}, reverse=True),
        schools=_school_names(),
        role_words=ROLE_WORDS,
        zone=zone,
        link=link,
        may_invite=person().may("invite-people"),
        may_mail=mail.possible(),
        mailed=_mailed(them),
        may_change=person().may("change-roles"),
    )


def _mailed(them: Person) -> mail.Standing | None:
    if not person().may("invite-people"):
        return None
    return mail.standing(Job.about(them.id, mail.INVITATION), person().district.zone)


def _school_names() -> dict[UUID, str]:
    return {school.id: school.name for school in load(School.visible_to(person()))}


@bp.post("/<uuid:person_id>/invite")
@can("invite-people")
def invite(person_id: UUID) -> str | Response:
    """Make a link with which they choose a password: shown once to hand over, or sent by mail."""
    them = find(Person.visible_to(person()), id=person_id)
    if request.form.get("by") == "mail" and mail.possible():
        mail.invite(them, by=person(), at=now())
        AuditAct.record("invite", them.id, by=person(), at=now())
        flash(f"An invitation is on its way to {them.email}.")
        return redirect(url_for("people.show", person_id=them.id))
    return _page(them, link=_invitation(them, by=person(), at=now()))


@bp.post("/<uuid:person_id>/roles/<uuid:grant_id>/agree")
@can("change-roles")
def agree(person_id: UUID, grant_id: UUID) -> Response:
    """Let a role proposed by the roster take effect."""
    them = find(Person.visible_to(person()), id=person_id)
    if them.id == person().id:
        raise refuse(409, "Another administrator must agree to a role of your own.")
    grant = next((g for g in them.grants if g.id == grant_id), None)
    if grant is None or grant.state != "proposed":
        raise refuse(409, "That role is not waiting for an answer any more. Reload the page.")
    why = stops_role(them, Role(grant.role), grant.school_id)
    if why:
        raise refuse(409, why)
    grant.agree(by=person(), at=now())
    flash(f"{them.full_name} is now {ROLE_WORDS[Role(grant.role)].lower()}.")
    return redirect(url_for("people.show", person_id=them.id))


def _invitation(them: Person, *, by: Person | None, at: datetime) -> str:
    token = Invitation.make(them, by=by, at=at)
    AuditAct.record("invite", them.id, by=by, at=at)
    return public_url("account.invitation", token=token)


@bp.cli.command("invite")
@click.argument("email")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), help="Give this role too."
)
@click.option("--school", help="The school of the role, by name.")
@click.option("--name", help="Given and family name, for somebody who is on no roster.")
def invite_by_command(email: str, role: str | None, school: str | None, name: str | None) -> None:
    """Make an invitation link for EMAIL: the way in for the first administrator."""
    them = Person.by_email(email) or _new_person(email, name)
    if role:
        _give(them, Role(role), school)
    token = Invitation.make(them, by=None, at=now())
    AuditAct.record("invite", them.id, by=None, at=now())
    db.session.commit()
    public = current_app.config["SETTINGS"].public_url
    click.echo(f"{them.full_name}: {public}/invitation/{token}")


def _new_person(email: str, name: str | None) -> Person:
    district = db.session.scalars(db.select(District).order_by(District.made_at)).first()
    if district is None:
        raise click.ClickException(
            "There is no district yet. Import a roster first: flask roster import PATH."
        )
    if not name or "@" not in email:
        raise click.ClickException(
            f"{email} is not on the roster. Add --name “Given Family” to invite them anyway."
        )
    given, _, family = name.strip().rpartition(" ")
    them = Person(
        district_id=district.id,
        given_name=given or family,
        family_name=family if given else "",
        email=normal_email(email),
        made_at=now(),
        grants=[],
    )
    db.session.add(them)
    db.session.flush()
    return them


def _give(them: Person, role: Role, school_name: str | None) -> None:
    school_id = None
    if school_name:
        school = db.session.scalar(
            db.select(School).where(
                School.district_id == them.district_id, School.name == school_name
            )
        )
        if school is None:
            raise click.ClickException(f"There is no school called “{school_name}”.")
        school_id = school.id
    waiting = [g for g in them.grants if g.role == role and g.ended_at is None]
    waiting = [g for g in waiting if school_id is None or g.school_id == school_id]
    why = next((why for g in waiting if (why := stops_role(them, role, g.school_id))), None)
    why = why or stops_role(them, role, school_id)
    if why:
        raise click.ClickException(why)
    if waiting:
        for grant in waiting:
            grant.state = "active"
        return
    if school_id is None and role not in (Role.LEAD, Role.ADMINISTRATOR):
        raise click.ClickException(f"A {role} belongs to a school: add --school NAME.")
    them.grant(role, school_id=school_id, at=now())
