"""Look-fors and their sets: a draft is edited, a published set is superseded and never edited."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, contains_eager, mapped_column, relationship, selectinload

from models.act import Act, NotNow
from models.alignment import Alignment, plates
from models.base import Model, db, new_id
from models.framework import Component, Framework
from rules.feedback import LookForView

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


class LookForSet(Model):
    """A versioned group of look-fors: draft, published, superseded by the next, or retired."""

    __tablename__ = "look_for_sets"
    __table_args__ = (UniqueConstraint("district_id", "key", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    district_id: Mapped[UUID] = mapped_column(ForeignKey("districts.id"), index=True)
    key: Mapped[str]
    name: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    version: Mapped[str]
    rights: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="published")
    position: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]

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
        return rows if person.may("write-look-fors") else rows.where(cls.state != "draft")

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
        kept = db.session.scalar(
            cls.whole().where(
                cls.district_id == district.id,
                cls.key == source.id,
                cls.version == source.version,
            )
        )
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
            key=_free_key(name, by.district_id),
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

    def _draft(self) -> LookForSet | None:
        return db.session.scalar(
            LookForSet.whole().where(
                LookForSet.district_id == self.district_id,
                LookForSet.key == self.key,
                LookForSet.state == "draft",
            )
        )

    def _versions(self) -> Select[tuple[LookForSet]]:
        return select(LookForSet).where(
            LookForSet.district_id == self.district_id, LookForSet.key == self.key
        )

    def _next_version(self) -> str:
        """“1” is followed by “1.1”, “1.2”: a number of the shelf is never taken by a district."""
        taken = set(db.session.scalars(self._versions().with_only_columns(LookForSet.version)))
        shipped = self.version.partition(".")[0]
        number = 1
        while f"{shipped}.{number}" in taken:
            number += 1
        return f"{shipped}.{number}"

    def before(self) -> LookForSet | None:
        """The published set that this draft will supersede, whole."""
        return db.session.scalar(
            LookForSet.whole().where(
                LookForSet.district_id == self.district_id,
                LookForSet.key == self.key,
                LookForSet.state.in_(("published", "retired")),
                LookForSet.id != self.id,
            )
        )

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
        every = select(LookFor.key).join(LookForSet).where(LookForSet.key == self.key)
        taken = set(db.session.scalars(every.where(LookForSet.district_id == self.district_id)))
        stem = next((re.sub(r"\d+$", "", each.key) for each in self.look_fors), "") or _stem(
            self.name
        )
        number = 1
        while f"{stem}{number:02}" in taken:
            number += 1
        return f"{stem}{number:02}"

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


def _free_key(name: str, district_id: UUID) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:48].strip("-") or "set"
    rows = select(LookForSet.key).where(LookForSet.district_id == district_id)
    taken = set(db.session.scalars(rows))
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key


def _stem(name: str) -> str:
    """Two letters for the keys of a new set: “Talk in labs” gives TI."""
    letters = [word[0].upper() for word in re.findall(r"[A-Za-z]+", name)]
    return "".join(letters[:2]) if len(letters) > 1 else "LF"


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

    @classmethod
    def alignable_by(cls, person: Person) -> Select[tuple[LookFor]]:
        """The look-fors that somebody may tie to components: of sets in use and of drafts."""
        return (
            select(cls)
            .join(LookForSet, LookForSet.id == cls.set_id)
            .options(contains_eager(cls.look_for_set), selectinload(cls.alignments))
            .where(
                LookForSet.district_id == person.district_id,
                LookForSet.state.in_(("published", "draft")),
            )
            .order_by(LookForSet.position, LookForSet.name, cls.position)
        )

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
    def known(cls, look_for_ids: Iterable[UUID], district_id: UUID) -> set[UUID]:
        """Which of these a district ever published: old visits keep theirs."""
        wanted = list(look_for_ids)
        if not wanted:
            return set()
        ids = (
            select(cls.id)
            .join(LookForSet, LookForSet.id == cls.set_id)
            .where(cls.id.in_(wanted), LookForSet.district_id == district_id)
        )
        return set(db.session.scalars(ids))

    @classmethod
    def from_shelf(cls, source: shelf.LookFor, position: int) -> LookFor:
        """A row from a look-for in a file."""
        return cls(id=new_id(), position=position, alignments=[], **source.model_dump())


WORDS = (
    *("statement", "kind", "core_four", "leap", "role", "ask", "starting", "growing", "strong"),
    *("example", "artifact", "resource", "strength_phrase", "observation_phrase"),
    *("step_phrase", "question_phrase", "focus"),
)


def look_for_views(
    set_ids: Iterable[str], framework_id: UUID | None, *, at: datetime | None = None
) -> dict[str, LookForView]:
    """The look-fors of these sets as the rules read them, each with its plate here.

    The plate is the first component of this framework that the look-for was aligned to, `at`
    a time, or is aligned to now.
    """
    # columns, in the order in which LookForView names them: every finished visit asks for all
    rows = db.session.execute(
        select(
            LookFor.id,
            LookFor.statement,
            LookFor.core_four,
            LookFor.role,
            LookFor.strength_phrase,
            LookFor.step_phrase,
            LookFor.question_phrase,
        )
        .where(LookFor.set_id.in_([UUID(str(key)) for key in set_ids]))
        .order_by(LookFor.position)
    ).all()
    worn = plates((row.id for row in rows), framework_id, at=at)
    return {
        str(look_for): LookForView(str(look_for), statement, *worn.get(look_for, ("", "")), *more)
        for look_for, statement, *more in rows
    }


@dataclass(frozen=True)
class Standing:
    """How many look-fors of a set wear a code of one framework."""

    look_for_set: LookForSet
    tied: int

    @property
    def open(self) -> int:
        """How many wear none yet."""
        return len(self.look_for_set.look_fors) - self.tied


def standings(framework: Framework, sets: Iterable[LookForSet]) -> list[Standing]:
    """For each set how far it is tied to a framework."""
    ids = {component.id for component in framework.components}
    return [
        Standing(one, sum(look_for.stands_among(ids) for look_for in one.look_fors)) for one in sets
    ]


def aligned_to(framework: Framework) -> dict[UUID, list[tuple[str, str, str]]]:
    """For each component its published look-fors in order: key, statement, and the reason."""
    found: dict[UUID, list[tuple[str, str, str]]] = {c.id: [] for c in framework.components}
    rows = db.session.execute(
        select(Alignment.component_id, LookFor.key, LookFor.statement, Alignment.reason)
        .join(LookFor, LookFor.id == Alignment.look_for_id)
        .join(LookForSet, LookForSet.id == LookFor.set_id)
        .join(Component, Component.id == Alignment.component_id)
        .where(Component.framework_id == framework.id, LookForSet.state == "published")
        .order_by(LookFor.key)
    )
    for component_id, key, statement, reason in rows:
        found[component_id].append((key, statement, reason))
    return found
