"""One observable behavior in plain words, as one version of its set says it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.act import Act
from models.alignment import Alignment
from models.base import Model, new_id

if TYPE_CHECKING:
    from models.look_for.look_for_set import LookForSet
    from models.person import Person
    from rules import framework as shelf

WORDS = (
    *("statement", "kind", "core_four", "leap", "role", "ask", "starting", "growing", "strong"),
    *("example", "artifact", "resource", "strength_phrase", "observation_phrase"),
    *("step_phrase", "question_phrase", "focus"),
)


class LookFor(Model):
    """One observable behavior in plain words."""

    __tablename__ = "look_fors"
    __table_args__ = (UniqueConstraint("set_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    set_id: Mapped[UUID] = mapped_column(ForeignKey("look_for_sets.id"))
    key: Mapped[str]
    statement: Mapped[str]
    kind: Mapped[str]
    core_four: Mapped[str | None]
    leap: Mapped[str | None]
    role: Mapped[str | None]
    ask: Mapped[str] = mapped_column(default="")
    starting: Mapped[str] = mapped_column(default="")
    growing: Mapped[str] = mapped_column(default="")
    strong: Mapped[str] = mapped_column(default="")
    example: Mapped[str] = mapped_column(default="")
    artifact: Mapped[str] = mapped_column(default="")
    resource: Mapped[str] = mapped_column(default="")
    strength_phrase: Mapped[str] = mapped_column(default="")
    observation_phrase: Mapped[str] = mapped_column(default="")
    step_phrase: Mapped[str] = mapped_column(default="")
    question_phrase: Mapped[str] = mapped_column(default="")
    focus: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    alignments: Mapped[list[Alignment]] = relationship(
        lazy="raise", order_by="Alignment.position", cascade="all, delete-orphan"
    )
    look_for_set: Mapped[LookForSet] = relationship(lazy="raise", back_populates="look_fors")

    @property
    def in_draft(self) -> bool:
        """Whether no visit can have used it yet."""
        return self.look_for_set.state == "draft"

    def stands_among(self, component_ids: Collection[UUID]) -> bool:
        """Whether it is tied to one of these components."""
        return any(tie.component_id in component_ids for tie in self.alignments)

    def words(self) -> dict[str, Any]:
        """Everything that is written about it."""
        return {name: getattr(self, name) for name in WORDS}

    def copied(self) -> LookFor:
        """The same look-for for another version of its set, with its alignments."""
        return LookFor(
            id=new_id(),
            key=self.key,
            position=self.position,
            alignments=[tie.copied() for tie in self.alignments],
            **self.words(),
        )

    def rewrite(self, words: Mapping[str, Any], *, by: Person, at: datetime) -> None:
        """Change the words of a look-for in a draft (the set has been asked)."""
        for name, value in words.items():
            setattr(self, name, value)
        Act.record("look-for-written", self.id, by=by, at=at, of=dict(words))

    @classmethod
    def from_shelf(cls, source: shelf.LookFor, position: int) -> LookFor:
        """A row from a look-for in a file."""
        return cls(id=new_id(), position=position, alignments=[], **source.model_dump())
