"""The invented year: visits go through the same reading, rules and verbs as real ones, in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from models.base import db
from models.demo.people import Stage
from models.event import Event, body_digest
from models.feedback import Feedback, FirstDraft
from models.framework import Framework
from models.look_for import LookForSet, look_for_views
from models.report import frozen
from models.settle import Findings, last_day_for
from models.trends.fact import Fact
from models.trends.published import publish_due
from models.walkthrough import DiscourseCheck, Walkthrough
from rules import capture
from rules.calendar import clock_of
from rules.demo import Invention, Loop, Shelf, Visit, events, loop, visits
from rules.discourse import check
from rules.events import Captured, read_event
from rules.feedback import LookForView, draft, gather

MOST_IN_FOCUS = 12
AT_ONCE = 100
# How soon the last tap is safe on the server where there is a network.
SYNCED_AFTER = timedelta(seconds=40)

Progress = Callable[[int, int], None]


def live(
    invention: Invention, stage: Stage, *, until: datetime, progress: Progress | None = None
) -> int:
    """Let the year before `until` happen; how many visits there were. The caller commits."""
    year = visits(invention, until, stage.district.zone)
    scene = _Scene.set_up(stage, until)
    for start in range(0, len(year), AT_ONCE):
        scene.play(year[start : start + AT_ONCE])
        if progress:
            progress(min(start + AT_ONCE, len(year)), len(year))
    publish_due(stage.district, at=until)
    return len(year)


@dataclass(frozen=True)
class _Scene:
    """What every visit of the district has in common."""

    stage: Stage
    until: datetime
    shelf: Shelf
    look_fors: dict[str, LookForView]

    @classmethod
    def set_up(cls, stage: Stage, until: datetime) -> _Scene:
        framework = db.session.get_one(Framework, stage.district.framework_id)
        sets = db.session.scalars(LookForSet.of(stage.district.id)).all()
        every = [look_for for one in sets for look_for in one.look_fors]
        focus = tuple(look_for.key for look_for in every if look_for.focus)
        shelf = Shelf(
            framework=str(framework.id),
            sets=tuple(str(one.id) for one in sets),
            look_fors={look_for.key: str(look_for.id) for look_for in every},
            focus=focus[:MOST_IN_FOCUS],
        )
        return cls(stage, until, shelf, look_for_views(shelf.sets, framework.id))

    def play(self, some: list[Visit]) -> None:
        """Visits, then their taps, then what came of them, each kind in one go."""
        took_place = [_TookPlace.of(visit, self) for visit in some]
        db.session.add_all(one.walk for one in took_place)
        db.session.flush()
        Event.keep([row for one in took_place for row in one.rows()])
        with db.session.no_autoflush:
            found = [self._settle(one) for one in took_place]
        db.session.flush()
        self._draft(took_place, found)
        db.session.flush()

    def _settle(self, one: _TookPlace) -> Findings:
        observed = one.observed
        given = capture.check_input(observed)
        result = check(given, self.stage.district.thresholds)
        DiscourseCheck.store(one.walk, result, given, observed.override, at=one.walk.received_at)
        Fact.keep({one.walk: observed}, {one.walk: result}, self.stage.district)
        evidence = gather(observed, self.look_fors)
        return Findings(observed, result, self.look_fors, evidence)

    def _draft(self, took_place: list[_TookPlace], findings: list[Findings]) -> None:
        """What the rules say of each visit, and how far each loop came."""
        district = self.stage.district
        clock = clock_of(district.zone)
        drafts = [
            FirstDraft(
                one.walk,
                draft(found.observed, found.check, found.evidence, self.look_fors, clock=clock),
                last_day_for(one.walk, district),
                one.walk.received_at,
            )
            for one, found in zip(took_place, findings, strict=True)
        ]
        Feedback.begin(drafts)
        begun = Feedback.whole().where(Walkthrough.id.in_([first.walk.id for first in drafts]))
        kept = {feedback.walkthrough_id: feedback for feedback in db.session.scalars(begun)}
        for one, found, first in zip(took_place, findings, drafts, strict=True):
            if first.sentences:
                closed = loop(one.visit, one.finished_at, self.until)
                self._close(kept[one.walk.id], found, closed)

    def _close(self, feedback: Feedback, found: Findings, closed: Loop) -> None:
        """As far as it came: shared, opened, acknowledged, answered."""
        walk, version = feedback.walkthrough, feedback.draft
        assert version is not None
        assert walk.teacher is not None
        if closed.shared_at is not None:
            kept = frozen(feedback, version, self.stage.district, found, at=closed.shared_at)
            feedback.share(kept, by=walk.observer, at=closed.shared_at)
        if closed.opened_at is not None:
            feedback.open(by=walk.teacher.id, at=closed.opened_at)
        if closed.acknowledged_at is not None:
            feedback.acknowledge(by=walk.teacher, at=closed.acknowledged_at)
            if closed.reply is not None:
                kind, words = closed.reply
                feedback.reply(words, kind=kind, by=walk.teacher, at=closed.acknowledged_at)


@dataclass(frozen=True)
class _TookPlace:
    """One visit with its taps, read as the server reads those of a phone."""

    visit: Visit
    taps: list[Captured]
    observed: capture.Observed
    walk: Walkthrough

    @classmethod
    def of(cls, visit: Visit, scene: _Scene) -> _TookPlace:
        taps = [read_event(tap) for tap in events(visit, scene.shelf)]
        observed = capture.fold(tap.as_read() for tap in taps)
        people, classes = scene.stage.people, scene.stage.classes
        walk = Walkthrough(
            id=visit.id,
            check=None,
            observer_id=visit.observer.id,
            observer=people[visit.observer.id],
            teacher=people[visit.teacher.id],
            school_class=classes[visit.klass.id],
            demo=True,
            received_at=taps[-1].at + SYNCED_AFTER,
        )
        walk.read_from(observed, school_id=scene.stage.schools[visit.klass.school].id)
        return cls(visit, taps, observed, walk)

    @property
    def finished_at(self) -> datetime:
        return self.taps[-1].at

    def rows(self) -> Iterator[dict[str, Any]]:
        for tap in self.taps:
            yield {
                "id": tap.id,
                "walkthrough_id": tap.walkthrough,
                "author_id": self.visit.observer.id,
                "device": tap.device,
                "seq": tap.seq,
                "at": tap.at,
                "elapsed_ms": tap.elapsed_ms,
                "kind": tap.kind,
                "data": tap.data,
                "digest": body_digest(tap.body),
                "received_at": self.walk.received_at,
            }
