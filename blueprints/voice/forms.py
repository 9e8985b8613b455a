"""The form by which a teacher makes a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import DateField, IntegerField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from blueprints.kit.forms import Form
from models.district import SchoolClass
from models.voice import MOST_TICKETS
from rules.voice import FEWEST

HOW_MANY = f"Write a number from {FEWEST} to {MOST_TICKETS}."


class SheetForm(Form):
    """For which class, on which day, how many tickets."""

    about = SelectField("Class", [InputRequired("Choose a class.")])
    day = DateField("Day", [InputRequired("Choose the day on which students answer.")])
    tickets = IntegerField(
        "Tickets", [Optional(), NumberRange(FEWEST, MOST_TICKETS, message=HOW_MANY)]
    )

    @classmethod
    def of(cls, classes: Sequence[SchoolClass], today: date, **more: Any) -> SheetForm:
        """The form for these classes; a day nobody chose is today."""
        form = cls(data={"day": today}, **more)
        form.about.choices = [SelectChoice(str(one.id), one.line) for one in classes]
        return form

    def chosen(self, classes: Sequence[SchoolClass]) -> tuple[SchoolClass, int] | None:
        """The class, and how many tickets; None, and said why, where the number is not known."""
        about = next(one for one in classes if str(one.id) == self.about.data)
        tickets = self.tickets.data or about.student_count
        if not FEWEST <= tickets <= MOST_TICKETS:
            self.tickets.errors = [f"The roster says {tickets} students here. {HOW_MANY}"]
            return None
        return about, tickets
