"""The forms of a step: its words and its check-back, what was tried, how it ended."""

from __future__ import annotations

from datetime import date, timedelta

from wtforms import DateField, RadioField, SelectField, TextAreaField, TimeField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from blueprints.kit.forms import Form
from rules.step import OUTCOMES

LONGEST = 2000
TOO_LONG = f"Use at most {LONGEST:,} characters here."
FURTHEST = timedelta(days=730)


class CheckBackForm(Form):
    """When somebody comes to look."""

    due_on = DateField(
        "Check-back on",
        [InputRequired("Choose the day of the check-back.")],
        invalid_value_message="Write the day as year-month-day, 2026-10-14 say.",
    )
    due_at = TimeField(
        "At",
        [Optional()],
        invalid_value_message="Write the time as hours:minutes, 10:05 say.",
    )

    def __init__(self, *, today: date, **more: object) -> None:
        super().__init__(**more)
        self.today = today

    def validate_due_on(self, field: DateField) -> None:
        """A check-back is still to come, and soon enough to be remembered."""
        if field.data and not self.today <= field.data <= self.today + FURTHEST:
            raise ValidationError("Choose a day from today on, within two years.")


class StepForm(CheckBackForm):
    """One small dated action."""

    look_for = SelectField(
        "Look-for",
        [Optional()],
        choices=[],
        validate_choice=False,
    )
    step = TextAreaField(
        "The step",
        [DataRequired("Write the step in a sentence."), Length(max=LONGEST, message=TOO_LONG)],
    )


class TriedForm(Form):
    """The teacher's words on how it went."""

    answer = TextAreaField("How did it go?", [Length(max=LONGEST, message=TOO_LONG)])


class OutcomeForm(Form):
    """What the check-back found."""

    outcome = RadioField(
        "The step is",
        choices=[SelectChoice(code, OUTCOMES[code]) for code in ("met", "dropped")],
        validators=[InputRequired("Say whether the step is met or dropped.")],
    )
    words = TextAreaField("In a sentence", [Length(max=LONGEST, message=TOO_LONG)])
