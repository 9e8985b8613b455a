"""The forms of coaching; each name is used once, since several of them stand on one page."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from blueprints.kit.forms import Form
from rules.mastery import PHASES

LONGEST = 2000
TOO_LONG = f"Use at most {LONGEST:,} characters here."
A_DAY = "Write the day as year-month-day, 2026-10-14 say."
FURTHEST = timedelta(days=730)


def as_id(said: str | None) -> UUID | None:
    """An id as a form sends it, or None for anything else."""
    try:
        return UUID(said or "")
    except ValueError:
        return None


class AskForm(Form):
    """Whom to ask."""

    person = SelectField("Teacher", [InputRequired("Choose somebody first.")], coerce=str)


class GoalForm(Form):
    """Where this coaching leads."""

    goal = TextAreaField(
        "Goal",
        [DataRequired("Write the goal in a sentence."), Length(max=LONGEST, message=TOO_LONG)],
    )


class NoteForm(Form):
    """Words that stay in this coaching."""

    note = TextAreaField(
        "Note",
        [DataRequired("Write a few words first."), Length(max=5000, message="Use at most 5,000.")],
    )
    readers = RadioField(
        "Who reads it",
        choices=[SelectChoice("both", "Both of us"), SelectChoice("me", "Only me")],
        default="both",
        validators=[InputRequired("Say who reads it.")],
    )


class MentoringForm(Form):
    """Minutes and a number of students; no name has a place here."""

    on_day = DateField("Day", [InputRequired("Choose the day.")], invalid_value_message=A_DAY)
    minutes = IntegerField(
        "Minutes",
        [
            InputRequired("Write how many minutes."),
            NumberRange(1, 600, "Write minutes as a number from 1 to 600."),
        ],
    )
    students = IntegerField(
        "Students",
        [
            InputRequired("Write how many students."),
            NumberRange(1, 60, "Write students as a number from 1 to 60."),
        ],
    )

    def __init__(self, *, today: date, **more: object) -> None:
        super().__init__(**more)
        self.today = today

    def validate_on_day(self, field: DateField) -> None:
        """What is logged has happened."""
        if field.data and not self.today - FURTHEST <= field.data <= self.today:
            raise ValidationError("Choose a day that has been, within two years.")


class PhaseForm(Form):
    """Where a look-for stands, and why."""

    phase = RadioField(
        "Phase",
        choices=[SelectChoice(phase, phase.capitalize()) for phase in PHASES],
        validators=[InputRequired("Choose one of the three phases.")],
    )
    reason = TextAreaField(
        "Why",
        [
            DataRequired("Say in a sentence why; it stands beside the evidence."),
            Length(max=LONGEST, message=TOO_LONG),
        ],
    )


class PlanForm(Form):
    """One phase of the plan."""

    plan = StringField(
        "What this phase is about",
        [
            DataRequired("Write what this phase is about."),
            Length(max=300, message="Use at most 300 characters here."),
        ],
    )
    look_for = SelectField("Look-for", [Optional()], choices=[], validate_choice=False)
    begins_on = DateField(
        "From", [InputRequired("Choose its first day.")], invalid_value_message=A_DAY
    )
    ends_on = DateField(
        "Until", [InputRequired("Choose its last day.")], invalid_value_message=A_DAY
    )
    resource = TextAreaField("Resource", [Length(max=LONGEST, message=TOO_LONG)])

    def validate_ends_on(self, field: DateField) -> None:
        """A phase ends after it began."""
        if self.begins_on.data and field.data and field.data < self.begins_on.data:
            raise ValidationError("Choose a last day that is not before the first.")

    def validate_begins_on(self, field: DateField) -> None:
        """Years are those of a career, not typing slips."""
        if field.data and not 2000 <= field.data.year <= 2100:
            raise ValidationError("Write the year with four digits, 2026 say.")
