"""What the three kinds of file on the shelf hold, field by field."""

import re
from datetime import date
from typing import Annotated, Any, Literal, NoReturn, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from rules.framework.faults import quoted

MOST_COMPONENTS = 4_000
MOST_LOOK_FORS = 500
MOST_ALIGNMENTS = 8_000
MOST_IN_FOCUS = 12
MOST_DIGITS = 6

FILE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ENTRY_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
SHORT = re.compile(r"[A-Za-z0-9]{1,4}")


def _wrong(what: str, remedy: str) -> NoReturn:
    raise PydanticCustomError("fault", "{what}", {"what": what, "remedy": remedy})


def _text(value: Any, most: int) -> Any:
    if value is not None and not isinstance(value, str):
        _wrong("{field} must be text", "Write one text after the colon, in quotation marks.")
    if value is None or not value.strip():
        _wrong("{field} is empty", "Write the text, or remove the line if the field may be absent.")
    if len(value) > most:
        remedy = f"Shorten it to {most:,} characters."
        _wrong(f"{{field}} is {len(value):,} characters long", remedy)
    if any((ord(letter) < 32 and letter != "\n") or 127 <= ord(letter) < 160 for letter in value):
        _wrong("{field} holds a control character", "Delete it or type the text again.")
    return value.strip()


def _one_line(value: Any) -> Any:
    found = _text(value, 300)
    if "\n" in found:
        _wrong("{field} runs over more than one line", "Write it on one line.")
    return found


def _paragraph(value: Any) -> Any:
    return _text(value, 4_000)


def _phrase(value: Any) -> Any:
    # An absent sentence is the empty text: whoever shows it asks only whether there is one.
    return "" if value is None or value == "" else _text(value, 1_000)


def _matching(pattern: re.Pattern[str], most: int, remedy: str) -> BeforeValidator:
    def check(value: Any) -> Any:
        found = _one_line(value)
        if len(found) > most or not pattern.fullmatch(found):
            _wrong(f"{quoted(found)} cannot be used as {{field}}", remedy)
        return found

    return BeforeValidator(check)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(rf"-?[0-9]{{1,{MOST_DIGITS}}}", value):
            remedy = f"Write a whole number of at most {MOST_DIGITS} digits, such as 3."
            _wrong(f"{{field}} is {quoted(value)}", remedy)
        return int(value)
    return value


def _flag(value: Any) -> Any:
    if value in ("true", "false"):
        return value == "true"
    return value


def _day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        _wrong(f"{{field}} is {quoted(value)}", "Write a day as year-month-day: 2026-11-21.")
    return value


def _address(value: Any) -> Any:
    if value is None:
        return None
    found = _one_line(value)
    if not re.fullmatch(r"https?://[^\s/?#]+\S*", found):
        remedy = "Write a full address that starts with https://, or null."
        _wrong(f"{{field}} is {quoted(found)}", remedy)
    return found


def _not_written(value: Any) -> Any:
    if isinstance(value, int):
        return value
    _wrong("{field} cannot be written", "Remove the line; the order of the file is the order.")


Line: TypeAlias = Annotated[str, BeforeValidator(_one_line)]
Paragraph: TypeAlias = Annotated[str, BeforeValidator(_paragraph)]
Phrase: TypeAlias = Annotated[str, BeforeValidator(_phrase)]
Whole: TypeAlias = Annotated[int, BeforeValidator(_whole)]
Flag: TypeAlias = Annotated[bool, BeforeValidator(_flag)]
Day: TypeAlias = Annotated[date, BeforeValidator(_day)]
Address: TypeAlias = Annotated[str | None, BeforeValidator(_address)]
FileId: TypeAlias = Annotated[
    str, _matching(FILE_ID, 64, "Use small letters, digits and hyphens, such as danielson-2022.")
]
EntryId: TypeAlias = Annotated[
    str, _matching(ENTRY_ID, 64, "Use letters, digits, dots, hyphens and underscores, such as 3b.")
]
Code: TypeAlias = Annotated[
    str, _matching(re.compile(r"\S(?:.*\S)?"), 16, "Use at most 16 characters, such as 3b.")
]
Short: TypeAlias = Annotated[str, _matching(SHORT, 4, "Use at most four letters, such as QUES.")]


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


class Component(Shape):
    """One domain, component or indicator of a framework; a tree by `parent`."""

    id: EntryId = Field(description="an id of its own in this file")
    code: Code | None = None
    short: Short | None = None
    kind: Line = "component"
    parent: EntryId | None = None
    name: Line = Field(description="its name in the framework")
    description: Paragraph | None = None
    note: Paragraph | None = None
    discourse_linked: Flag = False
    position: Annotated[int, BeforeValidator(_not_written)] = 0

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
    levels: tuple[Level, ...] = Field(default=(), max_length=20)
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
