"""How values look on a page: days and times on the district's clock, counts in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask

from rules.calendar import (
    clock,
    date_words,
    day,
    near_day,
    short_day,
    time_words,
    weekday_words,
)
from rules.discourse import VERDICT_WORDS
from rules.feedback.report import Bar, Row
from rules.loop import due_words
from rules.step import standing_words
from rules.trends import period_title


def plural(count: int, one: str, many: str | None = None) -> str:
    """“1 visit”, “2 visits”."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def timeline_items(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Evidence for components/timeline.html."""
    return [
        {
            "number": row.number,
            "at": row.clock,
            "text": row.text,
            "plate": row.plate or "",
            "detail": row.detail,
            "said": f"“{row.said.strip('“”')}”" if row.said else "",
            "counts": counts(row.bar) if row.bar else {},
            "present": (row.bar.present or 0) if row.bar else 0,
            "used": row.used,
            "strong": row.strong or row.bar is not None,
        }
        for row in rows
    ]


def some_left_out(bars: Iterable[Bar]) -> bool:
    """Whether some students in the room were in no category, so that the legend says it."""
    return any((bar.present or 0) > bar.total for bar in bars)


def counts(bar: Bar) -> dict[str, int]:
    """A sweep's counts for components/room.html."""
    return {category: number for category, _, number in bar.counts}


def init(app: Flask) -> None:
    """Offer them to templates."""
    app.jinja_env.filters.update(
        day=day,
        near_day=near_day,
        short_day=short_day,
        weekday_words=weekday_words,
        clock=clock,
        date_words=date_words,
        due_words=due_words,
        period=period_title,
        time_words=time_words,
        standing_words=standing_words,
        plural=plural,
        timeline_items=timeline_items,
        counts=counts,
        some_left_out=some_left_out,
    )
    app.jinja_env.globals["verdict_words"] = VERDICT_WORDS
