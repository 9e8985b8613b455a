"""How values look on a page: days and times on the district's clock, counts in words."""

from __future__ import annotations

from flask import Flask

from rules.calendar import clock, day, short_day


def plural(count: int, one: str, many: str | None = None) -> str:
    """“1 visit”, “2 visits”."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def init(app: Flask) -> None:
    """Offer them to templates."""
    app.jinja_env.filters.update(day=day, short_day=short_day, clock=clock, plural=plural)
