"""What all forms share."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm

UNKEPT = "A character that cannot be kept was taken out here. Read the text, then send it again."


class Form(FlaskForm):  # type: ignore[misc]
    """A form of ours; its token lasts as long as the sign-in."""

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields’ own rules, and no character that a database refuses."""
        sound: bool = super().validate(extra_validators)
        for field in self:
            if isinstance(field.data, str) and "\x00" in field.data:
                field.data = field.data.replace("\x00", "")
                field.errors = [*field.errors, UNKEPT]
                sound = False
        return sound
