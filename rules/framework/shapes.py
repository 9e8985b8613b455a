"""What the three kinds of file on the shelf hold, field by field."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from rules.framework.field_kinds import (
    Address,
    Code,
    Day,
    EntryId,
    FileId,
    Flag,
    Line,
    Paragraph,
    Passage,
    Phrase,
    Short,
    Whole,
    not_written,
)

MOST_COMPONENTS = 4_000
MOST_LEVELS = 20
MOST_LOOK_FORS = 500
MOST_ALIGNMENTS = 8_000
MOST_IN_FOCUS = 12


class Shape(BaseModel):
    """What every shape shares: nothing unknown, nothing converted, nothing changed later."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Rights(Shape):
    """Whose words these are and what may be done with them."""

    holder: Line = Field(description="who holds the rights")
    licence: Line = Field(description="the licence, or “All rights reserved”")
    basis: Literal["names_only", "full_text", "own_words"] = Field(
        description="names_only, full_text or own_words"
    )
    source_url: Address = Field(description="where the text was read, or null")
    required_notice: Paragraph = Field(description="the notice to print wherever it is used")
    checked_on: Day = Field(description="the day the rights were checked, such as 2026-11-21")


class Level(Shape):
    """One step of a framework's own scale."""

    value: Whole = Field(description="a whole number; a higher step has a higher number")
    label: Line = Field(description="the level’s name in the framework")


class Descriptor(Shape):
    """What one level looks like in one component, in the framework's own words."""

    level: Whole = Field(description="the value of one of the levels")
    text: Passage = Field(description="what the framework says at this level")


class Component(Shape):
    """One domain, component or indicator of a framework; a tree by `parent`."""

    id: EntryId = Field(description="an id of its own in this file")
    code: Code | None = None
    short: Short | None = None
    kind: Line = "component"
    parent: EntryId | None = None
    name: Line = Field(description="its name in the framework")
    description: Passage | None = None
    note: Paragraph | None = None
    descriptors: tuple[Descriptor, ...] = Field(default=(), max_length=MOST_LEVELS)
    source: Line | None = None
    discourse_linked: Flag = False
    position: Annotated[int, BeforeValidator(not_written)] = 0

    @property
    def plate(self) -> str:
        """What the small plate shows: the framework's code, or our short form where it has none."""
        return self.code or self.short or ""


class Framework(Shape):
    """A district's instructional rubric: components in order, levels from low to high."""

    kind: Literal["framework"] = "framework"
    id: FileId = Field(description="a name with its version, such as danielson-2022")
    name: Line = Field(description="the framework’s name")
    version: Line = Field(description="its edition, such as 2022")
    summary: Paragraph | None = None
    rights: Rights = Field(
        description="with holder, licence, basis, source_url, required_notice and checked_on"
    )
    levels: tuple[Level, ...] = Field(default=(), max_length=MOST_LEVELS)
    components: tuple[Component, ...] = Field(
        min_length=1,
        max_length=MOST_COMPONENTS,
        description="the list of domains and components, each with id and name",
    )


class LookFor(Shape):
    """One observable behavior in plain words, with what helps to see it and to talk about it.

    Sentences that are absent are the empty text.
    """

    key: EntryId = Field(description="a key of its own in this file, such as BL01")
    statement: Line = Field(description="what can be seen or heard, in one line")
    kind: Literal["p", "c"] = Field(description="p for a mark, c for a count")
    core_four: Literal["flexible", "targeted", "reflection", "data"] | None = None
    leap: Literal["focused", "led", "demonstrated", "connected"] | None = None
    role: Literal["protects", "watch_out"] | None = None
    ask: Phrase = ""
    starting: Phrase = ""
    growing: Phrase = ""
    strong: Phrase = ""
    example: Phrase = ""
    artifact: Phrase = ""
    resource: Phrase = ""
    strength_phrase: Phrase = ""
    observation_phrase: Phrase = ""
    step_phrase: Phrase = ""
    question_phrase: Phrase = ""
    focus: Flag = False


class LookForSet(Shape):
    """A published, versioned group of look-fors."""

    kind: Literal["look-for set"] = "look-for set"
    id: FileId = Field(description="a name of its own, such as core-four")
    name: Line = Field(description="the set’s name")
    version: Line = Field(description="its edition, such as 1")
    summary: Paragraph | None = None
    rights: Rights = Field(
        description="with holder, licence, basis, source_url, required_notice and checked_on"
    )
    look_fors: tuple[LookFor, ...] = Field(
        min_length=1,
        max_length=MOST_LOOK_FORS,
        description="the list of look-fors, each with key, statement and kind",
    )


class Alignment(Shape):
    """A look-for tied to one component of one framework, with the reason in words."""

    look_for: EntryId = Field(description="the key of a look-for in one of the sets")
    framework: FileId = ""
    component: EntryId = Field(description="the id of a component of the framework")
    reason: Paragraph = Field(description="why the two belong together, in a sentence")


class Alignments(Shape):
    """The ties between some look-for sets and one framework."""

    kind: Literal["alignments"] = "alignments"
    id: FileId = Field(description="a name of its own, such as alignments-danielson-2022")
    name: Line = Field(description="what the file ties together")
    version: Line = Field(description="its edition, such as 1")
    rights: Rights = Field(
        description="with holder, licence, basis, source_url, required_notice and checked_on"
    )
    framework: FileId = Field(description="the id of the framework")
    sets: tuple[FileId, ...] = Field(
        min_length=1, max_length=100, description="the ids of the look-for sets, as a list"
    )
    alignments: tuple[Alignment, ...] = Field(
        min_length=1,
        max_length=MOST_ALIGNMENTS,
        description="the list of ties, each with look_for, component and reason",
    )


class Shelf(Shape):
    """Everything that stands on one shelf, in the order of the file names."""

    frameworks: tuple[Framework, ...]
    sets: tuple[LookForSet, ...]
    alignments: tuple[Alignment, ...]
