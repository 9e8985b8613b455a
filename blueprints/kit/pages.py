"""What every page is given: who is signed in, where they can go."""

from __future__ import annotations

from typing import Any

from flask import Flask, get_flashed_messages, request, url_for
from flask_login import current_user

from blueprints.kit.access import person

NAV = (
    ("today.show", "home", "Today", "see-today"),
    ("coaching.index", "sprout", "Coaching", "coach"),
    ("people.index", "team", "People", "see-people"),
    ("walkthroughs.index", "eye", "Visits", "see-walkthroughs"),
    ("trends.index", "chart", "Trends", "see-trends"),
    ("frameworks.index", "compass", "Framework", "read-framework"),
)
"""Endpoint, icon, name, verb: at most five items in reach of a thumb."""
WITHIN = {
    **dict.fromkeys(("look_fors", "alignments", "coverage", "stances", "focus_sets"), "frameworks"),
    **dict.fromkeys(("guides", "communication"), "frameworks"),
}
"""Pages that are reached from one of these, and light it."""


def init(app: Flask) -> None:
    """Offer the navigation, the person's name and notices to templates."""

    @app.context_processor
    def _common() -> dict[str, Any]:
        # a page for somebody signed out, or an error page before we know who it is
        known = bool(current_user) and current_user.is_authenticated
        return {
            "nav": _nav() if known else [],
            "person_name": person().name if known else "",
            "notices": [
                {"text": text, "state": "done" if state == "message" else state}
                for state, text in _flashed()
            ],
        }


def _flashed() -> list[tuple[str, str]]:
    return get_flashed_messages(with_categories=True)  # type: ignore[return-value]


def _nav() -> list[dict[str, Any]]:
    here = WITHIN.get(request.blueprint or "", request.blueprint)
    return [
        {
            "href": url_for(endpoint),
            "icon": icon,
            "name": name,
            "current": endpoint.split(".")[0] == here,
        }
        for endpoint, icon, name, verb in NAV
        if person().may(verb) and not (name == "People" and person().may("coach"))
    ]
