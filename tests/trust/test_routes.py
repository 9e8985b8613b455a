"""Every route × method × role: the url map equals this table, and every cell is tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from blueprints.kit import access
from models.base import db
from models.sign_in import Invitation
from tests.cast import Cast
from tests.page import Visitor
from tests.trust.crawl import print_nothing
from tests.trust.paths import path_of, places
from tests.voice import sheet_of_tickets

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
# What those two keep in coaching is open to nobody else.
PAIR = {"coach", "teacher"}
COACHING = {"coach", "other_coach", "teacher", "colleague", "strangers_teacher"}
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
    ("GET", "/voice"): ANYONE,
    ("GET", "/voice/thanks"): ANYONE,
    ("GET", "/voice/<ticket>"): ANYONE,
    ("POST", "/voice/<ticket>"): ANYONE,
    ("GET", "/voice-sheets"): VISITORS | TEACHERS,
    ("POST", "/voice-sheets"): TEACHERS,
    # closed, and shared with the coach and with observers
    ("GET", "/voice-sheets/<uuid:sheet_id>"): READERS,
    ("GET", "/voice-sheets/<uuid:sheet_id>.pdf"): {"teacher"},
    ("POST", "/voice-sheets/<uuid:sheet_id>/close"): {"teacher"},
    ("POST", "/voice-sheets/<uuid:sheet_id>/drop"): {"teacher"},
    ("POST", "/voice-sheets/<uuid:sheet_id>/share"): {"teacher"},
    ("GET", "/plans"): VISITORS | TEACHERS,
    ("POST", "/plans"): VISITORS,
    ("POST", "/plans/<uuid:plan_id>/drop"): {"principal"},
    ("GET", "/wishes"): TEACHERS,
    ("POST", "/wishes"): TEACHERS,
    ("POST", "/wishes/<uuid:wish_id>/withdraw"): {"teacher"},
    ("GET", "/district"): {"administrator"},
    ("POST", "/district"): {"administrator"},
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
    ("POST", "/trends/views"): VISITORS,
    ("POST", "/trends/views/<uuid:view_id>/drop"): {"principal"},
    ("POST", "/trends/alerts/<uuid:alert_id>/end"): {"principal"},
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
    ("GET", "/coaching"): COACHING,
    ("POST", "/coaching"): {"coach", "other_coach"},
    ("GET", "/coaching/caseload.pdf"): {"coach", "other_coach"},
    ("GET", "/coaching/<uuid:caseload_id>"): PAIR,
    ("POST", "/coaching/<uuid:caseload_id>/agree"): {"teacher"},
    ("POST", "/coaching/<uuid:caseload_id>/co-coaches"): {"coach"},
    ("POST", "/coaching/<uuid:caseload_id>/goal"): PAIR,
    ("POST", "/coaching/<uuid:caseload_id>/notes"): PAIR,
    ("POST", "/coaching/notes/<uuid:note_id>/share"): {"coach"},
    ("POST", "/coaching/<uuid:caseload_id>/mentoring"): PAIR,
    ("GET", "/coaching/<uuid:caseload_id>/phases"): PAIR,
    ("GET", "/coaching/<uuid:caseload_id>/phases/<uuid:phase_id>"): PAIR,
    ("POST", "/coaching/<uuid:caseload_id>/phases/<uuid:phase_id>"): {"teacher"},
    ("GET", "/coaching/<uuid:caseload_id>/plan"): PAIR,
    ("POST", "/coaching/<uuid:caseload_id>/plan"): PAIR,
    ("GET", "/coaching/plan/<uuid:part_id>"): PAIR,
    ("POST", "/coaching/plan/<uuid:part_id>"): PAIR,
    ("POST", "/coaching/plan/<uuid:part_id>/drop"): PAIR,
    ("GET", "/coaching/<uuid:caseload_id>/step"): PAIR,
    ("POST", "/coaching/<uuid:caseload_id>/steps"): PAIR,
    ("GET", "/coaching/check-backs.ics"): {"coach", "other_coach"},
    ("GET", "/steps"): EVERYBODY - {"lead", "administrator"},
    ("GET", "/steps/library"): EVERYBODY - {"lead", "administrator"},
    ("GET", "/steps/<uuid:step_id>"): PAIR,
    ("GET", "/steps/<uuid:step_id>.ics"): PAIR,
    ("POST", "/steps/<uuid:step_id>/tried"): {"teacher"},
    ("POST", "/steps/<uuid:step_id>/check-back"): PAIR,
    ("POST", "/steps/<uuid:step_id>/adjust"): PAIR,
    ("POST", "/steps/<uuid:step_id>/close"): {"coach"},
    # last of its kind: what has ended opens no more to a coach
    ("POST", "/coaching/<uuid:caseload_id>/end"): PAIR,
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


@pytest.fixture
def paths(visit: Visit, cast: Cast) -> dict[str, str]:
    """A path for every rule, through rows that exist."""
    filled = places(visit, cast)
    return {rule: path_of(rule, filled) for _, rule in MAY}


@pytest.mark.only_sqlite  # who may is decided above the database; its own answers stand below
@pytest.mark.parametrize("part", sorted(ANYONE))
def test_each_part_gets_what_the_table_says_and_nothing_more(
    visit: Visit,
    cast: Cast,
    paths: dict[str, str],
    part: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    print_nothing(monkeypatch)  # who may have a paper is decided before it is printed
    wrong = []
    for (method, rule), may in MAY.items():
        status = _try(visit, cast, part, method, paths[rule])
        wrong += _judge(method, rule, status, allowed=part in may, part=part)
    assert wrong == []


def test_every_route_answers_somebody_who_may_on_every_database(
    visit: Visit, cast: Cast, paths: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    print_nothing(monkeypatch)
    wrong = []
    order = ("coach", "teacher", "lead", "administrator", "principal")
    cells = [(next(part for part in order if part in may), *cell) for cell, may in MAY.items()]
    # the principal comes last, because she takes back what others answer
    for part, method, rule in sorted(cells, key=lambda cell: cell[0] == "principal"):
        status = _try(visit, cast, part, method, paths[rule])
        wrong += _judge(method, rule, status, allowed=True, part=part)
    assert wrong == []


def _try(visit: Visit, cast: Cast, part: str, method: str, path: str) -> int:
    somebody = visit(None if part == "nobody" else getattr(cast, part))
    return (somebody.get(path) if method == "GET" else somebody.post(path)).status


def _judge(method: str, rule: str, status: int, *, allowed: bool, part: str) -> list[str]:
    if status >= 500:
        return [f"{method} {rule} broke with {status} for {part}"]
    if rule.startswith(("/invitation", "/voice/<")):
        return [] if status == 404 else [f"{method} {rule} took a wrong token: {status}"]
    sent_to_sign_in = part == "nobody" and status == 302
    refused = status in REFUSED or sent_to_sign_in
    if allowed and refused:
        return [f"{method} {rule} refuses {part} with {status}"]
    if not allowed and not refused:
        return [f"{method} {rule} lets {part} in with {status}"]
    return []


def test_a_ticket_opens_for_whoever_holds_it(visit: Visit, cast: Cast) -> None:
    [ticket, *_] = sheet_of_tickets(cast)
    assert visit().get(f"/voice/{ticket}").status == 200
    assert visit().post(f"/voice/{ticket}", {"now": "clear"}).status == 303
    assert visit().get(f"/voice/{ticket}").status == 404


def test_an_invitation_opens_for_whoever_holds_the_link(visit: Visit, cast: Cast) -> None:
    token = Invitation.make(cast.teacher, by=cast.administrator, at=access.now())
    db.session.commit()
    assert visit().get(f"/invitation/{token}").status == 200
    chosen = {"password": "several plain words", "again": "several plain words"}
    assert visit().post(f"/invitation/{token}", chosen).status == 302
    assert visit().get(f"/invitation/{token}").status == 404
