"""A versioned group of look-fors, from draft to published to superseded, or retired."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from models.act import Act, NotNow
from models.base import db, new_id
from models.look_for import naming
from models.look_for.look_for import LookFor
from models.versioned import Versioned

if TYPE_CHECKING:
    from models.district import District
    from models.person import Person
    from rules import framework as shelf

OWN_RIGHTS = {
    "holder": "",
    "licence": "All rights reserved",
    "basis": "own_words",
    "source_url": None,
    "required_notice": "",
    "checked_on": "",
}


class LookForSet(Versioned):
    """A versioned group of look-fors: draft, published, superseded by the next, or retired."""

    __tablename__ = "look_for_sets"

    position: Mapped[int] = mapped_column(default=0)

    look_fors: Mapped[list[LookFor]] = relationship(
        lazy="raise",
        order_by="LookFor.position",
        cascade="all, delete-orphan",
        back_populates="look_for_set",
    )

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[LookForSet]]:
        """Everybody in a district may read what is looked for."""
        return cls.of(person.district_id)

    @classmethod
    def of(cls, district_id: UUID) -> Select[tuple[LookForSet]]:
        """A district's published sets, whole."""
        return cls.whole().where(cls.district_id == district_id, cls.state == "published")

    @classmethod
    def whole(cls) -> Select[tuple[LookForSet]]:
        """Sets with their look-fors and alignments, in the order of the shelf."""
        return (
            select(cls)
            .options(selectinload(cls.look_fors).selectinload(LookFor.alignments))
            .order_by(cls.position, cls.name, cls.made_at.desc())
        )

    @classmethod
    def readable_by(cls, person: Person) -> Select[tuple[LookForSet]]:
        """Sets of any time, since old visits point at them; drafts only for who may write."""
        rows = cls.whole().where(cls.district_id == person.district_id)
        return cls.drafts_apart(rows, person, verb="write-look-fors")

    @classmethod
    def drafts_of(cls, person: Person) -> Select[tuple[LookForSet]]:
        """The sets that somebody may edit."""
        return cls.readable_by(person).where(cls.state == "draft")

    @classmethod
    def changeable_by(cls, person: Person) -> Select[tuple[LookForSet]]:
        """The sets that a next version can be made of, or that can be retired."""
        return cls.readable_by(person).where(cls.state.in_(("published", "retired")))

    @classmethod
    def take(
        cls, source: shelf.LookForSet, district: District, *, position: int, at: datetime
    ) -> LookForSet:
        """Put a set from a file on this district's shelf; the same version comes once."""
        kept = cls.version_here(district.id, source.id, source.version)
        if kept is not None:
            return kept
        look_for_set = cls(
            id=new_id(),
            district_id=district.id,
            key=source.id,
            name=source.name,
            summary=source.summary or "",
            version=source.version,
            rights=source.rights.model_dump(mode="json"),
            position=position,
            made_at=at,
        )
        look_for_set.look_fors = [
            LookFor.from_shelf(look_for, place) for place, look_for in enumerate(source.look_fors)
        ]
        look_for_set._supersede()
        db.session.add(look_for_set)
        return look_for_set

    @classmethod
    def begin(cls, name: str, summary: str, *, by: Person, at: datetime) -> LookForSet:
        """A set of the district's own: a draft without a look-for yet."""
        draft = cls(
            id=new_id(),
            district_id=by.district_id,
            key=naming.set_key(name, cls.keys_of(by.district_id)),
            name=name,
            summary=summary,
            version="1",
            rights=_own_rights(by, at),
            state="draft",
            position=50,
            made_at=at,
            look_fors=[],
        )
        db.session.add(draft)
        db.session.flush()
        Act.record("look-for-set-begun", draft.id, by=by, at=at, of=name)
        return draft

    def next_draft(self, *, by: Person, at: datetime) -> LookForSet:
        """The draft of the next version, with everything of this one; the one there is, if any."""
        open_draft = self._draft()
        if open_draft is not None:
            return open_draft
        draft = LookForSet(
            id=new_id(),
            district_id=self.district_id,
            key=self.key,
            name=self.name,
            summary=self.summary,
            version=self._next_version(),
            rights=dict(self.rights),
            state="draft",
            position=self.position,
            made_at=at,
        )
        draft.look_fors = [look_for.copied() for look_for in self.look_fors]
        db.session.add(draft)
        db.session.flush()
        Act.record("look-for-set-begun", draft.id, by=by, at=at, of=self.name)
        return draft

    def _versions(self) -> Select[tuple[LookForSet]]:
        return LookForSet.versions(self.district_id, self.key)

    def _draft(self) -> LookForSet | None:
        return db.session.scalar(self._versions().where(LookForSet.state == "draft"))

    def _next_version(self) -> str:
        taken = {one.version for one in db.session.scalars(self._versions())}
        return naming.next_version(self.version, taken)

    def before(self) -> LookForSet | None:
        """The published set that this draft will supersede, whole."""
        in_use = LookForSet.state.in_(("published", "retired"))
        return db.session.scalar(self._versions().where(in_use, LookForSet.id != self.id))

    def left_out(self) -> list[LookFor]:
        """Look-fors of the version before that are not in this draft: they retire with it."""
        before, kept = self.before(), {look_for.key for look_for in self.look_fors}
        return [each for each in before.look_fors if each.key not in kept] if before else []

    def rename(self, name: str, summary: str, *, by: Person, at: datetime) -> None:
        """Give a draft its name and its line of introduction."""
        self._must_be_draft()
        self.name, self.summary = name, summary
        Act.record("look-for-set-renamed", self.id, by=by, at=at, of=[name, summary])

    def add(self, words: Mapping[str, Any], *, by: Person, at: datetime) -> LookFor:
        """Write a new look-for into a draft."""
        self._must_be_draft()
        last = max((look_for.position for look_for in self.look_fors), default=-1)
        made = LookFor(
            id=new_id(), key=self._free_look_for_key(), position=last + 1, alignments=[], **words
        )
        self.look_fors.append(made)
        db.session.flush()
        Act.record("look-for-written", made.id, by=by, at=at, of=dict(words))
        return made

    def _free_look_for_key(self) -> str:
        taken = {each.key for one in db.session.scalars(self._versions()) for each in one.look_fors}
        return naming.look_for_key([each.key for each in self.look_fors], self.name, taken)

    def leave_out(self, look_for: LookFor, *, by: Person, at: datetime) -> None:
        """Retire a look-for: the next version is without it, older visits keep it."""
        self._must_be_draft()
        self.look_fors.remove(look_for)
        Act.record("look-for-retired", look_for.id, by=by, at=at, of=look_for.key)

    def bring_back(self, look_for: LookFor, *, by: Person, at: datetime) -> None:
        """Take a look-for of the version before into the draft again."""
        self._must_be_draft()
        if all(each.key != look_for.key for each in self.look_fors):
            self.look_fors.append(look_for.copied())
            Act.record("look-for-brought-back", look_for.id, by=by, at=at, of=look_for.key)

    def publish(self, *, by: Person, at: datetime) -> None:
        """Offer a draft to visits; the version before is superseded and stays as it was."""
        self._must_be_draft()
        if not self.look_fors:
            raise NotNow("A set needs a look-for before it is published. Write one first.")
        self._supersede()
        self.state = "published"
        self.made_at = at
        Act.record("look-for-set-published", self.id, by=by, at=at, of=self.version)

    def _supersede(self) -> None:
        for older in db.session.scalars(self._versions()):
            if older.id != self.id and older.state in ("published", "retired"):
                older.state = "superseded"

    def discard(self, *, by: Person, at: datetime) -> None:
        """Throw a draft away; no visit can have used it."""
        self._must_be_draft()
        Act.record("look-for-set-discarded", self.id, by=by, at=at, of=self.name)
        db.session.delete(self)

    def retire(self, *, by: Person, at: datetime) -> None:
        """Offer a whole set no longer; visits that used it keep it."""
        if self.state != "published":
            raise NotNow("Only a published set can be retired.")
        self.state = "retired"
        Act.record("look-for-set-retired", self.id, by=by, at=at, of=self.version)

    def reopen(self, *, by: Person, at: datetime) -> None:
        """Offer a retired set again."""
        if self.state != "retired":
            raise NotNow("This set is not retired.")
        self.state = "published"
        Act.record("look-for-set-reopened", self.id, by=by, at=at, of=self.version)

    def _must_be_draft(self) -> None:
        if self.state != "draft":
            raise NotNow(
                "A published set is not edited, since visits point at its words. "
                "Start its next version and change that."
            )

    @property
    def version_words(self) -> str:
        """“version 1”, or “after class visits” where a version is a word."""
        return f"version {self.version}" if self.version[:1].isdigit() else self.version


def _own_rights(by: Person, at: datetime) -> dict[str, Any]:
    return OWN_RIGHTS | {
        "holder": by.district.name,
        "required_notice": f"Look-fors © {by.district.name}.",
        "checked_on": f"{at:%Y-%m-%d}",
    }
