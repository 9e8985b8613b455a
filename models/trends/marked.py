"""What each fact says in words: its marks by name and the reasons of its verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, write_or_renew


class Marked(Model):
    """The words of one fact, apart from it: a narrow fact is quick to find and to count."""

    __tablename__ = "trend_marks"

    walkthrough_id: Mapped[UUID] = mapped_column(
        ForeignKey("trend_facts.walkthrough_id", ondelete="CASCADE"), primary_key=True
    )
    marks: Mapped[dict[str, Any]]
    """By look-for (“core-four/BL01”): its mark, or “in_focus” where it was left untapped."""
    reasons: Mapped[list[Any]]

    @classmethod
    def keep(cls, facts: Sequence[Mapping[str, Any]]) -> None:
        """Bring the words of facts up to date."""
        names = ("walkthrough_id", "marks", "reasons")
        rows = [{name: fact[name] for name in names} for fact in facts]
        write_or_renew(cls, rows)
