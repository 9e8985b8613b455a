"""Strengths: what went well, each sentence with a count of people, a time or a quote."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.capture import Asked
from rules.discourse import TALK_STRUCTURES
from rules.feedback.evidence import Evidence, LookForView
from rules.feedback.scene import TALK, Scene, Sentence, counted, events_of
from rules.feedback.wording import a, capital, clause, lowered, people, quote, times, when
from rules.feedback.wording import number as spelled

# A room is "talking" enough to be named a strength from a quarter of the students on, and three.
TALKING_SHARE = 0.25
TALKING_LEAST = 3
# How long before a sweep a talk structure may have been noted and still belong to it.
SAME_STRETCH = timedelta(minutes=5)
ASKED_WORDS = {
    "going": "Where are you going?",
    "now": "Where are you now?",
    "how": "How will you get there?",
}


@dataclass(frozen=True)
class Candidate:
    """A sentence that could be a strength, and how much it has to show."""

    weight: int
    at: datetime
    subject: str
    sentence: Sentence

    def alike(self, other: "Candidate") -> bool:
        """Return whether both tell of a talk structure, or both of ideas built upon."""
        return any(_tells(self, theme) and _tells(other, theme) for theme in THEMES)


# A look-for and a counter may tell the same thing: by these words it is known.
THEMES = (("structure", *(words.lower() for words in TALK_STRUCTURES.values())), ("idea",))


def _tells(candidate: Candidate, theme: tuple[str, ...]) -> bool:
    return any(word in candidate.sentence.text.lower() for word in theme)


def candidates(scene: Scene) -> tuple[Candidate, ...]:
    """Return every strength this evidence carries, the one with most to show first."""
    found = [*_from_look_fors(scene), *_from_talk(scene), *_from_uptake(scene)]
    found += _from_students(scene)
    return tuple(sorted(found, key=lambda c: (-c.weight, c.at, c.sentence.text)))


def _strength(text: str, rows: list[Evidence], because: str) -> Sentence:
    return Sentence("strength", text, events_of(rows), because, "rules")


def _from_look_fors(scene: Scene) -> Iterator[Candidate]:
    for key in dict.fromkeys(row.look_for for row in scene.rows if row.mark == "seen"):
        view = scene.look_fors.get(key or "")
        if view is not None and view.role != "watch_out":
            yield _from_look_for(scene, view)


def _from_look_for(scene: Scene, view: LookForView) -> Candidate:
    rows = list(scene.seen(view.id))
    moments = [at for row in rows for at in _moments(scene, row)]
    said = next((row for row in rows if row.said and quote(row.said)), None)
    text = _sighting(view, when(moments, scene.clock))
    if said is not None:
        text += f" {_spoken(said)}"
    weight = 50 + 4 * min(len(moments), 5)
    weight += 30 if said else 0
    weight += 10 if view.role == "protects" else 0
    weight += 5 if view.strength_phrase else 0
    because = f"{'Seen ' + times(len(moments))}{', with their words' if said else ''}"
    if view.role == "protects":
        because += "; a look-for that protects talk"
    return Candidate(weight, rows[0].at, view.id, _strength(text, rows, because))


def _moments(scene: Scene, row: Evidence) -> list[datetime]:
    taps = {tap.event: tap.at for mark in scene.observed.marks for tap in mark.taps}
    return [taps[event] for event in row.events if event in taps]


def _sighting(view: LookForView, moment: str) -> str:
    phrase = clause(view.strength_phrase or view.statement)
    if ". " in phrase or "? " in phrase:
        return f"{phrase}. This was seen {lowered(moment)}."
    return f"{moment}, {lowered(phrase)}."


def _spoken(row: Evidence) -> str:
    who = "You said" if row.speaker == "teacher" else "One student said"
    return f"{who}, {quote(row.said)}"


def _from_talk(scene: Scene) -> Iterator[Candidate]:
    if not scene.looks:
        return
    peak = max(scene.looks, key=lambda row: (counted(row, "peer"), counted(row, *TALK)))
    talking, of = counted(peak, "peer"), counted(peak)
    if talking < TALKING_LEAST or talking < TALKING_SHARE * of:
        return
    near = _structure_near(scene, peak)
    body = _talking(scene, peak, plain=near is None)
    if near is None:
        because = f"The most talk in {spelled(len(scene.looks))} sweeps"
        weight = 60 if scene.verdict == "preserved" else 72
        yield Candidate(weight, peak.at, "talk", _strength(f"{body}.", [peak], because))
        return
    text = f"{_running(near, scene)}; in the sweep at {scene.clock(peak.at)}, {body}."
    because = "A talk structure, and the sweep taken with it"
    yield Candidate(85, peak.at, "talk", _strength(text, [near, peak], because))


def _talking(scene: Scene, peak: Evidence, *, plain: bool) -> str:
    talking = people(counted(peak, "peer"), counted(peak))
    text = f"{talking} were talking with a classmate about the content"
    if plain:
        text += f" at {scene.clock(peak.at)}"
    with_teacher = counted(peak, "teacher")
    if plain and with_teacher > 1:
        text += f", and {with_teacher} more were talking with you"
    return text


def _structure_near(scene: Scene, peak: Evidence) -> Evidence | None:
    before = [
        row
        for row in scene.of_kind("structure")
        if timedelta(0) <= peak.at - row.at <= SAME_STRETCH
    ]
    return before[-1] if before else None


def _running(row: Evidence, scene: Scene) -> str:
    return f"{capital(a(lowered(row.detail)))} was running at {scene.clock(row.at)}"


def _from_uptake(scene: Scene) -> Iterator[Candidate]:
    rows = list(scene.of_kind("uptake"))
    heard = [h.at for h in scene.observed.uptakes]
    if len(heard) < 2:
        return
    moment = when(heard, scene.clock)
    text = f"{moment}, a student answered or built on another student’s idea."
    because = f"Heard {times(len(heard))}"
    weight = 66 + 4 * min(len(heard), 5)
    yield Candidate(weight, rows[0].at, "uptake", _strength(text, rows, because))


def _from_students(scene: Scene) -> Iterator[Candidate]:
    asked = scene.observed.students
    best = max(ASKED_WORDS, key=lambda name: _clear(asked, name), default=None)
    if best is None or not _clear(asked, best):
        return
    clear = [one for one in asked if getattr(one, best) == "clear"]
    rows = [row for row in scene.of_kind("student") if row.events[0] in {a.event for a in asked}]
    spoken = next((one for one in clear if one.quote and quote(one.quote)), None)
    text = f"{_who(len(clear), len(asked))} had a clear answer to “{ASKED_WORDS[best]}”"
    if spoken and spoken.quote:
        text += f" {'One' if len(asked) > 1 else 'They'} said, {quote(spoken.quote)}"
    because = f"A clear answer from {people(len(clear), len(asked))} asked"
    weight = 80 if spoken else 55 + (8 if len(clear) > 1 else 0)
    yield Candidate(weight, clear[0].at, "students", _strength(text, rows, because))


def _clear(asked: tuple[Asked, ...], name: str) -> int:
    return sum(getattr(one, name) == "clear" for one in asked)


def _who(clear: int, asked: int) -> str:
    if asked == 1:
        return "The student I asked"
    if clear == asked:
        return "Both students I asked" if asked == 2 else f"All {spelled(asked)} students I asked"
    return f"{clear} of the {asked} students I asked"
