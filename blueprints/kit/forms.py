"""What all forms share."""

from __future__ import annotations

from flask_wtf import FlaskForm


class Form(FlaskForm):  # type: ignore[misc]
    """A form of ours; its token lasts as long as the sign-in."""
