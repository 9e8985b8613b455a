"""Signing in and out."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import PASSWORD, Cast
from tests.page import Visitor

Visit = Callable[..., Visitor]


def test_the_principal_signs_in_and_lands_on_today(visit: Visit, cast: Cast) -> None:
    browser = visit()
    page = browser.post("/sign-in", {"email": "Holt@CedarFalls.example ", "password": PASSWORD})
    assert page.status == 302
    assert browser.get("/").heading == "Today"


def test_an_unknown_account_and_a_wrong_password_get_the_same_words(
    visit: Visit, cast: Cast
) -> None:
    wrong = visit().post("/sign-in", {"email": cast.principal.email, "password": "not this one"})
    unknown = visit().post("/sign-in", {"email": "nobody@x.example", "password": "not this one"})
    assert wrong.status == unknown.status == 422
    assert "do not belong together" in wrong.words
    assert "do not belong together" in unknown.words
