"""The draft's five places, the correction and the reply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, FormField, RadioField, SelectMultipleField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from blueprints.kit.forms import Form
from models.feedback import Feedback
from rules.feedback import Evidence

PLACES = ("strength", "strength", "discourse", "step", "question")
"""At most two strengths, a note on talk, exactly one next step and one question."""
LONGEST = 2000
GONE = (
    "Some evidence has changed since you opened this page. Reload it and link the sentence again."
)


class PlaceForm(PlainForm):  # type: ignore[misc]
    """One sentence and the evidence it rests on."""

    text = TextAreaField(
        "Sentence",
        [Length(max=LONGEST, message=f"Use at most {LONGEST} characters in one place.")],
    )
    evidence = SelectMultipleField("Evidence", coerce=int, choices=[])


class DraftForm(Form):
    """The whole draft."""

    places = FieldList(FormField(PlaceForm), min_entries=len(PLACES), max_entries=len(PLACES))

    @classmethod
    def posted(cls, evidence: Sequence[Evidence]) -> DraftForm:
        """What was sent."""
        form = cls()
        form._offer(evidence)
        return form

    @classmethod
    def of(cls, feedback: Feedback, evidence: Sequence[Evidence]) -> DraftForm:
        """The draft as it is kept."""
        form = cls(formdata=None)
        form._offer(evidence)
        places = by_place(feedback.draft.sentences if feedback.draft else [])
        for field, sentence in zip(form.places, places, strict=True):
            if sentence is not None:
                field.form.text.data = sentence["text"]
                field.form.evidence.data = numbers(sentence, evidence)
        return form

    def _offer(self, evidence: Sequence[Evidence]) -> None:
        choices = [SelectChoice(piece.number, piece.text) for piece in evidence]
        for place in self.places:
            place.form.evidence.choices = choices

    def groups(self, becauses: Sequence[str]) -> list[tuple[str, list[tuple[Any, str]]]]:
        """The places under their headings, each with why the rules wrote what stands there."""
        found: dict[str, list[tuple[Any, str]]] = {slot: [] for slot in PLACES}
        for slot, place, because in zip(PLACES, self.places, becauses, strict=True):
            found[slot].append((place, because))
        return list(found.items())

    def used(self) -> set[int]:
        """The numbers of evidence that some sentence rests on."""
        return {number for place in self.places for number in place.form.evidence.data or []}

    def faults(self) -> list[tuple[str, str]]:
        """The id of each field to mend, and what is wrong with it."""
        forms = [place.form for place in self.places]
        said = [(form.text.id, error) for form in forms for error in form.text.errors]
        return said + [(form.text.id, GONE) for form in forms if form.evidence.errors]

    def changes(self, feedback: Feedback, evidence: Sequence[Evidence]) -> bool:
        """Whether a word or a link differs from what is kept."""
        before = by_place(feedback.draft.sentences if feedback.draft else [])
        return any(
            _words(place.form.text.data) != (_words(old["text"]) if old else "")
            or set(place.form.evidence.data or []) != set(numbers(old, evidence) if old else [])
            for old, place in zip(before, self.places, strict=True)
        )

    def sentences(self, feedback: Feedback, evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
        """What to keep: a sentence left as it was keeps its author and its because."""
        before = by_place(feedback.draft.sentences if feedback.draft else [])
        events = {piece.number: list(piece.events) for piece in evidence}
        kept = []
        for slot, old, place in zip(PLACES, before, self.places, strict=True):
            text = _words(place.form.text.data)
            if not text:
                continue
            same = old is not None and old["text"].strip() == text
            kept.append(
                {
                    "slot": slot,
                    "text": text,
                    "evidence": [
                        event
                        for number in sorted(place.form.evidence.data or [])
                        for event in events.get(number, [])
                    ],
                    "because": old["because"] if old and same else "",
                    "by": old["by"] if old and same else "person",
                }
            )
        return kept


def _words(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def by_place(sentences: Sequence[dict[str, Any]]) -> list[dict[str, Any] | None]:
    """Kept sentences in the form's places, empty places as None."""
    left = list(sentences)
    places: list[dict[str, Any] | None] = []
    for slot in PLACES:
        sentence = next((one for one in left if one["slot"] == slot), None)
        if sentence is not None:
            left.remove(sentence)
        places.append(sentence)
    return places


def numbers(sentence: dict[str, Any], evidence: Sequence[Evidence]) -> list[int]:
    """The evidence numbers behind a kept sentence."""
    rests_on = set(sentence["evidence"])
    return [piece.number for piece in evidence if rests_on.intersection(piece.events)]


class CorrectionForm(Form):
    """Why there will be a new version."""

    reason = TextAreaField(
        "What is the correction about?",
        [DataRequired("Say in a sentence what the correction is about."), Length(max=1000)],
    )


class AnswerForm(Form):
    """The author’s word on a request for a correction."""

    text = TextAreaField(
        "Your answer",
        [
            DataRequired("Write a few words first, or start a new version."),
            Length(max=2000, message="Use at most 2,000 characters in one answer."),
        ],
        id="answer-text",
    )


class ReplyForm(Form):
    """The teacher's words."""

    kind = RadioField(
        "This is",
        choices=[
            SelectChoice("reply", "A reply"),
            SelectChoice("context", "What the visit could not see"),
            SelectChoice("correction", "A correction I ask for"),
        ],
        default="reply",
        validators=[InputRequired("Say which of the three it is.")],
    )
    text = TextAreaField(
        "Your words",
        [
            DataRequired("Write a few words first; an empty reply is not sent."),
            Length(max=5000, message="Use at most 5,000 characters in one reply."),
        ],
    )
