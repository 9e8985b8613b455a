"""What is asked about a framework: its file, its name and version, who may use it, its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from blueprints.kit.forms import Form

LONGEST_NAME = 300
LONGEST_CODE = 16
BASES = [
    SelectChoice("own_words", "Our district wrote it"),
    SelectChoice("full_text", "Others wrote it, and we may use the full text"),
    SelectChoice("names_only", "Others wrote it, and only codes and names may be shown"),
]


def said(most: int, missing: str) -> list[Any]:
    """Must be there, and not be longer."""
    too_long = f"Use at most {most} characters."
    return [InputRequired(missing), Length(max=most, message=too_long), not_blank(missing)]


def not_blank(missing: str) -> Any:
    """Spaces are no answer."""

    def check(_: Form, field: Any) -> None:
        if not (field.data or "").strip():
            raise ValidationError(missing)

    return check


AT_LENGTH = Length(max=20_000, message="Use at most 20,000 characters.")


class FileForm(Form):
    """Which file?"""

    file = FileField("File", [FileRequired("Choose a file first.")])


class RightsForm(Form):
    """Who may use it?"""

    basis = RadioField(
        "Who wrote it", [InputRequired("Choose one: it decides what may be shown.")], choices=BASES
    )
    holder = StringField("Who holds the rights", said(LONGEST_NAME, "Name who holds the rights."))
    licence = StringField(
        "On what terms you use it",
        said(LONGEST_NAME, "Say on what terms, such as All rights reserved."),
    )
    required_notice = TextAreaField(
        "Notice to print wherever it is used", [Length(max=2000, message="Use at most 2000.")]
    )


class VersionForm(Form):
    """Which version is it?"""

    version = StringField(
        "Version", said(40, "Give the version a name, such as the school year 2026–27.")
    )


class AcceptForm(VersionForm):
    """A file that was read becomes a draft under this name."""

    name = StringField("Name", said(LONGEST_NAME, "Give the framework a name."))


class AcceptWithRightsForm(RightsForm, AcceptForm):
    """The same where the file does not say who may use it."""


class ComponentForm(Form):
    """The words of one component, and where it stands."""

    levels: ClassVar[tuple[int, ...]] = ()
    """The values of the levels that can be described, low to high."""

    name = StringField("Name", said(LONGEST_NAME, "Give the component a name."))
    code = StringField(
        "Code", [Length(max=LONGEST_CODE, message=f"Use at most {LONGEST_CODE} characters.")]
    )
    kind = StringField("Kind", [Length(max=60, message="Use at most 60 characters.")])
    description = TextAreaField("Description", [AT_LENGTH])
    discourse_linked = BooleanField("It is about students’ talk")
    parent = SelectField("Stands under", choices=[], validate_choice=True)
    revision = IntegerField(widget=HiddenInput())

    @property
    def level_fields(self) -> list[Any]:
        """A field for each level, low to high."""
        return [self[_level(value)] for value in self.levels]

    @property
    def levels_sent(self) -> bool:
        """Whether the levels were on the page that was sent; otherwise they stay as they are."""
        return any(field.raw_data for field in self.level_fields)

    @property
    def descriptors(self) -> dict[int, str]:
        """What each level looks like, where somebody wrote it."""
        found = {value: passage(self[_level(value)].data) for value in self.levels}
        return {value: text for value, text in found.items() if text}

    @classmethod
    def for_levels(cls, levels: Iterable[Mapping[str, Any]]) -> type[ComponentForm]:
        """The form for the components of a framework with these levels."""
        named = {level["value"]: str(level["label"]) for level in levels}
        fields = {_level(value): TextAreaField(said, [AT_LENGTH]) for value, said in named.items()}
        return type("LevelledForm", (cls,), {**fields, "levels": tuple(sorted(named))})

    def describe(self, descriptors: Iterable[Mapping[str, Any]]) -> None:
        """Show what is written for each level."""
        for each in descriptors:
            if each["level"] in self.levels:
                self[_level(each["level"])].data = each["text"]


def _level(value: int) -> str:
    return f"level_{value}"


def passage(text: str | None) -> str:
    """Several lines as somebody typed them, whatever their computer ends a line with."""
    return (text or "").replace("\r\n", "\n").strip()
