"""What the events of a visit come to: its summary, the stored verdict, a first draft."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
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
from rules.capture import Observed, check_input, fold
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


def settle(
    walks: Collection[Walkthrough],
    events: Mapping[UUID, Iterable[capture.Event]],
    starts: Starts,
    names: Mapping[str, str],
    *,
    at: datetime,
) -> None:
    """Bring visits up to date with their events, in the transaction that stored them.

    They are one author’s. What several of them need is asked once; `names` are the look-fors
    that were asked for already.
    """
    district = starts.reach.person.district
    observed = {walk: fold(events[walk.id]) for walk in walks}
    kept = Feedback.of_visits(walk.id for walk in walks if walk.check is not None)
    checks = {}
    begun = [walk for walk, seen in observed.items() if seen.started and walk.started_at is None]
    for walk, seen in observed.items():
        walk.read_from(seen, school_id=walk.school_id or _school(seen, starts))
        if seen.started is not None:
            checks[walk] = _check(seen, district)
            DiscourseCheck.store(walk, checks[walk], check_input(seen), seen.override, at=at)
    Fact.keep(observed, checks, district, names)
    use_prepared(begun, district.zone)
    finished = [walk for walk in checks if walk.finished_at is not None]
    shelf = _shelf(finished)
    said = {
        walk: _plan(_findings(observed[walk], checks[walk], shelf[walk]), district).sentences
        for walk in finished
    }
    _draft_anew((kept[walk.id], words) for walk, words in said.items() if walk.id in kept)
    Feedback.begin(
        [
            FirstDraft(walk, words, last_day_for(walk, district), at)
            for walk, words in said.items()
            if walk.id not in kept
        ]
    )


def _school(observed: Observed, starts: Starts) -> UUID | None:
    """Where the teacher is visited, fixed when the walk was started."""
    return starts.school_of(UUID(observed.started.teacher)) if observed.started else None


Made = tuple[UUID | int | None, ...]


def _made_with(walk: Walkthrough, changes: Mapping[UUID | None, list[datetime]]) -> Made:
    """What a visit was made with: visits of one phone nearly always share it.

    Alignments change while visits go on, so it matters how many changes came before.
    """
    began = walk.started_at
    before = bisect_right(changes[walk.framework_id], began) if began else 0
    return walk.framework_id, before, *walk.set_ids


def _shelf(walks: Collection[Walkthrough]) -> dict[Walkthrough, dict[str, LookForView]]:
    """The look-fors of each visit as they were aligned when it began."""
    changes = {framework: changes_in(framework) for framework in {w.framework_id for w in walks}}
    named = {walk: _made_with(walk, changes) for walk in walks}
    views = {
        made: look_for_views(walk.sets, walk.framework_id, at=walk.started_at)
        for made, walk in {made: walk for walk, made in named.items()}.items()
    }
    return {walk: views[made] for walk, made in named.items()}


def last_day_for(walk: Walkthrough, district: District) -> date | None:
    """The last day to share feedback of a visit, by the district's clock of today."""
    if walk.started_at is None:
        return None
    ended = walk.finished_at or walk.started_at
    return share_by(walk.purpose, ended, district.share_within, district.zone, district.holidays)


def _draft_anew(drafts: Iterable[tuple[Feedback, Sequence[Sentence]]]) -> None:
    """What nobody has touched yet says what came since."""
    for feedback, sentences in drafts:
        if feedback.draft is not None and feedback.draft.untouched:
            feedback.draft.sentences = [sentence.as_dict() for sentence in sentences]
