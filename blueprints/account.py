"""Signing in and out, choosing a password by an invitation, and one's own devices."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import DataRequired, EqualTo, Length

from blueprints.kit.access import (
    SignedIn,
    anyone,
    can,
    new_browser_session,
    now,
    person,
    safe_next,
    sign_in_now,
    wants_json,
)
from blueprints.kit.errors import refuse
from blueprints.kit.forms import Form
from blueprints.kit.load import find, load
from blueprints.kit.transaction import writes_late, writing
from models.base import db
from models.person import Person
from models.sign_in import (
    PASSWORD_LENGTH,
    Invitation,
    SignIn,
    SignInThrottle,
    renew_hash,
    set_password,
    with_password,
)

bp = Blueprint("account", __name__)

WRONG = "That address and password do not belong together. Check both and try again."


class SignInForm(Form):
    """Who are you?"""

    email = EmailField("E-mail", [DataRequired("Type your e-mail address."), Length(max=200)])
    password = PasswordField(
        "Password", [DataRequired("Type your password."), Length(max=PASSWORD_LENGTH.stop)]
    )
    next = HiddenField()


class PasswordForm(Form):
    """Choose a password, twice."""

    password = PasswordField(
        "New password",
        [
            DataRequired("Choose a password."),
            Length(
                min=PASSWORD_LENGTH.start,
                max=PASSWORD_LENGTH.stop - 1,
                message=f"Use at least {PASSWORD_LENGTH.start} characters; a few words are best.",
            ),
        ],
    )
    again = PasswordField(
        "The same again", [EqualTo("password", "The two passwords are not the same.")]
    )


@bp.get("/sign-in")
@anyone
def sign_in() -> str | Response:
    """The form."""
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next")))
    form = SignInForm(next=request.args.get("next", ""))
    return render_template("account/sign_in.html", form=form, refused="")


@bp.post("/sign-in")
@anyone
@writes_late
def enter() -> str | Response | tuple[str | Response, int]:
    """Check the password and begin a session; a phone asks the same in JSON, in place."""
    if wants_json():
        return _enter_by_json()
    form = SignInForm()
    if not form.validate_on_submit():
        stale = "This page was open too long. Try again." if form.csrf_token.errors else ""
        return render_template("account/sign_in.html", form=form, refused=stale), 422
    refused = _try(form.email.data, form.password.data)
    if refused:
        return render_template("account/sign_in.html", form=form, refused=refused), 422
    return redirect(safe_next(form.next.data))


def _enter_by_json() -> tuple[Response, int]:
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise refuse(400, "Send the address and the password as JSON.")
    refused = _try(str(given.get("email", "")), str(given.get("password", "")))
    if refused:
        return jsonify(server="crosswalk", reason=refused), 401
    me = person()
    return jsonify(server="crosswalk", person={"id": str(me.id), "name": me.name}), 200


def _try(email: str, password: str) -> str:
    """Sign in, or say why not; unknown accounts get the same answer after the same time."""
    at = now()
    wait = SignInThrottle.wait(email, at=at)
    if wait:
        minutes = max(1, round(wait.total_seconds() / 60))
        return f"Too many tries for this account. Wait {minutes} min, then try again."
    found = with_password(email, password)
    writing()  # only now: five hundred who sign in must not queue for each other's slow hash
    if found is None:
        SignInThrottle.failed(email, at=at)
        return WRONG
    SignInThrottle.passed(email)
    renew_hash(found, password)
    _begin(found)
    return ""


def _begin(who: Person) -> None:
    token = SignIn.begin(who, device=_device(), at=now())
    db.session.flush()
    new_browser_session()
    kept = SignIn.find(token, at=now())
    assert kept is not None
    login_user(SignedIn(token, kept))


def _device() -> str:
    """What we show in the list of devices: enough to recognize one's own."""
    agent = request.user_agent.string
    kinds = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")
    return next((kind for kind in kinds if kind in agent), "Another device")


@bp.post("/sign-out")
@can("manage-own-account")
def sign_out() -> Response:
    """End this session here and on the server."""
    sign_in_now().end(at=now())
    logout_user()
    new_browser_session()
    response = redirect(url_for("account.sign_in"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.get("/account")
@can("manage-own-account")
def show() -> str:
    """Name, password, devices."""
    return _page(PasswordForm())


def _page(form: PasswordForm) -> str:
    return render_template(
        "account/show.html",
        me=person(),
        form=form,
        devices=load(SignIn.of(person(), at=now())),
        this_device=sign_in_now().id,
    )


@bp.post("/account/password")
@can("manage-own-account")
def change_password() -> Response | tuple[str, int]:
    """A new password signs every other device out."""
    form = PasswordForm()
    if not form.validate_on_submit():
        return _page(form), 422
    set_password(person(), form.password.data)
    sign_in_now().end_others(at=now())
    flash("Your password is changed. Every other device is signed out.")
    return redirect(url_for("account.show"))


@bp.post("/account/devices/<uuid:sign_in_id>/end")
@can("manage-own-account")
def end_device(sign_in_id: UUID) -> Response:
    """Sign one of one's own devices out."""
    find(SignIn.of(person(), at=now()), id=sign_in_id).end(at=now())
    flash("That device is signed out.")
    return redirect(url_for("account.show"))


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@anyone
def invitation(token: str) -> str | Response | tuple[str, int]:
    """Choose a password by the link an administrator gave."""
    invited = Invitation.find(token, at=now())
    if invited is None:
        raise refuse(404, "This link is used up or too old. Ask your administrator for a new one.")
    form = PasswordForm()
    if request.method == "GET" or not form.validate_on_submit():
        page = render_template("account/invitation.html", form=form, invited=invited.person)
        return page if request.method == "GET" else (page, 422)
    invited.accept(form.password.data, at=now())
    _begin(invited.person)
    flash(f"Welcome, {invited.person.name}.")
    return redirect(url_for("today.show"))
