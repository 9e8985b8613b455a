"""One invented visit as trends keep it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models.base import new_id


def shared_visit(at: datetime, month: str, **said: Any) -> dict[str, Any]:
    """A visit shared on its day; `said` is where it was, who was there and what was seen."""
    return {
        "walkthrough_id": new_id(),
        "class_id": None,
        "model": "",
        "phase": "work",
        "started_at": at,
        "shared_at": at,
        "month": month,
        "same_day": True,
        "rule_version": "1",
        "reasons": [],
        **said,
    }
