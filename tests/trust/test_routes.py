"""Every route × method × role: the url map equals this table, and every cell is tried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from blueprints.kit import access
from interchange.framework import read
from models.alignment import Alignment
from models.base import db
from models.binder import Binder, BinderPage
from models.district import District, School
from models.event import EventAside
from models.feedback import Feedback
from models.focus_set import Choice, FocusSet
from models.framework import Component, Framework, FrameworkUpload
from models.framework.versions import bring
from models.look_for import LookForSet
from models.plan import Plan, Wish
from models.sealed import SealedAside
from models.sign_in import Invitation, SignIn
from models.stance import Stance
from models.trends.alert import TrendAlert
from models.trends.published import TrendPeriod
from rules.calendar import Term
from rules.trends import Limits
from tests.cast import Cast, named
from tests.page import Visitor
from tests.sealing import seal, told
from tests.walk import Phone

Visit = Callable[..., Visitor]

EVERYBODY = {
    "principal",
    "coach",
    "teacher",
    "colleague",
    "other_coach",
    "stranger",
    "strangers_teacher",
    "lead",
    "administrator",
}
VISITORS = {"principal", "coach", "other_coach", "stranger"}
TEACHERS = {"teacher", "colleague", "strangers_teacher"}
DISTRICT = {"lead", "administrator"}
WRITERS = {"coach", "other_coach"} | DISTRICT
DECIDERS = VISITORS | DISTRICT
CHOOSERS = {"principal", "coach", "other_coach", "lead"}
NOBODY: set[str] = set()
ANYONE = EVERYBODY | {"nobody"}

# One visit: Ms. Holt (principal) walked Ms. Okafor's (teacher) class and shared the feedback.
# Mr. Reyes (coach) has the teacher on his caseload; Ms. Adair (other_coach) has not.
READERS = {"principal", "teacher", "coach"}
KEEPERS = {"principal", "administrator"}  # of the room codes of Lincoln, where the principal works

STEWARDS = {"lead", "administrator"}  # of the frameworks; an upload is the lead's own

MAY: dict[tuple[str, str], set[str]] = {
    ("GET", "/"): EVERYBODY,
    ("GET", "/sign-in"): ANYONE,
    ("POST", "/sign-in"): ANYONE,
    ("POST", "/sign-out"): EVERYBODY,
    ("GET", "/account"): EVERYBODY,
    ("POST", "/account/password"): EVERYBODY,
    ("POST", "/account/devices/<uuid:sign_in_id>/end"): {"principal"},
    ("GET", "/invitation/<token>"): ANYONE,
    ("POST", "/invitation/<token>"): ANYONE,
    ("GET", "/capture"): ANYONE,
    ("GET", "/sw.js"): ANYONE,
    ("GET", "/manifest.webmanifest"): ANYONE,
    ("GET", "/field-kit.json"): VISITORS,
    ("POST", "/sync"): EVERYBODY,
    ("POST", "/sync/have"): EVERYBODY,
    ("POST", "/sync/key"): VISITORS,
    ("GET", "/sync/visits/<uuid:open_id>"): {"principal"},
    ("GET", "/rescue"): EVERYBODY,
    ("POST", "/rescue"): EVERYBODY,
    ("GET", "/repairs"): EVERYBODY,
    ("POST", "/repairs/<uuid:aside_id>/again"): {"principal"},
    ("POST", "/repairs/<uuid:aside_id>/use"): {"principal"},
    ("POST", "/repairs/<uuid:aside_id>/set-aside"): {"principal"},
    ("POST", "/repairs/sealed/<uuid:sealed_id>/mine"): {"principal"},
    ("POST", "/repairs/sealed/<uuid:sealed_id>/set-aside"): {"principal"},
    # before the letter in them is taken back, below
    ("GET", "/binders"): VISITORS | TEACHERS,
    ("POST", "/binders"): VISITORS | TEACHERS,
    ("GET", "/binders/<uuid:binder_id>"): {"principal"},
    ("GET", "/binders/<uuid:binder_id>.zip"): {"principal"},
    ("POST", "/binders/<uuid:binder_id>/cancel"): {"principal"},
    ("POST", "/binders/<uuid:binder_id>/resume"): {"principal"},
    ("GET", "/walkthroughs"): VISITORS | {"teacher", "colleague", "strangers_teacher"},
    ("GET", "/walkthroughs/<uuid:walkthrough_id>"): READERS,
    ("POST", "/walkthroughs/<uuid:walkthrough_id>/retract"): {"principal"},
    ("GET", "/feedback/<uuid:feedback_id>"): READERS,
    ("POST", "/feedback/<uuid:feedback_id>"): {"principal"},
    ("GET", "/feedback/<uuid:feedback_id>.pdf"): READERS,
    ("POST", "/feedback/<uuid:feedback_id>/share"): {"principal"},
    ("POST", "/feedback/<uuid:feedback_id>/take-back"): {"principal"},
    ("POST", "/feedback/<uuid:feedback_id>/correct"): {"principal"},
    ("POST", "/feedback/<uuid:feedback_id>/acknowledge"): {"teacher"},
    ("POST", "/feedback/<uuid:feedback_id>/reply"): {"teacher"},
    ("POST", "/feedback/<uuid:feedback_id>/hold-back"): {"principal"},
    ("POST", "/feedback/<uuid:feedback_id>/answer"): {"principal"},
    ("GET", "/feedback/<uuid:feedback_id>/self-view"): READERS,
    ("POST", "/feedback/<uuid:feedback_id>/self-view"): {"teacher"},
    ("POST", "/feedback/<uuid:feedback_id>/self-view/share"): {"teacher"},
    ("GET", "/plans"): VISITORS | TEACHERS,
    ("POST", "/plans"): VISITORS,
    ("POST", "/plans/<uuid:plan_id>/drop"): {"principal"},
    ("GET", "/wishes"): TEACHERS,
    ("POST", "/wishes"): TEACHERS,
    ("POST", "/wishes/<uuid:wish_id>/withdraw"): {"teacher"},
    ("GET", "/district"): {"administrator"},
    ("POST", "/district"): {"administrator"},
    ("GET", "/people"): VISITORS | {"lead", "administrator"},
    ("GET", "/people/<uuid:person_id>"): {
        "principal",
        "coach",
        "other_coach",
        "lead",
        "administrator",
    },
    ("POST", "/people/<uuid:person_id>/invite"): {"administrator"},
    ("POST", "/people/<uuid:person_id>/roles/<uuid:grant_id>/agree"): {"administrator"},
    ("GET", "/trends"): VISITORS | {"lead"},
    ("GET", "/trends.csv"): VISITORS | {"lead"},
    ("GET", "/trends.xlsx"): VISITORS | {"lead"},
    ("GET", "/trends.pdf"): VISITORS | {"lead"},
    ("GET", "/trends/words"): VISITORS | {"lead"},
    ("GET", "/trends/talk"): VISITORS | {"lead"},
    ("GET", "/trends/conditions"): VISITORS | {"lead"},
    ("GET", "/trends/look-fors/<shelf>/<code>"): VISITORS | {"lead"},
    ("GET", "/trends/rooms"): VISITORS,
    ("GET", "/trends/coverage"): VISITORS,
    ("POST", "/trends/alerts"): VISITORS,
    ("POST", "/trends/alerts/<uuid:alert_id>/end"): {"principal"},
    ("GET", "/room-codes"): VISITORS | {"administrator"},
    ("GET", "/schools/<uuid:school_id>/room-codes"): KEEPERS | {"coach", "other_coach"},
    ("POST", "/schools/<uuid:school_id>/room-codes"): KEEPERS,
    ("GET", "/schools/<uuid:school_id>/room-codes.pdf"): KEEPERS | {"coach", "other_coach"},
    ("GET", "/frameworks"): EVERYBODY,
    ("GET", "/frameworks/<uuid:framework_id>"): EVERYBODY,
    ("GET", "/frameworks/<uuid:framework_id>/export"): EVERYBODY
    - {"teacher", "colleague", "strangers_teacher"},
    ("GET", "/frameworks/import"): STEWARDS,
    ("POST", "/frameworks/import"): STEWARDS,
    ("GET", "/frameworks/import/template.xlsx"): STEWARDS,
    ("GET", "/frameworks/import/<uuid:upload_id>"): {"lead"},
    ("POST", "/frameworks/import/<uuid:upload_id>"): {"lead"},
    ("POST", "/frameworks/import/<uuid:upload_id>/throw-away"): {"lead"},
    ("POST", "/frameworks/<uuid:framework_id>/adopt"): STEWARDS,
    ("GET", "/frameworks/<uuid:framework_id>/next"): STEWARDS,
    ("POST", "/frameworks/<uuid:framework_id>/next"): STEWARDS,
    ("GET", "/frameworks/<uuid:framework_id>/edit"): STEWARDS,
    ("GET", "/frameworks/<uuid:framework_id>/rights"): STEWARDS,
    ("POST", "/frameworks/<uuid:framework_id>/rights"): STEWARDS,
    ("GET", "/frameworks/<uuid:framework_id>/components/new"): STEWARDS,
    ("POST", "/frameworks/<uuid:framework_id>/components/new"): STEWARDS,
    ("GET", "/frameworks/<uuid:framework_id>/components/<uuid:component_id>"): STEWARDS,
    ("POST", "/frameworks/<uuid:framework_id>/components/<uuid:component_id>"): STEWARDS,
    ("POST", "/frameworks/<uuid:framework_id>/components/<uuid:component_id>/move"): STEWARDS,
    ("POST", "/frameworks/<uuid:framework_id>/components/<uuid:component_id>/remove"): STEWARDS,
    ("GET", "/frameworks/<uuid:framework_id>/publish"): STEWARDS,
    ("POST", "/frameworks/<uuid:framework_id>/publish"): STEWARDS,
    ("POST", "/frameworks/<uuid:framework_id>/discard"): STEWARDS,
    ("GET", "/look-fors"): EVERYBODY,
    ("GET", "/look-fors/new"): WRITERS,
    ("POST", "/look-fors/new"): WRITERS,
    ("GET", "/look-fors/<uuid:set_id>"): EVERYBODY,
    ("POST", "/look-fors/<uuid:set_id>/next"): WRITERS,
    ("POST", "/look-fors/<uuid:draft_id>/name"): WRITERS,
    ("POST", "/look-fors/<uuid:set_id>/retire"): DISTRICT,
    ("POST", "/look-fors/<uuid:set_id>/reopen"): DISTRICT,
    ("GET", "/look-fors/<uuid:draft_id>/write"): WRITERS,
    ("POST", "/look-fors/<uuid:draft_id>/write"): WRITERS,
    ("GET", "/look-fors/<uuid:draft_id>/<uuid:look_for_id>"): WRITERS,
    ("POST", "/look-fors/<uuid:draft_id>/<uuid:look_for_id>"): WRITERS,
    ("POST", "/look-fors/<uuid:draft_id>/<uuid:look_for_id>/retire"): WRITERS,
    ("POST", "/look-fors/<uuid:draft_id>/<uuid:left_out_id>/bring-back"): WRITERS,
    ("POST", "/look-fors/<uuid:set_id>/discard"): WRITERS,
    ("POST", "/look-fors/<uuid:set_id>/publish"): DISTRICT,
    ("GET", "/alignments"): WRITERS,
    ("POST", "/alignments"): WRITERS,
    ("POST", "/alignments/<uuid:tied_id>/<uuid:component_id>/remove"): WRITERS,
    ("GET", "/coverage"): EVERYBODY,
    ("GET", "/stances/<uuid:component_id>"): DECIDERS,
    ("POST", "/stances/<uuid:component_id>"): DECIDERS,
    ("POST", "/stances/<uuid:stance_id>/end"): {"principal", "coach", "other_coach"} | DISTRICT,
    ("GET", "/focus-sets"): EVERYBODY,
    ("GET", "/focus-sets/new"): CHOOSERS | {"stranger"},
    ("POST", "/focus-sets/new"): CHOOSERS | {"stranger"},
    ("GET", "/focus-sets/<uuid:focus_id>"): CHOOSERS,
    ("POST", "/focus-sets/<uuid:focus_id>"): CHOOSERS,
    ("POST", "/focus-sets/<uuid:focus_id>/end"): CHOOSERS,
    ("GET", "/guide"): EVERYBODY,
    ("GET", "/guide.pdf"): EVERYBODY,
    ("GET", "/guide/<key>.pdf"): EVERYBODY,
    ("GET", "/guide/<key>/card.pdf"): EVERYBODY,
    ("GET", "/communication"): EVERYBODY,
    ("GET", "/communication/<audience>"): EVERYBODY,
    ("GET", "/communication/<audience>.pdf"): EVERYBODY,
    ("GET", "/communication/<audience>/edit"): DISTRICT,
    ("POST", "/communication/<audience>/edit"): DISTRICT,
    ("POST", "/communication/<audience>/ours"): DISTRICT,
    ("GET", "/discourse"): EVERYBODY,
    ("GET", "/healthz"): ANYONE,
    ("GET", "/readyz"): ANYONE,
}


def close_a_term(district: District) -> None:
    """A term of which nothing could be shown is enough for a file."""
    TrendPeriod.claim(district, "2026-spring", Limits(), at=access.now())
    db.session.commit()


OF_A_DRAFT = ("/edit", "/rights", "/components", "/publish", "/discard")
"""Routes that answer for a draft only."""

REFUSED = {401, 404}
"""What somebody gets who may not: no page, and no hint that there is one."""


def routes(app: Flask) -> set[tuple[str, str]]:
    """What the app answers, without the methods Flask adds by itself."""
    return {
        (method, str(rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_the_url_map_is_exactly_what_this_table_declares(app: Flask) -> None:
    found = routes(app)
    assert found - set(MAY) == set(), "new routes: say in MAY who may call them"
    assert set(MAY) - found == set(), "routes that are gone: remove them from MAY"


def test_every_route_names_its_verb(app: Flask) -> None:
    silent = [
        endpoint for endpoint, view in app.view_functions.items() if access.verb_of(view) is None
    ]
    assert silent == [], "write @can(…) or @anyone above the handler"


def test_a_route_without_a_verb_is_closed_to_everybody(
    visit: Visit, cast: Cast, app: Flask
) -> None:
    view: Any = app.view_functions["frameworks.index"]
    verb = view.verb
    del view.verb
    try:
        assert visit(cast.administrator).get("/frameworks").status == 404
    finally:
        view.verb = verb
    assert visit(cast.administrator).get("/frameworks").status == 200


def own_framework(cast: Cast) -> tuple[Framework, FrameworkUpload]:
    """A draft without rights, and a file that the lead uploaded and nobody accepted."""
    brought = read(b"Code,Name\n1,Planning\n1a,Goals\n", "rubric.csv")
    draft = bring(brought, cast.lead.district, by=cast.lead, at=access.now())
    upload = FrameworkUpload.keep(brought, "rubric.csv", by=cast.lead, at=access.now())
    db.session.commit()
    return draft, upload


@pytest.fixture
def paths(visit: Visit, cast: Cast) -> dict[str, str]:
    """A path for every rule, through rows that exist."""
    phone = Phone()
    phone.whole_visit(cast)
    principal = visit(cast.principal)
    principal.sync(phone.batch())
    feedback = db.session.scalars(Feedback.editable_by(cast.principal)).unique().one()
    principal.post(f"/feedback/{feedback.id}/share", {"places-0-text": "Students compared ways."})
    sign_in = SignIn.of(cast.principal, at=access.now())
    device = db.session.scalars(sign_in).first()
    assert device is not None
    grant = cast.teacher.grants[0]
    own, upload = own_framework(cast)
    look_for = cast.look_for("BL01")
    draft = _draft(cast)
    left_out = draft.look_fors[-1]
    draft.leave_out(left_out, by=cast.lead, at=access.now())
    component = db.session.scalars(
        select(Alignment.component_id)
        .join(Component, Component.id == Alignment.component_id)
        .where(Alignment.look_for_id == look_for.id, Component.framework_id == cast.framework.id)
    ).first()
    stance, focus = _decided(cast)
    db.session.commit()
    principal.post(f"/schools/{named('lincoln')}/room-codes")
    plan, wish, binder = before_and_after(visit, cast)
    lincoln = db.session.get_one(School, named("lincoln"))
    alert = TrendAlert.ask(lincoln, 3, by=cast.principal, at=access.now())
    close_a_term(cast.principal.district)
    principal.sync(
        {
            "device": "phone-1",
            "events": [{"kind": "unknown"}],
            "sealed": [seal(told(principal, "phone-1"), [], key_id=str(named("no key")))],
        }
    )
    [stuck] = db.session.scalars(EventAside.visible_to(cast.principal))
    [sealed] = db.session.scalars(SealedAside.visible_to(cast.principal))
    begun = Phone()
    begun.start(cast)
    principal.sync(begun.batch())
    values = {
        "<uuid:open_id>": begun.walk,
        "<uuid:aside_id>": stuck.id,
        "<uuid:sealed_id>": sealed.id,
        "<uuid:sign_in_id>": device.id,
        "<token>": "not-a-token",
        "<uuid:walkthrough_id>": phone.walk,
        "<uuid:feedback_id>": feedback.id,
        "<uuid:person_id>": named("okafor"),
        "<uuid:grant_id>": grant.id,
        "<uuid:framework_id>": cast.framework.id,
        "<uuid:upload_id>": upload.id,
        "<uuid:set_id>": look_for.set_id,
        "<uuid:draft_id>": draft.id,
        "<uuid:look_for_id>": draft.look_fors[0].id,
        "<uuid:left_out_id>": cast.look_for("WO03").id,
        "<uuid:tied_id>": look_for.id,
        "<uuid:component_id>": component,
        "<uuid:stance_id>": stance.id,
        "<uuid:focus_id>": focus.id,
        "<key>": "core-four",
        "<audience>": "staff",
        "<uuid:school_id>": named("lincoln"),
        "<uuid:plan_id>": plan.id,
        "<uuid:wish_id>": wish.id,
        "<uuid:binder_id>": binder.id,
        "<shelf>": "core-four",
        "<code>": "BL01",
        "<uuid:alert_id>": alert.id,
    }
    found = {}
    for _, rule in MAY:
        path = rule
        if any(part in rule for part in OF_A_DRAFT):
            path = path.replace("<uuid:framework_id>", str(own.id))
            path = path.replace("<uuid:component_id>", str(own.components[0].id))
        for name, value in values.items():
            path = path.replace(name, str(value))
        found[rule] = path
    return found


def before_and_after(visit: Visit, cast: Cast) -> tuple[Plan, Wish, Binder]:
    """The principal’s plan and full binder, and the teacher’s wish."""
    principal = visit(cast.principal)
    plan = {"teacher": str(named("okafor")), "purpose": "walkthrough", "day": "2099-10-14"}
    assert principal.post("/plans", plan).status == 302
    assert visit(cast.teacher).post("/wishes", {"text": "Who talks last"}).status == 302
    with db.session.begin_nested():
        term = Term("Fall 2026", date(2026, 8, 1), date(2026, 12, 31))
        binder = Binder.make(term, by=cast.principal, paper="letter", at=access.now())
        assert binder is not None
        binder.job.state = "done"
        BinderPage.note(binder.id, 0, digest=b"of a print")
    db.session.commit()
    plans = db.session.scalars(Plan.of_visitor(cast.principal)).one()
    return plans, db.session.scalars(Wish.visible_to(cast.teacher)).one(), binder


def _draft(cast: Cast) -> LookForSet:
    """The next version of the watch-outs, begun by the coach."""
    watch_outs = db.session.scalars(
        LookForSet.visible_to(cast.coach).where(LookForSet.key == "watch-outs")
    ).one()
    return watch_outs.next_draft(by=cast.coach, at=access.now())


def _decided(cast: Cast) -> tuple[Stance, FocusSet]:
    """What Lincoln’s principal decided about a component, and what she looks for this fall."""
    stance = Stance.take(
        cast.framework.components[5],
        "refrain",
        unit="",
        reason="Talk first.",
        school_id=named("lincoln"),
        by=cast.principal,
        at=access.now(),
    )
    fall = Choice("Fall", date(2026, 9, 1), date(2026, 12, 1), ["core-four BL01"], named("lincoln"))
    return stance, FocusSet.choose(fall, by=cast.principal, at=access.now())


@pytest.mark.parametrize("part", sorted(ANYONE))
def test_each_part_gets_what_the_table_says_and_nothing_more(
    visit: Visit, cast: Cast, paths: dict[str, str], part: str
) -> None:
    wrong = []
    for (method, rule), may in MAY.items():
        somebody = visit(None if part == "nobody" else getattr(cast, part))
        page = somebody.get(paths[rule]) if method == "GET" else somebody.post(paths[rule])
        wrong += _judge(method, rule, page.status, allowed=part in may, part=part)
    assert wrong == []


def _judge(method: str, rule: str, status: int, *, allowed: bool, part: str) -> list[str]:
    if status >= 500:
        return [f"{method} {rule} broke with {status} for {part}"]
    if rule.startswith("/invitation"):
        return [] if status == 404 else [f"{method} {rule} took a wrong token: {status}"]
    sent_to_sign_in = part == "nobody" and status == 302
    refused = status in REFUSED or sent_to_sign_in
    if allowed and refused:
        return [f"{method} {rule} refuses {part} with {status}"]
    if not allowed and not refused:
        return [f"{method} {rule} lets {part} in with {status}"]
    return []


def test_an_invitation_opens_for_whoever_holds_the_link(visit: Visit, cast: Cast) -> None:
    token = Invitation.make(cast.teacher, by=cast.administrator, at=access.now())
    db.session.commit()
    assert visit().get(f"/invitation/{token}").status == 200
    chosen = {"password": "several plain words", "again": "several plain words"}
    assert visit().post(f"/invitation/{token}", chosen).status == 302
    assert visit().get(f"/invitation/{token}").status == 404
