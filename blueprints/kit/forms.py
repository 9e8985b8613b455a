"""What all forms share."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length


class Form(FlaskForm):  # type: ignore[misc]
    """A form of ours; its token lasts as long as the sign-in."""


class Act(Form):
    """A button that does one thing: nothing but the token."""


def words(label: str, longest: int, **more: object) -> StringField:
    """A field of words with a limit said in words."""
    return StringField(
        label,
        [Length(max=longest, message=f"Use at most {longest} characters here.")],
        **more,
    )
