"""What invented coaches and teachers keep together: a goal, a note, a check-back, minutes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from rules.demo.chance import chance
from rules.demo.district import Invention, Somebody

GOALS = (
    "In every lesson each student explains an idea to a classmate, and hears one back.",
    "Students at the stations ask each other before they ask me.",
    "Talk holds up after the first ten minutes on screens.",
    "Students can say what they work towards, on every path.",
    "The group at my table is chosen from yesterday’s work, and everybody knows why.",
)
NOTES = (
    "You wanted to see what happens when partners change after ten minutes. Let us look at that "
    "together next time.",
    "We agreed that the minute of writing before the talk is worth its time. Keep it short.",
    "You said the second group is the quiet one. I will sit near them and only listen.",
    "Two students explained the task to each other while you were at the other table. That came "
    "from your cards.",
)
ANSWERS = (
    "Tried it twice. The second time they began without me.",
    "It worked in period 3. In period 5 they needed the question on the board.",
    "Most pairs talked; two waited for me. I moved one seat.",
)
WORDS = (
    "Seen in the visit: partners were in it before the timer ran.",
    "Seen, and by now without the card.",
    "Seen with the first group and with the second.",
)
PLAN = (
    ("One talk structure, at the same point of each lesson", "DP02"),
    ("Students answer each other’s ideas", "DP03"),
    ("Tasks that take two", "DP01"),
)
PHASE = timedelta(days=28)
#: Days until the check-back, in turn: some overdue, some this week, some later.
DUE_IN = (2, -6, 9, 0, -2, 16, 5, 23)


@dataclass(frozen=True)
class Coaching:
    """What one invented pair keeps. `due_in` is in days, `minutes` and `students` by log entry."""

    coach: Somebody
    teacher: Somebody
    goal: str
    note: str
    answer: str
    words: str
    due_in: int
    tried: bool
    log: tuple[tuple[int, int], ...]


def coaching(invention: Invention) -> Iterator[Coaching]:
    """Every pair of the invented caseloads, the same for the same seed."""
    for school in invention.schools:
        for coach, teachers in school.caseloads():
            for place, teacher in enumerate(teachers):
                yield _pair(invention.seed, place, coach, teacher)


def _pair(seed: int, place: int, coach: Somebody, teacher: Somebody) -> Coaching:
    source = chance(seed, "coaching", teacher.email)
    log = tuple((source.choice((15, 20, 25, 30)), source.randint(2, 6)) for _ in range(3))
    return Coaching(
        coach,
        teacher,
        goal=GOALS[0] if teacher.signs_in else source.choice(GOALS),
        note=NOTES[0] if teacher.signs_in else source.choice(NOTES),
        answer=source.choice(ANSWERS),
        words=source.choice(WORDS),
        due_in=DUE_IN[place % len(DUE_IN)],
        tried=source.random() < 0.4,
        log=log,
    )
