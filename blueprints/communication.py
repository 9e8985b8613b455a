"""The communication kit: why we visit, said for staff, families and the board."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from blueprints.kit.access import can, now, person
from blueprints.kit.forms import Form
from blueprints.kit.paper import as_pdf, asked_paper, printed
from models.communication import Communication
from models.report import brand_of
from rules.communication import AUDIENCES, Text

bp = Blueprint("communication", __name__, url_prefix="/communication")


class TextForm(Form):
    """A title, the text, and the two lists."""

    title = StringField(
        "Title",
        [DataRequired("Give it a title."), Length(max=120, message="Use at most 120 characters.")],
    )
    body = TextAreaField(
        "Text",
        [
            DataRequired("Write the text."),
            Length(max=6000, message="Use at most 6000 characters: it should fit a page."),
        ],
    )
    say = TextAreaField("Words to use", [Length(max=1500, message="Use at most 1500 characters.")])
    avoid = TextAreaField(
        "Words to avoid", [Length(max=1500, message="Use at most 1500 characters.")]
    )

    def text(self) -> Text:
        """What was written."""
        return Text(
            self.title.data.strip(),
            self.body.data.replace("\r\n", "\n").strip(),
            (self.say.data or "").strip(),
            (self.avoid.data or "").strip(),
        )


@bp.get("")
@can("read-framework")
def index() -> AnyResponse:
    """The kit begins with why."""
    return redirect(url_for("communication.show", audience="why"))


@bp.get("/<audience>")
@can("read-framework")
def show(audience: str) -> str:
    """The words for one audience."""
    _known(audience)
    own = Communication.of(person(), audience)
    return render_template(
        "communication/show.html",
        audience=audience,
        audiences=AUDIENCES,
        text=Communication.text_for(person(), audience),
        own=own,
        zone=person().district.zone,
        paper=person().district.paper,
        may_write=person().may("write-communication"),
    )


def _known(audience: str) -> None:
    if audience not in AUDIENCES:
        abort(404)


@bp.get("/<audience>.pdf")
@can("read-framework")
def pdf(audience: str) -> Response:
    """The same on paper."""
    _known(audience)
    text = Communication.text_for(person(), audience)
    html = render_template(
        "report/communication.html",
        audience=AUDIENCES[audience],
        text=text,
        district=person().district,
        brand=brand_of(person().district),
        paper=asked_paper(),
    )
    return as_pdf(printed(html, title=f"{text.title}, {person().district.name}"), audience)


@bp.get("/<audience>/edit")
@can("write-communication")
def edit(audience: str) -> str:
    """The words in force, to be changed."""
    _known(audience)
    text = Communication.text_for(person(), audience)
    return _form(audience, TextForm(formdata=None, obj=text))


@bp.post("/<audience>/edit")
@can("write-communication")
def write(audience: str) -> AnyResponse | tuple[str, int]:
    """Keep the district's own words."""
    _known(audience)
    form = TextForm()
    if not form.validate_on_submit():
        return _form(audience, form), 422
    Communication.write(audience, form.text(), by=person(), at=now())
    flash("Saved. Everybody in the district reads these words now.")
    return redirect(url_for("communication.show", audience=audience))


def _form(audience: str, form: TextForm) -> str:
    return render_template(
        "communication/write.html", audience=audience, audiences=AUDIENCES, form=form
    )


@bp.post("/<audience>/ours")
@can("write-communication")
def drop(audience: str) -> AnyResponse:
    """Go back to the words that come with Crosswalk."""
    _known(audience)
    own = Communication.of(person(), audience)
    if own is not None:
        own.drop(by=person(), at=now())
        flash("The words that come with Crosswalk are back.")
    return redirect(url_for("communication.show", audience=audience))
