"""The reading visitor notices a template that asks the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from models.base import db
from tests.page import Visitor


def test_a_template_that_asks_the_database_is_caught(
    app: Flask, visit: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nosy(path: str) -> str:
        db.session.execute(text("SELECT 1"))
        return f"/static/{path}"

    assert visit().get("/sign-in").status == 200
    monkeypatch.setitem(app.jinja_env.globals, "static_url", nosy)
    app.jinja_env.cache.clear()  # type: ignore[union-attr]
    with pytest.raises(AssertionError, match="the template asked the database"):
        visit().get("/sign-in")
    app.jinja_env.cache.clear()  # type: ignore[union-attr]
