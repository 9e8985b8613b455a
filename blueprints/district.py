"""The district's ways: the clocks of the loop, days off, and where mail that bounces goes."""

from __future__ import annotations

import re
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import EmailField, RadioField, TextAreaField
from wtforms.fields import IntegerField, SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Regexp, ValidationError
from wtforms.validators import Optional as Empty

from blueprints.kit.access import can, now, person
from blueprints.kit.forms import Form
from rules.loop import SHARE_WITHIN

bp = Blueprint("district", __name__, url_prefix="/district")

MOST_DAYS_OFF = 200


class WaysForm(Form):
    """What a district decides for itself."""

    share_within = RadioField(
        "Feedback is shared within",
        choices=[SelectChoice(str(days), f"{days} working days") for days in SHARE_WITHIN],
        validators=[InputRequired("Choose one of the three.")],
    )
    evaluation_notice = IntegerField(
        "Working days of notice before an evaluation visit",
        [
            InputRequired("Write a number of days, 0 for none."),
            NumberRange(0, 20, "Write a number from 0 to 20."),
        ],
    )
    days_off = TextAreaField("Days on which schools do not work", [Empty()])
    mail_return = EmailField(
        "Return address of e-mail",
        [
            Empty(),
            Length(max=200),
            Regexp(
                r"^[^@\s,;<>]+@[^@\s,;<>]+$", message="Write one address, like office@d.example."
            ),
        ],
    )

    def validate_days_off(self, field: TextAreaField) -> None:
        """One date a line."""
        if len(self.dates(field.data)) > MOST_DAYS_OFF:
            raise ValidationError(f"Keep at most {MOST_DAYS_OFF} days.")

    @staticmethod
    def dates(text: str | None) -> list[date]:
        """The dates in a text; a line that is none is named."""
        found = []
        for line in re.split(r"[\n,]+", text or ""):
            if line.strip():
                try:
                    found.append(date.fromisoformat(line.strip()))
                except ValueError:
                    raise ValidationError(
                        f"“{line.strip()[:30]}” is no date. Write one a line, like 2026-11-26."
                    ) from None
        return found


@bp.get("")
@can("set-district-ways")
def show() -> str:
    """The settings as they are."""
    district = person().district
    form = WaysForm(
        formdata=None,
        share_within=str(district.share_within),
        evaluation_notice=district.evaluation_notice,
        days_off="\n".join(district.days_off),
        mail_return=district.mail_return,
    )
    return render_template("district/show.html", form=form, district=district)


@bp.post("")
@can("set-district-ways")
def set_ways() -> Response | tuple[str, int]:
    """Decide anew. Clocks that run already keep their day."""
    district = person().district
    form = WaysForm()
    if not form.validate_on_submit():
        return render_template("district/show.html", form=form, district=district), 422
    district.set_ways(
        share_within=int(form.share_within.data),
        evaluation_notice=form.evaluation_notice.data,
        holidays=form.dates(form.days_off.data),
        mail_return=(form.mail_return.data or "").strip(),
        by=person(),
        at=now(),
    )
    flash("Kept. Clocks that run already keep their day.")
    return redirect(url_for("district.show"))
