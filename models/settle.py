"""What the events of a visit come to: its summary, the stored verdict, a first draft."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models.alignment import changes_in
from models.district import District
from models.event import Event
from models.feedback import Feedback, FirstDraft
from models.look_for import look_for_views
from models.plan import use_prepared
from models.reach import Starts
from models.trends.fact import Fact
from models.walkthrough import DiscourseCheck, Walkthrough
from rules import capture
from rules.calendar import clock_of
from rules.capture import Observed, Started, check_input, fold
from rules.discourse import Check, check
from rules.feedback import Evidence, LookForView, Plan, Sentence, gather, plan
from rules.loop import share_by


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a page needs to know about one visit, worked out from its events."""

    observed: Observed
    check: Check
    look_fors: dict[str, LookForView]
    evidence: tuple[Evidence, ...]


def findings(walk: Walkthrough, district: District) -> Findings:
    """Fold one visit's events and work out its check and evidence."""
    observed = fold(Event.of([walk.id])[walk.id])
    look_fors = look_for_views(walk.sets, walk.framework_id, at=walk.started_at)
    return _findings(observed, _check(observed, district), look_fors)


def _check(observed: Observed, district: District) -> Check:
    return check(check_input(observed), district.thresholds)


def _findings(observed: Observed, checked: Check, look_fors: dict[str, LookForView]) -> Findings:
    return Findings(observed, checked, look_fors, gather(observed, look_fors))


def left_out(found: Findings, district: District) -> tuple[str, ...]:
    """What the rules' draft does not say, each with the reason."""
    return _plan(found, district).left_out


def _plan(found: Findings, district: District) -> Plan:
    return plan(
        found.observed,
        found.check,
        found.evidence,
        found.look_fors,
        clock=clock_of(district.zone),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """What the events of one visit come to; its check once it was started, its draft once done."""

    observed: Observed
    check: Check | None
    sentences: tuple[Sentence, ...] | None


def read_visits(
    events: Mapping[UUID, Iterable[capture.Event]], district: District
) -> dict[UUID, Reading]:
    """Read the events of visits. What several of them need is asked once, and nothing is written.

    A batch reads ahead, before it holds the database up for anybody.
    """
    observed = {visit: fold(some) for visit, some in events.items()}
    checks = {visit: _check(seen, district) for visit, seen in observed.items() if seen.started}
    begun = {visit: observed[visit].started for visit in checks if observed[visit].finished_at}
    shelf = _shelf({started for started in begun.values() if started})
    said = {
        visit: _plan(_findings(observed[visit], checks[visit], shelf[started]), district).sentences
        for visit, started in begun.items()
        if started
    }
    return {
        visit: Reading(seen, checks.get(visit), said.get(visit)) for visit, seen in observed.items()
    }


def settle(
    walks: Collection[Walkthrough],
    readings: Mapping[UUID, Reading],
    starts: Starts,
    names: Mapping[str, str],
    *,
    at: datetime,
) -> None:
    """Bring visits up to date with their events, in the transaction that stored them.

    They are one author’s. `names` are the look-fors that were asked for already.
    """
    district = starts.reach.person.district
    kept = Feedback.of_visits(walk.id for walk in walks if walk.check is not None)
    begun, checks, drafts = [], {}, []
    for walk in walks:
        reading = readings[walk.id]
        seen, found = reading.observed, reading.check
        if seen.started and walk.started_at is None:
            begun.append(walk)
        walk.read_from(seen, school_id=walk.school_id or _school(seen, starts))
        if found is not None:
            checks[walk] = found
            DiscourseCheck.store(walk, found, check_input(seen), seen.override, at=at)
        if reading.sentences is None:
            continue
        if walk.id in kept:
            kept[walk.id].draft_anew(reading.sentences)
        else:
            drafts.append(FirstDraft(walk, reading.sentences, last_day_for(walk, district), at))
    Fact.keep({walk: readings[walk.id].observed for walk in walks}, checks, district, names)
    use_prepared(begun, district.zone)
    Feedback.begin(drafts)


def _school(observed: Observed, starts: Starts) -> UUID | None:
    """Where the teacher is visited, fixed when the walk was started."""
    return starts.school_of(UUID(observed.started.teacher)) if observed.started else None


Made = tuple[str | int | None, ...]


def _made_with(started: Started, changes: Mapping[str | None, list[datetime]]) -> Made:
    """What a visit was made with: visits of one phone nearly always share it.

    Alignments change while visits go on, so it matters how many changes came before.
    """
    before = bisect_right(changes[started.framework], started.at)
    return started.framework, before, *started.sets


def _shelf(begun: Collection[Started]) -> dict[Started, dict[str, LookForView]]:
    """The look-fors of each visit as they were aligned when it began."""
    changes = {key: changes_in(_id(key)) for key in {one.framework for one in begun}}
    named = {one: _made_with(one, changes) for one in begun}
    views = {
        made: look_for_views(one.sets, _id(one.framework), at=one.at)
        for made, one in {made: one for one, made in named.items()}.items()
    }
    return {one: views[made] for one, made in named.items()}


def _id(key: str | None) -> UUID | None:
    return UUID(key) if key else None


def last_day_for(walk: Walkthrough, district: District) -> date | None:
    """The last day to share feedback of a visit, by the district's clock of today."""
    if walk.started_at is None:
        return None
    ended = walk.finished_at or walk.started_at
    return share_by(walk.purpose, ended, district.share_within, district.zone, district.holidays)
