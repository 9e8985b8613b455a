"""The events of one invented visit, in the shape in which a phone sends them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rules.demo.chance import Chance, chance, uid
from rules.demo.phrases import (
    ALONE,
    OWN_QUESTIONS,
    OWN_STEPS,
    OWN_STRENGTHS,
    STUDENT_QUOTES,
    TALKING,
    TEACHER_QUOTES,
)
from rules.demo.rooms import ROOMS, Room
from rules.demo.visits import Visit
from rules.discourse import CATEGORIES

ANSWERS = {
    "talk": {"clear": 6, "partly": 3, "not_yet": 1},
    "alone": {"clear": 3, "partly": 4, "not_yet": 3},
    "quiet": {"clear": 4, "partly": 4, "not_yet": 2},
}


@dataclass(frozen=True)
class Shelf:
    """The ids a walk names: its framework, its sets, and look-fors by key, those in focus first."""

    framework: str
    sets: tuple[str, ...]
    look_fors: Mapping[str, str]
    focus: tuple[str, ...]


def events(visit: Visit, shelf: Shelf) -> list[dict[str, Any]]:
    """Every event of a visit as JSON would carry it (contract: “Events and sync”), in order."""
    return _Walk(visit, shelf).record()


class _Walk:
    """One walk through one room, minute by minute."""

    def __init__(self, visit: Visit, shelf: Shelf) -> None:
        self.visit = visit
        self.shelf = shelf
        self.room: Room = ROOMS[visit.room]
        self.source: Chance = chance(visit.seed, "walk", visit.id)
        self.present = max(4, visit.klass.students - self.source.choice((0, 0, 1, 1, 2, 3)))
        # Some days the same kind of lesson talks much less than on others.
        self.talk = self.source.choice((0.25, 0.5, 0.8, 1, 1, 1.2))
        self.structured = False
        self.heard = 0
        self.said: list[tuple[float, str, dict[str, Any]]] = []

    def record(self) -> list[dict[str, Any]]:
        """Walk in, look, listen, ask, and walk out."""
        self._begin()
        self._sweeps()
        self._talk()
        self._marks()
        self._students()
        self._notes()
        last = max(second for second, _, _ in self.said)
        self._say(last + self.source.uniform(15, 60), "finished")
        ordered = sorted(self.said, key=lambda event: event[0])
        return [self._event(seq, *event) for seq, event in enumerate(ordered, start=1)]

    def _say(self, second: float, kind: str, **data: Any) -> None:
        self.said.append((second, kind, data))

    def _event(self, seq: int, second: float, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        at = self._at(second)
        return {
            "id": str(uid(at, self.source)),
            "walkthrough": str(self.visit.id),
            "device": f"demo-{self.visit.observer.id.hex[:8]}",
            "seq": seq,
            "at": _text(at),
            "elapsed_ms": int(second * 1000),
            "kind": kind,
            "data": data,
        }

    def _at(self, second: float) -> datetime:
        return self.visit.at + timedelta(seconds=second)

    def _begin(self) -> None:
        visit, lesson = self.visit, self.visit.klass.lesson
        self._say(
            0,
            "started",
            teacher=str(visit.teacher.id),
            **{"class": str(visit.klass.id)},
            purpose=visit.purpose,
            framework=self.shelf.framework,
            sets=list(self.shelf.sets),
            focus=[self.shelf.look_fors[key] for key in self.shelf.focus],
        )
        context: dict[str, Any] = {
            "present": self.present,
            "model": self.source.weighted(self.room.models),
            "phase": self.room.phase,
            "subject": lesson.subject,
            "grade": lesson.grade,
            "discourse_goal": True,
        }
        if self.source.random() < self.room.talk_later:
            ends = self.visit.at + timedelta(minutes=self.source.randint(12, 25))
            context["planned_talk_at"] = f"{ends:%H:%M}"
        self._say(self.source.uniform(9, 25), "context_set", **context)

    def _sweeps(self) -> None:
        second = self.source.uniform(70, 150)
        for _ in range(self.source.randint(*self.room.looks)):
            self._say(
                second + 36,
                "sweep_taken",
                counts=self._counts(),
                present=self.present,
                began_at=_text(self._at(second)),
            )
            second += self.source.uniform(135, 215)

    def _counts(self) -> dict[str, int]:
        """Each student once; now and then one is missed."""
        tilted = {
            name: share
            * self.source.uniform(0.7, 1.4)
            * (self.talk if name in ("peer", "teacher") else 1)
            for name, share in self.room.sweep.items()
        }
        seen = self.present - self.source.choice((0, 0, 0, 1))
        counted = Counter(self.source.weighted(tilted) for _ in range(seen))
        return {name: counted[name] for name in CATEGORIES}

    def _marks(self) -> None:
        for key in dict.fromkeys((*self.shelf.focus, *self.room.seen)):
            look_for = self.shelf.look_fors.get(key)
            mark = self._mark(key)
            if look_for is None or mark is None:
                continue
            second = self.source.uniform(40, 560)
            self._say(second, "look_for_marked", look_for=look_for, mark=mark)
            if mark == "seen" and self.source.random() < 0.35:
                for _ in range(self.source.randint(1, 2)):
                    second += self.source.uniform(30, 120)
                    self._say(second, "look_for_counted", look_for=look_for)

    def _mark(self, key: str) -> str | None:
        """Seen as often as the room shows it; what is not tapped is not absent."""
        # What was recorded by its own tap is not denied by a mark.
        recorded = {"DP02": self.structured, "DP03": self.heard > 0}
        often = 0.8 * recorded[key] if key in recorded else self.room.seen.get(key, 0.06)
        if self.source.random() < often:
            return "seen"
        if recorded.get(key):
            return None
        if key.startswith("WO"):
            return None
        other = {"not_seen": 0.3, "no_chance": 0.07, None: 0.63}
        return self.source.weighted(other)

    def _talk(self) -> None:
        source = self.source
        if self.room.structures and source.random() < 0.4 + 0.5 * self.talk:
            self.structured = True
            structure = source.choice(self.room.structures)
            self._say(source.uniform(100, 420), "structure_seen", structure=structure)
        elif source.random() < 0.6:
            self._say(source.uniform(430, 560), "structure_seen", structure="none")
        self.heard = round(source.randint(*self.room.uptake) * min(1, self.talk))
        for _ in range(self.heard):
            self._say(source.uniform(90, 560), "uptake_heard")
        if not self.heard and source.random() < 0.6:
            self._say(source.uniform(430, 560), "uptake_heard", none=True)
        if self.room.topics and source.random() < 0.75:
            sizes = self._topics(source.randint(*self.room.topics))
            self._say(source.uniform(300, 520), "topics_grouped", sizes=sizes)

    def _topics(self, groups: int) -> list[int]:
        placed = Counter(self.source.randint(0, groups - 1) for _ in range(self.present))
        return sorted(placed.values(), reverse=True)

    def _tone(self) -> str:
        if self.visit.room in TALKING:
            return "talk"
        return "alone" if self.visit.room in ALONE else "quiet"

    def _students(self) -> None:
        if self.room.phase == "assessment":
            return
        source, tone = self.source, self._tone()
        for student in "ABC"[: source.choice((0, 1, 2, 2, 3))]:
            now, going, how = (source.weighted(ANSWERS[tone]) for _ in range(3))
            data: dict[str, Any] = {"student": student, "now": now, "going": going, "how": how}
            if source.random() < 0.5:
                data["classmate"] = "yes" if tone == "talk" else "no"
            if source.random() < 0.45:
                data["quote"] = source.choice(STUDENT_QUOTES[tone])
            self._say(source.uniform(200, 600), "student_asked", **data)

    def _notes(self) -> None:
        source = self.source
        for text in source.sample(self.room.notes, min(len(self.room.notes), source.randint(1, 2))):
            self._note(text)
        if self._tone() == "talk" and source.random() < 0.6:
            self._note(source.choice(TEACHER_QUOTES), speaker="teacher")
        if source.random() < 0.3:
            self._note(source.choice(STUDENT_QUOTES[self._tone()]), speaker="student")
        for slot, own in self._own():
            self._note(own, slot=slot)

    def _own(self) -> Iterator[tuple[str, str]]:
        """What the observer already wants to say in the feedback, in their own words."""
        for slot, phrases, often in (
            ("strength", OWN_STRENGTHS, 0.25),
            ("step", OWN_STEPS, 0.3),
            ("question", OWN_QUESTIONS, 0.2),
        ):
            if self.visit.room in phrases and self.source.random() < often:
                yield slot, phrases[self.visit.room]

    def _note(self, text: str, speaker: str | None = None, slot: str | None = None) -> None:
        second = self.source.uniform(60, 600)
        note = str(uid(self._at(second), self.source))
        self._say(
            second,
            "note_written",
            note=note,
            text=text,
            speaker=speaker,
            slot=slot,
            look_fors=[],
            components=[],
        )


def _text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")
