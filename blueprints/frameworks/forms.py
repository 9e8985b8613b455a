"""What is asked about a framework: its file, its name and version, who may use it, its words."""

from __future__ import annotations

from typing import Any

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

    name = StringField("Name", said(LONGEST_NAME, "Give the component a name."))
    code = StringField(
        "Code", [Length(max=LONGEST_CODE, message=f"Use at most {LONGEST_CODE} characters.")]
    )
    kind = StringField("Kind", [Length(max=60, message="Use at most 60 characters.")])
    description = TextAreaField(
        "Description", [Length(max=20_000, message="Use at most 20,000 characters.")]
    )
    discourse_linked = BooleanField("It is about students’ talk")
    parent = SelectField("Stands under", choices=[], validate_choice=True)
    revision = IntegerField(widget=HiddenInput())
