"""Writing a set and a look-for: every field that ours have."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from blueprints.kit.forms import Form
from models.look_for import WORDS, LookFor
from rules.look_for import CORE_FOUR, KINDS, LEAP, LONGEST_STATEMENT, ROLES

LONGEST = 1000
MEANWHILE = (
    "Somebody changed this look-for while you were writing. "
    "Save again to keep your words, or reload to see theirs."
)


def _paragraph(label: str) -> TextAreaField:
    said = Length(max=LONGEST, message=f"Use at most {LONGEST} characters here.")
    return TextAreaField(label, [said])


def _one_line(text: str | None) -> str | None:
    return text and " ".join(text.split())


def _choices(words: dict[str, str], none: str) -> list[SelectChoice]:
    return [SelectChoice("", none), *(SelectChoice(code, said) for code, said in words.items())]


class SetForm(Form):
    """What a set is called and what it is for."""

    name = StringField(
        "Name",
        [
            DataRequired("Give the set a name, such as “Talk in science labs”."),
            Length(max=80, message="Use at most 80 characters for the name."),
        ],
    )
    summary = _paragraph("What it is for")


class LookForForm(Form):
    """One look-for with all that helps to see it and to talk about it."""

    statement = TextAreaField(
        "What can be seen or heard",
        [
            DataRequired("Write what can be seen or heard, in one line."),
            Length(
                max=LONGEST_STATEMENT,
                message=f"Use at most {LONGEST_STATEMENT} characters: it is a button on a phone.",
            ),
        ],
        filters=[_one_line],
    )
    kind = RadioField(
        "How it is tapped",
        [InputRequired("Choose how it is tapped.")],
        choices=[SelectChoice(*one) for one in KINDS.items()],
        default="p",
    )
    core_four = SelectField("Core Four heading", choices=_choices(CORE_FOUR, "None of them"))
    leap = SelectField("LEAP heading", choices=_choices(LEAP, "None of them"))
    role = SelectField("In the discourse check", choices=_choices(ROLES, "Plays no part"))
    starting = _paragraph("Starting")
    growing = _paragraph("Growing")
    strong = _paragraph("Strong")
    example = _paragraph("An example")
    ask = _paragraph("A question to ask students")
    artifact = _paragraph("Something to look at that shows it")
    resource = _paragraph("A short way to begin")
    strength_phrase = _paragraph("For feedback: what was strong")
    observation_phrase = _paragraph("For feedback: what was seen, for a watch-out")
    step_phrase = _paragraph("For feedback: one next step")
    question_phrase = _paragraph("For feedback: a question to think about")
    focus = BooleanField("Among the look-fors a new visit starts with")
    read = HiddenField()

    @classmethod
    def of(cls, look_for: LookFor) -> LookForForm:
        """The look-for as it is kept."""
        return cls(formdata=None, obj=look_for, read=mark(look_for))

    def words(self) -> dict[str, Any]:
        """What was written, as the model keeps it."""
        found = {name: self[name].data for name in WORDS}
        for name in ("core_four", "leap", "role"):
            found[name] = found[name] or None
        return {
            name: said.strip() if isinstance(said, str) else said for name, said in found.items()
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """A watch-out says what was seen and is never a strength."""
        sound: bool = super().validate(extra_validators)
        watch_out = self.role.data == "watch_out"
        if watch_out and (self.strength_phrase.data or "").strip():
            said = "A watch-out is never a strength: move the sentence to “what was seen”."
            self.strength_phrase.errors = [*self.strength_phrase.errors, said]
            sound = False
        return sound

    def overtaken(self, look_for: LookFor) -> bool:
        """Whether somebody else wrote since this form was read; then it says so once."""
        if self.read.data == mark(look_for):
            return False
        self.read.data = mark(look_for)
        self.statement.errors = [*self.statement.errors, MEANWHILE]
        return True


def mark(look_for: LookFor) -> str:
    """A short name for exactly these words."""
    return sha256(json.dumps(look_for.words(), sort_keys=True).encode()).hexdigest()[:16]
