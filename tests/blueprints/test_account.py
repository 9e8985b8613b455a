"""Signing in and out, wrong passwords, other devices, and links that lead elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import select, update

from models.base import db
from models.person import Person
from models.sign_in import FREE_TRIES, IDLE, SignIn
from tests.cast import PASSWORD, Cast
from tests.page import Page, Visitor

Visit = Callable[..., Visitor]


def sign_in(browser: Visitor, email: str, password: str = PASSWORD, **more: str) -> Page:
    """Fill in the form."""
    return browser.post("/sign-in", {"email": email, "password": password, **more})


def test_the_principal_signs_in_and_lands_on_today(visit: Visit, cast: Cast) -> None:
    browser = visit()
    page = sign_in(browser, "Holt@CedarFalls.example ")
    assert page.status == 302
    assert browser.get("/").heading == "Today"


def test_an_unknown_account_and_a_wrong_password_get_the_same_words(
    visit: Visit, cast: Cast
) -> None:
    wrong = sign_in(visit(), cast.principal.email or "", "not this one")
    unknown = sign_in(visit(), "nobody@x.example", "not this one")
    assert wrong.status == unknown.status == 422
    assert "do not belong together" in wrong.words
    assert "do not belong together" in unknown.words


def test_an_account_closes_for_a_while_after_wrong_passwords_and_only_that_one(
    visit: Visit, cast: Cast
) -> None:
    browser = visit()
    for _ in range(FREE_TRIES):
        sign_in(browser, "holt@cedarfalls.example", "not this one")
    assert "Too many tries for this account" in sign_in(browser, "holt@cedarfalls.example").words
    assert sign_in(visit(), "reyes@cedarfalls.example").status == 302
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=1), tick=True):
        assert sign_in(browser, "holt@cedarfalls.example").status == 302
        # the right password starts the count again
        assert "do not belong" in sign_in(visit(), "holt@cedarfalls.example", "no").words


def test_the_wait_grows_and_is_never_longer_than_a_quarter_of_an_hour(
    visit: Visit, cast: Cast
) -> None:
    at = datetime.now(UTC)
    for _ in range(FREE_TRIES + 10):
        at += timedelta(minutes=15, seconds=1)
        with time_machine.travel(at, tick=False):
            page = sign_in(visit(), "holt@cedarfalls.example", "not this one")
            assert "do not belong together" in page.words


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "http:evil.example",
        "/\tevil",
        "javascript:alert(1)",
    ],
)
def test_signing_in_never_leads_to_another_site(visit: Visit, cast: Cast, elsewhere: str) -> None:
    page = sign_in(visit(), "holt@cedarfalls.example", next=elsewhere)
    assert page.response.headers["Location"] == "/"


def test_signing_in_goes_on_to_the_page_that_was_asked_for(visit: Visit, cast: Cast) -> None:
    browser = visit()
    asked = browser.get("/walkthroughs?page=2")
    assert asked.response.headers["Location"] == "/sign-in?next=/walkthroughs?page%3D2"
    page = sign_in(browser, "holt@cedarfalls.example", next="/walkthroughs?page=2")
    assert page.response.headers["Location"] == "/walkthroughs?page=2"


def test_signing_out_ends_the_session_on_the_server_too(visit: Visit, cast: Cast) -> None:
    browser = visit(cast.principal)
    with browser.client.session_transaction() as kept:
        stolen = kept["_user_id"]
    browser.post("/sign-out")
    thief = visit()
    with thief.client.session_transaction() as kept:
        kept["_user_id"] = stolen
    assert thief.get("/").status == 302


def test_one_device_can_sign_another_out(visit: Visit, cast: Cast) -> None:
    lost, here = visit(cast.principal), visit(cast.principal)
    sign_ins = db.session.scalars(SignIn.of(cast.principal, at=datetime.now(UTC))).all()
    with lost.client.session_transaction() as kept:
        token = kept["_user_id"]
    found = SignIn.find(token, at=datetime.now(UTC))
    assert found is not None
    assert len(sign_ins) == 2
    assert here.post(f"/account/devices/{found.id}/end").status == 302
    assert lost.get("/").status == 302
    assert here.get("/").status == 200


def test_a_new_password_signs_every_other_device_out(visit: Visit, cast: Cast) -> None:
    other, here = visit(cast.principal), visit(cast.principal)
    chosen = {"password": "three quiet corridors", "again": "three quiet corridors"}
    assert here.post("/account/password", chosen).status == 302
    assert here.get("/").status == 200
    assert other.get("/").status == 302
    assert sign_in(visit(), "holt@cedarfalls.example", "three quiet corridors").status == 302


def test_a_short_or_mistyped_password_is_refused_and_nothing_changes(
    visit: Visit, cast: Cast
) -> None:
    here = visit(cast.principal)
    short = here.post("/account/password", {"password": "short", "again": "short"})
    assert (short.status, "at least 10 characters" in short.words) == (422, True)
    wrong = {"password": "three quiet corridors", "again": "three quiet corridor"}
    assert "not the same" in here.post("/account/password", wrong).words
    assert sign_in(visit(), "holt@cedarfalls.example").status == 302


def test_a_device_not_used_for_two_weeks_is_signed_out(visit: Visit, cast: Cast) -> None:
    browser = visit(cast.principal)
    assert browser.get("/").status == 200
    with time_machine.travel(datetime.now(UTC) + IDLE + timedelta(minutes=1)):
        assert browser.get("/").status == 302


def test_a_device_that_is_used_stays_signed_in(visit: Visit, cast: Cast) -> None:
    browser = visit(cast.principal)
    at = datetime.now(UTC)
    for _ in range(3):
        at += IDLE - timedelta(hours=1)
        with time_machine.travel(at):
            assert browser.get("/").status == 200


def test_a_form_without_its_token_changes_nothing(visit: Visit, cast: Cast) -> None:
    browser = visit(cast.principal)
    page = browser.post("/sign-out", body={})
    assert page.status == 403
    assert browser.get("/").status == 200


def test_a_host_we_do_not_know_is_not_answered(visit: Visit, cast: Cast) -> None:
    page = visit().client.get("/sign-in", headers={"Host": "evil.example"})
    assert page.status_code == 400


def test_a_phone_signs_in_where_it_stands(visit: Visit, cast: Cast) -> None:
    browser = visit()
    ours = {"X-Crosswalk": "1", "Sec-Fetch-Site": "same-origin"}
    given = {"email": "holt@cedarfalls.example", "password": PASSWORD}
    wrong = browser.post("/sign-in", json=given | {"password": "no"}, headers=ours)
    assert (wrong.status, wrong.response.get_json()["server"]) == (401, "crosswalk")
    page = browser.post("/sign-in", json=given, headers=ours)
    assert page.response.get_json()["person"]["name"] == "Ms. Holt"
    assert browser.get("/field-kit.json").status == 200


def test_another_site_cannot_sign_somebody_in(visit: Visit, cast: Cast) -> None:
    theirs = {"X-Crosswalk": "1", "Sec-Fetch-Site": "cross-site"}
    given = {"email": "holt@cedarfalls.example", "password": PASSWORD}
    assert visit().post("/sign-in", json=given, headers=theirs).status == 403
    stale = visit().post("/sign-in", body=given)
    assert (stale.status, "open too long" in stale.words) == (422, True)


def test_a_hash_of_another_cost_is_made_anew_at_the_next_sign_in(visit: Visit, cast: Cast) -> None:
    dear = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    db.session.execute(
        update(Person).where(Person.id == cast.principal.id).values(password_hash=dear)
    )
    db.session.commit()
    assert sign_in(visit(), cast.principal.email or "").status == 302
    made = db.session.scalar(select(Person.password_hash).where(Person.id == cast.principal.id))
    assert made is not None
    assert "$m=19456,t=2,p=1$" in made
    assert sign_in(visit(), cast.principal.email or "").status == 302
