"""Walks to draft from: a short way to write the events of a visit."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from rules.capture import Event, Observed, check_input, fold
from rules.discourse import CATEGORIES, Check, check
from rules.feedback import Evidence, LookForView, Plan, gather, plan

TEN = datetime(2026, 10, 14, 15, 0, tzinfo=UTC)


def clock(moment: datetime) -> str:
    """Write a time as a district five hours behind UTC reads it."""
    return (moment - timedelta(hours=5)).strftime("%H:%M").lstrip("0")


def counts(*numbers: int) -> dict[str, int]:
    """Name seven numbers in the order of the count."""
    return dict(zip(CATEGORIES, numbers, strict=True))


class Walk:
    """A visit being written: each verb adds an event at so many minutes past ten."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def add(self, kind: str, minute: float, **data: object) -> str:
        event = f"e{len(self.events) + 1:03}"
        at = TEN + timedelta(minutes=minute)
        seq = len(self.events) + 1
        self.events.append(Event(event, "walk", "phone", seq, at, kind, data, int(minute * 60_000)))
        return event

    def start(self, minute: float = 4, present: int = 24, **context: object) -> "Walk":
        self.add("started", minute, teacher="t", **{"class": "c"}, purpose="walkthrough",
                 framework="f", sets=[], focus=[])  # fmt: skip
        self.add("context_set", minute, present=present, **context)
        return self

    def mark(self, minute: float, look_for: str, mark: str = "seen") -> str:
        return self.add("look_for_marked", minute, look_for=look_for, mark=mark)

    def again(self, minute: float, look_for: str) -> str:
        return self.add("look_for_counted", minute, look_for=look_for)

    def sweep(self, minute: float, *numbers: int, present: int | None = None) -> str:
        taken = counts(*numbers)
        began = (TEN + timedelta(minutes=minute)).isoformat().replace("+00:00", "Z")
        of = present or sum(taken.values())
        return self.add("sweep_taken", minute, counts=taken, present=of, began_at=began)

    def note(self, minute: float, text: str, **more: object) -> str:
        data = {"note": f"n{len(self.events)}", "text": text, "speaker": None, "look_fors": [],
                "components": [], "slot": None} | more  # fmt: skip
        return self.add("note_written", minute, **data)

    def student(self, minute: float, letter: str, now: str, going: str, how: str,
                quote: str | None = None) -> str:  # fmt: skip
        return self.add("student_asked", minute, student=letter, now=now, going=going, how=how,
                        classmate="no", quote=quote)  # fmt: skip

    def observed(self) -> Observed:
        return fold(self.events)

    def check(self) -> Check:
        return check(check_input(self.observed()))

    def evidence(self, look_fors: Mapping[str, LookForView]) -> tuple[Evidence, ...]:
        return gather(self.observed(), look_fors)

    def plan(self, look_fors: Mapping[str, LookForView]) -> Plan:
        observed = self.observed()
        return plan(observed, self.check(), gather(observed, look_fors), look_fors, clock=clock)


def view(key: str, statement: str, plate: str = "3b", **more: str | None) -> LookForView:
    """One look-for with its wording and plate."""
    return LookForView(key, statement, plate=plate, component_name="Discussion", **more)


IDEAS = "A student answers, adds to or questions another student’s idea"
WAYS = "Different approaches or mistakes are shown and compared"
LOOK_FORS = {
    one.id: one
    for one in (
        view(
            "model",
            "A model of good work is in view",
            "3a",
            strength_phrase="A model of good work was in view.",
            step_phrase="Try asking students to say what makes the model good.",
            question_phrase="What do students notice first when they look at the model?",
        ),
        view(
            "ideas",
            IDEAS,
            role="protects",
            strength_phrase="Students answered, added to or questioned each other’s ideas.",
            step_phrase="Try asking “Who can add to that?”, then waiting three seconds.",
            question_phrase="What helps students here respond to each other?",
        ),
        view(
            "ways",
            WAYS,
            role="protects",
            strength_phrase="Different approaches or mistakes were shown and compared.",
            step_phrase="Try showing two approaches and asking what each one makes clear.",
            question_phrase="Which approach from today would help the whole class think?",
        ),
        view(
            "group",
            "The group with the teacher was formed from recent evidence",
            "3d",
            strength_phrase="The group at your table was formed from recent student work.",
            step_phrase="Try forming the next small group from one exit question.",
            question_phrase="What did recent student work tell you about who needed you first?",
        ),
        view(
            "rows",
            "Rows of students in headphones, with no partner named",
            role="watch_out",
            step_phrase="Try naming a partner for each student before headphones go on.",
            question_phrase="When in this part could students hear each other’s thinking?",
        ),
        view("plain", "Directions let students start and change tasks", "2c"),
    )
}


def okafor() -> Walk:
    """A quarter of an hour in Math 7: talk about two worked solutions, then own playlists."""
    walk = Walk().start()
    walk.mark(5, "model")
    walk.sweep(6, 11, 4, 2, 6, 0, 0, 1)
    walk.mark(7, "ideas")
    walk.mark(9, "ways")
    walk.note(
        9.3, "I multiplied first, why did you subtract?", speaker="student", look_fors=["ways"]
    )
    walk.mark(10, "group")
    walk.student(10.5, "A", "clear", "clear", "partly", "for the sign mistakes from Monday.")
    walk.sweep(11, 4, 5, 5, 9, 0, 0, 1)
    walk.again(12, "ideas")
    walk.student(13, "B", "clear", "partly", "partly")
    walk.sweep(15, 3, 5, 6, 9, 0, 0, 1)
    walk.add("topics_grouped", 15.5, sizes=[9, 6, 5, 4])
    walk.add("finished", 16)
    return walk
